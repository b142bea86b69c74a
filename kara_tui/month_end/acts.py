"""The few acts that touch the world: read these files, try this month out, issue it.

Everything they join is worked out elsewhere; here the rooms' doors are called in order. Nothing
heavy is imported before it is needed, and what can be done beside something else is.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kara_tui import documents, exports, ledger, settings
from kara_tui.exports import Export, ExportKind
from kara_tui.model import Decision, File, Finding, Invoice, Month, line_order
from kara_tui.model.invoice_json import frozen
from kara_tui.month_end.assess import MonthEnd, ReadFile, assess
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.copies_folder import copies_folder, forget_sample_copies, write_copies
from kara_tui.month_end.deadlines import Deadlines, deadlines
from kara_tui.month_end.findings import finding
from kara_tui.month_end.history import (
    fingerprinted,
    keep_choices,
    keep_decisions,
    known_about,
    months_invoiced,
)
from kara_tui.month_end.in_fork import in_fork
from kara_tui.month_end.invoicing import numbered
from kara_tui.month_end.letters import profile_problems
from kara_tui.month_end.outcome import Delivered, Outcome, Status
from kara_tui.month_end.rendering import render
from kara_tui.month_end.request import Late, Request
from kara_tui.month_end.the_ledger import demo_data, ledger_findings, look, opened, supplier_of
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.private_file import make_folder, write_private
from kara_tui.settings import Problem, Profile

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger

Stage = Callable[[str], AbstractContextManager[None]]


def start_demo_anew() -> None:
    """Forget the sample month, so that it can be issued again. The real ledger is another file."""
    import shutil

    forget_sample_copies()
    shutil.rmtree(demo_data(), ignore_errors=True)


@dataclass(frozen=True, slots=True)
class DaysAndProblems:
    """What the process beside this one works out: the three days, and the profile's deep check."""

    deadlines: Deadlines
    problems: tuple[Problem, ...]


def prepare(request: Request, stage: Stage = lambda _: nullcontext()) -> MonthEnd:
    """Read the profile, the exports and the ledger, and work out what would be issued.

    Writes nothing. ``stage`` is told in words what is being done, for faces that show it.
    Raises settings.NoProfile, settings.ProfileError, exports.Unreadable, ledger.LedgerError.
    """
    profile = settings.load(request.profile)
    month = request.billed_month
    theme = theme_of(request, profile)
    aside = in_fork(lambda: _aside(profile, theme, month, request.today))
    how, limits = request.reading.over(profile.reading), exports.Limits(**profile.limits)
    names = _names((*request.paid, *request.unpaid))

    def read(file: Path, name: str, kind: ExportKind) -> Export:
        source: Path | BinaryIO = sys.stdin.buffer if str(file) == "-" else file
        with stage(f"Reading {name}"):
            return exports.read(source, kind, how, limits=limits, name=name, month=month)

    paid = [read(file, next(names), ExportKind.PAID) for file in request.paid]
    unpaid = [read(file, next(names), ExportKind.UNPAID) for file in request.unpaid]
    folder = copies_folder(request, profile)
    with stage("Choosing the month's sessions"):
        paid_files = [_of_month(export, month) for export in paid]
        unpaid_files = [_of_month(export, month) for export in unpaid]
        # A trial of the sample month asks what would be, not what the last showing of it issued.
        afresh = request.demo and request.dry_run
        with nullcontext() if afresh else look(demo=request.demo, out=folder) as book:
            late, about_late = _late(book, profile, month, paid_files)
            listed = [
                candidate for file in (*paid_files, *unpaid_files) for candidate in file.candidates
            ]
            known = known_about(book, profile, month, [*listed, *late])
            about_the_ledger = (
                () if afresh else ledger_findings(book, profile, demo=request.demo, out=folder)
            )
    missing, about_the_look = _letters_missing(theme)
    worked_out = aside()
    return assess(
        request,
        profile,
        paid_files,
        unpaid_files,
        known,
        worked_out.deadlines,
        due_on=worked_out.deadlines.pay,
        late=late,
        further=[
            *(problem.finding() for problem in worked_out.problems),
            *about_the_look,
            *about_the_ledger,
            *(about_late if request.late is Late.INCLUDE else ()),
        ],
        letters_missing=missing,
    )


def dry_run(month_end: MonthEnd) -> Outcome:
    """Draw the drafts and write them; take no number and change nothing else.

    Nothing is written when a decision is needed. A draft of the mail is made, to meet its errors,
    but not written: a mail with a DRAFT in it should not lie about ready to be sent.
    """
    if month_end.is_blocked:
        return blocked(month_end)
    request, profile = month_end.request, month_end.profile
    rendered = render(month_end.invoices, profile, theme_of(request, profile))
    folder = copies_folder(request, profile)
    make_folder(folder, tolerant=True)
    return replace(
        _outcome(month_end, Status.DRY_RUN),
        invoices=tuple(
            Delivered(invoice, _drafted(folder, files.pdf), _drafted(folder, files.annex))
            for invoice, files in zip(month_end.invoices, rendered.documents, strict=True)
        ),
    )


def _drafted(folder: Path, file: File | None) -> Path | None:
    if file is None:
        return None
    write_private(folder / file.name, file.content, tolerant=True)
    return folder / file.name


def issue(month_end: MonthEnd) -> Outcome:
    """Issue the month: one act in the ledger, then copies on disk. Nothing when a blocker stands.

    Raises ledger.LedgerError when the ledger refuses; then nothing was issued. Copies that could
    not be written are named in the outcome: the ledger holds them, and writes them at the next
    start or with ``kara-tui repair``.
    """
    if month_end.is_blocked:
        return blocked(month_end)
    request, profile = month_end.request, month_end.profile
    theme = theme_of(request, profile)
    drawn: list[tuple[list[Invoice], ledger.Rendered]] = []

    def draw(numbers: tuple[str, ...]) -> ledger.Rendered:
        invoices = [
            numbered(draft, number)
            for draft, number in zip(month_end.invoices, numbers, strict=True)
        ]
        rendered = render(invoices, profile, theme)
        drawn.append((invoices, rendered))
        return rendered

    folder = copies_folder(request, profile)
    with opened(demo=request.demo, out=folder, accept_clock=request.accept_clock) as book:
        keep_decisions(book, month_end.unpaid, month_end.request)
        issued = book.issue(_order(month_end), draw)
        copies = write_copies(book, request, profile, issued)
    invoices, rendered = drawn[-1]
    here = copies.folder
    return replace(
        _outcome(month_end, Status.ISSUED),
        invoices=tuple(
            Delivered(invoice, _in(here, files.pdf), _in(here, files.annex))
            for invoice, files in zip(invoices, rendered.documents, strict=True)
        ),
        eml=_in(here, rendered.mail),
        undelivered=(*copies.undelivered, *_remember_answers(profile, request)),
        notices=copies.notices,
    )


def _remember_answers(profile: Profile, request: Request) -> tuple[str, ...]:
    """Keep in the profile what was said about sponsors, and about files it says nothing of."""
    known, answered = profile.reading, request.reading
    new = {
        key: getattr(answered, key)
        for key in ("date_order", "decimal", "time_zone")
        if getattr(answered, key) and not getattr(known, key)
    }
    if request.demo:
        return ()
    try:
        if new:
            settings.remember_reading(profile.name, **new)
        for sponsor, routing in request.routes.items():
            settings.remember_routing(profile.name, sponsor, routing)
    except (OSError, settings.ProfileError) as error:
        return (f"What was answered could not be kept in the profile: {error}",)
    return ()


def _order(month_end: MonthEnd) -> ledger.IssueOrder:
    profile = month_end.profile
    return ledger.IssueOrder(
        profile=profile.name,
        supplier=supplier_of(profile),
        series=profile.numbering,
        month=month_end.month,
        today=month_end.request.today,
        drafts=tuple(_draft(invoice, month_end.billed) for invoice in month_end.invoices),
    )


def _draft(invoice: Invoice, billed: Sequence[Candidate]) -> ledger.DraftInvoice:
    here = (
        candidate for candidate in billed if candidate.session.price.currency == invoice.currency
    )
    return ledger.DraftInvoice(
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        due_on=invoice.due_on,
        frozen=frozen(invoice),
        sessions=tuple(
            ledger.BillableSession(
                candidate.session,
                candidate.fingerprint,
                late=candidate.session.date < invoice.month.first,
            )
            for candidate in sorted(here, key=lambda candidate: line_order(candidate.session))
        ),
    )


def decide(
    request: Request, rows: tuple[int, ...], decision: Decision, note: str
) -> tuple[UnpaidSession, ...]:
    """Keep a decision about the unpaid sessions in these rows, and give those sessions.

    The Unpaid export and the month are the request's. Raises as ``prepare`` does, and LookupError
    with a sentence when a row holds no unpaid session of the month.
    """
    month_end = prepare(request)
    by_row = {payment.session.row: payment for payment in month_end.unpaid}
    missing = [row for row in rows if row not in by_row]
    if missing:
        raise LookupError(
            f"Row {missing[0]} holds no unpaid session of {month_end.month}; there are rows "
            f"{', '.join(by_row[row].session.place for row in sorted(by_row)) or 'none'}."
        )
    chosen = tuple(by_row[row] for row in rows)
    with opened(demo=request.demo, accept_clock=request.accept_clock) as book:
        keep_choices(book, request.profile, [(payment, decision, note) for payment in chosen])
    return chosen


def blocked(month_end: MonthEnd) -> Outcome:
    """The outcome of a month end that needs a decision first: nothing was written."""
    return _outcome(month_end, Status.BLOCKED)


def _outcome(month_end: MonthEnd, status: Status) -> Outcome:
    return Outcome(
        status=status,
        month=month_end.month,
        sessions=month_end.sessions,
        mail_to=month_end.profile.mail.to,
        deadlines=month_end.deadlines,
        findings=month_end.findings,
    )


def unreadable(request: Request, findings: Sequence[Finding]) -> Outcome:
    """The outcome when a file cannot be read at all: nothing was written."""
    return Outcome(Status.UNREADABLE, request.billed_month, findings=tuple(findings))


def theme_of(request: Request, profile: Profile) -> Path:
    """The folder of the invoice's look. Raises settings.UnknownTheme, settings.BadName."""
    return settings.theme_folder("invoice", request.theme or profile.theme)


def _aside(profile: Profile, theme: Path, month: Month, today: date) -> DaysAndProblems:
    return DaysAndProblems(
        deadlines(month, [profile.calendar], today), profile_problems(profile, theme)
    )


def _letters_missing(theme: Path) -> tuple[Callable[[str], str], tuple[Finding, ...]]:
    """What the look cannot print, or the finding that it is not whole."""
    try:
        return documents.letters_missing(theme), ()
    except documents.DocumentError as error:
        return lambda _: "", (finding("document", str(error)),)


def _names(files: Sequence[Path]) -> Iterator[str]:
    """What each file is called in findings: rows of two files of one name must not be mixed up."""
    seen: Counter[str] = Counter()
    for file in files:
        name = "standard input" if str(file) == "-" else file.name
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _of_month(export: Export, month: Month) -> ReadFile:
    selected = exports.select(export, month)
    return ReadFile(export, selected, fingerprinted(selected.sessions))


def _late(
    book: Ledger | None, profile: Profile, month: Month, files: Sequence[ReadFile]
) -> tuple[list[Candidate], list[Finding]]:
    """Sessions of earlier months that were invoiced without them, as far as the files hold any,
    and what there is to know about their cells.
    """
    if book is None:
        return [], []
    earlier_files = [
        _of_month(file.export, earlier)
        for file in files
        for earlier in months_invoiced(book, profile.name, file.selected.other_months)
        if earlier < month
    ]
    candidates = [candidate for file in earlier_files for candidate in file.candidates]
    billed = book.billed([candidate.fingerprint for candidate in candidates])
    late = [candidate for candidate in candidates if candidate.fingerprint not in billed]
    rows = {(candidate.session.source, candidate.session.row) for candidate in late}
    about_cells = (finding for file in earlier_files for finding in file.selected.findings)
    return late, [
        finding
        for finding in about_cells
        if any((finding.source, row) in rows for row in finding.rows)
    ]


def _in(folder: Path | None, file: File | None) -> Path | None:
    return None if folder is None or file is None else folder / file.name
