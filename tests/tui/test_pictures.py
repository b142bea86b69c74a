"""The printed page in the terminal: read from PNG, in half-blocks, or as a real picture."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from kara_tui.tui import kitty
from kara_tui.tui.drawing import plain
from kara_tui.tui.kitty import Placement
from kara_tui.tui.pages.preview import in_half_blocks
from kara_tui.tui.picture import Picture, read_png, size_of
from tests.tui.stage import Play, demo
from tests.tui.terminal import Terminal, kara_tui

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@pytest.fixture(scope="module")
def page() -> bytes:
    play = Play(demo())
    assert play.desk.month_end is not None
    return play.desk.acts.picture(play.desk.month_end, 120)


def test_a_png_of_typst_is_read_as_another_reader_reads_it(page: bytes) -> None:
    image = pytest.importorskip("PIL.Image")
    import io

    theirs = image.open(io.BytesIO(page)).convert("RGB")
    ours = read_png(page)
    assert (len(ours.rows[0]), len(ours.rows)) == theirs.size == size_of(page)
    dots = bytes(channel for row in ours.rows for dot in row for channel in dot)
    assert dots == theirs.tobytes()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="PNG"):
        read_png(content)


def test_two_rows_of_dots_make_one_line() -> None:
    picture = Picture(((BLACK, WHITE, BLACK, WHITE), (WHITE, BLACK, BLACK, WHITE)))
    (line,) = in_half_blocks(picture, shaded=False)
    assert plain(line) == "▀▄█ "
    (shaded,) = in_half_blocks(picture, shaded=True)
    assert shaded[0] == ("▀", "#000000 on #ffffff")


def test_a_picture_is_sent_once_and_then_only_placed() -> None:
    png = bytes(range(256)) * 40
    first = Placement(png, 0, 4, 80, 10, 800, 0, 200)
    lower = Placement(png, 0, 4, 80, 10, 800, 20, 200)
    shown = kitty.sequence(None, first)
    pieces = re.findall(r"\x1b_G[^;\x1b]*;([^\x1b]*)\x1b\\", shown)
    assert base64.b64decode("".join(pieces)) == png
    assert max(map(len, pieces)) <= 4096
    assert len(kitty.sequence(first, lower)) < 200
    assert kitty.sequence(first, first) == ""
    assert "a=d" in kitty.sequence(lower, None)


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({"TERM": "xterm-256color"}, False),
    ],
)
def test_only_terminals_that_say_so_get_pictures(environ: dict[str, str], spoken: bool) -> None:
    assert kitty.is_spoken(environ) is spoken


def test_the_picture_comes_with_its_page_and_goes_with_it(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path, environ={"TERM": "xterm-kitty"}) as terminal:
        terminal.until("2730.00 EUR")
        terminal.press(*["enter"] * 4)
        assert b"\x1b_G" not in terminal.sent
        terminal.press("v")
        for _ in range(100):
            if b"a=p," in terminal.sent:
                break
            terminal.settle()
        assert b"a=t,f=100" in terminal.sent
        before = terminal.press("down")
        assert 0 < before < 3000
        terminal.press("escape")
        terminal.settle()
        assert b"a=d,d=I" in terminal.sent
