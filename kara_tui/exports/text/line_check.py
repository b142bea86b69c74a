"""One pass over the bytes of a large text file, beside the scan: what its lines are.

Polars pads short lines and cuts long ones in silence, so the lines are proved here, from what is
left of them without their texts: so many separators and a line end, again and again.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, islice
from typing import BinaryIO

from kara_tui.exports.in_thread import in_thread

# Small enough for a processor's cache, and for a line to be found again quickly.
_CHUNK = 1 << 17
_ASCII = bytes(range(128))
_BEYOND_ASCII = bytes(range(128, 256))
# Signs that tell of more than even lines: cells with quotation marks, line ends, damage.
_TELLING = b'"\r\0'
# What stands around cells in files of some programs; the record-by-record way asks about them.
_AROUND = (b"'", b"`", "´".encode())
_LONE_RETURN = re.compile(rb"\r(?!\n|\Z)")


class LineCheck:
    """What the file's bytes say. Every property waits until it is known.

    The payments' lines stand between the bytes ``begin`` and ``end``.
    """

    def __init__(self, path: str, separator: bytes, width: int, begin: int, end: int) -> None:
        self._path = path
        self._separator, self._width = separator, width
        self._begin, self._end = begin, end
        self._lines = 0
        self._marks: list[tuple[int, int]] = []
        self._quotes = self._odd = False
        self._even = True
        self._around: set[bytes] = set()
        self._searching = in_thread(self._search)

    @property
    def lines(self) -> int:
        """How many lines the payments have; the last needs no line end."""
        self._searching.result()
        return self._lines

    @property
    def even(self) -> bool:
        """Whether each line of a payment has exactly the separators that its cells need."""
        self._searching.result()
        return self._even

    @property
    def quotes(self) -> bool:
        """Whether there is any quotation mark in the file."""
        self._searching.result()
        return self._quotes

    @property
    def odd(self) -> bool:
        """Whether there are NUL bytes, carriage returns that do not belong to a line end, letters
        that are not UTF-8, or a line longer than any payment's.
        """
        self._searching.result()
        return self._odd

    def lines_at(self, numbers: Sequence[int]) -> list[bytes]:
        """Some of the payments' lines, by their numbers from 0 on, in ascending order."""
        self._searching.result()
        lines: list[bytes] = []
        before = [lines for _, lines in self._marks]
        with _opened(self._path) as file:
            for place, wanted in groupby(numbers, lambda n: max(bisect_left(before, n) - 1, 0)):
                begin, at = self._marks[place]
                file.seek(begin)
                if place:  # a later mark stands within a line
                    file.readline()
                    at += 1
                for number in wanted:
                    lines += islice(file, number - at, number - at + 1)
                    at = number + 1
        return lines

    def _search(self) -> None:
        lines = self._separator + b"\n"
        kept = lines + _TELLING
        texts = bytes(code for code in _ASCII if code not in kept)
        record = self._separator * (self._width - 1) + b"\n"
        letters = codecs.getincrementaldecoder("utf-8")()
        at, rest, last = 0, b"", b"\n"
        with _opened(self._path) as file:
            while chunk := file.read(_CHUNK):
                skipped = max(self._begin - at, 0)
                inside = chunk[skipped : max(self._end - at, 0)]
                self._look_for_signs(chunk, last)
                if inside:
                    self._marks.append((at + skipped, self._lines))
                at += len(chunk)
                signs = inside.translate(None, texts)
                if self._tells(chunk if len(inside) < len(chunk) else signs, chunk, last):
                    signs = signs.translate(None, _TELLING)
                last = chunk[-1:]
                if not signs.isascii():
                    # What is left of letters beyond ASCII: in UTF-8 they are still whole.
                    try:
                        letters.decode(signs.translate(None, kept))
                    except UnicodeDecodeError:
                        self._odd = True
                        return
                    signs = signs.translate(None, _BEYOND_ASCII)
                signs = rest + signs
                cut = signs.rfind(b"\n") + 1
                rest = signs[cut:]
                self._count(signs[:cut], record)
                if not cut and len(inside) == _CHUNK:
                    self._odd = True  # so long a line is no payment's
                    return
            if self._begin < self._end and self._end == at and last != b"\n":
                self._count(rest + b"\n", record)
        self._odd = self._odd or last == b"\r" or letters.getstate()[0] != b""

    def _look_for_signs(self, chunk: bytes, last: bytes) -> None:
        """Whether signs around cells are in use that are no quotation marks: then it is odd.

        An apostrophe alone is none: names begin and end with it, but a cell seldom does both.
        """
        by = self._separator
        for sign in _AROUND:
            if sign in self._around or sign not in chunk:
                continue
            opens = by + sign in chunk or (last == by and chunk.startswith(sign))
            if opens and (sign + by in chunk or sign + b"\n" in chunk or sign + b"\r" in chunk):
                self._around.add(sign)
                self._odd = True

    def _tells(self, signs: bytes, chunk: bytes, last: bytes) -> bool:
        """Whether some of a chunk's signs are no part of an even line, and what they tell.

        ``last`` is the byte before the chunk.
        """
        if last == b"\r" and chunk[:1] != b"\n":
            self._odd = True
        quotes, returns, nulls = (bytes([sign]) in signs for sign in _TELLING)
        if quotes:
            self._quotes = True
        if nulls or (returns and _LONE_RETURN.search(chunk)):
            self._odd = True
        return quotes or returns or nulls

    def _count(self, signs: bytes, record: bytes) -> None:
        count = signs.count(record)
        if count * len(record) != len(signs):
            self._even = False
            count = signs.count(b"\n")
        self._lines += count


def _opened(path: str) -> BinaryIO:
    return open(path, "rb")  # noqa: PTH123 - the very path that is scanned
