"""What things are: frozen values that are valid because they exist. Standard library only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.model.decision import Decision
    from kara_tui.model.file import File
    from kara_tui.model.finding import Finding, Severity
    from kara_tui.model.how_to_read import HowToRead
    from kara_tui.model.invoice import (
        DocumentKind,
        Invoice,
        Line,
        Mark,
        Subtotal,
        line_order,
        lines_of,
        subtotals,
    )
    from kara_tui.model.money import CurrencyMismatch, Money, UnknownCurrency, minor_units, total
    from kara_tui.model.month import Month
    from kara_tui.model.party import BankAccount, BankScheme, Party, TaxId, TaxScheme
    from kara_tui.model.routing import Routing
    from kara_tui.model.series import Series
    from kara_tui.model.session import Session, SessionKind
    from kara_tui.model.vat import VatPreset, VatTreatment

__all__ = [
    "BankAccount",
    "BankScheme",
    "CurrencyMismatch",
    "Decision",
    "DocumentKind",
    "File",
    "Finding",
    "HowToRead",
    "Invoice",
    "Line",
    "Mark",
    "Money",
    "Month",
    "Party",
    "Routing",
    "Series",
    "Session",
    "SessionKind",
    "Severity",
    "Subtotal",
    "TaxId",
    "TaxScheme",
    "UnknownCurrency",
    "VatPreset",
    "VatTreatment",
    "line_order",
    "lines_of",
    "minor_units",
    "subtotals",
    "total",
]

__getattr__ = later(
    __name__,
    {
        "decision": "Decision",
        "file": "File",
        "finding": "Finding Severity",
        "how_to_read": "HowToRead",
        "invoice": "DocumentKind Invoice Line Mark Subtotal line_order lines_of subtotals",
        "money": "CurrencyMismatch Money UnknownCurrency minor_units total",
        "month": "Month",
        "party": "BankAccount BankScheme Party TaxId TaxScheme",
        "routing": "Routing",
        "series": "Series",
        "session": "Session SessionKind",
        "vat": "VatPreset VatTreatment",
    },
)
