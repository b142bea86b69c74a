"""A ledger that is older than it was, or not where it was: no number is given out a second time."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text

MONTHS = {"10": "2026-11-02", "11": "2026-12-02", "12": "2027-01-04"}


def bill(desk: Desk, month: str, *more: str, env: dict[str, str] | None = None) -> Run:
    """One session of a month of 2026, billed on a day of the month after it."""
    payment = Payment(date=f"2026-{month}-14 10:00")
    paid = desk.file(f"{month}.csv", csv_text([payment]))
    return desk.run(
        "--no-tui", "--json", "--paid", paid, "--month", f"2026-{month}", "--today", MONTHS[month],
        *more, env=env,
    )  # fmt: skip


@dataclass(frozen=True)
class PutBack:
    """October and November are issued, then the ledger of October came back by itself."""

    desk: Desk

    @property
    def lock(self) -> Path:
        return self.desk.home / "ledger.sqlite3.lock"

    @property
    def mark(self) -> Path:
        return self.desk.home / "issued-numbers.json"

    def forget(self, *traces: str) -> None:
        """Take traces away: lock, mark, copies."""
        if "lock" in traces:
            self.lock.unlink()
        if "mark" in traces:
            self.mark.unlink()
        if "copies" in traces:
            shutil.rmtree(self.desk.copies)


@pytest.fixture
def put_back(desk: Desk) -> PutBack:
    assert bill(desk, "10").numbers == ["KC-0011"]
    older = desk.ledger.read_bytes()
    assert bill(desk, "11").numbers == ["KC-0012"]
    desk.ledger.write_bytes(older)
    return PutBack(desk)


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ((), "ledger.sqlite3.lock"),
        (("mark", "copies"), "ledger.sqlite3.lock"),
        (("lock", "copies"), "issued-numbers.json"),
        (("lock", "mark"), "KC-0012-mail.eml"),
    ],
)
def test_each_trace_alone_keeps_a_number_from_coming_twice(
    put_back: PutBack, missing: tuple[str, ...], shown: str
) -> None:
    desk = put_back.desk
    put_back.forget(*missing)
    before = desk.files()
    for run in (bill(desk, "12"), bill(desk, "12", "--dry-run"), bill(desk, "11")):
        assert (run.code, run.json["status"], run.json["invoices"]) == (3, "blocked", [])
        finding = run.finding("number-seen")
        assert "KC-0012" in finding["message"]
        assert shown in finding["message"]
        assert "kara-tui restore" in finding["hint"]
        assert "kara-tui go-on KC-0012" in finding["hint"]
    credit = desk.run("credit", "KC-0011", "--reason", "wrong", "--today", "2027-01-04")
    assert credit.code == 3
    assert "KC-0012" in credit.err
    after = desk.files()
    traces = {"ledger.sqlite3.lock", "issued-numbers.json"}  # of what is known now
    assert after.keys() - before.keys() <= traces
    assert after["ledger.sqlite3"] == before["ledger.sqlite3"]


def test_looking_commands_say_so_too(put_back: PutBack) -> None:
    desk = put_back.desk
    for command in (["status"], ["invoices"], ["verify"], ["show", "KC-0011"]):
        run = desk.run(*command, "--json")
        assert (run.code, run.json["status"]) == (3, "blocked")
        assert "ledger-put-back" in run.codes
        assert "An older ledger was put in the place" in run.err
    for command in (["sent", "KC-0011"], ["paid", "KC-0011"], ["repair"]):
        assert desk.run(*command).code == 3


def test_plain_says_so_when_it_starts(put_back: PutBack) -> None:
    run = put_back.desk.run("--plain", stdin=b"q\n")
    assert "An older ledger was put in the place" in run.out


def test_going_on_after_a_number_skips_it_and_says_why_for_good(put_back: PutBack) -> None:
    desk = put_back.desk
    why = "The newer one is lost with its disk."
    assert desk.run("go-on", "KC-0011", "--reason", why).code == 3
    assert desk.run("go-on", "XX-0012", "--reason", why).code == 2
    assert desk.run("go-on", "KC-9012", "--reason", why).code == 3
    assert desk.run("go-on", "KC-0012").code == 2

    done = desk.run("go-on", "KC-0012", "--reason", why)
    assert done.code == 0
    assert "KC-0013" in done.out
    issued = bill(desk, "12")
    assert (issued.code, issued.numbers) == (0, ["KC-0013"])
    assert desk.run("status").code == 0
    verified = desk.run("verify", "--json")
    assert (verified.code, verified.json["problems"]) == (0, [])
    desk.run("export", "everything")
    lines = (desk.folder / "everything" / "ledger.jsonl").read_text("utf-8")
    (skipped,) = [json.loads(line) for line in lines.splitlines() if '"table":"skipped"' in line]
    assert (skipped["first"], skipped["last"], skipped["reason"]) == (12, 12, why)


def test_the_newer_ledger_or_its_backup_settles_it(desk: Desk) -> None:
    bill(desk, "10")
    older = desk.ledger.read_bytes()
    bill(desk, "11")
    backup = desk.run("backup", "backups").out.splitlines()[0]
    newer = desk.ledger.read_bytes()
    desk.ledger.write_bytes(older)
    assert desk.run("restore", backup).code == 0
    assert bill(desk, "12").numbers == ["KC-0013"]
    desk.ledger.write_bytes(older)
    assert bill(desk, "12").code == 3
    desk.ledger.write_bytes(newer)  # this one lacks what was issued since
    assert "KC-0013" in bill(desk, "12").finding("number-seen")["message"]


def test_numbers_stay_used_when_an_older_backup_is_restored_on_purpose(desk: Desk) -> None:
    bill(desk, "10")
    backup = desk.run("backup", "backups").out.splitlines()[0]
    bill(desk, "11")
    assert desk.run("restore", backup, "--older").code == 0
    run = bill(desk, "11")
    assert (run.code, run.codes[0]) == (3, "number-seen")


def test_a_backup_comes_back_on_a_new_machine(desk: Desk, tmp_path: Path) -> None:
    bill(desk, "10")
    backup = desk.run("backup", "backups").out.splitlines()[0]
    new = Desk(tmp_path / "new")
    new.write_profile()
    assert new.run("restore", desk.folder / backup).code == 0
    mark = json.loads((new.home / "issued-numbers.json").read_text("utf-8"))
    assert [one["number"] for one in mark["numbers"]] == ["KC-0011"]
    assert bill(new, "11").numbers == ["KC-0012"]


@pytest.mark.parametrize("what", ["no mark", "torn mark", "torn lock", "a mark that is behind"])
def test_traces_that_know_nothing_or_less_are_made_anew_without_a_word(
    desk: Desk, what: str
) -> None:
    bill(desk, "10")
    mark, lock = desk.home / "issued-numbers.json", desk.home / "ledger.sqlite3.lock"
    older = mark.read_bytes()
    bill(desk, "11")
    newest = mark.read_bytes()
    if what == "no mark":
        mark.unlink()
    elif what == "torn lock":
        lock.write_bytes(lock.read_bytes()[:99])
    else:
        mark.write_bytes(older if "behind" in what else newest[:99])
    run = desk.run("status", "--json")
    assert (run.code, run.codes, run.err) == (0, [], "")
    assert json.loads(mark.read_bytes())["numbers"] == json.loads(newest)["numbers"]
    assert bill(desk, "12").numbers == ["KC-0013"]


def test_a_file_that_lies_where_a_copy_would_go_refuses_the_number(desk: Desk) -> None:
    out = desk.folder / "own"
    out.mkdir()
    (out / "KC-0011-mail.eml").write_bytes(b"somebody's")
    run = bill(desk, "10", "--out", "own")
    assert run.code == 3
    assert "own/KC-0011-mail.eml" in run.finding("number-seen")["message"]
    assert [path.name for path in out.iterdir()] == ["KC-0011-mail.eml"]
    (out / "KC-0011-mail.eml").rename(out / "2031.pdf")  # a paper of another kind
    assert bill(desk, "10", "--out", "own").numbers == ["KC-0011"]


def test_a_folder_that_copies_once_went_to_is_remembered(desk: Desk) -> None:
    bill(desk, "10")
    whole = desk.files()
    bill(desk, "11", "--out", "own")
    mark = desk.home / "issued-numbers.json"
    remembered = json.loads(mark.read_text("utf-8"))
    assert remembered["folders"] == [str(desk.folder / "own"), str(desk.copies)]
    # All of the home comes back as it was, but for the folders that the mark knows.
    for name in ("ledger.sqlite3", "ledger.sqlite3.lock"):
        (desk.home / name).write_bytes(whole[name])
    old = json.loads(whole["issued-numbers.json"])
    mark.write_text(json.dumps({**old, "folders": remembered["folders"]}))
    run = bill(desk, "12")
    assert (run.code, "own/KC-0012" in run.finding("number-seen")["message"]) == (3, True)


USUAL_FOLDERS = {"KARA_TUI_HOME": ""}


class TestNotWhereItWas:
    """Settings in one place and data in another, as without KARA_TUI_HOME."""

    @pytest.fixture
    def split(self, desk: Desk) -> Desk:
        config = desk.folder / ".config" / "kara-tui"
        config.parent.mkdir()
        desk.home.rename(config)
        assert bill(desk, "10", env=USUAL_FOLDERS).numbers == ["KC-0011"]
        return desk

    def everything_stops(self, desk: Desk, said: str, env: dict[str, str] | None = None) -> None:
        env = {**USUAL_FOLDERS, **(env or {})}
        runs = [bill(desk, "11", env=env), bill(desk, "11", "--dry-run", env=env)]
        commands = (
            ["status"], ["invoices"], ["show", "KC-0011"], ["verify"], ["sent", "KC-0011"],
            ["paid", "KC-0011"], ["credit", "KC-0011", "--reason", "x"], ["repair"],
            ["backup", "b"], ["export", "e"], ["--plain"],
        )  # fmt: skip
        runs += [desk.run(*command, env=env, stdin=b"q\n") for command in commands]
        for run in runs:
            assert run.code == 3, run
            assert said in " ".join((run.err + run.out).split())
        json_said = desk.run("status", "--json", env=env)
        assert json_said.json["status"] == "blocked"

    def test_data_that_was_moved_away(self, split: Desk) -> None:
        data = split.folder / ".local" / "share" / "kara-tui"
        data.rename(split.folder / "elsewhere")
        self.everything_stops(split, "issued-numbers.json knows of issued numbers: KC-0011")
        assert not data.exists()
        (split.folder / "elsewhere").rename(data)
        assert bill(split, "11", env=USUAL_FOLDERS).numbers == ["KC-0012"]

    def test_an_empty_mount_point(self, split: Desk) -> None:
        data = split.folder / ".local" / "share" / "kara-tui"
        shutil.rmtree(data)
        data.mkdir()
        self.everything_stops(split, "knows of issued numbers: KC-0011")
        done = split.run("go-on", "KC-0011", "--reason", "The disk is gone.", env=USUAL_FOLDERS)
        assert done.code == 0
        assert bill(split, "11", env=USUAL_FOLDERS).numbers == ["KC-0012"]

    def test_another_data_folder(self, split: Desk) -> None:
        env = {"XDG_DATA_HOME": str(split.folder / "other")}
        self.everything_stops(split, "knows of issued numbers: KC-0011", env)

    def test_a_link_that_leads_nowhere(self, split: Desk) -> None:
        data = split.folder / ".local" / "share" / "kara-tui"
        target = split.folder / "disk"
        data.rename(target)
        data.symlink_to(target)
        assert split.run("status", env=USUAL_FOLDERS).code == 0
        target.rename(split.folder / "unplugged")
        self.everything_stops(split, "is a link to")
        assert not target.exists()

    def test_a_ledger_that_is_a_link_which_leads_nowhere(self, split: Desk) -> None:
        ledger = split.folder / ".local" / "share" / "kara-tui" / "ledger.sqlite3"
        target = split.folder / "synced.sqlite3"
        ledger.rename(target)
        ledger.symlink_to(target)
        target.rename(split.folder / "away.sqlite3")
        self.everything_stops(split, "is a link to")
        assert not target.exists()

    def test_another_home_goes_not_on_with_the_same_suppliers_numbers(self, split: Desk) -> None:
        home = split.folder / "new-home"
        shutil.copytree(split.folder / ".config" / "kara-tui" / "profiles", home / "profiles")
        env = {"KARA_TUI_HOME": str(home)}
        run = bill(split, "11", env=env)
        assert (run.code, run.codes) == (3, ["number-seen", "column-dropped"])
        assert ".config/kara-tui/issued-numbers.json" in run.finding("number-seen")["message"]
        assert split.run("go-on", "KC-0011", "--reason", "A new start.", env=env).code == 0
        assert bill(split, "11", env=env).numbers == ["KC-0012"]

    def test_copies_alone_tell_of_a_ledger(self, desk: Desk) -> None:
        bill(desk, "10")
        for name in ("ledger.sqlite3", "ledger.sqlite3.lock", "issued-numbers.json"):
            (desk.home / name).unlink()
        for run in (bill(desk, "11"), desk.run("status"), desk.run("invoices")):
            assert run.code == 3
            assert "KC-0011.pdf is a copy of what was issued" in run.err
        shutil.rmtree(desk.copies)  # the way to begin anew
        assert bill(desk, "11").numbers == ["KC-0011"]


def test_the_sample_month_makes_no_fuss(desk: Desk) -> None:
    for _ in range(2):
        assert desk.run("--demo", "--no-tui").code == 0
    assert not (desk.home / "issued-numbers.json").exists()
    assert bill(desk, "10").numbers == ["KC-0011"]
