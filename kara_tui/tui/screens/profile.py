"""My details: five short pages with several fields each, made from the one list of questions.

Every letter is kept at once. The same pages make a profile and change one later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Select

from kara_tui.month_end.trouble import Trouble
from kara_tui.settings import Refused
from kara_tui.settings.interview import Question, answered, asked, offered, still_open
from kara_tui.tui.background import beside
from kara_tui.tui.messages import Said
from kara_tui.tui.pages.base import Pane, Panel, Panes, Words
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.widgets.bars import Bar, ButtonLine, KeyBar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kara_tui.settings import Problem, Profile
    from kara_tui.tui.acts import Acts

# The pages in their order: heading, sentence, and the beginnings of their questions' keys.
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("You", "Who sends the invoice", ("supplier.",)),
    ("Kara Connect", "Whom it is sent to, from your agreement", ("customer.",)),
    ("VAT", "Language and VAT", ("invoice.language", "vat.")),
    ("Bank", "Where Kara Connect pays you", ("invoice.currency", "aside.", "bank.")),
    (
        "Numbers and mail",
        "Numbers, dates and mail",
        ("invoice.", "calendar.", "mail.", "sponsors."),
    ),
)


def page_of(key: str) -> int:
    """The page that a question is on, from 0."""
    from kara_tui.settings.question import ASIDE

    wanted = key.replace(ASIDE, "aside.", 1) if key.startswith(ASIDE) else key
    return next(
        at for at, (_, _, beginnings) in enumerate(PAGES)
        if any(wanted.startswith(beginning) for beginning in beginnings)
    )  # fmt: skip


class Pages(Bar):
    """The five pages: which are done, which one shows. A click goes there."""

    DEFAULT_CSS = "Pages { height: 2; width: 100%; }"

    def show(self, here: int, is_open: Iterable[bool]) -> None:
        """Draw them; a sign tells whether something on a page is still open."""
        parts = []
        line = ""
        for at, ((title, _, _), still) in enumerate(zip(PAGES, is_open, strict=True)):
            sign = "●" if at == here else "!" if still else "✓"
            style = "bold $title" if at == here else "$warning" if still else "$good"
            text = f" {sign} {title} "
            parts.append((Content.styled(text, style), f"screen.page({at})"))
            line += ("━" if at == here else "─") * len(text)
        line = line[: self.room].ljust(self.room, "─")
        rule = Content.styled(line, "$line").stylize("$accent", line.find("━"), line.rfind("━") + 1)
        self.put(parts, rule)


class Field(Vertical):
    """One question: its title, a field or a list, and below it what is said about the answer."""

    def __init__(self, question: Question, answers: Mapping[str, str]) -> None:
        super().__init__(classes="field")
        self.question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        question = self.question
        optional = ", optional" if question.optional else ""
        yield Words(Content.assemble((question.title, "$accent"), (optional, "$muted")))
        choices = question.choices(self._answers)
        value = offered(question, self._answers)
        if choices:
            words = [one.word for one in choices]
            yield Select(
                [(Content(one.title), one.word) for one in choices],
                prompt="nothing chosen yet",
                value=value if value in words else Select.NULL,
                compact=True,
            )
        else:
            field = Input(value, placeholder=f"for example {question.example}")
            field.cursor_blink = False
            yield field
        yield Words(id="note")

    @property
    def text(self) -> str:
        """What is answered now, as it is typed or chosen."""
        for field in self.query(Input):
            return field.value
        for choice in self.query(Select):
            return str(choice.value) if choice.value is not Select.NULL else ""
        return ""

    def say(self, answers: Mapping[str, str]) -> str:
        """Say below the field what the check says; gives the answer as it is kept, or empty."""
        note = self.query_one("#note", Words)
        text = self.text
        if not text and self.question.optional:
            note.put(Content.styled(self.question.why, "$muted"))
            return ""
        if not text:
            note.put(Content.styled(self.question.why, "$muted"))
            return ""
        try:
            kept = self.question.accepted(text, answers)
        except Refused as refused:
            note.put(Content.styled(f"? {refused.reason} {refused.mend}", "$warning"))
            return ""
        note.put(
            Content.styled(self.question.why, "$muted") if kept == text
            else Content.styled(f"✓ read as {kept}", "$good")
        )  # fmt: skip
        return kept

    def focus_inside(self) -> None:
        """Put the focus into the field."""
        for widget in self.query("Input, Select"):
            widget.focus()
            return


class ProfileScreen(KaraScreen):
    """The five pages. ``name`` is the profile's; ``changing`` a question to begin at."""

    page_id = "profile"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,ctrl+n", "turn(1)", "Next page", show=False),
        Binding("pageup", "turn(-1)", "Page before", show=False),
        Binding("ctrl+z", "undo_field", "Undo", show=False),
    ]

    def __init__(self, acts: Acts, name: str, changing: str = "", *, is_new: bool) -> None:
        super().__init__()
        self._acts = acts
        self._profile_name = name
        self._is_new = is_new
        self._answers: dict[str, str] = {}
        self._changing = changing
        self._at = page_of(changing) if changing else 0
        self._problems: tuple[Problem, ...] = ()
        self._profile: Profile | None = None
        self._shown: tuple[str, ...] = ()
        self._before: list[dict[str, str]] = []

    def compose(self) -> ComposeResult:
        yield Words(
            Content.assemble((" kara ", "bold $accent"), (" My details", "bold $title")), id="title"
        )
        yield Pages(id="pages-bar")
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(
                    VerticalScroll(id="fields"), title="", id="fields-panel", classes="fills"
                )
            with Pane(classes="side"):
                yield Panel(Words(id="preview"), title="On the invoice", id="preview-panel")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    async def on_mount(self) -> None:
        try:
            self._answers = (
                self._acts.draft(self._profile_name)
                if self._is_new
                else self._acts.answers_of(self._profile_name)
            )
        except Trouble as trouble:
            self.post_message(Said(trouble.findings[0].message, "error"))
        await self.show_page(self._changing)

    # -- drawing

    def _on_page(self, at: int) -> list[Question]:
        return [one for one in asked(self._answers) if page_of(one.key) == at]

    async def show_page(self, focus: str = "") -> None:
        """Show the page's fields; ``focus`` is the question to begin at."""
        questions = self._on_page(self._at)
        fields = self.query_one("#fields", VerticalScroll)
        with self.app.batch_update():
            await fields.remove_children()
            made = [Field(question, self._answers) for question in questions]
            await fields.mount(*made)
            self._shown = tuple(question.key for question in questions)
            for field in made:
                field.say(self._answers)
            self._say_all()
        wanted = next((one for one in made if one.question.key == focus), made[0] if made else None)
        if wanted is not None:
            wanted.focus_inside()

    def _say_all(self) -> None:
        open_pages = {page_of(one.key) for one in still_open(self._answers)}
        self.query_one("#pages-bar", Pages).show(
            self._at, [at in open_pages for at in range(len(PAGES))]
        )
        self.query_one("#fields-panel", Panel).title(
            PAGES[self._at][1], "every letter is kept at once"
        )
        self.query_one("#preview", Words).put(self._preview())
        onward = PAGES[self._at + 1][0] if self._at + 1 < len(PAGES) else "Write my details"
        if not self._is_new:
            onward = "Save"
        back = PAGES[self._at - 1][0] if self._at else ""
        said: Content | str = ""
        waiting = [PAGES[at][0] for at in sorted(open_pages)]
        if waiting:
            said = Content.styled(f"! Still open: {', '.join(waiting)}.", "$warning")
        for problem in self._problems:
            if problem.is_blocker:
                said = Content.styled(f"! {problem}", "$blocker")
        self.query_one("#buttons", ButtonLine).show(onward, back, said)
        self.refresh_keys()

    def _preview(self) -> Content:
        """The part of the invoice that this page fills in."""
        answers = self._answers
        at = PAGES[self._at][2][0]
        if at in ("supplier.", "customer."):
            rows = [answers.get(f"{at}name", "…"), *answers.get(f"{at}address", "").split("; "),
                    answers.get(f"{at}country", ""), answers.get(f"{at}email", "")]  # fmt: skip
            rows += [
                value for key, value in answers.items() if key.startswith(f"{at}tax_ids.") and value
            ]
        elif at == "invoice.language":
            rows = [answers.get("vat.text", "") or "VAT: nothing chosen yet"]
        elif at == "invoice.currency":
            rows = [answers.get("bank.holder", "…")]
            rows += [value for key, value in answers.items()
                     if key.startswith("bank.") and key != "bank.holder" and value]  # fmt: skip
        else:
            number = answers.get("invoice.last_used", "0") or "0"
            following = int(number) + 1 if number.isdecimal() else 1
            rows = [
                f"{answers.get('invoice.prefix', '')}{following:04}",
                answers.get("mail.to", ""),
            ]
        return Content("\n").join([Content(row) for row in rows if row])

    def words(self) -> Mapping[str, str]:
        return {"next": "Save" if not self._is_new else "Next page", "pane": "Next field"}

    # -- answers

    @on(Input.Changed)
    @on(Select.Changed)
    async def _typed(self, event: Input.Changed | Select.Changed) -> None:
        widget: Widget | None = event.control
        while widget is not None and not isinstance(widget, Field):
            widget = widget.parent if hasattr(widget.parent, "parent") else None  # type: ignore[assignment]
        if widget is None:
            return
        key = widget.question.key
        if widget.text == self._answers.get(key, "") or (
            key not in self._answers and widget.text == offered(widget.question, self._answers)
        ):
            return
        kept = widget.say(self._answers)
        self._before = [*self._before[-99:], dict(self._answers)]
        self._answers = answered(self._answers, key, kept or widget.text)
        answers = dict(self._answers)
        self._acts.keep_draft(self._profile_name, answers)
        if tuple(one.key for one in self._on_page(self._at)) != self._shown:
            await self.show_page(key)
        else:
            self._refresh_others(key)
            self._say_all()

    def _refresh_others(self, changed: str) -> None:
        """Fields whose proposal follows the answer show what is proposed now."""
        for field in self.query(Field):
            key = field.question.key
            if key == changed:
                continue
            now = offered(field.question, self._answers)
            for entry in field.query(Input):
                if entry.value != now and entry.value != self._answers.get(key, "\0"):
                    with entry.prevent(Input.Changed):
                        entry.value = now
                    field.say(self._answers)

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.action_next()

    # -- keys

    async def action_page(self, at: int) -> None:
        """Show a page."""
        self._take_offered()
        self._at = max(0, min(len(PAGES) - 1, at))
        await self.show_page()

    async def action_turn(self, by: int) -> None:
        """Show the next page, or the one before."""
        await self.action_page(self._at + by)

    async def action_next(self) -> None:
        """The next page; on the last one, or when changing, write it."""
        self._take_offered()
        if self._is_new and self._at + 1 < len(PAGES):
            await self.action_page(self._at + 1)
        else:
            self._write()

    def _take_offered(self) -> None:
        """What stands in a field when it is left is the answer, also where it was only proposed.

        A list where nothing is chosen answers nothing: VAT is never chosen for anyone.
        """
        for field in self.query(Field):
            key = field.question.key
            if key not in self._answers and field.text:
                self._answers = answered(self._answers, key, field.text)
        self._acts.keep_draft(self._profile_name, dict(self._answers))

    @work(exclusive=True, group="writing")
    async def _write(self) -> None:
        open_ = still_open(self._answers)
        if open_:
            self._at = page_of(open_[0].key)
            await self.show_page(open_[0].key)
            self.post_message(Said(f"Still to be answered: {open_[0].title}", "warning"))
            return
        answers, keeps = dict(self._answers), not self._is_new
        self._profile, self._problems = await beside(
            lambda: self._acts.judge(self._profile_name, answers, keeps=keeps)
        )
        blockers = [one for one in self._problems if one.is_blocker]
        if self._profile is None or blockers:
            self._say_all()
            if blockers:
                self.post_message(Said(str(blockers[0]), "error"))
            return
        profile = self._profile
        try:
            path = await beside(lambda: self._acts.save_profile(profile))
        except (OSError, Trouble) as error:
            self.post_message(Said(f"It could not be written: {error}", "error"))
            return
        for doubt in self._problems:
            self.post_message(Said(str(doubt), "warning"))
        self.post_message(Said(f"Your details are kept in {path}."))
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp):
            self.app.details_written(is_new=self._is_new)

    async def action_undo_field(self) -> None:
        """Take the last change of a field back."""
        if self._before:
            self._answers = self._before.pop()
            self._acts.keep_draft(self._profile_name, dict(self._answers))
            await self.show_page()

    async def action_back(self) -> None:
        """The page before; from the first one back to where one came from. All is kept."""
        self._take_offered()
        if self._is_new and self._at:
            await self.action_page(self._at - 1)
            return
        if not self._is_new:
            self.post_message(Said("Not saved: what was typed is kept as a draft."))
        self.app.pop_screen()
