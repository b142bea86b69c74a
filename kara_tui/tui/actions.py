"""Everything a key can do, in one table: keys, bar, help, palette and the docs page come from it.

Each action has two keys at least. Terminals take F1, F10 and F11 for themselves, and multiplexers
Ctrl+A, B, J, S and Z, so none of these is an action's only key. Users change keys in `keys.toml`
beside their settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kara_tui.toml_file import BadToml, read_toml

TAKEN_BY_TERMINALS = frozenset({"f1", "f10", "f11"})
TAKEN_BY_MULTIPLEXERS = frozenset(f"ctrl+{letter}" for letter in "abjsz")
TAKEN = TAKEN_BY_TERMINALS | TAKEN_BY_MULTIPLEXERS

STEP_PAGES = frozenset({"payments", "paid", "credit", "unpaid", "invoice", "send", "done"})
EVERYWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does. ``pages`` are where it is offered; none means on every page.

    ``words`` stand in the key bar, ``help`` on the help page and in the docs. An action with a
    small ``rank`` stays in the key bar longest when the terminal is narrow; 0 keeps it out of it.
    """

    id: str
    keys: tuple[str, ...]
    words: str
    help: str
    pages: frozenset[str] = EVERYWHERE
    rank: int = 0


def _at(*pages: str) -> frozenset[str]:
    return frozenset(pages)


ACTIONS: tuple[Action, ...] = (
    Action("next", ("enter", "right"), "Next", "Go on: take what is proposed, or the next step.",
           rank=1),
    Action("back", ("escape", "left"), "Back", "One page back. Nothing typed or chosen is lost.",
           rank=2),
    Action("up", ("up", "ctrl+k"), "Up", "One line up in the list."),
    Action("down", ("down", "ctrl+n"), "Down", "One line down in the list."),
    Action("page-up", ("pageup", "f7"), "Page up", "One page up in the list."),
    Action("page-down", ("pagedown", "f8"), "Page down", "One page down in the list."),
    Action("first", ("home", "less_than_sign"), "First", "To the first line of the list."),
    Action("last", ("end", "greater_than_sign"), "Last", "To the last line of the list."),
    Action("mark", ("space", "x"), "Mark", "Mark the line, or take the mark away.",
           _at("payments", "credit", "unpaid"), rank=4),
    Action("mark-all", ("asterisk", "plus"), "All", "Mark every line that shows, or none.",
           _at("credit", "unpaid"), rank=12),
    Action("type-path", ("t", "f6"), "Type a path", "Type or paste where the export is.",
           _at("payments"), rank=5),
    Action("paste", ("v", "ctrl+v"), "Paste text",
           "Paste the export's text, when the file is on another computer.",
           _at("payments"), rank=6),
    Action("browse", ("o", "f9"), "Other folder", "Look for the export in another folder.",
           _at("payments"), rank=7),
    Action("read-again", ("r", "f5"), "Read again",
           "Read the exports again, after a change in the portal, the file or the profile.",
           STEP_PAGES - {"done"}, rank=8),
    Action("settle", ("i", "ctrl+e"), "Settle",
           "Answer what can be read or done in two ways: dates, amounts, sessions that came late.",
           _at("payments", "credit"), rank=5),
    Action("filter", ("slash", "f3"), "Filter", "Show only the lines that hold a word.",
           _at("credit", "unpaid"), rank=6),
    Action("sort", ("s", "f6"), "Sort", "Sort by the next column.", _at("credit"), rank=9),
    Action("leave-out", ("o", "delete"), "Leave out",
           "Leave the marked sessions out with a reason, or take them in again.",
           _at("credit"), rank=5),
    Action("edit", ("e", "t"), "Edit",
           "Put right when the session was, or what the credit paid for: a late cancellation, a "
           "no-show.", _at("credit"), rank=7),
    Action("sponsor", ("w", "f9"), "Who pays",
           "Say whether this sponsor is invoiced through Kara Connect; it is remembered.",
           _at("credit"), rank=10),
    Action("accept", ("a", "f6"), "Accept all",
           "Take every proposal that stands beside the unpaid sessions.",
           _at("unpaid"), rank=3),
    Action("confirmed", ("c", "1"), "Confirmed", "It has a sponsor, and I pressed Confirm in the "
           "portal.", _at("unpaid"), rank=5),
    Action("collect", ("g", "2"), "Collect", "No credit was used: I collect from the client.",
           _at("unpaid"), rank=5),
    Action("void", ("v", "3"), "Void", "Cancelled or void: nobody pays.", _at("unpaid"), rank=5),
    Action("elsewhere", ("e", "4"), "Elsewhere", "Billed to somebody other than Kara Connect.",
           _at("unpaid"), rank=5),
    Action("later", ("l", "5"), "Later", "Not settled yet: ask me again next month.",
           _at("unpaid"), rank=5),
    Action("change", ("c", "f6"), "Change", "Change what this line says, and come back here.",
           _at("send"), rank=4),
    Action("preview", ("v", "f6"), "Page", "Show the page as it will be printed, or its text.",
           _at("invoice", "preview"), rank=4),
    Action("sharp", ("s", "f9"), "Sharp",
           "Show the page in the terminal's own pixels, where it has them (Sixel, Kitty).",
           _at("preview"), rank=4),
    Action("look", ("l", "f9"), "Look", "Choose how the invoice looks.", _at("invoice"), rank=5),
    Action("sent", ("m", "f9"), "Mark as sent", "Note that the mail was sent today.",
           _at("send", "done"), rank=5),
    Action("undo", ("u", "ctrl+u"), "Undo", "Take the last change back.", STEP_PAGES, rank=11),
    Action("problems", ("p", "f4"), "Problems", "All that was found, and the way to each place.",
           STEP_PAGES, rank=6),
    Action("help", ("question_mark", "f1"), "Help", "What this page is for, and its keys.", rank=3),
    Action("palette", ("ctrl+p", "f2"), "Commands", "Every command and every colour theme by name.",
           rank=13),
    Action("redraw", ("ctrl+l", "ctrl+r"), "Draw anew",
           "Draw the whole page again, when a message has been written over it."),
    Action("mouse", ("ctrl+t", "f12"), "Mouse",
           "Give the mouse to the terminal, to select and copy text, or take it back."),
    Action("leave", ("ctrl+q", "ctrl+c"), "Leave", "Leave. Everything is kept for the next start.",
           rank=7),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_SHOWN = {
    "escape": "Esc", "question_mark": "?", "slash": "/", "pageup": "PgUp", "pagedown": "PgDn",
    "less_than_sign": "<", "greater_than_sign": ">", "asterisk": "*", "plus": "+",
    "delete": "Del", "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
_TYPED = {"?": "question_mark", "/": "slash", "<": "less_than_sign", ">": "greater_than_sign",
          "*": "asterisk", "+": "plus", "esc": "escape", "del": "delete"}  # fmt: skip


class BadKeys(ValueError):
    """A keys.toml that cannot be used; the message says what and where."""


def key_shown(key: str) -> str:
    """A key as people write it: ``Ctrl+P``, ``Enter``, ``F1``, ``?``."""
    *held, last = key.split("+")
    if not held and len(last) == 1:
        return last
    named = _SHOWN.get(last) or (last.upper() if len(last) == 1 else last.capitalize())
    return "+".join([*(one.capitalize() for one in held), named])


def offered(page: str, actions: Mapping[str, Action] = BY_ID) -> list[Action]:
    """The actions of a page, those of the page itself first."""
    own = [action for action in actions.values() if page in action.pages]
    return own + [action for action in actions.values() if not action.pages]


def action_for(key: str, page: str, actions: Mapping[str, Action] = BY_ID) -> Action | None:
    """What a key does on a page, or None."""
    return next((action for action in offered(page, actions) if key in action.keys), None)


def elsewhere(key: str, page: str, actions: Mapping[str, Action] = BY_ID) -> Action | None:
    """What a key that does nothing on this page does on another one."""
    return next(
        (
            one
            for one in actions.values()
            if key in one.keys and one.pages and page not in one.pages
        ),
        None,
    )


def own_keys(file: Path) -> dict[str, Action]:
    """The table with the user's own keys: ``leave = ["ctrl+q", "f12"]`` for each changed action.

    A missing file changes nothing. Raises BadKeys when an action is unknown, a key is no text, or
    two actions of one page would share a key.
    """
    try:
        value = read_toml(file)
    except FileNotFoundError:
        return dict(BY_ID)
    except OSError as error:
        raise BadKeys(f"{file.name} cannot be read: {error.strerror}.") from None
    except BadToml as error:
        raise BadKeys(str(error)) from None
    changed = dict(BY_ID)
    for name, keys in value.items():
        if name not in BY_ID:
            raise BadKeys(f"{file.name}: there is no action {name!r}. Known: {', '.join(BY_ID)}.")
        if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
            raise BadKeys(f'{file.name}: write the keys of {name} as ["enter", "right"].')
        typed = tuple(_TYPED.get(key.lower(), key.lower()) for key in keys)
        changed[name] = replace(BY_ID[name], keys=typed)
    clash = clashes(changed)
    if clash:
        raise BadKeys(f"{file.name}: {clash}")
    return changed


def clashes(actions: Mapping[str, Action] = BY_ID) -> str:
    """A sentence about the first two actions of one page that share a key; empty if none do."""
    pages = sorted({page for action in actions.values() for page in action.pages}) or [""]
    for page in pages:
        seen: dict[str, str] = {}
        for action in offered(page, actions):
            for key in action.keys:
                if key in seen:
                    return f"{key_shown(key)} is both {seen[key]} and {action.id} on {page}."
                seen[key] = action.id
    return ""


def keys_page(actions: Mapping[str, Action] = BY_ID) -> str:
    """The reference page on keys, as Markdown; `make docs` writes it to docs/reference/keys.md."""
    lines = [
        "# Keys of the wizard",
        "",
        "Each action has at least two keys. They can be changed in `keys.toml` beside your "
        "profiles' folder, one line for each action you change: "
        '`help = ["?", "f1"]`.',
        "",
        "| Action | Keys | Where | What it does |",
        "|---|---|---|---|",
    ]
    for action in actions.values():
        keys = ", ".join(f"`{key_shown(key)}`" for key in action.keys)
        where = ", ".join(sorted(action.pages)) if action.pages else "everywhere"
        if action.pages == STEP_PAGES:
            where = "every step"
        lines.append(f"| `{action.id}` | {keys} | {where} | {action.help} |")
    return "\n".join(lines) + "\n"
