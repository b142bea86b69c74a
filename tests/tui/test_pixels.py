"""The page in the terminal's own pixels: a terminal that answers gets it, and all is as it was."""

from __future__ import annotations

import base64
import fcntl
import io
import os
import re
import shutil
import signal
import struct
import termios
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from kara_tui import month_end, settings
from kara_tui.month_end.request import Request
from kara_tui.tui.acts import Acts
from tests.tui.terminal import Terminal, kara_tui

ATTRIBUTES = b"\x1b[c"
KITTY = b"\x1b_Gi=7342,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"

A_SIXEL_TERMINAL = {ATTRIBUTES: b"\x1b[?62;4;22c"}
A_KITTY_TERMINAL = {ATTRIBUTES: b"\x1b[?62;c", KITTY: b"\x1b_Gi=7342;OK\x1b\\"}
A_TERMINAL_WITHOUT = {ATTRIBUTES: b"\x1b[?65;1;9c"}
A_CONSOLE = {ATTRIBUTES: b"\x1b[?6c"}
A_MUTE_TERMINAL: dict[bytes, bytes] = {}

HINT = b"any other key goes back"


class Answering(Terminal):
    """A terminal that knows some questions and answers them, each time it is asked."""

    def __init__(
        self,
        home: Path,
        answers: Mapping[bytes, bytes],
        *arguments: str,
        columns: int = 80,
        cell: tuple[int, int] = (0, 0),
    ) -> None:
        self._answers = answers
        self._answered = 0
        size = struct.pack("HHHH", 24, columns, columns * cell[0], 24 * cell[1])

        def resize() -> None:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)

        super().__init__(kara_tui("--demo", *arguments), home, columns=columns, before=resize)

    def _read(self, wait: float) -> int:
        count = super()._read(wait)
        found = re.compile(b"|".join(map(re.escape, self._answers)) or b"(?!)")
        for question in found.finditer(self.sent, self._answered):
            self._answered = question.end()
            os.write(self.fd, self._answers[question[0]])
        return count

    def until_sent(self, data: bytes, after: int = 0) -> None:
        for _ in range(100):
            if data in self.sent[after:]:
                return
            self._read(0.2)
        raise AssertionError(f"{data!r} never came")

    def shows_more(self, key: str) -> None:
        """Press a key, and the page is drawn anew."""
        before = len(self.sent)
        self.press(key)
        self.until_sent(HINT, before)

    def to_the_page(self) -> int:
        """Go to Invoice; how much has been sent until then."""
        self.until("2,730.00 EUR")
        self.press(*["enter"] * 4)
        self.until("● Invoice")
        self.settle()
        return len(self.sent)


def page(dots: int) -> Image.Image:
    """The page as it is to be seen, on white paper."""
    acts = Acts()
    sample = month_end.demo_request(Request("default", month_end.DEMO_TODAY))
    drawn = Image.open(io.BytesIO(acts.picture(acts.prepare(sample), dots)))
    whole = Image.new("RGB", drawn.size, "white")
    whole.paste(drawn, (0, 0), drawn if drawn.mode == "RGBA" else None)
    return whole


def from_sixels(sent: bytes) -> Image.Image:
    """What a Sixel terminal shows of the last picture (DEC VT3xx graphics programming)."""
    data = sent[sent.rindex(b"\x1bP") :].split(b"\x1b\\")[0].decode("ascii")
    raster = re.search(r'"\d+;\d+;(\d+);(\d+)', data)
    assert raster is not None
    shown = Image.new("L", (int(raster[1]), int(raster[2])), 255)
    colours: dict[int, int] = {}
    x = y = 0
    colour: int | None = None
    for token in re.finditer(
        r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([$-])", data[raster.end() :]
    ):
        if token[1]:
            assert int(token[1]) < 16, "a VT340 has no more"
            assert colour is None, "xterm recolours what was drawn before"
            colours[int(token[1])] = sum(int(token[at]) for at in (2, 3, 4)) * 255 // 300
        elif token[5]:
            colour = int(token[5])
        elif token[9]:
            x, y = 0, y + 6 * (token[9] == "-")
        elif colour is not None:
            bits = ord(token[7] or token[8]) - 63
            width = int(token[6] or 1)
            for bit in range(min(6, shown.height - y)):
                if bits >> bit & 1:
                    shown.paste(colours[colour], (x, y + bit, x + width, y + bit + 1))
            x += width
    return shown


def from_kitty(sent: bytes) -> Image.Image:
    """The picture that was sent in pieces."""
    pieces = re.findall(rb"\x1b_Gi=\d+,m=[01],f=100,q=2;([^\x1b]*)\x1b\\", sent)
    return Image.open(io.BytesIO(base64.b64decode(b"".join(pieces)))).convert("L")


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of dots of another shade; sixteen colours are not quite those of the page."""
    assert one.size == other.size
    pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return sum(abs(a - b) > 40 for a, b in pairs) / (one.width * one.height)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [(A_SIXEL_TERMINAL, from_sixels), (A_KITTY_TERMINAL, from_kitty)],
    ids=["sixel", "kitty"],
)
def test_a_terminal_with_pixels_shows_the_page_dot_by_dot_and_comes_back(
    home: Path, answers: dict[bytes, bytes], shown: Callable[[bytes], Image.Image]
) -> None:
    with Answering(home, answers) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until_sent(HINT, before)
        # Cells of 10 by 20 dots where the terminal does not say; two lines are not the page's.
        expected = page(800).crop((0, 0, 800, 440))
        assert unlike(shown(terminal.sent[before:]), expected) < 0.001
        back = len(terminal.sent)
        terminal.press("x")
        terminal.until_sent(b"\x1b[?1049h", back)
        terminal.until("● Invoice")
        assert "any other key" not in terminal.text
        assert b"\x1b[2J\x1b[?25h\x1b[?1049l" in terminal.sent[back:]
        if answers is A_KITTY_TERMINAL:
            assert re.search(rb"\x1b_Ga=d,d=I,i=\d+,q=2\x1b\\", terminal.sent[back:])
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_the_page_scrolls_to_its_end_in_the_cells_the_terminal_tells(home: Path) -> None:
    with Answering(home, A_SIXEL_TERMINAL, cell=(6, 12)) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until_sent(HINT, before)
        whole = page(480)
        assert unlike(from_sixels(terminal.sent), whole.crop((0, 0, 480, 264))) < 0.001
        terminal.shows_more("down")
        assert unlike(from_sixels(terminal.sent), whole.crop((0, 240, 480, 504))) < 0.001
        for _ in range(3):
            terminal.shows_more("pagedown")
        end = whole.crop((0, whole.height - 264, 480, whole.height))
        assert unlike(from_sixels(terminal.sent), end) < 0.001
        terminal.shows_more("up")
        assert unlike(from_sixels(terminal.sent), end) > 0.001


@pytest.mark.parametrize("answers", [A_TERMINAL_WITHOUT, A_CONSOLE, A_MUTE_TERMINAL])
def test_a_terminal_without_pixels_is_told_so_and_the_page_stays(
    home: Path, answers: dict[bytes, bytes]
) -> None:
    with Answering(home, answers) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until("This terminal shows no pictures")
        assert "● Invoice" in terminal.text
        sent = terminal.sent[before:]
        assert b"\x1bP" not in sent
        # Who did not answer, or answers as a console does, might print what it does not know.
        assert (KITTY in sent) == (answers is A_TERMINAL_WITHOUT)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_an_answer_that_comes_late_is_no_key(home: Path) -> None:
    with Answering(home, A_SIXEL_TERMINAL) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until_sent(HINT, before)
        terminal.settle(0.4)
        count = len(terminal.sent)
        os.write(terminal.fd, b"\x1b[?62;4;22c\x1b[6;20;10t")
        terminal.settle(0.4)
        assert len(terminal.sent) == count
        terminal.shows_more("down")


def test_it_leaves_no_file_open_and_the_mouse_with_whom_it_was(home: Path) -> None:
    with Answering(home, A_TERMINAL_WITHOUT) as terminal:
        terminal.to_the_page()
        terminal.press("ctrl+t")
        terminal.until("The mouse is the terminal's")
        before = len(os.listdir(f"/proc/{terminal.pid}/fd"))
        for _ in range(3):
            after = len(terminal.sent)
            terminal.press("g")
            terminal.until_sent(b"\x1b[?1000h", after)
            terminal.settle(0.3)
            # The mouse is asked for by ?1000h and given back by ?1000l; the last one holds.
            sent = terminal.sent[after:]
            assert sent.rindex(b"\x1b[?1000l") > sent.rindex(b"\x1b[?1000h")
            terminal.settle(0.2)
        assert len(os.listdir(f"/proc/{terminal.pid}/fd")) == before


def test_a_look_that_cannot_be_drawn_is_said_and_the_wizard_goes_on(home: Path) -> None:
    shipped = settings.shipped_themes() / "invoice" / "classic"
    shutil.copytree(shipped, home / "themes/invoice/mine")
    with Answering(home, A_SIXEL_TERMINAL, "--theme", "mine") as terminal:
        terminal.to_the_page()
        (home / "themes/invoice/mine/invoice.typ").write_text("#panic()", "utf-8")
        terminal.press("g")
        terminal.until("The invoice theme mine has an")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["term", "hup"]
)
def test_it_ends_at_once_while_the_page_is_shown(
    home: Path, number: signal.Signals, code: int
) -> None:
    with Answering(home, A_SIXEL_TERMINAL) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until_sent(HINT, before)
        os.kill(terminal.pid, number)
        assert terminal.wait(2) == code


def test_it_ends_when_the_terminal_goes_away_while_the_page_is_shown(home: Path) -> None:
    with Answering(home, A_SIXEL_TERMINAL) as terminal:
        before = terminal.to_the_page()
        terminal.press("g")
        terminal.until_sent(HINT, before)
        terminal.hang_up()
        assert terminal.wait(2) == 129
