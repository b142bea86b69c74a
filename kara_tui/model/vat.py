"""How value added tax is treated on an invoice: confirmed by the user, never decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from kara_tui.model.money import Money


class VatPreset(StrEnum):
    """The grounds a supplier can have for charging VAT or none."""

    NOT_REGISTERED = "not-registered"
    OUTSIDE_SCOPE = "outside-scope"
    REVERSE_CHARGE = "reverse-charge"
    EXEMPT_HEALTH = "exempt-health"
    TAXED = "taxed"

    @property
    def category(self) -> str:
        """The VAT category code of EN 16931 (UNCL 5305)."""
        return {
            VatPreset.NOT_REGISTERED: "O",
            VatPreset.OUTSIDE_SCOPE: "O",
            VatPreset.REVERSE_CHARGE: "AE",
            VatPreset.EXEMPT_HEALTH: "E",
            VatPreset.TAXED: "S",
        }[self]


@dataclass(frozen=True, slots=True)
class VatTreatment:
    """A preset, the text printed for it, and for ``taxed`` the rate and what prices include.

    ``rate`` is a percentage (``Decimal("24")``), zero for every other preset.
    ``prices_include_vat`` says whether the prices in the export are gross; it has a meaning only
    for ``taxed``.
    """

    preset: VatPreset
    text: str
    rate: Decimal = Decimal(0)
    prices_include_vat: bool = False

    def __post_init__(self) -> None:
        if self.preset is VatPreset.TAXED:
            if not Decimal(0) < self.rate < Decimal(100):
                raise ValueError(f"a VAT rate lies between 0 and 100 percent, not at {self.rate}")
        elif self.rate != 0:
            raise ValueError(f"{self.preset} charges no VAT, so its rate is 0 and not {self.rate}")

    @property
    def is_gross(self) -> bool:
        """Whether the export's prices have VAT in them, which only ``taxed`` can say."""
        return self.preset is VatPreset.TAXED and self.prices_include_vat

    def split(self, amount: Money) -> tuple[Money, Money]:
        """(net, VAT) of a sum of session prices, rounded once, half up, to the minor unit.

        VAT is worked out on the invoice's sum and not line by line, as EN 16931 BR-CO-17 has it.
        """
        if self.preset is not VatPreset.TAXED:
            return amount, Money(0, amount.currency)
        if self.prices_include_vat:
            net = Decimal(amount.minor) * 100 / (100 + self.rate)
            net_minor = int(net.quantize(Decimal(1), ROUND_HALF_UP))
            return Money(net_minor, amount.currency), Money(
                amount.minor - net_minor, amount.currency
            )
        vat = (Decimal(amount.minor) * self.rate / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return amount, Money(int(vat), amount.currency)

    def net_prices(self, prices: Sequence[Money]) -> tuple[Money, ...]:
        """Each price without VAT, so rounded that together they are what ``split`` calls net.

        Article 226(8) of Directive 2006/112/EC asks for the unit price without VAT. Rounded one by
        one the prices would miss the sum by some cents; so each is cut to the minor unit below, and
        those that lost most get a unit back (the earlier of two that lost the same).
        """
        if not self.is_gross:
            return tuple(prices)
        exact = [Decimal(price.minor) * 100 / (100 + self.rate) for price in prices]
        cut = [int(net.to_integral_value(ROUND_FLOOR)) for net in exact]
        whole = Money(sum(price.minor for price in prices), prices[0].currency) if prices else None
        missing = self.split(whole)[0].minor - sum(cut) if whole else 0
        most = sorted(range(len(cut)), key=lambda at: cut[at] - exact[at])
        for at in most[:missing]:
            cut[at] += 1
        return tuple(Money(net, price.currency) for net, price in zip(cut, prices, strict=True))
