"""The ways on from where a user is: help, the files of what was issued, a file that has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request
from kara_tui.tui.screens.profile import ProfileScreen
from tests.end_to_end.payments import Payment
from tests.tui.piloting import TODAY, own_month, pilot_of

if TYPE_CHECKING:
    import pytest

TWO = (Payment(), Payment(date="2026-10-15 11:00", sponsor="Acme ehf."))


async def test_every_screen_has_help_and_only_the_month_has_steps(tmp_path: Path) -> None:
    async with pilot_of(Request("default", TODAY), first="welcome") as stage:
        assert "Payments" not in stage.text
        assert "╭─ Help" in await stage.press("question_mark")
        await stage.press("escape", "ctrl+d")
        assert isinstance(stage.app.screen, ProfileScreen)
        assert "● Payments" not in stage.text
        # In a field ? is a letter, and F1 is help.
        assert "╭─ Help" in await stage.press("f1")
    own_month(tmp_path, TWO)
    async with pilot_of(Request("default", TODAY), first="home") as stage:
        assert "● Payments" not in stage.text
        assert "no export chosen" not in stage.text
        assert "╭─ Help" in await stage.press("question_mark")


async def test_what_was_issued_is_opened_copied_and_found_from_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def opens(path: Path) -> str:
        opened.append(path)
        return ""

    monkeypatch.setattr("kara_tui.tui.pages.done.open_path", opens)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22")
    monkeypatch.setenv("USER", "thora")
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        await stage.go(StepId.SEND)
        await stage.press("enter", "tab", "enter")
        assert stage.is_at(StepId.DONE)
        # Far away every file is fetched by one line, which is copied whole.
        await stage.press("1")
        fetch = stage.app.clipboard
        assert fetch.startswith("scp thora@10.0.0.2:")
        assert ".eml" in fetch
        assert "KC-0011.pdf" in fetch
        assert "\n" not in fetch
        assert "This line is copied." in stage.text
        await stage.press("escape", "o")
        assert stage.app.clipboard.endswith("KC-0011.pdf .")
        await stage.press("escape", "4")
        folder = Path(stage.app.clipboard)
        assert list(folder.glob("*KC-0011.pdf"))
        await stage.press("escape")
        # For a webmail the fields are copied one by one.
        copied = []
        for downs in (1, 2, 3):
            await stage.press("2", *["down"] * downs, "enter")
            copied.append(stage.app.clipboard)
        to, subject, text = copied
        assert "@" in to
        assert "October 2026" in subject
        assert "120.00" in text
        assert "\n" in text

        # Where there is a screen they are opened.
        monkeypatch.setattr("kara_tui.tui.pages.done.opener", lambda _: ("open",))
        await stage.press("1", "o", "4")
        assert [path.suffix for path in opened] == [".eml", ".pdf", ""]
        assert opened[2] == folder
        assert "Opening the folder." in stage.app.heard


async def test_a_file_that_changed_since_is_named_when_the_month_is_taken_up(
    tmp_path: Path,
) -> None:
    month = own_month(tmp_path, TWO)
    async with pilot_of(month) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("space", "down", "enter")
    own_month(tmp_path, (*TWO, Payment(date="2026-10-20 10:00")))
    async with pilot_of(replace(month, paid=()), first="home") as stage:
        assert "Go on with October 2026" in stage.text
        said = await stage.heard("enter")
        assert "payments_export.csv changed since" in said
        assert stage.is_at(StepId.CREDIT)
        assert "2 billed, 1 left out" in stage.text
