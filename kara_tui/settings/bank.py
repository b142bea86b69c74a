"""Account numbers by their check digits, and by what two numbers of one account say about it.

The check digits are python-stdnum's. Banks' own modulus tables (UK) are left alone on purpose:
they change, and an account that they refuse today may be good tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from kara_tui.model import BankAccount, BankScheme, Party, Severity, TaxScheme
from kara_tui.settings.account_numbers import compact
from kara_tui.settings.problem import Problem

# Where python-stdnum keeps the rule for each kind of number that has one.
_RULES = {
    BankScheme.IBAN: "stdnum.iban",
    BankScheme.BIC: "stdnum.bic",
    BankScheme.BANKGIRO: "stdnum.luhn",
    BankScheme.ABA: "stdnum.us.rtn",
}
_REASONS = {
    "InvalidChecksum": "Its check digits do not fit the rest: a digit is mistyped.",
    "InvalidLength": "It has too few or too many characters.",
    "InvalidFormat": "It does not have the form that its country uses.",
    "InvalidComponent": "A part of it does not exist, for example its country.",
}


class _Pair(NamedTuple):
    """A number that an IBAN of one country repeats: where in the IBAN it stands."""

    country: str
    scheme: BankScheme
    start: int
    end: int


# National parts as the IBAN registry (ISO 13616) lays them out.
_REPEATED = (
    _Pair("IS", BankScheme.ICELANDIC_ACCOUNT, 4, 16),
    _Pair("IS", BankScheme.KENNITALA, 16, 26),
    _Pair("GB", BankScheme.SORT_CODE, 8, 14),
    _Pair("GB", BankScheme.UK_ACCOUNT, 14, 22),
)


def refusal(module: str, number: str) -> str:
    """Why python-stdnum's rule in ``module`` refuses a number; empty when it takes it."""
    from stdnum.exceptions import ValidationError

    try:
        import_module(module).validate(number)
    except ValidationError as error:
        return type(error).__name__
    return ""


def refused_because(scheme: BankScheme, number: str) -> str:
    """Why an account number cannot exist, as a sentence; empty when it can."""
    refused = refusal(_RULES[scheme], number) if scheme in _RULES else ""
    return reason_of(refused) if refused else ""


def reason_of(refused: str) -> str:
    """A refusal of python-stdnum as a sentence."""
    return _REASONS.get(refused, "It is not a number of this kind.")


def bank_problems(bank: BankAccount, where: str, supplier: Party) -> Iterator[Problem]:
    """What is wrong with an account's numbers. ``where`` is ``bank``, or ``bank 2``."""
    for scheme, value in bank.numbers:
        reason = refused_because(scheme, compact(value))
        if reason:
            yield Problem(
                f"{where}.{scheme}",
                value,
                reason,
                "Compare it with your bank's papers.",
            )
    kennitala = bank.number(BankScheme.KENNITALA)
    if kennitala:
        yield from kennitala_problems(kennitala, f"{where}.kennitala")
    yield from _contradictions(bank, where)
    yield from _oddities(bank, where, supplier)


def kennitala_problems(value: str, field: str) -> Iterator[Problem]:
    """A kennitala of ten digits that does not add up; a warning, since some real ones do not.

    Registers Iceland gives out numbers without a check digit since 18 February 2026, and system
    numbers that begin with 8 or 9 hold no date.
    """
    if refusal("stdnum.is_.kennitala", value):
        yield Problem(
            field, value, "Its date or check digit does not fit, as in some newer kennitölur.",
            "Compare it digit by digit; if it is right, leave it.", Severity.WARNING,
        )  # fmt: skip


def _contradictions(bank: BankAccount, where: str) -> Iterator[Problem]:
    iban = compact(bank.number(BankScheme.IBAN))
    for country, scheme, start, end in _REPEATED:
        value = bank.number(scheme)
        if iban.startswith(country) and value and compact(value) != iban[start:end]:
            yield Problem(
                f"{where}.{scheme}", value,
                f"The IBAN of the same account says {iban[start:end]} here.",
                "One of the two is mistyped: compare both with your bank's papers.",
            )  # fmt: skip


def _oddities(bank: BankAccount, where: str, supplier: Party) -> Iterator[Problem]:
    iban = compact(bank.number(BankScheme.IBAN))
    bic = compact(bank.number(BankScheme.BIC))
    if iban and bic and bic[4:6] != iban[:2]:
        yield Problem(
            f"{where}.bic", bic, f"The BIC is of {bic[4:6]} and the IBAN of {iban[:2]}.",
            "Compare both with your bank's papers; some online banks do have such pairs.",
            Severity.WARNING,
        )  # fmt: skip
    own = compact(supplier.tax_id(TaxScheme.KENNITALA))
    if own and iban.startswith("IS") and len(iban) == 26 and iban[16:] != own:
        yield Problem(
            f"{where}.iban", bank.number(BankScheme.IBAN),
            "An Icelandic IBAN ends in its holder's kennitala, and this is not the supplier's.",
            "Leave it if the account belongs to someone else.", Severity.WARNING,
        )  # fmt: skip
