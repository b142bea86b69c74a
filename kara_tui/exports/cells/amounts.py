"""Amounts as people and spreadsheets write them, exact, and the one style a column has.

``12.500`` is twelve and a half euros or twelve thousand five hundred; the cell alone does not say.
So a cell is parsed into its value with a decimal point and its value with a decimal comma, and the
column's other cells settle which one holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kara_tui.exports.cells.cleaning import NUMBER
from kara_tui.exports.cells.words import words
from kara_tui.model.money import MINOR_UNITS

STYLES = (".", ",")
STYLE_WORDS = {".": "with a decimal point", ",": "with a decimal comma"}
# Beyond any price; sums of that many stay far inside 64 bits for a hundred million rows.
MOST_MINOR_UNITS = 10**12

_MINUS = "-−–"
_BLANKS_AND_QUOTES = " '’"
# A session's price has six digits before its decimals in these, at most.
_SMALL_UNITS = frozenset({"JPY", "KRW", "HUF"})
_KENNITALA_DIGITS = 10
# A telephone number with its country's code has no more.
_PERSON_DIGITS = 12
_OPEN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?")


class AmountProblem(StrEnum):
    """Why a cell is no amount; the values are codes of findings."""

    UNREADABLE = "price-unreadable"
    ID = "price-is-an-id"
    FRACTION = "price-fraction"
    TOO_LARGE = "price-too-large"
    CURRENCY = "currency-unknown"
    DISAGREES = "currency-disagrees"


class AmountCell(NamedTuple):
    """A price cell in its currency: minor units under a decimal point and under a decimal comma,
    or why the cell is no amount in that style. ``number`` is the number as it is written.
    """

    currency: str
    point: int | AmountProblem
    comma: int | AmountProblem
    number: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the only sign in the number can part thousands as well as decimals."""
        return self.point != self.comma and _OPEN.fullmatch(self.number) is not None

    @property
    def is_by_currency(self) -> bool:
        """Whether only the currency, which has no decimals, says that the sign parts thousands."""
        return self.is_open and AmountProblem.UNREADABLE in (self.point, self.comma)

    def under(self, style: str) -> int | AmountProblem:
        return self.point if style == "." else self.comma

    @property
    def is_amount(self) -> bool:
        """Whether the cell is written as an amount in at least one style."""
        return _well_written(self.point) or _well_written(self.comma)


def _well_written(value: int | AmountProblem) -> bool:
    # A fraction of a cent is an amount that cannot be charged, and no sign of another style:
    # a lone 12.345 may be meant as twelve and a bit or as twelve thousand.
    return not isinstance(value, AmountProblem) or value is AmountProblem.FRACTION


def parse_currency(cell: str) -> str | None:
    """The ISO 4217 code of a currency cell (a code, or a sign that only one currency has)."""
    code = cell.upper()
    if code in MINOR_UNITS:
        return code
    codes = words().currency_signs.get(cell.casefold(), ())
    return codes[0] if len(codes) == 1 else None


def parse_amount(price: str, currency_cell: str) -> AmountCell:
    """A cleaned price cell and the currency cell beside it, understood as far as they say."""
    currency = parse_currency(currency_cell)
    if currency is None:
        return AmountCell("", AmountProblem.CURRENCY, AmountProblem.CURRENCY)
    if price.startswith(NUMBER):
        value = _from_number(price[1:], currency)
        return AmountCell(currency, value, value)
    number, sign, codes, style = _without_marks(price)
    if number is None or (style and style in number):
        return AmountCell(currency, AmountProblem.UNREADABLE, AmountProblem.UNREADABLE)
    if codes is not None and currency not in codes:
        return AmountCell(currency, AmountProblem.DISAGREES, AmountProblem.DISAGREES)
    point, comma = (_value(number, each, sign, MINOR_UNITS[currency]) for each in STYLES)
    if style and point != comma:
        return AmountCell(
            currency,
            point if style == "." else AmountProblem.UNREADABLE,
            comma if style == "," else AmountProblem.UNREADABLE,
        )
    return AmountCell(currency, point, comma, number)


def is_an_id(price: str, currency: str) -> bool:
    """Whether a price cell is a bare number that passes as an Icelandic kennitala, or has as many
    digits as a telephone number or a date and more than any session's price.

    A kennitala begins with a day and a month (a company's day is 40 more). As a workbook's number
    it has lost a zero there.
    """
    digits = price.removeprefix("+")
    if price.startswith(NUMBER):
        digits = price[1:].zfill(10) if len(price) <= _KENNITALA_DIGITS + 1 else ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _PERSON_DIGITS:
        return False
    born = digits[:4] if len(digits) == _KENNITALA_DIGITS else "0000"
    if 1 <= int(born[:2]) <= 71 and 1 <= int(born[2:]) <= 12:
        return True
    return len(digits.lstrip("0")) >= (8 if currency in _SMALL_UNITS else 7)


def _from_number(text: str, currency: str) -> int | AmountProblem:
    """A workbook's double: ``text`` is its decimal of up to 15 digits, as sheets show it."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return AmountProblem.UNREADABLE
    if not value.is_finite():
        return AmountProblem.UNREADABLE
    if abs(value) > MOST_MINOR_UNITS:
        return AmountProblem.TOO_LARGE
    minor = value.scaleb(MINOR_UNITS[currency])
    if minor != minor.to_integral_value():
        return AmountProblem.FRACTION
    return int(minor) if abs(minor) <= MOST_MINOR_UNITS else AmountProblem.TOO_LARGE


class _Marks(NamedTuple):
    """Currency codes and signs before a number and after it, the longest first; no decimals said
    by a dash (12,- and 12.--); and nothing but a dash beside a currency.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    no_decimals: re.Pattern[str]
    zero: re.Pattern[str]


@cache
def _marks() -> _Marks:
    names = sorted(
        {name.casefold() for name in (*MINOR_UNITS, *words().currency_signs)}, key=len, reverse=True
    )
    any_name = "|".join(map(re.escape, names))
    signs = "|".join(re.escape(name) for name in names if "-" not in name)
    dash = f"[{_MINUS}]"
    return _Marks(
        re.compile(rf"({any_name}) ?"),
        re.compile(rf" ?({any_name})$"),
        re.compile(rf"(?<=[0-9]) ?([.,]){dash}{{1,2}}$"),
        re.compile(rf"(?:({signs}) ?{dash}|{dash} ?({signs}))"),
    )


class _Bare(NamedTuple):
    """What is left of a cell without its marks: the number (None when there is none), its sign, the
    currencies its marks can stand for, and the decimal sign where a mark tells it.
    """

    number: str | None
    sign: int = 1
    codes: tuple[str, ...] | None = None
    style: str = ""


def _without_marks(text: str) -> _Bare:
    if _PLAIN.fullmatch(text):
        return _Bare(text[1:], -1) if text[0] == "-" else _Bare(text)
    body, sign, style = text.casefold(), 1, ""
    marks = _marks()
    codes: tuple[str, ...] | None = None
    if found := marks.zero.fullmatch(body):
        return _Bare("0", codes=_both(None, found[1] or found[2]))  # as spreadsheets' accounts do
    for _ in range(4):  # a minus or brackets, a mark before, a mark after, no decimals: any order
        if body[:1] and body[0] in _MINUS + "+" and sign == 1:
            sign = 1 if body[0] == "+" else -1
            body = body[1:].lstrip()
        elif body.startswith("(") and body.endswith(")") and sign == 1:
            body, sign = body[1:-1].strip(), -1
        elif not style and (found := marks.no_decimals.search(body)):
            style, body = found[1], body[: found.start()]
        elif found := marks.before.match(body):
            codes, body = _both(codes, found[1]), body[found.end() :]
        elif found := marks.after.search(body):
            codes, body = _both(codes, found[1]), body[: found.start()]
    if body[-1:] and body[-1] in _MINUS and sign == 1 and len(body) > 1:
        sign, body = -1, body[:-1].rstrip()  # an accountant's trailing minus
    if not body or not ("0" <= body[0] <= "9" or body[0] in ".,"):
        return _Bare(None)
    return _Bare(body, sign, codes, style)


def _both(codes: tuple[str, ...] | None, mark: str) -> tuple[str, ...]:
    own = words().currency_signs.get(mark, (mark.upper(),))
    return own if codes is None else tuple(code for code in codes if code in own)


def _value(number: str, decimal: str, sign: int, units: int) -> int | AmountProblem:
    """The minor units of a bare number whose decimal sign is ``decimal``, or why there are none."""
    whole, separator, fraction = number.partition(decimal)
    if separator and not (fraction.isascii() and fraction.isdigit()):
        return AmountProblem.UNREADABLE
    digits = _ungrouped(whole, "," if decimal == "." else ".")
    if digits is None:
        return AmountProblem.UNREADABLE
    if units == 0 and len(fraction) == 3 and whole.isdigit() and whole[0] != "0":
        # A currency without decimals is not written with three of them: the sign groups thousands.
        return AmountProblem.UNREADABLE
    if len(digits.lstrip("0")) > 13:
        return AmountProblem.TOO_LARGE
    if fraction[units:].strip("0"):
        return AmountProblem.FRACTION
    minor = int(digits + fraction[:units].ljust(units, "0"))
    return sign * minor if minor <= MOST_MINOR_UNITS else AmountProblem.TOO_LARGE


def _ungrouped(whole: str, group: str) -> str | None:
    """The digits before the decimal sign without their grouping, or None when it is none."""
    if whole.isascii() and whole.isdigit():
        return whole
    separators = {char for char in whole if not "0" <= char <= "9"}
    if len(separators) != 1:
        return "0" if not whole else None
    separator = separators.pop()
    if separator != group and separator not in _BLANKS_AND_QUOTES:
        return None
    first, *others = whole.split(separator)
    if not 1 <= len(first) <= 3 or first[0] == "0" or any(len(part) != 3 for part in others):
        return None
    return first + "".join(others)


def possible_styles(cells: Iterable[AmountCell]) -> tuple[str, ...]:
    """The styles in which every amount of a column can have been written; one when all agree.

    Cells that can be read both ways have no say: others speak for them, see ``fits``.
    """
    cells = list(cells)
    has_open = any(cell.is_open and not cell.is_by_currency for cell in cells)
    written = [c for c in cells if c.is_amount and (c.is_by_currency or not c.is_open)]
    styles = [s for s in STYLES if all(_well_written(cell.under(s)) for cell in written)]
    if len(styles) == 2 and not has_open:
        return (STYLES[0],)
    if has_open and styles and not any(_tells(cell) for cell in cells):
        return STYLES
    return tuple(styles)


def fits(cell: AmountCell, style: str, cells: Iterable[AmountCell]) -> bool:
    """Whether a cell that can be read both ways is written as the column's other amounts are.

    Beside 65.00 a 1.200 is not: with its point for decimals it would have three of them, and
    points for thousands the column has not. Beside 65,00 it is, unless others part thousands in
    another way. What does not fit must be asked about.
    """
    certain = [other.number for other in cells if _tells(other)]
    sign = next(char for char in cell.number if char in ".,")
    if sign == style:
        return {len(number.rpartition(sign)[2]) for number in certain if sign in number} == {3}
    wholes = (number.partition(style)[0] for number in certain)
    return {char for whole in wholes for char in whole if not char.isdigit()} <= {sign}


def _tells(cell: AmountCell) -> bool:
    """Whether a cell's own writing says which sign is the decimal one."""
    return cell.is_amount and cell.point != cell.comma and not cell.is_open
