"""Real pictures in terminals that speak Kitty's graphics protocol: kitty, Ghostty, WezTerm.

A picture is sent once and then placed, cut and removed by number, so that scrolling it costs some
hundred bytes. The protocol: "Terminal graphics protocol" of the kitty terminal's documentation.
"""

from __future__ import annotations

from base64 import standard_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The protocol's limit for one escape sequence.
_CHUNK = 4096
_NUMBER = 7341  # the picture's number; only one is shown at a time


@dataclass(frozen=True, slots=True)
class Placement:
    """A part of a PNG on the screen: from the dot row ``top`` on, ``height`` dots high.

    ``x`` and ``y`` are the cell of its upper left corner, ``columns`` and ``rows`` its size.
    """

    png: bytes
    x: int
    y: int
    columns: int
    rows: int
    width: int
    top: int
    height: int


def is_spoken(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says that it speaks the protocol; multiplexers do not pass it on."""
    if environ.get("TMUX") or environ.get("STY"):
        return False
    return (
        environ.get("TERM") in ("xterm-kitty", "xterm-ghostty")
        or environ.get("TERM_PROGRAM") in ("ghostty", "WezTerm")
        or "KITTY_WINDOW_ID" in environ
    )


def sequence(before: Placement | None, now: Placement | None) -> str:
    """What turns one placement into the other. The cursor is left where the picture begins."""
    if before == now:
        return ""
    if now is None:
        return _command(f"a=d,d=I,i={_NUMBER}")
    sent = "" if before is not None and before.png is now.png else _transmit(now.png)
    place = (
        f"a=p,i={_NUMBER},p=1,C=1,x=0,y={now.top},w={now.width},h={now.height},"
        f"c={now.columns},r={now.rows}"
    )
    return f"{sent}\x1b[{now.y + 1};{now.x + 1}H{_command(place)}"


def _transmit(png: bytes) -> str:
    """The picture itself, in pieces. ``q=2``: the terminal is not to answer into the keyboard."""
    data = standard_b64encode(png).decode("ascii")
    pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    said = []
    for position, piece in enumerate(pieces):
        more = int(position < len(pieces) - 1)
        head = f"a=t,f=100,t=d,i={_NUMBER},m={more}" if position == 0 else f"m={more}"
        said.append(_command(head, piece))
    return "".join(said)


def _command(keys: str, payload: str = "") -> str:
    return f"\x1b_G{keys},q=2{';' if payload else ''}{payload}\x1b\\"
