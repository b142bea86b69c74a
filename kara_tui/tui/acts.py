"""What the wizard asks the month end to do. One value of functions, so that a test can stand in."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.tui import looking, making, taking_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kara_tui.issued.delivery import WebmailText
    from kara_tui.model import Month
    from kara_tui.month_end import MonthEnd, Outcome, Request
    from kara_tui.month_end.downloads import LikelyExport
    from kara_tui.month_end.place import Place
    from kara_tui.settings import Profile
    from kara_tui.tui.looking import History


A4_INCHES = 210 / 25.4
# A month of many thousand sessions takes seconds to draw; then loading is not what one waits for.
WARM_AT_MOST = 500


def prepare(request: Request) -> MonthEnd:
    """Work the month end out. Raises month_end.UserError."""
    from kara_tui import month_end

    return month_end.prepare(request)


def months(prepared: MonthEnd) -> list[tuple[Month, int]]:
    """The months of the Paid exports with their Credit sessions, the newest first."""
    from collections import Counter

    from kara_tui import exports

    found: Counter[Month] = Counter()
    for read in prepared.paid:
        for one in exports.months(read.export):
            found[one.month] += one.sessions
    return sorted(found.items(), reverse=True)


def issue(prepared: MonthEnd) -> tuple[Outcome, WebmailText | None]:
    """Issue the month, and give its mail's text for a webmail.

    Raises month_end.UserError; then nothing was issued.
    """
    from kara_tui import month_end
    from kara_tui.issued.delivery import webmail_text

    outcome = month_end.issue(prepared)
    if outcome.eml is None:
        return outcome, None
    try:
        return outcome, webmail_text(outcome.eml.read_bytes())
    except OSError:
        return outcome, None


def picture(prepared: MonthEnd, dots: int) -> bytes:
    """The first page of the first draft as a PNG, so many dots wide. Raises month_end.UserError."""
    from kara_tui import documents
    from kara_tui.month_end.acts import theme_of
    from kara_tui.month_end.rendering import is_foreign

    theme = theme_of(prepared.request, prepared.profile)
    return documents.invoice_png(
        prepared.invoices[0],
        theme,
        foreign=is_foreign(theme),
        pixels_per_inch=dots / A4_INCHES,
    )


def letters(prepared: MonthEnd, width: int) -> list[str]:
    """The drafts' pages in letters, one below the other."""
    from kara_tui import documents

    pages = [documents.invoice_text(invoice, width) for invoice in prepared.invoices]
    return [line for at, page in enumerate(pages) for line in ([""] * (2 if at else 0)) + page]


def draft_pdf(prepared: MonthEnd) -> Path:
    """Write the first draft as a PDF into a folder of its own and give its path.

    Raises month_end.UserError.
    """
    import tempfile

    from kara_tui.month_end.acts import theme_of
    from kara_tui.month_end.rendering import render

    theme = theme_of(prepared.request, prepared.profile)
    drawn = render(prepared.invoices[:1], prepared.profile, theme).documents[0]
    path = Path(tempfile.mkdtemp(prefix="kara-tui-draft-"), drawn.pdf.name)
    path.write_bytes(drawn.pdf.content)
    return path


def webmail(outcome: Outcome) -> WebmailText | None:
    """The mail's fields as text, or None when the draft cannot be read."""
    from kara_tui.issued.delivery import webmail_text

    try:
        return webmail_text(outcome.eml.read_bytes()) if outcome.eml is not None else None
    except OSError:
        return None


def mail_to_be(prepared: MonthEnd) -> WebmailText:
    """The mail as it will be when the month is issued now."""
    from dataclasses import replace

    from kara_tui import mail
    from kara_tui.issued.delivery import WebmailText
    from kara_tui.model import Mark

    invoices = [
        replace(one, number=number, mark=Mark.NONE if one.mark is Mark.DRAFT else one.mark)
        for one, number in zip(prepared.invoices, prepared.numbers, strict=True)
    ]
    subject, body = mail.invoice_subject_and_body(invoices, prepared.profile.language)
    to, cc = prepared.profile.mail.to, ", ".join(prepared.profile.mail.cc)
    return WebmailText(to, cc, subject, body)


def calendar(request: Request) -> Path:
    """Write the dates as a calendar file beside the copies and give its path.

    Raises month_end.UserError.
    """
    from kara_tui import settings
    from kara_tui.issued.calendar import calendar_file
    from kara_tui.issued.overview import overview_of
    from kara_tui.month_end.copies_folder import copies_folder

    profile = settings.load(request.profile)
    folder = copies_folder(request, profile)
    path = folder / "kara-dates.ics"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(calendar_file(overview_of(profile, request.today, demo=request.demo), profile))
    return path


def mark(request: Request, numbers: Sequence[str], what: str) -> None:
    """Note that documents were ``sent`` or ``paid`` today. Raises month_end.UserError."""
    from kara_tui import issued

    act = issued.mark_paid if what == "paid" else issued.mark_sent
    for number in numbers:
        act(number, request.profile, request.today, demo=request.demo)


def mark_on(request: Request, number: str, what: str, day: date) -> None:
    """Note that a document was ``sent`` or ``paid`` on a day. Raises month_end.UserError."""
    from kara_tui import issued

    act = issued.mark_paid if what == "paid" else issued.mark_sent
    act(number, request.profile, day, demo=request.demo)


def take_back(request: Request, number: str, what: str) -> None:
    """Take back that a document was ``sent`` or ``paid``. Raises month_end.UserError."""
    from kara_tui import issued

    act = issued.mark_unpaid if what == "paid" else issued.mark_unsent
    act(number, request.profile, demo=request.demo)


def pdf_of(request: Request, number: str) -> Path:
    """Where the copy of an issued PDF is; it is written again if it is not there.

    Raises month_end.UserError.
    """
    return _copy_of(request, number, "pdf")


def _copy_of(request: Request, number: str, what: str) -> Path:
    from kara_tui import settings
    from kara_tui.issued import repair_at_start, stored
    from kara_tui.month_end.copies_folder import copies_folder, copy_of

    found = stored(number, request.profile, demo=request.demo)
    folder = copies_folder(request, settings.load(request.profile))
    path = copy_of((found.pdf if what == "pdf" else found.mail).name, folder)
    if not path.exists():
        repair_at_start(demo=request.demo)
    return path


def mail_of(request: Request, number: str) -> Path:
    """Where the copy of a document's mail is; it is written again if it is not there.

    Raises month_end.UserError.
    """
    return _copy_of(request, number, "mail")


def numbers(request: Request) -> list[tuple[str, str]]:
    """The numbers of all documents with their months, the newest first; none without a ledger."""
    from kara_tui import issued, month_end
    from kara_tui.month_end.wording import month_name

    with contextlib.suppress(month_end.UserError):
        found = issued.documents(request.profile, None, demo=request.demo)
        return [(one.number, month_name(one.month)) for one in reversed(found)]
    return []


def looks() -> tuple[str, ...]:
    """The names of the invoice's looks, the user's own among them."""
    from kara_tui import settings

    return settings.themes("invoice")


def warm(prepared: MonthEnd) -> None:
    """Load what issuing and the preview need, while nobody waits: the first time takes longest."""
    from kara_tui import documents, month_end
    from kara_tui.month_end.acts import theme_of
    from kara_tui.month_end.rendering import is_foreign

    if prepared.invoices and prepared.sessions <= WARM_AT_MOST:
        with contextlib.suppress(month_end.UserError):
            draft = prepared.invoices[0]
            documents.annex_xlsx(draft)
            theme = theme_of(prepared.request, prepared.profile)
            # A look that is not ours is set in a process of its own, which warms nothing here.
            if not is_foreign(theme):
                documents.invoice_png(draft, theme, pixels_per_inch=5)


def keep_theme(name: str) -> str:
    """Use a theme at the next start too; says so, or why it cannot be kept."""
    from kara_tui.tui.kept import keep

    return keep("theme", name)


def downloads() -> Path:
    """The folder where a browser keeps downloads."""
    from kara_tui.month_end.downloads import downloads as folder

    return folder()


def glance(path: Path) -> str:
    """What a file holds, in a few words."""
    from kara_tui.month_end.glance import glance as look_into

    return look_into(path)


def listing(folder: Path) -> tuple[LikelyExport, ...]:
    """The files of a folder that may be exports, the likeliest first; none if it cannot be read."""
    from kara_tui.month_end.downloads import offered

    return offered(folder)


@dataclass(frozen=True, slots=True)
class PickerLine:
    """A line of the file picker."""

    path: Path
    is_folder: bool = False
    age: str = ""


def entries(folder: Path) -> list[PickerLine]:
    """A folder's likely exports, then its folders by name; none if it cannot be read."""
    files = [PickerLine(folder / one.name, age=one.age) for one in listing(folder)]
    return files + _folders(folder)


def entries_to_take_in(folder: Path) -> list[PickerLine]:
    """A folder's profile files and backups, then its folders; none if it cannot be read."""
    files = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            with contextlib.suppress(OSError):
                if path.is_file() and taking_in.is_to_take_in(path):
                    files.append(PickerLine(path))
    return files + _folders(folder)


def _folders(folder: Path) -> list[PickerLine]:
    try:
        with os.scandir(folder) as found:
            names = sorted(
                entry.name for entry in found if entry.is_dir() and not entry.name.startswith(".")
            )
    except OSError:
        return []
    return [PickerLine(folder / name, is_folder=True) for name in names]


def meant(text: str) -> Path | None:
    """The file or folder that a typed or pasted path means, or None when there is none."""
    from kara_tui.month_end.pasted_path import paths_meant

    for path in paths_meant(text, Path.home()):
        try:
            if path.exists():
                return path.absolute()
        except OSError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Acts:
    """The functions that touch the world, each called in a thread of its own."""

    prepare: Callable[[Request], MonthEnd] = prepare
    months: Callable[[MonthEnd], list[tuple[Month, int]]] = months
    issue: Callable[[MonthEnd], tuple[Outcome, WebmailText | None]] = issue
    letters: Callable[[MonthEnd, int], list[str]] = letters
    draft_pdf: Callable[[MonthEnd], Path] = draft_pdf
    mail_to_be: Callable[[MonthEnd], WebmailText] = mail_to_be
    webmail: Callable[[Outcome], WebmailText | None] = webmail
    calendar: Callable[[Request], Path] = calendar
    numbers: Callable[[Request], list[tuple[str, str]]] = numbers
    mark_on: Callable[[Request, str, str, date], None] = mark_on
    take_back: Callable[[Request, str, str], None] = take_back
    mail_of: Callable[[Request, str], Path] = mail_of
    pdf_of: Callable[[Request, str], Path] = pdf_of
    mark: Callable[[Request, Sequence[str], str], None] = mark
    looks: Callable[[], tuple[str, ...]] = looks
    warm: Callable[[MonthEnd], None] = warm
    keep_theme: Callable[[str], str] = keep_theme
    picture: Callable[[MonthEnd, int], bytes] = picture
    downloads: Callable[[], Path] = downloads
    glance: Callable[[Path], str] = glance
    listing: Callable[[Path], Sequence[LikelyExport]] = listing
    entries: Callable[[Path], list[PickerLine]] = entries
    entries_to_take_in: Callable[[Path], list[PickerLine]] = entries_to_take_in
    meant: Callable[[str], Path | None] = meant
    history: Callable[[Request], History] = looking.history
    place_of: Callable[[Request], Place | None] = looking.place_of
    shown: Callable[[Request, str], list[str]] = looking.shown
    follow_up: Callable[[Request], list[str]] = looking.follow_up
    cancel: Callable[[Request, str, str], list[str]] = looking.cancel
    draft: Callable[[str], dict[str, str]] = making.draft
    keep_draft: Callable[[str, Mapping[str, str]], None] = making.keep_draft
    answers_of: Callable[[str], dict[str, str]] = making.answers_of
    judge: Callable[..., making.Judged] = making.judge
    to_take_in: Callable[[], list[Path]] = taking_in.to_take_in
    take_in: Callable[[Path, Request], taking_in.Taken] = taking_in.take_in
    on_the_invoice: Callable[[str, Mapping[str, str]], list[str]] = making.on_the_invoice
    save_profile: Callable[[Profile], Path] = making.save_profile
