"""What a person should look at among the sessions that are to be billed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kara_tui.model import Finding, Month, Routing, Session, VatPreset
from kara_tui.model.names import are_near, same
from kara_tui.month_end.billing_history import BillingHistory, Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.wording import (
    counted,
    listed,
    month_name,
    names_said,
    rows_of,
    rows_said,
    short,
    verb,
)
from kara_tui.settings.fields import EU_COUNTRIES
from kara_tui.settings.profile import Profile, SupplierKind

# So many sponsors are compared with one another; more than that are no one's month.
_COMPARED = 300
# The currency in which the tax authorities of a country count; the euro in the rest of the EU.
_NATIONAL_CURRENCY = {
    **dict.fromkeys(EU_COUNTRIES, "EUR"),
    "CH": "CHF", "CZ": "CZK", "DK": "DKK", "GB": "GBP", "HU": "HUF", "IS": "ISK", "NO": "NOK",
    "PL": "PLN", "RO": "RON", "SE": "SEK",
}  # fmt: skip


def session_findings(
    candidates: Sequence[Candidate], profile: Profile, month: Month, known: BillingHistory
) -> Iterator[Finding]:
    """What to look at among the sessions that are to be billed."""
    sessions = [candidate.session for candidate in candidates]
    yield from _times(sessions)
    yield from _prices(sessions)
    yield from _sponsors(sessions, profile, known)
    yield from _in_two_files(candidates)
    yield from _professionals(sessions, profile)
    currencies = sorted({session.price.currency for session in sessions})
    if len(currencies) > 1:
        yield finding(
            "mixed-currencies",
            f"{month_name(month)} has sessions in {listed(currencies)}.",
            "Each currency becomes an invoice of its own; all go in one mail.",
        )
    strange = [c for c in currencies if c != profile.currency]
    if strange:
        strange_ones = [s for s in sessions if s.price.currency in strange]
        yield finding(
            "unexpected-currency",
            f"{counted(len(strange_ones), 'session')} {verb(len(strange_ones), 'is', 'are')} in "
            f"{listed(strange)}; the profile expects "
            f"{profile.currency}.",
            "Check that the portal's Service Currency is right.",
            rows=rows_of(strange_ones),
        )
    for currency in currencies:
        if profile.bank_for(currency) is None:
            yield finding(
                "no-bank-account",
                f"The profile {profile.name!r} has no bank account that takes {currency}.",
                f'Add a [[bank]] with currency = "{currency}" to the profile, or one without a '
                "currency, which takes any.",
                setting="bank.holder",
            )
        yield from _vat_in_own_currency(currency, profile)


def _vat_in_own_currency(currency: str, profile: Profile) -> Iterator[Finding]:
    """VAT that is charged is said in the supplier's national currency too.

    Article 230 of Directive 2006/112/EC for the EU; Iceland, Norway and the United Kingdom have
    rules of their own to the same end. Which rate holds is the accountant's to say.
    """
    own = _NATIONAL_CURRENCY.get(profile.supplier.country, currency)
    if profile.vat.preset is not VatPreset.TAXED or own == currency or own in profile.vat.text:
        return
    yield finding(
        "vat-in-own-currency",
        f"The invoice is in {currency} and charges VAT, which has to be said in {own} too, with "
        "the exchange rate and where it is from.",
        f"Work it out with your accountant, and write it into the words about VAT, with {own} in "
        "them: [vat] text in the profile. They are printed as they stand there.",
        setting="vat.text",
    )


def _times(sessions: Sequence[Session]) -> Iterator[Finding]:
    """Of what is billed, so that a time that was given by hand settles it."""
    for source, in_file in _by_source([session for session in sessions if session.time is None]):
        yield finding(
            "no-time",
            f"{counted(len(in_file), 'session')} in {source} {verb(len(in_file), 'has', 'have')} a "
            f"date but no time of day ({rows_said(in_file)}), so the invoice shows dates "
            "only there.",
            "Kara Connect asks for date and time. If the portal can export the time, tick it; "
            "otherwise give the times, or send the invoice as it is and add them only if they are "
            "asked for.",
            rows=rows_of(in_file),
            source=source,
        )


def _prices(sessions: Sequence[Session]) -> Iterator[Finding]:
    zero = [session for session in sessions if session.price.minor == 0]
    negative = [session for session in sessions if session.price.minor < 0]
    for source, in_file in _by_source(zero):
        yield finding(
            "zero-price",
            f"{counted(len(in_file), 'Credit session')} "
            f"{verb(len(in_file), 'costs', 'cost')} nothing ({rows_said(in_file)} of "
            f"{source}).",
            "Check the service's price in the portal. They stand on the invoice with 0.",
            rows=rows_of(in_file),
            source=source,
        )
    for source, in_file in _by_source(negative):
        yield finding(
            "negative-price",
            f"{counted(len(in_file), 'Credit session')} "
            f"{verb(len(in_file), 'has', 'have')} a negative price "
            f"({rows_said(in_file)} of {source}).",
            "An invoice bills sessions; a refund is a credit note. Correct the payment in the "
            "portal and export again, or ask support@karaconnect.com what the row means.",
            rows=rows_of(in_file),
            source=source,
        )


def _sponsors(
    sessions: Sequence[Session], profile: Profile, known: BillingHistory
) -> Iterator[Finding]:
    without = [session for session in sessions if not session.sponsor]
    for source, in_file in _by_source(without):
        yield finding(
            "no-sponsor",
            f"{counted(len(in_file), 'Credit session')} "
            f"{verb(len(in_file), 'names', 'name')} no sponsor ({rows_said(in_file)} "
            f"of {source}).",
            "A credit is given by a sponsor. Look at View Details in the portal: without a Sponsor "
            "section the session is collected from the client.",
            rows=rows_of(in_file),
            source=source,
        )
    for sponsor in open_sponsors(sessions, profile, known):
        of_sponsor = [session for session in sessions if session.sponsor == sponsor]
        other = known.near_to(sponsor, profile)
        if other:
            yield finding(
                "sponsor-near",
                f"The sponsor “{short(sponsor)}” ({counted(len(of_sponsor), 'session')}, "
                f"{rows_said(of_sponsor)}) is nearly “{short(other)}”, of whom your profile "
                "says who is invoiced. Is it the same company?",
                f'Write "{short(sponsor)}" = "elsewhere" under [sponsors.names] in the profile if '
                'the company itself is invoiced, "kara" if Kara Connect is.',
                rows=rows_of(of_sponsor),
            )
            continue
        yield finding(
            "sponsor-unsettled",
            f"It is not settled who is invoiced for the sponsor “{short(sponsor)}” "
            f"({counted(len(of_sponsor), 'session')}): Kara Connect or the company itself.",
            f'Ask your Customer Success Manager, then write "{short(sponsor)}" = "kara" or '
            '"elsewhere" under [sponsors.names] in the profile.',
            rows=rows_of(of_sponsor),
        )
    yield from _alike(sessions)


def open_sponsors(
    sessions: Sequence[Session], profile: Profile, known: BillingHistory
) -> tuple[str, ...]:
    """The sponsors of whom it is to be said who is invoiced, in order of name.

    Those of whom the profile says to ask, and those whose names are nearly the name of another.
    """
    return tuple(
        sponsor
        for sponsor in sorted({session.sponsor for session in sessions if session.sponsor})
        if known.routing_of(sponsor, profile) is Routing.ASK or known.near_to(sponsor, profile)
    )


def _alike(sessions: Sequence[Session]) -> Iterator[Finding]:
    """Sponsors that are billed together and have nearly one name."""
    spelled = {
        same(session.sponsor): session.sponsor for session in sessions[::-1] if session.sponsor
    }
    names = sorted(spelled.values())
    if len(names) > _COMPARED:
        return
    pairs = [
        f"“{short(other)}” and “{short(name)}”"
        for at, name in enumerate(names)
        for other in names[:at]
        if are_near(name, other)
    ]
    if pairs:
        yield finding(
            "sponsors-alike",
            f"{counted(len(pairs), 'pair')} of sponsors {verb(len(pairs), 'has', 'have')} nearly "
            f"the same name: {names_said(pairs)}. Each has a sum of its own.",
            "If they are one company, put its name right in the portal.",
        )


def _in_two_files(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    """Rows of two files that overlap would be billed twice.

    Each file's rows got their fingerprints apart, so a row that both hold has one fingerprint.
    """
    prints = Counter(candidate.fingerprint for candidate in candidates)
    across = [candidate.session for candidate in candidates if prints[candidate.fingerprint] > 1]
    if across:
        files = listed(sorted({session.source for session in across}))
        yield finding(
            "rows-in-two-files",
            f"{counted(len(across), 'row')} stand in more than one of {files}, so sessions would "
            "be billed twice.",
            "Export the month once, or exports that do not overlap.",
            rows=rows_of(across),
        )


def _professionals(sessions: Sequence[Session], profile: Profile) -> Iterator[Finding]:
    nameless = [session for session in sessions if not session.professional]
    for source, in_file in _by_source(nameless):
        yield finding(
            "no-professional",
            f"{counted(len(in_file), 'session')} "
            f"{verb(len(in_file), 'does', 'do')} not name the professional "
            f"({rows_said(in_file)} of {source}).",
            "Kara Connect asks for the professional's name. Tick Professional Name when exporting.",
            rows=rows_of(in_file),
            source=source,
        )
    spelled = {same(session.professional): session.professional for session in sessions}
    names = sorted(filter(None, spelled.values()))
    if profile.kind is SupplierKind.PERSON and len(names) > 1:
        yield finding(
            "several-professionals",
            f"The export holds sessions of {counted(len(names), 'professional')} "
            f"({names_said(names)}), and the profile is one person's.",
            "In a clinic the clinic manager sends one invoice for all. If this is a clinic, set "
            'kind = "clinic" under [supplier]; if not, export your own sessions only.',
        )


def _by_source(sessions: Sequence[Session]) -> Iterator[tuple[str, list[Session]]]:
    files: dict[str, list[Session]] = {}
    for session in sessions:
        files.setdefault(session.source, []).append(session)
    yield from files.items()
