"""Workbooks: parsed in a child process that may die, taken over exactly."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from kara_tui.exports import Limits
from kara_tui.exports.files.source import open_source
from kara_tui.exports.workbook.start_child import start_child
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    Cell,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_text,
    refused,
    repacked,
    row,
    sessions,
    table,
    the,
    workbook,
)
from tests.exports.workbook.xlsb import xlsb

ROWS = (row(), row(price="80", date="2026-10-31 23:59:59"), row(type="Cash"))


def test_a_workbook_gives_the_same_sessions_as_the_csv() -> None:
    from_workbook = sessions(read_bytes(workbook(table(*ROWS))))
    assert from_workbook == sessions(read_text(as_csv(ROWS)))


def test_rows_are_the_sheet_s_own_wherever_the_table_begins() -> None:
    # fastexcel shifted rows when the sheet began further down.
    data = workbook([["Payments of October"], [], *table(*ROWS)], top=4, left=3)
    export = read_bytes(data)
    assert [session.row for session in sessions(export)] == [7, 8]
    assert the(export, "rows-above").message.startswith("1 row ")


def test_the_sheet_is_chosen_by_its_header_and_hidden_ones_are_ignored() -> None:
    old = table(row(price="1"), row(price="2"), row(price="3"))
    data = workbook(
        table(row()), others={"Notes": [["Type", "Sponsor"], ["x", "y"]], "Old": old},
        hidden=["Old"],
    )  # fmt: skip
    assert prices(read_bytes(data)) == [6500]


def test_three_hundred_doubles_of_ten_cents_make_thirty() -> None:
    export = read_bytes(workbook(table(*(row(price="0.1") for _ in range(300)))))
    assert sum(prices(export)) == 3000


def test_a_double_is_its_amount_and_a_fraction_of_a_cent_blocks() -> None:
    rows = table(row(), row(), row())
    for cells, value in zip(rows[1:], (1234.56, 65.005, 1e15), strict=True):
        cells[4] = value
    export = read_bytes(workbook(rows))
    assert prices(export) == [123456]
    assert the(export, "price-fraction").rows == (3,)
    assert the(export, "price-too-large").rows == (4,)


@pytest.mark.parametrize(
    ("stored", "cents"),
    [
        (88.85000000000001, 8885),
        (0.1 + 0.2, 30),
        (64.99999999999999, 6500),
        (9_999_999_999.99, 999_999_999_999),
        (1e10, 10**12),
        (-65.1, -6510),
    ],
)
def test_a_number_is_what_a_spreadsheet_shows_of_it(stored: float, cents: int) -> None:
    rows = table(row())
    rows[1][4] = stored
    assert prices(read_bytes(workbook(rows))) == [cents]


@pytest.mark.parametrize("stored", [88.855, 65.0000000001, 1e-5, 5e-324])
def test_a_fraction_of_a_cent_that_a_spreadsheet_can_show_blocks(stored: float) -> None:
    rows = table(row())
    rows[1][4] = stored
    export = read_bytes(workbook(rows))
    assert blockers(export) == {"price-fraction"}
    assert "e-" not in the(export, "price-fraction").message


@pytest.mark.parametrize("number", [b"NaN", b"inf", b"-inf", b"1E400"])
@pytest.mark.parametrize(("place", "code"), [(0, "date-unreadable"), (4, "price-unreadable")])
def test_what_is_no_number_though_a_sheet_calls_it_one_is_named(
    number: bytes, place: int, code: str
) -> None:
    rows = table(row(), row())
    rows[1][place] = 12345.25
    cell = {"xl/worksheets/sheet1.xml": (b"<v>12345.25</v>", b"<v>" + number + b"</v>")}
    assert the(read_bytes(repacked(workbook(rows), cell)), code).rows == (2,)


def test_numbers_stored_as_text_and_texts_as_numbers_are_read() -> None:
    rows = table(row(), row())
    rows[1][4], rows[2][4] = "65,00", 65
    rows[1][7] = 4711
    export = read_bytes(workbook(rows))
    assert prices(export) == [6500, 6500]
    assert sessions(export)[0].sponsor == "4711"


def test_dates_may_be_dates_texts_and_day_numbers_in_one_column() -> None:
    rows = table(*(row() for _ in range(4)))
    values: tuple[Cell, ...] = (
        date(2026, 10, 1),
        datetime(2026, 10, 2, 9),
        "2026-10-03 10:00",
        46299.5,
    )
    for cells, value in zip(rows[1:], values, strict=True):
        cells[0] = value
    export = read_bytes(workbook(rows))
    assert [f"{s.date} {s.time}" for s in sessions(export)] == [
        "2026-10-01 None",
        "2026-10-02 09:00:00",
        "2026-10-03 10:00:00",
        "2026-10-04 12:00:00",
    ]


def test_day_numbers_of_a_workbook_that_counts_from_1904_are_counted_from_1904() -> None:
    rows = table(row())
    rows[1][0] = 46299 - 1462
    data = workbook(rows)
    part = "xl/workbook.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        before = b"<workbookPr />" if b"<workbookPr />" in archive.read(part) else b"<workbookPr/>"
    data = repacked(data, {part: (before, b'<workbookPr date1904="1"/>')})
    assert str(sessions(read_bytes(data))[0].date) == "2026-10-04"


def test_errors_and_formulas_without_a_value_are_named_and_not_taken_for_nothing() -> None:
    rows = table(*(row() for _ in range(4)))
    data = workbook(rows, edit={"E2": "=1+1", "E3": "#REF!", "A4": "#N/A"})
    export = read_bytes(data)
    price = the(export, "price-unreadable")
    assert price.rows == (2, 3)
    assert "a formula without a stored value" in price.message
    assert "the error #N/A" in the(export, "date-unreadable").message
    assert len(sessions(export)) == 1


def test_a_formula_with_a_stored_value_is_its_value() -> None:
    data = workbook(table(row()), edit={"E2": "=60+5"})
    data = repacked(data, {"xl/worksheets/sheet1.xml": (b"<v></v>", b"<v>65</v>")})
    assert prices(read_bytes(data)) == [6500]


def test_blank_rows_and_columns_and_a_total_are_told_from_payments() -> None:
    rows = table(*ROWS)
    rows = [*rows[:2], [], *rows[2:], [], [None, None, None, "Total", 210]]
    export = read_bytes(workbook([[None, *cells] for cells in rows]))
    assert export.rows == 3
    assert [session.row for session in sessions(export)] == [2, 4]
    assert the(export, "footer-left-out").rows == (7,)
    assert "footer-differs" not in codes(export)


def test_a_workbook_by_any_other_name_is_a_workbook() -> None:
    assert prices(read_bytes(workbook(table(row())), name="payments.csv")) == [6500]


def test_a_missing_column_of_a_workbook_is_named_with_its_box() -> None:
    rows = [cells[:7] for cells in table(row())]
    error = refused(workbook(rows))
    assert [finding.code for finding in error.findings] == ["column-missing"] * 2


def test_a_workbook_without_a_header_is_no_export() -> None:
    assert refused(workbook([["a", "b"], [1, 2]])).findings[0].code == "header-missing"


def test_a_cell_at_the_end_of_the_sheet_ends_the_child_and_not_kara_tui() -> None:
    # 1.6 KB that made the parser ask for 17 thousand million cells and abort the process.
    data = workbook([[1]], sheet="Payments", edit={"XFD1048576": 1})
    assert len(data) < 10_000
    assert refused(data).findings[0].code == "workbook-too-large"


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_torn_workbook_is_said_to_be_torn(part: float) -> None:
    data = workbook(table(*ROWS))
    assert refused(data[: int(len(data) * part)]).findings[0].code == "workbook-torn"


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert refused(out.getvalue()).findings[0].code == "workbook-too-large"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_file_with_one_export_in_it_is_that_export() -> None:
    text = as_csv(ROWS).encode()
    inside = {"payments.csv": text, "__MACOSX/._payments.csv": b"notes"}
    assert prices(read_bytes(zipped(**inside), name="payments.zip")) == [6500, 8000]
    assert prices(read_bytes(zipped(a=workbook(table(row()))))) == [6500]


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Payments">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def open_document(rows: list[list[Cell]]) -> bytes:
    """An ODS as LibreOffice writes it, cut down to its cells."""

    def cell(value: Cell) -> str:
        kind = f'office:value-type="string"><text:p>{value}</text:p>'
        if isinstance(value, datetime):
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}">'
        elif isinstance(value, float):
            kind = f'office:value-type="float" office:value="{value}">'
        return f"<table:table-cell {kind}</table:table-cell>"

    lines = ("<table:table-row>" + "".join(map(cell, each)) + "</table:table-row>" for each in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows="".join(lines)))
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def test_an_open_document_gives_the_same_sessions() -> None:
    from_ods = sessions(read_bytes(open_document(table(*ROWS)), name="payments.ods"))
    assert [(s.row, s.date, s.time, s.price) for s in from_ods] == [
        (s.row, s.date, s.time, s.price) for s in sessions(read_text(as_csv(ROWS)))
    ]


@pytest.mark.parametrize("members", [{}, {"a.csv": b"x", "b.csv": b"y"}])
def test_a_zip_file_with_no_export_or_several_is_unclear(members: dict[str, bytes]) -> None:
    assert refused(zipped(**members)).findings[0].code == "archive-unclear"


def test_what_is_packed_too_tightly_is_not_unpacked() -> None:
    assert refused(zipped(a=b"0" * 50_000_000)).findings[0].code == "file-too-large"
    within = Limits(unpacked_bytes=100)
    assert refused(zipped(a=as_csv(ROWS).encode()), within).findings[0].code == "file-too-large"


def test_too_many_members_are_refused() -> None:
    assert (
        refused(workbook(table(row())), Limits(members=3)).findings[0].code == "workbook-too-large"
    )


def test_an_encrypted_workbook_is_said_to_be_protected() -> None:
    # An encrypted XLSX is an OLE file whose directory has an entry EncryptedPackage.
    begun = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entry = "EncryptedPackage".encode("utf-16-le")
    assert refused(begun + bytes(512) + entry).findings[0].code == "workbook-encrypted"
    assert refused(begun).findings[0].code == "workbook-torn"


def test_an_old_xls_workbook_is_read() -> None:
    # Written by xlwt 1.3, with a title row above the table.
    data = (Path(__file__).parent / "payments.xls").read_bytes()
    export = read_bytes(data, name="payments.xls")
    assert [(s.row, s.price.minor) for s in sessions(export)] == [(3, 6500), (4, 8000)]
    assert "Klara" not in repr(export)


def test_xml_entities_are_not_unfolded() -> None:
    data = workbook(table(row()), edit={"E2": "=1+1"})
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    data = repacked(data, {"xl/worksheets/sheet1.xml": (b"<worksheet", bomb)})
    assert refused(data).findings[0].code.startswith("workbook-")


def test_a_workbook_with_too_many_payments_is_refused() -> None:
    error = refused(workbook(table(row(), row())), Limits(rows=1))
    assert error.findings[0].code == "workbook-too-large"


def test_dropped_columns_of_a_workbook_are_listed_by_header() -> None:
    assert read_bytes(workbook(table(row()))).dropped == ("Client Name", "Client Email")


def test_only_allowed_columns_leave_the_child() -> None:
    data = io.BytesIO(workbook(table(row())))
    source = open_source(data, None, Limits())
    with source.file:
        child = start_child(source, HowToRead(), Limits())
        said = child.communicate()[0].decode()
    assert "Client Name" in said
    assert "Blue Heron Insurance" in said
    assert "klara" not in said.casefold()


def test_the_columns_are_the_same_as_openpyxl_sees_them() -> None:
    data = workbook(table(*ROWS))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Payments"]
    assert [cell.value for cell in sheet[1]] == list(HEADER)


@pytest.mark.parametrize("left", [1, 3])
def test_a_note_below_a_sheet_s_table_is_left_out_and_said(left: int) -> None:
    rows = table(*ROWS)
    at = {"A7": "Generated on 2 November"}
    export = read_bytes(workbook(rows, left=left, edit=at))
    assert prices(export) == [6500, 8000]
    assert the(export, "note-left-out").rows == (7,)
    assert not blockers(export)


def test_a_type_alone_is_no_note() -> None:
    header, first = table(row())
    front = [header[6], *header[:6], *header[7:]], [first[6], *first[:6], *first[7:]]
    export = read_bytes(workbook([*front, ["Credit"]]))
    assert the(export, "date-unreadable").rows == (3,)
    assert "note-left-out" not in codes(export)


def test_a_binary_workbook_gives_the_same_sessions() -> None:
    assert sessions(read_bytes(xlsb(table(*ROWS)))) == sessions(read_text(as_csv(ROWS)))


def test_a_binary_workbook_counts_days_from_1904_when_it_says_so() -> None:
    rows = table(row())
    rows[1][0] = 46299 - 1462
    [session] = sessions(read_bytes(xlsb(rows, epoch_1904=True)))
    assert str(session.date) == "2026-10-04"
