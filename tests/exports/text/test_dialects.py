"""Files written in other ways than with commas and quotation marks, read when all of them fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import Unreadable
from tests.exports.samples import (
    HEADER,
    as_csv,
    prices,
    read_large,
    read_text,
    refused,
    row,
    sessions,
)

ROWS = [row(), row(price="80.00", service="Couples, 80 min", sponsor='The "Heron"'), row()]


def joined(separator: str, left: str = "", right: str = "", end: str = "\n") -> str:
    rows = [HEADER, *([one[name] for name in HEADER] for one in ROWS)]
    return "".join(separator.join(f"{left}{cell}{right}" for cell in cells) + end for cells in rows)


def same(text: str) -> bool:
    return sessions(read_text(text)) == sessions(read_text(as_csv(ROWS)))


@pytest.mark.parametrize(
    "separator",
    [
        "^",
        "~",
        "\x1f",
        "\x01",
        "\x1e",
        "§",
        "¦",
        "||",
        ";;",
        "::",
        "<>",
        "|^|",
        "~|~",
        " | ",
        " ,",
        "<||>;",
    ],
)
def test_a_separator_of_any_signs_is_told_from_the_header(separator: str) -> None:
    assert same(joined(separator))


@pytest.mark.parametrize("separator", [" ", ":", "#", "/", "-", "."])
def test_a_separator_that_stands_in_cells_too_needs_quotation_marks(separator: str) -> None:
    assert same(as_csv(ROWS, separator=separator))


@pytest.mark.parametrize(
    ("left", "right"),
    [("'", "'"), ("`", "`"), ("$", "$"), ("“", "”"), ("„", "“"), ("«", "»"), ("''", "''")],
)
def test_other_signs_around_every_cell_are_no_part_of_it(left: str, right: str) -> None:
    assert same(joined(",", left, right))
    assert same(joined(";", left, right, "\r\n"))


@pytest.mark.parametrize("sign", ["'", "`", "´"])
def test_other_quotation_marks_where_they_are_needed_are_found_in_the_rows(sign: str) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, quotechar=sign, lineterminator="\n")
    cells = [[one[name] for name in HEADER] for one in [*ROWS, row(client="Klara\nSentinel")]]
    writer.writerows([HEADER, *cells])
    assert prices(read_text(out.getvalue())) == [6500, 8000, 6500, 6500]


@pytest.mark.parametrize(
    "text",
    [
        joined(",").replace("Couples, 80", "Couples\\, 80"),
        as_csv(ROWS).replace('""', '\\"'),
        as_csv(ROWS).replace('""Heron""', "\\\\n"),
    ],
)
def test_backslashes_are_escapes_when_nothing_else_fits(text: str) -> None:
    assert prices(read_text(text)) == [6500, 8000, 6500]


def test_a_backslash_of_its_own_is_never_taken_for_an_escape() -> None:
    text = joined(",").replace("Couples, 80", "Couples\\, 80").replace("Blue Heron", "Blue\\Heron")
    assert refused(text.encode()).findings[0].code == "records-ragged"


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\v", "\f", "\x1e", "\x1d"])
def test_lines_that_end_in_other_ways_are_lines(end: str) -> None:
    # Read as usual the whole file was its header, and no payment was left: without a word.
    assert same(as_csv(ROWS, line_end=end))


def test_a_header_over_two_rows_is_one_when_its_words_make_the_names() -> None:
    parts = [("", name) if " " not in name else tuple(name.split()) for name in HEADER]
    header = "\n".join(",".join(part[place] for part in parts) for place in (0, 1))
    text = header + "\n" + as_csv(ROWS).partition("\n")[2]
    assert prices(read_text(text)) == [6500, 8000, 6500]
    assert [one.row for one in sessions(read_text(text))] == [3, 4, 5]


@pytest.mark.parametrize(
    "text", [joined("||"), joined(" ;"), as_csv(ROWS, line_end="\x85"), as_csv(ROWS, separator="^")]
)
def test_large_files_written_so_are_read_record_by_record(tmp_path: Path, text: str) -> None:
    large = read_large(tmp_path, text.encode())
    assert not large.large
    assert prices(large) == [6500, 8000, 6500]


def test_one_row_that_does_not_fit_the_other_way_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_text(joined("||") + "a||b\n" + "c\n")


def test_blanks_around_the_header_s_names_are_no_part_of_the_separator() -> None:
    header, body = as_csv(ROWS).split("\n", 1)
    assert same(",".join(f"  {name}  " for name in header.split(",")) + "\n" + body)
