"""What things are: frozen values that are valid because they exist. Standard library only."""

from kara_tui.model.decision import Decision
from kara_tui.model.file import File
from kara_tui.model.finding import Finding, Severity
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
from kara_tui.model.money import (
    CurrencyMismatch,
    Money,
    UnknownCurrency,
    minor_units,
    total,
)
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
