"""The text of a PDF that Typst has just written, in the order in which it is drawn.

No reader for any PDF: Typst's own have a plain table of objects, streams in Flate, and two-byte
codes with a table from code to text for each font. What is not so is refused, never passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

_REFERENCE: Final = rb"(\d+) 0 R"
_MAPPED: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_TOKEN: Final = re.compile(
    rb"\("  # a string begins
    rb"|<[0-9A-Fa-f]*>(?!>)"  # the same in hex
    rb"|/[^\s()<>\[\]{}/%]*"  # a name
    rb"|[A-Za-z'\"][A-Za-z0-9*'\"]*",  # an operator
    re.DOTALL,
)
_IN_STRING: Final = re.compile(rb"[()]|\\.", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All that is drawn as text, a blank between two pieces. Raises ValueError for other PDFs."""
    try:
        return " ".join(_pieces(_Objects(pdf)))
    except (LookupError, AttributeError, zlib.error, UnicodeDecodeError, TypeError) as error:
        raise ValueError("no PDF as Typst writes them") from error


class _Objects:
    """The objects by their numbers, found by the table at the end."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        at = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", pdf[-64:]))
        table = pdf[at:]
        if not table.startswith(b"xref"):
            raise ValueError("no table of objects")
        entries = re.findall(rb"(\d{10}) \d{5} ([nf])", table)
        self._places = [int(place) if kind == b"n" else -1 for place, kind in entries]
        self.root = int(_found(rb"/Root " + _REFERENCE, table))

    def head(self, number: int) -> bytes:
        """An object's dictionary or array."""
        return self._object(number)[0]

    def stream(self, number: int) -> bytes:
        """What is packed into a stream."""
        head, start = self._object(number)
        length = int(_found(rb"/Length (\d+)", head))
        content = self._pdf[start : start + length]
        return zlib.decompress(content) if b"/FlateDecode" in head else content

    def _object(self, number: int) -> tuple[bytes, int]:
        start = self._places[number]
        ends = [self._pdf.find(end, start) for end in (b"\nstream\n", b"\nendobj")]
        end = min(place for place in ends if place >= 0)
        return self._pdf[start:end], end + len(b"\nstream\n")


def _pieces(objects: _Objects) -> Iterator[str]:
    for page in _pages(objects, int(_found(rb"/Pages " + _REFERENCE, objects.head(objects.root)))):
        head = objects.head(page)
        fonts = _fonts(objects, head)
        yield from _drawn(objects.stream(int(_found(rb"/Contents " + _REFERENCE, head))), fonts)


def _pages(objects: _Objects, number: int) -> Iterator[int]:
    head = objects.head(number)
    if b"/Type/Pages" not in head:
        yield number
        return
    for kid in re.findall(_REFERENCE, _found(rb"/Kids ?\[([^\]]*)\]", head)):
        yield from _pages(objects, int(kid))


def _fonts(objects: _Objects, page: bytes) -> dict[bytes, dict[bytes, str]]:
    """By each font's name on the page, the text of its codes."""
    resources = objects.head(int(_found(rb"/Resources " + _REFERENCE, page)))
    named = re.search(rb"/Font ?<<(.*?)>>", resources, re.DOTALL)
    fonts = {}
    for name, number in re.findall(rb"(/\w+) " + _REFERENCE, named[1] if named else b""):
        table = objects.stream(int(_found(rb"/ToUnicode " + _REFERENCE, objects.head(int(number)))))
        if b"beginbfrange" in table:
            raise ValueError("a table of ranges")
        fonts[name] = {
            bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in _MAPPED.findall(table)
        }
    return fonts


def _drawn(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    font: dict[bytes, str] = {}
    name, shown = b"", b""
    at = 0
    while found := _TOKEN.search(content, at):
        token, at = found[0], found.end()
        if token == b"(":
            start, at = at, _end_of_string(content, at)
            shown += _ESCAPED.sub(_unescaped, content[start : at - 1])
        elif token[:1] == b"<":
            shown += bytes.fromhex(token[1:-1].decode())
        elif token[:1] == b"/":
            name = token
        else:
            if token == b"Tf":
                font = fonts[name]
            elif token in (b"Tj", b"TJ"):
                yield "".join(font[shown[code : code + 2]] for code in range(0, len(shown), 2))
            shown = b""


def _end_of_string(content: bytes, at: int) -> int:
    """Behind the bracket that ends a string; brackets in pairs inside it need no backslash."""
    depth = 1
    while depth:
        found = _IN_STRING.search(content, at)
        if found is None:
            raise ValueError("a string without an end")
        at = found.end()
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
    return at


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8)]) if said[:1].isdigit() else _LETTERS.get(said, said)


def _found(pattern: bytes, where: bytes) -> bytes:
    found = re.search(pattern, where, re.DOTALL)
    if found is None:
        raise ValueError("something is missing")
    return found[1]
