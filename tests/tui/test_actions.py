"""One table of actions: two keys each, none that somebody else takes, no two on one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.tui.actions import (
    ACTIONS,
    BY_ID,
    TAKEN,
    BadKeys,
    action_for,
    clashes,
    elsewhere,
    key_shown,
    keys_page,
    own_keys,
)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_has_a_key_besides_those_that_terminals_take(action: object) -> None:
    keys = BY_ID[action.id].keys  # type: ignore[attr-defined]  # parametrized by the table itself
    assert len(set(keys)) >= 2
    assert set(keys) - TAKEN


def test_no_two_actions_of_a_page_share_a_key() -> None:
    assert clashes() == ""


def test_no_multiplexer_key_is_used_at_all() -> None:
    used = {key for action in ACTIONS for key in action.keys}
    assert used & TAKEN <= {"f1"}


def test_the_pages_own_action_comes_before_another_pages() -> None:
    unpaid, invoice = action_for("v", "unpaid"), action_for("v", "invoice")
    assert unpaid is not None
    assert invoice is not None
    assert (unpaid.id, invoice.id) == ("void", "preview")
    assert action_for("v", "done") is None
    other = elsewhere("v", "done")
    assert other is not None


def test_keys_are_shown_as_people_write_them() -> None:
    shown = [key_shown(key) for key in ("ctrl+p", "enter", "f1", "question_mark", "s", "escape")]
    assert shown == ["Ctrl+P", "Enter", "F1", "?", "s", "Esc"]


def test_a_user_changes_a_key(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('help = ["h", "?"]\n', "utf-8")
    changed = own_keys(file)
    assert changed["help"].keys == ("h", "question_mark")
    assert changed["next"] == BY_ID["next"]


def test_without_a_file_the_keys_are_ours(tmp_path: Path) -> None:
    assert own_keys(tmp_path / "keys.toml") == dict(BY_ID)


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


def test_the_docs_page_names_every_action() -> None:
    page = keys_page()
    assert all(f"| `{action.id}` |" in page and action.help in page for action in ACTIONS)
