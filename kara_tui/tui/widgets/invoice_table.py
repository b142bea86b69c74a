"""The documents that were issued, in a DataTable: a line each, or two where the terminal is narrow.

Credit notes are negative and name what they credit. Textual's DataTable repaints itself at every
move, which a list of some dozen lines can bear; its Enter belongs to the page here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable

from kara_tui.issued.overview import DocumentStanding, DocumentState
from kara_tui.month_end.wording import amount_said, day_inline, month_name

# A DataTable takes a quarter of a second for a thousand rows: older invoices are found by name in
# the palette.
SHOWN = 500
_PADDING = 2  # of each column, both sides together
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
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self.standings: Sequence[DocumentStanding] = ()

    def put(self, standings: Sequence[DocumentStanding], room: int) -> None:
        """Show these in so many cells; the cursor stays on the document it was on."""
        was = self.under_cursor
        self.standings = standings[:SHOWN]
        heads, rows, lines = _laid_out(self.standings, room - 1)  # one for the scrollbar
        self.clear(columns=True)
        for head, width in heads:
            self.add_column(Content(head), width=width)  # type: ignore[arg-type]  # content is a label too
        for row in rows:
            self.add_row(*row, height=lines)
        numbers = [one.document.number for one in self.standings]
        if was is not None and was.document.number in numbers:
            self.move_cursor(row=numbers.index(was.document.number))

    @property
    def under_cursor(self) -> DocumentStanding | None:
        """The document under the cursor."""
        at = self.cursor_row
        return self.standings[at] if 0 <= at < len(self.standings) else None

    def to(self, number: str) -> None:
        """Put the cursor on a document."""
        for at, one in enumerate(self.standings):
            if one.document.number == number:
                self.move_cursor(row=at)


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
    heads = ["Number", "Month", "Sessions", "Total", "State"]
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
    if sum(widths) + _PADDING * len(widths) <= room:
        whole = [[*row, state] for row, state in zip(cells, styled, strict=True)]
        return list(zip(heads, widths, strict=True)), whole, 1
    widths[1] = max(widths[1], widths[4])
    below = [
        [row[0], Content("\n").join([row[1], state]), *row[2:]]
        for row, state in zip(cells, styled, strict=True)
    ]
    columns = list(zip(heads, widths, strict=True))[:4]
    if sum(widths[:4]) + _PADDING * 4 <= room:
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


def day(one: date | None) -> str:
    """``Tue 3 Nov``; nothing for no day."""
    return day_inline(one) if one else ""
