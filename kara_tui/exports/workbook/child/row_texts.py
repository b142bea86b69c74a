"""A sheet's rows as lines of text, in the workbook's child process: by columns, a block at a time.

A function called for every cell took as long as the parser itself. A column of a block nearly
always holds cells of one kind, and those become texts by one map that never leaves C; a column of
several kinds goes cell by cell, and rows are looked at one by one only where cells are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress, islice, repeat
from math import isfinite
from typing import Any, NamedTuple

from kara_tui.exports.workbook.child.package import WorkbookRefused

JOIN = "\x1f"
NUMBER = "\x01"
_ZERO = NUMBER + "0"
# Rows in a block: enough that what is done once for each costs next to nothing, and few enough
# that their cells are still in the processor's cache.
BLOCK = 512
# What is told of a cell that does not leave the child.
OTHER_TEXT, OTHER_NUMBER, TOTAL = "?", "0", "total"
# So many notes and totals are looked for at a sheet's end.
_NOTES = 100
# Minus zero and zero are one key of a cache; added to this, both are zero.
_NO_MINUS_ZERO = 0.0
# What would break a line of the answer, or forge a mark of its own.
_BREAKS = {**dict.fromkeys(range(32), " "), 127: " "}


class SentColumn(NamedTuple):
    """A column that leaves the child, by its place in a row.

    In a column of ``values``, dates or amounts, numbers are told from texts by a mark.
    """

    place: int
    values: bool


class Seen(NamedTuple):
    """What came of the rows: how many lines, and which rows are notes.

    ``gaps`` says that a kept cell was empty, of a blank row too; ``last`` is the last row's number.
    ``filled`` counts the cells of all columns that are not empty. ``typed`` are, by the place of a
    column of texts and by what they hold in place of one, the rows that hold something else.
    ``latest`` are the sheet's last rows with all their cells. ``zeros`` says that a kept cell is
    zero, as those of formulas are that a program stores which does not calculate.
    """

    rows: int
    notes: list[int]
    gaps: bool
    last: int
    filled: int
    typed: dict[int, dict[str, list[int]]]
    latest: list[tuple[int, Sequence[object]]]
    zeros: bool


def write_rows(
    rows: Iterator[Sequence[object]],
    at: int,
    kept: Sequence[SentColumn],
    left: int,
    write: Callable[[bytes], object],
    *,
    most: int,
    longest: int,
) -> Seen:
    """Write a line for every row that is not blank: its number and its kept cells.

    ``at`` is the number of the first row, ``left`` the place of the table's first column. Raises
    WorkbookRefused when more than ``most`` rows are met, or a text of more than ``longest``
    characters.
    """
    count = 0
    any_gaps = any_zeros = False
    all_filled = 0
    latest: list[tuple[int, Sequence[object]]] = []
    typed: dict[int, dict[str, list[int]]] = {column.place: {} for column in kept}
    notes: list[int] = []
    while cells := list(islice(rows, BLOCK)):
        numbers: Sequence[int] = range(at, at + len(cells))
        at += len(cells)
        latest = [*latest, *zip(numbers[-_NOTES:], cells[-_NOTES:], strict=True)][-_NOTES:]
        columns = list(zip(*cells, strict=True))
        all_filled += filled_in(columns)
        texts, gaps = [], []
        for column in kept:
            held, has_gaps = texts_of(columns[column.place], values=column.values)
            texts.append(held)
            any_zeros = any_zeros or "0" in held or _ZERO in held
            if not column.values:
                _take_typed(columns[column.place], numbers, typed[column.place])
            if has_gaps:
                gaps.append(column)
        filled = [True] * len(cells)
        # A blank row has nothing but gaps, and a note at most one cell beside them.
        if len(gaps) >= max(len(kept) - 1, 1):
            blanks, notes_here = _blank_rows_and_notes(cells, texts, left)
            notes += (numbers[index] for index in notes_here)
            for index in blanks:
                filled[index] = False
        any_gaps = any_gaps or bool(gaps)
        if not all(filled):
            numbers = list(compress(numbers, filled))
            texts = [list(compress(column, filled)) for column in texts]
        count += len(numbers)
        if count > most:
            raise WorkbookRefused("too-many-rows")
        lines = list(map(JOIN.join, zip(map(str, numbers), *texts, strict=True)))
        # One look at each line spares one at each cell.
        if max(map(len, lines), default=0) > longest and _longest(texts) > longest:
            raise WorkbookRefused("too-long")
        lines.append("")
        write("\n".join(lines).encode())
    return Seen(count, notes[-_NOTES:], any_gaps, at - 1, all_filled, typed, latest, any_zeros)


def beside_totals(
    latest: Sequence[tuple[int, Sequence[object]]], kept: Mapping[str, int]
) -> dict[int, str]:
    """What stands in columns that are not read, of the last rows that have no date.

    Such a row may be a total, or a payment that lost its date. It is only told that there is a text
    (OTHER_TEXT), a number (OTHER_NUMBER) or the label of a total (TOTAL), never what is there.
    """
    dates = [kept[field] for field in ("transaction_date", "session_date") if field in kept]
    places = set(kept.values())
    beside = {}
    for row, cells in latest:
        if any(text_of(cells[place]) for place in dates):
            continue
        others = [cell for at, cell in enumerate(cells) if at not in places and text_of(cell)]
        # A truth value is a number to Python, and no total has one.
        texts = [cell for cell in others if type(cell) not in (int, float)]
        labels = [_label(cell) for cell in texts]
        if not all(labels):
            beside[row] = OTHER_TEXT
        elif TOTAL in labels:
            beside[row] = TOTAL
        elif others and not labels:
            beside[row] = OTHER_NUMBER
    return beside


def _label(cell: object) -> str:
    from kara_tui.exports.rows.below_table import label_of

    return label_of(text_of(cell)).value


def filled_in(cells: Sequence[Sequence[object]]) -> int:
    """How many cells are not empty, in rows or in columns."""
    return sum(map(len, cells)) - sum(each.count("") for each in cells)


def _take_typed(
    cells: Sequence[object], numbers: Sequence[int], typed: dict[str, list[int]]
) -> None:
    """Note the rows of a column of texts that hold a date, a time, a number or a truth value."""
    if set(map(type, cells)) == {str}:
        return
    for number, cell in zip(numbers, cells, strict=True):
        if (kind := _KINDS.get(type(cell))) is not None:
            typed.setdefault(kind, []).append(number)


def _blank_rows_and_notes(
    cells: Sequence[Sequence[object]], texts: Sequence[Sequence[str]], left: int
) -> tuple[list[int], list[int]]:
    blanks, notes = [], []
    for index, kept in enumerate(zip(*texts, strict=True)):
        if kept.count("") >= max(len(kept) - 1, 1):
            if not any(kept) and not any(map(text_of, cells[index])):
                blanks.append(index)
            elif _is_note(cells[index], left):
                notes.append(index)
    return blanks, notes


def _is_note(cells: Sequence[object], left: int) -> bool:
    """Whether a row has nothing but a text, at the table's left edge or beyond it."""
    filled = [place for place, cell in enumerate(cells) if text_of(cell)]
    [place] = filled if len(filled) == 1 else [-1]
    text = text_of(cells[place]) if 0 <= place <= left else ""
    if not any(map(str.isalpha, text)):
        return False
    from kara_tui.exports.rows.below_table import is_note

    return is_note(text, "")


def _longest(texts: Sequence[Sequence[str]]) -> int:
    return max(len(text) for column in texts for text in column)


def texts_of(cells: Sequence[Any], *, values: bool) -> tuple[Sequence[str], bool]:
    """The cells of a column as texts, and whether one of these is empty."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        line = " ".join(cells)
        if line.isprintable():
            # Where no two blanks meet and none stands at the end, no cell is empty or has one at
            # its edge.
            if "  " not in line and line.strip() == line != "":
                return cells, False
            texts = list(map(str.strip, cells))
        else:
            texts = list(map(_string, cells))
    elif kinds == {float}:
        return list(map(_marked if values else _number, cells)), False
    elif kinds == {datetime}:
        texts = list(map(datetime.isoformat, cells, repeat(" ")))
        # Only a fraction of a second brings a point.
        return list(map(_datetime, cells)) if "." in "".join(texts) else texts, False
    else:
        to_text = _VALUES if values else _TEXTS
        texts = [to_text[type(cell)](cell) for cell in cells]
    return texts, "" in texts


def text_of(cell: object) -> str:
    """A cell as a text."""
    return _TEXTS[type(cell)](cell)


@lru_cache(65_536)
def _number(cell: float) -> str:
    """The shortest decimal that is this double: what was typed into the sheet."""
    text = repr(cell + _NO_MINUS_ZERO).removesuffix(".0")
    return _written_out(text) if "e" in text else text


@lru_cache(65_536)
def _marked(cell: float) -> str:
    """The number of a date or an amount, to the 15 digits that a spreadsheet shows.

    Spreadsheets add up in binary and show 15 digits of the sum ("Number precision: 15 digits",
    Excel specifications and limits), so one that is stored as 88.85000000000001 is 88.85 to all
    who see it. Of a day's number the 15th digit is a hundred-thousandth of a second.
    """
    if not isfinite(cell):
        return str(cell)
    text = f"{cell + _NO_MINUS_ZERO:.15g}"
    return NUMBER + (_written_out(text) if "e" in text else text)


def _written_out(text: str) -> str:
    from decimal import Decimal

    return format(Decimal(text), "f")


def _string(cell: str) -> str:
    return (cell if cell.isprintable() else cell.translate(_BREAKS)).strip()


def _datetime(cell: datetime) -> str:
    if cell.microsecond:
        # A day's fraction is seldom exact in binary, and sheets keep thousandths of a second. What
        # is left of a second then is cut, as it is in texts: 23:59:59.7 stays in its month.
        cell = (cell + timedelta(microseconds=500)).replace(microsecond=0)
    return cell.isoformat(sep=" ")


# What a cell is that is no text, as changed_words calls it.
_KINDS: dict[type, str] = {
    bool: "truth value",
    float: "number",
    int: "number",
    datetime: "date",
    date: "date",
    time: "time",
    timedelta: "time",
}
# What calamine gives, and what becomes of it in a column of texts and in one of dates or amounts.
_TEXTS: dict[type, Callable[[Any], str]] = {
    str: _string,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: _number,
    int: str,
    datetime: _datetime,
    date: date.isoformat,
    time: lambda cell: cell.isoformat(timespec="seconds"),
    timedelta: str,
}
_VALUES = _TEXTS | {
    float: _marked,
    int: lambda cell: NUMBER + str(cell),
}
