"""One table of actions: two keys each, none that somebody else takes, no two on one key."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kara_tui.month_end.portal import StepId
from kara_tui.tui.actions import (
    ACTIONS,
    BY_ID,
    GONE,
    RENAMED,
    TAKEN,
    Action,
    BadKeys,
    clashes,
    elsewhere,
    key_shown,
    keymap_of,
    keys_page,
    own_keys,
)
from tests.tui.piloting import pilot_of
from tests.tui.terminal import Terminal, kara_tui


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_has_a_key_besides_those_that_terminals_take(action: Action) -> None:
    assert len(set(action.keys)) >= 2
    assert set(action.keys) - TAKEN


def test_no_two_actions_of_a_page_share_a_key() -> None:
    assert clashes() == ""


def test_a_letter_means_one_thing_on_every_page() -> None:
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for action in ACTIONS:
        for key in action.keys:
            if len(key) == 1:
                meanings[key].add(action.id)
    assert {key: ids for key, ids in meanings.items() if len(ids) > 1} == {}


def test_no_multiplexer_key_is_used_at_all() -> None:
    used = {key for action in ACTIONS for key in action.keys}
    assert used & TAKEN <= {"f1", "f10", "f11"}


def test_a_key_of_another_page_is_known_to_be_that() -> None:
    other = elsewhere("w", "payments")
    assert other is not None
    assert other.id == "sponsor"
    assert elsewhere("w", "credit") is None


def test_keys_are_shown_as_people_write_them() -> None:
    shown = [key_shown(key) for key in ("ctrl+p", "enter", "f1", "question_mark", "s", "escape")]
    assert shown == ["Ctrl+P", "Enter", "F1", "?", "s", "Esc"]


def test_a_user_changes_a_key(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('help = ["ctrl+h", "?"]\n', "utf-8")
    changed = own_keys(file)
    assert changed["help"].keys == ("ctrl+h", "question_mark")
    assert changed["next"] == BY_ID["next"]
    assert keymap_of(changed) == {"help": "ctrl+h,question_mark"}


def test_without_a_file_the_keys_are_ours(tmp_path: Path) -> None:
    assert own_keys(tmp_path / "keys.toml") == dict(BY_ID)


@pytest.mark.parametrize("old", sorted(RENAMED))
def test_an_action_that_was_renamed_keeps_the_users_keys(tmp_path: Path, old: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(f'{old} = ["ctrl+h"]\n', "utf-8")
    assert own_keys(file)[RENAMED[old]].keys == ("ctrl+h",)
    assert old not in BY_ID


@pytest.mark.parametrize("old", sorted(GONE))
def test_an_action_that_is_gone_is_said(tmp_path: Path, old: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(f'{old} = ["ctrl+h"]\n', "utf-8")
    with pytest.raises(BadKeys, match=old):
        own_keys(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hlep = ['h']", "no action 'hlep'"),
        ("help = 'h'", "write the keys"),
        ("help = ['s', 'f1']", "s is both sort and help"),
        ("help = ", "not TOML"),
    ],
)
def test_keys_that_cannot_be_used_say_why(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadKeys, match=r"keys\.toml") as raised:
        own_keys(file)
    assert said in str(raised.value)


async def test_a_users_own_keys_are_those_that_work_and_that_show(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    # "mark" is what "use" was called before.
    file.write_text('mark = ["z"]\nfind = ["ctrl+k"]\nnext = ["ctrl+w", "enter"]\n', "utf-8")
    async with pilot_of(actions=own_keys(file), size=(120, 40)) as stage:
        assert "Ctrl+W Paid" in stage.text
        await stage.press("ctrl+w", "ctrl+w")
        assert stage.is_at(StepId.CREDIT)
        assert "z In/out" in stage.text
        assert "Ctrl+K Find" in stage.text
        assert "Space does nothing here" in await stage.heard("space")
        assert "Why?" in await stage.press("z")
        await stage.press("escape")
        assert "In/out" in await stage.press("question_mark")
        assert any("z" in line.split() and "In/out" in line for line in stage.text.split("\n"))
        await stage.press("escape", "ctrl+k")
        await stage.type("couples blue")
        assert "4 of 42 show" in stage.text


def test_keys_that_cannot_be_used_are_said_at_the_start_and_the_usual_ones_hold(
    home: Path,
) -> None:
    home.mkdir()
    (home / "keys.toml").write_text("help = ['s']", "utf-8")
    with Terminal(kara_tui("--demo"), home, columns=120, rows=40) as terminal:
        terminal.until("keys.toml: s is both sort")
        terminal.until("The usual")
        terminal.press("?")
        terminal.until("Help · Payments")


def test_the_docs_page_names_every_action() -> None:
    page = keys_page()
    assert all(f"| `{action.id}` |" in page and action.help in page for action in ACTIONS)
