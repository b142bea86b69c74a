"""The terminal's own cursor stands where the user is, for those who hear or feel it."""

from __future__ import annotations

from pathlib import Path

from tests.tui.terminal import Terminal, kara_tui

READ = "2,730.00 EUR"


def line_at_cursor(terminal: Terminal) -> str:
    terminal.settle(0.2)
    return str(terminal.screen.display[terminal.screen.cursor.y])


def test_it_follows_the_cursor_in_lists_the_table_and_fields(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.settle(0.5)
        assert "payments-paid.csv" in line_at_cursor(terminal)
        terminal.press("down")
        assert "payments-unpaid.csv" in line_at_cursor(terminal)
        terminal.press("t", *"abc")
        assert "abc" in line_at_cursor(terminal)
        # A caret is drawn there too, for those who see it.
        at = terminal.screen.cursor
        line = terminal.screen.buffer[at.y]
        assert line[at.x].bg != line[at.x - 1].bg
        terminal.press("left")
        terminal.settle(0.2)
        before = terminal.screen.cursor.x
        terminal.press("left")
        terminal.settle(0.2)
        assert terminal.screen.cursor.x == before - 1
        terminal.press("escape")
        terminal.settle(0.3)
        assert "payments-unpaid.csv" in line_at_cursor(terminal)
        terminal.press("enter")
        terminal.until("● Paid")
        terminal.press("enter")
        terminal.until("● Credit")
        first = line_at_cursor(terminal)
        assert "Fri 30 Oct  16:00" in first
        terminal.press("down")
        assert "Fri 30 Oct  14:30" in line_at_cursor(terminal)
        terminal.press("pagedown", "pagedown")
        marked = line_at_cursor(terminal)
        assert "Oct" in marked
        assert b"\x1b]0;" not in terminal.sent
        assert b"\x1b]2;" not in terminal.sent
