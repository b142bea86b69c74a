"""The lines below a table: the totals are checked against our own sums, the notes are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kara_tui.exports.cells.amounts import AmountCell, parse_amount, parse_currency
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.amount_column import AmountColumn
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.exports.rows.below_table import Footer, Label
from kara_tui.model import Finding, Money
from kara_tui.text import and_more, counted, verb

# More lonely texts than this below a table are no notes: its rows may have lost their cells.
_MOST_NOTES = 20


class _Sums(NamedTuple):
    """The payments of one currency: how many, what they come to, and what each type comes to."""

    payments: int
    all: int
    by_type: dict[str, int]


class _Stated(NamedTuple):
    """A total and its amount in the currency that it is in."""

    footer: Footer
    cell: AmountCell

    def readings(self) -> set[int]:
        return {each for each in (self.cell.point, self.cell.comma) if isinstance(each, int)}


def footer_findings(
    footers: Sequence[Footer],
    combinations: Iterable[Distinct],
    table: PaymentTable,
    layout: ColumnLayout,
    amounts: AmountColumn,
) -> list[Finding]:
    """Say which lines were left out, and check the totals against our own sums."""
    notes = tuple(footer.row for footer in footers if footer.note)
    totals = [footer for footer in footers if not footer.note]
    findings = [_of_notes(notes, table.name)] if notes else []
    if totals:
        findings += _of_totals(totals, _sums(combinations, amounts), table, layout, amounts.style)
    return findings


def _of_notes(rows: tuple[int, ...], name: str) -> Finding:
    if len(rows) > _MOST_NOTES:
        return finding(
            "footer-unclear",
            f"{len(rows)} rows below the payments of {name} have a text in the first cell and "
            "nothing else: too many for notes, they may be payments that lost their cells.",
            "Export again, or delete these rows if they are only notes.",
            rows=rows,
            source=name,
        )
    count = len(rows)
    return finding(
        "note-left-out",
        f"{counted(count, 'row')} below the payments of {name} {verb(count, 'has', 'have')} a text "
        "in the first cell and nothing else: "
        f"{verb(count, 'it is taken for a note', 'they are taken for notes')}.",
        rows=rows,
        source=name,
    )


def _sums(combinations: Iterable[Distinct], amounts: AmountColumn) -> dict[str, _Sums]:
    sums: dict[str, _Sums] = {}
    for distinct in combinations:
        known = amounts.amounts.get((distinct.texts[0], distinct.texts[1]))
        if known is None:
            continue
        minor, currency = known[0] * distinct.payments, known[1]
        payments, all_, by_type = sums.get(currency, _Sums(0, 0, {}))
        type_ = distinct.cells[2].casefold() if len(distinct.cells) > 2 else ""
        by_type[type_] = by_type.get(type_, 0) + minor
        sums[currency] = _Sums(payments + distinct.payments, all_ + minor, by_type)
    return sums


def _of_totals(
    totals: Sequence[Footer],
    sums: dict[str, _Sums],
    table: PaymentTable,
    layout: ColumnLayout,
    style: str,
) -> list[Finding]:
    stated = [total for total in (_stated(footer, sums) for footer in totals) if total is not None]
    with_amount = [footer for footer in totals if footer.price]
    known = {total.footer.row for total in stated}
    unclear = [
        footer
        for footer in with_amount
        if footer.label is Label.NONE and not _is_their_sum(footer, stated, sums)
    ]
    unchecked = [footer.row for footer in with_amount if footer.row not in known]
    wrong = [
        total
        for total in stated
        if total.footer.label is Label.TOTAL and not _is_right(total, stated, sums)
    ]
    name, column = table.name, layout.header("price")
    findings = [_left_out(totals, unchecked, sums, name)]
    if unclear:
        findings.append(_unclear(unclear, name, column))
    if wrong:
        findings.append(_differs(wrong, sums, style, name, column))
    return findings


def _stated(footer: Footer, sums: dict[str, _Sums]) -> _Stated | None:
    """A total's amount; None when it names no amount, or its currency cannot be known."""
    currency = parse_currency(footer.currency)
    if currency is None:
        # “kr.” is the one such currency that the payments are in.
        may_be = words().currency_signs.get(footer.currency.casefold(), tuple(sums))
        candidates = [currency for currency in may_be if currency in sums]
        currency = candidates[0] if len(candidates) == 1 else None
    if not footer.price or currency not in sums:
        return None
    return _Stated(footer, parse_amount(footer.price, currency))


def _is_their_sum(footer: Footer, stated: Sequence[_Stated], sums: dict[str, _Sums]) -> bool:
    """Whether an amount without a label is the sum above it for certain.

    Below one payment, the same amount may be a second payment that lost all its other cells.
    """
    return any(
        total.footer == footer
        and sums[total.cell.currency].payments > 1
        and sums[total.cell.currency].all in total.readings()
        for total in stated
    )


def _is_right(total: _Stated, stated: Sequence[_Stated], sums: dict[str, _Sums]) -> bool:
    """Whether a total is the sum of all payments, or of those of one type; or that with a tax."""
    own = sums[total.cell.currency]
    right = {own.all, *own.by_type.values()}
    taxes = {0}
    for other in stated:
        if other.footer.label is Label.TAX and other.cell.currency == total.cell.currency:
            taxes |= other.readings()
    return any(value - tax in right for value in total.readings() for tax in taxes)


def _left_out(
    totals: Sequence[Footer], unchecked: list[int], sums: dict[str, _Sums], name: str
) -> Finding:
    does = "row at the end of {} sums up the payments and is none itself"
    if len(totals) > 1:
        does = "rows at the end of {} sum up the payments and are none themselves"
    message = f"{len(totals)} {does.format(name)}."
    hint = ""
    if unchecked:
        count = len(unchecked)
        why = f"the payments are in {' and '.join(sorted(sums))}" if len(sums) > 1 else ""
        message += (
            f" The {verb(count, 'amount in row', 'amounts in rows')} "
            f"{', '.join(map(str, unchecked[:5]))}{' …' if len(unchecked) > 5 else ''} could not "
            "be checked" + (f": {why}, and no currency stands beside it." if why else ".")
        )
        hint = "Compare the total with the portal."
    rows = tuple(footer.row for footer in totals)
    return finding("footer-left-out", message, hint, rows=rows, source=name)


def _unclear(unclear: Sequence[Footer], name: str, column: str) -> Finding:
    first = unclear[0].row
    more = and_more(len(unclear))
    return finding(
        "footer-unclear",
        f"Row {first} at the end of {name}{more} has only an amount and is not the sum of the "
        "payments above it: it may be a total, or a payment that lost its other cells.",
        "If it is a total, delete the row or write “Total” into it; if it is a payment, export "
        "again.",
        rows=[footer.row for footer in unclear],
        source=name,
        column=column,
    )


def _differs(
    wrong: Sequence[_Stated], sums: dict[str, _Sums], style: str, name: str, column: str
) -> Finding:
    first = wrong[0]
    value = first.cell.under(style or ".")
    currency = first.cell.currency
    stated = str(Money(value, currency)) if isinstance(value, int) else "no readable amount"
    more = and_more(len(wrong))
    return finding(
        "footer-differs",
        f"The total in row {first.footer.row} of {name}{more} is {stated}, but the payments sum up "
        f"to {Money(sums[currency].all, currency)}.",
        "Rows may have been deleted or filtered out in a spreadsheet. Compare with the portal.",
        rows=[total.footer.row for total in wrong],
        source=name,
        column=column,
    )
