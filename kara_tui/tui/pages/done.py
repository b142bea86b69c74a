"""Done: the dates, what to expect, and when to ask."""

from __future__ import annotations

from kara_tui.issued.delivery import NO_SEND_BUTTON, what_happens_now
from kara_tui.month_end.steps import StepId, step, summary
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, heading


class DonePage(Page):
    """Three dates and a few sentences."""

    id = "done"
    title = "Done"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.does = {"next": lambda: desk.host.leave(0), "sent": self._mark_sent}
        self.words = {"next": "Leave"}

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.DONE)
        standing = self.desk.standing
        lines: list[Line] = [*heading(about.title, about.purpose, width), BLANK]
        lines += wrapped(f"[x] {summary(StepId.DONE, standing)}", width, "good")
        lines.append(BLANK)
        outcome = standing.outcome
        if outcome is not None and outcome.deadlines is not None:
            for sentence in what_happens_now(
                outcome.deadlines, self.desk.request.today, is_sent=standing.is_sent
            ):
                first, *rest = wrapped(sentence, width - 2)
                lines += [(("- ", "accent"), *first), *((("  ", "text"), *one) for one in rest)]
        if outcome is not None and outcome.eml is not None and not standing.is_sent:
            lines += [BLANK, *wrapped(NO_SEND_BUTTON, width, "muted")]
        lines += [BLANK, *wrapped(about.here, width, "muted")]
        return Drawn(tuple(lines[:height]), (0, min(height - 1, 2)))

    def _mark_sent(self) -> None:
        send = self.desk.step_page(StepId.SEND)
        why_not = send.why_not("sent")
        if why_not:
            self.desk.say(why_not, "warning")
        else:
            send.does["sent"]()
