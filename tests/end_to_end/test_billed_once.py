"""No session is billed twice, and none is lost for looking like a billed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text

OCTOBER = ("--month", "2026-10", "--today", "2026-11-02")
NOVEMBER = ("--month", "2026-11", "--today", "2026-12-02")


def with_ids(payments: Sequence[Payment], ids: Sequence[str]) -> str:
    head, *rows = csv_text(payments).splitlines()
    return "\n".join([f"{head},Transaction ID", *map(",".join, zip(rows, ids, strict=True))]) + "\n"


def billed(desk: Desk, text: str, *arguments: str | Path) -> Run:
    return desk.bill("--paid", desk.file("paid.csv", text), *arguments)


def outcome(run: Run) -> tuple[int, int, str]:
    return run.code, run.json["sessions"], run.json["invoices"][0]["total"]


def on(*days: str, at: str = "10:00", **changes: str) -> list[Payment]:
    return [Payment(date=f"{day} {at}", **changes) for day in days]


@pytest.mark.parametrize(
    ("october", "november"),
    [
        (["4.20017E+18", "4.20017E+18"], ["4.20017E+18"] * 3),
        (["4200170000000000000"] * 2, ["4200170000000000000"] * 3),
        (["ORDER-5", "ORDER-5"], ["ORDER-5", "ORDER-6", "ORDER-6"]),
        (["ORDER-5", "ORDER-5"], ["ORDER-5", "ORDER-6", "ORDER-7"]),
        (["1", "2"], ["1", "2", "3"]),
    ],
)
def test_ids_that_are_none_lose_no_session(
    desk: Desk, october: list[str], november: list[str]
) -> None:
    first = billed(desk, with_ids(on("2026-10-05", "2026-10-12"), october), *OCTOBER)
    assert outcome(first) == (0, 2, "120.00")
    assert first.finding("payment-id-doubted")["count"] == 2
    assert "identical-rows" not in first.codes

    days = on("2026-11-05", "2026-11-12", "2026-11-13")
    second = billed(desk, with_ids(days, november), *NOVEMBER)
    assert outcome(second) == (0, 3, "180.00")
    again = billed(desk, with_ids(days, november), *NOVEMBER)
    assert (again.code, again.json["sessions"]) == (3, 0)


def test_an_id_on_another_date_is_asked_about_and_either_answer_is_taken(desk: Desk) -> None:
    first = billed(desk, with_ids(on("2026-10-05"), ["pay_8Kd2"]), *OCTOBER)
    assert first.code == 0
    export = with_ids(on("2026-11-09", "2026-11-10"), ["pay_8Kd2", "pay_9Xx1"])
    asked = billed(desk, export, *NOVEMBER)
    assert asked.code == 3
    finding = asked.finding("payment-id-billed")
    assert finding["rows"] == [2]
    assert "(2026-11-09 10:00) as 2026-10-05 10:00 on KC-0011" in finding["message"]
    assert "pay_8Kd2" not in asked.out + asked.err

    dry = (*NOVEMBER, "--dry-run", "--out", "out", "--decisions")
    out = desk.file("out.toml", '[[session]]\nrow = 2\nleave_out = "It was moved."\n')
    assert outcome(billed(desk, export, *dry, out)) == (0, 1, "60.00")
    bill = desk.file("bill.toml", '[[session]]\nrow = 2\nbill = "It is another."\n')
    run = billed(desk, export, *dry, bill)
    assert outcome(run) == (0, 2, "120.00")
    assert run.finding("billed-as-said")["rows"] == [2]


@pytest.mark.parametrize(
    "second",
    [
        Payment(),
        Payment(price="65.00"),
        Payment(sponsor="Hawk Lane"),
        Payment(service="Couples 80 min", professional="ÞÓRA ÆGISDÓTTIR"),
    ],
)
def test_one_professional_at_one_minute_twice_is_not_billed_before_it_is_said(
    desk: Desk, second: Payment
) -> None:
    text = csv_text([Payment(), second])
    asked = billed(desk, text, *OCTOBER)
    assert (asked.code, asked.finding("same-minute")["rows"]) == (3, [2, 3])

    group = desk.file("group.toml", '[[session]]\ntime = 10:00:00\nbill = "They are a group."\n')
    assert billed(desk, text, *OCTOBER, "--decisions", group).json["sessions"] == 2
    again = billed(desk, text, *OCTOBER)
    assert "same-minute" not in again.codes


def test_every_row_twice_is_one_question_and_not_twice_the_money(desk: Desk) -> None:
    rows = on(*(f"2026-10-{day:02}" for day in range(3, 23)))
    run = billed(desk, csv_text([*rows, *rows]), *OCTOBER)
    assert run.code == 3
    assert run.finding("same-minute")["count"] == 40
    assert [f["code"] for f in run.json["findings"] if f["severity"] == "blocker"] == [
        "same-minute"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"sponsor": "Norðurljós Software ehf"},
        {"sponsor": "NORDURLJOS SOFTWARE"},
        {"price": "62.00"},
        {"service": "Individual session, 50 min"},
        {"professional": "Thora Aegisdottir"},
    ],
)
def test_a_month_in_another_spelling_is_not_billed_again_as_late(
    desk: Desk, changes: dict[str, str]
) -> None:
    october = on("2026-10-05", "2026-10-06")
    assert billed(desk, csv_text(october), *OCTOBER).code == 0
    late = [*(replace(one, **changes) for one in october), *on("2026-11-05")]
    run = billed(desk, csv_text(late), *NOVEMBER, "--late", "include")
    assert run.code == 3
    finding = run.finding("billed-before")
    assert finding["rows"] == [2, 3]
    assert "2026-10-05 10:00 on KC-0011" in finding["message"]

    out = desk.file(
        "out.toml",
        '[[session]]\nrow = 2\nleave_out = "Billed."\n[[session]]\nrow = 3\nleave_out = "Billed."',
    )
    left = billed(desk, csv_text(late), *NOVEMBER, "--late", "include", "--decisions", out)
    assert outcome(left) == (0, 1, "60.00")
    assert "late-sessions-included" not in left.codes


def test_without_times_a_respelled_month_is_asked_about_too(desk: Desk) -> None:
    october = [Payment(date="2026-10-05"), Payment(date="2026-10-06")]
    assert billed(desk, csv_text(october), *OCTOBER).code == 0
    late = [replace(one, sponsor="Norðurljós Software ehf") for one in october]
    run = billed(desk, csv_text([*late, *on("2026-11-05")]), *NOVEMBER, "--late", "include")
    assert (run.code, run.finding("billed-before")["rows"]) == (3, [2, 3])


@pytest.mark.parametrize("key", ["leave_out", "bill"])
@pytest.mark.parametrize("reason", ["", "  ", "\\u200b", "..."])
def test_an_answer_without_a_reason_is_refused(desk: Desk, key: str, reason: str) -> None:
    answers = desk.file("answers.toml", f'[[session]]\nrow = 2\n{key} = "{reason}"\n')
    run = billed(desk, csv_text([Payment()]), *OCTOBER, "--decisions", answers)
    assert run.code == 2
    assert f"answers.toml, entry 1: {key} needs a reason" in run.err
    assert not desk.ledger.exists()


def test_both_answers_about_one_session_in_one_entry_are_refused(desk: Desk) -> None:
    answers = desk.file("answers.toml", '[[session]]\nrow = 2\nleave_out = "a"\nbill = "b"\n')
    run = billed(desk, csv_text([Payment()]), *OCTOBER, "--decisions", answers)
    assert (run.code, "both leave_out and bill" in run.err) == (2, True)


@pytest.mark.parametrize("id_", ["Unnur Sentinel", "unnur.sentinel@client.example", "010190-2389"])
def test_a_payment_id_that_is_a_person_is_kept_nowhere(desk: Desk, id_: str) -> None:
    run = billed(desk, with_ids([Payment()], [id_]), *OCTOBER)
    assert run.code == 0
    assert run.finding("payment-id-of-clients")["rows"] == [2]
    assert id_ not in run.out + run.err
    assert not [name for name, content in desk.files().items() if id_.encode() in content]
