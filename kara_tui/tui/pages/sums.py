"""What the month comes to, sponsor by sponsor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kara_tui.model import Money, total
from kara_tui.month_end.wording import amount_said, listed
from kara_tui.text import broken, cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kara_tui.month_end import MonthEnd


def by_sponsor(month_end: MonthEnd | None, width: int) -> Content:
    """Each sponsor's sessions and their sum, of what is billed; each currency with its own total.

    A name that is too long for one line has lines of its own. The currency stands with the total.
    """
    lines: list[str] = []
    for invoice in month_end.invoices if month_end is not None else ():
        code = invoice.total.currency
        rows = [(one.name or "no sponsor", one.sessions,
                 amount_said(one.amount).removesuffix(f" {code}"))
                for one in invoice.by_sponsor]  # fmt: skip
        rows.append((code, len(invoice.lines), amount_said(invoice.total).removesuffix(f" {code}")))
        most = max(len(amount) for _, _, amount in rows)
        digits = len(f"{len(invoice.lines):,}")
        for name, sessions, amount in rows:
            numbers = f" {sessions:>{digits},} {amount:>{most}}"
            *above, last = list(broken(name, width)) or [""]
            room = width - len(numbers)
            if cells_of(last) > room:
                above, last = [*above, last], ""
            lines += [*above, f"{last}{' ' * (room - cells_of(last))}{numbers}"]
    return Content("\n".join(lines))


def totals_said(prices: Sequence[Money]) -> str:
    """``9,900 ISK and 65.00 EUR``: what prices come to, each currency for itself."""
    return listed(
        amount_said(total((one for one in prices if one.currency == currency), currency))
        for currency in dict.fromkeys(one.currency for one in prices)
    )
