"""Where copies go when nobody says it: where the user's programs can open them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from kara_tui.settings import demo_folder
from tests import forked
from tests.end_to_end.command import DEMO_PAID, Run

NAMES = ["KC-0011-mail.eml", "KC-0011-sessions.xlsx", "KC-0011.pdf"]


@dataclass(frozen=True)
class User:
    """Somebody with a home of their own, and no KARA_TUI_HOME."""

    home: Path

    @property
    def profile(self) -> Path:
        return self.home / ".config" / "kara-tui" / "profiles" / "default.toml"

    @property
    def former(self) -> Path:
        return self.home / ".local" / "share" / "kara-tui" / "invoices"

    def run(self, *arguments: str | Path) -> Run:
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8"}
        return Run(*forked.run(arguments, b"", environ, self.home))

    def bill(self, month: str = "2026-10", today: str = "2026-11-02") -> Run:
        return self.run(
            "--no-tui", "--json", "--month", month, "--today", today, "--paid", DEMO_PAID
        )


@pytest.fixture
def user(tmp_path: Path) -> User:
    made = User(tmp_path)
    made.profile.parent.mkdir(parents=True)
    made.profile.write_bytes((demo_folder() / "profile.toml").read_bytes())
    return made


def choose(user: User, folder: str) -> None:
    text = user.profile.read_text("utf-8")
    user.profile.write_text(text.replace("[invoice]", f'[invoice]\nfolder = "{folder}"'), "utf-8")


def assert_copies_in(run: Run, folder: Path) -> None:
    assert run.code == 0
    assert sorted(os.listdir(folder)) == NAMES
    assert run.json["invoices"][0]["pdf"] == str(folder / "KC-0011.pdf")
    assert run.json["mail"]["eml"] == str(folder / "KC-0011-mail.eml")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in NAMES} == {0o400}


def test_they_go_to_the_users_documents(user: User) -> None:
    (user.home / "Documents").mkdir()
    assert_copies_in(user.bill(), user.home / "Documents" / "Kara invoices")


def test_the_documents_may_have_another_name_and_be_a_link(user: User) -> None:
    (user.home / "disk").mkdir()
    (user.home / "Skjöl").symlink_to(user.home / "disk")
    (user.home / ".config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Skjöl"\n')
    assert_copies_in(user.bill(), user.home / "Skjöl" / "Kara invoices")


def test_without_documents_as_on_a_server_they_go_to_the_home(user: User) -> None:
    assert_copies_in(user.bill(), user.home / "Kara invoices")
    (user.home / "Documents").mkdir()
    assert user.run("status").code == 0
    assert not (user.home / "Documents" / "Kara invoices").exists()


def test_the_profile_can_name_another_folder(user: User) -> None:
    choose(user, "~/books/Kara")
    assert_copies_in(user.bill(), user.home / "books" / "Kara")
    (user.home / "books" / "Kara" / "KC-0011.pdf").unlink()
    assert "books/Kara/KC-0011.pdf" in user.run("status").err
    assert not (user.home / "Kara invoices").exists()


@pytest.mark.parametrize("folder", ["books", "../x", "~anna/x", "bad\\u0000name"])
def test_a_folder_that_is_no_whole_path_is_refused_before_anything_is_issued(
    user: User, folder: str
) -> None:
    choose(user, folder)
    run = user.bill()
    assert run.code == 3
    assert "invoice.folder" in run.err
    assert not list(user.home.rglob("*.sqlite3"))


def test_a_hidden_folder_is_doubted(user: User) -> None:
    choose(user, "~/.kara")
    assert "invoice.folder" in user.run("profile", "check").out


def test_copies_that_lie_in_the_hidden_folder_stay_there_and_new_ones_say_where_they_go(
    user: User,
) -> None:
    first = user.bill()
    here = user.home / "Kara invoices"
    user.former.parent.mkdir(parents=True, exist_ok=True)
    here.rename(user.former)

    # A copy that is lost comes back where the others are.
    (user.former / "KC-0011.pdf").unlink()
    assert str(user.former / "KC-0011.pdf") in user.run("status").err
    assert not here.exists()

    credit = user.run("credit", "KC-0011", "--reason", "wrong", "--today", "2026-11-02")
    assert credit.code == 0
    assert f"Copies go to {here} from now on" in credit.err
    assert str(user.former) in credit.err
    assert not [name for name in os.listdir(here) if name.startswith("KC-0011")]

    again = user.bill()
    assert again.numbers == ["KC-0013"]
    assert "copies-folder" not in again.codes
    assert user.run("status").err.count("Written anew") == 0
    assert first.numbers == ["KC-0011"]


def test_repair_writes_each_profiles_copies_to_its_own_folder(user: User) -> None:
    user.bill()
    other = user.profile.with_name("clinic.toml")
    text = user.profile.read_text("utf-8").replace("[invoice]", '[invoice]\nfolder = "~/clinic"')
    other.write_text(text.replace('prefix = "KC-"', 'prefix = "CL-"'), "utf-8")
    run = user.run(
        "--no-tui", "--profile", "clinic", "--month", "2026-09", "--today", "2026-11-02",
        "--paid", DEMO_PAID,
    )  # fmt: skip
    assert run.code in (0, 3), run.err
    for path in (user.home / "Kara invoices").iterdir():
        path.unlink()
    assert user.run("repair").code == 0
    assert sorted(os.listdir(user.home / "Kara invoices")) == NAMES


def test_the_sample_month_is_where_it_can_be_opened_and_takes_nothing_else_with_it(
    user: User,
) -> None:
    folder = user.home / "Kara sample invoices"
    assert user.run("--demo", "--no-tui").code == 0
    (folder / "notes.txt").write_text("mine")
    (folder / "SAMPLE-KC-0011.pdf").chmod(0o600)
    (folder / "SAMPLE-KC-0011.pdf").write_text("drawn on")
    assert user.run("--demo", "--no-tui").code == 0
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "SAMPLE-KC-0011.pdf").read_bytes().startswith(b"%PDF")
    assert len(os.listdir(folder)) == 4


def test_a_new_profile_says_where_copies_will_go(user: User) -> None:
    source = user.home / "mine.toml"
    user.profile.rename(source)
    run = user.run("profile", "new", "--from", source)
    assert run.code == 0
    assert str(user.home / "Kara invoices") in run.err
    assert "folder" in run.err
