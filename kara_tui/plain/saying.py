"""How findings, sessions and steps are said in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kara_tui.model import Finding, Month, Session, SessionKind, Severity
from kara_tui.month_end import twice
from kara_tui.month_end.hints import hint_for
from kara_tui.month_end.portal import STEPS, Step
from kara_tui.month_end.wording import amount_said, month_name

_WEIGHT = {
    Severity.BLOCKER: "To be solved first",
    Severity.WARNING: "Please look",
    Severity.INFO: "Good to know",
}
_KIND = {
    SessionKind.HELD: "",
    SessionKind.LATE_CANCELLATION: "late cancellation",
    SessionKind.NO_SHOW: "no-show",
}

_SPOKEN = (
    ("the three dots ⋮", "the three dots"),
    ("⋮", "the three dots"),
    (" → ", ", then "),
)

# What is to be done about a finding here, where its own hint speaks of the command line.
_HINTS = {
    "date-unreadable": "Put the cell right, then choose the file again.",
    "other-month": "One invoice holds one calendar month. Another one is chosen on step 2, Paid.",
    "no-sessions": "Check the month, and the dates and the Payment type Credit that were chosen in "
    "the portal before Export.",
    "month-issued": "Kara Connect wants one invoice a month. To bill it anew, cancel it first with "
    "kara-tui credit. Sessions that came late go on the next month's invoice.",
    "late-sessions": "Step 3, Credit, asks: on this invoice with their own dates, or not now.",
    "unpaid-with-sponsor": "Confirm them in the portal, as ? says on step 4, Unpaid, and export "
    "again; or say there what holds.",
    "letter-unprintable": "c and the session's number on step 3, Credit, asks how it is to be "
    "printed. Or give the invoice a look whose font has it, in your profile.",
    "picture-left-out": "To print it otherwise: c and the session's number on step 3, Credit.",
    "price-far": "If it is wrong, correct it in the portal and export again. If it is right, say "
    "so on step 3, Credit.",
    "price-style": "Write it as the others are written, or say on step 1, Payments, how it is "
    "meant.",
    "date-order": "Step 1, Payments, asks what comes first.",
    "time-zone-needed": "Step 1, Payments, asks for the zone: your own, such as "
    "Atlantic/Reykjavik, or UTC.",
    **dict.fromkeys(
        twice.CODES, "Step 3, Credit, asks: leave out what is there twice, or bill each."
    ),
}

ALWAYS = (
    "At every question: ? gives help, b goes back, q leaves. Enter alone takes what stands in "
    "brackets."
)
UNDO = "u takes back what you answered last; it says what that was, and asks again."


def heading(step: Step) -> Iterator[str]:
    """What is said when a step begins."""
    yield ""
    yield f"Step {step.position} of {len(STEPS)}: {step.title}."
    yield step.purpose
    yield step.here


def help_for(step: Step, here: Sequence[str] = ()) -> tuple[str, ...]:
    """What ``?`` says: the portal's clicks in order, then the answers that this step knows."""
    lines = [f"Help for step {step.position}, {step.title}. {step.purpose} {step.here}"]
    if step.portal:
        lines.append("In the portal:")
        lines += [f"{number}. {click}" for number, click in enumerate(step.portal, 1)]
    return tuple(spoken(line) for line in (*lines, *here, ALWAYS, UNDO))


def spoken(text: str) -> str:
    """The text with the portal's signs in words, as a screen reader should say them."""
    for sign, words in _SPOKEN:
        text = text.replace(sign, words)
    return text


def findings_said(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings as numbered sentences, each with its weight in words and what to do about it."""
    if not findings:
        return
    yield f"{len(findings)} {'thing' if len(findings) == 1 else 'things'} to know here:"
    for number, finding in enumerate(findings, 1):
        said = f"{number}. {_WEIGHT[finding.severity]}: {finding.message}"
        yield spoken(f"{said} {hint_for(finding, _HINTS)}".strip())


def session_said(session: Session, *, with_professional: bool = False) -> str:
    """A session in one line; texts as they are in the export."""
    parts = [
        moment_said(session),
        session.service,
        amount_said(session.price),
        session.professional if with_professional else "",
        f"sponsor {session.sponsor}" if session.sponsor else "no sponsor",
        _KIND[session.kind],
    ]
    return ", ".join(part for part in parts if part)


def moment_said(session: Session) -> str:
    """``5 October 2026 09:00``: which session it is."""
    return day_and_month(session.date) + ("" if session.time is None else f" {session.time:%H:%M}")


def ended(words: str) -> str:
    """The words as a sentence; a name may end with its own full stop."""
    return words if words.endswith(".") else f"{words}."


def day_and_month(day: date) -> str:
    """``5 October 2026``."""
    return f"{day.day} {month_name(Month.of(day))}"
