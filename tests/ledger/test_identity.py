"""A session is known again in a later export, and no other session is taken for it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.ledger import AlreadyBilled, fingerprint, fingerprints
from kara_tui.ledger.book import Ledger
from kara_tui.ledger.identity import fold
from kara_tui.model import Money, Session, SessionKind
from tests.ledger.story import (
    NOVEMBER,
    OCTOBER,
    credit_order,
    draft,
    opened,
    order,
    render,
    session,
)

DAY = date(2026, 10, 5)

sessions = st.builds(
    session,
    st.dates(date(2026, 10, 1), date(2026, 10, 4)),
    at=st.sampled_from([None, time(9), time(10)]),
    price=st.sampled_from([6500, 7000]),
    service=st.sampled_from(["Therapy", "Couples"]),
    sponsor=st.sampled_from(["Acme", ""]),
    payment_id=st.sampled_from(["", "p1"]),
)


def test_a_fingerprint_is_what_it_was_when_the_first_ledger_was_written() -> None:
    """Golden: prints that change would let every session be billed a second time."""
    assert fingerprint(session(DAY)) == "2026-10-05.24f8c6196111ed645fe6ea3f8af295c8"
    assert fingerprint(session(DAY, at=None)) == "2026-10-05.6fb66fbbf9a55d106cb534afe315a77d"
    assert fingerprint(session(DAY, payment_id="pay_1")) == fingerprint(session(DAY))
    assert (
        fingerprints([session(DAY), session(DAY)])[1]
        == "2026-10-05.7ea61cedd9dba6fa970e8ca0a2ee10da"
    )


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(0, 10**9),
    st.sampled_from([None, time(0), time(9, 5, 7)]),
)
def test_a_print_is_of_the_fields_as_json_whatever_letters_they_have(
    text: str, minor: int, at: time | None
) -> None:
    one = session(DAY, at=at, price=minor, service=text, sponsor=text[::-1])
    fields = [1, "session", "2026-10-05", at and at.isoformat(), fold(one.service), minor, "EUR",
              fold(one.professional), fold(one.sponsor)]  # fmt: skip
    written = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    digest = hashlib.sha256(f"{written}\n1".encode()).hexdigest()
    assert fingerprint(one) == f"2026-10-05.{digest[:32]}"


@given(st.lists(sessions, max_size=12))
def test_no_two_rows_of_an_export_share_a_print(rows: list[Session]) -> None:
    prints = fingerprints(rows)
    assert len(set(prints)) == len(rows)
    assert fingerprints(rows) == prints


@given(st.lists(sessions, max_size=12), st.randoms())
def test_the_order_of_rows_changes_nothing_but_which_of_equals_is_first(
    rows: list[Session], chance: object
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' randoms have no type
    assert sorted(fingerprints(shuffled)) == sorted(fingerprints(rows))


@given(st.lists(sessions, max_size=12), sessions)
def test_a_row_more_leaves_the_other_prints_as_they_are(rows: list[Session], more: Session) -> None:
    assert fingerprints([*rows, more])[: len(rows)] == fingerprints(rows)


@pytest.mark.parametrize(
    "change",
    [
        {"date": DAY + timedelta(days=1)},
        {"time": time(9, 1)},
        {"time": None},
        {"service": "Couples"},
        {"price": Money(6501, "EUR")},
        {"price": Money(6500, "USD")},
        {"professional": "Jón"},
        {"sponsor": "Beta"},
    ],
)
def test_another_value_is_another_session(change: dict[str, object]) -> None:
    one = session(DAY)
    assert fingerprint(dataclasses.replace(one, **change)) != fingerprint(one)  # type: ignore[arg-type]  # mypy cannot see which field


@pytest.mark.parametrize(
    "change",
    [
        {"row": 99, "source": "again.xlsx"},
        {"professional_email": ""},
        {"kind": SessionKind.NO_SHOW},
        {"payment_id": "p1"},
        {"service": "  therapy "},
        {"professional": "ÞÓRA  ægisdóttir"},
    ],
)
def test_how_an_export_happens_to_be_written_is_no_other_session(
    change: dict[str, object],
) -> None:
    one = session(DAY)
    assert fingerprint(dataclasses.replace(one, **change)) == fingerprint(one)  # type: ignore[arg-type]  # mypy cannot see which field


@pytest.mark.parametrize("ids", [("1.00012E+15", "1.00012E+15"), ("BLOCK-1", "BLOCK-1")])
def test_sessions_that_share_an_id_are_not_one(folder: Path, ids: tuple[str, str]) -> None:
    one = session(DAY, payment_id=ids[0])
    other = session(DAY + timedelta(days=9), payment_id=ids[1])
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft([one], OCTOBER)), render)
        assert ledger.billed(fingerprints([other])) == {}
        assert list(ledger.billed_with_ids([other])) == [ids[0]]


# What the first ledgers made of pay_1, whatever its session; and of its second row in a file.
OF_AN_ID = ("payment.6112983fe40c118eefce01c7028724f5", "payment.0f3a")


def issued_by_ids(folder: Path, *sessions: Session) -> Ledger:
    """A ledger of an earlier kara-tui: its sessions' prints are made of their ids."""
    ledger = opened(folder)
    prints = OF_AN_ID[: len(sessions)]
    ledger.issue(order(OCTOBER, draft(list(sessions), OCTOBER, prints)), render)
    return ledger


def test_a_session_billed_under_the_print_of_its_id_is_known_by_what_it_holds(
    folder: Path,
) -> None:
    billed = session(DAY, payment_id="pay_1")
    with issued_by_ids(folder, billed) as ledger:
        for again in (billed, session(DAY), session(DAY, payment_id="pay_9")):
            assert list(ledger.billed(fingerprints([again])).values()) == ["KC-0001"]
            assert ledger.near_matches([again], fingerprints([again])) == ()
            with pytest.raises(AlreadyBilled):
                ledger.issue(order(NOVEMBER, draft([again], NOVEMBER)), render)


def test_another_session_with_that_id_is_not_billed_and_its_billed_one_is_found(
    folder: Path,
) -> None:
    other = session(DAY + timedelta(days=20), payment_id="pay_1")
    with issued_by_ids(folder, session(DAY, payment_id="pay_1")) as ledger:
        assert ledger.billed(fingerprints([other])) == {}
        ((billed,),) = ledger.billed_with_ids([other]).values()
        assert (billed.number, billed.date) == ("KC-0001", DAY)


def test_equal_sessions_billed_under_prints_of_ids_are_counted(folder: Path) -> None:
    twice = [session(DAY, payment_id="pay_1"), session(DAY, payment_id="pay_1")]
    with issued_by_ids(folder, *twice) as ledger:
        prints = fingerprints([*twice, session(DAY)])
        assert set(ledger.billed(prints)) == set(prints[:2])


@pytest.mark.parametrize(("days", "found"), [(400, True), (401, False)])
def test_a_billed_id_is_found_for_more_than_a_year(folder: Path, days: int, *, found: bool) -> None:
    later = session(DAY + timedelta(days=days), payment_id="pay_1")
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft([session(DAY, payment_id="pay_1")], OCTOBER)), render)
        assert bool(ledger.billed_with_ids([later])) is found


def test_a_cancelled_session_of_such_a_print_is_free(folder: Path) -> None:
    with issued_by_ids(folder, session(DAY, payment_id="pay_1")) as ledger:
        ledger.credit(credit_order("KC-0001"), render)
        assert ledger.billed(fingerprints([session(DAY)])) == {}
        assert ledger.billed_with_ids([session(DAY, payment_id="pay_1")]) == {}


def test_fields_do_not_run_into_one_another() -> None:
    assert fingerprint(session(DAY, service="a b", sponsor="c")) != fingerprint(
        session(DAY, service="a", sponsor="b c")
    )


def near(folder: Path, billed: list[Session], export: list[Session]) -> list[tuple[int, str]]:
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft(billed, OCTOBER)), render)
        prints = fingerprints(export)
        return [
            (prints.index(match.fingerprint), match.billed.date.isoformat())
            for match in ledger.near_matches(export, prints)
        ]


def test_a_billed_session_under_another_date_is_a_question(folder: Path) -> None:
    billed = [session(date(2026, 10, 31))]
    assert near(folder, billed, [session(date(2026, 11, 2))]) == [(0, "2026-10-31")]


@pytest.mark.parametrize("days", [-3, 3])
def test_three_days_are_near_on_either_side(folder: Path, days: int) -> None:
    new = session(date(2026, 10, 20) + timedelta(days=days))
    assert near(folder, [session(date(2026, 10, 20))], [new]) == [(0, "2026-10-20")]


def test_a_billed_session_that_gained_a_time_is_a_question(folder: Path) -> None:
    assert near(folder, [session(DAY, at=None)], [session(DAY, at=time(9))]) == [(0, "2026-10-05")]


@pytest.mark.parametrize(
    "new",
    [
        session(date(2026, 11, 4)),
        session(date(2026, 11, 2), professional="Jón"),
        session(date(2026, 11, 2), sponsor="Beta"),
        session(date(2026, 11, 2), service="Couples"),
        session(date(2026, 11, 2), price=6501),
        session(date(2026, 11, 2), currency="USD"),
    ],
)
def test_what_is_not_near_is_no_question(folder: Path, new: Session) -> None:
    assert near(folder, [session(date(2026, 10, 31))], [new]) == []


def close(folder: Path, billed: list[Session], export: list[Session]) -> list[tuple[int, bool]]:
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft(billed, OCTOBER)), render)
        prints = fingerprints(export)
        return [
            (prints.index(match.fingerprint), match.close)
            for match in ledger.near_matches(export, prints)
        ]


@pytest.mark.parametrize(
    "changes",
    [
        {"sponsor": "Beta"},
        {"service": "Couples"},
        {"price": 7100},
        {"currency": "USD"},
        {"professional": ""},
        {"professional": "Thora Aegisdottir"},
        {"sponsor": "", "service": "Couples", "price": 1},
    ],
)
def test_a_session_of_a_billed_ones_date_and_time_is_close_whatever_else_differs(
    folder: Path, changes: dict[str, Any]
) -> None:
    assert close(folder, [session(DAY)], [session(DAY, **changes)]) == [(0, True)]


def test_it_is_close_too_beside_the_billed_one_itself(folder: Path) -> None:
    export = [session(DAY), session(DAY, sponsor="Beta")]
    assert close(folder, [session(DAY)], export) == [(1, True)]


@pytest.mark.parametrize(
    "other",
    [
        session(DAY, professional="Jón Lind"),
        session(DAY, at=time(9, 1), sponsor="Beta"),
        session(DAY + timedelta(days=1), sponsor="Beta"),
    ],
)
def test_another_moment_or_anothers_session_is_not_close(folder: Path, other: Session) -> None:
    assert close(folder, [session(DAY)], [other]) == []


@pytest.mark.parametrize(
    ("at", "changes", "found"),
    [
        (None, {"sponsor": "Acme."}, True),
        (None, {"sponsor": "Acme ehf."}, True),
        (None, {"service": "Therápy"}, True),
        (time(9), {}, True),
        (None, {"sponsor": "Beta"}, False),
        (None, {"service": "Couples"}, False),
        (None, {"price": 6501, "sponsor": "Acme."}, False),
    ],
)
def test_without_times_the_price_and_nearly_the_same_names_are_close(
    folder: Path, at: time | None, changes: dict[str, Any], *, found: bool
) -> None:
    new = session(DAY, at=at, **changes)
    assert close(folder, [session(DAY, at=None)], [new]) == ([(0, True)] if found else [])


def test_without_times_a_billed_session_that_the_export_still_has_is_no_question(
    folder: Path,
) -> None:
    export = [session(DAY, at=None), session(DAY, at=None, sponsor="Acme.")]
    assert close(folder, [session(DAY, at=None)], export) == []


def test_without_times_a_billed_session_is_held_against_one_new_one_only(folder: Path) -> None:
    export = [session(DAY, at=None, sponsor="Acme."), session(DAY, at=None, sponsor="Acme,")]
    assert close(folder, [session(DAY, at=None)], export) == [(0, True)]


def test_a_billed_session_that_the_export_still_has_is_no_question(folder: Path) -> None:
    billed = session(date(2026, 10, 31))
    assert near(folder, [billed], [billed, session(date(2026, 11, 2))]) == []


def test_one_billed_session_is_held_against_the_nearest_new_one_only(folder: Path) -> None:
    export = [session(date(2026, 11, 3)), session(date(2026, 11, 1))]
    assert near(folder, [session(date(2026, 10, 31))], export) == [(1, "2026-10-31")]


def test_a_cancelled_session_is_no_question(folder: Path) -> None:
    export = [session(NOVEMBER.first)]
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft([session(date(2026, 10, 31))], OCTOBER)), render)
        assert ledger.near_matches(export, fingerprints(export))
        ledger.credit(credit_order("KC-0001"), render)
        assert ledger.near_matches(export, fingerprints(export)) == ()
        assert ledger.near_matches([], ()) == ()
