"""Who is invoiced for a sponsor's sessions; remembered for the months to come."""

from __future__ import annotations

from kara_tui.settings.profile import Routing
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, heading, with_list

CHOICES = (
    (Routing.KARA, "Kara Connect is invoiced for this sponsor's sessions."),
    (Routing.ELSEWHERE, "The company is invoiced directly; its sessions are left out here."),
    (Routing.ASK, "Ask me each month."),
)


class SponsorPage(Page):
    """Three answers about one sponsor."""

    id = "sponsor"
    title = "Who pays"

    def __init__(self, desk: Desk, sponsor: str) -> None:
        super().__init__(desk)
        self._sponsor = sponsor
        self.list.resize(len(CHOICES))
        self.does = {"next": self._take}
        self.words = {"next": "Take it"}

    @property
    def _now(self) -> Routing | None:
        month_end = self.desk.month_end
        return None if month_end is None else month_end.profile.routing_of(self._sponsor)

    def body(self, width: int, height: int) -> Drawn:
        head = heading(self.title, f"for sessions with {self._sponsor}?", width)
        head += [BLANK, *wrapped(
            "For some companies your success manager says to invoice the company and not Kara "
            "Connect. Your answer holds for the months to come.", width), BLANK]  # fmt: skip
        return with_list(self, head, [], width, height, self._row)

    def _row(self, item: int) -> Line:
        routing, words = CHOICES[item]
        return (("(*) " if routing is self._now else "( ) ", "text"), (words, "text"))

    def _take(self) -> None:
        routing = CHOICES[self.list.cursor][0]
        request = self.desk.request
        self.desk.close()

        def done(_: None) -> None:
            self.desk.say(f"Remembered for {self._sponsor}.")
            self.desk.read()

        self.desk.host.work(
            lambda: self.desk.acts.remember_routing(request, self._sponsor, routing),
            done,
            lambda trouble: self.desk.say(trouble.findings[0].message, "warning"),
        )
