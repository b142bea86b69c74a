"""Files that LibreOffice opened and saved again: the answer stays the same.

Needs ``soffice`` (Debian package libreoffice-calc); without it these tests are skipped.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from kara_tui.exports import ExportKind, read
from kara_tui.model import Session
from kara_tui.settings import demo_folder
from tests.exports.cases import CORPUS, cases, check, reading
from tests.exports.samples import Cell, as_csv, blockers, codes, row, sessions, table, workbook

SOFFICE = shutil.which("soffice") or ""
pytestmark = pytest.mark.skipif(not SOFFICE, reason="libreoffice-calc is not installed")

# Which format LibreOffice writes. Its words for CSV are separator, quotation mark and encoding as
# numbers; 76 is UTF-8, 1 is Windows' own.
FORMATS = {
    "ods": "ods",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76",
    "semicolons": "csv:Text - txt - csv (StarCalc):59,34,1",
}
OPENED_AS_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76"

# Files of the corpus whose shape must outlive LibreOffice: titles, totals, notes, quoted cells.
SHAPES = {
    case.name: case
    for case in cases()
    if (case.name.startswith("report-") and not case.name.endswith(".xlsx"))
    or case.name
    in (
        "portal-quoted-cells.csv",
        "portal-two-currencies.csv",
        "libreoffice-sum-below.csv",
        "excel-subtotals.csv",
        "broken-amount-alone.csv",
    )
}

# No session begins at midnight here: a sheet holds a whole day number for it, as for a date alone.
ROWS = (
    row(),
    row(price="1234.5", date="2026-10-31 23:59:00", sponsor="Norðurljós ehf."),
    row(price="-0.1", date="2026-10-01 00:01:00", service='Two, "quoted"'),
    row(type="Credit Card"),
    row(date="2026-11-01 00:00:00"),
)
DOTTED = [
    dict(each) | {"Transaction date": date, "Service Price": price}
    for each, date, price in zip(
        ROWS,
        (
            "14.10.2026 14:30",
            "31.10.2026 23:59",
            "01.10.2026 00:01",
            "14.10.2026 14:30",
            "1.11.2026",
        ),
        ("65,00", "1.234,50", "-0,10", "65,00", "65,00"),
        strict=True,
    )
]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus before LibreOffice has seen it."""
    folder = tmp_path_factory.mktemp("originals")
    shutil.copy(demo_folder() / "payments-paid.csv", folder / "portal.csv")
    (folder / "iso.csv").write_text(as_csv(ROWS), "utf-8")
    (folder / "dotted.csv").write_text(as_csv(DOTTED), "utf-8")
    framed: list[list[Cell]] = [
        ["Payments of October"],
        [],
        *table(*ROWS),
        [],
        [None, None, None, "Total", 1429.4],
    ]
    framed.append(["Generated on 2 November"])
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(framed, others={"Old": table(row(price="1"))}, hidden=["Old"]))
    )
    book.move_sheet("Old", 1)  # as CSV, LibreOffice saves the first sheet
    book.active = 0
    book.save(folder / "framed.xlsx")
    for name in SHAPES:
        shutil.copy(CORPUS / name, folder)
    return folder


@pytest.fixture(scope="module")
def saved(originals: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus opened by LibreOffice and saved in every format, a folder for each."""
    folder = tmp_path_factory.mktemp("saved")
    texts = sorted(originals.glob("*.csv"))
    _convert("ods", folder / "opened", texts, OPENED_AS_CSV)
    opened = [*sorted((folder / "opened").iterdir()), originals / "framed.xlsx"]
    for name, written in FORMATS.items():
        _convert(written, folder / name, opened)
    return folder


def _convert(written: str, out: Path, files: Sequence[Path], *options: str) -> None:
    settings = out.parent / "settings"  # its own: a LibreOffice that is open must not be asked
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={settings.as_uri()}", "--headless", *options,
         "--convert-to", written, "--outdir", out, *files],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def _answer(path: Path) -> tuple[Session, ...]:
    """The sessions of October, whatever file and row they stand in."""
    export = read(path, ExportKind.PAID)
    assert not blockers(export)
    assert "footer-differs" not in codes(export)
    return tuple(replace(each, row=0, source="") for each in sessions(export))


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize("name", ["portal.csv", "iso.csv", "dotted.csv", "framed.xlsx"])
def test_what_libreoffice_saved_gives_the_same_sessions(
    originals: Path, saved: Path, name: str, written: str
) -> None:
    ending = FORMATS[written].partition(":")[0]
    again = saved / written / Path(name).with_suffix(f".{ending}").name
    assert _answer(again) == _answer(originals / name)


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize("name", SHAPES)
def test_the_answer_of_the_corpus_outlives_libreoffice(
    saved: Path, name: str, written: str
) -> None:
    ending = FORMATS[written].partition(":")[0]
    again = saved / written / Path(name).with_suffix(f".{ending}").name
    check(SHAPES[name], reading(SHAPES[name], again))


@pytest.mark.parametrize("written", ["ods", "xlsx", "xls"])
def test_what_is_not_as_it_seems_is_named_in_every_form_that_libreoffice_saves(
    tmp_path: Path, written: str
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(table(*(row(price=str(price)) for price in range(1, 11)))))
    )
    sheet = book["Payments"]
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("H4:H6")
    sheet.merge_cells("A8:A9")
    sheet.merge_cells("E10:E11")
    sheet["D7"], sheet["G10"] = "=1/0", "=NA()"
    sheet["E8"].number_format, sheet["E8"].value = "0%", 0.5
    sheet["I3"].number_format, sheet["I3"].value = "hh:mm", 1 / 24
    sheet["H3"].comment = Comment("Klara Sentinel", "Klara Sentinel")
    book.save(tmp_path / "odd.xlsx")
    _convert(FORMATS[written], tmp_path / "saved", [tmp_path / "odd.xlsx"])
    export = read(next((tmp_path / "saved").iterdir()), ExportKind.PAID)
    found = {(one.code, one.column): one.rows for one in export.findings}
    assert found == {
        ("rows-hidden", ""): (4,),
        ("cells-merged", "Sponsor"): (5, 6),
        ("cells-merged", "Transaction date"): (9,),
        ("merged-unclear", "Service Price"): (10, 11),
        ("text-unreadable", "Service Name"): (7,),
        ("type-unreadable", "Type"): (10,),
        ("price-unreadable", "Service Price"): (8, 11),
    }
    assert export.typed["professional"] == {"time": frozenset({3})}
    assert "Sentinel" not in str(export.frame.collect())
