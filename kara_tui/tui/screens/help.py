"""Help: what the page is for, the portal's clicks, and every key that works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kara_tui.month_end.portal import StepId, step
from kara_tui.text import broken
from kara_tui.tui.actions import Action, key_shown, offered
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.pages.base import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEPS = frozenset(one.value for one in StepId)
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


KEYS = 17  # cells of the column with the keys


def help_for(page: str, actions: Mapping[str, Action]) -> Tell:
    """The help of a page or screen."""
    title = step(StepId(page)).title if page in _STEPS else page.capitalize() or "Help"
    return Tell(f"Help · {title}", lambda width: _text(page, actions, width))


def _text(page: str, actions: Mapping[str, Action], width: int) -> Content:
    parts: list[Content] = []
    if page in _STEPS:
        about = step(StepId(page))
        parts += [Content(about.purpose), Content(about.here), Content("")]
        if about.portal:
            parts.append(Content.styled("In the portal", "bold $accent"))
            parts += [Content(numbered(about.portal, width)), Content("")]
    else:
        parts += [Content(_FOR.get(page, "")), Content("")]
    parts.append(Content.styled("Keys", "bold $accent"))
    for action in offered(page, actions):
        keys = " ".join(key_shown(key) for key in action.keys)
        parts.append(_key(keys, action.help, width))
    parts.append(_key("↑ ↓ PgUp PgDn", "Move in a list; Home and End too.", width))
    return Content("\n").join(parts)


def _key(keys: str, does: str, width: int) -> Content:
    """Keys, and beside them what they do, over as many lines as it takes."""
    first, *rest = broken(does, width - KEYS)
    lines = [f"{keys:<{KEYS - 1}} {first}", *(" " * KEYS + line for line in rest)]
    return Content("\n".join(lines)).stylize("bold $bar-key", 0, len(keys))
