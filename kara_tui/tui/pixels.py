"""The page in the terminal's own pixels, in Sixel or Kitty's graphics, where it says it has them.

The terminal is asked while Textual does not read its input, which would take the answer for keys.
What is drawn stands on the other screen, so nothing of the user's own output is lost.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image as Page
    from textual_image.renderable import SixelImage, TGPImage

# Long enough for a slow link; a terminal that knows the question answers within its round trip.
PATIENCE = 1.0
# A page of so many dots is sharp at 150 dpi; more of them only take longer to send.
WIDEST = 1240
# A VT340 has so many at a time, and xterm as one: another would recolour what stands there.
COLOURS = 16
GUESSED_CELL = (10, 20)  # dots, as on a VT340, for a terminal that does not say its own

SIXEL, KITTY = "sixel", "kitty"
CANNOT = "This terminal shows no pictures: neither Sixel nor Kitty's graphics."
HINT = "Up and Down scroll, any other key goes back."

# Primary device attributes (ECMA-48 DA): 4 among them is Sixel, the first is the class of terminal.
_ATTRIBUTES = b"\x1b[c"
_ANSWERED = re.compile(rb"\x1b\[\?([0-9;]*)c")
# Kitty's question whether a picture of one dot could be shown; nothing is shown or kept.
_KITTY = b"\x1b_Gi=7342,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_KITTY_CAN = b"\x1b_Gi=7342;OK"
# Terminals below this class may print what they do not know, as the Linux console does.
_KNOWS_STRINGS = 60
# An answer that came too late is no key.
_LATE = re.compile(rb"\x1b\[\?[0-9;]*c|\x1b\[[0-9;]*t|\x1b_G[^\x1b]*\x1b\\")
_FORWARD = (b"\x1b[B", b"\x1bOB", b"\x1b[6~", b" ")
_BACKWARD = (b"\x1b[A", b"\x1bOA", b"\x1b[5~")

# Sixel's raster attributes, behind which the picture begins, and the definition of a colour.
_SIZE = re.compile(r'\x1bP[0-9;]*q"[0-9]+;[0-9]+;[0-9]+;[0-9]+')
_COLOUR = re.compile(r"#([0-9]+);2;[0-9]+;[0-9]+;[0-9]+")

_ENTER, _LEAVE = b"\x1b[?1049h\x1b[?25l", b"\x1b[0m\x1b[2J\x1b[?25h\x1b[?1049l"


@dataclass(frozen=True, slots=True)
class Window:
    """The terminal's size in cells, and a cell's in dots."""

    columns: int
    lines: int
    cell: tuple[int, int]

    @property
    def dots(self) -> int:
        """How wide the page is drawn: whole cells, no wider than it gets sharper."""
        return min(self.columns, max(1, WIDEST // self.cell[0])) * self.cell[0]

    @property
    def rows(self) -> int:
        """The lines for the page: below it stand the hint and a line that keeps it from moving."""
        return max(1, self.lines - 2)


def show_page(make: Callable[[int], bytes]) -> str:
    """Show a page until a key goes back; says why the terminal cannot, or nothing.

    ``make`` gives the page as a PNG so many dots wide. Textual must not be reading the terminal.
    Raises EOFError when the terminal has ended, and whatever ``make`` raises.
    """
    keys = sys.stdin.fileno()
    with _other_screen(keys):
        _write(b"\x1b[HAsking the terminal whether it shows pictures ...")
        way = ask(keys)
        if not way:
            return CANNOT
        window = measured()
        _write(b"\x1b[2J\x1b[HDrawing the page ...")
        _browse(keys, make(window.dots), way, window)
    return ""


def ask(keys: int) -> str:
    """Which pictures the terminal says it shows: SIXEL, KITTY, or an empty text.

    Sixel comes first: some that speak of Kitty's graphics lack the placeholders used here, and
    Kitty itself has no Sixel.
    """
    said = _answer(keys, _ATTRIBUTES)
    found = _ANSWERED.search(said)
    if found is None:
        return ""
    attributes = found[1].split(b";")
    if b"4" in attributes[1:]:
        return SIXEL
    if not attributes[0].isdigit() or int(attributes[0]) < _KNOWS_STRINGS:
        return ""
    # The attributes once more behind it: who does not know the question answers those alone.
    return KITTY if _KITTY_CAN in _answer(keys, _KITTY + _ATTRIBUTES) else ""


def measured() -> Window:
    """The terminal's size, with the dots of a cell where its driver knows them."""
    import fcntl
    import struct
    import termios

    told = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8))
    lines, columns, wide, high = struct.unpack("HHHH", told)
    lines, columns = lines or 24, columns or 80
    cell = (wide // columns, high // lines)
    return Window(columns, lines, cell if all(cell) else GUESSED_CELL)


def _browse(keys: int, png: bytes, way: str, window: Window) -> None:
    """Show the part of the page that fits, another one for a key that scrolls, until another."""
    from PIL import Image

    page = Image.open(BytesIO(png))
    page.load()
    room = window.rows * window.cell[1]
    last = max(0, page.height - room)
    step = max(1, window.rows - 2) * window.cell[1]
    top = 0
    while True:
        picture = _drawn(_part(page, top, window), way, window)
        try:
            key = _key(keys)
        finally:
            _forget(picture)
        if key in _FORWARD:
            top = min(last, top + step)
        elif key in _BACKWARD:
            top = max(0, top - step)
        else:
            return


def _part(page: Page, top: int, window: Window) -> Page:
    """The page from a dot row on, on white paper of exactly the cells there are."""
    from PIL import Image

    whole = Image.new("RGB", (window.dots, window.rows * window.cell[1]), "white")
    whole.paste(page, (0, -top), page if page.mode == "RGBA" else None)
    return whole


def _drawn(part: Page, way: str, window: Window) -> SixelImage | TGPImage:
    from rich.console import Console

    with _unasked():
        from textual_image.renderable import SixelImage, TGPImage
        from textual_image.renderable.sixel import SixelOptions

    cells = window.dots // window.cell[0], window.rows
    picture = (
        SixelImage(part, *cells, SixelOptions(colors=COLOURS))
        if way == SIXEL
        else TGPImage(part, *cells)
    )
    # Kitty's placeholders carry the picture's number as their colour, so it is never left away.
    console = Console(
        file=sys.stdout, force_terminal=True, color_system="truecolor", no_color=False,
        width=window.columns, height=window.lines,
    )  # fmt: skip
    with console.capture() as drawn:
        console.print(picture, end="")
    _write(b"\x1b[0m\x1b[2J\x1b[H" + colours_first(drawn.get()).encode())
    _write(f"\x1b[{window.lines};1H{HINT[: window.columns - 1]}".encode())
    return picture


def colours_first(drawn: str) -> str:
    """The sixels with all their colours defined before the first dot; other text as it is.

    Defined where they are first used, as textual-image does, they recolour in xterm what stands
    above them.
    """
    size = _SIZE.search(drawn)
    if size is None:
        return drawn
    colours = "".join(found[0] for found in _COLOUR.finditer(drawn))
    return drawn[: size.end()] + colours + _COLOUR.sub(r"#\1", drawn[size.end() :])


def _forget(picture: SixelImage | TGPImage) -> None:
    """Have the terminal free a picture of Kitty's; the others are gone with the cells."""
    number = getattr(picture, "terminal_image_id", None)
    if number:
        _write(f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\".encode())
    picture.cleanup()


@contextmanager
def _unasked() -> Iterator[None]:
    """While textual-image is imported it asks the terminal itself, and waits a tenth of a second.

    On a slow link its answers would come later, in pieces, among the keys. It asks only where there
    is an output, and what the terminal can is known by now.
    """
    output = vars(sys)["__stdout__"]
    vars(sys)["__stdout__"] = None
    try:
        yield
    finally:
        vars(sys)["__stdout__"] = output


@contextmanager
def _other_screen(keys: int) -> Iterator[None]:
    """The other screen, with keys that come at once and are not shown; then all as it was."""
    import termios

    before = termios.tcgetattr(keys)
    now = termios.tcgetattr(keys)
    now[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN | termios.ISIG)

    def came_back(*_: object) -> None:
        """Stopped and continued: the keys again, and an empty screen until one of them comes."""
        termios.tcsetattr(keys, termios.TCSANOW, now)
        os.write(1, _ENTER + b"\x1b[2J\x1b[HPress a key to go on.")

    termios.tcsetattr(keys, termios.TCSANOW, now)
    continued = signal.signal(signal.SIGCONT, came_back)
    # The wizard's own way to stop is not there while it stands aside.
    stopped = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    _write(_ENTER)
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, continued)
        signal.signal(signal.SIGTSTP, stopped)
        _write(_LEAVE)
        termios.tcsetattr(keys, termios.TCSAFLUSH, before)


def _answer(keys: int, question: bytes) -> bytes:
    """What comes until the attributes have come, or for as long as one can be asked to wait."""
    _write(question)
    said = b""
    end = time.monotonic() + PATIENCE
    while _ANSWERED.search(said) is None:
        left = end - time.monotonic()
        if left <= 0 or not select.select([keys], [], [], left)[0]:
            break
        said += _read(keys)
    return said


def _key(keys: int) -> bytes:
    """The next key, as the terminal sends it."""
    said = b""
    while not said:
        said = _read(keys)
        # A key or an answer of several bytes may come in two pieces.
        while said.startswith(b"\x1b") and select.select([keys], [], [], 0.05)[0]:
            said += _read(keys)
        said = _LATE.sub(b"", said)
    return said


def _read(keys: int) -> bytes:
    try:
        said = os.read(keys, 4096)
    except OSError:
        said = b""
    if not said:
        raise EOFError
    return said


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
