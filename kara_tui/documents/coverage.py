"""Which characters a font has a shape for, read from its own ``cmap`` table.

A missing shape must be told before anything is set: as a PDF/A error it names no place, and in a
preview it prints a box. Only the table's bytes are read, about half a millisecond a font, so that
no list has to be kept beside the fonts and a theme may bring its own.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kara_tui.documents.error import DocumentError

_UNICODE_FULL, _UNICODE_BMP = 12, 4  # cmap subtable formats every font of today carries


def uncovered(characters: Iterable[str], font: Path) -> set[str]:
    """Those of the characters that the font has no shape for.

    Raises DocumentError when the file is no single OpenType font with a Unicode character map.
    """
    stat = font.stat()
    ranges = _ranges(font, stat.st_mtime_ns, stat.st_size)
    starts = [first for first, _ in ranges]

    def has_shape(code: int) -> bool:
        at = bisect_right(starts, code) - 1
        return at >= 0 and code <= ranges[at][1]

    return {char for char in characters if not has_shape(ord(char))}


@lru_cache(64)  # what was asked of a font is asked again; one that changed is another
def _ranges(font: Path, changed: int, size: int) -> list[tuple[int, int]]:  # noqa: ARG001 - the cache's key
    """The code points with a shape, as inclusive ranges in their order."""
    try:
        with font.open("rb") as file:
            header = file.read(12)
            directory = file.read(16 * int.from_bytes(header[4:6], "big"))
            tables = {tag: at for tag, _, *at in struct.iter_unpack(">4sIII", directory)}
            offset, length = tables[b"cmap"]
            file.seek(offset)
            cmap = file.read(length)
        return sorted(_cmap_ranges(cmap))
    except (OSError, ValueError, LookupError, struct.error):
        raise DocumentError(
            f"The theme's font file {font.name} cannot be read. "
            "It must be a single TrueType or OpenType font (.ttf, .otf)."
        ) from None


def _cmap_ranges(cmap: bytes) -> list[tuple[int, int]]:
    """The ranges of the best Unicode subtable: format 12 where there is one, else format 4."""
    subtables: dict[int, int] = {}
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform in (0, 3):
            subtables[struct.unpack_from(">H", cmap, offset)[0]] = offset
    if _UNICODE_FULL in subtables:
        return _format_12(cmap, subtables[_UNICODE_FULL])
    if _UNICODE_BMP in subtables:
        return _format_4(cmap, subtables[_UNICODE_BMP])
    raise ValueError


def _format_12(cmap: bytes, at: int) -> list[tuple[int, int]]:
    """Groups of (first, last, first glyph): all of a group's glyphs are shapes but glyph 0."""
    (groups,) = struct.unpack_from(">I", cmap, at + 12)
    body = cmap[at + 16 : at + 16 + 12 * groups]
    return [(a + (glyph == 0), b) for a, b, glyph in struct.iter_unpack(">III", body)]


def _format_4(cmap: bytes, at: int) -> list[tuple[int, int]]:
    """Segments of (last, first, delta, offset), the offset pointing into a list of glyphs."""
    (segments,) = struct.unpack_from(">H", cmap, at + 6)
    segments //= 2
    row = struct.Struct(f">{segments}H")
    ends, starts, deltas, offsets = (
        row.unpack_from(cmap, at + 14 + skip)
        for skip in (0, row.size + 2, 2 * row.size + 2, 3 * row.size + 2)
    )
    ranges: list[tuple[int, int]] = []
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if offsets[index] == 0:
            hole = -deltas[index] & 0xFFFF  # the one code that this delta sends to glyph 0
            halves = (first, min(last, hole - 1)), (max(first, hole + 1), last)
            ranges += [(a, b) for a, b in halves if a <= b]
            continue
        place = at + 14 + 3 * row.size + 2 + 2 * index + offsets[index]
        ranges += [
            (code, code)
            for code in range(first, last + 1)
            if struct.unpack_from(">H", cmap, place + 2 * (code - first))[0]
        ]
    return [(a, b) for a, b in ranges if a != 0xFFFF]
