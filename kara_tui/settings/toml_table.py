"""Taking values out of a TOML table by key, and noting everything that is wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from kara_tui.settings.fields import Check, is_rate, nearest
from kara_tui.settings.problem import Problem, Refused, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class TomlTable:
    """One table of a profile's file.

    Each method takes one key; what is missing or wrong is added to ``problems`` and a harmless
    value is handed back, so that one reading finds every problem. ``example`` gives what could
    stand in a field.
    """

    def __init__(
        self,
        where: str,
        values: Mapping[str, object],
        problems: list[Problem],
        example: Callable[[str], str],
    ) -> None:
        self.where = where
        self._values = values
        self._problems = problems
        self._example = example
        self._known: set[str] = set()

    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def has(self, key: str) -> bool:
        return self._values.get(key, "") not in ("", [])

    def text(self, key: str, check: Check, default: str | None = None) -> str:
        """A text that passes the check; ``default`` when it is not there or empty."""
        value = self._value(key)
        if default is not None and (value is None or value == ""):
            return default
        if value is None:
            return self.missing(key)
        if not isinstance(value, str):
            return self._wrong_kind(key, value, 'Put it in quotation marks, like "this".')
        try:
            return check(value)
        except Refused as refused:
            self.problem(key, value, refused.reason, refused.mend)
            return ""

    def texts(self, key: str, check: Check, *, most: int, needed: bool) -> tuple[str, ...]:
        """A list of texts that each pass the check."""
        value = self._value(key)
        if value is None or value == []:
            if needed:
                self.missing(key)
            return ()
        if not isinstance(value, list):
            self._wrong_kind(key, value, 'Write it as a list, like ["one line", "another"].')
            return ()
        if len(value) > most:
            self.problem(key, f"{len(value)} entries", "This list is too long.", f"At most {most}.")
            return ()
        kept = []
        for entry in value:
            if not isinstance(entry, str):
                self._wrong_kind(key, entry, 'Put each entry in quotation marks: "this".')
                continue
            try:
                kept.append(check(entry))
            except Refused as refused:
                self.problem(key, entry, refused.reason, refused.mend)
        return tuple(kept)

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number from ``least`` to ``most``."""
        value = self._value(key)
        if value is None:
            if default is None:
                self.missing(key)
            return least if default is None else default
        if type(value) is not int:
            self._wrong_kind(key, value, "Write a whole number, without quotation marks.")
            return least
        if not least <= value <= most:
            self.problem(
                key, str(value)[:30], "This number is out of range.", f"From {least} to {most}."
            )
            return least
        return value

    def percentage(self, key: str) -> Decimal:
        """A rate above 0 and below 100 percent with at most three decimals."""
        value = self._value(key)
        if value is None:
            self.missing(key)
            return Decimal(1)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self._wrong_kind(key, value, "Write the percentage as a number, like 24 or 25.5.")
            return Decimal(1)
        rate = Decimal(value)
        if not is_rate(rate):
            self.problem(
                key, str(value)[:30], "This is not a VAT rate in percent.", "Like 24 or 25.5."
            )
            return Decimal(1)
        return rate

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._value(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong_kind(key, value, "Write true or false, without quotation marks.")
            return default
        return value

    def table(self, key: str, *, needed: bool = False) -> TomlTable | None:
        """The table under a key; None when there is none."""
        value = self._value(key)
        if value is None:
            if needed:
                self.problem(
                    key, "", "This section is missing.", f"Add it under a line [{self._path(key)}]."
                )
            return None
        if not isinstance(value, dict):
            self._wrong_kind(key, value, f"Make it a section: a line [{self._path(key)}] above it.")
            return None
        return self._inner(key, value)

    def tables(self, key: str) -> Sequence[TomlTable]:
        """The tables of a list of tables, each named by its place when there are several."""
        value = self._value(key)
        if value is None or value == []:
            self.problem(key, "", "This section is missing.", f"Add it under a line [[{key}]].")
            return ()
        if isinstance(value, dict):
            self.problem(
                key, f"[{key}]", "There can be several of these.", f"Write its line as [[{key}]]."
            )
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self._wrong_kind(key, value, f"Make each a section: a line [[{key}]] above it.")
            return ()
        if len(value) == 1:
            return (self._inner(key, value[0]),)
        return tuple(self._inner(f"{key} {at}", entry) for at, entry in enumerate(value, 1))

    def no_others(self) -> None:
        """Note every key that was not asked for, with the known key it looks like."""
        for key in self._values:
            if key not in self._known:
                like = nearest(key, self._known)
                self.problem(
                    shown(key), shown_kind(self._values[key]), "There is no such setting here.",
                    f"Did you mean {like}?" if like
                    else f"Take it out; known here are: {', '.join(sorted(self._known))}.",
                )  # fmt: skip

    def problem(self, key: str, value: object, reason: str, mend: str) -> None:
        given = "" if value == "" else shown(value)
        self._problems.append(Problem(self._path(key), given, reason, mend))

    def _value(self, key: str) -> object:
        self._known.add(key)
        return self._values.get(key)

    def knows(self, key: str) -> None:
        """Take a key for known that is not read."""
        self._known.add(key)

    def missing(self, key: str) -> str:
        """Note that a key is needed and not there."""
        field = self._path(key)
        example = self._example(field)
        mend = f"Add it, for example: {key} = {example}" if example else "Add it."
        self.problem(key, "", "This is missing.", mend)
        return ""

    def _wrong_kind(self, key: str, value: object, mend: str) -> str:
        self.problem(key, shown_kind(value), "This is of another kind than is needed here.", mend)
        return ""

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _inner(self, key: str, value: Mapping[str, object]) -> TomlTable:
        return TomlTable(self._path(key), value, self._problems, self._example)


def shown_kind(value: object) -> str:
    """A value for a message: itself when it is plain, what it is when it is a list or a table."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)[:30]
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "a section" if isinstance(value, dict) else shown(str(value))
