"""The page in letters: an invoice's paper set into the columns of a terminal.

It is made of the same finished strings as the PDF and in the same order, so whoever reads it reads
what Kara Connect will receive. A cell that is wider than its column is cut and says so, where the
PDF breaks it over lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from kara_tui.documents.content import Content, content
from kara_tui.model import Invoice

GAP = 2
# Where a long word may be broken in print; in letters it is one word.
_BREAKS = str.maketrans("", "", "\u200b\u00ad\u2060")
_RIGHT = frozenset({"count", "amount"})
_LEAST = {"count": 3, "day": 6, "time": 5, "service": 12, "text": 10, "amount": 8}
_GROWS = {"service": 4, "text": 3}


def text_page(invoice: Invoice, width: int) -> list[str]:
    """The paper's lines, each at most ``width`` cells wide. Raises DocumentError."""
    return [line.rstrip() for line in _paper(content(invoice), max(40, width))]


def _paper(data: Content, width: int) -> Iterator[str]:
    due = data["sum"]
    if data["notice"]:
        yield from _filled(data["notice"], width)
        yield ""
    yield _sides("", due["label"], width)
    yield _sides(data["heading"], due["amount"], width)
    yield _sides(data["number"] or data["mark"], f"{due['sessions']} · {due['month']}", width)
    yield ""
    yield from _beside([[label, value] for label, value in data["facts"]], width)
    for sentence in data["correction"]:
        yield from _filled(sentence, width)
    yield ""
    yield from _beside([_party(party) for party in data["parties"]], width)
    yield ""
    yield data["table"]["heading"]
    yield from _table(data["table"], width)
    for group in data["subtotals"]:
        yield ""
        yield group["heading"]
        yield from _rows(
            [group["header"], *_chunks(group["cells"], 3)], ["service", "count", "amount"], width
        )
    yield ""
    yield data["vat_heading"]
    yield from _filled(data["vat_ground"], width)
    yield ""
    half = width // 2
    for label, amount in [*data["totals"], data["total"]]:
        yield " " * half + _sides(label, amount, width - half)
    if data["payment"]:
        yield ""
        yield data["payment_heading"]
        for pair in _chunks(data["payment"], 2):
            yield from _beside([[label, value] for label, value in pair], width)


def _party(party: Content) -> list[str]:
    return [
        party["label"],
        party["name"],
        *party["lines"],
        *([party["email"]] if party["email"] else []),
    ]


def _table(table: Content, width: int) -> Iterator[str]:
    kinds = table["kinds"]
    rows = [[_one(cell) for cell in row] for row in _chunks(table["cells"], len(kinds))]
    yield from _rows([table["header"], *rows], kinds, width)


def _one(cell: Any) -> str:
    """A cell's text; what is said below it stands behind it."""
    return " · ".join(cell) if isinstance(cell, list) else str(cell)


def _rows(rows: Sequence[Sequence[Any]], kinds: Sequence[str], width: int) -> Iterator[str]:
    """Rows below one another, each column as wide as it needs, long texts sharing what is left."""
    texts = [[_clean(_one(cell)) for cell in row] for row in rows]
    needs = [max(cells_of(row[at]) for row in texts) for at in range(len(kinds))]
    room = width - GAP * (len(kinds) - 1)
    given = [
        needs[at] if kind not in _GROWS else min(needs[at], _LEAST[kind])
        for at, kind in enumerate(kinds)
    ]
    left = room - sum(given)
    growing = [at for at, kind in enumerate(kinds) if kind in _GROWS and given[at] < needs[at]]
    while left > 0 and growing:
        for at in list(growing):
            more = min(max(1, left * _GROWS[kinds[at]] // 7), needs[at] - given[at], left)
            given[at] += more
            left -= more
            if given[at] >= needs[at]:
                growing.remove(at)
    if growing or not any(kind in _GROWS for kind in kinds):
        left = 0
    # What nobody needs stands before the amounts, so that they end where the page ends.
    for row in texts:
        parts = []
        for at, kind in enumerate(kinds):
            cells = given[at] + (left if at == len(kinds) - 1 else 0)
            parts.append(_fitted(row[at], cells, right=kind in _RIGHT))
        yield (" " * GAP).join(parts)


def _beside(blocks: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Blocks of lines side by side, each as wide as it needs if they fit, else in equal parts."""
    cleaned = [[_clean(line) for line in block] for block in blocks if block]
    if not cleaned:
        return
    needs = [max(cells_of(line) for line in block) for block in cleaned]
    room = width - GAP * (len(cleaned) - 1)
    share = room // len(cleaned)
    widths = [max(need, share) if sum(needs) <= room and need <= share else need for need in needs]
    if sum(widths) > room:
        widths = [share] * len(cleaned)
    for at in range(max(len(block) for block in cleaned)):
        yield (" " * GAP).join(
            _fitted(block[at] if at < len(block) else "", cells, right=False)
            for block, cells in zip(cleaned, widths, strict=True)
        )


def _sides(left: str, right: str, width: int) -> str:
    right = _clean(right)
    room = max(0, width - cells_of(right) - 1)
    return f"{_fitted(_clean(left), room, right=False)} {right}"


def _filled(text: str, width: int) -> Iterator[str]:
    """A sentence over as many lines as it takes."""
    line = ""
    for word in _clean(text).split():
        if line and cells_of(line) + 1 + cells_of(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield _fitted(line, width, right=False)


def _clean(text: str) -> str:
    return text.translate(_BREAKS)


def _chunks(cells: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [cells[at : at + size] for at in range(0, len(cells), size)]


def _fitted(text: str, cells: int, *, right: bool) -> str:
    size = cells_of(text)
    if size > cells:
        while text and cells_of(text) > cells - 1:
            text = text[:-1]
        text, size = f"{text}…", cells_of(text) + 1
    space = " " * max(0, cells - size)
    return space + text if right else text + space


def cells_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
