"""From an empty home to an issued PDF of one's own export, by keys alone, in a real terminal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.documents import paper
from tests.end_to_end.payments import Payment, csv_text
from tests.tui.terminal import Terminal, kara_tui

PAYMENTS = [
    Payment(client="Anna Client", client_email="anna@client.example", date="2026-10-06 09:30"),
    Payment(client="Bjorn Client", client_email="bjorn@client.example", date="2026-10-13 14:00"),
    Payment(client="Carl Client", client_email="carl@client.example", date="2026-11-02 11:00"),
]
PATIENCE = 60.0  # a machine with much to do is slow, and nothing here is about speed


def start(home: Path) -> Terminal:
    return Terminal(kara_tui("--today", "2026-11-03"), home, environ={"HOME": str(home.parent)})


def answer(terminal: Terminal, typed: str, then: str = "enter") -> None:
    """Type into the field that has the focus, see it there, and go on."""
    terminal.type(typed, PATIENCE)
    terminal.press(then)


def pick(terminal: Terminal, typed: str, found: str) -> None:
    """Search a list by typing, choose what is found, and go on."""
    terminal.press(*typed)
    terminal.until("╭", PATIENCE)
    terminal.press("enter")
    terminal.until(found, PATIENCE)
    terminal.press("enter")


def until_kept(terminal: Terminal, home: Path, answer: str) -> None:
    """Read until an answer stands in a file."""
    end = time.monotonic() + PATIENCE
    while not any(answer in file.read_text("utf-8") for file in home.rglob("*.json")):
        assert time.monotonic() < end, f"{answer!r} was never kept"
        terminal.settle()


def test_a_first_month_from_an_empty_home_to_the_pdf(tmp_path: Path) -> None:
    home = tmp_path / "home"
    export = tmp_path / "my payments.csv"
    export.write_text(csv_text(PAYMENTS), "utf-8")
    with start(home) as terminal:
        terminal.until("Set up my details", PATIENCE)
        terminal.press("enter")
        terminal.until("You, as the sender", PATIENCE)
        terminal.press("enter")
        answer(terminal, "Anna Lind")
        answer(terminal, "Hafnargata 2")
        answer(terminal, "230 Kef")
        terminal.press("enter")
        pick(terminal, "icel", "Iceland")
        answer(terminal, "anna@lind.example")
        answer(terminal, "0101302989")
        terminal.press("enter")

        # A machine that stops in the middle loses nothing.
        terminal.until("Whom it is sent to", PATIENCE)
        answer(terminal, "Kara Company ehf.")
        # What was typed is written beside the keys: it may take a moment on a busy machine.
        until_kept(terminal, home, "Kara Company ehf.")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait(PATIENCE)
    with start(home) as terminal:
        terminal.until("Set up my details", PATIENCE)
        terminal.press("enter")
        terminal.until("anna@lind.example", PATIENCE)
        terminal.press("pagedown")
        terminal.until("Kara Company ehf.", PATIENCE)
        answer(terminal, "Gata 1")
        terminal.press("enter")
        pick(terminal, "Ísl", "Iceland")
        terminal.press("enter", "enter")

        terminal.until("nothing chosen yet", PATIENCE)
        pick(terminal, "eng", "English")
        terminal.press("space")
        terminal.until("(•) Not registered for VAT", PATIENCE)
        terminal.press("enter", "enter")

        terminal.until("Where Kara Connect pays you", PATIENCE)
        pick(terminal, "EUR", "EUR · Euro")
        pick(terminal, "icel", "Icelandic account")
        terminal.press("enter", "enter")
        answer(terminal, "0133-26-7690")
        terminal.press("enter")

        terminal.until("Numbers, dates and mail", PATIENCE)
        terminal.press("enter", "\x7f")
        answer(terminal, "17")
        # Holidays, mail, copy and workbook; the last field's button keeps it all.
        terminal.press(*["enter"] * 4)
        terminal.until("Keep my details", PATIENCE)
        terminal.press("enter")
        terminal.until("Files in", PATIENCE)
        assert "last_used = 17" in (home / "profiles" / "default.toml").read_text("utf-8")

        terminal.press("t")
        terminal.until("Take it", PATIENCE)
        answer(terminal, str(export))
        terminal.until("2 Credit sessions", PATIENCE)
        for heading in ("Which month", "Sessions that", "Unpaid", "Invoice", "Check once more"):
            terminal.press("enter")
            terminal.until(heading, PATIENCE)
        while "Issue KC-0018?" not in terminal.text:
            terminal.press("enter")
        terminal.press("tab", "enter")
        terminal.until("still to be sent", PATIENCE)
        terminal.press("\x07")
        terminal.until("Send KC-0018", PATIENCE)
        terminal.press("ctrl+q")
        assert terminal.wait(PATIENCE) == 0

    said = paper.read((home / "invoices" / "KC-0018.pdf").read_bytes()).read_aloud
    for words in ("Anna Lind", "Hafnargata 2", "230 Kef", "010130-2989", "Kara Company ehf.",
                  "0133-26-007690", "KC-0018", "120.00"):  # fmt: skip
        assert words in said
    assert "Client" not in said
