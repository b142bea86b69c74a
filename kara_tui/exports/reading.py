"""The way of a file through this room: bytes, records, values, findings."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kara_tui.exports.delimited import read_delimited
from kara_tui.exports.export import Export, ExportKind, HowToRead, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.limits import Limits
from kara_tui.exports.records import Records
from kara_tui.exports.source import Content, Source, content_of, digest, not_readable, open_source
from kara_tui.model import Finding


def read_export(
    source: Path | BinaryIO, kind: ExportKind, how: HowToRead, limits: Limits, name: str | None
) -> Export:
    """See ``kara_tui.exports.read``. Every failure leaves as Unreadable in our own words."""
    shown = "the file"
    try:
        opened = open_source(source, name, limits)
        shown = opened.name
        with opened.file:
            return _read(opened, kind, how, limits)
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


def _read(source: Source, kind: ExportKind, how: HowToRead, limits: Limits) -> Export:
    records = _records(source, content_of(source), kind, limits)
    sha256 = digest(source)
    # Imported after the file was split: a file that is no export never waits for Polars.
    import polars as pl

    from kara_tui.exports.lines import Lines
    from kara_tui.exports.understand import understand

    frame = pl.DataFrame(
        {"row": records.rows, **records.columns},
        schema={"row": pl.Int64, **dict.fromkeys(records.columns, pl.String)},
    )
    understood = understand(
        Lines(frame.lazy(), source.name, limits),
        records.layout,
        kind,
        how,
        epoch=records.epoch,
        footers=tuple(records.footers),
    )
    return Export(
        kind=kind,
        name=source.name,
        sha256=sha256,
        rows=len(records.rows),
        columns=records.layout.columns,
        dropped=records.layout.dropped,
        has_times=understood.has_times,
        findings=(*_about_the_file(records, source.name), *understood.findings),
        frame=understood.frame,
    )


def _records(source: Source, content: Content, kind: ExportKind, limits: Limits) -> Records:
    if content is Content.TEXT:
        return read_delimited(source, kind, limits)
    if content is Content.ZIP:
        from kara_tui.exports.archive import is_workbook, unpacked

        if not is_workbook(source.head()):
            inner = unpacked(source, limits)
            with inner.file:
                within = content_of(inner)
                # Archives in archives are not followed: as a workbook such a file is torn.
                packed = within is Content.ZIP
                return _records(inner, Content.WORKBOOK if packed else within, kind, limits)
    from kara_tui.exports.workbook import read_workbook, start_child

    child = start_child(source, limits)
    import polars as pl  # noqa: F401 - loads while the child parses

    return read_workbook(child, source, kind, limits)


def _about_the_file(records: Records, name: str) -> list[Finding]:
    found = []
    if records.above:
        found.append(
            finding(
                "rows-above",
                f"{records.above} {'row' if records.above == 1 else 'rows'} above the header of "
                f"{name} were taken for titles.",
                source=name,
            )
        )
    return found
