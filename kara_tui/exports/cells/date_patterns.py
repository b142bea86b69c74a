"""The shapes of dates and times in cells, put together from the table of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kara_tui.exports.cells.words import words

# The commonest shape by far, read without the large pattern. An offset behind a minus is left to
# that one, where it is told from the end of a range.
ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|\+[0-9]{2}:[0-5][0-9])?)?"
)
# The next commonest: numbers whose order is open, with a time or without.
NUMBERS = re.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})"
    r"(?:,? ([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?(?: ([AaPp][Mm]))?)?"
)
# A spreadsheet's day number of 1927 or later, as text.
SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
# A length of time, as Python writes it for XLSX and XLS and as it stands in ODS.
ELAPSED = re.compile(
    r"(?P<d1>[0-9]{1,6}) days?, (?P<h1>[0-9]{1,2}):(?P<m1>[0-9]{2}):(?P<s1>[0-9]{2}(?:\.[0-9]+)?)"
    r"|PT(?P<h2>[0-9]{1,8})H(?P<m2>[0-9]{1,2})M(?P<s2>[0-9]{1,2}(?:\.[0-9]+)?)S(?P<d2>)"
)
# Word processors and phones put these in the place of a hyphen.
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


class Patterns(NamedTuple):
    """For a whole date cell, and for a whole cell of a time column; both for case-folded text.

    Groups of a date: ``y1`` ``m1`` ``d1`` and ``y2`` ``m2`` ``d2`` for numbers with the year
    first, ``a`` ``b`` ``c`` for numbers whose order is open, with their separator ``s3``, and
    ``d4``–``d6``, ``n4``–``n6``, ``y4``–``y6`` around a month's name. Of a time: ``hour``,
    ``minute``, ``second``, ``half`` of the day, ``oclock``; behind ``to`` the end of a range in
    ``hour2``, ``minute2``, ``half2``. ``zone`` is an offset, an abbreviation or a place,
    ``place`` is one in brackets.
    """

    date: re.Pattern[str]
    time: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Compiled once, when the first unusual cell is met."""
    table = words()
    half, until = _one_of(table.before_noon | table.after_noon), _one_of(table.until)
    clock = (
        r"(?P<hour>[0-9]{1,2})"
        r"(?:[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
        rf"(?: ?(?P<half>{half})\.?)?(?P<oclock> ?uhr)?"
    )
    # Glued to seconds, as behind a T, what begins with a minus is an offset.
    end = (
        rf"(?P<to> - | {until} |(?(second)(?!)|-))"
        r"(?P<hour2>[0-9]{1,2})[:.](?P<minute2>[0-9]{2})(?:[:.][0-9]{2})?"
        rf"(?: ?(?P<half2>{half})\.?)?(?: ?uhr)?"
    )
    offset = r"[+-][0-9]{1,2}(?::?[0-5][0-9])?"
    region = r"[a-z]+(?:/[a-z0-9_+-]+){1,2}"
    # JavaScript adds the zone's name, GMT+0000 (Greenwich Mean Time), Java and RFC 9557 its place.
    zone = (
        rf"(?: ?(?P<open>\()?"
        rf"(?P<zone>z|(?:utc|gmt) ?{offset}|{offset}|utc|gmt|{region}|[a-z]{{3,5}})"
        rf"(?(open)\)|(?: \([^()0-9]*\))?))?(?: ?\[(?P<place>{region})\])?"
    )
    before = rf"(?:(?P<t>t)|,? (?:(?:{_one_of(table.before_clock)}\.?|-) ?)?)"
    after = rf"(?:{before}{clock}(?(t)|(?:{end})?){zone})?"
    month, th = _one_of(table.months), r"(?:\.|st|nd|rd|th)?"
    day = (
        rf"(?:{_one_of(table.weekdays)}\.?,? )?(?:{_one_of(table.before_day)}\.? )?"
        r"(?:"
        r"(?P<y1>[0-9]{4})(?P<s1>[-/.] ?)(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2})\.?"
        r"|(?P<y2>[0-9]{4})(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})"
        r"|(?P<a>[0-9]{1,2})(?P<s3>[-/.] ?)(?P<b>[0-9]{1,2})(?P=s3)(?P<c>[0-9]{4}|[0-9]{2})\.?"
        rf"|(?P<d4>[0-9]{{1,2}}){th}(?: of)?[ /-]?(?P<n4>{month})\.?,?[ /-]?"
        r"(?P<y4>[0-9]{4}|[0-9]{2})\.?"
        rf"|(?P<n5>{month})\.?[ -](?P<d5>[0-9]{{1,2}}){th},?[ -](?P<y5>[0-9]{{4}})"
        rf"|(?P<y6>[0-9]{{4}})[ -](?P<n6>{month})\.?[ -](?P<d6>[0-9]{{1,2}})"
        r")"
    )
    at = rf"(?:{_one_of(table.before_clock)}\.? ?)?"
    return Patterns(re.compile(day + after), re.compile(rf"{at}{clock}(?:{end})?"))


def _one_of(choices: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, choices), key=len, reverse=True)) + ")"
