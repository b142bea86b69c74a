"""A copy of an export with nothing in it but what an invoice may know."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kara_tui.exports.cells.payment_types import is_fit_to_show
from kara_tui.exports.columns.aliases import known_columns
from kara_tui.exports.export import Export, Unreadable
from kara_tui.exports.in_thread import in_thread
from kara_tui.model.money import MINOR_UNITS
from kara_tui.private_file import placed, sync_folder
from kara_tui.text import FORMULA


def write_clean(export: Export, path: Path) -> None:
    """Write the export with the allowed columns alone, cleaned, as CSV in UTF-8.

    Dates are ISO, amounts have a point, the headers are the portal's, cells that a spreadsheet
    would take for formulas begin with an apostrophe. The file appears whole, readable by its owner
    only, in place of one that is there.

    Raises Unreadable when the export has blockers (a cell that could not be read has no clean
    form), OSError when the file cannot be written.
    """
    blockers = [finding for finding in export.findings if finding.is_blocker]
    if blockers:
        raise Unreadable(*blockers, columns=export.columns, dropped=export.dropped)
    written = export.frame.select(_columns(export))
    # Behind a link stands the file that is meant, not the link.
    with placed(path, tolerant=True, follow=True) as file:
        in_thread(lambda: written.sink_csv(file.name, engine="streaming")).result()
    sync_folder(path.resolve().parent, tolerant=True)


def _columns(export: Export) -> list[pl.Expr]:
    """The columns by the portal's names, in its order, those that the file has."""
    kept = {column.field for column in export.columns}
    moment = pl.concat_str(
        pl.col("date").dt.to_string("%Y-%m-%d"),
        pl.when(pl.col("time").is_null())
        .then(pl.lit(""))
        .otherwise(pl.col("time").dt.to_string(" %H:%M:%S")),
    )
    values = {
        "transaction_date": moment,
        "price": _price(),
        "currency": pl.col("currency"),
        "type": _types(export),
    }
    columns = []
    for known in known_columns():
        is_date = known.field == "transaction_date"
        if known.field in ("time", "session_date") or not (is_date or known.field in kept):
            continue
        value = values.get(known.field, _harmless(known.field))
        columns.append(value.alias(known.box or "Payment ID"))
    return columns


def _types(export: Export) -> pl.Expr:
    """The types that name no person; in place of others stands that they are not shown."""
    told = {tally.type for tally in export.tallies if is_fit_to_show(tally.type)} | {""}
    type_ = pl.col("type")
    return pl.when(type_.is_in(sorted(told))).then(type_).otherwise(pl.lit("(not shown)"))


def _price() -> pl.Expr:
    whole_only = [code for code, units in MINOR_UNITS.items() if units == 0]
    minor, size = pl.col("minor"), pl.col("minor").abs()
    cents = (size % 100).cast(pl.String).str.zfill(2)
    sign = pl.when(minor < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return (
        pl.when(pl.col("currency").is_in(whole_only))
        .then(minor.cast(pl.String))
        .otherwise(pl.concat_str(sign, (size // 100).cast(pl.String), pl.lit("."), cents))
    )


def _harmless(field: str) -> pl.Expr:
    text = pl.col(field)
    return pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text)
