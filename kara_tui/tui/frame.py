"""What stands around every page: where one is among the steps, what was found, totals, and keys."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len

from kara_tui.model import Severity
from kara_tui.month_end.steps import STEPS, State, StepId, step, summary
from kara_tui.month_end.wording import counted, month_name
from kara_tui.tui.actions import Action, key_shown, offered
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import Drawn, Line, cut, filled, padded, plain, wrapped
from kara_tui.tui.kitty import Placement
from kara_tui.tui.page import Page

WIDE = 110
RAIL = 28
FOOT = 3
HEAD = 2

_MARKS = {State.DONE: "[x]", State.OPEN: "[ ]", State.BLOCKED: "[!]"}
_ROLES = {State.DONE: "good", State.OPEN: "muted", State.BLOCKED: "blocker"}


@dataclass(frozen=True, slots=True)
class Framed:
    """A whole screen: its lines, the real cursor's place, and what a click means.

    ``items`` maps a line to a list's item; ``left`` is the column where the page begins;
    ``keys`` are the spans of the key bar, as (first column, last column, action).
    """

    lines: tuple[Line, ...]
    cursor: tuple[int, int]
    items: dict[int, int]
    left: int
    keys: tuple[tuple[int, int, str], ...]
    picture: Placement | None = None


def framed(desk: Desk, width: int, height: int) -> Framed:
    """Draw the page in front with all that stands around it."""
    page = desk.page
    wide = width >= WIDE
    left = RAIL + 2 if wide else 0
    head = [] if wide else _trail(desk, width)
    room = max(1, height - len(head) - FOOT)
    body = page.body(width - left, room)
    lines = filled(body.lines, room)
    if wide:
        rail = filled(_rail(desk), room)
        lines = [
            ((padded(plain(mark), RAIL), mark[0][1] if mark else "text"), ("│ ", "line"), *line)
            for mark, line in zip(rail, lines, strict=True)
        ]
    bar, keys = key_bar(desk, page, width)
    whole = (*head, *lines, _found(desk, width), _totals(desk, width), bar)
    return Framed(
        whole[:height] if height >= len(whole) else (*whole[: height - 1], bar),
        _cursor(body, left, len(head), height),
        {y + len(head): item for y, item in body.targets.items()},
        left,
        keys,
        body.picture
        and replace(body.picture, x=body.picture.x + left, y=body.picture.y + len(head)),
    )


def _cursor(body: Drawn, left: int, above: int, height: int) -> tuple[int, int]:
    if body.cursor is None:
        return (0, height - 1)
    x, y = body.cursor
    return (x + left, y + above)


def _trail(desk: Desk, width: int) -> list[Line]:
    """The steps on one line, marked; on a narrow screen only the one where the user is by name."""
    runs: list[tuple[str, str]] = []
    for each in STEPS:
        state = desk.state_of(each.id)
        here = each.id is desk.step
        mark = "[>]" if here else _MARKS[state]
        role = "strong" if here else _ROLES[state]
        runs.append((f"{mark} {each.title}", role))
    line: Line = tuple(
        run for index, one in enumerate(runs) for run in ((((" " if index else ""), "text"), one))
    )
    if cell_len(plain(line)) > width:
        marks = "".join(
            ">" if each.id is desk.step else _MARKS[desk.state_of(each.id)][1].replace(" ", ".")
            for each in STEPS
        )
        here_step = step(desk.step)
        line = (
            (f"Step {here_step.position} of {len(STEPS)}: {here_step.title}", "strong"),
            (f"  [{marks}]", "muted"),
        )
    return [line, (("─" * width, "line"),)]


def _rail(desk: Desk) -> list[Line]:
    """The steps below one another, each with what it has come to."""
    lines: list[Line] = []
    for each in STEPS:
        state = desk.state_of(each.id)
        here = each.id is desk.step
        mark = "[>]" if here else _MARKS[state]
        lines.append(((f"{mark} {each.title}", "strong" if here else _ROLES[state]),))
        if each.id in desk.seen and not (each.id is StepId.DONE and not here):
            said = wrapped(summary(each.id, desk.standing), RAIL - 5, "muted", indent="    ")
            lines += said[:2]
    return lines


def _found(desk: Desk, width: int) -> Line:
    """What was just said; else what is being done; else what was found."""
    text, role = desk.said
    if text:
        return ((cut(text, width), role),)
    if desk.busy:
        stop = "" if desk.busy.startswith("Issuing") else " (Esc stops waiting)"
        return ((f"... {desk.busy}{stop}", "info"),)
    findings = desk.standing.findings
    blockers = [one for one in findings if one.severity is Severity.BLOCKER]
    warnings = [one for one in findings if one.severity is Severity.WARNING]
    if not findings:
        return ()
    counts = ", ".join(
        counted(len(some), word)
        for some, word in ((blockers, "blocker"), (warnings, "warning"))
        if some
    )
    notes = len(findings) - len(blockers) - len(warnings)
    if not counts:
        return ((f"[i] {counted(notes, 'note')}, nothing that stops you.", "info"),)
    first = (blockers or warnings)[0]
    mark, role = ("[!]", "blocker") if blockers else ("[?]", "warning")
    way = "  (p shows all)"
    said = cut(f"{mark} {counts}: {first.message}", width - len(way))
    return ((said, role), (way, "muted"))


def _totals(desk: Desk, width: int) -> Line:
    """Month, sessions and sums, always in sight."""
    month_end = desk.month_end
    parts = [month_name(desk.request.billed_month)]
    if desk.request.demo:
        parts.insert(0, "SAMPLE")
    if month_end is not None:
        parts.append(counted(month_end.sessions, "session"))
        parts += [str(total) for total in month_end.totals]
        # Not before the first screen: it brings libraries for addresses and shells with it.
        from kara_tui.month_end.wording import day_said

        day = day_said(month_end.deadlines.safe)
        parts.append(f"send by {day if width >= WIDE else ' '.join(day.split()[:3])}")
    return ((" " + " · ".join(parts), "bar"),)


def key_bar(desk: Desk, page: Page, width: int) -> tuple[Line, tuple[tuple[int, int, str], ...]]:
    """The keys that matter here, as many as fit, and where each of them stands."""
    ranked = sorted(
        (one for one in offered(page.id, desk.actions) if one.rank), key=lambda one: one.rank
    )
    runs: list[tuple[str, str]] = []
    spans: list[tuple[int, int, str]] = []
    at = 0
    for action in ranked:
        key = _key_of(action, page)
        if key is None or not desk.shows(action.id) or not page.shows(action.id):
            continue
        name, words = f" {key_shown(key)} ", f"{page.words_now.get(action.id, action.words)} "
        size = cell_len(name) + cell_len(words)
        if at + size > width:
            break
        runs += [(name, "key"), (words, "bar")]
        spans.append((at, at + size - 1, action.id))
        at += size
    return (*runs, ("", "bar")), tuple(spans)


def _key_of(action: Action, page: Page) -> str | None:
    """The key to show: where text is typed, one that types nothing."""
    typing = page.field is not None
    usable = [
        key
        for key in action.keys
        if not typing or (len(key) > 1 and key not in ("space", "left", "right", "slash"))
    ]
    usable = [key for key in usable if not (typing and key in _NAMED_CHARACTERS)]
    return usable[0] if usable else None


_NAMED_CHARACTERS = frozenset(
    {"question_mark", "asterisk", "plus", "less_than_sign", "greater_than_sign", "home", "end",
     "delete", "ctrl+u"}
)  # fmt: skip
