"""Every finding this room can make: its code, how much it matters, and why. A table, for the docs.

A blocker stops what would make the invoice wrong; a warning is for a person to look at; an info is
said so that nothing happens in silence. Findings with ``unreadable`` end the reading: they are
carried by the exception Unreadable and nothing of the file is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kara_tui.model import Finding, Severity

_B, _W, _I = Severity.BLOCKER, Severity.WARNING, Severity.INFO


class ReaderFinding(NamedTuple):
    """A code's severity, whether it ends the reading, and what it means and why."""

    severity: Severity
    unreadable: bool
    text: str


def _unreadable(text: str) -> ReaderFinding:
    return ReaderFinding(_B, unreadable=True, text=text)


def _finding(severity: Severity, text: str) -> ReaderFinding:
    return ReaderFinding(severity, unreadable=False, text=text)


READER_FINDINGS: dict[str, ReaderFinding] = {
    # The file as a whole.
    "file-missing": _unreadable("There is no such file."),
    "file-not-readable": _unreadable("The file is there but the system does not let it be read."),
    "file-is-a-folder": _unreadable("A folder was named where a file was meant."),
    "file-empty": _unreadable("The file holds nothing."),
    "file-too-large": _unreadable("The file, or a part of it, is over one of the reader's caps."),
    "not-an-export": _unreadable("The content is of a kind that no export is: a PDF, a picture…"),
    "file-torn": _unreadable("The file holds bytes that no text has, or ends in mid-record."),
    "encoding-unknown": _unreadable("The bytes are no text in any encoding the reader tries."),
    "encoding-guessed": _finding(
        _I, "The file does not say its encoding: it was read as Windows-1252, and looks well."
    ),
    "encoding-doubtful": _finding(
        _W,
        "Letters look wrong: they were read twice, or lost, or the encoding was guessed wrongly.",
    ),
    "control-characters": _finding(
        _W,
        "Texts held control characters, which are left out: letters may have been lost with them.",
    ),
    "archive-unclear": _unreadable("A ZIP file holds no export, or more than one."),
    "workbook-torn": _unreadable("The workbook cannot be opened: damaged or cut off."),
    "workbook-encrypted": _unreadable("The workbook is protected with a password."),
    "workbook-too-large": _unreadable(
        "The workbook needs more memory, time or unpacked bytes than the reader grants it. A cell "
        "far below or beside the data can be enough."
    ),
    "sheets-alike": _unreadable(
        "Several sheets of a workbook hold payments under the same columns; only a person can "
        "choose, or name each."
    ),
    "sheet-hidden": _unreadable("Only a hidden sheet of the workbook holds payments."),
    "header-missing": _unreadable("No row near the top names enough of the export's columns."),
    "column-missing": _unreadable("A needed column is not in the file; its box was not ticked."),
    "column-twice": _unreadable("Two columns have names of one field; only a person can choose."),
    "column-of-clients": _unreadable(
        "A column that the user named for a field seems to hold clients' names or e-mails."
    ),
    "records-ragged": _unreadable(
        "A record has more or fewer cells than the header. It is neither padded nor skipped, "
        "because its cells may have moved into columns where they do not belong."
    ),
    "header-unclear": _unreadable(
        "The header is damaged, goes over more rows than can be joined, or stands below payments."
    ),
    "line-ends": _unreadable("The line ends are missing: the payments stand in the header's line."),
    "table-below": _unreadable("Another table stands below the payments, under other columns."),
    "table-beside": _unreadable("Another table stands beside the payments and goes further down."),
    "quotes-broken": _unreadable("A quotation mark opens or closes a cell where it should not."),
    "records-swallowed": _unreadable(
        "A quoted cell goes over several lines that look like whole records: a stray quotation "
        "mark would hide payments there."
    ),
    "reading-failed": _unreadable("The reader could not finish for a reason it does not know."),
    # Cells that could make the invoice wrong.
    "date-unreadable": _finding(
        _B, "A date cell is no date. The payment might belong to the month, so it cannot be left."
    ),
    "file-cut-off": _finding(
        _B, "The file ends without a line end, and its last cell looks as if it were cut off."
    ),
    "date-order": _finding(
        _B, "The dates of a column can be read with the day first or the month first."
    ),
    "date-mixed": _finding(
        _B, "Some dates of a column have the day first and others the month first."
    ),
    "date-swapped": _finding(
        _B,
        "A spreadsheet seems to have taken days for months: dates with days to the 12th stand "
        "beside texts with later days, which is what it leaves of dates in an order not its own.",
    ),
    "time-unreadable": _finding(
        _W, "A cell of the time column is no time of day. The session is shown with its date only."
    ),
    "time-zone-needed": _finding(
        _B,
        "Times carry a zone, and it is not said in which zone they are to be shown; or all are "
        "00:00 in their zone, and as dates without times they would be other days.",
    ),
    "time-zone-mixed": _finding(
        _B, "Some times of a column carry a zone and others none, so the others' is not known."
    ),
    "price-unreadable": _finding(_B, "A price cell is no amount."),
    "price-is-an-id": _finding(
        _B,
        "A price is a bare number that passes as a kennitala, or as long as a telephone number: "
        "cells may have moved, and nobody is billed by somebody's number.",
    ),
    "price-fraction": _finding(
        _B, "An amount has a fraction of the currency's smallest unit, so it cannot be charged."
    ),
    "price-too-large": _finding(_B, "An amount is beyond anything a session costs."),
    "price-style": _finding(
        _B,
        "The amounts of a column, or some that are not written as the others are, can be read with "
        "a decimal point or with a decimal comma.",
    ),
    "price-mixed": _finding(_B, "Some amounts have a decimal point and others a decimal comma."),
    "currency-unknown": _finding(
        _B, "A currency is empty or not known here, so its decimals are not known."
    ),
    "currency-disagrees": _finding(
        _B, "The sign beside an amount is not the sign of the currency in the Currency column."
    ),
    "type-empty": _finding(
        _B, "A payment without a type: it may be a Credit payment, only the portal knows."
    ),
    "type-unreadable": _finding(_B, "A type cell holds an error in place of a type."),
    "type-near-credit": _finding(
        _B,
        "A type that is not Credit as the portal writes it, but begins with that word or has one "
        "letter wrong: left out, the month could be billed short.",
    ),
    "total-inside": _finding(
        _B, "A row between the payments looks like a subtotal; it is neither billed nor skipped."
    ),
    "quotes-other": _finding(
        _B,
        "A cell stands in apostrophes or the like. They may be quotation marks of another program, "
        "or part of the name.",
    ),
    "text-unreadable": _finding(
        _B,
        "A cell with a service, sponsor or professional holds an error or a formula without a "
        "stored value, so the invoice would leave out what belongs on it.",
    ),
    "word-changed": _finding(
        _B,
        "A workbook's cell with a service, sponsor or professional is a date, a time, a truth "
        "value or a rounded number: a spreadsheet made it of other words, and it would be printed.",
    ),
    "rows-not-whole": _finding(
        _B,
        "The cells of a workbook's rows were counted in the file, and the parser gave others: a "
        "payment may be missing or changed.",
    ),
    "merged-unclear": _finding(
        _B,
        "A merged cell holds an amount for several payments, or lies over cells that belong to "
        "others: what each payment's own is only a person can say.",
    ),
    # What a person should look at.
    "detail-unreadable": _finding(
        _W,
        "A cell with an e-mail or an id holds an error or a formula without a stored value, so "
        "it is not known.",
    ),
    "word-doubtful": _finding(
        _W,
        "A service, sponsor or professional looks like a date, a time or a number that a "
        "spreadsheet made of other words. The portal may call it so.",
    ),
    "sheet-not-checked": _finding(
        _W,
        "A workbook of an unusual form: its cells were read, but could not be counted and looked "
        "at for errors, formulas without values, merged and hidden cells.",
    ),
    "sheet-left-out": _finding(
        _W, "Another sheet of the workbook holds payments too, under fewer of the columns."
    ),
    "type-unknown": _finding(
        _W, "Payment types that the portal's articles do not name. They are not billed."
    ),
    "other-price-unreadable": _finding(
        _W,
        "The amount or currency of a payment of another type is not readable. It is not billed, "
        "so nothing depends on it.",
    ),
    "footer-differs": _finding(_W, "The total below the table is not the sum of the payments."),
    "session-date-missing": _finding(
        _W, "The session date decides, but some payments have none: their transaction date is used."
    ),
    "payment-id-of-clients": _finding(
        _W,
        "A column of payment ids may hold people's names, addresses or numbers: it is not read.",
    ),
    # Said so that nothing happens in silence.
    "html-entities": _finding(
        _I, "Texts held HTML entities, as &amp; for &, and were read as what these stand for."
    ),
    "session-date-used": _finding(
        _I, "The file has a session date; it decides over the transaction date."
    ),
    "start-time-used": _finding(
        _I, "A column that could be the session's date holds times of day: it is the start time."
    ),
    "column-repeated": _finding(
        _I, "Two columns have the same name and the same cells; the first is read."
    ),
    "header-repeated": _finding(
        _I, "Rows between the payments repeat the header, as printed pages do; they are left out."
    ),
    "row-names-left-out": _finding(
        _I, "Each row began with its number, which the header has no column for; it is left out."
    ),
    "rows-above": _finding(_I, "Rows above the header row were taken for titles."),
    "footer-left-out": _finding(_I, "Rows below the payments were taken for totals."),
    "footer-unclear": _finding(
        _B,
        "Rows below the payments may be totals or notes, or payments that lost their other cells.",
    ),
    "note-left-out": _finding(
        _I, "Rows below the payments with a single text were taken for notes."
    ),
    "cells-merged": _finding(
        _I, "Merged cells go over several payments: what stands in one holds for all of them."
    ),
    "rows-hidden": _finding(
        _I, "Rows that a spreadsheet hides, by hand or by a filter, hold payments and were read."
    ),
    "times-all-midnight": _finding(
        _I, "Every time is 00:00, which is how spreadsheets write a date without a time."
    ),
    "date-serial": _finding(_I, "Dates were written as a spreadsheet's day numbers."),
    "type-not-credit": _finding(_I, "The file has no payment of type Credit."),
}


def finding(
    code: str,
    message: str,
    hint: str = "",
    *,
    rows: Iterable[int] = (),
    count: int = 0,
    source: str = "",
    column: str = "",
) -> Finding:
    """A finding with the severity that the table gives its code."""
    severity = READER_FINDINGS[code].severity
    return Finding(code, severity, message, hint, tuple(rows), count, source, column)
