"""Words that a spreadsheet changed: a service ``1:1`` that became 01:01, a sponsor that is TRUE.

A spreadsheet makes times, dates, numbers and truth values of what looks like them, when a file is
opened or a cell is typed. In a workbook such a cell says so itself; in a text file only what it
looks like is left, and a portal's service may be called so. Of both the month's sessions are looked
at, since what stands there would be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter

from kara_tui.exports.cells.cleaning import is_formula
from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.headers import BILLED_FIELDS
from kara_tui.exports.export import KeptColumn
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.date_findings import long_date
from kara_tui.model import Finding, Session

# The last only tells professionals apart.
_FIELDS = ("service", "sponsor", "professional", "professional_email")

DATE, TIME, NUMBER, TRUTH, ERROR = "date", "time", "number", "truth value", "error"
FORMULA = "formula"
_A = {ERROR: "an error"}
# What each may have been.
_ORIGINS = {
    DATE: "1-2 or 3/4",
    TIME: "1:1",
    NUMBER: "007, 1E5 or 50%",
    TRUTH: "True",
}
# A number that a spreadsheet shows as it was typed; a longer one it rounds or shows with an E.
_USUAL_NUMBER = re.compile(r"-?[0-9]{1,11}")

# “#REF!”, “#NAME?”, also in other languages (“#BEZUG!”, “#SAKNAS!”), “Err:502”, and “####”, which
# is shown where a column is too narrow.
_ERROR = re.compile(r"#¡?[^\W\d_a-z]+(?:/0)?[!?]|#N/[AVD]|#I/T|#IS/T|#NV|Err:5[0-9]{2}|#{3,}")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp]\.?[Mm]\.?)?")
_SCIENTIFIC = re.compile(r"-?[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}")
# “02-Jan”, “Jan-26”, “2. jan”: how a spreadsheet shows a date that was typed without a year.
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[-. /]{1,2}([^\W\d_]{3,4})\.?")
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]{3,4})\.?[- ]([0-9]{2})")
_TRUTHS = frozenset({"TRUE", "FALSE", "WAHR", "FALSCH", "FALSKT", "FALSK", "USANN", "ÓSATT"})


def looks_like(text: str) -> str:
    """What a clean text may be that was once another; empty for nearly all."""
    if _ERROR.fullmatch(text):
        return ERROR
    if is_formula(text):
        return FORMULA
    if text in _TRUTHS:
        return TRUTH
    if not any(map(str.isdigit, text)):
        return ""
    if _TIME.fullmatch(text):
        return TIME
    if _SCIENTIFIC.fullmatch(text):
        return NUMBER
    if day_and_month := _DAY_AND_MONTH.fullmatch(text) or _MONTH_AND_YEAR.fullmatch(text):
        return DATE if any(_is_month(part) for part in day_and_month.groups()) else ""
    cell = parse_date(text)
    return DATE if cell and not cell.serial and (cell.day or cell.numbers) else ""


def _is_month(word: str) -> bool:
    return word.casefold() in words().months


def changed_words(
    sessions: Sequence[Session],
    typed: Mapping[str, Mapping[str, frozenset[int]]],
    columns: Sequence[KeptColumn],
    name: str,
) -> tuple[Finding, ...]:
    """What is said of a month's sessions whose words a spreadsheet changed, or may have changed.

    ``typed`` are by field, and by what they hold in place of texts, the rows of a workbook.
    """
    headers = {column.field: column.header for column in columns}
    by_kind: dict[tuple[str, str, bool], list[Session]] = {}
    looks = cache(looks_like)  # a month names few services and sponsors, each many times
    for field in _FIELDS:
        kinds = typed.get(field, {})
        text_of = attrgetter(field)
        for session in sessions:
            text = text_of(session)
            kind, sure = "", False
            if kinds:
                kind = next((kind for kind, rows in kinds.items() if session.row in rows), "")
                sure = bool(kind) and not _USUAL_NUMBER.fullmatch(text)
            kind = kind or looks(text)
            if kind:
                by_kind.setdefault((field, kind, sure), []).append(session)
    return tuple(
        _finding(field, kind, here, headers.get(field, field), name, sure=sure)
        for (field, kind, sure), here in by_kind.items()
    )


def _finding(
    field: str, kind: str, sessions: Sequence[Session], header: str, name: str, *, sure: bool
) -> Finding:
    rows = [session.row for session in sessions]
    texts = list(dict.fromkeys(_shown(kind, getattr(session, field)) for session in sessions))
    where = f"{_places(sessions)}, column “{header}” of {name}"
    what = _A.get(kind, f"a {kind}")
    shown = " and ".join(texts[:2]) + (" …" if len(texts) > 2 else "")
    if kind == ERROR:
        code = "text-unreadable" if field in BILLED_FIELDS else "detail-unreadable"
        message = f"{where}: {shown} stands there in place of a text."
    elif kind == FORMULA:
        # Not quoted: what it is made of may be a client's.
        code = "text-unreadable" if field in BILLED_FIELDS else "detail-unreadable"
        message = (
            f"{where}: a formula stands there in place of a text. It is never worked out here, and "
            "its value stands nowhere in the file."
        )
    elif sure:
        code = "word-changed" if field in BILLED_FIELDS else "word-doubtful"
        message = (
            f"{where}: the cell holds {what} ({shown}) and no text. A spreadsheet makes that of "
            f"words such as {_ORIGINS[kind]}, so what was meant is not known."
        )
    else:
        code = "word-doubtful"
        message = (
            f"{where}: {shown} is {what}, which a spreadsheet makes of words such as "
            f"{_ORIGINS[kind]}. It is taken as it stands there."
        )
    hint = (
        "Export the payments again and use that file as it is, without opening it in a "
        "spreadsheet; or give the cells the format Text and write the words into them anew."
    )
    if code == "word-doubtful":
        hint = "If the portal calls it so, nothing is to be done. Otherwise: " + hint
    return finding(code, message, hint, rows=rows, source=name, column=header)


def _shown(kind: str, text: str) -> str:
    """What stands there. Of a date the year is left out, and of a number what may be a person's."""
    if kind == DATE:
        cell = parse_date(text)
        if cell and cell.day:
            return long_date(cell.day).rpartition(" ")[0]
        return f"“{text}”" if not cell else "a date"
    digits = sum(char.isdigit() for char in text)
    return f"“{text}”" if digits <= 6 else f"one of {digits} digits"


def _places(sessions: Sequence[Session]) -> str:
    """``Row 2``, ``Rows 2, 3 and 4``, ``Rows 2, 3, 4 and 9 more``."""
    places = [session.place for session in sessions]
    if len(places) == 1:
        return f"Row {places[0]}"
    shown = places[:3] if len(places) > 4 else places[:-1]
    last = f"{len(places) - 3} more" if len(places) > 4 else places[-1]
    return f"Rows {', '.join(shown)} and {last}"


def typed_rows(
    told: Mapping[str, Mapping[str, Iterable[int]]],
) -> dict[str, dict[str, frozenset[int]]]:
    """As a workbook's child tells them: by field and by kind, the rows."""
    return {
        field: {kind: frozenset(rows) for kind, rows in kinds.items()}
        for field, kinds in told.items()
        if field in _FIELDS
    }
