"""The first start: three ways, each leads somewhere, and none into a wizard without an end."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kara_tui import issued, month_end, settings
from kara_tui.model import Month
from kara_tui.month_end.request import Request
from kara_tui.settings import demo_folder
from kara_tui.tui.screens.home import HomeScreen
from kara_tui.tui.screens.profile import ProfileScreen
from kara_tui.tui.screens.welcome import WelcomeScreen
from kara_tui.tui.screens.wizard import WizardScreen
from tests.tui.piloting import TODAY, Stage, pilot_of

REQUEST = Request("default", TODAY)
PROFILE = demo_folder() / "profile.toml"


@pytest.fixture(autouse=True)
def nothing_lies_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DOWNLOAD_DIR", "XDG_DOCUMENTS_DIR", "XDG_DESKTOP_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


def shows(stage: Stage) -> type:
    return type(stage.app.screen)


def from_home(path: Path) -> str:
    """A path as people type it."""
    return f"~/{path.relative_to(Path.home())}"


async def take_in(stage: Stage, path: Path) -> None:
    await stage.press("end", "enter")
    await stage.type(from_home(path))
    await stage.press("enter")


async def test_no_way_out_of_welcome_leads_into_a_wizard_without_a_profile() -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        for words in ("Set up my details", "Look at a sample month", "Use a profile file"):
            assert words in stage.text
        for key in ("escape", "ctrl+g", "backspace"):
            await stage.press(key)
            assert shows(stage) is WelcomeScreen
        await stage.press("enter", "escape")
        assert shows(stage) is WelcomeScreen
        await stage.press("ctrl+d")
        assert shows(stage) is ProfileScreen
        await stage.press("ctrl+g", "escape")
        assert shows(stage) in (ProfileScreen, WelcomeScreen)
        assert stage.app.wizard is None


async def test_the_sample_month_is_looked_at_and_left_again(home: Path) -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        await stage.press("down", "enter")
        assert shows(stage) is WizardScreen
        assert stage.app.flow.request.demo
        assert "Leave the sample month?" in await stage.press("ctrl+d")
        await stage.press("enter")
        assert shows(stage) is WizardScreen
        await stage.press("ctrl+d", "tab", "enter")
        assert shows(stage) is WelcomeScreen
        assert stage.app.flow.request == REQUEST
        await stage.press("enter")
        assert shows(stage) is ProfileScreen
    assert not settings.exists("default")
    assert not (home / "ledger.sqlite3").exists()


async def test_home_leads_out_of_the_sample_too() -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        await stage.press("down", "enter", "ctrl+g")
        assert "Leave the sample month" in stage.text
        await stage.press("end", "enter")
        assert shows(stage) is WelcomeScreen


async def test_a_profile_file_is_taken_in_right_there(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    shutil.copy(PROFILE, path)
    async with pilot_of(REQUEST, first="welcome") as stage:
        # It is offered by itself, and found folder by folder too.
        assert "~/mine.toml" in await stage.press("end", "enter")
        await stage.press("down", "down", "enter")
        assert "no folder is here" in stage.words
        assert "mine.toml" in await stage.press("enter"), "one folder up"
        await stage.press("enter")
        assert shows(stage) is WizardScreen
    assert settings.load("default").supplier == settings.read_profile(path, "x").supplier


async def test_a_profile_file_with_a_fault_opens_where_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = PROFILE.read_text("utf-8").replace('name = "', 'name = "李 ', 1)
    path.write_text(text, "utf-8")
    async with pilot_of(REQUEST, first="welcome", toasts=True) as stage:
        await take_in(stage, path)
        assert shows(stage) is ProfileScreen
        assert "李" in stage.text
        assert "To be mended first" in stage.text
    assert not settings.exists("default")


async def test_a_backup_from_another_computer_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path / "other"))
    old = tmp_path / "other" / "profiles" / "default.toml"
    old.parent.mkdir(parents=True)
    shutil.copy(PROFILE, old)
    request = Request(
        "default", date(2026, 11, 2), paid=(demo_folder() / "payments-paid.csv",),
        month=Month(2026, 10),
    )  # fmt: skip
    month_end.issue(month_end.prepare(request))
    # Where people put files it is offered by itself.
    backup = issued.backup(tmp_path / "Downloads").path
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path / "new"))
    async with pilot_of(REQUEST, first="welcome", toasts=True) as stage:
        await stage.press("end", "enter")
        assert "kara-ledger-" in stage.text
        await stage.type(from_home(backup))
        assert "The ledger of" in await stage.press("enter")
        assert shows(stage) is WelcomeScreen
        await take_in(stage, old)
        assert shows(stage) is HomeScreen
        assert "KC-0011" in stage.text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"SQLite format 3\x00garbage", b"a = 1\n"]
)
async def test_a_file_that_is_neither_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(content)
    async with pilot_of(REQUEST, first="welcome", toasts=True) as stage:
        await stage.press("end", "enter")
        await stage.type("no/such/file")
        assert "There is no such file." in await stage.press("enter")
        await stage.press("escape")
        await take_in(stage, path)
        assert shows(stage) is WelcomeScreen
        assert "Nothing was taken in." in stage.text
    assert not settings.exists("default")
