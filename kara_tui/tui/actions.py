"""Everything a key can do, in one table: bindings, key bar, help, palette and docs are made of it.

One letter means one thing on every page. Each action has two keys at least. Terminals take F1, F10
and F11 for themselves, and multiplexers Ctrl+A, B, J, S and Z, so none of these is an action's only
key. Users change keys in `keys.toml` beside their settings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.binding import Binding

from kara_tui.month_end.portal import STEPS
from kara_tui.text import listed
from kara_tui.toml_file import BadToml, read_toml

TAKEN_BY_TERMINALS = frozenset({"f1", "f10", "f11"})
TAKEN_BY_MULTIPLEXERS = frozenset(f"ctrl+{letter}" for letter in "abjsz")
TAKEN = TAKEN_BY_TERMINALS | TAKEN_BY_MULTIPLEXERS

# These work over every dialog, and in a field too.
ALWAYS = frozenset({"redraw", "leave"})

STEP_PAGES = frozenset({"payments", "paid", "credit", "unpaid", "invoice", "send", "done"})
EVERYWHERE: frozenset[str] = frozenset()
# Textual looks an action up where its key is bound, and nowhere else: these steps' keys are the
# app's to act on.
OF_THE_APP = frozenset({"undo", "read-again", "problems"})


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does. ``pages`` are where it is offered; none means on every screen.

    ``words`` stand in the key bar, ``help`` on the help page and in the docs. An action with a
    small ``rank`` stays in the key bar longest when the terminal is narrow; 0 keeps it out of it.
    """

    id: str
    keys: tuple[str, ...]
    words: str
    help: str
    pages: frozenset[str] = EVERYWHERE
    rank: int = 0

    @property
    def method(self) -> str:
        """What Textual calls the action: the name of a method without ``action_``."""
        if self.id == "palette":
            return "command_palette"  # by this name Textual knows that it has a key already
        name = self.id.replace("-", "_")
        return f"app.{name}" if self.id in OF_THE_APP else name


def _at(*pages: str) -> frozenset[str]:
    return frozenset(pages)


ACTIONS: tuple[Action, ...] = (
    Action("next", ("enter", "n"), "Next", "Press the filled button: go on.", rank=1),
    Action("back", ("escape", "backspace"), "Back",
           "One step back, or close what lies on top. Nothing typed or chosen is lost.", rank=9),
    Action("use", ("space", "x"), "In/out",
           "Payments: use the file as Paid, as Unpaid, or not. Credit: bill the session or leave "
           "it out with a reason. Unpaid: mark it, to answer several at once.",
           _at("payments", "credit", "unpaid"), rank=2),
    Action("use-all", ("asterisk", "plus"), "All", "The same for every line that shows.",
           _at("credit", "unpaid"), rank=10),
    Action("edit", ("e", "f8"), "Edit",
           "Put right when a session was or what the credit paid for; change what a line says.",
           _at("credit", "invoice", "send"), rank=3),
    Action("sponsor", ("w", "f9"), "Sponsor",
           "Say who is invoiced for this sponsor's sessions.", _at("credit"), rank=4),
    Action("answer", ("i", "f6"), "Answer",
           "Answer what can be read or done in two ways: dates, amounts, sessions that came late.",
           _at("payments", "paid", "credit"), rank=3),
    Action("answer-1", ("1", "f3"), "Confirmed", "I have confirmed it: read the new exports.",
           _at("unpaid")),
    Action("answer-2", ("2", "f6"), "Not now", "Ask me again next month.", _at("unpaid")),
    Action("answer-3", ("3", "f8"), "Cancelled", "Cancelled: nobody pays.", _at("unpaid")),
    Action("answer-4", ("4", "f9"), "Elsewhere", "Somebody else is invoiced for it.",
           _at("unpaid")),
    Action("answer-5", ("5", "f12"), "Collect", "No credit was used: I collect it from the client.",
           _at("unpaid")),
    Action("find", ("slash", "f3"), "Find", "Show only the lines that hold some words.",
           _at("credit", "home"), rank=6),
    Action("sort", ("s", "full_stop"), "Sort", "Sort by the next column.", _at("credit", "home"),
           rank=5),
    Action("browse", ("b", "f9"), "Browse", "Look for the export in another folder.",
           _at("payments"), rank=4),
    Action("type-path", ("t", "f8"), "Type a path", "Type or paste where the export is.",
           _at("payments"), rank=5),
    Action("paste", ("v", "ctrl+v"), "Paste",
           "Paste the export's text, when the file is on another computer.",
           _at("payments"), rank=6),
    Action("details", ("d", "f7"), "Details", "All that is known about the line under the cursor.",
           _at("payments", "paid", "credit", "unpaid"), rank=7),
    Action("how", ("h", "ctrl+e"), "How", "What to press in the portal.",
           _at("payments", "paid", "credit", "unpaid"), rank=7),
    Action("open", ("o", "ctrl+o"), "Open", "Open the PDF; over SSH the line that fetches it.",
           _at("invoice", "done", "home"), rank=3),
    Action("picture", ("g", "f6"), "Picture",
           "Show the page in the terminal's own pixels, where it has them.",
           _at("invoice"), rank=5),
    Action("look", ("l", "f9"), "Look", "Choose how the invoice looks.", _at("invoice"), rank=4),
    Action("copy", ("y", "ctrl+y"), "Copy",
           "Copy what is under the cursor; over SSH too, where the terminal allows it.",
           _at("payments", "credit", "unpaid", "invoice", "done", "home"), rank=8),
    Action("sent", ("m", "f6"), "Sent", "Note that the mail was sent, or take that back.",
           _at("done", "home"), rank=4),
    Action("calendar", ("c", "f8"), "Calendar", "Write the dates as a calendar file.",
           _at("done", "home"), rank=5),
    Action("paid", ("p", "f7"), "Paid …", "Note the day on which the money came, or take it back.",
           _at("home"), rank=4),
    Action("follow-up", ("f", "f9"), "Ask by mail",
           "Write a friendly mail about an overdue invoice.",
           _at("home"), rank=6),
    Action("cancel", ("delete", "f12"), "Cancel …", "Cancel the invoice with a credit note.",
           _at("home"), rank=7),
    Action("undo", ("u", "ctrl+u"), "Undo", "Take the last answer back.", STEP_PAGES, rank=3),
    Action("read-again", ("r", "f5"), "Read again",
           "Read the exports again, after a change in the portal, the file or your details.",
           STEP_PAGES - {"done"}, rank=11),
    Action("problems", ("exclamation_mark", "f4"), "Problems",
           "All that was found, and the way to each place.", STEP_PAGES, rank=12),
    Action("pane", ("tab", "ctrl+n"), "Pane", "To the next panel or field.", rank=13),
    Action("home", ("ctrl+g", "f10"), "Home",
           "Where things stand: what is to be done, all invoices.", rank=16),
    Action("my-details", ("ctrl+d", "ctrl+x"), "My details",
           "Who you are, whom you bill, your bank account."),
    Action("help", ("question_mark", "f1"), "Help", "What this page is for, and its keys.",
           rank=14),
    Action("palette", ("ctrl+p", "f2"), "Commands",
           "Every command, step, invoice and colour theme by name.", rank=15),
    Action("redraw", ("ctrl+l", "ctrl+r"), "Redraw", "Draw the whole screen again."),
    Action("mouse", ("ctrl+t", "ctrl+f"), "Mouse",
           "Give the mouse to the terminal, to select and copy text its way, or take it back."),
    Action("leave", ("ctrl+q", "f11"), "Leave",
           "Leave. Everything is kept for the next start.", rank=16),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

# What an action was called before; in a keys.toml its keys go to what it is called now.
RENAMED: Mapping[str, str] = {
    "mark": "use", "mark-all": "use-all", "filter": "find", "leave-out": "use", "settle": "answer",
    "confirmed": "answer-1", "later": "answer-2", "void": "answer-3", "elsewhere": "answer-4",
    "collect": "answer-5", "change": "edit", "preview": "open", "sharp": "picture",
}  # fmt: skip
# Lists have these keys of their own, everywhere alike.
GONE = frozenset({"up", "down", "page-up", "page-down", "first", "last", "accept"})

_SHOWN = {
    "escape": "Esc", "question_mark": "?", "slash": "/", "exclamation_mark": "!",
    "asterisk": "*", "plus": "+", "delete": "Del", "backspace": "Backspace",
    "full_stop": ".", "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp",
    "pagedown": "PgDn",
}  # fmt: skip
_TYPED = {"?": "question_mark", "/": "slash", "!": "exclamation_mark", "*": "asterisk",
          "+": "plus", ".": "full_stop", "esc": "escape", "del": "delete"}  # fmt: skip


class BadKeys(ValueError):
    """A keys.toml that cannot be used; the message says what and where."""


def key_shown(key: str) -> str:
    """A key as people write it: ``Ctrl+P``, ``Enter``, ``F1``, ``?``."""
    *held, last = key.split("+")
    if not held and len(last) == 1:
        return last
    named = _SHOWN.get(last) or (last.upper() if len(last) == 1 else last.capitalize())
    return "+".join([*(one.capitalize() for one in held), named])


def bindings(page: str) -> list[Binding]:
    """The bindings of a page; those of every screen for an empty name."""
    from textual.binding import Binding as Bound

    return [
        Bound(
            ",".join(action.keys), action.method, action.words, show=bool(action.rank),
            tooltip=action.help, id=action.id, priority=action.id in ALWAYS,
        )
        for action in ACTIONS
        if (page in action.pages if page else not action.pages)
    ]  # fmt: skip


def offered(page: str, actions: Mapping[str, Action] = BY_ID) -> list[Action]:
    """The actions of a page, those of the page itself first."""
    own = [action for action in actions.values() if page in action.pages]
    return own + [action for action in actions.values() if not action.pages]


def elsewhere(key: str, page: str, actions: Mapping[str, Action] = BY_ID) -> Action | None:
    """What a key that does nothing on this page does on another one."""
    return next(
        (one for one in actions.values()
         if key in one.keys and one.pages and page not in one.pages),
        None,
    )  # fmt: skip


def where_said(action: Action) -> str:
    """The pages of an action by their titles, in their order."""
    titles = {**{one.id.value: one.title for one in STEPS}, "home": "Home"}
    return listed([title for page, title in titles.items() if page in action.pages])


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
    for written, keys in value.items():
        name = RENAMED.get(written, written)
        if written in GONE:
            raise BadKeys(
                f"{file.name}: {written} has no keys to choose any more: lists move with the "
                "arrows, PgUp, PgDn, Home and End. Take that line out."
            )
        if name not in BY_ID:
            raise BadKeys(
                f"{file.name}: there is no action {written!r}. Known: {', '.join(BY_ID)}."
            )
        if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
            raise BadKeys(f'{file.name}: write the keys of {written} as ["enter", "n"].')
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


def keymap_of(actions: Mapping[str, Action]) -> dict[str, str]:
    """The user's own keys as a keymap of Textual's: from an action's id to its keys."""
    return {
        action.id: ",".join(action.keys)
        for action in actions.values()
        if action.keys != BY_ID[action.id].keys
    }


def keys_page(actions: Mapping[str, Action] = BY_ID) -> str:
    """The reference page on keys, as Markdown; `make docs` writes it to docs/reference/keys.md."""
    lines = [
        "# Keys of the wizard",
        "",
        "One letter means one thing on every page, and each action has at least two keys. They "
        "can be changed in `keys.toml` beside your profiles' folder, one line for each action you "
        'change: `help = ["?", "f1"]`. In a list the arrows, PgUp, PgDn, Home and End move; Tab '
        "goes to the next panel or field.",
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
