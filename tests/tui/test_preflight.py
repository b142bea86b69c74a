"""The look at the terminal before anything heavy is loaded: which face it gets, and how drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kara_tui.tui.preflight import Terminal, first_line, forget_first_line, look


def seen(
    term: str,
    environ: Mapping[str, str] | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    encoding: str = "utf-8",
) -> Terminal:
    environ = {"TERM": term, **(environ or {})}
    return look(environ, is_terminal=True, encoding=encoding, size=size)


def test_without_a_terminal_the_sentence_names_what_works_there() -> None:
    found = look({"TERM": "xterm"}, is_terminal=False, encoding="utf-8", size=(0, 0))
    assert found.face == "none"
    assert "--no-tui --paid FILE" in found.sentence
    assert "--demo --no-tui" in found.sentence


@pytest.mark.parametrize("term", ["dumb", "", "unknown", "emacs"])
def test_a_terminal_that_cannot_place_a_cursor_gets_questions_and_answers(term: str) -> None:
    assert seen(term).face == "plain"
    # However small it is: lines are read one by one.
    assert seen(term, size=(20, 5)).face == "plain"


@pytest.mark.parametrize(("size", "fits"), [
    ((40, 10), True), ((39, 24), False), ((80, 9), False), ((0, 0), True), ((0, 9), False),
])  # fmt: skip
def test_a_window_that_is_too_small_is_told_its_size_and_what_is_needed(
    size: tuple[int, int], *, fits: bool
) -> None:
    found = seen("xterm-256color", size=size)
    assert found.face == ("wizard" if fits else "none")
    if not fits:
        assert f"{size[0]} columns and {size[1]} rows; the wizard needs 40 and 10" in found.sentence
        assert "--plain" in found.sentence


@pytest.mark.parametrize(("term", "environ", "theme"), [
    ("xterm-256color", {}, "fjord"),
    ("tmux-256color", {}, "fjord"),
    # The palette of these is the sixteen colours, unless they say that they have more.
    ("linux", {}, "terminal"), ("screen", {}, "terminal"), ("xterm", {}, "terminal"),
    ("vt220", {}, "terminal"),
    ("linux", {"COLORTERM": "truecolor"}, "fjord"), ("xterm", {"COLORTERM": "24bit"}, "fjord"),
    ("linux", {"COLORTERM": "yes"}, "terminal"),
    # Far away nobody knows which ground the terminal has.
    ("xterm-256color", {"SSH_CONNECTION": "1 2 3 4"}, "terminal"),
    ("xterm-256color", {"SSH_TTY": "/dev/pts/1"}, "terminal"),
    ("xterm-256color", {"NO_COLOR": "", "COLORTERM": "truecolor"}, "terminal"),
])  # fmt: skip
def test_the_first_theme_is_one_that_the_terminal_can_show(
    term: str, environ: dict[str, str], theme: str
) -> None:
    found = seen(term, environ)
    assert (found.face, found.theme) == ("wizard", theme)
    assert found.remote == any(name.startswith("SSH") for name in environ)


def test_no_colour_is_sent_where_none_is_wanted_or_known() -> None:
    assert seen("vt100").colourless
    assert seen("vt100-am").colourless
    assert seen("xterm-256color", {"NO_COLOR": ""}).colourless
    assert seen("xterm-256color", {"NO_COLOR": "1"}).colourless
    assert not seen("linux").colourless


@pytest.mark.parametrize(("encoding", "in_ascii"), [
    ("utf-8", False), ("UTF8", False), ("utf_8", False), ("UTF-8-SIG", False),
    ("iso-8859-1", True), ("ascii", True), ("ANSI_X3.4-1968", True), ("cp1252", True),
])  # fmt: skip
def test_signs_are_ascii_where_the_locale_is_not_utf_8(encoding: str, *, in_ascii: bool) -> None:
    assert seen("xterm", encoding=encoding).ascii == in_ascii


def test_the_first_line_is_one_that_the_terminal_can_show_and_goes_again(
    capfd: pytest.CaptureFixture[str],
) -> None:
    first_line(Terminal("wizard"))
    assert "kara-tui is starting …" in capfd.readouterr().err
    first_line(Terminal("wizard", ascii=True))
    assert capfd.readouterr().err == "\rkara-tui is starting ..."
    forget_first_line()
    assert capfd.readouterr().err == "\r\x1b[K"
