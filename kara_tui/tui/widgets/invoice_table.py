"""The documents that were issued, in a DataTable: a line each, or two where the terminal is narrow.

The newest stands first until a head is clicked or ``s`` pressed. Credit notes are negative and name
what they credit. Textual's DataTable repaints itself at every move, which a list of some dozen
lines can bear; its Enter belongs to the page here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable

from kara_tui.issued.overview import DocumentStanding, DocumentState
from kara_tui.month_end.wording import amount_said, day_inline, month_name

# A DataTable takes a quarter of a second for a thousand rows: older invoices are found by name in
# the palette.
SHOWN = 500
GAP = 2  # cells behind each column; the sign of sorting stands there behind a head on the right
HEADS = ("Number", "Month", "Sessions", "Total", "State")
_MINUS = "−"


class InvoiceTable(DataTable[Content], inherit_bindings=False):
    """Standings as rows; ``under_cursor`` is the one that keys are about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("home", "scroll_top", "First", show=False),
        Binding("end", "scroll_bottom", "Last", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, cell_padding=0)
        self.standings: Sequence[DocumentStanding] = ()
        self._heads_shown: Sequence[str] = HEADS
        self._sorted: tuple[str, bool] = ("Number", True)

    def put(self, standings: Sequence[DocumentStanding], room: int) -> None:
        """Show these in so many cells; the cursor stays on the document it was on."""
        was = self.under_cursor
        by, backwards = self._sorted
        # They come with the newest first; of two that are alike the newer is the larger.
        in_order = sorted(
            enumerate(reversed(standings)),
            key=lambda numbered: (_KEYS[by](numbered[1]), numbered[0]),
            reverse=backwards,
        )
        self.standings = [one for _, one in in_order[:SHOWN]]
        heads, rows, lines = _laid_out(self.standings, room - 1)  # one for the scrollbar
        self._heads_shown = [head.strip() for head, _ in heads]
        self.clear(columns=True)
        for head, width in heads:
            sign = (" ▾" if backwards else " ▴") if head.strip() == by else ""
            self.add_column(Content(f"{head}{sign}"), width=width + GAP)  # type: ignore[arg-type]  # content is a label too
        for row in rows:
            self.add_row(*row, height=lines)
        numbers = [one.document.number for one in self.standings]
        if was is not None and was.document.number in numbers:
            self.move_cursor(row=numbers.index(was.document.number))

    def sort_by(self, at: int) -> None:
        """Sort by the column at a place, and backwards when it is sorted by it; put shows it."""
        by = self._heads_shown[at] if 0 <= at < len(self._heads_shown) else ""
        if by in _KEYS:
            # Numbers, days and sums begin with the newest and the largest.
            self._sorted = (by, not self._sorted[1] if by == self._sorted[0] else by != "State")

    def sort_next(self) -> None:
        """Sort by the next column that shows."""
        by = self._sorted[0]
        at = self._heads_shown.index(by) + 1 if by in self._heads_shown else 0
        self._sorted = ("", False)
        self.sort_by(at % len(self._heads_shown))

    @property
    def under_cursor(self) -> DocumentStanding | None:
        """The document under the cursor."""
        at = self.cursor_row
        return self.standings[at] if 0 <= at < len(self.standings) else None


def _laid_out(
    standings: Sequence[DocumentStanding], room: int
) -> tuple[list[tuple[str, int]], list[list[Content]], int]:
    """Heads with their widths, rows, and how many lines a row takes: what does not fit beside
    stands below.
    """
    said = [state_said(one) for one in standings]
    texts = [
        (one.document.number, month_name(one.document.month), *figures(one)) for one in standings
    ]
    heads = list(HEADS)
    widths = [max([len(head), *(cell_len(row[at]) for row in texts)])
              for at, head in enumerate(heads[:4])]  # fmt: skip
    widths.append(max([len("State"), *(cell_len(state) for state, _ in said)]))
    right = [(0, 0), (0, 0), (widths[2], 1), (widths[3], 1)]
    cells = [
        [Content(text.rjust(width) if is_right else text) for text, (width, is_right)
         in zip(row, right, strict=True)]
        for row in texts
    ]  # fmt: skip
    heads[2:4] = [head.rjust(width) for head, width in zip(heads[2:4], widths[2:4], strict=True)]
    styled = [Content.styled(state, style) for state, style in said]
    if sum(widths) + GAP * len(widths) <= room:
        whole = [[*row, state] for row, state in zip(cells, styled, strict=True)]
        return list(zip(heads, widths, strict=True)), whole, 1
    widths[1] = max(widths[1], widths[4])
    below = [
        [row[0], Content("\n").join([row[1], state]), *row[2:]]
        for row, state in zip(cells, styled, strict=True)
    ]
    columns = list(zip(heads, widths, strict=True))[:4]
    if sum(widths[:4]) + GAP * 4 <= room:
        return columns, below, 2
    return [*columns[:2], columns[3]], [[row[0], row[1], row[3]] for row in below], 2


def figures(one: DocumentStanding) -> tuple[str, str]:
    """Sessions and total of a document; those of a credit note are negative."""
    document = one.document
    sign = _MINUS if one.state is DocumentState.CREDIT_NOTE else ""
    return f"{sign}{document.sessions:,}", f"{sign}{amount_said(document.total).lstrip('-')}"


def state_said(one: DocumentStanding) -> tuple[str, str]:
    """Where a document stands, in words, and their style."""
    document = one.document
    match one.state:
        case DocumentState.PAID:
            return f"✓ paid {day(document.paid_on)}", "$good"
        case DocumentState.OVERDUE:
            return f"! late, due {day(one.pay_on)}", "$blocker"
        case DocumentState.SENT:
            return f"  sent, due {day(one.pay_on)}", "$info"
        case DocumentState.DRAFTED:
            return "! not marked as sent", "$warning"
        case DocumentState.CREDIT_NOTE:
            return f"  credits {document.corrects}", "$muted"
        case _:
            return f"  cancelled by {document.credited_by}", "$muted"


# What the columns are sorted by.
_KEYS: Mapping[str, Callable[[DocumentStanding], Any]] = {
    "Number": lambda _: 0,  # in the order in which they were given out
    "Month": lambda one: one.document.month,
    "Sessions": lambda one: _signed(one, one.document.sessions),
    "Total": lambda one: (one.document.total.currency, _signed(one, one.document.total.minor)),
    "State": lambda one: state_said(one)[0].lstrip("!✓ "),
}


def _signed(one: DocumentStanding, number: int) -> int:
    return -abs(number) if one.state is DocumentState.CREDIT_NOTE else number


def day(one: date | None) -> str:
    """``Tue 3 Nov``; nothing for no day."""
    return day_inline(one) if one else ""
