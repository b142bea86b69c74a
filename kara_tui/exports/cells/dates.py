"""Dates and times as people and spreadsheets write them, and the one order a column has.

A cell alone does not say whether ``03.04.2026`` is in March or in April; its column may. So a cell
is parsed into what it surely says, and the order is settled over all the cells of the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from kara_tui.exports.cells.cleaning import NUMBER
from kara_tui.exports.cells.date_patterns import DASHES, ELAPSED, ISO, NUMBERS, SERIAL, patterns
from kara_tui.exports.cells.words import words

ORDERS = ("dmy", "mdy", "ymd")
ORDER_WORDS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
FIRST_YEAR, LAST_YEAR = 2000, 2099

# Day 0 of a spreadsheet's day numbers. Lotus took 1900 for a leap year and Excel kept it, so real
# dates after February 1900 count from 1899-12-30; old Macintosh workbooks count from 1904-01-01.
EPOCH_1900 = date(1899, 12, 30)

_DAY = 86_400
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-])([0-9]{1,2}):?([0-9]{2})?")
# Spreadsheets keep and show times to the thousandth of a second; what is finer is binary noise.
_NOISE = Decimal("0.0005")


class DateCell(NamedTuple):
    """What a date cell says. ``numbers`` are its three numbers as they stand when the order of
    day, month and year is open; else ``day`` is the date. ``offset`` is a zone's distance from
    UTC, and ``zone`` the zone's abbreviation or place where that stands instead of an offset.
    ``named`` says that the month is a word.

    Of two-digit years, only dashed ones can come first (``26-10-31``, as in Sweden): with points
    or slashes nobody writes them so, and every ``31.10.26`` would have to be asked about.
    """

    day: date | None
    numbers: tuple[str, str, str] | None
    time: time | None
    offset: timedelta | None
    serial: bool = False
    dashed: bool = False
    named: bool = False
    zone: str = ""

    @property
    def zoned(self) -> bool:
        return self.offset is not None or self.zone != ""

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


def parse_date(cell: str, *, epoch: date = EPOCH_1900) -> DateCell | None:
    """A cleaned date cell understood as far as it says, or None when it is no date.

    Times are wall-clock times as written, seconds cut off to whole ones; of a range of times, as
    ``10:00 - 10:50``, the first.
    """
    quick = ISO.fullmatch(cell)
    if quick is not None:
        day = real_date(quick[1], quick[2], quick[3])
        clock = real_time(quick[4], quick[5], quick[6], "") if quick[4] else None
        if day is None or (quick[4] and clock is None):
            return None
        return DateCell(day, None, clock, _offset(quick[7]) if quick[7] else None)
    numbers = NUMBERS.fullmatch(cell)
    if numbers is not None:
        first, separator, second, third, hour, minute, seconds, half = numbers.groups()
        clock = real_time(hour, minute, seconds, (half or "").lower()) if hour else None
        if hour and clock is None:
            return None
        return _open((first, second, third), separator, DateCell(None, None, clock, None))
    if cell.startswith(NUMBER) or SERIAL.fullmatch(cell):
        number = Decimal(cell.removeprefix(NUMBER).replace(",", "."))
        # As many digits as are written: 46326.38194 is 9:10 to within half a second.
        return _from_days(number, Decimal(5).scaleb(int(number.as_tuple().exponent) - 1), epoch)
    elapsed = _elapsed(cell)
    if elapsed is not None:
        return _from_days(elapsed / _DAY, Decimal(0), epoch)
    return _from_text(cell.casefold().translate(DASHES))


def _from_text(text: str) -> DateCell | None:
    found = patterns().date.fullmatch(text)
    if found is None:
        return None
    group = found.groupdict()
    clock = None
    if group["hour"]:
        clock = _clock(found)
        if clock is None:
            return None
    zone = group["zone"] or group["place"] or _offset_behind(clock, group)
    offset = _offset(zone) if zone else None
    word = zone if zone and offset is None else ""
    if word:
        from kara_tui.exports.cells.zones import is_zone

        if not is_zone(word):
            return None
    if group["a"]:
        numbers = (group["a"], group["b"], group["c"])
        return _open(numbers, group["s3"], DateCell(None, None, clock, offset, zone=word))
    tag = next(tag for tag in "12456" if group[f"d{tag}"])
    name = group.get(f"n{tag}")
    month = str(words().months[name]) if name else group[f"m{tag}"]
    day = real_date(group[f"y{tag}"], month, group[f"d{tag}"])
    return DateCell(day, None, clock, offset, named=bool(name), zone=word) if day else None


def _open(numbers: tuple[str, str, str], separator: str, cell: DateCell) -> DateCell | None:
    """A cell whose order is open, or None when its numbers are no date in any."""
    cell = cell._replace(numbers=numbers, dashed=separator[0] == "-")
    return cell if any(cell.under(order) for order in ORDERS) else None


def _from_days(value: Decimal, error: Decimal, epoch: date) -> DateCell | None:
    """A spreadsheet's day number, known to within ``error`` days; its fraction is the time."""
    if not 0 < value < 100_000:
        return None
    days, fraction = divmod(value, 1)
    seconds = _whole_second(fraction * _DAY, error * _DAY)
    moment = datetime(epoch.year, epoch.month, epoch.day) + timedelta(  # noqa: DTZ001 - wall clock
        days=int(days), seconds=seconds
    )
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    # A day number cannot tell midnight from no time.
    timed = seconds % _DAY != 0
    return DateCell(moment.date(), None, moment.time() if timed else None, None, serial=True)


def _whole_second(seconds: Decimal, error: Decimal) -> int:
    """The whole second that is meant, when one lies within the error; else the one before.

    A day's fraction is seldom a whole second in digits. But a second before midnight stays before
    it, as it does where a text says 23:59:59.7: it may be the month's last.
    """
    nearest = int(seconds.quantize(Decimal(1), ROUND_HALF_UP))
    return nearest if abs(seconds - nearest) <= max(error, _NOISE) else int(seconds)


def _elapsed(cell: str) -> Decimal | None:
    """Seconds in a length of time as workbooks hand it on, or None when the cell is none.

    Cells that are shown as ``[hh]:mm`` are such lengths, counted from the spreadsheet's day 0.
    """
    found = ELAPSED.fullmatch(cell)
    if found is None:
        return None
    days, hours, minutes, seconds = (
        Decimal(found[f"{unit}1"] or found[f"{unit}2"] or 0) for unit in "dhms"
    )
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def parse_time(cell: str) -> time | None:
    """A cell of a time column: a clock time, or a spreadsheet's fraction of a day; None if none."""
    number = Decimal(cell[1:]) if cell.startswith(NUMBER) else None
    elapsed = _elapsed(cell) if number is None else None
    if number is not None:
        error = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
        seconds = _whole_second(number * _DAY, error * _DAY) if 0 <= number < 1 else _DAY
    elif elapsed is not None:
        seconds = _whole_second(elapsed, Decimal(0)) if elapsed < _DAY else _DAY
    else:
        found = patterns().time.fullmatch(cell.casefold().translate(DASHES))
        return None if found is None else _clock(found)
    if seconds >= _DAY:
        return None
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _clock(found: re.Match[str]) -> time | None:
    """The time of day in a match; of a range its start, when its end is a time as well.

    Both or neither are on the 12-hour clock: ``11:30 - 12:20 PM`` does not say which 11:30 it is.
    """
    group = found.groupdict()
    if not (group["minute"] or group["half"] or group["oclock"]):
        return None
    if group["hour2"]:
        end = real_time(group["hour2"], group["minute2"], None, group["half2"])
        if end is None or bool(group["half"]) != bool(group["half2"]):
            return None
    return real_time(group["hour"], group["minute"] or "0", group["second"], group["half"])


def _offset_behind(clock: time | None, group: dict[str, str | None]) -> str:
    """The offset that seemed a range's end: 10:00-10:50 is a range, and 10:00-03:00 is none."""
    hour, minute = group["hour2"] or "", group["minute2"] or ""
    if clock is None or group["to"] != "-" or group["half2"] or len(hour) != 2:
        return ""
    is_end = (clock.hour, clock.minute) < (int(hour), int(minute))
    # No zone is other than whole quarters of an hour away from UTC.
    return "" if is_end or int(minute) % 15 else f"-{hour}:{minute}"


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
    """A zone's distance from UTC as it is written, which may be further than any zone is; None when
    it is a word.
    """
    folded = zone.casefold()
    if folded in ("z", "utc", "gmt"):
        return timedelta()
    found = _OFFSET.fullmatch(folded)
    if found is None:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -distance if found[1] == "-" else distance


def possible_orders(cells: Iterable[DateCell]) -> tuple[str, ...]:
    """The orders under which every cell is a real date, without those that change nothing."""
    open_cells = [cell for cell in cells if cell.numbers is not None]
    orders = [order for order in ORDERS if all(cell.under(order) for cell in open_cells)]
    different: list[str] = []
    for order in orders:
        if all(any(cell.under(order) != cell.under(o) for cell in open_cells) for o in different):
            different.append(order)
    return tuple(different)
