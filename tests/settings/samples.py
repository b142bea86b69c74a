"""Profiles as people write them by hand, and values drawn from everything a profile may hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from kara_tui.model import (
    BankAccount,
    BankScheme,
    HowToRead,
    Party,
    Routing,
    Series,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
)
from kara_tui.settings import HolidayCalendar, MailSettings, Profile, SupplierKind
from kara_tui.text import header_key

PROFILE = """\
# My profile
[supplier]
name = "Þóra Ægisdóttir"
address = ["Laugavegur 1", "101 Reykjavík"]
country = "is"
email = "thora@example.is"

[supplier.tax_ids]
kennitala = "0101302989"

[customer]
name = "Kara Connect (sample)"
address = ["Sample street 1", "105 Reykjavík"]
country = "IS"

[[bank]]
holder = "Þóra Ægisdóttir"
iban = "is14 0159 26 007654 551073 0339"

[vat]
preset = "exempt-health"

[invoice]
prefix = "KC-"
last_used = 10
currency = "EUR"

[sponsors]
default = "kara"

[sponsors.names]
"ACME ehf." = "elsewhere"
"""


def with_line(old: str, new: str) -> str:
    """The good profile with one piece of it replaced; loud when the piece is not in it."""
    assert PROFILE.count(old) == 1, old
    return PROFILE.replace(old, new)


_LETTERS = st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x17F) | st.sampled_from(
    "-.,'&/\"\\=[]#{}"
)


def texts(longest: int = 60) -> st.SearchStrategy[str]:
    """One line of printable text as the profile keeps it: composed, no blank at either end."""
    words = st.text(_LETTERS, min_size=1, max_size=12)
    return (
        st.lists(words, min_size=1, max_size=4)
        .map(" ".join)
        .map(lambda text: text[:longest].strip())
    )


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def grouped(*sizes: int) -> st.SearchStrategy[str]:
    return st.tuples(*(digits(size) for size in sizes)).map("-".join)


EMAILS = st.sampled_from(["thora@example.is", "a.b+c@mail.example.org", "x@þóra-ægis.is"])
COUNTRIES = st.sampled_from(["IS", "IE", "GB", "SE", "DE", "US"])
CURRENCIES = st.sampled_from(["EUR", "ISK", "GBP", "SEK", "USD"])
IBANS = st.sampled_from(["IS14 0159 2600 7654 5510 7303 39", "GB29 NWBK 6016 1331 9268 19"])

TAX_VALUES = {
    TaxScheme.VAT: st.sampled_from(["IE6433435F", "GB980780684", "SE556074738901"]),
    TaxScheme.VSK: st.one_of(digits(5), digits(6)),
    TaxScheme.KENNITALA: grouped(6, 4),
    TaxScheme.COMPANY: texts(40),
    TaxScheme.TAX: texts(40),
}
PARTIES = st.builds(
    Party,
    name=texts(),
    address=st.lists(texts(), min_size=1, max_size=4).map(tuple),
    country=COUNTRIES,
    email=EMAILS,
    tax_ids=st.permutations(list(TAX_VALUES)).flatmap(
        lambda order: st.integers(0, len(order)).flatmap(
            lambda count: st.tuples(
                *(st.builds(TaxId, st.just(scheme), TAX_VALUES[scheme]) for scheme in order[:count])
            )
        )
    ),
)
BANK_NUMBERS = st.one_of(
    st.tuples(st.tuples(st.just(BankScheme.IBAN), IBANS)),
    st.tuples(
        st.tuples(st.just(BankScheme.IBAN), IBANS),
        st.tuples(st.just(BankScheme.BIC), st.sampled_from(["AIBKIE2D", "DEUTDEFF500"])),
    ),
    st.tuples(
        st.tuples(st.just(BankScheme.ICELANDIC_ACCOUNT), grouped(4, 2, 6)),
        st.tuples(st.just(BankScheme.KENNITALA), grouped(6, 4)),
    ),
    st.tuples(
        st.tuples(st.just(BankScheme.UK_ACCOUNT), digits(8)),
        st.tuples(st.just(BankScheme.SORT_CODE), grouped(2, 2, 2)),
    ),
    st.tuples(st.tuples(st.just(BankScheme.BANKGIRO), grouped(3, 4) | grouped(4, 4))),
    st.tuples(
        st.tuples(st.just(BankScheme.ABA), digits(9)),
        st.tuples(st.just(BankScheme.US_ACCOUNT), digits(11)),
    ),
)
BANKS = st.builds(
    BankAccount,
    holder=texts(),
    numbers=BANK_NUMBERS,
    bank_name=st.just("") | texts(),
    currency=st.just("") | CURRENCIES,
)
TREATMENTS = st.builds(
    VatTreatment,
    preset=st.sampled_from([preset for preset in VatPreset if preset is not VatPreset.TAXED]),
    text=texts(),
) | st.builds(
    VatTreatment,
    preset=st.just(VatPreset.TAXED),
    text=texts(),
    rate=st.decimals(Decimal("0.001"), Decimal("99.999"), places=3),
    prices_include_vat=st.booleans(),
)
PROFILES = st.builds(
    Profile,
    name=st.sampled_from(["default", "clinic", "a-1_b"]),
    kind=st.sampled_from(SupplierKind),
    supplier=PARTIES,
    customer=PARTIES,
    banks=st.lists(BANKS, min_size=1, max_size=3).map(tuple),
    vat=TREATMENTS,
    numbering=st.builds(
        Series,
        prefix=st.sampled_from(["", "KC-", "2026-"]),
        last_used=st.integers(0, 999_999_999),
        width=st.integers(1, 12),
    ),
    currency=CURRENCIES,
    language=st.sampled_from(["en", "is", "sv", "da", "nb", "de"]),
    calendar=st.sampled_from(
        [HolidayCalendar("IS"), HolidayCalendar("GB", "SCT"), HolidayCalendar("DE", "BY")]
    ),
    mail=st.builds(
        MailSettings,
        to=EMAILS,
        cc=st.lists(EMAILS, max_size=3).map(tuple),
        attach_annex=st.booleans(),
    ),
    reading=st.builds(
        HowToRead,
        date_order=st.sampled_from(["", "dmy", "mdy", "ymd"]),
        decimal=st.sampled_from(["", ",", "."]),
        time_zone=st.sampled_from(["", "Atlantic/Reykjavik", "UTC"]),
        encoding=st.sampled_from(["", "mac-roman", "iso-8859-15"]),
        month_by=st.sampled_from(["", "session", "transaction"]),
        columns=st.dictionaries(
            texts(60).filter(header_key),
            st.sampled_from(["sponsor", "professional confirmed"]),
            max_size=3,
        ).filter(lambda columns: len(set(map(header_key, columns))) == len(columns)),
    ),
    routing_default=st.sampled_from(Routing),
    routing=st.dictionaries(texts(), st.sampled_from(Routing), max_size=4),
    theme=st.sampled_from(["classic", "my-own"]),
    folder=st.sampled_from(["", "~/Kara", "/srv/Reikningar þ"]),
    limits=st.dictionaries(st.sampled_from(["rows", "members"]), st.integers(1, 10**15)),
)
