"""Records that do not fit the header are refused, and what is said fits the cause that is seen."""

from __future__ import annotations

import pytest

from tests.exports.samples import HEADER, as_csv, prices, read_text, refused, row, sessions

THREE = as_csv([row(), row(price="80.00"), row()])
LINES = THREE.splitlines()


def ragged(text: str) -> str:
    [finding] = refused(text.encode()).findings
    assert finding.code == "records-ragged"
    return f"{finding.message} {finding.hint}"


def test_one_and_several_more_rows_are_counted_in_plain_words() -> None:
    short = "2026-10-15,a,b\n"
    assert "has 3 cells where the header has 10." in ragged(THREE + short)
    assert "and 1 more row has too few or too many" in ragged(THREE + short * 2)
    assert "and 2 more rows have too few or too many" in ragged(THREE + short * 3)
    assert "and at least 20 more rows" in ragged(THREE + short * 500)


@pytest.mark.parametrize(
    ("separator", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_rows_with_another_separator_are_said_to_be_so(separator: str, word: str) -> None:
    header, *rows = LINES
    other = "\n".join(line.replace(",", separator) for line in rows)
    assert f"parted by {word} and the header's by commas" in ragged(f"{header}\n{other}\n")


def test_a_row_in_quotation_marks_as_a_whole_is_said_to_be_so() -> None:
    assert "quotation marks stand around the whole row" in ragged(THREE + f'"{LINES[1]}"\n')


def test_a_file_of_lines_in_quotation_marks_is_said_to_be_so() -> None:
    [finding] = refused("".join(f'"{line}"\n' for line in LINES).encode()).findings
    assert finding.code == "header-missing"
    assert "quotation marks stand around whole lines" in finding.message


def test_a_separator_more_on_every_row_is_said_to_be_so() -> None:
    header, *rows = LINES
    assert "one more separator at the end of the header's line" in ragged(
        "\n".join([header, *(f"{line}," for line in rows)])
    )


def test_columns_without_a_header_and_without_a_cell_are_none() -> None:
    # A formatted row goes to a spreadsheet's last column; Excel leaves separators away again below.
    header, *rows = LINES
    for tail in (1, 20, 1_024 - len(HEADER), 16_384 - len(HEADER)):
        empty = "," * tail
        whole = [header + empty, *(line + empty for line in rows)]
        some = [header + empty, rows[0] + empty, rows[1], rows[2] + ",,"]
        for lines in (whole, some, [header + empty, *rows]):
            assert prices(read_text("\n".join(lines) + "\n")) == [6500, 8000, 6500]


def test_a_cell_beyond_the_last_header_is_no_empty_column() -> None:
    header, *rows = LINES
    for line in (f"{rows[0]},,x,,", f"{rows[0].rpartition(',')[0]},x,y,"):
        assert ragged("\n".join([f"{header},,,,", line, *(f"{one},,,," for one in rows)]))


def test_the_cap_on_columns_counts_those_with_a_header() -> None:
    header, *rows = LINES
    many = "".join(f",c{n}" for n in range(1_000))
    lines = [header + many + ",,", *(line + "," * 1_002 for line in rows)]
    assert refused("\n".join(lines).encode()).findings[0].code == "file-too-large"


def test_separators_at_the_end_of_every_line_do_no_harm() -> None:
    assert prices(read_text("".join(f"{line},\n" for line in LINES))) == [6500, 8000, 6500]


def test_a_blank_behind_each_separator_is_no_part_of_the_cells() -> None:
    # The quotation marks behind it hold a cell together, as the header shows that it is a habit.
    lines = [", ".join(HEADER), *(", ".join(f'"{row()[name]}"' for name in HEADER) for _ in "ab")]
    text = "\n".join(lines).replace("Blue Heron Insurance", "Heron, Blue") + "\n"
    assert {session.sponsor for session in sessions(read_text(text))} == {"Heron, Blue"}


def test_quotation_marks_behind_a_blank_here_and_there_are_refused() -> None:
    cells = [f' "{row()[name]}, x"' for name in HEADER]
    assert "quotation marks behind a blank" in ragged(THREE + ",".join(cells) + "\n")


def test_the_text_of_a_row_is_never_shown() -> None:
    assert "Klara" not in ragged(THREE + "Klara Sentinel;x;y;z\n")


@pytest.mark.parametrize(
    ("row_", "said"),
    [
        (LINES[1].replace(",65.00", "65.00"), "A separator is missing in it, or the row was cut"),
        (LINES[1].replace("Individual", "Individual,"), "A separator stands inside a cell"),
        (LINES[1] + ",", "There is a separator too many in it"),
        (LINES[1].replace("Individual ", "Individual\n"), "a line break seems to stand inside"),
        (LINES[1] + LINES[1], "two rows stand in one, because a line end is missing"),
        (LINES[1] + "\x85" + LINES[1], "a line end is written as NEL"),
        (LINES[1].replace(",", "^"), "parted by carets and the header's by commas"),
        (LINES[1].replace("Individual", "'Individual,"), "apostrophes or other signs"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_what_is_seen_in_it(row_: str, said: str) -> None:
    [found] = refused("\n".join([*LINES[:3], row_, LINES[3], ""]).encode()).findings
    assert said in f"{found.message} {found.hint}"
    assert found.rows[0] == 4


def test_what_all_rows_have_in_common_is_said_only_of_all_rows() -> None:
    header, *rows = LINES
    named = [f"{name},{line}" for name, line in zip("abc", rows, strict=True)]
    assert "every row begins with a row number or row name" in ragged("\n".join([header, *named]))
    assert "every row" not in ragged("\n".join([header, named[0], *rows[1:]]))
    short = header.rpartition(",")[0]
    assert "whose last name seems to be missing" in ragged("\n".join([short, *rows]))
    dashes = [line.replace(",", "-") for line in LINES]
    assert "another table" not in ragged("\n".join(dashes))
