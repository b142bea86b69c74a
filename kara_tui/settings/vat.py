"""The VAT presets a user chooses among: their texts, and what each needs. The data is vat.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict, cast

from kara_tui.model import Party, Severity, TaxScheme, VatPreset
from kara_tui.settings.fields import EU_COUNTRIES
from kara_tui.settings.problem import Problem


class _Rule(TypedDict, total=False):
    party: Literal["supplier", "customer"]
    needs: list[str]
    refuses: list[str]
    severity: str
    reason: str
    mend: str


class _Entry(TypedDict, total=False):
    category: str
    title: str
    text: str | dict[str, str]
    rules: list[_Rule]


@dataclass(frozen=True, slots=True)
class PresetShown:
    """A preset as a person chooses it: its key in the profile, what it means, what is printed."""

    preset: VatPreset
    title: str
    text: str


def preset_text(preset: VatPreset, country: str) -> str:
    """What is printed for a preset by a supplier in a country; empty when no text is known."""
    text = _table()[preset.value].get("text", "")
    if isinstance(text, str):
        return text
    return text.get("EU" if country in EU_COUNTRIES else country, "")


def presets(country: str) -> tuple[PresetShown, ...]:
    """All presets, with the texts of a supplier in this country."""
    return tuple(
        PresetShown(preset, _table()[preset.value]["title"], preset_text(preset, country))
        for preset in VatPreset
    )


def vat_problems(preset: VatPreset, supplier: Party, customer: Party) -> tuple[Problem, ...]:
    """What the preset asks of the two parties' tax numbers and does not find."""
    problems = []
    for rule in _table()[preset.value].get("rules", []):
        party = supplier if rule["party"] == "supplier" else customer
        field = f"{rule['party']}.tax_ids"
        severity = Severity(rule["severity"])
        present = [scheme for scheme in TaxScheme if party.tax_id(scheme)]
        if "needs" in rule and not set(rule["needs"]).intersection(present):
            problems.append(Problem(field, "", rule["reason"], rule["mend"], severity))
        problems += [
            Problem(
                f"{field}.{scheme}", party.tax_id(scheme), rule["reason"], rule["mend"], severity
            )
            for scheme in present
            if scheme in rule.get("refuses", [])
        ]
    return tuple(problems)


@cache
def _table() -> dict[str, _Entry]:
    import tomllib

    with (Path(__file__).parent / "vat.toml").open("rb") as file:
        return cast("dict[str, _Entry]", tomllib.load(file))
