"""What is said of a text file whose records cannot be taken as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from kara_tui.exports.files.limits import Limits
from kara_tui.exports.findings import finding
from kara_tui.exports.text.records import Records
from kara_tui.model import Finding
from kara_tui.text import counted, verb


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


def quotes_broken(row: int, name: str, *, text: str = "", ended: bool = False) -> Finding:
    """The finding for a quotation mark that cannot be told from the cells' own.

    ``text`` is the record so far; ``ended`` says that the file ends inside the cell.
    """
    why = ""
    if ended:
        why = ": the file ends inside the cell, so it was cut off, or the closing mark is missing"
    elif '\\"' in text:
        why = ": a backslash stands before it, which some programs write in place of a second mark"
    return finding(
        "quotes-broken",
        f"In {name} a quotation mark opens or closes a cell where it should not, in the record "
        f"that begins in row {row}{why}.",
        "Open the file in an editor at that row and mend the quotation mark (inside a cell it is "
        "written twice), or export again.",
        rows=(row,),
        source=name,
    )


def about_records(records: Records, name: str) -> list[Finding]:
    """What is to be said of records that were taken: what was left out, what is doubtful."""
    findings = []
    inside, quoted, headers = records.totals, records.in_other_quotes, records.headers
    if inside:
        findings.append(
            finding(
                "total-inside",
                f"Row {inside[0]} of {name} looks like a subtotal between the payments.",
                "Delete the row if it is a total, or export again.",
                rows=inside,
                source=name,
            )
        )
    if quoted:
        findings.append(
            finding(
                "quotes-other",
                f"Row {quoted[0]} of {name} has a cell in apostrophes or the like: they may be "
                "quotation marks of another program, or part of the name.",
                "Take them away in the file, or export again.",
                rows=dict.fromkeys(quoted),
                source=name,
            )
        )
    if headers:
        count = len(headers)
        findings.append(
            finding(
                "header-repeated",
                f"{counted(count, 'row')} of {name} {verb(count, 'repeats', 'repeat')} the header "
                f"and {verb(count, 'was', 'were')} left out.",
                rows=headers,
                source=name,
            )
        )
    if records.row_names:
        findings.append(
            finding(
                "row-names-left-out",
                f"Each row of {name} begins with its number, for which the header has no column; "
                "it was left out.",
                source=name,
            )
        )
    return findings


def another_table(rows: Sequence[int], name: str) -> Finding:
    """The finding for rows below the payments that are none at all."""
    return finding(
        "table-below",
        f"Row {rows[0]} of {name} holds neither a date nor an amount nor a currency where the "
        "columns have them: another table seems to begin there.",
        "Delete that table if it holds no payments of yours, or export again.",
        rows=rows,
        source=name,
    )


def another_header(row: int, name: str) -> Finding:
    """The finding for a second header with its columns in another order."""
    return finding(
        "table-below",
        f"Row {row} of {name} is a header again, with other columns or another order: another "
        "table begins there.",
        "Put each table into a file of its own, or export again.",
        rows=(row,),
        source=name,
    )


def table_beside(rows: Sequence[int], name: str) -> Finding:
    """The finding for rows that only hold something to the right of the table."""
    return finding(
        "table-beside",
        f"Row {rows[0]} of {name} has nothing in the columns of the payments, and something beside "
        "them: another table seems to stand beside the payments.",
        "Delete that table, or export again.",
        rows=rows,
        source=name,
    )


def second_header(row: int, header: int, name: str) -> Finding:
    """The finding for a row below the header that goes on with it: units, a second name."""
    return finding(
        "header-unclear",
        f"Row {row} of {name}, right below the header in row {header}, holds no number at all: it "
        "seems to be a part of the header, such as units, and no payment.",
        "Delete the row, or export again.",
        rows=(row,),
        source=name,
    )


def payments_above(rows: Sequence[int], header: int, name: str) -> Finding:
    """The finding for a header that stands below payments."""
    return finding(
        "header-unclear",
        f"The header of {name} stands in row {header}, and row {rows[0]} above it looks like a "
        "payment.",
        "Move the header's line to the top of the file, or export again.",
        rows=(*rows, header),
        source=name,
    )


def names_grown_together(row: int, names: tuple[str, str], name: str) -> Finding:
    """The finding for two names in one cell of the header."""
    return finding(
        "header-unclear",
        f"In the header of {name}, row {row}, a separator is missing between {names[0]} and "
        f"{names[1]}.",
        "Open the file in an editor, put the separator in and save; or export again.",
        rows=(row,),
        source=name,
    )


def header_goes_on(row: int, name: str) -> Finding:
    """The finding for a header in whose line the payments go on, one of them or all."""
    return finding(
        "line-ends",
        f"Row {row} of {name} is the header and goes on with a payment: the line end behind the "
        "header is missing, or all are, so that the file is one line.",
        "Export the payments again and use that file as it is.",
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
