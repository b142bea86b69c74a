"""Two exports that differ in clients' cells alone come out the same, byte by byte.

What may differ is stated in ``running.MAY_DIFFER``. ``make check-privacy`` tries 10 000 pairs.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from kara_tui.exports import Export, reading
from kara_tui.exports.findings import finding
from tests.privacy.pairs import Pair
from tests.privacy.property import check, differences
from tests.privacy.running import billed_by_the_command, billed_here, read_alone

HEADER = ("Transaction date,Service Name,Service Price,Service Currency,Type,Sponsor,"
          "Professional Name,Professional Email,Client Name\n")  # fmt: skip
ROW = "2026-10-14 10:00,Talk,60.00,EUR,Credit,Harbour,Ada,ada@example.is,"


def pair(one: str, other: str, encoding: str = "utf-8", row: str = ROW) -> Pair:
    first, second = (f"{HEADER}{row}{cell}\n".encode(encoding) for cell in (one, other))
    return Pair("paid.csv", first, second)


def test_the_reader_gives_the_same_for_texts() -> None:
    check(read_alone, 100, ("csv",))


def test_the_reader_gives_the_same_for_workbooks() -> None:
    check(read_alone, 8, ("xlsx",))


def test_the_whole_month_comes_out_the_same() -> None:
    check(billed_here, 6)


def test_the_installed_command_says_and_writes_the_same() -> None:
    assert differences(billed_by_the_command, pair("Unnur", "=1+1 \U0001f600")) == []


def test_everything_that_matters_is_compared() -> None:
    came: dict[str, bytes] = {}

    def way(*given: Any) -> dict[str, bytes]:
        came.update(billed_here(*given))
        return {}

    differences(way, pair("Unnur", "Otto"))
    kinds = {name.rpartition(".")[2] for name in came if "." in name}
    assert {"pdf", "xlsx", "eml", "ics", "json"} <= kinds
    assert {"0 out", "1 err", "2 out", "3 out", "ledger lines", "ledger files"} <= set(came)
    assert b"KC-0011" in came["2 out"]


def test_a_name_whose_letters_pass_for_another_encoding_changes_nothing() -> None:
    # In Windows-1252 these are the bytes that UTF-8 has for Þó.
    row = ROW.replace("Ada,", "Þóra,")
    assert differences(read_alone, pair("Otto", "ÃžÃ³", "cp1252", row)) == []


def _clients_cell(source: Any) -> str:
    rows = list(csv.reader(io.StringIO(source.read_text("utf-8"))))
    return rows[1][-1]


def _into_a_finding(export: Export, cell: str) -> Export:
    told = finding("encoding-guessed", f"Read as {cell}.", source=export.name)
    return replace(export, findings=(*export.findings, told))


def _into_a_service(export: Export, cell: str) -> Export:
    frame = export.frame.with_columns(pl.lit(cell).alias("service"))
    return replace(export, frame=frame, kept=None, scan=None)


def _into_a_log(export: Export, cell: str) -> Export:
    print(f"read {len(cell)} letters", file=sys.stderr)  # not even the letters themselves
    return export


@pytest.mark.parametrize(
    ("leak", "way"),
    [(_into_a_finding, read_alone), (_into_a_service, read_alone), (_into_a_service, billed_here),
     (_into_a_log, billed_here)],
)  # fmt: skip
def test_a_planted_leak_is_found(
    monkeypatch: pytest.MonkeyPatch, leak: Callable[[Export, str], Export], way: Any
) -> None:
    one = pair("Unnur", "Otto")
    assert differences(way, one) == []
    honest = reading.read

    def leaking(source: Any, *given: Any, **named: Any) -> Export:
        return leak(honest(source, *given, **named), _clients_cell(source))

    monkeypatch.setattr(reading, "read", leaking)
    assert differences(way, one) != []


def test_the_property_finds_a_leak_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = reading.read

    def leaking(source: Any, *given: Any, **named: Any) -> Export:
        export = honest(source, *given, **named)
        return replace(export, name=f"{export.name} of {source.stat().st_size} bytes")

    monkeypatch.setattr(reading, "read", leaking)
    with pytest.raises(AssertionError):
        check(read_alone, 100, ("csv",), shrinks=False)


def test_a_clients_number_makes_no_row_below_the_header_a_payment() -> None:
    units = "when,what,free,EUR,how,who,Ada,ada@example.is,"
    assert differences(read_alone, pair("", "010203-9998", row=units)) == []
    assert differences(read_alone, pair("Unnur", "1", row=units)) == []
