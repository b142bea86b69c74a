"""The paper read back: what stands where on its pages, and what a screen reader says of it.

Reads the content streams and the structure tree with pikepdf, so that the tests need no other
program: each run of letters with its box in points from the page's lower left corner, and the
tagged text in its logical order.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pikepdf

_BFCHAR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set in one go. ``mcid`` is None for page furniture that is not read aloud."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    mcid: int | None

    @property
    def furniture(self) -> bool:
        return self.mcid is None


@dataclass(frozen=True, slots=True)
class Tag:
    """A node of the structure tree: its type, its own text, and what lies in it."""

    name: str
    text: str
    inside: tuple[Tag, ...]

    def find(self, name: str) -> list[Tag]:
        """Every tag of that type in it, in reading order."""
        own = [self] if self.name == name else []
        return own + [tag for inner in self.inside for tag in inner.find(name)]

    @property
    def words(self) -> str:
        """All text in it, in reading order."""
        return " ".join(part for part in (self.text, *(tag.words for tag in self.inside)) if part)


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, read."""

    runs: tuple[Run, ...]
    pages: int
    tree: Tag

    @property
    def read_aloud(self) -> str:
        """What a screen reader says, in its order; blanks that do not break become plain ones."""
        return self.tree.words.replace("\u00a0", " ")

    def furniture(self, page: int) -> list[str]:
        return [run.text for run in self.runs if run.page == page and run.furniture]

    def rows(self) -> list[list[str]]:
        """The cells of all table rows, heading rows included."""
        return [
            [cell.words.replace("\u00a0", " ") for cell in row.inside]
            for row in self.tree.find("TR")
        ]


def read(pdf: bytes) -> Paper:
    """Read a PDF that Typst has written."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        runs = tuple(
            run for number, page in enumerate(file.pages, 1) for run in _runs(number, page)
        )
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        texts: dict[tuple[int, int], str] = {}
        for run in runs:
            if run.mcid is not None:
                key = (run.page, run.mcid)
                texts[key] = texts.get(key, "") + run.text
        root = file.Root.StructTreeRoot
        return Paper(runs, len(file.pages), _tag(root, texts, numbers, 0))


def overprinted(paper: Paper) -> list[tuple[str, str]]:
    """Pairs of runs whose letters lie upon one another, the pale mark behind them left out."""
    return [
        (one.text, other.text)
        for page in range(1, paper.pages + 1)
        for one, other in combinations(_letters(paper, page), 2)
        if abs(one.base - other.base) < 0.6 * min(one.size, other.size)
        and min(one.right, other.right) - max(one.left, other.left) > 0.3
    ]


def outside(paper: Paper, left: float, right: float) -> list[str]:
    """Runs that leave the margins, in points; the pale mark is not one of them."""
    return [
        run.text
        for page in range(1, paper.pages + 1)
        for run in _letters(paper, page)
        if run.left < left - 0.5 or run.right > right + 0.5
    ]


def _letters(paper: Paper, page: int) -> list[Run]:
    """The runs of a page that print something, but for the pale mark behind them."""
    return [run for run in paper.runs if run.page == page and run.size < 40 and run.text.strip()]


def _runs(number: int, page: pikepdf.Page) -> Iterator[Run]:
    fonts = {name: _Font(font) for name, font in page.resources.Font.items()}
    marked: list[int | None] = []
    matrix, stack = pikepdf.Matrix(), []
    font, size = next(iter(fonts.values())), 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "BDC":
            properties = operands[1]
            has_id = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
            marked.append(int(properties.MCID) if has_id else None)
        elif name == "EMC":
            marked.pop()
        elif name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*(float(value) for value in operands)) @ matrix
        elif name == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif name == "Tm":
            text_matrix = pikepdf.Matrix(*(float(value) for value in operands))
        elif name in ("Tj", "TJ"):
            text, width = font.read(operands[0])
            place = text_matrix @ matrix
            mcid = next((value for value in reversed(marked) if value is not None), None)
            left = place.e
            yield Run(text, number, left, left + width * size / 1000, place.f, size, mcid)


class _Font:
    """The letters and widths behind a font's two-byte codes."""

    def __init__(self, font: Any) -> None:
        self.letters = {
            int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for code, letters in _BFCHAR.findall(font.ToUnicode.read_bytes())
        }
        self.widths: dict[int, float] = {}
        widths = list(font.DescendantFonts[0].W)
        while widths:
            first, last, width, *widths = widths
            for code in range(int(first), int(last) + 1):
                self.widths[code] = float(width)

    def read(self, shown: Any) -> tuple[str, float]:
        """The text of a Tj or TJ operand and its width in thousandths of the font's size."""
        text, width = "", 0.0
        for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if not isinstance(part, pikepdf.String):
                width -= float(part)
                continue
            raw = bytes(part)
            for at in range(0, len(raw), 2):
                code = int.from_bytes(raw[at : at + 2], "big")
                text += self.letters.get(code, "")
                width += self.widths[code]
        return text, width


def _tag(node: Any, texts: dict[tuple[int, int], str], numbers: dict[Any, int], page: int) -> Tag:
    if "/Pg" in node:
        page = numbers[node.Pg.objgen]
    kids = node.get("/K", [])
    text, inside = "", []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            text += texts.get((page, kid), "")
        elif kid.get("/Type") == "/MCR":
            on = numbers[kid.Pg.objgen] if "/Pg" in kid else page
            text += texts.get((on, int(kid.MCID)), "")
        elif "/S" in kid:
            inside.append(_tag(kid, texts, numbers, page))
    return Tag(str(node.get("/S", "")).removeprefix("/"), text, tuple(inside))
