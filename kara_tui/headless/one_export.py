"""The commands about a single export: how it is understood, and a copy of it without clients."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kara_tui import exit_codes, exports, settings
from kara_tui.errors import WrongUsage
from kara_tui.exports import ExportKind, Limits
from kara_tui.headless.report import finding_lines, write_lines
from kara_tui.model import HowToRead
from kara_tui.month_end.wording import counted, verb

if TYPE_CHECKING:
    from kara_tui.exports import Explained

_USUAL = "default"


def doctor(given: argparse.Namespace) -> int:
    """Say which column was taken for what, what was not read, and what is wrong. Writes nothing."""
    file, kind = _the_file(given)
    how, limits = _how(given)
    explained = exports.explain(_source(file), kind, how, limits=limits, name=_name(file))
    write_lines(_understood_lines(explained, _name(file)))
    write_lines(_lines_to_add(explained, how))
    write_lines(finding_lines(explained.findings), error=True)
    if explained.export is None:
        return exit_codes.UNREADABLE
    if any(finding.is_blocker for finding in explained.findings):
        return exit_codes.DECISION_NEEDED
    return exit_codes.DONE


def clean(given: argparse.Namespace) -> int:
    """Write the export again with the columns that an invoice needs, and no other.

    Raises exports.Unreadable, OSError when the copy cannot be written, and WrongUsage when it
    would take the place of the export itself.
    """
    file, kind = _the_file(given)
    output = Path(given.output)
    if given.output != "-":
        _refuse_what_is_no_copy(file, output, force=given.force)
    how, limits = _how(given)
    export = exports.read(_source(file), kind, how, limits=limits, name=_name(file))
    blockers = [finding for finding in export.findings if finding.is_blocker]
    if blockers:
        write_lines(finding_lines(blockers), error=True)
        return exit_codes.DECISION_NEEDED
    if given.output == "-":
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder, "clean.csv")
            exports.write_clean(export, output)
            sys.stdout.buffer.write(output.read_bytes())
    else:
        exports.write_clean(export, output)
    what = f"{counted(export.rows, 'payment')} of {export.name}"
    if given.output == "-":
        write_lines([f"{what}."], error=True)
    else:
        write_lines([f"{what}: {given.output}"])
    return exit_codes.DONE


def _refuse_what_is_no_copy(file: str, output: Path, *, force: bool) -> None:
    """Raises WrongUsage when the output is the export itself, is there already, or is no CSV file.

    What is there is replaced only with ``force``; the export itself never.
    """
    try:
        status = output.stat()
    except OSError:
        status = None  # not there yet; whether it can be written, writing tells
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise WrongUsage(f"-o needs the name of a file; {output.name!r} is none")
    if output.suffix.lower() != ".csv":
        raise WrongUsage(
            "what is written is CSV, whatever the file is called: let -o end in .csv, which "
            f"{output.name!r} does not"
        )
    if status is None:
        return
    with suppress(OSError, ValueError):  # standard input need not be a file
        source = os.fstat(sys.stdin.fileno()) if file == "-" else os.stat(file)  # noqa: PTH116
        if os.path.samestat(source, status):
            raise WrongUsage(
                "-o names the export itself, and a copy in its place would be all that is left of "
                "it; give the copy another name"
            )
    if not force:
        raise WrongUsage(
            f"there is a file {output.name!r} already: give the copy another name, or say --force "
            "to replace it"
        )


def _understood_lines(explained: Explained, name: str) -> Iterator[str]:
    if explained.export is None:
        yield f"{name} cannot be used as it is."
    else:
        yield f"{name}: {counted(explained.export.rows, 'payment')}."
    for column in explained.columns:
        yield f"  {column.field.replace('_', ' '):<20} from “{column.header}”"
    for column in explained.missing:
        yield f"  {column.field.replace('_', ' '):<20} missing: tick the box “{column.header}”"
    if explained.dropped:
        headers = ", ".join(f"“{header}”" for header in explained.dropped)
        count = len(explained.dropped)
        yield f"{counted(count, 'column')} {verb(count, 'is', 'are')} not read: {headers}."


def _lines_to_add(explained: Explained, how: HowToRead) -> Iterator[str]:
    if not explained.toml:
        return
    # TOML knows a section once: in a profile that has one, the lines go below its own.
    section, *lines = explained.toml
    if how.columns:
        yield f"If a column is there by another name, add below {section} in your profile:"
    else:
        yield "If a column is there by another name, add at the end of your profile:"
        yield f"  {section}"
    yield from (f"  {line}" for line in lines)


def _the_file(given: argparse.Namespace) -> tuple[str, ExportKind]:
    if bool(given.paid) == bool(given.unpaid):
        raise WrongUsage(f"{given.command} needs one export: --paid FILE or --unpaid FILE")
    return (given.paid, ExportKind.PAID) if given.paid else (given.unpaid, ExportKind.UNPAID)


def _how(given: argparse.Namespace) -> tuple[HowToRead, Limits]:
    """What was said now, else what the profile remembers; and the reader's caps.

    Before any set-up there is no profile; one that was asked for by its name has to be there.
    """
    said = HowToRead(given.date_order, given.decimal, given.time_zone)
    if given.profile == _USUAL and not settings.exists(_USUAL):
        return said, Limits()
    profile = settings.load(given.profile)
    return said.over(profile.reading), Limits(**profile.limits)


def _source(file: str) -> Path | BinaryIO:
    return sys.stdin.buffer if file == "-" else Path(file)


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name
