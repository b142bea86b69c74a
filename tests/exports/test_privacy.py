"""No client gets past the reader, and hostile text comes out inert."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import Export, ExportKind, Unreadable, months, read, select
from kara_tui.exports.cells.cleaning import clean
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    read_rows,
    read_text,
    refused,
    row,
    sessions,
    the,
)

SENTINEL = "Zq7Sentinel"


def everything(export: Export) -> str:
    """All that an export can tell anyone."""
    chosen = select(export, OCTOBER)
    return repr((export, chosen, months(export), export.frame.collect().to_dicts()))


def test_no_string_of_a_client_column_is_in_what_the_reader_gives() -> None:
    rows = [
        row(client=SENTINEL) | {"Client Email": f"{SENTINEL}@example.com", "Notes": SENTINEL * 3}
        for _ in range(3)
    ]
    rows[1]["Transaction date"] = "never"
    rows[2]["Service Price"] = "nothing"
    assert SENTINEL not in everything(read_text(as_csv(rows, [*HEADER, "Notes"])))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(",65.00", ""),
        lambda text: text.replace(SENTINEL, f'"{SENTINEL}'),
        lambda text: text.replace("Sponsor", "x"),
        lambda text: text.replace("Sponsor", "Type"),
        lambda text: text + "\0",
        lambda text: text.replace(SENTINEL, f'{SENTINEL}"x"\n"'),
    ],
)
def test_no_error_quotes_a_client(spoil: object) -> None:
    text = spoil(as_csv([row(client=SENTINEL)] * 3))  # type: ignore[operator]  # a lambda above
    assert SENTINEL not in told_of(text.encode())


@pytest.mark.parametrize("field", ["date", "price", "currency"])
@pytest.mark.parametrize(
    "cell",
    [
        f"{SENTINEL} Jonsdottir",
        f"{SENTINEL}@example.com",
        f"{SENTINEL} 120350",
        "a1@zq7.is",
    ],
)
def test_a_client_s_name_that_slipped_into_another_column_is_described_not_quoted(
    field: str, cell: str
) -> None:
    export = read_rows(row(**{field: cell}))
    assert "zq7" not in repr(export.findings).casefold()
    assert any(finding.is_blocker for finding in export.findings)


def test_a_header_that_looks_like_data_is_named_by_its_position() -> None:
    # A file whose first row is a payment beside a header typed over it.
    header = [*HEADER, "anna@example.com", "Anna said that she would rather not come " * 3]
    export = read_text(as_csv([row()], header))
    assert export.dropped[2:] == (
        "column 11 (its header looks like data and is not shown)",
        "column 12 (its header looks like data and is not shown)",
    )


def told_of(data: bytes) -> str:
    """All that is told of a file, whether it can be read or not."""
    try:
        return everything(read(io.BytesIO(data), ExportKind.PAID, HowToRead(time_zone="UTC")))
    except Unreadable as error:
        return repr((error.findings, str(error), error.__cause__))


HOSTILE = [
    "[@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x9b31m",
    "abc\u202ecba",
    "a\u200bb\u2060c\ufeff",
    "=HYPERLINK(1)",
    "#eval(read(1))",
    "x" * 10_000,
    "a\u00a0\u2003b\tc",
    "e\u0301",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_clean(text: str) -> None:
    export = read_rows(row(service=text, sponsor=text, type=text), row(service=text))
    told = everything(export)
    assert not any(char in told for char in "\x1b\x9b\x07\u202e\u200b\u2060\ufeff\u00a0")
    [session] = sessions(export)
    assert session.service.isprintable()
    assert session.service == clean(text)


def test_hostile_headers_and_names_come_out_clean_and_cut() -> None:
    header = [*HEADER, "\x1b]0;x\x07evil\u202e"]
    export = read(
        io.BytesIO(as_csv([row()], header).encode()),
        ExportKind.PAID,
        name="\x1b[2J" + "a" * 500 + ".csv",
    )
    assert export.dropped[2] == "]0;xevil"
    assert len(export.name) <= 80
    assert export.name.isprintable()


def test_unknown_types_are_shown_cut_and_addresses_are_not() -> None:
    export = read_rows(row(type="x" * 500), row(type="anna@example.com"))
    found = the(export, "type-unknown")
    assert "anna" not in found.message
    assert len(found.message) < 400


@settings(deadline=None)
@given(st.text(max_size=60))
def test_cleaning_leaves_one_printable_line_and_is_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(char in once for char in "\n\r\t\x00\x1b\u00ad\u200b\u202e\u00a0")
    assert once == once.strip()
    assert "  " not in once


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=6, max_size=6)
)
def test_any_text_in_any_needed_cell_is_read_or_named_and_never_a_traceback(
    cells: list[str],
) -> None:
    names = ("date", "service", "price", "currency", "type", "sponsor")
    text = as_csv([row(client=SENTINEL, **dict(zip(names, cells, strict=True))), row()])
    assert SENTINEL not in told_of(text.encode())


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_export_or_unreadable(data: bytes) -> None:
    header = ",".join(HEADER).encode() + b"\n"
    for whole in (data, header + data):
        if whole.startswith((b"PK", b"\xd0\xcf")):
            continue
        assert told_of(whole)


def test_refusals_say_what_to_do() -> None:
    for data in (b"", b"x", b"%PDF", as_csv([row()], HEADER[:4]).encode()):
        for finding in refused(data).findings:
            assert finding.message.endswith(".")
            assert finding.hint
