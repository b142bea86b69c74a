"""Time zone, locale and encoding of the machine change nothing that comes out."""

from __future__ import annotations

import pytest

from tests.end_to_end.command import DEMO_PAID, MONTH, Desk

MACHINES = {
    "a day ahead": {"TZ": "Pacific/Kiritimati"},
    "a day behind": {"TZ": "Pacific/Niue"},
    "no locale": {"LC_ALL": "C", "LANG": "C"},
    "an Icelandic one": {"LANG": "is_IS.UTF-8", "LC_ALL": "is_IS.UTF-8"},
    "a Latin-1 terminal": {"PYTHONIOENCODING": "latin-1"},
    "other defaults": {"PYTHONHASHSEED": "7", "COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"},
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("everywhere"))
    assert desk.run("--demo", "--no-tui", "--out", "here").code == 0
    return desk


@pytest.mark.parametrize("machine", MACHINES)
def test_the_same_month_gives_the_same_files(desk: Desk, machine: str) -> None:
    run = desk.run("--demo", "--no-tui", "--json", "--out", machine, env=MACHINES[machine])

    assert run.code == 0
    assert run.json["deadlines"]["last"] == "2026-11-04"
    here, there = (
        {path.name: path.read_bytes() for path in (desk.folder / folder).iterdir()}
        for folder in ("here", machine)
    )
    assert there == here


@pytest.mark.parametrize("machine", ["no locale", "a Latin-1 terminal"])
def test_what_a_terminal_cannot_show_is_no_error(desk: Desk, machine: str) -> None:
    run = desk.run("--demo", "--no-tui", "--out", "said", env=MACHINES[machine])
    assert run.code == 0
    assert b"42 sessions" in run.stdout
    assert b"payments-unpaid.csv" in run.stderr


def test_the_day_is_that_of_the_users_own_clock(desk: Desk) -> None:
    """Kiritimati is 25 hours ahead of Niue, so no day is the same in both at any time."""
    ahead, behind = (
        desk.run("status", "--json", "--profile", "demo", env=MACHINES[machine]).json["today"]
        for machine in ("a day ahead", "a day behind")
    )
    assert ahead > behind


def test_times_in_an_export_are_wall_clock_times_wherever_they_are_read(desk: Desk) -> None:
    words = ("--no-tui", "--json", "--profile", "demo", "--paid", DEMO_PAID, "--dry-run", *MONTH)
    runs = [
        desk.run(*words, "--out", folder, env={"TZ": zone})
        for folder, zone in (("west", "America/Adak"), ("east", "Asia/Tokyo"))
    ]
    assert [run.code for run in runs] == [0, 0]
    west, east = (
        (desk.folder / folder / "DRAFT-2026-10-EUR.pdf").read_bytes() for folder in ("west", "east")
    )
    assert west == east
