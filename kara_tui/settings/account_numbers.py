"""Account and tax numbers by their form: any way people type them in, one way they are kept.

Only the form is looked at here (how many digits, in what groups). Check digits and what two
numbers say about each other are in ``deep_check.py``, which needs python-stdnum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kara_tui.model import BankScheme, TaxScheme
from kara_tui.settings.fields import text
from kara_tui.settings.problem import Refused

_SEPARATORS = re.compile(r"[\s.\-–]+")
_ICELANDIC_PARTS = re.compile(r"\s*([0-9]{3,4})[\s-]+([0-9]{1,2})[\s-]+([0-9]{1,6})\s*\Z")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\Z")
_VAT = re.compile(r"[A-Z0-9+*]{4,20}\Z")


def compact(value: str) -> str:
    """The number without blanks, hyphens and points, in capitals."""
    return _SEPARATORS.sub("", value).upper()


def _grouped(name: str, example: str, *sizes: tuple[int, ...]) -> Callable[[str], str]:
    """A number of digits written in groups; each of ``sizes`` is one way to group it."""
    by_length = {sum(size): size for size in sizes}
    lengths = " or ".join(str(length) for length in sorted(by_length))

    def check(value: str) -> str:
        digits = compact(value)
        size = by_length.get(len(digits))
        if size is None or not (digits.isascii() and digits.isdigit()):
            raise Refused(f"{name} has {lengths} digits.", f'Write it like "{example}".')
        groups, start = [], 0
        for length in size:
            groups.append(digits[start : start + length])
            start += length
        return "-".join(groups)

    return check


def _shaped(name: str, example: str, shape: re.Pattern[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        kept = compact(value)
        if not shape.match(kept):
            raise Refused(f"This does not have the form of {name}.", f'Write it like "{example}".')
        return kept

    return check


kennitala = _grouped("A kennitala", "010130-2989", (6, 4))

_iban = _shaped("an IBAN", "IE29 AIBK 9311 5212 3456 78", _IBAN)


def iban(value: str) -> str:
    """An IBAN in groups of four, as ISO 13616 prints it."""
    kept = _iban(compact(value).removeprefix("IBAN").removeprefix(":"))
    return " ".join(kept[at : at + 4] for at in range(0, len(kept), 4))


def icelandic_account(value: str) -> str:
    """Bank, hb and number as 0000-00-000000; people leave out leading zeros, banks do not."""
    parts = _ICELANDIC_PARTS.match(value)
    if parts is not None:
        return f"{parts[1]:0>4}-{parts[2]:0>2}-{parts[3]:0>6}"
    return _icelandic_digits(value)


_icelandic_digits = _grouped("An Icelandic account", "0133-26-007690", (4, 2, 6))


def us_account(value: str) -> str:
    """A US account number: digits only, as many as the bank likes."""
    digits = compact(value)
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 17):
        raise Refused("A US account number has 4 to 17 digits.", 'Write it like "000123456789".')
    return digits


def vsk(value: str) -> str:
    """An Icelandic VAT number: five or six digits, often written with IS or VSK before it."""
    digits = compact(value).removeprefix("VSK").removeprefix("NR").removeprefix("IS")
    if not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 6):
        raise Refused("A VSK number has five or six digits.", 'Write it like "12345".')
    return digits


BANK_FORMS: Mapping[BankScheme, Callable[[str], str]] = {
    BankScheme.IBAN: iban,
    BankScheme.BIC: _shaped("a BIC", "AIBKIE2D", _BIC),
    BankScheme.ICELANDIC_ACCOUNT: icelandic_account,
    BankScheme.KENNITALA: kennitala,
    BankScheme.SORT_CODE: _grouped("A sort code", "12-34-56", (2, 2, 2)),
    BankScheme.UK_ACCOUNT: _grouped("A UK account number", "12345678", (8,)),
    BankScheme.BANKGIRO: _grouped("A bankgiro number", "5050-1055", (3, 4), (4, 4)),
    BankScheme.ABA: _grouped("A US routing number", "111000025", (9,)),
    BankScheme.US_ACCOUNT: us_account,
}

TAX_FORMS: Mapping[TaxScheme, Callable[[str], str]] = {
    TaxScheme.VAT: _shaped("a VAT number", "IE6433435F", _VAT),
    TaxScheme.VSK: vsk,
    TaxScheme.KENNITALA: kennitala,
    TaxScheme.COMPANY: lambda value: text(value, 40),
    TaxScheme.TAX: lambda value: text(value, 40),
}

# Numbers that say nothing alone: which others an account needs beside each.
NEEDS_BESIDE: Mapping[BankScheme, BankScheme] = {
    BankScheme.SORT_CODE: BankScheme.UK_ACCOUNT,
    BankScheme.UK_ACCOUNT: BankScheme.SORT_CODE,
    BankScheme.ABA: BankScheme.US_ACCOUNT,
    BankScheme.US_ACCOUNT: BankScheme.ABA,
    BankScheme.ICELANDIC_ACCOUNT: BankScheme.KENNITALA,
}
# Numbers that name an account by themselves or with what they need beside them.
NAMES_AN_ACCOUNT = frozenset(
    {
        BankScheme.IBAN,
        BankScheme.ICELANDIC_ACCOUNT,
        BankScheme.SORT_CODE,
        BankScheme.BANKGIRO,
        BankScheme.ABA,
    }
)
