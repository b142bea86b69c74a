"""Dates and times as people and spreadsheets write them, and the one order a column has.

A cell alone does not say whether ``03.04.2026`` is in March or in April; its column may. So a cell
is parsed into what it surely says, and the order is settled over all the cells of the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from kara_tui.exports.cells import NUMBER
from kara_tui.exports.words import words

ORDERS = ("dmy", "mdy", "ymd")
ORDER_WORDS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
FIRST_YEAR, LAST_YEAR = 2000, 2099

# Day 0 of a spreadsheet's day numbers. Lotus took 1900 for a leap year and Excel kept it, so real
# dates after February 1900 count from 1899-12-30; old Macintosh workbooks count from 1904-01-01.
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)

_LETTERS = r"[^\W\d_]+"
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
)


class DateCell(NamedTuple):
    """What a date cell says. ``numbers`` are its three numbers as they stand when the order of
    day, month and year is open; else ``day`` is the date. ``offset`` is a zone's distance from UTC.
    Of two-digit years, only dashed ones can come first (``26-10-31``, as in Sweden): with points
    or slashes nobody writes them so, and every ``31.10.26`` would have to be asked about.
    """

    day: date | None
    numbers: tuple[str, str, str] | None
    time: time | None
    offset: timedelta | None
    serial: bool = False
    dashed: bool = False

    def under(self, order: str) -> date | None:
        """The cell's date when its column has that order, or None when it is no real date so."""
        if self.numbers is None:
            return self.day
        if order == "ymd" and not self.dashed:
            return None
        by_letter = dict(zip(order, self.numbers, strict=True))
        return real_date(by_letter["y"], by_letter["m"], by_letter["d"])


def real_date(year: str, month: str, day: str) -> date | None:
    """A date of 2000–2099 from its numbers as written (a year has four digits or two), or None."""
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    full = int(year) + (FIRST_YEAR if len(year) == 2 else 0)
    if not FIRST_YEAR <= full <= LAST_YEAR:
        return None
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Date text, time text, time-only cell. Compiled once, when the first unusual cell is met."""
    table = words()
    half = "|".join(
        sorted(map(re.escape, table.before_noon | table.after_noon), key=len, reverse=True)
    )
    clock = rf"{_CLOCK}(?: ?(?P<half>{half}))?(?: ?uhr)?"
    zone = r"(?: ?(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-][0-9]{2}(?::?[0-9]{2})?))?"
    after = rf"(?:(?:t|,? (?:(?:kl\.?|klukkan|at|um|um kl\.?|um|-) ?)?){clock}{zone})?"
    day = (
        rf"(?:(?P<weekday>{_LETTERS})\.?,? )?"
        r"(?:"
        r"(?P<y1>[0-9]{4})(?P<s1>[-/.] ?)(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2})\.?"
        r"|(?P<y2>[0-9]{4})(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})"
        r"|(?P<a>[0-9]{1,2})(?P<s3>[-/.] ?)(?P<b>[0-9]{1,2})(?P=s3)(?P<c>[0-9]{4}|[0-9]{2})\.?"
        rf"|(?P<d4>[0-9]{{1,2}})(?:\.|st|nd|rd|th)?[ -]?(?P<n4>{_LETTERS})\.?,?[ -]?"
        r"(?P<y4>[0-9]{4}|[0-9]{2})\.?"
        rf"|(?P<n5>{_LETTERS})\.? (?P<d5>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y5>[0-9]{{4}})"
        rf"|(?P<y6>[0-9]{{4}})[ -](?P<n6>{_LETTERS})\.?[ -](?P<d6>[0-9]{{1,2}})"
        r")"
    )
    return re.compile(day + after), re.compile(_ISO), re.compile(rf"(?:kl\.? ?)?{clock}")


# The commonest shape by far, parsed without the large pattern.
_ISO = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?)?"
)
_iso = re.compile(_ISO)
_serial = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")


def parse_date(cell: str, *, epoch: date = EPOCH_1900) -> DateCell | None:
    """A cleaned date cell understood as far as it says, or None when it is no date.

    Times are wall-clock times as written, seconds cut off to whole ones.
    """
    quick = _iso.fullmatch(cell)
    if quick is not None:
        day = real_date(quick[1], quick[2], quick[3])
        clock = real_time(quick[4], quick[5], quick[6], "") if quick[4] else None
        if day is None or (quick[4] and clock is None):
            return None
        return DateCell(day, None, clock, None)
    if cell.startswith(NUMBER) or _serial.fullmatch(cell):
        return _from_serial(cell.removeprefix(NUMBER).replace(",", "."), epoch)
    return _from_text(cell.casefold())


def _from_text(text: str) -> DateCell | None:
    found = _patterns()[0].fullmatch(text)
    if found is None:
        return None
    group = found.groupdict()
    table = words()
    if group["weekday"] and group["weekday"] not in table.weekdays:
        return None
    clock = None
    if group["hour"]:
        clock = real_time(group["hour"], group["minute"], group["second"], group["half"])
        if clock is None:
            return None
    offset = _offset(group["zone"]) if group["zone"] else None
    if group["a"]:
        numbers = (group["a"], group["b"], group["c"])
        dashed = group["s3"][0] == "-"
        cell = DateCell(None, numbers, clock, offset, dashed=dashed)
        return cell if any(cell.under(order) for order in ORDERS) else None
    day = None
    for tag in "12456":
        if group[f"d{tag}"]:
            month = group.get(f"m{tag}") or str(table.months.get(group.get(f"n{tag}") or "", ""))
            day = real_date(group[f"y{tag}"], month, group[f"d{tag}"]) if month else None
    return None if day is None else DateCell(day, None, clock, offset)


def _from_serial(number: str, epoch: date) -> DateCell | None:
    """A spreadsheet's day number; its fraction is the time, to the nearest second."""
    value = Decimal(number)
    if not 0 < value < 100_000:
        return None
    days, fraction = divmod(value, 1)
    seconds = int((fraction * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    moment = datetime(epoch.year, epoch.month, epoch.day) + timedelta(  # noqa: DTZ001 - wall clock
        days=int(days), seconds=seconds
    )
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return DateCell(moment.date(), None, moment.time() if fraction else None, None, serial=True)


def parse_time(cell: str) -> time | None:
    """A cell of a time column: a clock time, or a spreadsheet's fraction of a day; None if none."""
    if cell.startswith(NUMBER):
        value = Decimal(cell[1:])
        if not 0 <= value < 1:
            return None
        seconds = int((value * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
        return None if seconds == 86_400 else time(*_hms(seconds))
    found = _patterns()[2].fullmatch(cell.casefold())
    if found is None:
        return None
    return real_time(found["hour"], found["minute"], found["second"], found["half"])


def _hms(seconds: int) -> tuple[int, int, int]:
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def real_time(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    """A time of day from its numbers, on the 12-hour clock when ``half`` names one; or None."""
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in words().after_noon else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        return None


def _offset(zone: str) -> timedelta | None:
    digits = zone.removeprefix("utc").removeprefix("gmt")
    if digits in ("", "z"):
        return timedelta()
    sign = -1 if digits[0] == "-" else 1
    hours, minutes = int(digits[1:3]), int(digits[-2:]) if len(digits) > 3 else 0
    return sign * timedelta(hours=hours, minutes=minutes)


def wall_clock(day: date, clock: time, offset: timedelta, zone: str) -> tuple[date, time]:
    """A moment with a zone, as the clock on the wall of ``zone`` shows it (IANA name).

    Raises ZoneInfoNotFoundError for a zone that this system does not know.
    """
    from zoneinfo import ZoneInfo

    moment = datetime.combine(day, clock, timezone(offset)).astimezone(ZoneInfo(zone))
    return moment.date(), moment.time()


def possible_orders(cells: Iterable[DateCell]) -> tuple[str, ...]:
    """The orders under which every cell is a real date, without those that change nothing."""
    open_cells = [cell for cell in cells if cell.numbers is not None]
    orders = [order for order in ORDERS if all(cell.under(order) for cell in open_cells)]
    different: list[str] = []
    for order in orders:
        if all(any(cell.under(order) != cell.under(o) for cell in open_cells) for o in different):
            different.append(order)
    return tuple(different)
