"""What was kept about where the user stood: whatever is there, a start never ends with it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kara_tui.ledger import BrokenPlace
from kara_tui.month_end.place import found_place, load_place, save_place
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request

TODAY = date(2026, 11, 2)
REQUEST = Request("default", TODAY, paid=(Path("/downloads/paid.csv"),))


@pytest.fixture
def ledger_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path))
    save_place("unpaid", REQUEST, None)
    return tmp_path / "ledger.sqlite3"


def change(file: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(file)) as ledger, ledger:
        ledger.execute(f"UPDATE places SET {column} = ?", (value,))


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as ledger:
        (found,) = ledger.execute("SELECT count(*) FROM places").fetchone()
        assert isinstance(found, int)
        return found


def answers(file: Path, **changes: object) -> str:
    with closing(sqlite3.connect(file)) as ledger:
        (text,) = ledger.execute("SELECT answers FROM places").fetchone()
    return json.dumps({**json.loads(text), **changes})


BROKEN = [
    '{"version":1', "", "null", "[]", "7", '"text"', "{}", '{"version":null}', '{"version":"1"}',
    '{"version":true}', '{"version":0}', '{"version":1}', "[" * 20_000, '{"version":1e999}',
    "9" * 5_000, "\x00", "x" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("value", BROKEN, ids=lambda value: value[:12])
def test_broken_answers_are_forgotten_with_a_sentence(ledger_file: Path, value: str) -> None:
    change(ledger_file, "answers", value)
    with pytest.raises(BrokenPlace):
        load_place(REQUEST)

    place, said = found_place(REQUEST)
    assert place is None
    assert "cannot be read" in said
    assert count(ledger_file) == 0
    assert found_place(REQUEST) == (None, "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("paid", None), ("paid", [1]), ("paid", "a.csv"), ("paid", ["a\0b"]), ("paid", [""]),
        ("month", "2026-13"), ("month", 7), ("month", []), ("reading", []),
        ("reading", ["x", "", ""]), ("reading", ["", ";", ""]), ("theme", "../x"), ("theme", None),
        ("out", 3), ("out", "a\0"),
        ("decisions", []), ("decisions", {"a": "perhaps"}), ("left_out", None), ("late", "never"),
        ("corrections", {"a": 1}), ("corrections", {"a": ["25:00", ""]}),
        ("corrections", {"a": ["", "gift"]}), ("corrections", {"a": ["10:00"]}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_a_broken_place(
    ledger_file: Path, key: str, value: object
) -> None:
    change(ledger_file, "answers", answers(ledger_file, **{key: value}))
    assert found_place(REQUEST)[0] is None
    assert count(ledger_file) == 0


@pytest.mark.parametrize("value", ["review", "", "UNPAID", "\x00"])
def test_a_step_that_there_is_not_is_a_broken_place(ledger_file: Path, value: str) -> None:
    change(ledger_file, "step", value)
    assert found_place(REQUEST)[1]
    assert count(ledger_file) == 0


@pytest.mark.parametrize("value", ["", "[]", "null", '{"a"', "x" * 1_000_000, "[" * 20_000])
def test_broken_hashes_are_a_broken_place(ledger_file: Path, value: str) -> None:
    change(ledger_file, "exports", value)
    assert found_place(REQUEST)[1]
    assert count(ledger_file) == 0


def test_bytes_that_are_no_text_are_a_broken_place(ledger_file: Path) -> None:
    with closing(sqlite3.connect(ledger_file)) as ledger, ledger:
        ledger.execute("UPDATE places SET answers = CAST(x'ff7b' AS TEXT)")
    assert found_place(REQUEST)[1]
    assert count(ledger_file) == 0


def test_a_place_of_a_newer_kara_tui_is_passed_over_and_left(ledger_file: Path) -> None:
    change(ledger_file, "answers", '{"version": 2, "paid": "elsewhere"}')
    assert found_place(REQUEST) == (None, "")
    assert count(ledger_file) == 1


def test_files_and_folders_whose_names_are_not_utf_8_are_kept(ledger_file: Path) -> None:
    odd = Path(os.fsdecode(b"/downloads/grei\xf0slur.csv"))
    save_place("credit", Request("default", TODAY, paid=(odd,), out=odd.parent), None)
    place = load_place(REQUEST)
    assert place is not None
    assert place.step is StepId.CREDIT
    assert place.request.paid == (odd,)


def test_a_folder_that_was_named_from_here_is_the_same_from_elsewhere(
    ledger_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_place("credit", Request("default", TODAY, out=Path("out")), None)
    monkeypatch.chdir("/")
    place = load_place(REQUEST)
    assert place is not None
    assert place.request.out == tmp_path / "out"


def test_answers_about_doubles_come_back_and_older_places_have_none(ledger_file: Path) -> None:
    said = replace(REQUEST, bill={"2026-10-05.aa": "A group."}, left_out={"x": "Billed."})
    save_place("credit", said, None)
    found = load_place(REQUEST)
    assert found is not None
    assert (found.request.bill, found.request.left_out) == (said.bill, said.left_out)

    value = json.loads(answers(ledger_file))
    del value["bill"]
    change(ledger_file, "answers", json.dumps(value))
    older = load_place(REQUEST)
    assert older is not None
    assert older.request.bill == {}
