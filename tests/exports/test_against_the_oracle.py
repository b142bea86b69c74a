"""However a file is written, the sessions are the same; a plain reader says which they are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import select
from kara_tui.model import HowToRead, Month, Session
from tests.exports import oracle
from tests.exports.samples import HEADER, OCTOBER, as_csv, blockers, read_bytes, read_large, row

if TYPE_CHECKING:
    import pytest

ORDERS = {
    "ymd": ["{y:04}-{m:02}-{d:02} {h:02}:{n:02}", "{y:04}/{m}/{d} {h}:{n:02}"],
    "dmy": [
        "{d:02}.{m:02}.{y:04} {h:02}:{n:02}",
        "{d}/{m}/{y} {h}:{n:02}",
        "{d}.{m}.{y} kl. {h}.{n:02}",
    ],
    "mdy": ["{m:02}/{d:02}/{y:04} {h:02}:{n:02}", "{m}-{d}-{y:04} {h}:{n:02}"],
}


@dataclass(frozen=True)
class Payment:
    at: datetime
    minor: int
    currency: str
    service: str
    sponsor: str
    type: str


NAMES = st.sampled_from(
    ["Individual session 50 min", "Couples, 80 min", "Þerapía “A”", 'Say "hi"', "a|b;c\td", "Ærø"]
)
PAYMENTS = st.lists(
    st.builds(
        Payment,
        st.datetimes(datetime(2026, 9, 25), datetime(2026, 11, 5)).map(
            # A column of nothing but midnights has no times; tested elsewhere.
            lambda at: at.replace(minute=max(at.minute, 1), second=0, microsecond=0)
        ),
        st.integers(-50_000, 2_000_000),
        st.sampled_from(["EUR", "SEK", "ISK", "GBP"]),
        NAMES,
        st.sampled_from(["Blue Heron", "", "Fjällbacka AB"]),
        st.sampled_from(["Credit", "credit", "CREDIT", "Credit Card", "Cash"]),
    ),
    min_size=1,
    max_size=12,
)


def amount(minor: int, currency: str, decimal: str, group: str) -> str:
    sign, digits = "-" if minor < 0 else "", str(abs(minor))
    units = 0 if currency == "ISK" else 2
    digits = digits.rjust(units + 1, "0")
    if not units and len(digits) > 6:  # bare, it is asked about: it may be a telephone number
        group = group or " "
    whole, fraction = (digits[:-units], decimal + digits[-units:]) if units else (digits, "")
    groups = f"{int(whole):,}".replace(",", group)
    return sign + groups + fraction


@st.composite
def written_files(draw: st.DrawFn) -> tuple[bytes, oracle.Written]:
    order = draw(st.sampled_from(sorted(ORDERS)))
    shape = draw(st.sampled_from(ORDERS[order]))
    decimal = draw(st.sampled_from([".", ","]))
    group = draw(st.sampled_from(["", " ", "\u00a0", "'", "," if decimal == "." else "."]))
    written = oracle.Written(
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])),
        separator=draw(st.sampled_from([",", ";", "\t", "|"])),
        order=order,
        decimal=decimal,
    )
    payments = draw(PAYMENTS)
    header = [*HEADER, "Notes", "State"]
    random.Random(draw(st.integers(0, 999))).shuffle(header)
    rows = [
        row(
            date=shape.format(y=p.at.year, m=p.at.month, d=p.at.day, h=p.at.hour, n=p.at.minute),
            price=amount(p.minor, p.currency, decimal, group),
            currency=p.currency,
            service=p.service,
            sponsor=p.sponsor,
            type=p.type,
        )
        | {"Notes": draw(st.sampled_from(["", "two\nlines", 'a "quote"']))}
        for p in payments
    ]
    text = as_csv(rows, header, written.separator, draw(st.sampled_from(["\n", "\r\n"])))
    return text.encode(written.encoding), written


def of_month(sessions: list[Session], month: Month) -> list[Session]:
    # A tab inside a cell is a blank once the cell is clean.
    from dataclasses import replace

    return [
        replace(session, service=session.service.replace("\t", " "))
        for session in sessions
        if month.contains(session.date)
    ]


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(written_files(), st.booleans(), st.sampled_from([None, OCTOBER]))
def test_the_reader_and_the_oracle_agree_on_every_session(
    tmp_path_factory: pytest.TempPathFactory,
    file: tuple[bytes, oracle.Written],
    large: bool,
    kept: Month | None,
) -> None:
    data, written = file
    how = HowToRead(date_order=written.order, decimal=written.decimal)
    if large:
        export = read_large(tmp_path_factory.getbasetemp(), data, how, kept)
    else:
        export = read_bytes(data, how=how)
    assert not blockers(export), export.findings
    expected = oracle.sessions(data, written, export.name)
    for month in (Month(2026, 9), OCTOBER, Month(2026, 11)):
        assert list(select(export, month).sessions) == of_month(expected, month)
    assert export.rows >= len(expected)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(written_files())
def test_without_being_told_the_reader_agrees_or_asks_but_is_never_wrong(
    file: tuple[bytes, oracle.Written],
) -> None:
    data, written = file
    export = read_bytes(data)
    if blockers(export):
        assert blockers(export) <= {"date-order", "price-style"}
        return
    expected = of_month(oracle.sessions(data, written, export.name), OCTOBER)
    assert list(select(export, OCTOBER).sessions) == expected
