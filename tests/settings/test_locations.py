"""Where files live, with one home and without, and which of two themes of a name is taken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kara_tui.settings import (
    BadName,
    UnknownTheme,
    data_folder,
    demo_folder,
    invoices_folder,
    ledger_file,
    profiles_folder,
    settings_folder,
    shipped_themes,
    theme_folder,
    themes,
)


def test_one_home_holds_everything(home: Path) -> None:
    assert settings_folder() == data_folder() == home
    assert profiles_folder() == home / "profiles"
    assert invoices_folder() == home / "invoices"
    assert ledger_file().parent == home


def test_looking_for_a_place_makes_no_folder(home: Path) -> None:
    ledger_file()
    themes("invoice")
    assert not home.exists()


def test_a_home_may_be_relative_or_begin_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KARA_TUI_HOME", "here")
    assert settings_folder() == tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KARA_TUI_HOME", "~/kara")
    assert settings_folder() == tmp_path / "kara"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
@pytest.mark.parametrize("home", ["", None])
def test_without_a_home_the_xdg_folders_are_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str | None
) -> None:
    if home is None:
        monkeypatch.delenv("KARA_TUI_HOME", raising=False)
    else:
        monkeypatch.setenv("KARA_TUI_HOME", home)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert profiles_folder() == tmp_path / "config" / "kara-tui" / "profiles"
    assert ledger_file().parent == tmp_path / "data" / "kara-tui"


def test_the_users_own_theme_comes_before_a_shipped_one_of_the_same_name(home: Path) -> None:
    assert theme_folder("invoice", "classic") == shipped_themes() / "invoice" / "classic"
    own = home / "themes" / "invoice" / "classic"
    own.mkdir(parents=True)
    assert theme_folder("invoice", "classic") == own


def test_an_unknown_theme_comes_with_the_known_ones(home: Path) -> None:
    (home / "themes" / "invoice" / "mine").mkdir(parents=True)
    (home / "themes" / "invoice" / "notes.txt").touch()
    with pytest.raises(UnknownTheme, match="Known are: classic, mine") as caught:
        theme_folder("invoice", "clasic")
    assert str(home) in str(caught.value)


def test_a_terminal_theme_is_one_file(home: Path) -> None:
    own = home / "themes" / "terminal" / "mine.toml"
    own.parent.mkdir(parents=True)
    own.touch()
    assert theme_folder("terminal", "mine") == own
    assert "mine" in themes("terminal")


@pytest.mark.parametrize("name", ["..", "../classic", "/etc", "classic/", "C:", "CLASSIC", ""])
def test_a_themes_name_is_no_path(home: Path, name: str) -> None:
    with pytest.raises(BadName):
        theme_folder("invoice", name)


def test_the_demo_lies_in_the_package() -> None:
    assert (demo_folder() / "profile.toml").is_file()


def test_the_door_and_a_quick_load_open_no_heavy_library(home: Path) -> None:
    program = (
        "import sys\n"
        "from kara_tui.settings import load, ledger_file, theme_folder\n"
        "load('demo'); ledger_file(); theme_folder('invoice', 'classic')\n"
        "heavy = {'stdnum', 'holidays', 'platformdirs', 'tomli_w', 'email', 'babel', 'zoneinfo',"
        " 'polars', 'typst', 'rich', 'textual', 'sqlite3', 'xlsxwriter', 'ssl', 'hashlib'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
