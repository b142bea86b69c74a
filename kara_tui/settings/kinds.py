"""The kinds of settings: how each is read from the file, written there, and typed as an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from kara_tui.model import Routing
from kara_tui.settings import fields
from kara_tui.settings.fields import Check
from kara_tui.settings.problem import Refused, shown
from kara_tui.settings.toml_table import TomlTable
from kara_tui.text import header_key

_SPONSORS_AT_MOST = 5000


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of setting is in the file, in the profile and as an answer.

    ``read`` takes the value of a key out of the file as the profile holds it; its third argument
    is the usual value, None where there is none and something must stand there. ``write`` is the
    way back. ``typed`` gives an answer in the form it is kept in, or raises Refused; ``entry`` is
    that answer as the file has it. ``blank`` is what stands in a profile to fill in; one that
    ``is_table`` has lines of the user's own below a heading, and one that ``is_several`` is typed
    in parts with semicolons between them.
    """

    read: Callable[[TomlTable, str, Any], Any]
    write: Callable[[Any], object] = _as_it_is
    typed: Check = fields.text
    entry: Callable[[str], object] = _as_it_is
    blank: str = '""'
    is_table: bool = False
    is_several: bool = False


def text(check: Check, typed: Check | None = None) -> Kind:
    """A text that passes a check; what is typed as an answer may have a stricter or a wider one."""
    return Kind(lambda table, key, usual: table.text(key, check, usual), typed=typed or check)


def lines(check: Check, most: int) -> Kind:
    """A list of texts, each of which passes a check; semicolons part them when they are typed."""
    return Kind(
        lambda table, key, usual: table.texts(key, check, most=most, needed=usual is None),
        list,
        lambda typed: "; ".join(check(part) for part in parts(typed)),
        parts,
        '["", ""]',
        is_several=True,
    )


def word(meanings: Mapping[str, Any] | type[StrEnum]) -> Kind:
    """One of a few words; the profile holds what it means."""
    known = meanings if isinstance(meanings, Mapping) else {each.value: each for each in meanings}
    check = fields.one_of(list(known))

    def write(meaning: Any) -> str:
        return next(word for word, its in known.items() if its == meaning)

    def read(table: TomlTable, key: str, usual: Any) -> Any:
        return known.get(table.text(key, check, None if usual is None else write(usual)))

    return Kind(read, write, check)


def whole(least: int, most: int) -> Kind:
    """A whole number within bounds."""

    def typed(answer: str) -> str:
        digits = answer.strip()
        is_number = digits.isascii() and digits.isdigit() and len(digits) < 12
        if not (is_number and least <= int(digits) <= most):
            raise Refused("This is not a whole number.", f"Write one from {least} to {most}.")
        return str(int(digits))

    return Kind(
        lambda table, key, usual: table.whole(key, least, most, usual), _as_it_is, typed, int
    )


def percentage() -> Kind:
    """A rate above 0 and below 100 percent, with at most three decimals."""

    def write(rate: Decimal) -> object:
        return int(rate) if rate == rate.to_integral_value() else rate

    def typed(answer: str) -> str:
        try:
            rate = Decimal(answer.strip().removesuffix("%").strip().replace(",", "."))
        except InvalidOperation:
            rate = Decimal(0)
        if not fields.is_rate(rate):
            raise Refused("This is not a VAT rate in percent.", "Write it like 24 or 25.5.")
        return f"{rate.normalize():f}"

    return Kind(
        lambda table, key, _: table.percentage(key),
        write,
        typed,
        lambda answer: Decimal(answer) if "." in answer else int(answer),
    )


def yes_or_no() -> Kind:
    """True or false in the file, yes or no as an answer."""
    return Kind(
        lambda table, key, usual: table.flag(key, default=usual),
        typed=fields.one_of(("yes", "no")),
        entry=lambda answer: answer == "yes",
    )


def named_columns() -> Kind:
    """A table of the user's own headers, each with its field of an export."""
    return Kind(lambda table, key, _: _headers(table.table(key)), dict, is_table=True)


def sponsors() -> Kind:
    """A table of sponsors' names, each with who is invoiced for them."""
    return Kind(
        lambda table, key, _: _routes(table, key),
        lambda routing: {name: way.value for name, way in routing.items()},
        is_table=True,
    )


def as_answer(value: object) -> str:
    """A value of the file as somebody would type it."""
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def toml_value(value: object) -> str:
    """A value as a line of the file has it."""
    if isinstance(value, list):
        return f"[{', '.join(toml_value(part) for part in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def parts(answer: str) -> list[str]:
    """The parts of a list typed with semicolons."""
    return [part.strip() for part in answer.split(";") if part.strip()]


def _headers(table: TomlTable | None) -> dict[str, str]:
    named: dict[str, str] = {}
    if table is None:
        return named
    seen: dict[str, str] = {}
    for header in table.keys():  # noqa: SIM118 — a TomlTable is no dict
        try:
            kept = fields.header(header)
        except Refused as refused:
            table.problem("a header", header, refused.reason, refused.mend)
            continue
        other = seen.setdefault(header_key(kept), header)
        if other != header:
            table.problem(
                shown(header), "", f"This is the same header as {shown(other)}.",
                "Take one of the two lines out.",
            )  # fmt: skip
            continue
        named[kept] = table.text(header, fields.export_field)
    return named


def _routes(outer: TomlTable, key: str) -> dict[str, Routing]:
    table = outer.table(key)
    if table is None:
        return {}
    if len(table.keys()) > _SPONSORS_AT_MOST:
        outer.problem(key, "", "There are too many.", f"At most {_SPONSORS_AT_MOST}.")
        return {}
    routing = {}
    for name in table.keys():  # noqa: SIM118 — a TomlTable is no dict
        try:
            fields.long_text(name)
        except Refused as refused:
            table.problem("a name", name, refused.reason, refused.mend)
            continue
        # The key stays as it is spelled, because the export's spelling is looked up.
        routing[name] = Routing(table.text(name, fields.one_of(list(Routing))) or "kara")
    return routing
