"""Names whose letters were changed on the way are said before they stand on an invoice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import select
from tests.exports.samples import (
    OCTOBER,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_large,
    read_text,
    row,
    table,
    the,
    workbook,
)

NAME = "Björg Þórðardóttir"


@pytest.mark.parametrize(
    "encoding", ["cp1252", "mac-roman", "cp437", "cp850", "cp1250", "iso-8859-15"]
)
@pytest.mark.parametrize("field", ["professional", "sponsor", "service"])
def test_a_name_that_was_encoded_twice_is_said_with_its_row(
    tmp_path: Path, field: str, encoding: str
) -> None:
    twice = NAME.encode().decode(encoding)
    data = as_csv([row(), row(**{field: twice})]).encode()
    for export in (read_bytes(data), read_large(tmp_path, data, month=OCTOBER)):
        found = the(export, "encoding-doubtful")
        assert found.rows == (3,)
        assert f"“{twice.split()[0]}”" in found.message
        assert not blockers(export)
        assert prices(export) == [6500, 6500]


@pytest.mark.parametrize(
    "name",
    [
        NAME.encode().decode("cp1252").encode().decode("latin-1"),
        "Bj?rg ??ra",
        "?gir",
        "Bj\ufffdrg",
        "???? ?????",
    ],
)
def test_letters_that_were_lost_or_encoded_three_times_are_said(name: str) -> None:
    assert "encoding-doubtful" in codes(read_bytes(as_csv([row(professional=name)]).encode()))


@pytest.mark.parametrize(
    "name",
    [
        "Þóra Ægisdóttir", "Åsa Öberg", "JOÃO CONCEIÇÃO", "Pâris Âge", "Łukasz Żółć", "Šárka Ž.",
        "Петр Иванов", "Ó hÓgáin", "McDonald & O’Brien", "LinkedIn", "What is next?",
        "Why? (50 min)",
        "“Þerapía”", "Breiðá", "Café – 50 €", "Straße",
    ],
)  # fmt: skip
def test_a_name_that_people_have_is_not_doubted(name: str) -> None:
    data = as_csv([row(professional=name, service=name, sponsor=name)]).encode()
    assert "encoding-doubtful" not in codes(read_bytes(data))


def test_a_client_s_name_is_never_looked_at_or_shown() -> None:
    data = as_csv([row(client=NAME.encode().decode("cp1252"))]).encode()
    assert "encoding-doubtful" not in codes(read_bytes(data))


def test_a_workbook_s_names_are_looked_at_too() -> None:
    page = workbook(table(row(professional=NAME.encode().decode("cp1252"))))
    assert the(read_bytes(page, name="payments.xlsx"), "encoding-doubtful").rows == (2,)


@pytest.mark.parametrize("formula", ["=A1+B1", '=HYPERLINK("http://x";"Eva")', "+SUM(A1)", "=Eva"])
@pytest.mark.parametrize("field", ["service", "sponsor", "professional"])
def test_a_formula_in_a_text_file_is_never_printed_as_a_text(field: str, formula: str) -> None:
    read = read_text(as_csv([row(), row(**{field: formula})]))
    found = next(one for one in select(read, OCTOBER).findings if one.code == "text-unreadable")
    assert (found.rows, found.is_blocker) == ((3,), True)
    assert "Eva" not in found.message + found.hint


@pytest.mark.parametrize("text", ['="Couples"', "+354 session", "-50 % session", "=", "= 2 people"])
def test_what_only_begins_like_a_formula_is_a_text(text: str) -> None:
    read = read_text(as_csv([row(service=text)]))
    assert "text-unreadable" not in {one.code for one in select(read, OCTOBER).findings}
