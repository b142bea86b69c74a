"""A workbook's rows come over as if they were a CSV, whatever kinds of cells stand together.

The child reads columns a block of rows at a time, and cells of one kind by one map. Where a block
ends is its own affair: the sheets here are longer than any, and what is odd stands everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import Export, Limits
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    as_csv,
    codes,
    prices,
    read_bytes,
    read_text,
    refused,
    row,
    sessions,
    table,
    the,
    workbook,
)
from tests.exports.workbook.raw_workbook import (
    DATE_TIME,
    DAY,
    DURATION,
    TIME,
    cells_of,
    header_row,
    number,
    raw_workbook,
    row_of,
    text,
)

DAY_0 = datetime(1899, 12, 30)
SHOWN = Context(prec=15)
MANY = 1300  # rows: more than two blocks
EDGES = [at for edge in range(256, MANY, 256) for at in (edge - 1, edge, edge + 1)]


@dataclass(frozen=True)
class Held:
    """A cell as a workbook's XML has it, the text that it stands for, and what it is if none."""

    xml: str = field(repr=False)
    text: str
    kind: str = ""


def said(words: str) -> Held:
    return Held(text(words), words)


def written_out(digits: Decimal) -> str:
    # Zero is never minus zero.
    return format(digits.normalize(), "f") if digits else "0"


def counted(value: float) -> Held:
    """A number among texts: it may be an id, and keeps all its digits."""
    return Held(number(value), written_out(Decimal(repr(value))), "number")


def worth(value: float) -> Held:
    """A number among amounts, to the 15 digits that a spreadsheet shows."""
    return Held(number(value), written_out(SHOWN.plus(Decimal(value))), "number")


def days(moment: datetime, epoch: datetime = DAY_0) -> float:
    return (moment - epoch) / timedelta(days=1)


def moment_of(moment: datetime) -> Held:
    """A date with a time, to the second: what is left of one is cut. Midnight is a day alone."""
    cut = moment.replace(microsecond=0)
    shown = cut.isoformat(" ") if moment.time() != time() else moment.date().isoformat()
    return Held(number(days(moment), DATE_TIME), shown, "date")


def day_of(day: date) -> Held:
    at = datetime.combine(day, time())
    return Held(number(days(at), DAY), day.isoformat(), "date")


def iso_of(moment: datetime) -> Held:
    """A moment as programs write it that write a strict workbook."""
    whole = moment.replace(microsecond=0).isoformat(" ")
    return Held(f'<c t="d"><v>{moment.isoformat()}</v></c>', whole, "date")


def time_of(at: timedelta) -> Held:
    return Held(number(at / timedelta(days=1), TIME), str((DAY_0 + at).time()), "time")


def duration_of(lasting: timedelta) -> Held:
    return Held(number(lasting / timedelta(days=1), DURATION), str(lasting), "time")


def truth_of(value: bool) -> Held:
    return Held(f'<c t="b"><v>{int(value)}</v></c>', str(value).upper(), "truth value")


def serial_of(moment: datetime, off_by: int, epoch: datetime = DAY_0) -> Held:
    """A day's number without a format; a sheet's own sums may miss the nearest double."""
    serial = days(moment, epoch)
    return Held(number(math.nextafter(serial, serial + off_by)), moment_of(moment).text, "number")


NOTHING = Held("<c/>", "")
# Signs that XML forbids, and its own way to write them, are no part of this.
ODD = st.sampled_from(
    ["", " ", "Total", "a b", "a  b", " a", "b ", "x\ny", "a\tb", "\u00a0é", "Žž"]
).map(said)
TEXTS = (
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6)
    .filter(lambda words: "_x" not in words and "\ufffe" not in words and "\uffff" not in words)
    .map(said)
)
CENTS = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)
NUMBERS = st.floats(-1e25, 1e25)
WHOLE = st.integers(-(10**15) + 1, 10**15 - 1)
EXACT = st.builds(
    lambda digits, decimals: Decimal(digits).scaleb(-decimals), WHOLE, st.integers(0, 3)
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
SECONDS = MOMENTS.map(lambda moment: moment.replace(microsecond=0))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 30)).map(day_of)
LASTING = st.integers(1, 9 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
OF_A_DAY = st.integers(1, 86_399).map(lambda seconds: timedelta(seconds=seconds))
OFF_BY = st.sampled_from([-1, 0, 1])
WORDS = st.sampled_from(["Credit", "Cash", "EUR"]).map(said)
ANY = st.one_of(
    ODD, TEXTS, CENTS.map(counted), NUMBERS.map(counted), WHOLE.map(counted), DAYS,
    MOMENTS.map(moment_of), MOMENTS.map(iso_of), OF_A_DAY.map(time_of), LASTING.map(duration_of),
    st.booleans().map(truth_of), st.just(NOTHING),
)  # fmt: skip
KINDS = [
    ODD, TEXTS, WORDS, CENTS.map(counted), NUMBERS.map(counted), SECONDS.map(moment_of),
    MOMENTS.map(moment_of), ANY,
]  # fmt: skip
WHENS = [
    SECONDS.map(moment_of), MOMENTS.map(moment_of), st.builds(serial_of, SECONDS, OFF_BY), DAYS,
    MOMENTS.map(iso_of), SECONDS.map(lambda moment: said(moment_of(moment).text)),
]  # fmt: skip
AMOUNTS = [
    CENTS.map(worth),
    st.builds(lambda value, by: worth(math.nextafter(value, value + by)), CENTS, OFF_BY),
    NUMBERS.map(worth), EXACT.map(float).map(worth),
    st.integers(1, 10**9).map(lambda cents: said(f"{cents / 100:.2f}")),
]  # fmt: skip
# The sheet's columns of which cells are drawn, and the kinds that one may hold for a while.
COLUMNS = {
    "Transaction date": [*WHENS, st.one_of(WHENS)],
    "Service Price": [*AMOUNTS, st.one_of(AMOUNTS)],
    "Service Name": KINDS,
    "Sponsor": KINDS,
    "Professional Name": KINDS,
}
# Columns of texts, as the frame calls them.
OF_TEXTS = {"service": "Service Name", "sponsor": "Sponsor", "professional": "Professional Name"}
EPOCHS = [(DAY_0, ""), (datetime(1904, 1, 1), '<workbookPr date1904="1"/>')]
Line = dict[str, Held] | None


@st.composite
def sheets(draw: st.DrawFn) -> list[Line]:
    """Lines of payments: stretches in which every column repeats some cells of one kind, some odd
    cells among them, and blank lines, for which None stands.
    """
    lines: list[Line] = []
    for length in draw(st.lists(st.integers(1, 700), min_size=1, max_size=3)):
        cells = {
            name: draw(st.lists(draw(st.sampled_from(kinds)), min_size=1, max_size=4))
            for name, kinds in COLUMNS.items()
        }
        lines += (
            {name: held[at % len(held)] for name, held in cells.items()} for at in range(length)
        )
    places = st.lists(st.integers(0, len(lines) - 1), max_size=6, unique=True)
    for at in draw(places):
        name = draw(st.sampled_from(list(COLUMNS)))
        if (line := lines[at]) is not None:
            line[name] = draw(st.one_of(COLUMNS[name]))
    for at in draw(places):
        lines[at] = None
    return lines


def in_a_workbook(lines: Iterable[Line], notes: Sequence[str]) -> Export:
    usual = dict(zip(HEADER, cells_of(row()), strict=True))
    rows = [
        row_of([]) if line is None
        else row_of((usual | {name: held.xml for name, held in line.items()}).values())
        for line in lines
    ]  # fmt: skip
    rows += (row_of([text(note)]) for note in notes)
    return read_bytes(raw_workbook(header_row() + "".join(rows)), how=HowToRead(decimal="."))


def in_a_csv(lines: Iterable[Line], notes: Sequence[str]) -> Export:
    rows = [
        {} if line is None else row() | {name: held.text for name, held in line.items()}
        for line in lines
    ]
    rows += ({"Transaction date": note} for note in notes)
    return read_text(as_csv(rows), HowToRead(decimal="."))


def frame_of(export: Export) -> list[tuple[object, ...]]:
    # A day's number cannot tell midnight from no time.
    return export.frame.collect().with_columns(pl.col("time").fill_null(time())).rows()


def told(export: Export) -> list[tuple[str, tuple[int, ...]]]:
    """What is said of rows: unreadable prices and dates, and what stands below the payments."""
    only_of_workbooks = {"date-serial", "times-all-midnight"}
    return sorted(
        (one.code, one.rows) for one in export.findings if one.code not in only_of_workbooks
    )


def typed(lines: Sequence[Line], name: str) -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for at, line in enumerate(lines, 2):
        if line is not None and line[name].kind:
            rows.setdefault(line[name].kind, set()).add(at)
    return {kind: frozenset(at) for kind, at in rows.items()}


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.lists(st.sampled_from(["Generated on 2 November", "as agreed"]), max_size=2))
def test_a_sheet_of_any_kinds_of_cells_is_the_csv_of_what_it_shows(
    lines: list[Line], notes: list[str]
) -> None:
    sheet, plain = in_a_workbook(lines, notes), in_a_csv(lines, notes)
    assert frame_of(sheet) == frame_of(plain)
    assert told(sheet) == told(plain)
    for name, header in OF_TEXTS.items():
        assert sheet.typed[name] == typed(lines, header)


@settings(deadline=None, max_examples=5)
@given(st.lists(EXACT, min_size=50, max_size=50))
def test_numbers_of_15_digits_are_exact(exact: list[Decimal]) -> None:
    sheet = in_a_workbook([{"Service Price": worth(float(number))} for number in exact], [])
    plain = in_a_csv([{"Service Price": said(written_out(number))} for number in exact], [])
    assert frame_of(sheet) == frame_of(plain)
    assert told(sheet) == told(plain)


@pytest.mark.parametrize(("epoch", "flag"), EPOCHS)
@settings(deadline=None, max_examples=5)
@given(st.lists(st.tuples(SECONDS, OFF_BY), min_size=50, max_size=50))
def test_a_day_s_number_means_the_same_second_with_15_digits(
    epoch: datetime, flag: str, moments: list[tuple[datetime, int]]
) -> None:
    serials = [serial_of(moment, off_by, epoch).xml for moment, off_by in moments]
    rows = "".join(row_of([serial, *cells_of(row())[1:]]) for serial in serials)
    export = read_bytes(raw_workbook(header_row() + rows, book=flag))
    read = [cells[1:3] for cells in frame_of(export)]
    assert read == [(moment.date(), moment.time()) for moment, _ in moments]


def test_a_sheet_of_several_blocks_gives_the_same_sessions_as_the_csv() -> None:
    rows = [row(price=str(at), sponsor="" if at % 3 else "Þórr") for at in range(1, MANY)]
    odd = (" 2026-10-31 17:00", "2026-10-01 09:30", "2026-10-02")
    for index in EDGES:
        rows[index]["Transaction date"] = odd[index % 3]
    cells = table(*(one | {"Transaction date": "2026-10-14 14:30"} for one in rows))
    for index in EDGES:
        cells[index + 1][0] = odd[index % 3]
    assert sessions(read_bytes(workbook(cells))) == sessions(read_text(as_csv(rows)))


def test_blank_rows_anywhere_take_no_row_from_the_others() -> None:
    rows = table(*(row() for _ in range(MANY)))
    for index in EDGES:
        rows[index] = []
    rows.append(["Generated on 2 November"])
    export = read_bytes(workbook(rows))
    numbers = [session.row for session in sessions(export)]
    assert numbers == [at for at in range(2, MANY + 2) if at - 1 not in EDGES]
    assert the(export, "note-left-out").rows == (MANY + 2,)


def test_an_empty_price_in_any_block_is_named_by_its_row() -> None:
    rows = table(*(row() for _ in range(MANY)))
    for index in EDGES:
        rows[index][4] = None
    export = read_bytes(workbook(rows))
    assert the(export, "price-unreadable").rows == tuple(at + 1 for at in EDGES)
    assert len(prices(export)) == MANY - len(EDGES)


@pytest.mark.parametrize("payments", [509, 510, 511, 512])
def test_two_notes_are_two_wherever_a_block_ends(payments: int) -> None:
    rows = table(*(row() for _ in range(payments)))
    export = read_bytes(workbook([*rows, ["Generated on 2 November"], ["as agreed"]]))
    assert the(export, "note-left-out").rows == (payments + 2, payments + 3)


@pytest.mark.parametrize(
    ("place", "code"),
    [("A2", "date-unreadable"), ("E700", "price-unreadable"), ("H1300", "text-unreadable")],
)
def test_the_one_gap_of_a_long_sheet_is_a_formula_without_a_value(place: str, code: str) -> None:
    data = workbook(table(*(row() for _ in range(MANY))), edit={place: "=1+1"})
    found = the(read_bytes(data), code)
    assert found.rows == (int(place[1:]),)
    assert "a formula without a stored value" in found.message


@pytest.mark.parametrize("at", [1, 700, MANY])
def test_too_many_rows_and_too_long_cells_are_refused_in_every_block(at: int) -> None:
    few = table(*(row() for _ in range(at)))
    few[at][3] = "abcd" * 20
    data = workbook(few)
    assert read_bytes(data, limits=Limits(rows=at, cell_characters=80)).rows == at
    for limits in (Limits(rows=at - 1), Limits(cell_characters=79)):
        assert codes(refused(data, limits)) == {"workbook-too-large"}
