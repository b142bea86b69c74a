"""The price and currency columns, understood as one: their style, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kara_tui.exports.cells.amounts import (
    STYLE_WORDS,
    STYLES,
    AmountCell,
    AmountProblem,
    fits,
    is_an_id,
    parse_amount,
    possible_styles,
)
from kara_tui.exports.cells.quoting import described
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.model import Finding, HowToRead, Money
from kara_tui.text import and_more

_WHAT_IS_WRONG = {
    AmountProblem.ID: "{price} is rather a kennitala, a telephone number or a date than a price",
    AmountProblem.UNREADABLE: "{price} is no amount of money that can be read",
    AmountProblem.FRACTION: "{price} has a fraction of the smallest unit of {currency}",
    AmountProblem.TOO_LARGE: "{price} is more than any session costs",
    AmountProblem.CURRENCY: "{code} is no currency that is known here",
    AmountProblem.DISAGREES: "the sign in {price} is not that of {currency}",
}
_WHAT_TO_DO = {
    AmountProblem.ID: "Correct the price. If it is one, write it with its decimals, as a text in a "
    "workbook: 1250000.00 is understood.",
    AmountProblem.UNREADABLE: (
        "Correct the price in the portal or in the file: 65.00 is understood."
    ),
    AmountProblem.FRACTION: "Correct the price: it can have no more decimals than its currency.",
    AmountProblem.TOO_LARGE: "Correct the price.",
    AmountProblem.CURRENCY: "Write the currency as its code, such as EUR or ISK.",
    AmountProblem.DISAGREES: "Correct the price or the currency beside it.",
}


@dataclass(slots=True)
class AmountColumn:
    """From the texts of (price, currency) to minor units and code; troubles are in ``findings``.

    ``style`` is the decimal sign that was taken, empty when none could be.
    """

    amounts: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    style: str = ""
    findings: list[Finding] = field(default_factory=list)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self.amounts


class PriceAndType(NamedTuple):
    """One combination of price, currency and type; ``billed`` says that the type may be billed.

    ``key`` is what the frame has, ``price`` and ``code`` are the clean cells.
    """

    distinct: Distinct
    billed: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.distinct.texts[0], self.distinct.texts[1]

    @property
    def price(self) -> str:
        return self.distinct.cells[0]

    @property
    def code(self) -> str:
        return self.distinct.cells[1]

    @property
    def payments(self) -> int:
        return self.distinct.payments

    @property
    def row(self) -> int:
        return self.distinct.row


def read_amounts(
    table: PaymentTable, layout: ColumnLayout, how: HowToRead, combinations: Sequence[Distinct]
) -> AmountColumn:
    """Understand the prices by the column's own evidence, and by what the user said.

    ``combinations`` are those of price, currency and, where there is one, type. An unreadable
    price beside a type that is another payment type for certain is a warning only.
    """
    fields = ("price", "currency", "type") if "type" in layout.positions else ("price", "currency")
    seen = [_combined(distinct) for distinct in combinations]
    parsed = {price.key: parse_amount(price.price, price.code) for price in seen}
    column = _Column(table, layout, fields, seen, parsed)
    result = AmountColumn()
    mattering = [column.cells[price.key] for price in seen if price.billed]
    styles = (how.decimal,) if how.decimal else possible_styles(mattering)
    if not styles:
        result.findings.append(_mixed(column))
    elif len(styles) > 1:
        result.findings.append(_two_ways(column))
    else:
        result.style = styles[0]
    odd: list[PriceAndType] = []
    if result.style and not how.decimal:
        odd = [
            price
            for price in seen
            if price.billed
            and column.cells[price.key].is_open
            and not column.cells[price.key].is_by_currency
            and not fits(column.cells[price.key], result.style, mattering)
        ]
    if odd:
        result.findings.append(_unlike(column, odd, result.style))
    troubles: dict[AmountProblem, list[PriceAndType]] = {}
    for price in seen:
        cell = column.cells[price.key]
        value = cell.under(result.style or STYLES[0])
        if cell.is_by_currency:
            value = cell.comma if isinstance(cell.point, AmountProblem) else cell.point
        if price in odd:
            continue
        if price.billed and isinstance(value, int) and is_an_id(price.price, cell.currency):
            value = AmountProblem.ID
        if isinstance(value, AmountProblem):
            if result.style or not cell.is_amount:
                troubles.setdefault(value, []).append(price)
        elif result.style or cell.point == cell.comma or cell.is_by_currency:
            result.amounts[price.key] = (value, cell.currency)
    for trouble, ones in troubles.items():
        for billed in (True, False):
            those = [price for price in ones if price.billed is billed]
            if those:
                result.findings.append(_trouble(column, trouble, those, how))
    return result


class _Column(NamedTuple):
    """What the steps below share: where the columns are, and their combinations as parsed."""

    table: PaymentTable
    layout: ColumnLayout
    fields: tuple[str, ...]
    seen: list[PriceAndType]
    cells: dict[tuple[str, str], AmountCell]

    def found(
        self, code: str, message: str, hint: str, ones: Sequence[PriceAndType], field_: str
    ) -> Finding:
        return finding(
            code,
            message,
            hint,
            rows=self.table.rows_with(self.fields, (price.distinct.texts for price in ones)),
            count=sum(price.payments for price in ones),
            source=self.table.name,
            column=self.layout.header(field_),
        )


def _combined(distinct: Distinct) -> PriceAndType:
    type_ = distinct.cells[2].casefold() if len(distinct.cells) > 2 else ""
    return PriceAndType(distinct, billed=type_ not in words().other_types)


def _trouble(
    column: _Column, trouble: AmountProblem, ones: list[PriceAndType], how: HowToRead
) -> Finding:
    field_ = "currency" if trouble is AmountProblem.CURRENCY else "price"
    count, first = sum(price.payments for price in ones), ones[0]
    what = _WHAT_IS_WRONG[trouble].format(
        price=described(first.price),
        code=_described_code(first.code),
        currency=column.cells[first.key].currency,
    )
    hint = _WHAT_TO_DO[trouble]
    if trouble is AmountProblem.UNREADABLE and how.decimal:
        hint += f" The file is read {STYLE_WORDS[how.decimal]}, as --decimal says."
    return column.found(
        str(trouble) if first.billed else "other-price-unreadable",
        f"Row {first.row}, column “{column.layout.header(field_)}”: {what}{and_more(count)}."
        + ("" if first.billed else " The payment is of a type that is not billed."),
        hint,
        ones,
        field_,
    )


def _described_code(text: str) -> str:
    """A currency cell for a message: quoted only where it is a sign. EVA may be a name."""
    if text.casefold() in words().currency_signs:
        return f"“{text}”"
    return described(text)


def _two_ways(column: _Column) -> Finding:
    cells = column.cells
    differing = [
        price
        for price in column.seen
        if cells[price.key].is_open and not cells[price.key].is_by_currency
    ]
    first = next((price for price in differing if price.billed), differing[0])
    readings = " or ".join(
        f"{_money(cells[first.key], style)} {STYLE_WORDS[style]}" for style in STYLES
    )
    return column.found(
        "price-style",
        f"The amounts in column “{column.layout.header('price')}” can be read in two ways: row "
        f"{first.row}, {described(first.price)}, is {readings}.",
        "Say which it is: --decimal . or --decimal ,",
        differing,
        "price",
    )


def _unlike(column: _Column, odd: list[PriceAndType], style: str) -> Finding:
    first = odd[0]
    cell = column.cells[first.key]
    readings = " or ".join(f"{_money(cell, each)} {STYLE_WORDS[each]}" for each in STYLES)
    others = (price for price in column.seen if column.cells[price.key].is_amount)
    other = next(price for price in others if not column.cells[price.key].is_open)
    return column.found(
        "price-style",
        f"An amount in column “{column.layout.header('price')}” is not written as the others are: "
        f"row {first.row}, {described(first.price)}, is {readings}, beside "
        f"{described(other.price)} in row {other.row}.",
        "Write it as the others are written. If it has decimals as they have, say "
        f"--decimal {style}",
        odd,
        "price",
    )


def _money(cell: AmountCell, style: str) -> str:
    value = cell.under(style)
    if isinstance(value, AmountProblem):
        return f"an amount with a fraction of the smallest unit of {cell.currency}"
    return str(Money(value, cell.currency))


def _mixed(column: _Column) -> Finding:
    cells = column.cells
    written = [price for price in column.seen if price.billed and cells[price.key].is_amount]
    examples = [
        next(price for price in written if isinstance(cells[price.key].under(style), AmountProblem))
        for style in STYLES
    ]
    first, second = sorted(examples, key=lambda price: price.row)
    return column.found(
        "price-mixed",
        f"The amounts in column “{column.layout.header('price')}” do not all have the same decimal "
        f"sign: row {first.row}, {described(first.price)}, and row {second.row}, "
        f"{described(second.price)}.",
        "Export the payments again, or correct the amounts so that all have a decimal point or "
        "all a decimal comma.",
        examples,
        "price",
    )
