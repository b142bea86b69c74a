"""What is said of a text file whose records cannot be taken as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kara_tui.exports.dialects import SEPARATOR_WORDS
from kara_tui.exports.findings import finding
from kara_tui.exports.limits import Limits
from kara_tui.exports.notes import may_be_payment
from kara_tui.model import Finding
from kara_tui.model.finding import ROWS_SHOWN


class Ragged(NamedTuple):
    """A record that has not as many cells as the header, as it stands in the file."""

    row: int
    cells: list[str]


def ragged_finding(
    ragged: Sequence[Ragged], width: int, separator: str, name: str, *, alone: bool
) -> Finding:
    """The finding for such records; ``alone`` says that no record has the header's width."""
    first, more = ragged[0], len(ragged) - 1
    cells = "1 cell" if len(first.cells) == 1 else f"{len(first.cells)} cells"
    others = ""
    if more:
        least = "at least " if more >= ROWS_SHOWN else ""
        have = "row has" if more == 1 else "rows have"
        others = f", and {least}{more} more {have} too few or too many"
    why, hint = _why(ragged, width, separator, alone=alone)
    return finding(
        "records-ragged",
        f"In {name} row {first.row} has {cells} where the header has {width}{others}{why}.",
        hint,
        rows=[one.row for one in ragged],
        source=name,
    )


def _why(ragged: Sequence[Ragged], width: int, separator: str, *, alone: bool) -> tuple[str, str]:
    """What is seen of the reason, and what to do about it."""
    cells = ragged[0].cells
    if len(cells) == 1:
        return _one_cell(cells[0], separator)
    if alone and all(len(one.cells) == width + 1 and not one.cells[-1].strip() for one in ragged):
        return (
            ": every row ends with a separator that the header does not have",
            "Open the file in an editor, write one more separator at the end of the header's line "
            "and save; or export again.",
        )
    if alone and all(len(one.cells) == width - 1 for one in ragged):
        return (
            ": every row has one cell less than the header",
            "If the header's line ends with a separator, open the file in an editor, take it away "
            "and save; or export again.",
        )
    if any(cell.startswith(' "') for one in ragged for cell in one.cells):
        return (
            ": quotation marks behind a blank do not hold a cell together",
            "Open the file in an editor, take the blanks behind the separators away and save; or "
            "export again.",
        )
    return (
        "",
        "A separator inside a cell without quotation marks does this. Export again, or open the "
        "file in a spreadsheet, mend the row and save.",
    )


def _one_cell(text: str, separator: str) -> tuple[str, str]:
    inside = max(SEPARATOR_WORDS, key=text.count)
    if text.count(inside) >= 2 and inside == separator:
        return (
            ": quotation marks stand around the whole row",
            "A spreadsheet with another list separator saves rows so. Open the file in an editor "
            "and take away the quotation marks around the row, or export again.",
        )
    if text.count(inside) >= 2 and may_be_payment(text):
        return (
            f": its cells are parted by {SEPARATOR_WORDS[inside]} and the header's by "
            f"{SEPARATOR_WORDS[separator]}",
            "Rows of another file may have been added to this one. Name each file by itself, or "
            "export again.",
        )
    return (
        "",
        "It may be a payment that was cut off, or a note with a date or an amount. Export again, "
        "or delete the row if it is only a note.",
    )


def swallowed_finding(
    physical: Sequence[str], separator: str, width: int, row: int, name: str
) -> Finding | None:
    """The finding for a record of several lines, two of which could be records themselves.

    A stray quotation mark opens a cell that swallows the payments after it; a cell with a line
    break in it splits one record over lines that do not each have all the cells.
    """
    if sum(line.count(separator) >= width - 1 for line in physical) < 2:
        return None
    return finding(
        "records-swallowed",
        f"In {name} the record that begins in row {row} goes over {len(physical)} lines, and more "
        "than one of them looks like a whole record: a stray quotation mark may hide payments "
        "there.",
        "Open the file in an editor at that row and mend the quotation mark, or export again.",
        rows=(row,),
        source=name,
    )


def quotes_broken(row: int, name: str) -> Finding:
    """The finding for a quotation mark that cannot be told from the cells' own."""
    return finding(
        "quotes-broken",
        f"In {name} a quotation mark opens or closes a cell where it should not, in the record "
        f"that begins in row {row}.",
        "Open the file in an editor at that row and mend the quotation mark, or export again.",
        rows=(row,),
        source=name,
    )


def nul_bytes(row: int, line: int, name: str) -> Finding:
    """The finding for bytes that no text has."""
    return finding(
        "file-torn",
        f"Line {line} of {name} holds NUL bytes: the file is damaged or is no text file.",
        "Export the payments from the portal again.",
        rows=(row,),
        source=name,
    )


def too_long(name: str, row: int, what: str) -> Finding:
    """The finding for a line or a cell over the cap."""
    return finding(
        "file-too-large",
        f"In {name} row {row} holds a {what} that is longer than any export's.",
        "Check that this is the portal's export and not another file.",
        rows=(row,),
        source=name,
    )


def too_many_columns(name: str, limits: Limits) -> Finding:
    """The finding for a header over the cap."""
    return finding(
        "file-too-large",
        f"{name} has more than {limits.columns} columns.",
        "Check that this is the portal's export and not another file. The cap is columns under "
        "[reading.limits] in the profile.",
        source=name,
    )


def too_many_rows(name: str, limits: Limits) -> Finding:
    """The finding for a file with more payments than the cap."""
    return finding(
        "file-too-large",
        f"{name} has more than {limits.rows} payments.",
        "Export fewer months at a time, or raise rows under [reading.limits] in the profile.",
        source=name,
    )
