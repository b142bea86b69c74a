"""A large text file by a scan: fast, and only for a file whose lines are proved to be records.

Every other file is left to the way that goes record by record, which is asked next: whatever this
way cannot prove, it says with ``NotThisWay``, and never reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.assembling import assembled, judge_columns
from kara_tui.exports.cells.dates import EPOCH_1900
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.export import Export, ExportKind, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import Source, digest_by_path
from kara_tui.exports.in_thread import in_thread
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.exports.text.cut_off import cut_off, ends_a_line
from kara_tui.exports.text.errors import too_many_rows
from kara_tui.model import HowToRead, Month

if TYPE_CHECKING:
    from kara_tui.exports.payments.parse_columns import ParsedPayments
    from kara_tui.exports.text.large_scan import LargeFile


def read_large_text(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    """The export of a large text file, with the payments around ``month`` at hand.

    Raises NotThisWay when it must be split record by record, and Unreadable when no way can read
    it.
    """
    if not source.path:
        raise NotThisWay("it is a stream, and a scan needs a path")
    # A hash lets others work meanwhile: it is begun before Polars is imported.
    sha256 = in_thread(lambda: digest_by_path(source.path))
    import polars as pl

    try:
        file, parsed = _scanned(source, kind, how, limits, month)
    except pl.exceptions.PolarsError:
        raise NotThisWay("Polars cannot scan it") from None  # its messages quote cells
    if parsed.rows > limits.rows:
        raise Unreadable(too_many_rows(source.name, limits))
    if parsed.kept is not None:
        from kara_tui.exports.payments.control_characters import control_findings, control_rows
        from kara_tui.exports.payments.html_entities import encoded_rows, entity_findings
        from kara_tui.exports.text.encodings import in_seven_bits

        odd = parsed.kept.select(TEXT_FIELDS).filter(
            pl.any_horizontal(pl.col(TEXT_FIELDS).str.contains(r"\+\w{3}|\x1b"))
        )
        if not how.encoding and any(in_seven_bits(text) for row in odd.rows() for text in row):
            raise NotThisWay("its letters may be hidden in seven bits")
        # Only of the rows around the month: to look into every text of ten million takes seconds.
        told = entity_findings(encoded_rows(parsed.kept), source.name)
        told += control_findings(control_rows(parsed.kept), source.name)
        parsed = parsed._replace(findings=(*parsed.findings, *told))
    if not file.footers and not ends_a_line(source):
        # Compared with the first payments: they are written as all others are.
        before = file.line_check.lines - 1
        last = file.payments_at([file.begin + before]) if before >= 0 else None
        if last is not None:
            others = [{"row": 0, **cells} for cells in file.sample[:before]]
            first = pl.DataFrame(others, last.schema)
            cut = cut_off(pl.concat([first, last]), file.layout, source.name)
            parsed = parsed._replace(findings=(*cut, *parsed.findings))
    whole = sha256.result()
    return assembled(source, kind, whole, file.layout, file.above, parsed, month, large=True)


def _scanned(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> tuple[LargeFile, ParsedPayments]:
    from kara_tui.exports.text.large_scan import large_file

    file = large_file(source, kind, how, limits)
    try:
        return file, _parsed(file, kind, how, month)
    except NotThisWay:
        if not file.line_check.quotes or file.quoted:
            raise
    # Quotation marks far down, found by the look at all bytes: now they are reckoned with.
    file = large_file(source, kind, how, limits, quoted=True)
    return file, _parsed(file, kind, how, month)


def _parsed(
    file: LargeFile, kind: ExportKind, how: HowToRead, month: Month | None
) -> ParsedPayments:
    from kara_tui.exports.payments.parse_columns import parse_columns
    from kara_tui.exports.payments.parse_in_one_scan import parse_in_one_scan

    if file.layout.repeated:
        raise NotThisWay("two columns of one name are compared when every record is certain")
    _, _, people = judge_columns(file.table, file.layout, how)
    if people:
        raise NotThisWay("its payment ids may be people's, and it is read without them")
    try:
        return parse_in_one_scan(file, kind, how, month)
    except NotThisWay:
        counted, rows = file.without_blank_rows()
        if not counted.is_whole(rows):
            raise NotThisWay("its lines are not all records") from None
    if counted is not file:
        try:
            return parse_in_one_scan(counted, kind, how, month)
        except NotThisWay:
            pass
    return parse_columns(
        counted.table, counted.layout, kind, how, epoch=EPOCH_1900, footers=counted.footers,
        month=month, payments_at=counted.payments_at,
    )  # fmt: skip
