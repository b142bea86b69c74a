"""Themes: what is refused before anything is set, in sentences and without the data."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kara_tui.documents import DocumentError, invoice_pdf, invoice_png
from kara_tui.documents.coverage import uncovered
from kara_tui.model import Invoice
from tests.documents.paper import read
from tests.documents.samples import CLASSIC, SUPPLIER, credit_note, invoice, line

ROOT = Path(__file__).parents[2]
REGULAR = CLASSIC / "fonts" / "Inter" / "Inter-Regular.ttf"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A copy of the classic theme to change."""
    return Path(shutil.copytree(CLASSIC, tmp_path / "mine"))


def refusal(bill: Invoice, theme: Path) -> str:
    with pytest.raises(DocumentError) as caught:
        invoice_pdf(bill, theme)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def edited(theme: Path, file: str, old: str, new: str) -> Path:
    path = theme / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return theme


def test_a_character_without_a_shape_is_named_with_its_place() -> None:
    bill = invoice([line(1), line(2), line(3, sponsor="Fyrirtæki 漢 ehf.")])

    assert refusal(bill, CLASSIC) == (
        "“漢” (U+6F22) in the sponsor of line 3 has no shape in the font Inter, so it cannot be "
        "printed. Write it in other letters, or choose a theme whose font has it."
    )


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"number": "漢"}, "the invoice number"),
        ({"supplier": type(SUPPLIER)("漢", (), "IS")}, "the supplier's name"),
        ({"customer": type(SUPPLIER)("A", ("a", "漢"), "IS")}, "line 2 of the customer's address"),
    ],
)
def test_the_place_is_named_wherever_it_is(changes: dict[str, Any], place: str) -> None:
    assert f"(U+6F22) in {place} has no shape" in refusal(invoice(**changes), CLASSIC)


def test_the_reason_of_a_credit_note_is_a_place_too() -> None:
    sentence = refusal(credit_note(reason="漢字"), CLASSIC)
    assert "“漢” (U+6F22) in the reason of the credit note" in sentence
    assert "1 more" in sentence


@pytest.mark.parametrize("char", ["\ue000", "\U000f0000", "\ud800", "\uffff"])
def test_a_character_without_a_meaning_is_named_by_its_code_alone(char: str) -> None:
    sentence = refusal(invoice([line(service=f"a{char}b")]), CLASSIC)
    assert sentence.startswith(f"The character U+{ord(char):04X} in the service of line 1")
    assert sentence.encode("utf-8")


def test_the_preview_refuses_what_the_invoice_refuses() -> None:
    with pytest.raises(DocumentError, match=r"U\+6F22"):
        invoice_png(invoice([line(service="漢")]), CLASSIC)


def test_the_older_character_map_tells_the_same(tmp_path: Path) -> None:
    """A font may carry only a format 4 subtable, which holds the first 65 536 characters."""
    data = REGULAR.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[12 + 16 * n : 16 + 16 * n]: 12 + 16 * n for n in range(count)}
    at, _ = struct.unpack_from(">II", data, tables[b"cmap"] + 8)
    number = struct.unpack_from(">H", data, at + 2)[0]
    records = [struct.unpack_from(">HHI", data, at + 4 + 8 * n) for n in range(number)]
    offset = next(
        offset for *_, offset in records if struct.unpack_from(">H", data, at + offset)[0] == 4
    )
    length = struct.unpack_from(">H", data, at + offset + 2)[0]
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + data[at + offset : at + offset + length]
    old = tmp_path / "old.ttf"
    old.write_bytes(
        struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0)
        + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap))
        + cmap
    )

    everything = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert uncovered(everything, old) == uncovered(everything, REGULAR)
    assert uncovered("Þórabcæ–…€", REGULAR) == set()


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0", b"wOF2" + b"x" * 100, b"PK\3\4" * 50])
def test_a_file_that_is_no_font_is_named(theme: Path, content: bytes) -> None:
    (theme / "fonts" / "Inter" / "Broken.ttf").write_bytes(content)
    assert "font file Broken.ttf cannot be read" in refusal(invoice(), theme)


@pytest.mark.parametrize("file", ["invoice.typ", "theme.toml"])
def test_a_folder_that_is_no_theme_says_what_is_missing(theme: Path, file: str) -> None:
    (theme / file).unlink()
    assert f"theme mine has no {file}" in refusal(invoice(), theme)


def test_a_theme_that_is_no_text_is_refused(theme: Path) -> None:
    (theme / "invoice.typ").write_bytes(b"\xff\xfe")
    assert "must be UTF-8 text" in refusal(invoice(), theme)


@pytest.mark.parametrize("fonts", ['"Inter"', "[]", '{a = "b"}'])
def test_a_theme_names_its_fonts_in_a_list(theme: Path, fonts: str) -> None:
    edited(theme, "theme.toml", '["Inter"]', fonts)
    assert 'fonts = ["Inter"]' in refusal(invoice(), theme)


def test_a_family_without_files_is_named(theme: Path) -> None:
    edited(theme, "theme.toml", '["Inter"]', '["Inter", "Gilroy"]')
    assert "no font files for 'Gilroy'" in refusal(invoice(), theme)


def test_a_folder_that_does_not_hold_its_family_is_named(theme: Path) -> None:
    (theme / "fonts" / "Inter").rename(theme / "fonts" / "Roboto")
    edited(theme, "theme.toml", '["Inter"]', '["Roboto"]')
    assert "do not hold the family Roboto" in refusal(invoice(), theme)


def test_a_font_of_the_system_does_not_stand_in_for_one_of_the_theme(
    theme: Path, tmp_path: Path
) -> None:
    """The machine has a family Intra; the theme names it and ships Inter."""
    (theme / "fonts" / "Inter").rename(theme / "fonts" / "Intra")
    edited(theme, "theme.toml", '["Inter"]', '["Intra"]')
    for folder in (tmp_path / ".local" / "share" / "fonts", tmp_path / "Library" / "Fonts"):
        folder.mkdir(parents=True)
        renamed = REGULAR.read_bytes().replace("Inter".encode("utf-16-be"), b"\0I\0n\0t\0r\0a")
        (folder / "Intra.ttf").write_bytes(renamed)
    program = (
        "import pathlib, sys, typst\n"
        "assert 'Intra' in typst.Fonts().families()\n"
        "from kara_tui.documents import DocumentError, invoice_pdf\n"
        "from tests.documents.samples import invoice\n"
        "try:\n"
        "    invoice_pdf(invoice(), pathlib.Path(sys.argv[1]))\n"
        "except DocumentError as error:\n"
        "    print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(theme)],
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "do not hold the family Intra" in said


@pytest.mark.parametrize(
    "line_of_code",
    ['#import "@preview/cetz:0.3.0"', '#import("@local/x:1.0.0")', '#include " @preview/x:1.0.0"'],
)
@pytest.mark.parametrize("file", ["invoice.typ", "parts/table.typ"])
def test_a_theme_that_would_fetch_a_package_is_refused(
    theme: Path, file: str, line_of_code: str
) -> None:
    path = theme / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{line_of_code}\n", encoding="utf-8")
    assert "would be fetched from the network" in refusal(invoice(), theme)


def test_a_theme_may_have_files_of_its_own(theme: Path) -> None:
    (theme / "parts.typ").write_text('#let greeting = "Með kveðju"\n', encoding="utf-8")
    edited(theme, "invoice.typ", "  let end =", "  [#greeting]\n  let end =")
    edited(theme, "invoice.typ", "#let ink =", '#import "parts.typ": greeting\n#let ink =')
    assert "Með kveðju Sessions" in read(invoice_pdf(invoice(), theme)).read_aloud


def test_a_theme_cannot_read_outside_its_folder(theme: Path) -> None:
    (theme.parent / "secret.txt").write_text("secret", encoding="utf-8")
    edited(theme, "invoice.typ", "#let ink =", '#let secret = read("../secret.txt")\n#let ink =')
    assert "has an error in invoice.typ, line" in refusal(invoice(), theme)


def test_an_error_in_a_theme_is_told_by_its_line_and_never_with_the_data(theme: Path) -> None:
    edited(theme, "invoice.typ", "  let end =", "  panic(data.author)\n  let end =")
    number = (theme / "invoice.typ").read_text(encoding="utf-8").split("panic")[0].count("\n") + 1

    sentence = refusal(invoice(), theme)
    assert f"theme mine has an error in invoice.typ, line {number}," in sentence
    assert SUPPLIER.name not in sentence
    assert SUPPLIER.name.split()[0] not in sentence
    assert "Typst says: panicked with: aaaaaaa" in sentence


def test_an_error_that_only_the_invoices_own_words_make_is_told_without_them(theme: Path) -> None:
    code = 'if data.author.contains("Birta") { panic(data.author) }'
    edited(theme, "invoice.typ", "  let end =", f"  {code}\n  let end =")
    sentence = refusal(invoice(), theme)
    assert "has an error in invoice.typ, line" in sentence
    assert "Typst says" not in sentence
    assert "Birta" not in sentence


def test_what_typst_says_of_a_mistake_is_told(theme: Path) -> None:
    edited(theme, "invoice.typ", "  let end =", "  let all = sum-of(data)\n  let end =")
    assert "Typst says: unknown variable: sum-of. Mend" in refusal(invoice(), theme)


def test_the_accent_is_the_themes_to_choose(theme: Path) -> None:
    edited(theme, "theme.toml", "#0b5a60", "#aa0000")
    assert invoice_pdf(invoice(), theme) != invoice_pdf(invoice(), CLASSIC)


def test_a_panic_in_typst_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object, **__: object) -> NoReturn:
        raise PanicException(SUPPLIER.name)

    monkeypatch.setattr("typst.compile_with_warnings", panic)
    sentence = refusal(invoice(), CLASSIC)
    assert "Typst failed" in sentence
    assert SUPPLIER.name not in sentence


def test_an_interrupt_is_not_taken_for_a_panic(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("typst.compile_with_warnings", interrupt)
    with pytest.raises(KeyboardInterrupt):
        invoice_pdf(invoice(), CLASSIC)


def test_the_fonts_licence_lies_beside_them() -> None:
    text = (REGULAR.parent / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in text
