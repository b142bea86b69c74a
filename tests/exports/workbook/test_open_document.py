"""OpenDocument sheets: errors, formulas and hidden rows, with cells and rows written once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from kara_tui.exports import Limits
from tests.exports.samples import (
    blockers,
    codes,
    prices,
    read_bytes,
    refused,
    row,
    sessions,
    table,
    the,
)
from tests.exports.workbook.test_workbooks import open_document

ERROR = (
    'table:formula="of:=NA()" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#N/A</text:p>'
)
FORMULA = 'table:formula="of:=[.A1]">'
SPONSOR = 'office:value-type="string"><text:p>Blue Heron Insurance</text:p>'


def edited(change: Callable[[str], str]) -> bytes:
    """Three payments, with something changed in the sheet's XML."""
    data = open_document(table(row(price="1"), row(price="2"), row(price="3")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "content.xml":
                calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
                text = text.replace("xmlns:table=", f'xmlns:calcext="{calc}" xmlns:table=')
                before, text = text, change(text)
                assert text != before
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "what"), [(ERROR, "the error #N/A"), (FORMULA, "a formula without a stored value")]
)
def test_a_text_without_a_value_is_named(cell: str, what: str) -> None:
    export = read_bytes(edited(lambda text: text.replace(SPONSOR, cell, 2)))
    found = the(export, "text-unreadable")
    assert found.rows == (2, 3)
    assert found.column == "Sponsor"
    assert what in found.message


def test_rows_and_cells_that_are_written_once_are_counted_as_often_as_they_stand_there() -> None:
    def change(text: str) -> str:
        rows = text.split("<table:table-row>")
        once = '<table:table-row table:number-rows-repeated="2">'
        last = rows[-1].replace(SPONSOR, ERROR)
        # Between them a blank row, and one cell for a payment's currency and type.
        blank = '<table:table-cell table:number-columns-repeated="10"/></table:table-row>'
        empty = f"<table:table-row>{blank}"
        repeated = once + last.partition("</table:table>")[0]
        return "<table:table-row>".join(rows[:-1]) + empty + repeated + "<table:table-row>" + last

    export = read_bytes(edited(change))
    assert export.rows == 5
    assert the(export, "text-unreadable").rows == (5, 6, 7)


def test_equal_cells_beside_one_another_are_each_named() -> None:
    two = (
        'office:value-type="string"><text:p>EUR</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Credit</text:p>'
    )
    repeated = f'table:number-columns-repeated="2" {ERROR}'
    export = read_bytes(edited(lambda text: text.replace(two, repeated, 1)))
    assert the(export, "currency-unknown").rows == (2,)
    assert the(export, "type-unreadable").rows == (2,)


def test_a_percentage_is_no_price_and_elsewhere_it_does_not_matter() -> None:
    price = 'office:value-type="float" office:value="2.0"'
    percent = 'office:value-type="percentage" office:value="0.6"'
    export = read_bytes(edited(lambda text: text.replace(price, percent)))
    assert "“60%”" in the(export, "price-unreadable").message
    assert prices(export) == [100, 300]
    client = SPONSOR.replace("Blue Heron Insurance", "Klara Sentinel")
    assert not blockers(read_bytes(edited(lambda text: text.replace(client, percent + ">"))))
    as_sponsor = read_bytes(edited(lambda text: text.replace(SPONSOR, percent + ">")))
    assert the(as_sponsor, "text-unreadable").rows == (2, 3, 4)


def test_a_formula_with_a_stored_value_is_its_value() -> None:
    formula = f'table:formula="of:=[.A1]" {SPONSOR}'
    assert not blockers(read_bytes(edited(lambda text: text.replace(SPONSOR, formula))))


def test_errors_above_the_header_do_not_matter() -> None:
    title = f'<table:table-row><table:table-cell table:number-columns-repeated="10" {ERROR}'
    row = f"{title}</table:table-cell></table:table-row><table:table-row>"
    export = read_bytes(edited(lambda text: text.replace("<table:table-row>", row, 1)))
    assert export.rows == 3
    assert not blockers(export)


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_hidden_rows_are_said(how: str) -> None:
    def change(text: str) -> str:
        front, third, last = text.rpartition("<table:table-row>")
        return f"{front}{third.replace('>', f' table:visibility={chr(34)}{how}{chr(34)}>')}{last}"

    export = read_bytes(edited(change))
    assert the(export, "rows-hidden").rows == (4,)
    assert prices(export) == [100, 200, 300]


def test_what_stands_on_another_sheet_does_not_matter() -> None:
    def change(text: str) -> str:
        rows = '<table:table-row table:number-rows-repeated="3" table:visibility="filter">'
        cells = f'<table:table-cell table:number-columns-repeated="10" {ERROR}</table:table-cell>'
        sheet = f'<table:table table:name="Notes">{rows}{cells}</table:table-row>'
        return text.replace("<table:table ", sheet + "</table:table><table:table ", 1)

    export = read_bytes(edited(change))
    assert not blockers(export)
    assert "rows-hidden" not in codes(export)


def test_an_error_repeated_beyond_all_reason_is_refused() -> None:
    def change(text: str) -> str:
        front, _, last = text.replace(SPONSOR, ERROR).rpartition("<table:table-row>")
        return f'{front}<table:table-row table:number-rows-repeated="2000000000">{last}'

    assert refused(edited(change)).findings[0].code == "workbook-too-large"


def test_a_damaged_table_that_the_parser_never_leaves_is_refused() -> None:
    data = edited(lambda text: text.replace("</table:table>", "</table:ta[ble>"))
    error = refused(data, Limits(child_seconds=1))
    assert error.findings[0].code == "workbook-too-large"


def test_a_small_workbook_is_not_waited_for_as_a_large_one_is() -> None:
    limits = Limits()
    seconds = [limits.seconds_for(size) for size in (0, 4_900, 5 << 20, 51 << 20)]
    assert seconds == [15, 15, 65, 120]


def test_a_comment_on_a_cell_is_never_a_part_of_it() -> None:
    comment = "<office:annotation><text:p>Klara Sentinel</text:p></office:annotation>"
    text = SPONSOR.replace("<text:p>", f"{comment}<text:p>")
    export = read_bytes(edited(lambda content: content.replace(SPONSOR, text)))
    assert {one.sponsor for one in sessions(export)} == {"Blue Heron Insurance"}
    assert not codes(export)
    alone = read_bytes(edited(lambda content: content.replace(SPONSOR, f">{comment}")))
    assert {one.sponsor for one in sessions(alone)} == {""}
    assert "rows-not-whole" not in codes(alone)


def test_what_was_there_before_a_change_is_not_read() -> None:
    before = (
        '<table:tracked-changes><table:cell-content-change table:id="ct1"><table:previous>'
        f"<table:change-track-table-cell {SPONSOR.replace('Blue', 'Grey')}"
        "</table:change-track-table-cell></table:previous></table:cell-content-change>"
        "</table:tracked-changes><table:table "
    )
    export = read_bytes(edited(lambda content: content.replace("<table:table ", before, 1)))
    assert {one.sponsor for one in sessions(export)} == {"Blue Heron Insurance"}
    assert prices(export) == [100, 200, 300]


def test_a_drawing_over_a_cell_is_no_part_of_it_and_asked_about() -> None:
    drawing = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    for inside, blocked in (("see me", True), ("", False)):
        text = SPONSOR.replace("<text:p>", f"{drawing.format(inside)}<text:p>")

        def change(content: str, text: str = text) -> str:
            named = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:table='
            return content.replace("xmlns:table=", named, 1).replace(SPONSOR, text, 1)

        assert ("rows-not-whole" in blockers(read_bytes(edited(change)))) == blocked


def test_a_text_that_has_no_type_is_asked_about() -> None:
    untyped = SPONSOR.replace('office:value-type="string"', "")
    export = read_bytes(edited(lambda content: content.replace(SPONSOR, untyped, 1)))
    assert the(export, "rows-not-whole").rows == (2,)


def test_rows_that_are_folded_away_are_said() -> None:
    def change(content: str) -> str:
        front, last = content.rsplit("<table:table-row>", 1)
        row, behind = last.split("</table:table-row>", 1)
        group = '<table:table-row-group table:display="false"><table:table-row>'
        return f"{front}{group}{row}</table:table-row></table:table-row-group>{behind}"

    export = read_bytes(edited(change))
    assert the(export, "rows-hidden").rows == (4,)
    assert prices(export) == [100, 200, 300]


def test_a_million_blank_rows_below_the_payments_cost_nothing() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table>'
    )
    export = read_bytes(edited(lambda content: content.replace("</table:table>", blank)))
    assert prices(export) == [100, 200, 300]
    assert not codes(export)
