"""The deep check of a profile: check digits, calendars, and what one setting says about another.

It loads python-stdnum and holidays (some 0.2 s together) and so stays out of the way of a month
end: ``profile check`` and ``profile new`` run it, and the month end beside its other work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from kara_tui.model import Party, Severity, TaxScheme
from kara_tui.settings.bank import bank_problems, kennitala_problems, reason_of, refusal
from kara_tui.settings.fields import EU_COUNTRIES
from kara_tui.settings.problem import Problem, shown
from kara_tui.settings.profile import HolidayCalendar, Profile
from kara_tui.settings.vat import text_problems, vat_problems

# Prefix of a VAT number → python-stdnum's rule. Greece writes EL, Northern Ireland XI. Numbers of
# other countries are taken as they are typed.
_VAT_RULES = {
    **dict.fromkeys((*EU_COUNTRIES - {"GR"}, "EL", "XI"), "stdnum.eu.vat"),
    "GB": "stdnum.gb.vat",
    "NO": "stdnum.no.mva",
    "CH": "stdnum.ch.vat",
}


def check(profile: Profile) -> tuple[Problem, ...]:
    """Everything that the deep check finds: blockers and warnings, in the order of the file.

    A blocker would make the invoice wrong (an IBAN that cannot exist, numbers that contradict each
    other, a VAT preset without what the law asks for); a warning is for a person to look at.
    """
    return tuple(_problems(profile))


def _problems(profile: Profile) -> Iterator[Problem]:
    yield from _party_problems(profile.supplier, "supplier")
    if profile.supplier.country == "IS" and not profile.supplier.tax_id(TaxScheme.KENNITALA):
        yield Problem(
            "supplier.tax_ids.kennitala", "", "An Icelandic invoice names its sender's kennitala.",
            "Add it.", Severity.WARNING,
        )  # fmt: skip
    yield from _party_problems(profile.customer, "customer")
    for at, bank in enumerate(profile.banks, 1):
        where = "bank" if len(profile.banks) == 1 else f"bank {at}"
        yield from bank_problems(bank, where, profile.supplier)
    yield from _currency_problems(profile)
    yield from vat_problems(profile.vat.preset, profile.supplier, profile.customer)
    yield from text_problems(
        profile.vat.preset, profile.vat.text, profile.supplier.country, profile.language
    )
    yield from _calendar_problems(profile.calendar)
    yield from _zone_problems(profile.reading.time_zone)
    yield from _folder_problems(profile.folder)


def _folder_problems(folder: str) -> Iterator[Problem]:
    hidden = [part for part in PurePath(folder).parts if part.startswith(".") and part != ".."]
    if hidden:
        yield Problem(
            "invoice.folder", shown(folder),
            "Programs that are snaps or flatpaks, such as Ubuntu's Thunderbird and Firefox, cannot "
            "open files in a hidden folder.",
            "Choose a folder without a point before a name of its path.", Severity.WARNING,
        )  # fmt: skip


def _party_problems(party: Party, where: str) -> Iterator[Problem]:
    kennitala = party.tax_id(TaxScheme.KENNITALA)
    if kennitala:
        yield from kennitala_problems(kennitala, f"{where}.tax_ids.kennitala")
    number = party.tax_id(TaxScheme.VAT)
    if number:
        yield from _vat_number_problems(number, party.country, f"{where}.tax_ids.vat")


def _vat_number_problems(number: str, country: str, field: str) -> Iterator[Problem]:
    """Warnings only: the countries change their rules faster than a library follows them."""
    rule = _VAT_RULES.get(number[:2])
    if rule is not None:
        refused = refusal(rule, number)
        if refused:
            mend = "Compare it with your papers; if it is right, leave it."
            yield Problem(field, number, reason_of(refused), mend, Severity.WARNING)
        return
    prefix = "EL" if country == "GR" else country
    if prefix in _VAT_RULES:
        yield Problem(
            field, number, "A VAT number begins with its country (2006/112/EC, Art. 215).",
            f"Write it like {prefix}{number}.", Severity.WARNING,
        )  # fmt: skip


def _currency_problems(profile: Profile) -> Iterator[Problem]:
    if profile.bank_for(profile.currency) is None:
        yield Problem(
            "invoice.currency", profile.currency, f"None of the accounts takes {profile.currency}.",
            "Add an account for it, or take the currency out of an account that takes any.",
        )  # fmt: skip
    for currency, count in Counter(bank.currency for bank in profile.banks).items():
        if count > 1:
            yield Problem(
                "bank.currency", currency,
                f"{count} accounts are for {currency or 'any currency'}.",
                "The first of them is printed; take the others out if that is not meant.",
                Severity.WARNING,
            )  # fmt: skip


def _calendar_problems(calendar: HolidayCalendar) -> Iterator[Problem]:
    from holidays import list_supported_countries

    # holidays knows every country of ISO 3166-1, so only the part can be one that it has not.
    parts = list_supported_countries(include_aliases=False).get(calendar.country, [])
    if calendar.subdivision and calendar.subdivision not in parts:
        yield Problem(
            "calendar.subdivision", calendar.subdivision,
            f"{calendar.country} has no part of this name with holidays of its own.",
            f"Write one of: {', '.join(parts)}." if parts else "Take it out.",
        )  # fmt: skip


def _zone_problems(zone: str) -> Iterator[Problem]:
    if not zone:
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem(
            "reading.time_zone", zone, "There is no time zone of this name on this computer.",
            'Write for example "Atlantic/Reykjavik" or "Europe/Dublin".',
        )  # fmt: skip
