"""What is said of a workbook that is not read, and of its parts that are not seen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kara_tui.exports.columns.layout import no_header
from kara_tui.exports.findings import finding
from kara_tui.model import Finding
from kara_tui.text import counted, verb

_FAILURES = {
    "encrypted": (
        "workbook-encrypted",
        "{} is protected with a password.",
        "Open it in a spreadsheet and save it without the password, or export again.",
    ),
    "torn": (
        "workbook-torn",
        "{} is damaged or is no workbook: it cannot be opened.",
        "Export the payments again, or open the file in a spreadsheet and save it anew.",
    ),
    "hidden": (
        "sheet-hidden",
        "The only sheet of {} that holds payments is hidden, and hidden sheets are not read.",
        "If it is the one that is meant, show it in a spreadsheet (right click on the sheets' "
        "tabs, Unhide or Show Sheet) and save the file.",
    ),
}
_TOO_LARGE = (
    "workbook-too-large",
    "{} asks for more memory, time or room than a payments export needs.",
    "A cell far away from the payments can be enough. Save the sheet as CSV UTF-8 and use that, or "
    "export fewer months at a time.",
)


def failure(last_words: Mapping[str, Any], name: str) -> Finding:
    """Why the child refused a workbook, by its last words; it may have died before them."""
    reason = str(last_words.get("failed", "died"))
    if reason == "no-header":
        return no_header(name)
    if reason == "sheets":
        return _sheets_alike(last_words["places"], last_words["visible"], name)
    code, message, hint = _FAILURES.get(reason, _TOO_LARGE)
    return finding(code, message.format(name), hint, source=name)


def _sheets_alike(places: Sequence[int], visible: int, name: str) -> Finding:
    return finding(
        "sheets-alike",
        f"{_counted(places, visible)} of {name} hold payments under the same columns, so it is not "
        f"known which is meant: {_named(places)}.",
        "Hide or delete the sheets that are not meant and save the file; or save each sheet as CSV "
        "UTF-8 and name all those files.",
        source=name,
    )


def sheets_left_out(places: Sequence[int], visible: int, name: str) -> list[Finding]:
    """The finding for sheets that hold payments too, if there are any."""
    if not places:
        return []
    count = len(places)
    return [
        finding(
            "sheet-left-out",
            f"{count} of the {visible} sheets of {name} {verb(count, 'holds', 'hold')} payments "
            f"too and {verb(count, 'was', 'were')} not read, since another sheet has more "
            f"of the export's columns: {_named(places)}.",
            "If payments are missing, save that sheet as CSV UTF-8 and name that file too; "
            "otherwise hide or delete the sheet.",
            source=name,
        )
    ]


def _counted(places: Sequence[int], visible: int) -> str:
    if len(places) < visible:
        return f"{len(places)} of the {visible} sheets"
    return "Both sheets" if visible == 2 else f"All {visible} sheets"


def _named(places: Sequence[int]) -> str:
    """Sheets by their places, since their names may be clients'; hidden ones are not counted."""
    *front, last = map(str, places)
    if not front:
        return f"sheet {last}, counted from the left"
    return f"sheets {', '.join(front)} and {last}, counted from the left"


def rows_differing(rows: Sequence[int], name: str) -> list[Finding]:
    """The finding for rows of which the parser gave other cells than the sheet has, if any."""
    if not rows:
        return []
    count = len(rows)
    return [
        finding(
            "rows-not-whole",
            f"{verb(count, 'Row', 'Rows')} {_first(rows)} of {name} {verb(count, 'holds', 'hold')} "
            "cells that could not be read, or stand in the file twice: a payment may be missing "
            "or changed.",
            "Open the workbook in a spreadsheet, compare these rows with the portal and save it "
            "anew; or export the payments again.",
            rows=rows,
            source=name,
        )
    ]


def not_checked(name: str) -> Finding:
    """The finding for a sheet that no closer look could be had at."""
    return finding(
        "sheet-not-checked",
        f"The cells of {name} were read, but it could not be checked whether there are errors, "
        "formulas without values, merged or hidden cells among them.",
        "Compare the payments with the portal; or open the workbook in a spreadsheet and save it "
        "as XLSX.",
        source=name,
    )


def _first(rows: Sequence[int]) -> str:
    more = len(rows) - 3
    return ", ".join(map(str, rows[:3])) + (f" and {more} more" if more > 0 else "")


def hidden_rows(rows: Sequence[int], name: str) -> list[Finding]:
    """The finding for payments in rows that the spreadsheet does not show, if there are any."""
    if not rows:
        return []
    count = len(rows)
    return [
        finding(
            "rows-hidden",
            f"{counted(count, 'row')} of {name} with payments {verb(count, 'is', 'are')} hidden in "
            f"the sheet, by hand or by a filter, and {verb(count, 'was', 'were')} read like the "
            "others.",
            "If they are not meant, delete them or export again with the filter set in the portal.",
            rows=rows,
            source=name,
        )
    ]
