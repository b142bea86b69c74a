"""HTML entities in texts are read as what they stand for, and it is said in which rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports.cells.cleaning import clean
from tests.exports.samples import OCTOBER, as_csv, read_bytes, read_large, row, sessions, table, the
from tests.exports.samples import workbook as written

ROWS = (
    row(sponsor="Birch &amp;amp; Fox", date="2026-10-05 09:00"),
    row(sponsor="R&D; Hub", date="2026-10-06 09:00"),
    row(service="&quot;Talk&quot;&nbsp;&#8211; 50 min", professional="Se&aacute;n O&#039;Dea",
        date="2026-10-07 09:00"),
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "large", "xlsx"])
def test_entities_are_undone_in_every_form_of_file_and_their_rows_are_said(
    tmp_path: Path, form: str
) -> None:
    if form == "csv":
        export = read_bytes(as_csv(ROWS).encode())
    elif form == "large":
        export = read_large(tmp_path, as_csv(ROWS).encode(), month=OCTOBER)
    else:
        export = read_bytes(written(table(*ROWS)), name="payments.xlsx")
    one, two, three = sessions(export)
    assert (one.sponsor, two.sponsor) == ("Birch & Fox", "R&D; Hub")
    assert (three.service, three.professional) == ('"Talk" – 50 min', "Seán O'Dea")
    said = the(export, "html-entities")
    assert said.rows == (2, 4)
    assert "Birch" not in said.message + said.hint


def test_a_file_without_entities_says_nothing_of_them() -> None:
    export = read_bytes(as_csv([row(sponsor="Birch & Fox; R&D")]).encode())
    assert "html-entities" not in {one.code for one in export.findings}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a&#10;b&#9;c", "a b c"),
        ("&#8238;evil&#x202e;", "evil"),
        ("&#0;&#27;[31mred", "\ufffd[31mred"),
        ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
        ("65&nbsp;EUR", "65 EUR"),
        ("&amp;#8238;x", "x"),
    ],
)
def test_what_entities_hide_is_cleaned_like_all_else(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(clean(text)) == clean(text)
