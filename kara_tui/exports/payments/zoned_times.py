"""The times beside dates: from their zones to the clock on the wall, and midnights that are none.

A time with a zone is converted, midnight like every other. Where that is not all there is to it,
because other times have no zone, or because nothing but midnights stands there and dates alone may
be meant, the column as a whole decides, and says so or asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from kara_tui.exports.cells.dates import FIRST_YEAR, LAST_YEAR, DateCell
from kara_tui.exports.cells.zones import is_ambiguous, offset_then, zone_of
from kara_tui.exports.payments.date_findings import DateCells, DateColumn, all_midnight, long_date
from kara_tui.model import Finding, HowToRead

_MIDNIGHT = time(0, 0)
# The furthest that clocks are from UTC: Baker Island in the west, Kiritimati in the east.
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)

Moments = dict[str, datetime]


def settle_times(column: DateCells, how: HowToRead, result: DateColumn) -> None:
    """Fill in ``result.times``, and move ``result.dates`` to the days of the clock on the wall.

    A text whose time is asked about has no date any more: which month it is in is not known.
    """
    zoned: dict[str, DateCell] = {}
    for text, cell in column.cells.items():
        if cell.time is not None and cell.zoned:
            zoned[text] = cell
        elif cell.time is not None:
            result.times[text] = cell.time
    if zoned:
        _take_zoned(column, zoned, how, result)
    if result.times and all(clock == _MIDNIGHT for clock in result.times.values()):
        result.times = {}
        result.findings.append(all_midnight(column.table.name, column.header))


def _take_zoned(
    column: DateCells, zoned: dict[str, DateCell], how: HowToRead, result: DateColumn
) -> None:
    moments = _moments(column, zoned, how, result)
    for text in zoned:
        result.dates.pop(text, None)
    if not moments:
        return
    zone = zone_of(how.time_zone)
    if zone is None:
        result.findings.append(_zone_needed(column, list(moments), how))
        return
    walls = {text: _wall_clock(moment, zone) for text, moment in moments.items()}
    outside = {t: w for t, w in walls.items() if not FIRST_YEAR <= w.year <= LAST_YEAR}
    if outside:
        problem = f"is no date from {FIRST_YEAR} to {LAST_YEAR} in {how.time_zone}"
        result.findings.append(column.unreadable(list(outside), problem))
        walls = {text: wall for text, wall in walls.items() if text not in outside}
    unzoned = {
        text: datetime.combine(result.dates[text], clock)
        for text, clock in result.times.items()
        if text in result.dates
    }
    result.dates |= {text: wall.date() for text, wall in walls.items()}
    if unzoned and walls and not _same_either_way(unzoned, moments, walls, zone):
        result.findings.append(_zones_mixed(column, next(iter(walls)), list(unzoned), how))
        for text in unzoned:
            del result.dates[text], result.times[text]
    if result.times or any(moments[text].time() != _MIDNIGHT for text in walls):
        result.times |= {text: wall.time() for text, wall in walls.items()}
        result.later |= {text for text, wall in walls.items() if wall.fold}
        return
    # Nothing but midnights, as programs write dates without times. Where both readings are the
    # same day, such dates are taken; where they are not, only a person knows which is meant.
    result.times = dict.fromkeys(walls, _MIDNIGHT)
    moved = [text for text, wall in walls.items() if wall.date() != moments[text].date()]
    if moved:
        result.findings.append(_dates_or_moments(column, moved, moments, walls, how))
        for text in moved:
            del result.dates[text], result.times[text]


def _moments(
    column: DateCells, zoned: dict[str, DateCell], how: HowToRead, result: DateColumn
) -> Moments:
    """Each text's moment in the zone that it carries; zones that cannot be are said."""
    moments: Moments = {}
    too_far, not_then, unclear = [], [], []
    for text, cell in zoned.items():
        day, clock = result.dates.get(text), cell.time
        if day is None or clock is None:
            continue
        moment = datetime.combine(day, clock)
        offset = cell.offset
        if offset is None and is_ambiguous(cell.zone, how.time_zone):
            unclear.append(text)
            continue
        if offset is None:
            offset = offset_then(cell.zone, moment, how.time_zone)
        if offset is None:
            not_then.append(text)
        elif not _WEST <= offset <= _EAST:
            too_far.append(text)
        else:
            moments[text] = moment.replace(tzinfo=timezone(offset))
    if too_far:
        problem = "has an offset that no time zone has: they go from -12:00 to +14:00"
        result.findings.append(column.unreadable(too_far, problem))
    if not_then:
        problem = "names a time zone that its place did not have on that day"
        hint = "Write the time without it, as the clock showed it: 2026-10-31 14:30"
        result.findings.append(column.unreadable(not_then, problem, hint))
    if unclear:
        result.findings.append(_zone_unclear(column, unclear, how))
    return moments


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _same_either_way(unzoned: Moments, moments: Moments, walls: Moments, zone: ZoneInfo) -> bool:
    """Whether times without a zone mean the same in the zones of the others and on the wall."""
    offsets = {moments[text].tzinfo for text in walls}
    return all(moments[text].replace(tzinfo=None) == wall for text, wall in walls.items()) and all(
        any(_wall_clock(local.replace(tzinfo=offset), zone) == local for offset in offsets)
        for local in unzoned.values()
    )


def _zone_needed(column: DateCells, texts: Sequence[str], how: HowToRead) -> Finding:
    problem = "and it is not said in which zone the invoice shows them"
    if how.time_zone:
        problem = "and the zone that was chosen for them is not known on this system"
    return column.found(
        "time-zone-needed",
        f"The times in column “{column.header}” carry a time zone ({column.example(texts[0])}), "
        f"{problem}.",
        "Name your own with --time-zone, or in the profile under [reading], for example: "
        'time_zone = "Atlantic/Reykjavik"',
        texts,
    )


def _zone_unclear(column: DateCells, texts: Sequence[str], how: HowToRead) -> Finding:
    names = " and ".join(sorted({f"“{column.cells[text].zone.upper()}”" for text in texts}))
    own = f" {how.time_zone} has none of that name." if how.time_zone else ""
    return column.found(
        "time-zone-needed",
        f"Times in column “{column.header}” are in {names} (first in row {column.row(texts[0])}): "
        f"which clocks are meant depends on where one is.{own}",
        "If they are your own clocks' times, name your zone with --time-zone, or in the profile "
        'under [reading], for example: time_zone = "Europe/Dublin". If not, write them with their '
        "distance from UTC, as 2026-10-05 10:00 +01:00",
        texts,
    )


def _zones_mixed(column: DateCells, zoned: str, unzoned: Sequence[str], how: HowToRead) -> Finding:
    return column.found(
        "time-zone-mixed",
        f"Some times in column “{column.header}” carry a time zone ({column.example(zoned)}) and "
        f"others do not ({column.example(unzoned[0])}): the others may be in the same zone, or "
        f"in {how.time_zone} already.",
        "Export the payments again. Or write the times without a zone as the first one is written "
        "if they are in that zone, and write all of them without a zone if they are not.",
        unzoned,
    )


def _dates_or_moments(
    column: DateCells, moved: Sequence[str], moments: Moments, walls: Moments, how: HowToRead
) -> Finding:
    text = moved[0]
    wall, utc = walls[text], moments[text].utcoffset() == timedelta()
    written = "UTC" if utc else "the zone they were written in"
    return column.found(
        "time-zone-needed",
        f"Every time in column “{column.header}” is 00:00 in its own zone. If these are dates "
        f"without times, {column.example(text)}, is {long_date(moments[text].date())}, and the "
        f"zone to name is {written}; if they are moments, it is {long_date(wall.date())} "
        f"{wall:%H:%M} in {how.time_zone}.",
        f"For dates without times name {written}"
        f"{', with --time-zone UTC' if utc else ' with --time-zone, for example Europe/Stockholm'}"
        f". For moments write them in the file as the clock showed them: {wall:%Y-%m-%d %H:%M}",
        moved,
    )
