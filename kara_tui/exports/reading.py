"""The way of a file through this room: bytes, records, values, findings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kara_tui.exports.background import Aside
from kara_tui.exports.cells.dates import EPOCH_1900
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.columns.layout import Layout
from kara_tui.exports.export import Export, ExportKind, HowToRead, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import (
    Content,
    Source,
    content_of,
    digest,
    digest_by_path,
    not_readable,
    open_source,
)
from kara_tui.exports.findings import finding
from kara_tui.exports.text.errors import about_records, too_many_rows
from kara_tui.exports.text.record_reader import is_an_export, read_delimited
from kara_tui.model import Finding, Month

if TYPE_CHECKING:
    from kara_tui.exports.payments.parse_columns import Understood
    from kara_tui.exports.payments.payment_table import Lines
    from kara_tui.exports.text.large_scan import FastFile

# So many payments are looked at to judge a column of the user's own.
_SAMPLE = 2_000


def read_export(
    source: Path | BinaryIO,
    kind: ExportKind,
    how: HowToRead,
    limits: Limits,
    name: str | None,
    month: Month | None,
) -> Export:
    """See ``kara_tui.exports.read``. Every failure leaves as Unreadable in our own words."""
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


def _read(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    content = content_of(source)
    if content is Content.TEXT and source.size > limits.careful_bytes:
        export = _read_fast(source, kind, how, limits, month)
        if export is not None:
            return export
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
    records = read_delimited(source, kind, how, limits)
    # Imported after the file was split: a file that is no export never waits for Polars.
    from kara_tui.exports.payments.parse_columns import understand
    from kara_tui.exports.payments.payment_table import Lines

    frame = records.frame()
    lines = Lines(frame.lazy(), source.name, limits)
    layout, footers = records.layout, records.footers
    try:
        lines, layout, people = _judge_columns(lines, layout, how)
        if people:
            frame = lines.collected(lines.frame.select("row", *layout.positions))
        understood = understand(lines, layout, kind, how, epoch=EPOCH_1900, footers=footers)
    except Unreadable as error:
        error.findings = records.places.said(error.findings)
        raise
    understood = understood._replace(findings=(*people, *understood.findings))
    if understood.rows != records.count:
        raise AssertionError("payments were lost between the file and the frame")
    if records.controls:
        from kara_tui.exports.payments.control_characters import control_findings

        kept = set(frame["row"])
        lost = control_findings([row for row in records.controls if row in kept], source.name)
        understood = understood._replace(findings=(*lost, *understood.findings))
    if records.encoded:
        from kara_tui.exports.payments.html_entities import entity_findings

        of_payments = set(frame["row"])
        encoded = [row for row in records.encoded if row in of_payments]
        told = entity_findings(encoded, source.name)
        understood = understood._replace(findings=(*told, *understood.findings))
    understood = understood._replace(
        findings=(*about_records(records, source.name), *understood.findings)
    )
    if not records.footers and not _ends_a_line(source):
        from kara_tui.exports.text.cut_off import cut_off

        cut = cut_off(frame, layout, source.name)
        understood = understood._replace(findings=(*cut, *understood.findings))
    if records.guessed:
        from kara_tui.exports.text.guessed_encoding import guess_findings

        guess = guess_findings(frame, records.guessed, source.name)
        understood = understood._replace(findings=(*guess, *understood.findings))
    export = _export(source, kind, digest(source), layout, records.above, understood, month)
    return replace(export, findings=records.places.said(export.findings), places=records.places)


def _ends_a_line(source: Source) -> bool:
    """Whether a text file's last cell is certainly whole: behind it is a line end or a quote."""
    source.file.seek(max(source.size - 4, 0))
    end = source.file.read()
    return any(sign in end for sign in (b"\n", b"\r", b'"'))


def _read_workbook(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export:
    from kara_tui.exports.workbook.start_child import start_child

    child = start_child(source, how, limits)
    # Polars loads while the child parses.
    from kara_tui.exports.payments.control_characters import control_findings, control_rows
    from kara_tui.exports.payments.html_entities import encoded_rows, entity_findings
    from kara_tui.exports.payments.parse_columns import understand
    from kara_tui.exports.payments.parse_in_one_scan import understand_iso
    from kara_tui.exports.workbook.sheet import read_workbook

    sheet = read_workbook(child, source, kind, how, limits)
    lines, kept, people = _judge_columns(sheet.lines, sheet.layout, how)
    if people:
        sheet = sheet._replace(lines=lines, layout=kept, frame=lines.collected(lines.frame))
    understood = understand_iso(sheet, kind, how, month) or understand(
        sheet.lines, sheet.layout, kind, how, epoch=sheet.epoch, footers=sheet.footers
    )
    told = entity_findings(encoded_rows(sheet.frame), source.name)
    told += control_findings(control_rows(sheet.frame), source.name)
    understood = understood._replace(
        findings=(*people, *sheet.findings, *told, *understood.findings)
    )
    export = _export(source, kind, digest(source), sheet.layout, sheet.above, understood, month)
    return replace(export, typed=sheet.typed)


def _judge_columns(
    lines: Lines, layout: Layout, how: HowToRead
) -> tuple[Lines, Layout, list[Finding]]:
    """The payments and the layout without ids that may be people's, and what is said of those.

    Raises Unreadable for columns that cannot be read as what their headers say.
    """
    if layout.repeated:
        from kara_tui.exports.payments.repeated_columns import refuse_unequal

        refuse_unequal(lines, layout)
    if how.columns:
        from kara_tui.exports.columns.own_columns import refuse_clients

        sample = lines.collected(lines.frame.head(_SAMPLE))
        refuse_clients(sample, layout, how, lines.name)
    if "payment_id" not in layout.positions:
        return lines, layout, []
    from kara_tui.exports.payments.payment_ids import without_people

    return without_people(lines, layout)


def _read_fast(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, month: Month | None
) -> Export | None:
    """A large text file by a scan, or None when it must be split record by record."""
    if not source.path:
        return None
    # A hash lets others work meanwhile: it is begun before Polars is imported.
    sha256 = Aside(lambda: digest_by_path(source.path))
    import polars as pl

    from kara_tui.exports.text.large_scan import fast_file

    try:
        file = fast_file(source, kind, how, limits)
        understood = _understand_fast(file, kind, how, month) if file else None
        if file and understood is None and file.look.quotes and not file.quoted:
            # Quotation marks far down, found by the look at all bytes: now they are reckoned with.
            file = fast_file(source, kind, how, limits, quoted=True)
            understood = _understand_fast(file, kind, how, month) if file else None
    except pl.exceptions.PolarsError:
        return None  # the careful way finds out what is wrong, and where
    if file is None or understood is None:
        return None
    if understood.rows > limits.rows:
        raise Unreadable(too_many_rows(source.name, limits))
    if understood.kept is not None:
        from kara_tui.exports.payments.control_characters import control_findings, control_rows
        from kara_tui.exports.payments.html_entities import encoded_rows, entity_findings
        from kara_tui.exports.text.encodings import in_seven_bits

        odd = understood.kept.select(TEXT_FIELDS).filter(
            pl.any_horizontal(pl.col(TEXT_FIELDS).str.contains(r"\+\w{3}|\x1b"))
        )
        if not how.encoding and any(in_seven_bits(text) for row in odd.rows() for text in row):
            return None  # the careful way names it
        # Only of the rows around the month: to look into every text of ten million takes seconds.
        told = entity_findings(encoded_rows(understood.kept), source.name)
        told += control_findings(control_rows(understood.kept), source.name)
        understood = understood._replace(findings=(*understood.findings, *told))
    whole = sha256.result()
    return _export(source, kind, whole, file.layout, file.above, understood, month, large=True)


def _understand_fast(
    file: FastFile, kind: ExportKind, how: HowToRead, month: Month | None
) -> Understood | None:
    from kara_tui.exports.payments.parse_columns import understand
    from kara_tui.exports.payments.parse_in_one_scan import understand_iso

    if file.layout.repeated:
        return None  # rare, and compared when every record is certain
    _, _, people = _judge_columns(file.lines, file.layout, how)
    if people:
        return None  # rare, and read record by record without them
    in_one_scan = understand_iso(file, kind, how, month)
    if in_one_scan is not None:
        return in_one_scan
    without_blank = file.without_blank_rows()
    if without_blank is None:
        return None
    counted, rows = without_blank
    if not counted.is_whole(rows):
        return None
    if counted is not file:
        in_one_scan = understand_iso(counted, kind, how, month)
    return in_one_scan or understand(
        counted.lines, counted.layout, kind, how, epoch=EPOCH_1900, footers=counted.footers,
        month=month, payments_at=counted.payments_at,
    )  # fmt: skip


def _export(
    source: Source,
    kind: ExportKind,
    sha256: str,
    layout: Layout,
    above: int,
    understood: Understood,
    month: Month | None,
    *,
    large: bool = False,
) -> Export:
    kept = (month, understood.kept) if month and understood.kept is not None else None
    return Export(
        kind=kind,
        name=source.name,
        sha256=sha256,
        rows=understood.rows,
        columns=layout.read,
        dropped=layout.not_read,
        has_times=understood.has_times,
        findings=(
            *_about_the_file(above, layout, source.name),
            *_of_words(understood, source.name, large=large),
            *understood.findings,
        ),
        frame=understood.frame,
        scan=understood.scan,
        tallies=understood.tallies,
        date_order=understood.date_order,
        decimal=understood.decimal,
        large=large,
        kept=kept,
    )


def _of_words(understood: Understood, name: str, *, large: bool) -> list[Finding]:
    """What is said of words that look changed; of a large file in the rows around the month."""
    from kara_tui.exports.payments.damaged_letters import doubtful_words

    known = {"encoding-guessed", "encoding-doubtful"}
    payments = understood.kept if large else understood.frame.collect(engine="in-memory")
    if payments is None or any(one.code in known for one in understood.findings):
        return []
    return doubtful_words(payments, name)


def _about_the_file(above: int, layout: Layout, name: str) -> list[Finding]:
    found = [
        finding(
            "column-repeated",
            f"{name} has two columns “{column.header}” with the same cells; the first is read.",
            source=name,
            column=column.header,
        )
        for column in layout.repeated
    ]
    if above:
        what = "1 row above the header of {} was taken for a title."
        if above > 1:
            what = f"{above} rows above the header of {{}} were taken for titles."
        found.append(finding("rows-above", what.format(name), source=name))
    return found
