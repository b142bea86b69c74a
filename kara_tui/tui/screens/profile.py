"""My details: five short pages with several fields each, made from the one list of questions.

Every letter is kept at once. The same pages make a profile and change one later.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Select, TextArea

from kara_tui.errors import UserError
from kara_tui.settings.interview import (
    Question,
    answered,
    as_proposed,
    asked,
    kept,
    offered,
    question_about,
    refused,
    still_open,
)
from kara_tui.settings.question import ASIDE
from kara_tui.tui.background import beside
from kara_tui.tui.keeping import Keeper
from kara_tui.tui.messages import Said
from kara_tui.tui.pages.base import WIDE, WIDER, Pane, Panel, Panes, Words
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.widgets.bars import BACK, Bar, ButtonLine, KeyBar, Part
from kara_tui.tui.widgets.detail import Detail, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kara_tui.settings import Problem, Profile
    from kara_tui.tui.acts import Acts

# The pages in their order: title, heading, the part of the invoice that it fills in, and the
# beginnings of its questions' keys. Language comes before VAT, whose words are in it.
PAGES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("You", "You, as the sender", "supplier", ("supplier.",)),
    ("Kara Connect", "Whom it is sent to, from your agreement", "customer", ("customer.",)),
    ("VAT", "Language and VAT", "vat", ("invoice.language", "vat.")),
    ("Bank", "Where Kara Connect pays you", "bank", ("invoice.currency", ASIDE, "bank.")),
    ("Numbers and mail", "Numbers, dates and mail", "numbers",
     ("invoice.", "calendar.", "mail.", "sponsors.")),
)  # fmt: skip
UNDO_AT_MOST = 100


def page_of(key: str) -> int:
    """The page that a question is on, from 0."""
    return next(
        at for at, (_, _, _, beginnings) in enumerate(PAGES)
        if any(key.startswith(beginning) for beginning in beginnings)
    )  # fmt: skip


class Pages(Bar):
    """The five pages: which are done, which one shows. A click goes there.

    Where five titles do not fit all but the one that shows are numbers, as the steps are.
    """

    DEFAULT_CSS = "Pages { height: 2; width: 100%; }"

    def show(self, here: int, signs: Iterable[str]) -> None:
        """Draw them, each behind its sign: ✓ all answered, ! something is open, else not seen."""
        is_roomy = sum(len(one[0]) + 4 for one in PAGES) <= self.room
        parts = []
        line = ""
        for at, ((title, about, _, _), sign) in enumerate(zip(PAGES, signs, strict=True)):
            shown = "●" if at == here else sign
            style = {"●": "bold $title", "!": "$warning", "✓": "$good"}.get(shown, "$muted")
            text = f" {shown} {title} " if at == here or is_roomy else f" {shown}{at + 1}"
            parts.append(Part(Content.styled(text, style), f"screen.page({at})", about))
            line += ("━" if at == here else "─") * len(text)
        line = line[: self.room].ljust(self.room, "─")
        rule = Content.styled(line, "$line").stylize("$accent", line.find("━"), line.rfind("━") + 1)
        self.put(parts, rule)


class ProfileScreen(KaraScreen):
    """The five pages. ``name`` is the profile's; ``changing`` a question or setting to begin at."""

    page_id = "profile"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's way to declare them
        (0, "-narrow"),
        (60, "-small"),
        (76, "-usual"),
        (WIDE, "-wide"),
        (WIDER, "-wider"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
        Binding("pagedown", "turn(1)", "Next page", show=False, priority=True),
        Binding("pageup", "turn(-1)", "Page before", show=False, priority=True),
        Binding("ctrl+z", "undo_change", "Undo", show=False),
    ]

    def __init__(self, acts: Acts, name: str, changing: str = "", *, is_new: bool) -> None:
        super().__init__()
        self._acts = acts
        self._profile_name = name
        self._is_new = is_new
        self._changing = changing
        self._answers: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._at = 0
        self._seen = {0}
        self._profile: Profile | None = None
        self._problems: tuple[Problem, ...] = ()
        self._before: list[dict[str, str]] = []
        self._last_typed = ("", 0)
        self._drafts: Keeper[dict[str, str]] = Keeper(self._write_draft, self._not_kept)

    def compose(self) -> ComposeResult:
        yield Words(
            Content.assemble((" kara ", "bold $accent"), (" My details", "bold $title")), id="title"
        )
        yield Pages(id="pages-bar")
        with Panes(classes="panes"):
            with Pane(classes="main"), Panel(id="details-panel", classes="fills"):
                yield VerticalScroll(id="details", can_focus=False)
                yield Words(id="why")
            with Pane(classes="side"):
                yield Panel(Words(id="part"), title="On the invoice", id="part-panel")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    async def on_mount(self) -> None:
        try:
            if not self._is_new:
                self._written = self._acts.answers_of(self._profile_name)
        except UserError as trouble:
            first = trouble.findings[0]
            self.post_message(Said(f"{first.message} {first.hint}".strip(), "error"))
        draft = self._acts.draft(self._profile_name)
        self._answers = {**self._written, **draft}
        if draft and not self._is_new:
            self.post_message(Said("What you typed last time is here, and not saved yet."))
        self._seen |= {page_of(key) for key in self._answers if key in self._keys()}
        question = question_about(self._changing, self._answers) if self._changing else None
        if question is not None:
            self._at = page_of(question.key)
        await self.show_page(question.key if question is not None else "")
        if not still_open(self._answers):
            self._judge()

    def on_unmount(self) -> None:
        self._drafts.finish()

    def _keys(self) -> set[str]:
        return {one.key for one in asked(self._answers)}

    # -- drawing

    async def show_page(self, focus: str = "") -> None:
        """Show the page's fields; begin at the question ``focus``, else at the first open one."""
        self._seen.add(self._at)
        with self.app.batch_update():
            await self._put_fields()
            self._say_all()
        details = list(self.query(Detail))
        wanted = next((one for one in details if one.question.key == focus), None)
        wanted = wanted or next((one for one in details if self._is_open(one)), None)
        wanted = wanted or next(iter(details), None)
        if wanted is not None:
            wanted.focus_inside()

    async def _put_fields(self) -> None:
        """Have the fields of the page in order; those that stay keep what is typed in them."""
        box = self.query_one("#details", VerticalScroll)
        there = {one.question.key: one for one in self.query(Detail)}
        answers = as_proposed(self._answers)
        wanted = [one for one in asked(answers) if page_of(one.key) == self._at]
        keys = {one.key for one in wanted}
        for key, detail in there.items():
            if key not in keys:
                await detail.remove()
        before: Detail | None = None
        for question in wanted:
            detail = there.get(question.key) or Detail(
                question, answers, is_answered=question.key in self._answers
            )
            if question.key not in there:
                if before is None:
                    await box.mount(detail, before=0 if box.children else None)
                else:
                    await box.mount(detail, after=before)
            before = detail

    def _say_all(self) -> None:
        """Draw everything around the fields."""
        open_pages = {page_of(one.key) for one in still_open(self._answers)}
        open_pages |= {page_of(key) for key in refused(self._answers)}
        signs = [
            ("!" if at in self._seen else " ") if at in open_pages else "✓"
            for at in range(len(PAGES))
        ]
        self.query_one("#pages-bar", Pages).show(self._at, signs)
        self.query_one("#details-panel", Panel).title(
            PAGES[self._at][1], "every letter is kept at once · Ctrl+Z takes back"
        )
        lines = self._acts.on_the_invoice(PAGES[self._at][2], self._answers)
        self.query_one("#part", Words).put(
            Content("\n").join([
                Content.styled(line, "" if at else "$muted") for at, line in enumerate(lines)
            ])
        )  # fmt: skip
        for detail in self.query(Detail):
            about = [one for one in self._problems if self._place_of(one) == detail.question.key]
            detail.warn(about[0] if about else None)
        self._say_focused()

    def _say_focused(self) -> None:
        """Why the field with the focus is asked, and what Enter does there."""
        focused = self._focused_detail()
        self.query_one("#why", Words).put(
            Content.styled(focused.question.why if focused else "", "$muted")
        )
        back = PAGES[self._at - 1][0] if self._at and self._is_new else ""
        self.query_one("#buttons", ButtonLine).show(self._onward(), (back, BACK), self._said())
        self.refresh_keys()

    def _onward(self) -> str:
        """What Enter does, in a word or two."""
        if self._next_field() is not None:
            return "Next field"
        if not self._is_new:
            return "Save"
        return PAGES[self._at + 1][0] if self._at + 1 < len(PAGES) else "Keep my details"

    def _said(self) -> Content | str:
        blockers = [self._in_words(one) for one in self._problems if one.is_blocker]
        if blockers:
            return Content.styled(f"! {blockers[0]}", "$blocker")
        open_ = still_open(self._answers)
        if self._at != 2 and 2 in self._seen and any(one.key == "vat.preset" for one in open_):
            return Content.styled("! VAT is still open: no answer is chosen for you.", "$warning")
        pages = sorted({page_of(one.key) for one in open_} & self._seen - {self._at})
        names = ", ".join(PAGES[at][0] for at in pages)
        return Content.styled(f"! Still open: {names}.", "$warning") if names else ""

    def words(self) -> Mapping[str, str]:
        makes_line = isinstance(self.focused, Lines) and self.focused.makes_line
        words = {"next": "New line" if makes_line else self._onward(), "pane": "Next field"}
        if any(one.expanded for one in self.query(Select)):
            words["back"] = "Close the list"
        return words

    def watch_focused(self) -> None:
        super().watch_focused()
        for detail in self.query(Detail):
            if detail.is_mounted and detail.children:
                detail.say()
        if self.query("#buttons"):
            self._say_focused()

    def _focused_detail(self) -> Detail | None:
        widget: Widget | None = self.focused
        found = [one for one in widget.ancestors if isinstance(one, Detail)] if widget else []
        return found[0] if found else None

    def _is_open(self, detail: Detail) -> bool:
        """Whether the answer is missing, or refused."""
        key = detail.question.key
        return key not in self._answers or detail.refusal(self._answers[key]) is not None

    def _next_field(self) -> Detail | None:
        """The field that Enter goes to: the next one on the page that was not answered yet."""
        details, here = list(self.query(Detail)), self._focused_detail()
        if here not in details:
            return None
        after = details[details.index(here) + 1 :]
        return next((one for one in after if self._is_open(one)), None)

    # -- answers

    @on(Detail.Changed)
    async def _typed(self, message: Detail.Changed) -> None:
        message.stop()
        detail, text = message.detail, message.text
        question = detail.question
        if text == self._shown(question):
            return
        self._remember(question.key, text)
        self._problems = tuple(one for one in self._problems if self._place_of(one) != question.key)
        self._answers = answered(self._answers, question.key, text)
        self._answers[question.key] = kept(question, self._answers)
        await self._changed(question.key)

    async def _changed(self, key: str = "") -> None:
        """Keep the answers, and show what follows from them; the field of ``key`` knows already."""
        self._drafts.keep(self._unsaved())
        await self._put_fields()
        answers = as_proposed(self._answers)
        for other in self.query(Detail):
            is_answered = other.question.key in self._answers
            if other.question.key == key:
                other.draw(answers, is_answered=is_answered)
            else:
                other.put(answers, is_answered=is_answered)
        self._say_all()

    def _shown(self, question: Question) -> str:
        if question.key in self._answers:
            return self._answers[question.key]
        return offered(question, as_proposed(self._answers))

    def _remember(self, key: str, text: str) -> None:
        """Keep what was, for undo: letters typed in one go are taken back in one go."""
        was, length = self._last_typed
        if key != was or abs(len(text) - length) != 1 or text.endswith(" "):
            self._before = [*self._before[-UNDO_AT_MOST:], dict(self._answers)]
        self._last_typed = (key, len(text))

    def _unsaved(self) -> dict[str, str]:
        """The answers that the profile does not have yet."""
        return {
            key: value for key, value in self._answers.items() if self._written.get(key) != value
        }

    def _write_draft(self, answers: dict[str, str]) -> None:
        self._acts.keep_draft(self._profile_name, answers)

    def _not_kept(self, why: str) -> None:
        self.app.call_from_thread(
            self.post_message,
            Said(f"What you type cannot be kept before the end: {why}", "warning"),
        )

    def _place_of(self, problem: Problem) -> str:
        question = question_about(problem.field, self._answers)
        return question.key if question is not None else ""

    # -- keys

    @on(TextArea.SelectionChanged)
    def _moved_in_lines(self) -> None:
        """What Enter does in a text of several lines goes by the line."""
        self.refresh_keys()

    @on(Input.Submitted)
    @on(Lines.Done)
    async def _submitted(self) -> None:
        await self.action_next()

    async def action_page(self, at: int) -> None:
        """Show a page."""
        self._take(self.query(Detail))
        self._at = max(0, min(len(PAGES) - 1, at))
        await self.show_page()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """An open list has the page keys for itself."""
        return action != "turn" or not any(one.expanded for one in self.query(Select))

    async def action_turn(self, by: int) -> None:
        """Show the next page, or the one before."""
        await self.action_page(self._at + by)

    async def action_next(self) -> None:
        """The next field that waits for an answer, else the next page; at the end keep it all."""
        following, here = self._next_field(), self._focused_detail()
        if here is not None:
            self._take([here])
        if following is not None:
            following.focus_inside()
            self._say_all()
        elif self._is_new and self._at + 1 < len(PAGES):
            await self.action_page(self._at + 1)
        else:
            self._take(self.query(Detail))
            self._write()

    def _take(self, details: Iterable[Detail]) -> None:
        """What stands in a field when it is left is the answer, also where it was only proposed.

        A list where nothing is chosen answers nothing: VAT is never chosen for anyone.
        """
        for detail in details:
            key, text = detail.question.key, detail.text
            if key not in self._answers and (text or detail.question.optional):
                self._answers = answered(self._answers, key, text)
            detail.draw(as_proposed(self._answers), is_answered=key in self._answers)
        self._drafts.keep(self._unsaved())

    async def action_undo_change(self) -> None:
        """Take the last change of a field back."""
        if not self._before:
            self.post_message(Said("There is nothing to take back."))
            return
        was = self._answers
        self._answers = self._before.pop()
        self._last_typed = ("", 0)
        for key in sorted(was.keys() | self._answers.keys()):
            if was.get(key) != self._answers.get(key) and page_of(key) != self._at:
                self._at = page_of(key)
                break
        await self._changed()

    @work(exclusive=True, group="judging")
    async def _judge(self) -> None:
        """See what the check of the whole profile says, and show it at its fields."""
        await self._look_through()
        self._say_all()

    async def _look_through(self) -> None:
        answers, keeps = dict(self._answers), not self._is_new
        profile, problems = await beside(
            lambda: self._acts.judge(self._profile_name, answers, keeps=keeps)
        )
        self._profile, self._problems = profile, problems

    @work(exclusive=True, group="writing")
    async def _write(self) -> None:
        """Write the profile; what is open, wrong or doubtful is shown at its field first."""
        open_ = still_open(self._answers)
        if open_:
            await self._to(open_[0].key)
            self.post_message(Said(f"Still to be answered: {open_[0].title}", "warning"))
            return
        await self._look_through()
        blockers = [one for one in self._problems if one.is_blocker]
        doubts = tuple(one for one in self._problems if not one.is_blocker)
        if blockers or self._profile is None:
            await self._to(self._place_of(blockers[0]) if blockers else "")
            why = self._in_words(blockers[0]) if blockers else "It cannot be kept."
            self.post_message(Said(why, "error"))
            return
        if doubts:
            self._ask_about(doubts, self._profile)
        else:
            await self._keep(self._profile)

    def _ask_about(self, doubts: tuple[Problem, ...], profile: Profile) -> None:
        """What seems wrong, but may be right, is kept only when it is meant as it stands."""
        from kara_tui.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            place = self._place_of(doubts[0])
            self.run_worker(self._keep(profile) if yes else self._to(place), group="writing")

        said = "\n\n".join(map(self._in_words, doubts))
        self.app.push_screen(
            Confirm("Is this right?", said, "It is right", "Let me look"), answered
        )

    def _in_words(self, problem: Problem) -> str:
        """What is wrong and what to do, under the title of the field and not its name in a file."""
        question = question_about(problem.field, self._answers)
        title = question.title if question is not None else problem.field
        return f"{title}: {problem.reason} {problem.mend}"

    async def _keep(self, profile: Profile) -> None:
        """Write the profile, and go on from there."""
        self._drafts.finish()
        try:
            path = await beside(lambda: self._acts.save_profile(profile))
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else str(error)
            self.post_message(Said(f"It could not be written: {why}", "error"))
            return
        self.app.post_message(Said(f"Your details are kept in {path}."))
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp):
            self.app.places.details_written(is_new=self._is_new)

    async def _to(self, key: str) -> None:
        """To the page of a question, and into its field."""
        if key:
            self._at = page_of(key)
        await self.show_page(key)

    async def action_back(self) -> None:
        """The page before; from the first one back to where one came from. All is kept."""
        for choice in self.query(Select):
            if choice.expanded:
                choice.expanded = False
                choice.focus()
                return
        if self._is_new and self._at:
            self._at -= 1
            await self.show_page()
            return
        if not self._is_new and self._unsaved():
            self.app.post_message(
                Said("Not saved yet. What you typed is kept, and is here next time.")
            )
        self.close()
