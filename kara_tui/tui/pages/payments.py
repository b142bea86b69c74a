"""Payments: which files are the Paid and the Unpaid export, and how they were understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content

from kara_tui.month_end.portal import StepId, step
from kara_tui.month_end.questions import can_answer
from kara_tui.month_end.steps import findings_of
from kara_tui.month_end.wording import amount_said, counted, listed, month_name
from kara_tui.text import broken
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.held_keys import Unmarked
from kara_tui.tui.messages import FilesChosen, PasteAwaited
from kara_tui.tui.pages.base import (
    BORDER,
    SEVERITY_STYLES,
    Page,
    Pane,
    Panel,
    Panes,
    Words,
    finding_lines,
    numbered,
)
from kara_tui.tui.pages.offers import Offer, in_columns
from kara_tui.tui.said_here import hint_here, message_here
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste

    from kara_tui.month_end import MonthEnd

# Rows of title, steps, the list's border and head, what is asked for, buttons and keys; and how
# many the list has at least.
AROUND, LEAST = 9, 3
PAID, UNPAID, UNUSED = "Paid", "Unpaid", "–"


class PaymentsPage(Page):
    """The files of a folder, each with what it is used as."""

    step_id = StepId.PAYMENTS
    focus_first = "#files"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("payments")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(
                    Words(id="heads"), Choices(id="files"), Words(id="empty"),
                    title="Files", id="files-panel",
                )  # fmt: skip
                yield Panel(Words(id="understood"), title="Understood", id="understood-panel")
                yield Words(id="portal-line", classes="hint")
            with Pane(classes="side"):
                yield Panel(
                    Words(id="portal"), title="In the portal: how to export", id="portal-panel"
                )

    def on_mount(self) -> None:
        request = self.flow.request
        self._folder: Path | None = None
        self._offers = [
            *(Offer(path) for path in request.paid),
            *(Offer(path, is_unpaid=True) for path in request.unpaid),
        ]
        self._looked = False

    def seen(self) -> None:
        if not self._looked:
            self._looked = True
            self._look()

    def look_again(self, *, anew: bool = False) -> None:
        """Offer what has come into the folder; ``anew`` also looks into what was there."""
        if self._looked:
            self._look(self._folder, anew=anew)

    # -- drawing

    def show(self) -> None:
        request = self.flow.request
        known = {one.path for one in self._offers}
        chosen = [path for path in (*request.paid, *request.unpaid) if path not in known]
        if chosen:
            self._offers = [
                *(Offer(path, is_unpaid=path in request.unpaid) for path in chosen), *self._offers,
            ]  # fmt: skip
        self._show_files()
        where = self._folder.name if self._folder else "…"
        keys = "Space Paid, Unpaid, not used ── b Browse · t Type · v Paste"
        if self.room < len(keys):
            keys = "Space Use as · b Browse · t Type · v Paste"
        self.query_one("#files-panel", Panel).title(f"Files in {where}", keys)
        self.query_one("#empty", Words).put(self._empty())
        understood, line = self._understood(), self._not_exported_yet()
        self.query_one("#understood", Words).put(understood)
        self.query_one("#understood-panel", Panel).display = bool(request.paid)
        self.query_one("#portal-line", Words).put(line)
        self._fit(understood, line)
        if self.has_side:
            portal = numbered(step(StepId.PAYMENTS).portal, self.side_room)
            self.query_one("#portal", Words).put(portal)

    def on_resize(self) -> None:
        self._show_files()
        self._fit(self._understood(), self._not_exported_yet())

    def _fit(self, understood: Content, line: Content) -> None:
        """Let the list scroll where all of it would push what is said of the files out of sight."""
        below = sum(max(1, _height(text, self.room)) for text in understood.plain.split("\n"))
        below = below + BORDER if self.flow.request.paid else 0
        below += _height(line.plain, self.room + BORDER)
        rows = max(LEAST, self.app.size.height - AROUND - below)
        files = self.query_one("#files", Choices)
        if files.styles.max_height is None or files.styles.max_height.value != rows:
            files.styles.max_height = rows
            self.call_after_refresh(files.scroll_to_highlight)

    def _show_files(self) -> None:
        """A line for each file; what it holds goes below its name where both do not fit."""
        files = self.query_one("#files", Choices)
        used = [self._used_as(one.path) for one in self._offers]
        head, lines = in_columns(self._offers, used, self.room, self.flow.request.today.year)
        self.query_one("#heads", Words).put(Content.styled(head, "$accent"))
        files.put([
            Content(line).stylize("$good" if use != UNUSED else "$muted", 0, len(use))
            for line, use in zip(lines, used, strict=True)
        ])  # fmt: skip

    def _not_exported_yet(self) -> Content:
        """Where the exports come from, while one is wanting."""
        request = self.flow.request
        if request.paid and request.unpaid:
            return Content("")
        if request.paid and (there := next((one for one in self._offers if one.is_unpaid), None)):
            said = f"▸ {there.path.name} is not used yet: Space on it uses it as Unpaid."
            return Content.styled(said, "$muted")
        tab = "Unpaid" if request.paid else "Paid sessions"
        said = f"▸ No {'Unpaid' if request.paid else 'Paid'} export yet? "
        return Content.styled(f"{said}Payments → {tab} → Export. h says how.", "$muted")

    def _used_as(self, path: Path) -> str:
        request = self.flow.request
        return PAID if path in request.paid else UNPAID if path in request.unpaid else UNUSED

    def _empty(self) -> Content | str:
        if self._offers:
            return ""
        if self._folder is None:
            return Content.styled("Looking for exports …", "$muted")
        return Content.styled(
            f"No export was found in {self._folder}. r looks again, b in another folder, t types "
            "where it is, v pastes its text; h says how to export it in the portal.",
            "$warning",
        )

    def _understood(self) -> Content:
        """What became of the files: their sessions, what was not read, what is to be answered."""
        standing = self.flow.standing
        month_end = standing.month_end
        if month_end is None:
            if standing.unreadable:
                return finding_lines(standing.unreadable, self.room)
            return Content.styled("Reading …" if self.flow.is_reading else "", "$muted")
        lines = []
        findings = findings_of(StepId.PAYMENTS, standing)
        where = (
            "Paid"
            if any(one.is_blocker for one in findings_of(StepId.PAID, standing))
            else "Credit"
        )
        lines += self._counted(month_end, any(one.is_blocker for one in findings), where)
        dropped = sum(len(one.export.dropped) for one in (*month_end.paid, *month_end.unpaid_files))
        if dropped:
            lines.append(
                _good(f"Clients' names and e-mails: {counted(dropped, 'column')} not read")
            )
        sponsored = [one for one in month_end.unpaid if one.session.sponsor]
        if sponsored:
            lines.append(
                Content.styled(
                    f"? {counted(len(sponsored), 'unpaid session')} with a sponsor: the step "
                    "Unpaid asks about them",
                    "$warning",
                )
            )
        for finding in findings:
            if finding.code == "column-dropped":
                continue
            sign, style = SEVERITY_STYLES[finding.severity]
            lines.append(Content.styled(f"{sign} {message_here(finding, month_end)}", style))
            if can_answer(finding):
                lines.append(Content.styled("  → i answers it.", "$accent"))
            elif finding.is_blocker and (hint := hint_here(finding)):
                lines.append(Content.styled(f"  → {hint}", "$muted"))
        return Content("\n").join(lines)

    @staticmethod
    def _counted(month_end: MonthEnd, blocked: bool, where: str) -> list[Content]:  # noqa: FBT001 - said once
        """How many sessions there are; nothing while it is not known how the files are read.

        ``where`` is the step that says why none of them is billed.
        """
        month = month_name(month_end.month)
        there = sum(len(one.candidates) for one in month_end.paid)
        if there and not month_end.sessions and not blocked:
            none = f"? {counted(there, 'Credit session')} of {month}, none of them to be billed"
            return [Content.styled(f"{none}: the step {where} says why", "$warning")]
        if there and blocked:
            # No sum: what has to be solved may change it.
            return [Content.styled(f"· {counted(there, 'Credit session')} of {month}", "$muted")]
        if there:
            sums = f", {listed(map(amount_said, month_end.totals))}" if month_end.totals else ""
            if month_end.left_out or month_end.sessions != there:
                # The sum is of what is billed: some are left out, or others came late.
                sums = f"; {month_end.sessions:,} billed{sums}"
            return [_good(f"{counted(there, 'Credit session')} of {month}{sums}")]
        if blocked:
            return []
        none = f"? No Credit session of {month}: the step Paid shows the months there are"
        return [Content.styled(none, "$warning")]

    def said(self) -> Content | str:
        """What was found stands in the panel; here is which key goes on from it."""
        blockers = [one for one in findings_of(self.step_id, self.flow.standing) if one.is_blocker]
        if not blockers:
            return ""
        words = (
            "! A question is open: i answers it." if can_answer(blockers[0])
            else "! Solve this first: it is said above, and ! shows it."
        )  # fmt: skip
        return Content.styled(words, "bold $blocker")

    # -- which files there are

    @work(exclusive=True, group="looking")
    async def _look(self, folder: Path | None = None, *, anew: bool = False) -> None:
        """Offer a folder's likely files, after those that are used; then say what they hold.

        What is known to be held stays, unless it is to be looked for ``anew``.
        """
        here: Path = folder if folder is not None else await beside(self.acts.downloads)
        listing = await beside(lambda: self.acts.listing(here))
        ages = {here / one.name: one.age for one in listing}
        used = [
            replace(one, age=ages.get(one.path, one.age))
            for one in self._offers
            if self._used_as(one.path) != UNUSED
        ]
        paths = {one.path for one in used}
        known = {one.path: one.holds for one in self._offers}
        offered = [
            Offer(here / one.name, one.age, known.get(here / one.name, ""), one.is_unpaid)
            for one in listing
            if here / one.name not in paths
        ]
        # The Paid export is wanted first, so the likeliest one stands first.
        first = next((one for one in offered if not one.is_unpaid), None)
        if first is not None and not used:
            offered = [first, *(one for one in offered if one is not first)]
        self._offers = used + offered
        self._folder = here
        self._show_found()
        offers = [one for one in self._offers if anew or not one.holds]
        for offer in offers:
            path = offer.path
            holds = await beside(lambda path=path: self.acts.glance(path))  # type: ignore[misc]  # the path of this turn
            self._offers = [
                replace(one, holds=holds) if one.path == path else one for one in self._offers
            ]
            self._show_found()

    def _show_found(self) -> None:
        """Draw what was found, unless the wizard was left while it was looked for."""
        if self.is_attached:
            self.show()

    @property
    def under_cursor(self) -> Offer | None:
        """The file under the cursor."""
        at = self.query_one("#files", Choices).highlighted
        return self._offers[at] if at is not None and at < len(self._offers) else None

    @property
    def _to_use(self) -> Offer | None:
        """The file under the cursor, unless it is used already."""
        under = self.under_cursor
        return under if under and self._used_as(under.path) == UNUSED else None

    # -- what keys do

    def go_on(self) -> None:
        standing = self.flow.standing
        if not self.flow.request.paid:
            under = self._to_use
            if under is None:
                self.action_browse()
            else:
                self._use(under, UNPAID if under.is_unpaid else PAID)
        elif standing.unreadable:
            self.tell(
                "Nothing could be read. Choose another file, or put it right and press r.",
                "warning",
            )
        else:
            super().go_on()

    def onward(self) -> tuple[str, str]:
        if not self.flow.request.paid:
            under = self._to_use if self.is_mounted else None
            return ("Use this file" if under else "Look in another folder", "")
        return super().onward()

    @on(Choices.OptionHighlighted, "#files")
    def _moved(self) -> None:
        if not self.flow.request.paid and self.is_attached:
            from kara_tui.tui.screens.wizard import WizardScreen

            if isinstance(self.screen, WizardScreen):
                self.screen.show_buttons()

    def words(self) -> Mapping[str, str]:
        return {"use": "Use as"}

    def action_use(self) -> None:
        """Not used, Paid, Unpaid, and round again; the likelier one first."""
        offer = self.under_cursor
        if offer is None:
            self.tell("There is no file here. b looks in another folder.", "warning")
            return
        order = [UNPAID, PAID, UNUSED] if offer.is_unpaid else [PAID, UNPAID, UNUSED]
        self._use(offer, order[(order.index(self._used_as(offer.path)) + 1) % 3])

    def _use(self, offer: Offer, as_what: str) -> None:
        request = self.flow.request
        paid = tuple(one for one in request.paid if one != offer.path)
        unpaid = tuple(one for one in request.unpaid if one != offer.path)
        if as_what == PAID:
            paid = (*paid, offer.path)
        elif as_what == UNPAID:
            unpaid = (*unpaid, offer.path)
        self.post_message(FilesChosen(replace(request, paid=paid, unpaid=unpaid)))

    def action_details(self) -> None:
        """How the files were understood, column by column."""
        month_end = self.flow.month_end
        if month_end is None:
            self.tell("No export is read yet.")
            return
        from kara_tui.tui.dialogs.tell import Tell

        lines = []
        for read in (*month_end.paid, *month_end.unpaid_files):
            export = read.export
            kept = ", ".join(column.header for column in export.columns)
            dropped = ", ".join(export.dropped) or "nothing"
            lines.append(
                f"{export.name}: {counted(export.rows, 'payment')}.\nRead: {kept}.\n"
                f"Not read: {dropped}."
            )
        self.app.push_screen(Tell("How the files were understood", "\n\n".join(lines)))

    def action_how(self) -> None:
        """What to press in the portal."""
        from kara_tui.tui.dialogs.tell import Tell

        self.app.push_screen(Tell("In the portal", step(StepId.PAYMENTS).portal))

    def action_copy(self) -> None:
        """Copy where the file is."""
        offer = self.under_cursor
        if offer is not None:
            self.app.copy_to_clipboard(str(offer.path))
            self.tell(f"Copied: {offer.path}")

    def action_browse(self) -> None:
        """Look for the export in another folder."""
        from kara_tui.tui.screens.browse import BrowseScreen

        self.app.push_screen(
            BrowseScreen(
                "Choose an export", self._folder or Path.home(), self.acts.entries,
                "No export and no folder is here, or it cannot be read.",
            ),
            self._taken,
        )  # fmt: skip

    def action_type_path(self) -> None:
        """Type or paste where the export is."""
        from kara_tui.tui.dialogs.ask import Ask

        def given(text: str | None) -> None:
            path = self.acts.meant(text) if text else None
            if path is not None:
                self._taken(path)

        self.app.push_screen(
            Ask(
                "Where is the export?",
                "Type or paste its path, or drop the file on this window. A folder is looked into.",
                check=lambda text: (
                    "" if self.acts.meant(text) else "There is no such file or folder."
                ),
            ),
            given,
        )

    def _taken(self, path: Path | None) -> None:
        """A file is used for what its name says; a folder is looked into."""
        if path is None:
            return
        if path.is_dir():
            self._look(path)
            return
        is_unpaid = any(
            one.is_unpaid for one in self.acts.listing(path.parent) if one.name == path.name
        )
        offer = Offer(path, is_unpaid=is_unpaid)
        self._offers = [offer, *(one for one in self._offers if one.path != path)]
        if self._used_as(path) == UNUSED:
            self._use(offer, UNPAID if is_unpaid else PAID)
        else:
            self.show()

    def action_paste(self) -> None:
        """Say that pasting works; terminals without brackets need to be told beforehand."""
        self.post_message(PasteAwaited())
        self.tell("Paste now, as your terminal does it: the export's whole text, or a path.")

    def on_paste(self, event: Paste) -> None:
        """The export's text, or where it is."""
        event.stop()
        text = event.text
        if "\n" not in text.strip() and "\r" not in text.strip():
            path = self.acts.meant(text)
            if path is None:
                self.tell(
                    "That is neither a file here nor an export's text: an export has a line of "
                    "headers and one for each payment.",
                    "warning",
                )
            else:
                self._taken(path)
            return

        from kara_tui.tui.dialogs.pasted import Pasted

        def which(chosen: int | None) -> None:
            if chosen is not None:
                self._take_text(dialog.pasted, is_unpaid=chosen == 1)

        dialog = Pasted(text, marked=not isinstance(event, Unmarked))
        self.app.push_screen(dialog, which)

    def _take_text(self, text: str, *, is_unpaid: bool) -> None:
        from kara_tui.tui.pasting import keep_pasted

        try:
            path = keep_pasted(text, "pasted-unpaid.csv" if is_unpaid else "pasted-paid.csv")
        except OSError as error:
            self.tell(f"The text cannot be kept: {error.strerror}.", "warning")
            return
        offer = Offer(path, "pasted", is_unpaid=is_unpaid)
        self._offers = [offer, *self._offers]
        self._use(offer, UNPAID if is_unpaid else PAID)


def _good(text: str) -> Content:
    return Content.styled(f"✓ {text}", "$good")


def _height(text: str, width: int) -> int:
    """The lines that a text takes."""
    return len(list(broken(text, width))) if text else 0
