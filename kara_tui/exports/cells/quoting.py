"""What a message may tell of a cell: the one place that decides whether a cell is quoted.

A column that slipped, or a cell that was typed into the wrong one, puts a client's name,
kennitala, telephone number or birth date where a date, a price or a currency should be. So nothing
is quoted but what is short and written as an amount, a moment or a recent date. All else is told by
its shape.
"""

from __future__ import annotations

import re
from functools import cache

from kara_tui.exports.cells.cleaning import (
    ERROR,
    NO_VALUE,
    NUMBER,
    QUOTED_CHARACTERS,
    clean,
    is_formula,
)
from kara_tui.exports.cells.words import words
from kara_tui.model.money import MINOR_UNITS

# Ordinals, zones and the small words of written dates; the commonest currencies in small letters.
_SMALL_WORDS = frozenset(
    {"st", "nd", "rd", "th", "utc", "gmt", "cet", "cest", "bst", "ist", "eet", "eest", "wet",
     "west", "at", "of", "the", "kl", "den", "der", "um", "am", "uhr", "klukkan", "klo", "week",
     "eur", "isk", "sek", "dkk", "nok", "gbp", "usd", "chf"}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# Fewer digits than any number that belongs to a person has, ids and telephones alike.
_HARMLESS_DIGITS = 5
# In groups of three it may have one more, and decimals; the marks beside it are words.
_AMOUNT = re.compile(
    r"[^\w]{0,3}(?:"
    r"[0-9]{1,3}(?:[., '’][0-9]{3})?(?:[.,][0-9]{1,2})?"
    r"|[0-9]{1,3}(?:[., '’][0-9]{3}){2}[.,][0-9]{1,2}"
    r"|[0-9]{1,5}[.,][0-9]{1,2}|[0-9]{1,4}[.,][0-9]{3}|[0-9]{1,2}[.,][0-9]{4}"
    r")[^\w]{0,4}"
)
_CLOCK = re.compile(
    r"(?<![0-9])[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?(?![0-9])"
)
_OFFSET = re.compile(r"[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])")
_DAY = re.compile(
    r"(?<![0-9])(?:(?P<y1>[0-9]{4})[-/. ]{1,2}[0-9]{1,2}[-/. ]{1,2}[0-9]{1,2}"
    r"|[0-9]{1,2}[-/. ]{1,2}[0-9]{1,2}[-/. ]{1,2}(?P<y2>[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}[-. ]{1,2}(?P<y3>[0-9]{4})|(?P<y4>[0-9]{4})[-. ]{1,2}[0-9]{1,2}"
    r"|(?P<y5>[0-9]{4})(?P<compact>[0-9]{4}))(?![0-9])"
)
# Years in which sessions are, and nobody who is spoken with was born.
_SESSION_YEARS = range(2020, 2050)
_SEPARATORS = {
    "-": "a hyphen", "–": "a dash", "/": "a slash", ".": "a point", ",": "a comma", " ": "a blank",
    "+": "a plus sign",
}  # fmt: skip


def described(cell: str) -> str:
    """What was found in a cell, for a message: quoted where it cannot be a person's."""
    if cell.startswith(NUMBER):
        return _number(cell[1:])
    if cell.startswith(ERROR):
        return f"the error {clean(cell[1:])[:QUOTED_CHARACTERS]}"
    if cell.startswith(NO_VALUE):
        return "a formula without a stored value"
    text = clean(cell)
    if not text:
        return "nothing"
    if is_formula(text):
        return "a formula, which is never worked out here,"
    if "@" in text:
        return "an e-mail address (not shown)"
    if may_be_quoted(text):
        return f"“{text}”"
    if len(text) > 1 and set(text) == {"#"}:
        return "a row of number signs, which a spreadsheet shows where a column is too narrow,"
    if text in ("TRUE", "FALSE"):
        return f"the truth value {text}"
    return f"{_shape(text)} (not shown)"


def may_be_quoted(text: str) -> bool:
    """Whether a clean cell is harmless: short, with words of dates and amounts alone, and with
    digits that are an amount, a moment, or a date of recent years.
    """
    if len(text) > QUOTED_CHARACTERS or not re.search("[0-9]", text) or not _only_known_words(text):
        return False
    if _AMOUNT.fullmatch(_WORD.sub("", text).strip()):
        return True
    day = _DAY.search(_numbers(text))
    if day is None and sum(map(str.isdigit, text)) <= _HARMLESS_DIGITS:
        return True
    return _is_moment(_numbers(text), day)


def _numbers(text: str) -> str:
    """The numbers of a text, a month's name among them."""
    months = words().months
    put = _WORD.sub(lambda word: " 1 " if word[0].casefold() in months else " ", text)
    return " ".join(put.split())


def _is_moment(numbers: str, day: re.Match[str] | None) -> bool:
    """Whether numbers are a date of recent years, a date with a time of day, or times."""
    rest = numbers if day is None else numbers[: day.start()] + " " + numbers[day.end() :]
    clocks = _CLOCK.findall(rest)
    if re.search("[0-9]", _OFFSET.sub("", _CLOCK.sub("", rest))):
        return False
    if day is None:
        return bool(clocks)
    # A birth date has no time, or the midnight that a spreadsheet adds.
    if any(re.search("[1-9]", clock) for clock in clocks):
        return True
    year = next(year for name, year in day.groupdict().items() if year and name[0] == "y")
    full = int(year) if len(year) == 4 else 2000 + int(year)
    return full in _SESSION_YEARS and not day["compact"]


def _number(text: str) -> str:
    digits = text.lstrip("-").partition(".")[0]
    if len(digits) <= _HARMLESS_DIGITS:
        return f"the number {text[:QUOTED_CHARACTERS]}"
    return f"a number of {len(digits)} digits (not shown)"


def _shape(text: str) -> str:
    digits = sum(map(str.isdigit, text))
    if not digits or any(map(str.isalpha, text)):
        characters = "character" if len(text) == 1 else "characters"
        return f"a text of {len(text)} {characters} {'with' if digits else 'without'} a digit"
    beside = list(dict.fromkeys(char for char in text if not char.isdigit()))
    if not beside:
        return f"{digits} digits"
    if len(beside) == 1 and beside[0] in _SEPARATORS:
        return f"{digits} digits with {_SEPARATORS[beside[0]]}"
    return f"{digits} digits with other signs"


def _only_known_words(text: str) -> bool:
    """Whether a name could hide in none of the words: those of dates, and codes of currencies."""
    return all(
        len(word) == 1 or word in MINOR_UNITS or word.casefold() in _known_words()
        for word in _WORD.findall(text)
    )


@cache
def _known_words() -> frozenset[str]:
    table = words()
    signs = (word for sign in table.currency_signs for word in _WORD.findall(sign))
    noon = (word for half in table.before_noon | table.after_noon for word in _WORD.findall(half))
    return frozenset({*table.months, *table.weekdays, *signs, *noon, *_SMALL_WORDS})
