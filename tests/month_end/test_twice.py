"""What may be billed twice is asked about once, and an answer is taken; an id proves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from kara_tui.ledger import NearMatch
from kara_tui.model import Money, Session
from kara_tui.month_end.assess import MonthEnd
from kara_tui.month_end.billing_history import BillingHistory
from kara_tui.month_end.decisions import Answer
from kara_tui.month_end.twice import ANSWERS, answered
from tests.month_end.a_month import billed_before, candidate, export, found, month_end, session

ONE = session()
DAY = ONE.date
BEFORE = billed_before("KC-0010", date(2026, 9, 30), time(9))


def codes(result: MonthEnd) -> list[str]:
    return [finding.code for finding in result.findings if finding.is_blocker]


def like(row: int, **changes: Any) -> Session:
    return replace(ONE, row=row, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"price": Money(6500, "EUR")},
        {"sponsor": "Hawk Lane"},
        {"service": "Couples"},
        {"professional": "THORA ÆGISDÓTTIR".replace("THORA", "Þóra")},
        {"professional": "Ægisdóttir Þóra"},
        {"professional": "Thora Aegisdottir"},
        {"professional_email": ""},
    ],
)
def test_two_sessions_of_one_professional_at_one_minute_are_asked_about(
    changes: dict[str, Any],
) -> None:
    result = month_end(export(ONE, like(3, **changes)))
    asked = found(result, "same-minute")
    assert (asked.rows, asked.source) == ((2, 3), "paid.csv")
    assert codes(result) == ["same-minute"]
    assert f"rows 2 and 3 ({DAY} 09:00" in asked.message


@pytest.mark.parametrize(
    "changes",
    [
        {"professional": "Jón Lind"},
        {"time": time(9, 1)},
        {"date": date(2026, 10, 20)},
        {"time": None},
    ],
)
def test_other_sessions_are_not(changes: dict[str, Any]) -> None:
    assert codes(month_end(export(ONE, like(3, **changes)))) == []


def test_without_a_professional_the_minute_alone_asks() -> None:
    nameless = {"professional": "", "professional_email": ""}
    result = month_end(export(like(2, **nameless), like(3, sponsor="Hawk Lane", **nameless)))
    assert codes(result) == ["same-minute"]


def test_without_names_other_addresses_are_other_professionals() -> None:
    one = like(2, professional="", professional_email="ann@example.is")
    two = like(3, professional="", professional_email="bo@example.is")
    again = like(4, professional="", professional_email="ANN@example.is")
    assert codes(month_end(export(one, two))) == []
    assert found(month_end(export(one, two, again)), "same-minute").rows == (2, 4)


def test_a_whole_file_there_twice_is_one_question() -> None:
    rows = [session(row) for row in range(2, 22)]
    result = month_end(export(*rows, *(replace(one, row=one.row + 20) for one in rows)))
    asked = found(result, "same-minute")
    assert (asked.count, codes(result)) == (40, ["same-minute"])
    assert "14 more groups of rows" in asked.message
    assert "Each is equal to its double" in asked.message


@pytest.mark.parametrize(("chosen", "billed"), [(0, [2, 3, 5]), (1, [2, 3, 4, 5, 6, 7])])
def test_one_answer_settles_them_and_is_not_asked_again(chosen: int, billed: list[int]) -> None:
    other = session(5)
    files = export(ONE, session(3), like(4), other, replace(other, row=6), replace(other, row=7))
    result = month_end(files)
    [doubt] = result.doubts
    assert ANSWERS[chosen]
    request = answered(result.request, doubt, chosen)
    settled = month_end(files, bill=request.bill, left_out=request.left_out)
    assert not settled.is_blocked
    assert settled.doubts == ()
    assert [one.session.row for one in settled.billed] == billed


def test_a_group_that_gains_a_member_is_asked_about_when_it_is_not_the_only_new_one() -> None:
    group = [like(2), like(3)]
    real = {one.fingerprint: "A group." for one in month_end(export(*group)).billed}
    assert codes(month_end(export(*group), bill=real)) == []
    assert codes(month_end(export(*group, like(4)), bill=real)) == []
    assert codes(month_end(export(*group, like(4), like(5)), bill=real)) == ["same-minute"]


def test_an_answer_of_a_file_for_a_service_bills_its_groups_and_is_said() -> None:
    group = [like(row, service="Group session") for row in (2, 3, 4)]
    other = [session(7), replace(session(7), row=8)]
    answers = (Answer(service="group session", bill="Several take part."),)
    result = month_end(export(*group, *other), answers=answers)
    assert found(result, "same-minute").rows == (7, 8)
    said = found(result, "billed-as-said")
    assert (said.rows, said.is_blocker) == ((2, 3, 4), False)
    assert "as you said: Several take part." in said.message


def test_the_last_of_two_answers_about_one_session_holds() -> None:
    out, bill = Answer(row=3, leave_out="Twice."), Answer(date=DAY, bill="A group.")
    files = export(ONE, like(3))
    assert month_end(files, answers=(out, bill)).sessions == 2
    assert month_end(files, answers=(bill, out)).sessions == 1


def test_a_session_of_a_billed_ones_moment_is_asked_about_until_it_is_answered() -> None:
    print_ = candidate(ONE).fingerprint
    known = BillingHistory(near=(NearMatch(print_, BEFORE, close=True),))
    asked = found(month_end(export(ONE), known=known), "billed-before")
    assert f"row 2 of paid.csv ({DAY} 09:00) as 2026-09-30 09:00 on KC-0010" in asked.message
    assert codes(month_end(export(ONE), known=known, bill={print_: "Another."})) == []
    [doubt] = month_end(export(ONE), known=known).doubts
    assert (doubt.again, doubt.reason) == ((print_,), "It is on KC-0010 already.")


# -- payment ids


def with_ids(*ids: str, **changes: Any) -> list[Session]:
    return [session(row, payment_id=id_, **changes) for row, id_ in enumerate(ids, 2)]


@pytest.mark.parametrize(
    ("ids", "because"),
    [
        (["1.00012E+15", "1.00012E+15"], "rounded"),
        (["1,00012E+15", "17"], "rounded"),
        (["9E+18", "P-1"], "rounded"),
        (["1000120000000000", "1000130000000000"], "rounded"),
        (["89652900000000000000"], "rounded"),
        (["BLOCK-17", "BLOCK-17"], "share one"),
        (["1", "2", "3"], "small"),
        (["#001", "#002"], "small"),
        (["17", "P-77"], ""),
        (["P-1", "P-2"], ""),
        (["1000123456789012", "1000123456789010"], ""),
        (["7f9e12", "pay_2K"], ""),
    ],
)
def test_ids_that_are_none_are_said_once_and_prove_nothing(ids: list[str], because: str) -> None:
    known = BillingHistory(with_ids=dict.fromkeys(ids, (BEFORE,)))
    result = month_end(export(*with_ids(*ids), fields=["payment_id"]), known=known)
    if because:
        assert because in found(result, "payment-id-doubted").message
        assert codes(result) == []
        assert result.sessions == len(ids)
    else:
        assert codes(result) == ["payment-id-billed"]
        assert "payment-id-doubted" not in [one.code for one in result.findings]


def test_an_id_that_invoiced_sessions_shared_is_none() -> None:
    other = replace(BEFORE, date=date(2026, 9, 23))
    result = month_end(
        export(*with_ids("B-17", "B-18")), known=BillingHistory(with_ids={"B-17": (BEFORE, other)})
    )
    assert "that were invoiced share one" in found(result, "payment-id-doubted").message
    assert result.sessions == 2


def test_a_billed_id_under_another_date_names_both_and_shows_no_id() -> None:
    result = month_end(
        export(*with_ids("P-77", "P-78")), known=BillingHistory(with_ids={"P-77": (BEFORE,)})
    )
    asked = found(result, "payment-id-billed")
    assert asked.rows == (2,)
    assert "row 2 of paid.csv (2026-10-07 09:00) as 2026-09-30 09:00 on KC-0010" in asked.message
    assert "P-77" not in asked.message + asked.hint


def test_what_is_asked_for_one_reason_is_not_asked_for_another() -> None:
    rows = [like(row, payment_id="P-1", price=Money(6000 + row, "EUR")) for row in (2, 3)]
    assert codes(month_end(export(*rows))) == ["same-minute"]
    one = session(payment_id="P-1")
    match = NearMatch(candidate(one).fingerprint, BEFORE, close=True)
    known = BillingHistory(near=(match,), with_ids={"P-1": (BEFORE,)})
    assert codes(month_end(export(one), known=known)) == ["billed-before"]


def test_one_id_on_two_rows_of_one_date_without_times_is_asked_about() -> None:
    one, other = (like(row, time=None, payment_id="P-1") for row in (2, 3))
    result = month_end(export(one, replace(other, price=Money(6500, "EUR"))))
    assert codes(result) == ["payment-id-twice"]


def test_ids_that_are_believed_tell_equal_rows_without_times_apart_and_others_do_not() -> None:
    def rows(*ids: str) -> list[Session]:
        return [like(row, time=None, payment_id=id_) for row, id_ in enumerate(ids, 2)]

    assert codes(month_end(export(*rows("P-1", "P-2")))) == []
    assert codes(month_end(export(*rows("1", "2")))) == ["identical-rows"]
    assert codes(month_end(export(*rows("P-1", "")))) == []
