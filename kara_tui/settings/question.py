"""A setting of the profile as a value, and the question about it.

Nothing here reads or writes anything: a wizard, a line of plain text and a test ask alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kara_tui.settings.kinds import Kind, as_answer, toml_value
from kara_tui.settings.problem import Refused

Answers = Mapping[str, str]

# The beginning of the keys of questions whose answers only decide what else is asked.
ASIDE = "aside."


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that can be answered, and what it means; ``about`` says more of it."""

    word: str
    title: str
    about: str = ""

    def __str__(self) -> str:
        return f'{self.title} ("{self.about}")' if self.about else self.title


def _always(_: Answers) -> bool:
    return True


def _free(_: Answers) -> tuple[Choice, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its place, what it may be, what is said of it and, with a title, its question.

    ``key`` is its place in the file and ``field`` its place in the profile, the key where nothing
    else is said; ``usual`` is its value where the file does not have it, and None where it must.
    ``title``, ``why`` and ``example`` are the question; ``offers`` is proposed from the answers so
    far, the usual value where nothing else is said; ``when`` says whether it is asked at all, and
    where it is ``conditional`` the file has it only then too; an ``optional`` one may stay empty.
    Where there are ``choices`` the answer is the word of one of them. ``names`` are those of a
    long list, for a face that can search one; the check takes a typed name too.

    ``meaning`` is said of it on the reference page and in the profile to fill in. ``shown`` is
    what could stand in the file, where that is not the example; ``filled_in`` what does stand in
    the profile to fill in, where that is not a remark. One that is ``kept_empty`` is written even
    so; other empty values are left out.
    """

    key: str
    title: str
    why: str
    example: str
    kind: Kind
    offers: Callable[[Answers], str] | None = None
    optional: bool = False
    when: Callable[[Answers], bool] = _always
    choices: Callable[[Answers], tuple[Choice, ...]] = _free
    names: Callable[[], tuple[Choice, ...]] | None = None
    meaning: str = ""
    usual: object = None
    field: str = ""
    conditional: bool = False
    shown: str = ""
    filled_in: str = ""
    kept_empty: bool = False

    @property
    def section(self) -> str:
        """The file's section that it stands in."""
        return self.key.partition(".")[0]

    @property
    def table(self) -> str:
        """The table inside the section that it stands in; empty for the section itself."""
        parts = self.key.split(".")
        return parts[1] if len(parts) > 2 else ""

    @property
    def heading(self) -> str:
        """The heading in the section that its line stands under; a table is its own."""
        return self.table or (self.name if self.kind.is_table else "")

    @property
    def is_needed(self) -> bool:
        """Whether every file must have it."""
        return self.usual is None and not self.conditional

    @property
    def name(self) -> str:
        """Its name on its line of the file."""
        return self.key.rpartition(".")[2]

    @property
    def place(self) -> str:
        """Its place in the profile, for one of an account in the account."""
        return self.field or self.key

    @property
    def several(self) -> bool:
        """Whether the answer has several parts, kept with semicolons between them."""
        return self.kind.is_several

    @property
    def how(self) -> str:
        """Why it is asked and how it is typed on one line, in sentences."""
        return f"{self.why} Put semicolons between the parts." if self.several else self.why

    @property
    def is_a_question(self) -> bool:
        return bool(self.title)

    @property
    def is_in_the_file(self) -> bool:
        return not self.key.startswith(ASIDE)

    @property
    def line(self) -> str:
        """What could stand in the file, as TOML; empty where there is no example."""
        if self.shown or not self.example:
            return self.shown
        return toml_value(self.kind.entry(self.check(self.example)))

    def check(self, answer: str) -> str:
        """An answer that is no choice, in the form it is kept in. Raises Refused."""
        return self.kind.typed(answer)

    def default(self, answers: Answers) -> str:
        """What is proposed; empty for nothing."""
        if self.offers is not None:
            return self.offers(answers)
        return "" if self.usual is None else as_answer(self.kind.write(self.usual))

    def accepted(self, answer: str, answers: Answers) -> str:
        """The answer in the form it is kept in; a choice may be answered by its place, from 1.

        Raises Refused.
        """
        given = answer.strip()
        choices = self.choices(answers)
        if not given:
            if self.optional:
                return ""
            mend = f"Write 1 to {len(choices)}." if choices else f"For example: {self.example}"
            raise Refused("This is needed.", mend)
        if not choices:
            return self.check(given)
        words = [choice.word for choice in choices]
        if given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= len(words):
            return words[int(given[:3]) - 1]
        if given.lower() not in words:
            raise Refused("This is not one of the choices.", f"Write 1 to {len(words)}.")
        return given.lower()
