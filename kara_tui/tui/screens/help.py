"""Help: what the page is for, the portal's clicks, and every key that works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kara_tui.month_end.portal import StepId, step
from kara_tui.tui.actions import Action, key_shown, offered
from kara_tui.tui.dialogs.tell import Tell

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOR = {
    "home": "What is to be done stands first. Below it is every invoice, with where it stands.",
    "profile": "Who you are, whom you bill and where the money goes. Every letter is kept "
    "at once.\n"
    "Enter goes to the next field that waits for an answer, then to the next page; Tab and the "
    "arrows go from field to field, PgUp and PgDn from page to page. Ctrl+Z takes the last change "
    "back. In a list of names type what you look for; in a short one Space chooses.",
    "welcome": "kara makes the month's invoice from the portal's export. The sample month can be "
    "left again with Ctrl+D.",
}


def help_for(page: str, actions: Mapping[str, Action]) -> Tell:
    """The help of a page or screen."""
    parts: list[Content] = []
    if page in [one.value for one in StepId]:
        about = step(StepId(page))
        parts += [Content(about.purpose), Content(about.here), Content("")]
        if about.portal:
            parts.append(Content.styled("In the portal", "bold $accent"))
            parts += [Content(f"{at}. {words}") for at, words in enumerate(about.portal, 1)]
            parts.append(Content(""))
        title = about.title
    else:
        parts += [Content(_FOR.get(page, "")), Content("")]
        title = page.capitalize() or "Help"
    parts.append(Content.styled("Keys", "bold $accent"))
    for action in offered(page, actions):
        keys = " ".join(key_shown(key) for key in action.keys)
        parts.append(Content.assemble((f"{keys:<16} ", "bold $bar-key"), action.help))
    parts.append(
        Content.assemble(("↑ ↓ PgUp PgDn   ", "bold $bar-key"), "Move in a list; Home and End too.")
    )
    return Tell(f"Help · {title}", Content("\n").join(parts))
