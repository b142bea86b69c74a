"""Payments: choose the exports. The newest files of the Downloads folder are offered first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kara_tui.month_end.steps import StepId, findings_of, step
from kara_tui.month_end.wording import counted
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import Page, gap, heading, with_list


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be chosen, with its age and what it holds in words where they are known."""

    path: Path
    age: str = ""
    holds: str = ""
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
            "type-path": self._type_path,
            "paste": self._paste,
            "browse": self._browse,
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
            self._glance([one.path for one in offers])

        self.desk.host.work(
            lambda: [
                Offer(folder / one.name, one.age, is_unpaid=one.is_unpaid)
                for one in self.desk.acts.listing(folder)
            ],
            found,
            lambda _: None,
        )

    def _glance(self, paths: list[Path]) -> None:
        """Say of each file offered what it holds; the list is there before that is known."""

        def seen(holds: dict[Path, str]) -> None:
            self.offers = [replace(one, holds=holds.get(one.path, "")) for one in self.offers]

        self.desk.host.work(
            lambda: {path: self.desk.acts.glance(path) for path in paths}, seen, lambda _: None
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
        return ((mark, role), (offer.path.name, "text"), (
            "".join(f"  {said}" for said in (offer.age, offer.holds) if said), "muted"
        ))  # fmt: skip

    def _understood(self, width: int, height: int) -> list[Line]:
        """What became of the files: unreadable and why, or what was kept and what was not."""
        standing = self.desk.standing
        room = max(3, height // 2)
        if standing.month_end is None:
            return [BLANK, *found_lines(standing.unreadable, width, room)]
        lines: list[Line] = [BLANK, (("What was understood", "accent"),)]
        for read in (*standing.month_end.paid, *standing.month_end.unpaid_files):
            export = read.export
            kept = ", ".join(column.header for column in export.columns)
            lines += wrapped(f"{export.name}: {counted(export.rows, 'payment')}. Read: {kept}.",
                             width)  # fmt: skip
        findings = findings_of(StepId.PAYMENTS, standing)
        return lines + found_lines(findings, width, max(2, room - len(lines)))

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
            self.desk.when_read(self.desk.forward)
            self.desk.say("Reading; the next step follows by itself.")
        elif self.desk.standing.unreadable:
            self.desk.say("Nothing could be read. Choose another file, or mend it and press r.",
                          "warning")  # fmt: skip
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

    def _take_file(self, path: Path) -> None:
        """Offer this file first and take it for what its name says."""
        is_unpaid = any(one.is_unpaid for one in self.desk.acts.listing(path.parent)
                        if one.name == path.name)  # fmt: skip
        self.offers = [Offer(path, is_unpaid=is_unpaid),
                       *(one for one in self.offers if one.path != path)]  # fmt: skip
        self.list.resize(len(self.offers))
        self.list.cursor = 0
        if path not in (*self.desk.request.paid, *self.desk.request.unpaid):
            self._mark()

    def _type_path(self) -> None:
        def take(text: str) -> None:
            path = self.desk.acts.meant(text)
            if path is None:
                return
            self._open(path)

        from kara_tui.tui.pages.prompt import PromptPage

        self.desk.open(
            PromptPage(
                self.desk,
                "Type a path",
                "Type or paste where the export is, or drop the file on this window. A folder "
                "opens the file picker there.",
                take,
                label="Path: ",
                check=lambda text: (
                    "" if self.desk.acts.meant(text) else "There is no such file or folder."
                ),
            )
        )

    def _browse(self) -> None:
        self._open(self.desk.acts.downloads())

    def _open(self, path: Path) -> None:
        """A folder opens the file picker, a file is taken."""
        if path.is_file():
            self._take_file(path)
            return
        from kara_tui.tui.pages.browse import BrowsePage

        self.desk.open(BrowsePage(self.desk, path, self._take_file))

    def _paste(self) -> None:
        self.desk.awaits_paste = True
        self.desk.say("Paste now, as your terminal does it: the export's whole text, or a path.")

    def pasted(self, text: str, *, marked: bool = True) -> None:
        """The export's text, or where it is."""
        if "\n" not in text.strip() and "\r" not in text.strip():
            path = self.desk.acts.meant(text)
            if path is None:
                self.desk.say("That is neither a file here nor an export's text: an export has "
                              "a line of headers and one for each payment.", "warning")  # fmt: skip
            else:
                self._open(path)
            return
        from kara_tui.tui.pages.pasted import PastedPage

        self.desk.open(
            PastedPage(
                self.desk,
                text,
                self._take_text,
                marked=marked,
                now=1 if self.desk.request.paid and not self.desk.request.unpaid else 0,
            )
        )

    def _take_text(self, text: str, *, is_unpaid: bool) -> None:
        from kara_tui.tui.pasting import keep_pasted

        try:
            path = keep_pasted(text, "pasted-unpaid.csv" if is_unpaid else "pasted-paid.csv")
        except OSError as error:
            self.desk.say(f"The text cannot be kept: {error.strerror}.", "warning")
            return
        self.offers = [Offer(path, "pasted", is_unpaid=is_unpaid), *self.offers]
        self.list.resize(len(self.offers))
        self.list.cursor = 0
        self._mark()
