"""No row vanishes: cells without addresses, and what the parser passes over, are found again."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.exports.samples import blockers, codes, prices, read_bytes, row, table, the, workbook
from tests.exports.workbook.raw_workbook import (
    STRICT_NAMESPACE,
    USUAL_NAMESPACE,
    cells_of,
    formula,
    header_row,
    raw_workbook,
    row_of,
    text,
)

FIRST, SECOND, THIRD = (row_of(cells_of(row(price=price))) for price in ("1", "2", "3"))
FORMS = [
    ("", USUAL_NAMESPACE),
    ("x", USUAL_NAMESPACE),
    ("", STRICT_NAMESPACE),
]
forms = pytest.mark.parametrize(("prefix", "namespace"), FORMS)


@forms
def test_a_row_of_formulas_is_found_without_addresses_too(prefix: str, namespace: str) -> None:
    for last in ("", THIRD):
        rows = header_row() + FIRST + row_of([formula()] * 10) + last
        export = read_bytes(raw_workbook(rows, prefix=prefix, namespace=namespace))
        assert the(export, "date-unreadable").rows == (3,)
        assert the(export, "type-unreadable").rows == (3,)
        assert export.rows == 2 + bool(last)


@pytest.mark.parametrize("kind", ['t="str"', 't="s"', 't="n"', 't="b"', ""])
def test_a_formula_has_no_value_whatever_it_would_give(kind: str) -> None:
    export = read_bytes(raw_workbook(header_row() + FIRST + row_of([formula(kind)] * 10)))
    assert the(export, "date-unreadable").rows == (3,)


@pytest.mark.parametrize(
    "formula", ['<f t="shared" si="0"/>', '<f t="array" ref="A3:J3">B1</f>', "<f/><v/>"]
)
def test_formulas_shared_or_over_several_cells_are_formulas(formula: str) -> None:
    rows = header_row() + FIRST + row_of([f"<c>{formula}</c>"] * 10)
    assert the(read_bytes(raw_workbook(rows)), "date-unreadable").rows == (3,)


@forms
@pytest.mark.parametrize("attributes", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])
def test_a_row_that_is_not_shown_is_said_without_addresses_too(
    attributes: str, prefix: str, namespace: str
) -> None:
    rows = header_row() + FIRST + SECOND.replace("<row", f"<row {attributes}") + THIRD
    export = read_bytes(raw_workbook(rows, prefix=prefix, namespace=namespace))
    assert the(export, "rows-hidden").rows == (3,)
    assert prices(export) == [100, 200, 300]


def test_rows_without_a_height_are_hidden_where_the_sheet_says_so() -> None:
    rows = header_row() + FIRST.replace("<row", '<row ht="15"') + SECOND
    data = raw_workbook(rows, before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>')
    assert the(read_bytes(data), "rows-hidden").rows == (3,)
    usual = raw_workbook(rows, before='<sheetFormatPr defaultRowHeight="0"/>')
    assert "rows-hidden" not in codes(read_bytes(usual))


def test_addresses_here_and_there_are_followed() -> None:
    fourth = SECOND.replace("<row", '<row spans="1:10" r="6"')
    rows = header_row() + FIRST + fourth + row_of([formula()] * 10, 'hidden="1"')
    export = read_bytes(raw_workbook(rows))
    assert the(export, "date-unreadable").rows == (7,)
    assert the(export, "rows-hidden").rows == (7,)


@pytest.mark.parametrize(
    "second",
    [
        # The parser takes the last of two.
        SECOND.replace("<row", '<row r="2"'),
        row_of([cell.replace("<c", '<c r="A2"') for cell in cells_of(row())[:1]], 'r="2"'),
        row_of(cells_of(row()), 'r="3"') + row_of(cells_of(row()), 'r="3"'),
    ],
)
def test_a_row_or_cell_that_is_there_twice_is_asked_about(second: str) -> None:
    export = read_bytes(raw_workbook(header_row() + FIRST + second))
    assert "rows-not-whole" in blockers(export)


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="inlineStr"><v>Blue Heron</v></c>',
        '<c t="str"><v><![CDATA[Blue Heron]]></v></c>',
        "<c><v>6<!-- -->5</v></c>",
    ],
)
def test_a_cell_that_the_parser_passes_over_is_asked_about(cell: str) -> None:
    rows = header_row() + FIRST + row_of(cells_of(row(), sponsor=cell))
    export = read_bytes(raw_workbook(rows))
    assert the(export, "rows-not-whole").rows == (3,)
    assert the(export, "rows-not-whole").is_blocker


def test_rows_in_a_second_table_of_the_sheet_are_asked_about() -> None:
    rows = header_row() + FIRST + "</sheetData><sheetData>" + SECOND
    assert the(read_bytes(raw_workbook(rows)), "rows-not-whole").rows == (3,)


@pytest.mark.parametrize("blank", ["", " ", "<r><t></t></r>"])
def test_empty_texts_are_no_cells_that_are_missing(blank: str) -> None:
    strings = f"<si>{blank if blank[:1] == '<' else f'<t>{blank}</t>'}</si><si><t>x</t></si>"
    shared = '<c t="s"><v>0</v></c>'
    rows = header_row() + FIRST + row_of([shared] * 10)
    rows += row_of(cells_of(row(), sponsor=shared, professional=text(" ")))
    rows += row_of(cells_of(row(), sponsor='<c t="str"><f>A1</f><v></v></c>'))
    rows += row_of(["<c/>", '<c s="1"><v/></c>', text("")])
    export = read_bytes(raw_workbook(rows, strings=strings))
    assert export.rows == 3
    assert not blockers(export)


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576", "C7:D9"])
def test_what_a_sheet_says_of_its_own_size_is_not_believed(dimension: str) -> None:
    rows = header_row() + FIRST + SECOND + row_of([], 'r="9"')
    data = raw_workbook(rows, before=f'<dimension ref="{dimension}"/>')
    assert prices(read_bytes(data)) == [100, 200]
    assert not blockers(read_bytes(data))


def test_a_large_sheet_without_addresses_is_counted_too() -> None:
    many = "".join(row_of(cells_of(row(service=f"Session {i}"))) for i in range(3_000))
    export = read_bytes(raw_workbook(header_row() + many + row_of([formula()] * 10) + FIRST))
    assert export.rows == 3_002
    assert the(export, "date-unreadable").rows == (3_002,)


def test_a_sheet_is_found_whatever_the_case_of_its_part() -> None:
    other = workbook(table(row()), others={"Notes": [["x"]]}, edit={"A2": "=1"})
    parts = {
        f"xl/worksheets/sheet{number}.xml": f"xl/worksheets/Sheet{number}.xml" for number in (1, 2)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(other)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(parts.get(name, name), old.read(name))
    export = read_bytes(out.getvalue())
    assert the(export, "date-unreadable").rows == (2,)
    assert "sheet-not-checked" not in codes(export)
