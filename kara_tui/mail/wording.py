"""What the mail says: neutral words, from one table for each language.

Nothing here knows of clients, services, sponsors or health: month, number of sessions, totals,
invoice numbers and who sends it are all that leaves in the open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kara_tui.model import DocumentKind, Invoice, Mark, Money, Month

LANGUAGES = frozenset({"da", "de", "en", "is", "nb", "sv"})

_WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one language, and how it writes numbers and days."""

    format: dict[str, str]
    months: tuple[str, ...]
    words: dict[str, str]

    def amount(self, money: Money) -> str:
        whole, _, fraction = money.text.removeprefix("-").partition(".")
        grouped = f"{int(whole):,}".replace(",", self.format["group"])
        sign = self.format["minus"] if money.minor < 0 else ""
        number = f"{sign}{grouped}{self.format['decimal'] if fraction else ''}{fraction}"
        return self.format["amount"].format(number=number, currency=money.currency)

    def month(self, month: Month) -> str:
        return f"{self.months[month.number - 1]} {month.year}"

    def day(self, day: date) -> str:
        return self.format["day"].format(
            day=day.day, month=self.months[day.month - 1], year=day.year
        )


def invoice_subject_and_body(invoices: Sequence[Invoice], language: str = "en") -> tuple[str, str]:
    """Subject and text of the one mail that carries these invoices and credit notes.

    All are of one supplier. Draft and sample documents are called so in both. Raises ValueError
    for no invoices and KeyError for a language that is not in LANGUAGES.
    """
    if not invoices:
        raise ValueError("a mail carries at least one invoice")
    spoken = _language(language)
    months = ", ".join(
        spoken.month(month) for month in sorted({invoice.month for invoice in invoices})
    )
    subject = _subject(spoken, invoices, months, "")
    opening = spoken.words[_opening(invoices)].format(month=months)
    blocks = [_block(spoken, invoice) for invoice in invoices]
    return subject, _letter(spoken, opening, blocks, invoices[0])


def follow_up_subject_and_body(
    invoice: Invoice, due_on: date, today: date, language: str = "en"
) -> tuple[str, str]:
    """Subject and text of a friendly question after an invoice that was due and is not paid.

    Raises ValueError when it is not yet overdue on that day, or is no issued invoice.
    """
    if today <= due_on:
        raise ValueError(f"an invoice due on {due_on} is not overdue on {today}")
    if invoice.kind is not DocumentKind.INVOICE or invoice.number is None:
        raise ValueError("only an issued invoice can be overdue")
    spoken = _language(language)
    subject = _subject(
        spoken, [invoice], spoken.month(invoice.month), f"{spoken.words['reminder']}: "
    )
    block = [
        *_block(spoken, invoice),
        f"{spoken.words['due']}: {spoken.day(due_on)}",
        f"{spoken.words['days_overdue']}: {(today - due_on).days}",
    ]
    opening = spoken.words["reminder_text"].format(due=spoken.day(due_on))
    return subject, _letter(spoken, opening, [block], invoice)


def _subject(spoken: _Language, invoices: Sequence[Invoice], months: str, before: str) -> str:
    documents = ", ".join(_document(spoken, invoice) for invoice in invoices)
    mark = _mark(spoken, invoices[0].mark)
    return f"{mark}{before}{documents} – {months} – {invoices[0].supplier.name}"


def _opening(invoices: Sequence[Invoice]) -> str:
    kinds = {invoice.kind for invoice in invoices}
    if kinds == {DocumentKind.INVOICE}:
        return "invoice_attached" if len(invoices) == 1 else "invoices_attached"
    return "credit_note_attached" if len(invoices) == 1 else "documents_attached"


def _block(spoken: _Language, invoice: Invoice) -> list[str]:
    """What the mail says of one document, a label and a value on each line."""
    lines = [f"{_kind(spoken, invoice)}: {invoice.number or spoken.words['draft']}"]
    if invoice.corrects:
        lines.append(f"{spoken.words['cancels']}: {invoice.corrects}")
    return [
        *lines,
        f"{spoken.words['month']}: {spoken.month(invoice.month)}",
        f"{spoken.words['sessions']}: {invoice.sessions}",
        f"{spoken.words['total']}: {spoken.amount(invoice.total)}",
    ]


def _document(spoken: _Language, invoice: Invoice) -> str:
    """``Invoice KC-0011``; a draft has no number, and its mark stands before all."""
    return f"{_kind(spoken, invoice)} {invoice.number or ''}".rstrip()


def _kind(spoken: _Language, invoice: Invoice) -> str:
    return spoken.words["invoice" if invoice.kind is DocumentKind.INVOICE else "credit_note"]


def _mark(spoken: _Language, mark: Mark) -> str:
    return "" if mark is Mark.NONE else f"[{spoken.words[mark.value]}] "


def _letter(
    spoken: _Language, opening: str, blocks: Sequence[Sequence[str]], invoice: Invoice
) -> str:
    mark = _mark(spoken, invoice.mark).strip()
    signature = [spoken.words["regards"], invoice.supplier.name, invoice.supplier.email]
    paragraphs = [
        *([mark] if mark else []),
        spoken.words["hello"],
        opening,
        *("\n".join(block) for block in blocks),
        "\n".join(line for line in signature if line),
    ]
    return "\n\n".join(paragraphs) + "\n"


@cache
def _language(code: str) -> _Language:
    import tomllib

    if code not in LANGUAGES:
        raise KeyError(f"the mail has no words in {code!r}")
    with (_WORDS / f"{code}.toml").open("rb") as file:
        table = tomllib.load(file)
    patterns = dict(table["format"])
    months = tuple(patterns.pop("months"))
    return _Language(patterns, months, table["words"])
