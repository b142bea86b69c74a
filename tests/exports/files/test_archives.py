"""ZIP files: what is in one is told by its directory and its members' contents, not by chance."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from tests.exports.samples import as_csv, prices, read_bytes, refused, row, table, workbook

CSV = as_csv([row(), row(price="80.00")]).encode()
XLSX = workbook(table(row(), row(price="80.00")))


def packed(members: dict[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("member", [("payments.csv", CSV), ("payments.xlsx", XLSX)])
def test_an_export_in_a_zip_file_is_read_however_it_was_packed(
    member: tuple[str, bytes], stored: bool
) -> None:
    assert prices(read_bytes(packed(dict([member]), stored=stored))) == [6500, 8000]


@pytest.mark.parametrize("text", ["xl/", "_rels/.rels", "[Content_Types].xml"])
def test_a_text_that_names_parts_of_a_workbook_is_still_a_text(text: str) -> None:
    data = as_csv([row(service=text), row(price="80.00")]).encode()
    assert prices(read_bytes(packed({"payments.csv": data}, stored=True))) == [6500, 8000]


def test_bytes_that_spell_a_workbook_s_part_by_chance_change_nothing() -> None:
    picture = b"\x89PNG" + random.Random(3).randbytes(2_000) + b"xl/_rels/[Content_Types].xml"
    data = packed({"logo.png": picture, "payments.csv": CSV}, stored=True)
    assert prices(read_bytes(data)) == [6500, 8000]


@pytest.mark.parametrize("folder", ["_rels/", "xl/", "export/", "../../etc/"])
def test_a_member_s_folder_says_nothing(folder: str) -> None:
    assert prices(read_bytes(packed({f"{folder}payments.csv": CSV}))) == [6500, 8000]


@pytest.mark.parametrize(
    "other",
    [
        ("readme.txt", b"Exported by the portal."),
        ("desktop.ini", b"[ViewState]"),
        ("Thumbs.db", b"\xd0\xcf\x11"),
        ("invoice.pdf", b"%PDF-1.7"),
        (".DS_Store", b"\0\0\0\1Bud1"),
        ("__MACOSX/._payments.csv", b"\0\5\26\7"),
        ("notes.docx", packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"})),
    ],
)
def test_what_can_be_no_export_beside_it_is_passed_over(other: tuple[str, bytes]) -> None:
    assert prices(read_bytes(packed({"payments.csv": CSV} | dict([other])))) == [6500, 8000]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"paid.csv": CSV, "unpaid.csv": CSV}, "holds 2 exports"),
        ({"a.txt": b"hello", "b.txt": b"hello"}, "holds 2 files, and none of them is an export"),
        ({}, "holds no files"),
        ({"inner.zip": packed({"payments.csv": CSV})}, "holds another ZIP file"),
        ({f"{number}.txt": b"x" for number in range(101)}, "holds 101 files"),
    ],
)
def test_an_archive_without_one_export_says_what_it_holds(
    members: dict[str, bytes], said: str
) -> None:
    [finding] = refused(packed(members)).findings
    assert finding.code == "archive-unclear"
    assert said in finding.message


def test_an_archive_with_a_password_is_said_to_have_one() -> None:
    # The flag of encryption in the local header and in the directory (APPNOTE 4.4.4).
    data = bytearray(packed({"payments.csv": CSV}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    [finding] = refused(bytes(data)).findings
    assert finding.code == "archive-unclear"
    assert "password" in finding.message


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "Word"),
        ({"[Content_Types].xml": b"x", "ppt/presentation.xml": b"x"}, "PowerPoint"),
        ({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}, "Numbers"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "another program"),
    ],
)
def test_documents_that_are_zip_files_are_named_as_what_they_are(
    members: dict[str, bytes], said: str
) -> None:
    [finding] = refused(packed(members)).findings
    assert finding.code == "not-an-export"
    assert said in finding.message


def test_a_document_of_numbers_is_told_how_to_export_it() -> None:
    [finding] = refused(packed({"Index/Document.iwa": b"x"})).findings
    assert "Export To" in finding.hint


@pytest.mark.parametrize("cut", [40, 200])
def test_a_torn_archive_is_said_to_be_torn(cut: int) -> None:
    assert refused(packed({"payments.csv": CSV})[:-cut]).findings[0].code == "workbook-torn"
