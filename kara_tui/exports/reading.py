"""The way of a file through this room: bytes, records, values, findings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kara_tui.exports.assembling import assembled, judge_columns
from kara_tui.exports.cells.dates import EPOCH_1900
from kara_tui.exports.export import Explained, Export, ExportKind, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import (
    Content,
    Source,
    content_of,
    digest,
    not_readable,
    open_source,
)
from kara_tui.exports.findings import finding
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.exports.text.cut_off import cut_off, ends_a_line
from kara_tui.exports.text.errors import about_records
from kara_tui.exports.text.record_reader import is_an_export, read_records
from kara_tui.model import Finding, HowToRead, Month

if TYPE_CHECKING:
    import polars as pl

    from kara_tui.exports.columns.layout import ColumnLayout
    from kara_tui.exports.text.records import Records

AS_WRITTEN = HowToRead()
USUAL = Limits()


def read(
    source: Path | BinaryIO,
    kind: ExportKind,
    how: HowToRead = AS_WRITTEN,
    *,
    limits: Limits = USUAL,
    name: str | None = None,
    month: Month | None = None,
) -> Export:
    """Read an export, CSV or workbook, from a path or from a stream of bytes that is read once.

    Every payment in the file is accounted for. Columns that are no part of an invoice are dropped
    before any value in them is looked at. What is wrong in cells is a finding of the export;
    ``name`` is what the user sees as the file's name. The rows around ``month`` are kept at hand,
    so that ``select`` of that month need not scan a large file again.

    Raises Unreadable when the file as a whole cannot be used, with the reason for the user in our
    own words.
    """
    shown = "the file"
    try:
        opened = open_source(source, name, limits)
        shown = opened.name
        with opened.file:
            return _read(opened, kind, how, limits, month)
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except OSError as error:
        raise Unreadable(not_readable(shown, error)) from None
    except BaseException as error:
        # A panic in Polars' Rust is a BaseException, and its messages quote whole cells.
        if isinstance(error, Exception) and not type(error).__module__.startswith("polars"):
            raise
        raise Unreadable(
            finding(
                "reading-failed",
                f"{shown} could not be read to its end, for a reason that kara-tui does not know "
                f"({type(error).__name__}).",
                "Open it in a spreadsheet, save it as CSV UTF-8 and try that file. Please report "
                "this.",
                source=shown,
            )
        ) from None


def explain(
    source: Path | BinaryIO,
    kind: ExportKind,
    how: HowToRead = AS_WRITTEN,
    *,
    limits: Limits = USUAL,
    name: str | None = None,
) -> Explained:
    """How each header of a file was understood, whether it can be used or not. Never raises
    Unreadable: its findings are in what is returned, with those about the cells of its sessions.
    """
    from kara_tui.exports.columns.explaining import explained

    try:
        export = read(source, kind, how, limits=limits, name=name)
    except Unreadable as error:
        return explained(error, kind)
    from kara_tui.exports.selection import changed_words_of

    understood = explained(export, kind)
    return understood._replace(findings=(*understood.findings, *changed_words_of(export)))


def _read(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    content = content_of(source)
    if content is Content.TEXT and source.size > limits.careful_bytes:
        from kara_tui.exports.large_text import read_large_text

        try:
            return read_large_text(source, kind, how, limits, month)
        except NotThisWay:
            pass  # the careful way finds out what is wrong, and where
    if content is Content.TEXT:
        return _read_text(source, kind, how, limits, month)
    if content is Content.ZIP:
        from kara_tui.exports.files.archive import is_workbook, unclear, unpacked

        if not is_workbook(source):
            inner = unpacked(source, partial(is_an_export, how=how), limits)
            with inner.file:
                within = content_of(inner)
                if within is Content.TEXT:
                    export = _read_text(inner, kind, how, limits, month)
                elif within is Content.ZIP and not is_workbook(inner):
                    raise Unreadable(unclear(source.name, "holds another ZIP file"))
                else:
                    export = _read_workbook(inner, kind, how, limits, month)
            return replace(export, sha256=digest(source))
    return _read_workbook(source, kind, how, limits, month)


def _read_text(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    """A text file record by record."""
    records = read_records(source, kind, how, limits)
    # Imported after the file was split: a file that is no export never waits for Polars.
    from kara_tui.exports.payments.parse_columns import parse_columns
    from kara_tui.exports.payments.payment_table import PaymentTable

    frame = records.frame()
    table = PaymentTable(frame.lazy(), source.name, limits)
    layout, footers = records.layout, records.footers
    try:
        table, layout, people = judge_columns(table, layout, how)
        if people:
            frame = table.collected(table.frame.select("row", *layout.positions))
        parsed = parse_columns(table, layout, kind, how, epoch=EPOCH_1900, footers=footers)
    except Unreadable as error:
        error.findings = records.line_numbers.with_lines(error.findings)
        raise
    if parsed.rows != records.count:
        raise AssertionError("payments were lost between the file and the frame")
    told = _about_the_text(records, frame, layout, source)
    parsed = parsed._replace(findings=(*told, *people, *parsed.findings))
    export = assembled(source, kind, digest(source), layout, records.above, parsed, month)
    return replace(
        export,
        findings=records.line_numbers.with_lines(export.findings),
        line_numbers=records.line_numbers,
    )


def _about_the_text(
    records: Records, payments: pl.DataFrame, layout: ColumnLayout, source: Source
) -> list[Finding]:
    """What is said of how a text file is written, and of records that were taken as they are."""
    findings: list[Finding] = []
    rows = set(payments["row"]) if records.encoded or records.controls else frozenset()
    if records.guessed:
        from kara_tui.exports.text.guessed_encoding import guess_findings

        findings += guess_findings(payments, records.guessed, source.name)
    if not records.footers and not ends_a_line(source):
        findings += cut_off(payments, layout, source.name)
    findings += about_records(records, source.name)
    if records.encoded:
        from kara_tui.exports.payments.html_entities import entity_findings

        findings += entity_findings([row for row in records.encoded if row in rows], source.name)
    if records.controls:
        from kara_tui.exports.payments.control_characters import control_findings

        findings += control_findings([row for row in records.controls if row in rows], source.name)
    return findings


def _read_workbook(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    from kara_tui.exports.workbook.start_child import start_child

    child = start_child(source, how, limits)
    # Polars loads while the child parses.
    from kara_tui.exports.payments.control_characters import control_findings, control_rows
    from kara_tui.exports.payments.html_entities import encoded_rows, entity_findings
    from kara_tui.exports.payments.parse_columns import parse_columns
    from kara_tui.exports.payments.parse_in_one_scan import parse_in_one_scan
    from kara_tui.exports.workbook.sheet import read_workbook

    sheet = read_workbook(child, source, kind, how, limits)
    table, kept, people = judge_columns(sheet.table, sheet.layout, how)
    if people:
        sheet = sheet._replace(table=table, layout=kept, frame=table.collected(table.frame))
    try:
        parsed = parse_in_one_scan(sheet, kind, how, month)
    except NotThisWay:
        parsed = parse_columns(
            sheet.table, sheet.layout, kind, how, epoch=sheet.epoch, footers=sheet.footers
        )
    told = entity_findings(encoded_rows(sheet.frame), source.name)
    told += control_findings(control_rows(sheet.frame), source.name)
    parsed = parsed._replace(findings=(*people, *sheet.findings, *told, *parsed.findings))
    export = assembled(source, kind, digest(source), sheet.layout, sheet.above, parsed, month)
    return replace(export, typed=sheet.typed)
