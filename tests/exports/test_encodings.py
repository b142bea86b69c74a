"""How the letters of a text file are written: told by the file, guessed and said, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import HowToRead

from .files import (
    HEADER,
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


def test_one_wrong_byte_among_proper_utf8_letters_is_damage_and_not_another_encoding() -> None:
    data = TWO.encode() + b"2026-10-15,\xff,,,,,,,,\n"
    assert refused(data).findings[0].code == "encoding-unknown"


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
