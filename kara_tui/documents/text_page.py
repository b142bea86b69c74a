"""The page in letters: an invoice's paper set into the columns of a terminal.

It is made of the same finished strings as the PDF and in the same order, so whoever reads it reads
what Kara Connect will receive. Nothing is cut: what is wider than its column is broken over lines,
as the PDF does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kara_tui.documents.content import Content, content
from kara_tui.model import Invoice
from kara_tui.text import broken, cells_of, shares

GAP = 2
WIDEST = 104
NARROWEST = 34
# Where a long word may be broken in print; in letters it is one word.
_BREAKS = str.maketrans("", "", "\u200b\u00ad\u2060")
_RIGHT = frozenset({"count", "amount"})
_GROWS = frozenset({"service", "text"})


def invoice_text(invoice: Invoice, width: int) -> list[str]:
    """What the invoice's paper says, in lines at most ``width`` cells wide and never wider than is
    good to read. Raises DocumentError when the invoice's language has no labels.
    """
    return [line.rstrip() for line in _paper(content(invoice), max(NARROWEST, min(width, WIDEST)))]


def _paper(data: Content, width: int) -> Iterator[str]:
    due = data["sum"]
    if data["notice"]:
        yield from broken(whole_words(data["notice"]), width)
        yield ""
    yield from _sides("", due["label"], width)
    yield from _sides(data["heading"], due["amount"], width)
    summary = f"{due['sessions']} · {due['month']}"
    yield from _sides(data["number"] or data["mark"], summary, width)
    yield ""
    yield from _beside([[label, value] for label, value in data["facts"]], width)
    for sentence in data["correction"]:
        yield from broken(whole_words(sentence), width)
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
    yield from broken(whole_words(data["vat_ground"]), width)
    yield ""
    totals = [*data["totals"], data["total"]]
    needed = max(cells_of(whole_words(label)) + 1 + cells_of(amount) for label, amount in totals)
    left = max(0, min(width // 2, width - needed))
    for label, amount in totals:
        yield from (" " * left + line for line in _sides(label, amount, width - left))
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
    """Rows below one another: what is counted gets what it needs, names share what is left.

    What nobody needs stands before the last column, so that the amounts end where the page ends.
    """
    texts = [[whole_words(_one(cell)) for cell in row] for row in rows]
    needs = [max(cells_of(row[at]) for row in texts) for at in range(len(kinds))]
    room = width - GAP * (len(kinds) - 1)
    fixed = sum(need for need, kind in zip(needs, kinds, strict=True) if kind not in _GROWS)
    growing = [at for at, kind in enumerate(kinds) if kind in _GROWS]
    names = shares([needs[at] for at in growing], max(len(growing), room - fixed))
    if any(cells_of(word) > share for at, share in zip(growing, names, strict=True)
           for row in texts for word in row[at].split()):  # fmt: skip
        yield from _stacked(texts, needs, kinds, width)
        return
    name = iter(names)
    given = [
        next(name) if kind in _GROWS else need for need, kind in zip(needs, kinds, strict=True)
    ]
    given[-1] += max(0, room - sum(given))
    for row in texts:
        yield from _row(row, given, [kind in _RIGHT for kind in kinds])


def _stacked(
    rows: Sequence[Sequence[str]], needs: Sequence[int], kinds: Sequence[str], width: int
) -> Iterator[str]:
    """Rows on a narrow page: what is counted on one line, the names on the next."""
    kept = [at for at, kind in enumerate(kinds) if kind not in _GROWS]
    widths = [needs[at] for at in kept]
    gap = GAP if sum(widths) + GAP * (len(kept) - 1) <= width else 1
    widths[-1] += max(0, width - gap * (len(kept) - 1) - sum(widths))
    right = [kinds[at] in _RIGHT for at in kept]
    for row in rows:
        yield from _row([row[at] for at in kept], widths, right, gap)
        names = [row[at] for at in range(len(kinds)) if at not in kept and row[at]]
        yield from ("    " + line for line in broken(" · ".join(names), width - 4))


def _beside(blocks: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Blocks of lines side by side, with what nobody needs spread between them."""
    cleaned = [[whole_words(line) for line in block] for block in blocks if block]
    if not cleaned:
        return
    room = width - GAP * (len(cleaned) - 1)
    widths = shares([max(cells_of(line) for line in block) for block in cleaned], room)
    if any(cells_of(word) > cells for block, cells in zip(cleaned, widths, strict=True)
           for line in block for word in line.split()):  # fmt: skip
        yield from _below(cleaned, width)
        return
    more = (room - sum(widths)) // len(cleaned)
    for at in range(max(len(block) for block in cleaned)):
        yield from _row(
            [block[at] if at < len(block) else "" for block in cleaned],
            [cells + more for cells in widths], [False] * len(cleaned),
        )  # fmt: skip


def _below(blocks: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Blocks that do not fit side by side: pairs as a list, longer ones with a line between."""
    label = max(cells_of(block[0]) for block in blocks)
    for block in blocks:
        if len(block) == 2:
            yield from _row(block, [label, width - label - GAP], [False, False])
        else:
            for line in block:
                yield from broken(line, width)
            yield ""


def _row(
    cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], gap: int = GAP
) -> Iterator[str]:
    """Texts side by side, each broken over as many lines as its width makes of it."""
    columns = [list(broken(text, room)) for text, room in zip(cells, widths, strict=True)]
    for at in range(max([1, *(len(lines) for lines in columns)])):
        yield (" " * gap).join(
            _padded(lines[at] if at < len(lines) else "", room, right=is_right)
            for lines, room, is_right in zip(columns, widths, right, strict=True)
        )


def _sides(left: str, right: str, width: int) -> Iterator[str]:
    """Two texts at the two edges, below one another where they do not fit on one line."""
    left, right = whole_words(left), whole_words(right)
    room = width - cells_of(left) - cells_of(right)
    if room > 0:
        yield left + " " * room + right
    else:
        yield from broken(left, width)
        yield from (_padded(line, width, right=True) for line in broken(right, width))


def whole_words(text: str) -> str:
    """A text without the places where print may break it."""
    return text.translate(_BREAKS)


def _chunks(cells: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [cells[at : at + size] for at in range(0, len(cells), size)]


def _padded(text: str, cells: int, *, right: bool) -> str:
    space = " " * max(0, cells - cells_of(text))
    return space + text if right else text + space
