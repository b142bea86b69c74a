"""Payments: choose the exports. The newest files of the Downloads folder are offered first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kara_tui.month_end.steps import StepId, step
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, gap, heading, with_list


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be chosen, with its age in words where it is known."""

    path: Path
    age: str = ""
    is_unpaid: bool = False


class PaymentsPage(Page):
    """The files, each with what it is taken for."""

    id = "payments"
    title = "Payments"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        request = desk.request
        self.offers = [
            *(Offer(path) for path in request.paid),
            *(Offer(path, is_unpaid=True) for path in request.unpaid),
        ]
        self._looked = False
        self.list.resize(len(self.offers))
        self.does = {
            "next": self._next,
            "mark": self._mark,
            "read-again": self._read_again,
        }

    def opened(self) -> None:
        if not self._looked:
            self._looked = True
            self.look_in(self.desk.acts.downloads())

    def look_in(self, folder: Path) -> None:
        """Offer a folder's likely files, after those that are chosen already."""

        def found(offers: list[Offer]) -> None:
            chosen = {*self.desk.request.paid, *self.desk.request.unpaid}
            known = [one for one in self.offers if one.path in chosen]
            self.offers = known + [one for one in offers if one.path not in chosen]
            self.list.resize(len(self.offers))

        self.desk.host.work(
            lambda: [
                Offer(folder / one.name, one.age, one.is_unpaid)
                for one in self.desk.acts.listing(folder)
            ],
            found,
            lambda _: None,
        )

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.PAYMENTS)
        head = [*heading(about.title, about.purpose, width), *self._portal(width, height)]
        head += [((about.here, "strong"),)]
        return with_list(self, head, self._understood(width, height), width, height, self._row)

    def _portal(self, width: int, height: int) -> list[Line]:
        about = step(StepId.PAYMENTS)
        if self.desk.request.paid and height < 30:
            return gap(wrapped("In the portal: Payments → Paid sessions → dates of the month → "
                               "Credit → Export. ? shows the boxes to tick.", width))  # fmt: skip
        lines: list[Line] = [(("In the portal", "accent"),)]
        for number, words in enumerate(about.portal, 1):
            first, *rest = wrapped(words, width - 5)
            lines.append(((f" {number}. ", "accent"), *first))
            lines += [(("    ", "text"), *line) for line in rest]
        return gap(lines)

    def _row(self, item: int) -> Line:
        offer = self.offers[item]
        request = self.desk.request
        if offer.path in request.paid:
            mark, role = "[x] Paid   ", "good"
        elif offer.path in request.unpaid:
            mark, role = "[x] Unpaid ", "good"
        else:
            mark, role = "[ ]        ", "muted"
        return ((mark, role), (offer.path.name, "text"), (f"  {offer.age}", "muted"))

    def _understood(self, width: int, height: int) -> list[Line]:
        """What became of the files: unreadable and why, or what was kept."""
        standing = self.desk.standing
        if standing.unreadable:
            lines: list[Line] = [BLANK]
            for finding in standing.unreadable:
                lines += wrapped(f"[!] {finding.message}", width, "blocker")
                lines += wrapped(finding.hint, width, indent="    ") if finding.hint else []
            return lines[: height // 2]
        return []

    def why_not(self, action: str) -> str:
        if action == "mark" and not self.offers:
            return "There is no file to mark. t lets you type where the export is."
        return ""

    def _next(self) -> None:
        request = self.desk.request
        if not request.paid:
            if not self.offers:
                self.desk.say("Choose the Paid export first: t lets you type where it is.",
                              "warning")  # fmt: skip
                return
            self._mark()
        elif self.desk.busy:
            self.desk.say("One moment: the export is being read.")
        else:
            self.desk.forward()

    def _mark(self) -> None:
        """No export, Paid export, Unpaid export, and round again; the likelier one first."""
        offer = self.offers[self.list.cursor]
        request = self.desk.request
        paid = tuple(one for one in request.paid if one != offer.path)
        unpaid = tuple(one for one in request.unpaid if one != offer.path)
        order = ["unpaid", "paid", ""] if offer.is_unpaid else ["paid", "unpaid", ""]
        now = ("paid" if offer.path in request.paid else
               "unpaid" if offer.path in request.unpaid else "")  # fmt: skip
        then = order[(order.index(now) + 1) % 3]
        if then == "paid":
            paid = (*paid, offer.path)
        elif then == "unpaid":
            unpaid = (*unpaid, offer.path)
        self.desk.change(replace(request, paid=paid, unpaid=unpaid))

    def _read_again(self) -> None:
        self.desk.say("Reading the exports again.")
        self.desk.read()
