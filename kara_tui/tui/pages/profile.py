"""A profile by questions: one at a time, each answer checked as it is typed, all of it reviewed."""

from __future__ import annotations

from kara_tui import settings
from kara_tui.settings import Problem, Profile, ProfileError, Refused
from kara_tui.settings.interview import Question, answered, asked, offered, still_open
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.field import Field
from kara_tui.tui.page import Page, gap, heading, with_field, with_list


class ProfilePage(Page):
    """The questions in order; up and down leave one open and come back to it; then the review."""

    id = "profile"
    title = "Profile"

    def __init__(self, desk: Desk, changing: str = "") -> None:
        """``changing`` is the key of a question of the profile that is there; empty: a new one."""
        super().__init__(desk)
        name = desk.request.profile
        self._changing = changing
        self._answers: dict[str, str] = (
            desk.acts.answers_of(name) if changing else desk.acts.draft(name)
        )
        self._at = 0
        self._problems: tuple[Problem, ...] = ()
        self._profile: Profile | None = None
        self._from_review = False
        self.does = {"next": self._next, "back": self._back, "up": self._up, "down": self._down}
        self._show(len(self._asked) if changing else 0)
        if changing:
            keys = [one.key for one in self._asked]
            self.list.cursor = keys.index(changing) if changing in keys else 0

    @property
    def _asked(self) -> tuple[Question, ...]:
        return asked(self._answers)

    @property
    def _question(self) -> Question | None:
        questions = self._asked
        return questions[self._at] if self._at < len(questions) else None

    def _show(self, at: int) -> None:
        self._at = max(0, min(at, len(self._asked)))
        question = self._question
        self.field = None
        self.words = {"next": "Next"}
        if question is None:
            self.list.resize(len(self._asked) + 1)
            self.list.cursor = len(self._asked)
            self.words = {"next": "Write or change"}
            self._judge()
            return
        given = offered(question, self._answers)
        choices = question.choices(self._answers)
        if choices:
            self.list.resize(len(choices))
            words = [one.word for one in choices]
            # Where nothing is proposed, nothing is chosen: the cursor stands above the choices.
            self.list.cursor = words.index(given) if given in words else -1
        else:
            self.field = Field()
            self.field.put(given)

    # -- drawing

    def body(self, width: int, height: int) -> Drawn:
        question = self._question
        if question is None:
            return self._review(width, height)
        number = f"Question {self._at + 1} of {len(self._asked)}. Up and Down go to another."
        head = [*heading(self.title, number, width), BLANK]
        head += wrapped(question.title, width, "strong")
        head += wrapped(question.why, width, "muted")
        head += gap(wrapped(f"For example: {question.example}", width, "muted"))
        if self.field is None:
            choices = question.choices(self._answers)
            return with_list(
                self, head, [], width, height,
                lambda item: (("(*) " if item == self.list.cursor else "( ) ", "text"),
                              (choices[item].title, "text")),
            )  # fmt: skip
        below = [BLANK, *self._checked(question, width)]
        return with_field(self.field, "> ", head, below, width, height)

    def _checked(self, question: Question, width: int) -> list[Line]:
        """What the check says to what is typed so far."""
        text = self.field.text if self.field is not None else ""
        if not text:
            return wrapped("May be left empty." if question.optional else "This is needed.",
                           width, "muted")  # fmt: skip
        try:
            kept = question.accepted(text, self._answers)
        except Refused as refused:
            return wrapped(f"[?] {refused.reason} {refused.mend}", width, "warning")
        return wrapped("[x] Good." if kept == text else f"[x] Kept as {kept}", width, "good")

    def _review(self, width: int, height: int) -> Drawn:
        questions = self._asked
        ready = self._profile is not None and not any(one.is_blocker for one in self._problems)
        head = [*heading(self.title, "Enter on a line changes it.", width), BLANK]
        foot: list[Line] = [BLANK]
        for problem in self._problems:
            mark, role = ("[!]", "blocker") if problem.is_blocker else ("[?]", "warning")
            foot += wrapped(f"{mark} {problem}", width, role)

        def row(item: int) -> Line:
            if item == len(questions):
                words = "Write the profile" if ready else "Something is to be mended first"
                return ((words, "strong" if ready else "muted"),)
            question = questions[item]
            answer = self._answers.get(question.key, "")
            said = answer or ("left out" if question.optional else "still open")
            role = "text" if answer else "muted" if question.optional else "warning"
            return ((f"{question.title[:38]:<38} ", "muted"), (said, role))

        return with_list(self, head, foot[: height // 2], width, height, row)

    # -- what keys do

    def _next(self) -> None:
        question = self._question
        if question is None:
            if self.list.cursor < len(self._asked):
                self._from_review = True
                self._show(self.list.cursor)
            else:
                self._write()
            return
        if self.field is not None:
            given = self.field.text
        elif self.list.cursor < 0:
            self.desk.say("Nothing is chosen yet: Down and Up choose.", "warning")
            return
        else:
            given = question.choices(self._answers)[self.list.cursor].word
        try:
            value = question.accepted(given, self._answers)
        except Refused as refused:
            self.desk.say(f"{refused.reason} {refused.mend}", "warning")
            return
        self._answers = answered(self._answers, question.key, value)
        if not self._changing:
            self.desk.acts.keep_draft(self.desk.request.profile, self._answers)
        if self._from_review and not still_open(self._answers):
            self._from_review = False
            self._show(len(self._asked))
        else:
            self._show(self._at + 1)

    def _back(self) -> None:
        if self._from_review:
            self._from_review = False
            self._show(len(self._asked))
        elif self._at == 0 or (self._changing and self._question is None):
            self.desk.close()
        else:
            self._show(self._at - 1)

    def _up(self) -> None:
        if self.field is None:
            if self.list.cursor > 0:
                self.list.move("up")
                return
            if self._question is None:
                return
        self._show(self._at - 1)

    def _down(self) -> None:
        if self.field is None and self.list.cursor < self.list.count - 1:
            self.list.move("down")
        elif self._question is not None:
            self._show(self._at + 1)

    def _judge(self) -> None:
        """Check the whole profile, beside the keys: the checks' libraries take a moment to load."""
        name, answers, keeps = self.desk.request.profile, dict(self._answers), bool(self._changing)

        def done(judged: tuple[Profile | None, tuple[Problem, ...]]) -> None:
            self._profile, self._problems = judged

        self.desk.host.work(
            lambda: self.desk.acts.judge(name, answers, keeps=keeps), done, lambda _: None
        )

    def _write(self) -> None:
        profile = self._profile
        if profile is None or any(one.is_blocker for one in self._problems):
            self.desk.say("What is marked [!] or still open comes first.", "warning")
            return
        try:
            path = self.desk.acts.save_profile(profile)
        except (OSError, ProfileError) as error:
            self.desk.say(f"The profile cannot be written: {error}", "warning")
            return
        if self._changing:
            self.desk.close()
            self.desk.read()
        else:
            self.desk.begin(self.desk.request)
        copies = settings.invoices_folder(profile.folder)
        self.desk.say(f"The profile is written to {path}. Copies of invoices go to {copies}.")
