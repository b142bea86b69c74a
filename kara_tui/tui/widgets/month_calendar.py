"""A month as a small calendar, with the number of sessions on each day."""

from __future__ import annotations

import calendar
from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kara_tui.model import Month


def month_calendar(month: Month, days: Sequence[date]) -> Content:
    """Weeks from Monday; a dot is a day without sessions, a number says how many there were."""
    count = Counter(days)
    lines = [Content.styled(" Mo Tu We Th Fr Sa Su", "$accent")]
    for week in calendar.Calendar().monthdatescalendar(month.year, month.number):
        cells = []
        for day in week:
            if not month.contains(day):
                cells.append(Content("   "))
            elif count[day]:
                cells.append(Content.styled(f"{min(count[day], 99):>3}", "bold"))
            else:
                cells.append(Content.styled("  ·", "$muted"))
        lines.append(Content("").join(cells))
    return Content("\n").join(lines)
