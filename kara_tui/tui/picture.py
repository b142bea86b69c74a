"""A picture in a terminal without pictures: each cell shows two dots, one above the other.

The picture is a PNG as Typst writes it (8 bits, no interlace), a few dots wide: it is drawn at the
width that is shown. Reading it takes a page of code, and no library needs to be loaded.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots by row, each an (r, g, b)."""

    rows: tuple[tuple[tuple[int, int, int], ...], ...]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in dots, from its head."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def read_png(content: bytes) -> Picture:
    """The picture in a PNG (ISO/IEC 15948) of 8 bits a channel. Raises ValueError for any other."""
    if not content.startswith(_SIGNATURE):
        raise ValueError("this is not a PNG")
    at, data = len(_SIGNATURE), b""
    width = height = channels = 0
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        chunk = content[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunk)
            channels = _CHANNELS.get(colour, 0)
            if depth != 8 or interlace or not channels:
                raise ValueError("this kind of PNG is not read here")
        elif kind == b"IDAT":
            data += chunk
    try:
        raw = zlib.decompress(data)
    except zlib.error:
        raise ValueError("the PNG is cut off or damaged") from None
    stride = width * channels
    above = bytearray(stride)
    rows = []
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        _unfilter(raw[start], line, above, channels)
        rows.append(tuple(_dot(line, x * channels, channels) for x in range(width)))
        above = line
    return Picture(tuple(rows))


def _unfilter(kind: int, line: bytearray, above: bytearray, step: int) -> None:
    """Undo a row's filter in place (clause 9 of the standard)."""
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        up = above[at]
        corner = above[at - step] if at >= step else 0
        match kind:
            case 1:
                line[at] = (line[at] + left) & 255
            case 2:
                line[at] = (line[at] + up) & 255
            case 3:
                line[at] = (line[at] + (left + up) // 2) & 255
            case 4:
                line[at] = (line[at] + _paeth(left, up, corner)) & 255
            case _:
                return


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _dot(line: bytearray, at: int, channels: int) -> tuple[int, int, int]:
    """A dot on white paper; what is transparent shows the paper."""
    values = line[at : at + channels]
    red, green, blue = values[:3] if channels > 2 else (values[0],) * 3
    if channels in (2, 4):
        alpha = values[-1]
        red, green, blue = (
            (one * alpha + 255 * (255 - alpha)) // 255 for one in (red, green, blue)
        )
    return red, green, blue
