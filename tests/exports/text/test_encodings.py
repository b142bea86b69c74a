"""How the letters of a text file are written: told by the file, guessed and said, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import Unreadable
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    codes,
    read_bytes,
    read_large,
    read_text,
    refused,
    row,
    sessions,
    the,
)

TWO = as_csv([row(), row(price="80.00", date="2026-10-20 09:00")])


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_the_same_file_in_any_usual_encoding_gives_the_same_sessions(encoding: str) -> None:
    export = read_bytes(TWO.encode(encoding))
    assert sessions(export) == sessions(read_text(TWO))


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_four_bytes_for_each_letter_are_read_with_a_mark_and_without(encoding: str) -> None:
    assert sessions(read_bytes(TWO.encode(encoding))) == sessions(read_text(TWO))
    marked = "\ufeff" + TWO if encoding != "utf-32" else TWO
    assert sessions(read_bytes(marked.encode(encoding))) == sessions(read_text(TWO))


@pytest.mark.parametrize(
    ("encoding", "professional"),
    [("iso2022_jp", "山田 花子"), ("iso2022_kr", "김지수"), ("utf-7", "Þóra Ægisdóttir")],
)
def test_letters_in_seven_bits_are_read_when_their_encoding_is_named(
    tmp_path: Path, encoding: str, professional: str
) -> None:
    data = as_csv([row(professional=professional)]).encode(encoding)
    error = refused(data)
    assert error.findings[0].code == "encoding-unknown"
    named = error.findings[0].hint.split('"')[1]
    export = read_bytes(data, how=HowToRead(encoding=named))
    assert sessions(export)[0].professional == professional
    with pytest.raises(Unreadable, match=named):
        read_large(tmp_path, data, month=OCTOBER)
    hidden = as_csv([row(professional="Thora", client=professional)]).encode(encoding)
    assert codes(read_bytes(hidden)) <= {"control-characters"}


@pytest.mark.parametrize("text", ["+354-5551234", "thora+abc-d@example.is", "A+ACD-test", "+AN"])
def test_a_plus_before_other_signs_is_no_encoding(text: str) -> None:
    assert sessions(read_text(as_csv([row(service=text)])))[0].service == text


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("professional", "Professional Name"),
        ("service", "Service Name"),
        ("price", "Service Price"),
    ],
)
def test_one_byte_that_is_no_letter_among_others_that_are_is_named(cell: str, column: str) -> None:
    data = as_csv([row(), row(**{cell: "M~rta"}), row()]).encode().replace(b"~", b"\xe4")
    found = refused(data).findings[0]
    assert (found.code, found.rows, found.column) == ("encoding-unknown", (3,), column)
    assert "Row 3" in found.message
    assert "rta" not in found.message


@pytest.mark.parametrize("byte", [b"\xe4", b"\x81", b"\xff"])
def test_a_byte_that_is_no_letter_in_a_clients_cell_changes_nothing(
    tmp_path: Path, byte: bytes
) -> None:
    data = as_csv([row(), row(client="M~rta"), row()]).encode().replace(b"~", byte)
    without = as_csv([row(), row(client="Marta"), row()])
    for export in (read_bytes(data), read_large(tmp_path, data)):
        assert sessions(export) == sessions(read_text(without))
        assert codes(export) == set()


def test_a_header_with_a_letter_of_windows_is_read_as_windows_wrote_it() -> None:
    swedish = as_csv([row(professional="Thora")]).replace("Service Name", "Tjänst")
    assert [one.service for one in sessions(read_bytes(swedish.encode("cp1252")))] == [
        "Individual session 50 min"
    ]


@pytest.mark.parametrize("sign", ["\x08", "\x7f", "\x85\x9a", "\x1b"])
def test_control_characters_that_are_left_out_of_a_text_are_said_with_the_row(
    tmp_path: Path, sign: str
) -> None:
    text = as_csv([row(), row(professional=f"Th{sign}ora")])
    for export in (read_text(text), read_large(tmp_path, text.encode(), month=OCTOBER)):
        found = the(export, "control-characters")
        assert (found.rows, found.is_blocker) == ((3,), False)
        assert "ora" not in found.message
    hidden = as_csv([row(), row(client=f"Kl{sign}ara")])
    for export in (read_text(hidden), read_large(tmp_path, hidden.encode(), month=OCTOBER)):
        assert codes(export) == set()


def test_nul_bytes_are_a_damaged_file_and_not_data() -> None:
    error = refused(TWO.encode().replace(b"Klara", b"\0\0"))
    assert error.findings[0].code == "file-torn"
    assert error.findings[0].rows == (2,)


def test_windows_own_encoding_is_read_unasked_and_said_with_a_word() -> None:
    for encoding in ("cp1252", "iso-8859-1"):
        guessed = the(read_bytes(TWO.encode(encoding)), "encoding-guessed")
        assert "“Þóra”" in guessed.message
        assert not guessed.is_blocker


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("mac-roman", "Björn Ståhl"),
        ("cp850", "Märta Jönsson"),
        ("cp1250", "Wałęsa Żółć"),
        ("iso-8859-15", "Šárka Žilová"),
        ("cp1251", "Петр Иванов"),
    ],
)
def test_letters_of_another_encoding_are_doubted_with_the_word_as_it_was_read(
    encoding: str, name: str
) -> None:
    data = as_csv([row(professional=name)]).encode(encoding)
    doubtful = the(read_bytes(data), "encoding-doubtful")
    assert f"“{sessions(read_bytes(data))[0].professional.split()[0]}”" in doubtful.message
    assert "in row 2" in doubtful.message
    assert 'encoding = "' in doubtful.hint


def test_what_was_guessed_never_shows_a_client() -> None:
    data = as_csv([row(professional="Thora", client="Ylva Prövåkeš")]).encode("cp1252")
    assert not codes(read_bytes(data)) & {"encoding-guessed", "encoding-doubtful"}
    data = as_csv([row(client="Prövåkeš")]).encode("cp1252")
    assert "Pr" not in the(read_bytes(data), "encoding-guessed").message


def test_a_doubt_about_an_address_shows_none() -> None:
    data = as_csv([row(professional="Thora", email="björš@example.se")]).encode("cp1252")
    assert "“" not in the(read_bytes(data), "encoding-doubtful").message


def test_an_encoding_that_is_named_is_not_guessed() -> None:
    data = as_csv([row(professional="Björn Ståhl")]).encode("mac-roman")
    export = read_bytes(data, how=HowToRead(encoding="mac-roman"))
    assert codes(export) == set()
    assert sessions(export)[0].professional == "Björn Ståhl"


def test_letters_of_utf8_among_others_are_a_file_put_together_from_two() -> None:
    # Beyond the first bytes, where one look cannot see both.
    lines = as_csv([row(professional="Björn")] * 900).encode("cp1252")
    later = as_csv([row(professional="Þóra")]).encode().partition(b"\n")[2]
    assert refused(lines + later).findings[0].code == "encoding-unknown"


def test_a_large_file_in_windows_own_encoding_is_read_and_said_to_be_guessed(
    tmp_path: Path,
) -> None:
    ascii_only = as_csv([row(professional="Thora")] * 1000).encode()
    data = ascii_only + as_csv([row(professional="Þóra")]).encode("cp1252").partition(b"\n")[2]
    export = read_large(tmp_path, data)
    assert sessions(export)[-1].professional == "Þóra"
    assert "encoding-guessed" in codes(export)


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850"])
def test_a_header_that_only_another_encoding_shows_names_that_encoding(encoding: str) -> None:
    swedish = {"Service Name": "Tjänst", "Professional Name": "Behandlare"}
    header = [swedish.get(name, name) for name in HEADER]
    text = as_csv([{swedish.get(name, name): cell for name, cell in row().items()}], header)
    error = refused(text.replace("Þóra Ægisdóttir", "Thora").encode(encoding))
    assert error.findings[0].code == "encoding-unknown"
    assert f'encoding = "{encoding}"' in error.findings[0].hint


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("Guðrún", "cp850", "cp1252"),
        ("Ståhl", "mac-roman", "cp1252"),
        ("Märta", "mac-roman", "cp1252"),
        ("André", "mac-roman", "cp1252"),
        ("Sigríður", "mac-iceland", "cp1252"),
        ("Jörn", "cp437", "cp1252"),
        ("Łukasz", "cp1250", "cp1252"),
        ("Żółć", "cp1250", "cp1252"),
        ("Šarūnas", "cp1257", "cp1252"),
        ("Šárka", "iso-8859-15", "cp1252"),
        ("Jón", "cp1252", "mac-roman"),
        ("Læknir", "cp1252", "mac-roman"),
        ("Jörn", "cp1252", "cp437"),
        ("Jón", "cp1252", "cp850"),
        ("Märta", "cp1252", "cp1251"),
        ("Олена", "cp1251", "cp1252"),
        ("Þóra", "cp1252", "cp1250"),
        ("Guðrún", "cp1252", "cp1250"),
        ("ÞÓRÐUR", "cp1252", "cp1254"),
    ],
)
def test_a_word_that_no_language_has_is_doubted_in_a_file_of_utf8_too(
    tmp_path: Path, name: str, written: str, read: str
) -> None:
    wrong = name.encode(written).decode(read)
    text = as_csv([row(), row(professional=f"{wrong} Persson")])
    for export in (read_text(text), read_large(tmp_path, text.encode(), month=OCTOBER)):
        found = the(export, "encoding-doubtful")
        assert f"“{wrong}” in row 3" in found.message
        assert (found.rows, found.is_blocker) == ((3,), False)
    hidden = as_csv([row(client=f"{wrong} Persson")])
    assert "encoding-doubtful" not in codes(read_text(hidden))


@pytest.mark.parametrize(
    "name",
    [
        "McDonald", "O’Brien", "O´Brien", "LinkedIn", "HeilsuÞjónusta", "NordÖst", "Žižek", "ÖBB",
        "Łukasz Żółć", "Sigurður Ægir Óðinsson", "SÁÁ", "AÐALSTEINN", "Nº5", "50µm", "½hour", "60€",
        "„Acme“", "KPMG™", "Олена", "山田", "¡Hola!", "L’Hôpital", "col·legi", "α-Wave", "Þórður",
        "Đúc", "Đàm", "Nguyễn", "Gökçe", "İbrahim", "Lőrinc", "Müllerová", "Vítězslav", "Ğürsel",
        "Škoda-Müller", "Đorđević", "Ķēniņš", "Søren Åse", "Hjørdís", "Ţepeş", "Ljubiša Čović",
    ],
)  # fmt: skip
def test_words_of_some_language_are_not_doubted(name: str) -> None:
    assert "encoding-doubtful" not in codes(read_text(as_csv([row(service=name)])))
