"""Who sends the invoice, who receives it, and where the money goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TaxScheme(StrEnum):
    """The kinds of identifier an invoice may name a party by."""

    VAT = "vat"  # an EU, UK or other VAT registration number
    VSK = "vsk"  # Icelandic VAT number (virðisaukaskattsnúmer)
    KENNITALA = "kennitala"  # Icelandic identification number of a person or a company
    COMPANY = "company"  # a company or organisation number of any country
    TAX = "tax"  # any other tax number, shown as typed


@dataclass(frozen=True, slots=True)
class TaxId:
    """One identifier of a party, in the form in which it is printed."""

    scheme: TaxScheme
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or a customer. ``country`` is ISO 3166-1 alpha-2, ``address`` one line each."""

    name: str
    address: tuple[str, ...]
    country: str
    email: str = ""
    tax_ids: tuple[TaxId, ...] = ()

    def tax_id(self, scheme: TaxScheme) -> str:
        """The party's number of that kind, or an empty string."""
        return next((tax.value for tax in self.tax_ids if tax.scheme is scheme), "")

    @property
    def identity(self) -> str:
        """Who this is, as the law sees it: the first tax number, or the name without one."""
        return next((tax.value for tax in self.tax_ids), "") or self.name


class BankScheme(StrEnum):
    """How a bank account is named; the values are the keys in the profile's TOML."""

    IBAN = "iban"
    BIC = "bic"
    ICELANDIC_ACCOUNT = "icelandic_account"  # bank-hb-number, 4-2-6 digits
    KENNITALA = "kennitala"  # of the holder, beside an Icelandic account
    SORT_CODE = "sort_code"
    UK_ACCOUNT = "uk_account"
    BANKGIRO = "bankgiro"
    ABA = "aba"  # US routing number
    US_ACCOUNT = "us_account"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account to be paid to. ``currency`` is empty when it takes any.

    ``numbers`` holds (scheme, value) pairs in the order in which they are printed, each value in
    the form in which people write it (an IBAN in groups of four, a sort code as 12-34-56).
    """

    holder: str
    numbers: tuple[tuple[BankScheme, str], ...]
    bank_name: str = ""
    currency: str = ""

    def number(self, scheme: BankScheme) -> str:
        """The account's number of that kind, or an empty string."""
        return next((value for kind, value in self.numbers if kind is scheme), "")
