"""The file: what it claims to be, what lies in it, and that it is the same every time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from kara_tui.documents import annex_csv, annex_xlsx, invoice_pdf, invoice_png
from kara_tui.documents.error import DocumentError
from kara_tui.model import Invoice, Mark
from tests.documents.samples import CLASSIC, SUPPLIER, credit_note, invoice, line, month_of

ROOT = Path(__file__).parents[2]


def opened(bill: Invoice) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(invoice_pdf(bill, CLASSIC)))


@pytest.mark.parametrize("name", ["Ægisdóttir", "Þóra Ægisdóttir og félagar " * 12])
def test_the_head_of_a_second_page_shows_one_line_with_all_of_its_letters(name: str) -> None:
    def rows_of_ink(name: str) -> int:
        bill = invoice(month_of(40), supplier=replace(SUPPLIER, name=name))
        drawn = invoice_png(bill, CLASSIC, page=2, pixels_per_inch=300)
        with Image.open(io.BytesIO(drawn)) as page:
            head = page.convert("L").crop((0, 0, page.width, 250))
            inked = head.point(lambda grey: 255 * (grey < 160)).getbbox()
        assert inked is not None
        return inked[3] - inked[1]

    # In Inter a g reaches some 0.2 of the size below the line: 6 of the 31 dots of 7.5 points.
    assert 4 <= rows_of_ink(name) - rows_of_ink("Ævisdóttir") <= 8


def test_it_claims_pdf_a_3a_and_pdf_ua_1() -> None:
    with opened(invoice()) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfaid:part"] == "3"
        assert xmp["pdfaid:conformance"] == "A"
        assert xmp["pdfuaid:part"] == "1"


def test_it_is_tagged_named_and_dated_by_the_issue_date() -> None:
    with opened(invoice(language="is")) as pdf, pdf.open_metadata() as xmp:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "is"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert xmp["dc:title"] == "Reikningur KC-0011 – Október 2026"
        assert xmp["dc:creator"] == ["Sálfræðistofan Birta ehf."]
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261102")
        assert str(pdf.docinfo["/Keywords"]) == "Reikningur, KC-0011, 2026-10"


def test_its_sessions_lie_in_it_as_the_csv_of_the_annex() -> None:
    bill = invoice([line(service="=1+1"), line(2, sponsor='Þ "q", é')])
    with opened(bill) as pdf:
        (name,) = pdf.attachments
        spec = pdf.attachments[name]
        assert name == "sessions.csv"
        assert spec.obj.AFRelationship == pikepdf.Name.Data
        assert spec.description
        assert spec.get_file().mime_type == "text/csv"
        assert spec.get_file().read_bytes() == annex_csv(bill)


def test_only_the_themes_fonts_are_in_it() -> None:
    with opened(invoice()) as pdf:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.resources.Font.values()
        }
    assert fonts == {"Inter-Regular", "Inter-SemiBold"}


def test_it_is_a4() -> None:
    with opened(invoice()) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_control_characters_in_names_do_not_break_its_metadata() -> None:
    supplier = invoice().supplier
    hostile = type(supplier)("Birta\x00\x0b <&>\u202e ehf.", ("\x1b[31m",), "IS")
    with (
        opened(invoice(supplier=hostile, number="A\x07\u20661")) as pdf,
        pdf.open_metadata() as xmp,
    ):
        assert xmp["dc:creator"] == ["Birta <&> ehf."]
        assert xmp["dc:title"] == "Invoice A 1 – October 2026"


def test_the_same_invoice_gives_the_same_bytes() -> None:
    bill = invoice(month_of(60))
    assert invoice_pdf(bill, CLASSIC) == invoice_pdf(bill, CLASSIC)


def test_another_process_place_day_and_locale_give_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib\n"
        "from kara_tui.documents import annex_xlsx, invoice_pdf\n"
        "from tests.documents.samples import CLASSIC, invoice\n"
        "data = invoice_pdf(invoice(), CLASSIC) + annex_xlsx(invoice())\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone,
                 "LC_ALL": locale, "SOURCE_DATE_EPOCH": epoch},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone, locale, epoch in (
            ("1", "UTC", "C", "1"), ("2", "Asia/Tokyo", "C.UTF-8", "9"),
        )
    }  # fmt: skip
    here = hashlib.sha256(invoice_pdf(invoice(), CLASSIC) + annex_xlsx(invoice())).hexdigest()
    assert digests == {f"{here}\n"}


def test_another_issue_date_gives_other_bytes() -> None:
    assert invoice_pdf(invoice(), CLASSIC) != invoice_pdf(
        invoice(issued_on=date(2026, 11, 3)), CLASSIC
    )


def test_a_preview_is_a_picture_of_the_page_asked_for() -> None:
    bill = invoice(month_of(60))
    first = invoice_png(bill, CLASSIC, pixels_per_inch=72)
    second = invoice_png(bill, CLASSIC, page=2, pixels_per_inch=72)

    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20], "big") == pytest.approx(595, abs=1)
    assert first != second
    assert invoice_png(invoice(month_of(3)), CLASSIC).startswith(b"\x89PNG")
    with pytest.raises(DocumentError, match="no page 4: the document has 3"):
        invoice_png(bill, CLASSIC, page=4)


@pytest.mark.skipif("VERA" not in os.environ, reason="VERA names no command that runs veraPDF")
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_it_compliant(flavour: str, tmp_path: Path) -> None:
    several = [line(n, professional=f"Þ {n % 3}", time=None) for n in range(1, 90)]
    bills = [
        invoice(),
        invoice(several, language="is", mark=Mark.SAMPLE),
        invoice([line(service="W" * 400)], number=None, language="de"),
        credit_note(language="sv"),
    ]
    files = [tmp_path / f"{number}.pdf" for number in range(len(bills))]
    for file, bill in zip(files, bills, strict=True):
        file.write_bytes(invoice_pdf(bill, CLASSIC))

    verdict = subprocess.run(
        [os.environ["VERA"], flavour, *map(str, files)], capture_output=True, text=True, check=True
    ).stdout
    assert verdict.count("compliant=true") == len(bills), verdict
