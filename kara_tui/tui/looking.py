"""What Home shows and does: the place that was kept, and the documents that were issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kara_tui.month_end.wording import amount_said, counted, day_said, month_name

if TYPE_CHECKING:
    from kara_tui.issued.overview import Overview
    from kara_tui.month_end import Request
    from kara_tui.month_end.place import Place


@dataclass(frozen=True, slots=True)
class History:
    """Where things stand, the place to go on from if one was kept, and what was wrong with it."""

    home: Overview
    place: Place | None
    broken: str = ""


def there_is_one(request: Request) -> bool:
    """Whether anything was ever kept, though it may be gone: a look at the disk costs nothing."""
    from kara_tui import ledger
    from kara_tui.month_end.the_ledger import ledger_path, traces

    path = ledger_path(demo=request.demo)
    if path.exists():
        return True
    try:
        ledger.refuse_new(path, traces(demo=request.demo))
    except ledger.LedgerError:
        return True
    return False


def first_screen(request: Request) -> str:
    """What is shown first: the way to a profile, what is there already, or the first step."""
    from kara_tui import settings

    if not request.demo and not settings.exists(request.profile):
        return "welcome"
    if not request.demo and not request.paid and there_is_one(request):
        return "home"
    return "wizard"


def history(request: Request) -> History:
    """Look into the ledger. Raises month_end.UserError."""
    from kara_tui import settings
    from kara_tui.issued import overview_of
    from kara_tui.month_end.place import found_place

    profile = settings.load(request.profile)
    place, broken = found_place(request)
    return History(overview_of(profile, request.today, demo=request.demo), place, broken)


def place_of(request: Request) -> Place | None:
    """Where the user was the last time, if files were chosen there; None if nothing can be read."""
    from kara_tui.errors import UserError
    from kara_tui.month_end.place import found_place

    try:
        place, _ = found_place(request)
    except UserError:
        return None
    return place if place is not None and place.request.paid else None


def shown(request: Request, number: str) -> list[str]:
    """A document in sentences, with where its copies are. Raises month_end.UserError."""
    from kara_tui import settings
    from kara_tui.issued import stored
    from kara_tui.month_end.copies_folder import copies_folder, copy_of

    found = stored(number, request.profile, demo=request.demo)
    folder = copies_folder(request, settings.load(request.profile))
    document = found.document
    lines = [
        f"{document.kind.value.capitalize()} {document.number}, issued on "
        f"{day_said(document.issued_on)}",
        f"{month_name(document.month)}: {amount_said(document.total)}",
    ]
    if document.sent_on:
        lines.append(f"Sent on {day_said(document.sent_on)}.")
    if document.paid_on:
        lines.append(f"Paid on {day_said(document.paid_on)}.")
    lines += ["", "The copies:", str(copy_of(found.pdf.name, folder))]
    if found.annex is not None:
        lines.append(str(copy_of(found.annex.name, folder)))
    return [*lines, str(copy_of(found.mail.name, folder))]


def follow_up(request: Request) -> list[str]:
    """Write a mail draft for each overdue invoice and say where. Raises month_end.UserError."""
    from kara_tui import settings
    from kara_tui.issued import overview_of, write_follow_ups
    from kara_tui.issued.delivery import NO_SEND_BUTTON
    from kara_tui.month_end.copies_folder import copies_folder

    profile = settings.load(request.profile)
    paths = write_follow_ups(
        overview_of(profile, request.today, demo=request.demo), profile,
        copies_folder(request, profile), demo=request.demo,
    )  # fmt: skip
    return [
        f"{counted(len(paths), 'draft')} to open and send:",
        *(str(path) for path in paths),
        NO_SEND_BUTTON,
    ]


def cancel(request: Request, number: str, reason: str) -> list[str]:
    """Issue a credit note and say what came of it. Raises month_end.UserError."""
    from kara_tui import issued
    from kara_tui.issued.delivery import NO_SEND_BUTTON

    done = issued.cancel(request, number, reason)
    lines = [f"{number} is cancelled by credit note {done.note.invoice.number}. Its sessions can "
             "be billed again."]  # fmt: skip
    lines += [*done.undelivered, *(notice.message for notice in done.notices)]
    paths = (done.note.pdf, done.note.annex, done.mail)
    lines += [str(path) for path in paths if path is not None]
    return lines if done.mail is None else [*lines, NO_SEND_BUTTON]
