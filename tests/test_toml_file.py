"""TOML that a person or a program has written: whatever is in it, the fault is a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.documents import DocumentError
from kara_tui.documents.theme import read_theme
from kara_tui.month_end.decisions import BadAnswers, read_answers
from kara_tui.settings import UnreadableProfile
from kara_tui.settings.store import read_profile
from kara_tui.toml_file import BadToml, parse_toml, read_toml
from kara_tui.tui.actions import BadKeys, own_keys
from kara_tui.tui.kept import kept
from kara_tui.tui.themes import BadTheme, read_palette

BOMBS = {
    "nested lists": b"a = " + b"[" * 50_000 + b"]" * 50_000,
    "nested tables": b"a = " + b"{a=" * 20_000 + b"1" + b"}" * 20_000,
    "a deep header": b"[" + b".".join([b"a"] * 5_000) + b"]\nx = 1",
    "a number of many digits": b"b = 1\na = " + b"9" * 10_000,
    "a large hexadecimal number": b"a = 0x" + b"f" * 50_000,
    "too many bytes": b"# " + b"x" * 12_000_000,
    "a null byte": b'a = "\x00"',
    "Latin-1": b'a = 1\nb = "\xfe"',
    "UTF-16": 'a = "x"'.encode("utf-16"),
    "half a character": b'a = "\\ud800"',
    "no such day": b"a = 2026-02-30",
    "no TOML": b"a",
}


@pytest.fixture(params=list(BOMBS.values()), ids=list(BOMBS))
def bomb(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "wizard.toml"
    file.write_bytes(request.param)
    return file


def test_a_fault_is_a_sentence_with_the_file(bomb: Path) -> None:
    with pytest.raises(BadToml) as caught:
        read_toml(bomb)
    assert str(bomb) in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("name", "line"), [("Latin-1", 2), ("a number of many digits", 2), ("no such day", 1)]
)
def test_the_line_is_named(name: str, line: int) -> None:
    with pytest.raises(BadToml, match=f"line {line}:"):
        parse_toml(BOMBS[name], Path("my.toml"))


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_toml(b'\xef\xbb\xbfa = "x"', Path("my.toml")) == {"a": "x"}


def test_every_reader_of_toml_says_it(bomb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableProfile):
        read_profile(bomb, "mine")
    with pytest.raises(BadAnswers, match=r"wizard\.toml"):
        read_answers(bomb)
    with pytest.raises(BadKeys, match=r"wizard\.toml"):
        own_keys(bomb)
    with pytest.raises(BadTheme, match=r"wizard\.toml"):
        read_palette(bomb)
    (bomb.parent / "invoice.typ").write_text("")
    bomb.with_name("theme.toml").write_bytes(bomb.read_bytes())
    with pytest.raises(DocumentError, match=r"theme\.toml"):
        read_theme(bomb.parent)
    monkeypatch.setenv("KARA_TUI_HOME", str(bomb.parent))
    assert kept("theme") == ""


@given(st.binary(max_size=200))
def test_no_bytes_end_in_another_error(content: bytes) -> None:
    with suppress(BadToml):
        parse_toml(content, Path("my.toml"))
