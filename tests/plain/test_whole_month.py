"""A whole month in questions and answers: issued, handed over, left, taken up again."""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path

import pytest

from tests.documents.paper import read
from tests.plain.conversation import DEMO_PROFILE, Home, Terminal

DEMO = DEMO_PROFILE.parent
PAID, UNPAID = str(DEMO / "payments-paid.csv"), str(DEMO / "payments-unpaid.csv")

# Enter for both files, the month, the sessions, the unpaid ones and the invoice.
ENTERS = [""] * 6
HAPPY = [*ENTERS, "issue", "y"]


def test_the_sample_month_is_issued_and_its_pdf_says_what_was_said(home: Home) -> None:
    talked = home.talk(*HAPPY, given=["--demo"])

    assert talked.code == 0
    assert "It takes the number KC-0011 when it is issued." in talked.text
    assert "To be issued: October 2026, as KC-0011." in talked.text
    assert "Invoice KC-0011: 2,730.00 EUR." in talked.text
    (pdf,) = talked.issued()
    paper = read(pdf.read_bytes())
    assert "2,730.00" in paper.read_aloud
    assert "KC-0011" in paper.read_aloud
    assert "Subject: [SAMPLE] Invoice KC-0011" in talked.text
    assert "Noted as sent on 2026-11-02." in talked.text
    assert "Step 7 of 7: Done." in talked.text
    assert "Tuesday 10 November 2026" in talked.text
    assert "Apple Mail: Message → Send Again" in " ".join(talked.text.split())
    assert "kara-tui --no-tui --demo --month 2026-10" in talked.text


def test_in_a_terminal_the_same_is_a_dialogue(home: Home) -> None:
    with home.terminal("--demo") as terminal:
        for question in (
            "Paid export: type", "Unpaid export: type", "Which month is billed?",
            "Enter to go on, l for the list", "How do you want to answer?",
            "Enter to go on, l for every line",
        ):  # fmt: skip
            terminal.wait_for(question)
            terminal.type("")
        terminal.wait_for("Type the word issue")
        terminal.type("issue")
        terminal.wait_for("Have you sent the mail?")
        terminal.type("y")
        assert terminal.ended() == 0
        assert "Step 7 of 7: Done." in terminal.text


def test_the_users_own_month_is_issued_once_and_then_refused(home: Home) -> None:
    given = ["--today", "2026-11-02", "--paid", PAID, "--unpaid", UNPAID]
    first = home.talk(*HAPPY, given=given)
    again = home.talk("", "", "", given=given)

    assert first.code == 0
    assert [pdf.parent for pdf in first.issued()] == [home.data / "invoices"]
    assert "October 2026 is invoiced already: KC-0011" in " ".join(again.text.split())
    assert again.code == 130


@pytest.mark.parametrize("answered", range(len(HAPPY)))
def test_the_end_of_input_at_any_question_leaves_cleanly(home: Home, answered: int) -> None:
    talked = home.talk_here(*HAPPY[:answered], given=["--demo"])

    assert talked.code == 130
    assert "You have left kara-tui." in talked.text
    was_issued = answered > HAPPY.index("issue")
    assert ("KC-0011 is issued and kept" in talked.text) is was_issued
    assert ("Nothing was issued" in talked.text) is not was_issued


def test_ctrl_c_leaves_with_130_and_says_what_is_kept(home: Home) -> None:
    with home.terminal("--demo") as terminal:
        terminal.wait_for("Paid export: type")
        terminal.press(b"\x03")
        assert terminal.ended() == 130
        assert "Nothing was issued" in terminal.text


def test_ctrl_d_leaves_with_130(home: Home) -> None:
    with home.terminal("--demo") as terminal:
        terminal.wait_for("Paid export: type")
        terminal.press(b"\x04")
        assert terminal.ended() == 130


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_pasted_export_does_not_outlive_the_conversation(
    home: Home, number: signal.Signals, code: int
) -> None:
    with home.terminal("--today", "2026-11-02") as terminal:
        _paste(terminal)
        assert _pasted_by(terminal)
        terminal.signal(number)
        assert terminal.ended() == code
        assert not _pasted_by(terminal)


def test_what_a_kill_left_of_a_pasted_export_is_swept_away_by_the_next_start(home: Home) -> None:
    with home.terminal("--today", "2026-11-02") as killed:
        _paste(killed)
        killed.signal(signal.SIGKILL)
        killed.process.wait()
        assert _pasted_by(killed)
    with home.terminal("--today", "2026-11-02") as running:
        _paste(running)
        assert not _pasted_by(killed)
        home.talk_here("q", given=["--demo"])
        assert _pasted_by(running)


CLIENTS = ("Sponsor,Type,Client Name\r" + "Harbour,Credit,Greta Weber " + "long " * 1_500 + "\r"
           "Harbour,Cash,Otto Lind\r")  # fmt: skip


def _begin_to_paste(terminal: Terminal) -> None:
    terminal.wait_for("Paid export: type")
    terminal.type("p")
    terminal.wait_for("or with Ctrl-D.")


def _pasted_in_memory(terminal: Terminal) -> str:
    (folder,) = _pasted_by(terminal)
    return (folder / "pasted-paid.csv").read_text("utf-8")


@pytest.mark.parametrize("end", [b".\r", b"\x04"], ids=["dot", "ctrl-d"])
def test_a_pasted_export_is_taken_whole_and_never_shown(home: Home, end: bytes) -> None:
    with home.terminal("--today", "2026-11-02") as terminal:
        _begin_to_paste(terminal)
        terminal.shows_what_is_typed(shows=False)
        terminal.press(CLIENTS.encode() + end)
        terminal.wait_for("3 lines were pasted")
        terminal.wait_for("Unpaid export: type")
        terminal.shows_what_is_typed(shows=True)
        assert "Greta" not in terminal.text
        assert "Otto" not in terminal.text
        assert _pasted_in_memory(terminal) == CLIENTS.replace("\r", "\n")


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)],
)
def test_whatever_ends_a_paste_the_terminal_shows_again_what_is_typed(
    home: Home, number: signal.Signals, code: int
) -> None:
    with home.terminal("--today", "2026-11-02") as terminal:
        _begin_to_paste(terminal)
        terminal.press(CLIENTS.encode())
        terminal.signal(number)
        assert terminal.ended() == code
        terminal.shows_what_is_typed(shows=True)
        assert "Greta" not in terminal.text
        assert not _pasted_by(terminal)


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP], ids=["TSTP", "STOP"])
def test_a_paste_goes_on_unseen_after_a_stop(home: Home, stop: signal.Signals) -> None:
    with home.terminal("--today", "2026-11-02") as terminal:
        _begin_to_paste(terminal)
        middle = CLIENTS.index("Harbour,Cash")
        terminal.press(CLIENTS[:middle].encode())
        terminal.stop(stop)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Go on, and end with a dot.")
        terminal.shows_what_is_typed(shows=False)
        terminal.press(CLIENTS[middle:].encode() + b".\r")
        terminal.wait_for("3 lines were pasted")
        assert "Otto" not in terminal.text
        assert _pasted_in_memory(terminal) == CLIENTS.replace("\r", "\n")


def test_a_question_is_asked_again_after_a_stop(home: Home) -> None:
    with home.terminal("--demo") as terminal:
        terminal.wait_for("Paid export: type")
        terminal.stop(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Paid export: type")
        terminal.type("q")
        assert terminal.ended() == 0


def test_an_export_pasted_at_the_question_itself_is_no_answer(home: Home) -> None:
    rows = "Sponsor,Type,Service Name,Client Name\nHarbour,Credit,Talk,Greta Weber\n" * 20
    with home.terminal("--today", "2026-11-02") as terminal:
        terminal.wait_for("Paid export: type")
        terminal.press(rows.encode())
        terminal.wait_for("It was not taken, and it stands in this window now")
        terminal.wait_for("or with Ctrl-D.")
        terminal.press(CLIENTS.encode() + b".\r")
        terminal.wait_for("3 lines were pasted")
        assert "Please type" not in terminal.text


def _paste(terminal: Terminal) -> None:
    terminal.wait_for("Paid export: type")
    terminal.type("p")
    terminal.type("Sponsor,Type\nsome text")
    terminal.type(".")
    terminal.wait_for("Unpaid export: type")


def _pasted_by(terminal: Terminal) -> list[Path]:
    folders = (Path("/dev/shm"), Path(tempfile.gettempdir()))
    name = f"kara-tui-pasted-{terminal.process.pid}-*"
    return [found for folder in folders for found in folder.glob(name)]


def test_leaving_keeps_the_answers_and_the_next_start_goes_on(home: Home) -> None:
    left = home.talk(
        PAID, UNPAID, "", "1", "charged twice", "", "q", given=["--today", "2026-11-02"]
    )
    taken_up = home.talk("", "", "", "issue", "n", given=["--today", "2026-11-02"])

    assert left.code == 0
    assert "Your answers are kept" in left.text
    assert "you came to step 4, Unpaid, for October 2026" in taken_up.text
    assert "41 sessions" in taken_up.text
    assert "Step 3" not in taken_up.text
    assert taken_up.code == 0


def test_what_was_said_in_the_middle_of_a_step_survives_a_kill(home: Home) -> None:
    with home.terminal("--today", "2026-11-02") as terminal:
        for question, answer in (
            ("Paid export: type", PAID), ("Unpaid export: type", "n"),
            ("Which month is billed?", ""), ("Enter to go on, l for the list", "3"),
            ("Why?", "charged twice"),
        ):  # fmt: skip
            terminal.wait_for(question)
            terminal.type(answer)
        terminal.wait_for("1 left out")
        terminal.wait_for("Enter to go on, l for the list")
        terminal.signal(signal.SIGKILL)
        terminal.process.wait()
    taken_up = home.talk_here("", "q", given=["--today", "2026-11-02"])

    assert "you came to step 3, Credit" in taken_up.text
    assert "41 sessions" in taken_up.text


def test_leaving_before_anything_was_said_keeps_nothing(home: Home) -> None:
    left = home.talk_here("q", given=["--today", "2026-11-02"])

    assert "are kept" not in left.text
    assert not list(home.data.glob("ledger*"))


def test_a_file_that_changed_meanwhile_is_said_to_have_changed(home: Home) -> None:
    copy = home.downloads / "payments.csv"
    copy.write_bytes(Path(PAID).read_bytes())
    home.talk_here(str(copy), "n", "", "q", given=["--today", "2026-11-02"])
    lines = copy.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join(lines[:20]))
    talked = home.talk_here("y", "q", given=["--today", "2026-11-02"])

    assert "Since then payments.csv has changed" in talked.text


def test_what_was_kept_can_be_forgotten(home: Home) -> None:
    home.talk_here(PAID, "n", "", "q", given=["--today", "2026-11-02"])
    anew = home.talk_here("n", "q", given=["--today", "2026-11-02"])
    after = home.talk_here("q", given=["--today", "2026-11-02"])

    assert "Step 1 of 7" in anew.text
    assert "Last time" not in after.text


def test_over_ssh_the_line_that_fetches_the_files_is_said(home: Home) -> None:
    ssh = {"SSH_CONNECTION": "203.0.113.7 50522 192.0.2.10 2222"}
    talked = home.talk(*HAPPY, given=["--demo"], environ=ssh)

    assert f"scp -P 2222 anna@192.0.2.10:{talked.issued()[0]} " in talked.text


def test_a_terminal_that_knows_no_unicode_gets_the_month_all_the_same(home: Home) -> None:
    latin = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    talked = home.talk(*HAPPY, given=["--demo"], environ=latin)

    assert talked.code == 0
