"""Sessions still Unpaid: asked about, decided once, kept for good, and never billed from there."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text, unpaid_text
from tests.end_to_end.reading_back import annex

PAID = Payment()
OPEN = Payment(date="2026-10-20 09:00", service="Open session")

# A session for each thing that can be said about it, by its row in the Unpaid export.
DECISIONS = {2: "confirmed", 3: "collect", 4: "void", 5: "elsewhere", 6: "later"}
ALL_OPEN = [
    Payment(date=f"2026-10-2{row} 09:00", service=f"Open {decision}")
    for row, decision in DECISIONS.items()
]
# What is found from then on, with the rows it is about; of the others nothing is said any more.
SETTLED = {"confirmed-still-unpaid": [2], "unpaid-later": [6]}

ABOUT_UNPAID = {
    "unpaid-with-sponsor", "unpaid-without-sponsor", "confirmed-still-unpaid", "unpaid-later",
    "confirmed-missing", "decision-unmatched", "put-off-unsettled",
}  # fmt: skip


def about_unpaid(run: Run) -> list[str]:
    return [code for code in run.codes if code in ABOUT_UNPAID]


@pytest.fixture
def files(desk: Desk) -> tuple[str, Path, str, Path]:
    """The month's two exports, as arguments: one session paid, one unpaid with a sponsor."""
    paid = desk.file("paid.csv", csv_text([PAID]))
    unpaid = desk.file("unpaid.csv", unpaid_text([OPEN]))
    return ("--paid", paid, "--unpaid", unpaid)


Files = tuple[str, Path, str, Path]


def answer(decision: str, **about: str) -> str:
    lines = [f'decision = "{decision}"', *(f"{key} = {value}" for key, value in about.items())]
    return "\n".join(["[[session]]", *lines, ""])


def rows_about_unpaid(run: Run) -> dict[str, list[int]]:
    return {code: run.finding(code)["rows"] for code in about_unpaid(run)}


def test_a_file_of_answers_settles_sessions_and_each_answer_is_kept_for_good(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([PAID]))
    unpaid = desk.file("unpaid.csv", unpaid_text(ALL_OPEN))
    text = "".join(
        answer(said, date=f"2026-10-2{row}", time="09:00:00", note=f'"note {row}"')
        for row, said in DECISIONS.items()
    )
    answers = desk.file("answers.toml", text)

    issued = desk.bill("--paid", paid, "--unpaid", unpaid, "--decisions", answers)

    assert (issued.code, issued.json["sessions"]) == (0, 1)
    assert rows_about_unpaid(issued) == SETTLED
    # Without the file the answers still hold: it is the month that stops the run now.
    again = desk.bill("--paid", paid, "--unpaid", unpaid)
    assert (again.code, again.codes[0]) == (3, "month-issued")
    assert rows_about_unpaid(again) == SETTLED
    # They stand in the ledger's export with their notes, in the order in which they were said.
    assert desk.run("export", "ledger").code == 0
    with (desk.folder / "ledger" / "decisions.csv").open(encoding="utf-8-sig") as file:
        kept = [(row["decision"], row["note"]) for row in csv.DictReader(file)]
    assert kept == [(said, f"note {row}") for row, said in DECISIONS.items()]


def test_decide_settles_sessions_before_anything_is_issued(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([PAID]))
    unpaid = desk.file("unpaid.csv", unpaid_text(ALL_OPEN))
    for row, said in DECISIONS.items():
        words = ("--row", str(row), "--decision", said, "--month", "2026-10")
        told = desk.run("decide", "--unpaid", unpaid, *words)
        assert told.code == 0
        assert told.out == f"Row {row}, 2026-10-2{row}, Open {said}: {said}.\n"

    run = desk.bill("--paid", paid, "--unpaid", unpaid, "--dry-run", "--out", "out")

    assert (run.code, run.json["sessions"]) == (0, 1)
    assert rows_about_unpaid(run) == SETTLED


def test_a_session_with_a_sponsor_blocks_until_it_is_settled(desk: Desk, files: Files) -> None:
    run = desk.bill(*files)

    assert run.code == 3
    finding = run.finding("unpaid-with-sponsor")
    assert (finding["severity"], finding["rows"]) == ("blocker", [2])
    assert "Edit Payment → Confirm" in finding["hint"]
    assert not desk.ledger.exists()


def test_a_session_that_was_put_off_is_named_until_it_is_billed(desk: Desk, files: Files) -> None:
    desk.run("decide", "--unpaid", files[3], "--row", "2", "--decision", "later",
             "--month", "2026-10")  # fmt: skip
    assert about_unpaid(desk.bill(*files)) == ["unpaid-later"]

    # The next month's exports hold that month alone.
    november = [replace(PAID, date="2026-11-10 10:00")]
    paid = ("--paid", desk.file("november.csv", csv_text(november)), "--today", "2026-12-01")
    named = desk.bill(*paid, "--dry-run")
    assert about_unpaid(named) == ["put-off-unsettled"]
    assert "2026-10-20 09:00" in named.finding("put-off-unsettled")["message"]

    # Confirmed meanwhile, it comes late and is billed.
    held = ("--paid", desk.file("held.csv", csv_text([*november, OPEN])), *paid[2:])
    assert about_unpaid(desk.bill(*held, "--late", "include")) == []


def test_a_confirmed_session_is_billed_once_a_paid_export_holds_it(
    desk: Desk, files: Files
) -> None:
    desk.run("decide", "--unpaid", files[3], "--row", "2", "--decision", "confirmed",
             "--month", "2026-10")  # fmt: skip
    missing = desk.bill(*files[:2], "--dry-run", "--out", "out")
    assert missing.code == 0
    sentence = missing.finding("confirmed-missing")["message"]
    assert "2026-10-20 09:00" in sentence
    assert "Norðurljós Software ehf." in sentence

    held = desk.bill("--paid", desk.file("held.csv", csv_text([PAID, OPEN])))
    assert (held.code, held.json["sessions"]) == (0, 2)
    assert about_unpaid(held) == []

    # Next month it is billed and no longer looked for.
    december = replace(PAID, date="2026-11-10 10:00")
    later = desk.file("later.csv", csv_text([december]))
    assert about_unpaid(desk.bill("--paid", later, "--today", "2026-12-01")) == []


def test_a_later_word_replaces_an_earlier_one(desk: Desk, files: Files) -> None:
    for decision in ("later", "void"):
        desk.run("decide", "--unpaid", files[3], "--row", "2", "--decision", decision,
                 "--month", "2026-10")  # fmt: skip
    assert about_unpaid(desk.bill(*files, "--dry-run", "--out", "out")) == []
    desk.run("export", "ledger")
    history = (desk.folder / "ledger" / "decisions.csv").read_text("utf-8")
    assert "later" in history
    assert "void" in history


def test_an_answer_that_fits_no_session_is_said_and_the_session_is_still_asked_about(
    desk: Desk, files: Files
) -> None:
    answers = desk.file("answers.toml", answer("void", date="2026-10-21"))
    run = desk.bill(*files, "--decisions", answers)

    assert run.code == 3
    assert about_unpaid(run) == ["unpaid-with-sponsor", "decision-unmatched"]
    assert "2026-10-21" in run.finding("decision-unmatched")["message"]


def test_a_dry_run_keeps_no_answer(desk: Desk, files: Files) -> None:
    answers = desk.file("answers.toml", answer("void", row="2"))
    assert desk.bill(*files, "--decisions", answers, "--dry-run", "--out", "out").code == 0
    assert not desk.ledger.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[session]]\nrow = 2\n", "says either a decision"),
        (answer("maybe", row="2"), "decision must be one of"),
        (answer("void"), "about which session"),
        (answer("void", row='"2"'), "row = 4"),
        (answer("void", date='"2026-10-20"'), "date = 2026-10-14"),
        (answer("void", client='"x"'), "'client' is not known"),
        ("session = 1\n", "[[session]]"),
        ("[[sessions]]\nrow = 2\n", "[[session]]"),
        ("[[session]\n", "is not TOML"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_of_answers_with_a_slip_is_wrong_usage_and_says_where(
    desk: Desk, text: str | bytes, said: str
) -> None:
    run = desk.bill("--paid", "none.csv", "--decisions", desk.file("answers.toml", text))
    assert run.code == 2
    assert said in run.err
    assert "answers.toml" in run.err


def test_a_file_of_answers_puts_paid_sessions_right_for_this_invoice(desk: Desk) -> None:
    dates_only = [Payment(date=f"2026-10-{day}", service=f"Paid {day}") for day in (13, 14, 15)]
    paid = desk.file("paid.csv", csv_text(dates_only))
    entries = (
        "[[session]]\nrow = 2\nset_time = 10:30:00\n"
        '[[session]]\nrow = 3\nset_kind = "no-show"\n'
        '[[session]]\nrow = 4\nleave_out = "not mine"\n'
    )
    answers = desk.file("answers.toml", entries)

    run = desk.bill("--paid", paid, "--decisions", answers, "--dry-run", "--out", "out")

    assert (run.code, run.json["sessions"]) == (0, 2)
    assert run.finding("left-out")["rows"] == [4]
    assert "not mine" in run.finding("left-out")["message"]
    assert run.finding("no-time")["rows"] == [3]
    first, second = annex(desk.folder / run.json["invoices"][0]["annex"]).sessions
    assert (first["Service"], first["Time"]) == ("Paid 13", time(10, 30))
    assert (second["Service"], second["Kind"]) == ("Paid 14", "No-show")


def test_below_a_cell_of_two_lines_decide_and_decisions_mean_a_spreadsheet_s_row(
    desk: Desk,
) -> None:
    paid = desk.file("paid.csv", csv_text([PAID]))
    two_lines = replace(OPEN, service="Open\nsession", date="2026-10-19 09:00")
    third, fourth = (replace(OPEN, service=f"Open {number}") for number in ("third", "fourth"))
    unpaid = desk.file("unpaid.csv", unpaid_text([two_lines, third, fourth]))

    told = desk.run("decide", "--unpaid", unpaid, "--row", "4", "--decision", "void",
                    "--month", "2026-10")  # fmt: skip
    assert "Row 4 (line 5), 2026-10-20, Open fourth: void." in told.out

    answers = desk.file("answers.toml", answer("void", row="3"))
    run = desk.bill("--dry-run", "--paid", paid, "--unpaid", unpaid, "--decisions", answers)
    assert rows_about_unpaid(run) == {"unpaid-with-sponsor": [2]}


def test_decide_for_a_row_that_holds_no_unpaid_session_names_the_rows_there_are(
    desk: Desk, files: Files
) -> None:
    run = desk.run("decide", "--unpaid", files[3], "--row", "7", "--decision", "void",
                   "--month", "2026-10")  # fmt: skip
    assert run.code == 3
    assert "Row 7" in run.err
    assert "there are rows 2" in run.err
    assert not desk.ledger.exists()


def test_unpaid_sessions_of_other_months_are_said(desk: Desk) -> None:
    unpaid = [replace(OPEN, date="2026-08-20 09:00"), replace(OPEN, date="2026-11-01 09:00")]
    run = desk.bill(
        "--paid", desk.file("paid.csv", csv_text([PAID])),
        "--unpaid", desk.file("unpaid.csv", unpaid_text(unpaid)), "--dry-run", "--out", "out",
    )  # fmt: skip
    assert run.code == 0
    assert "August 2026 (1)" in run.finding("unpaid-earlier-month")["message"]
    assert "November 2026 (1)" in run.finding("unpaid-later-month")["message"]


def test_a_decision_of_one_profile_does_not_speak_in_another(
    desk: Desk, files: tuple[str | Path, ...]
) -> None:
    desk.write_profile("second", invoice={"prefix": "SE-", "last_used": 0})
    word = ("--row", "2", "--decision", "void", "--month", "2026-10", "--today", "2026-11-02")
    assert desk.run("decide", "--unpaid", files[3], *word).code == 0

    dry = ("--dry-run", "--out", "out")
    assert desk.bill(*files, *dry).code == 0
    other = desk.bill(*files, *dry, "--profile", "second")
    assert (other.code, other.finding("unpaid-with-sponsor")["rows"]) == (3, [2])
    assert desk.run("decide", "--unpaid", files[3], *word, "--profile", "second").code == 0
    assert desk.bill(*files, *dry, "--profile", "second").code == 0
