"""The VAT presets a user chooses among: their texts, and what each needs. The data is vat.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict, cast

from kara_tui.model import Party, Severity, TaxScheme, VatPreset
from kara_tui.settings.fields import EU_COUNTRIES
from kara_tui.settings.problem import Problem
from kara_tui.text import header_key


class _Rule(TypedDict, total=False):
    party: Literal["supplier", "customer"]
    needs: list[str]
    refuses: list[str]
    severity: str
    reason: str
    mend: str


class _Preset(TypedDict, total=False):
    category: str
    title: str
    text: dict[str, str] | dict[str, dict[str, str]]
    marks: list[str]
    rules: list[_Rule]


@dataclass(frozen=True, slots=True)
class PresetShown:
    """A preset as a person chooses it: its key in the profile, what it means, what is printed."""

    preset: VatPreset
    title: str
    text: str


def preset_text(preset: VatPreset, country: str, language: str) -> str:
    """What is printed for a preset, in a language; empty when no text is known for the country."""
    where = "EU" if country in EU_COUNTRIES else country
    return _texts(preset).get(where, _texts(preset).get("", {})).get(language, "")


def presets(country: str, language: str) -> tuple[PresetShown, ...]:
    """All presets, with the texts of a supplier in this country in this language."""
    return tuple(
        PresetShown(preset, _table()[preset.value]["title"], preset_text(preset, country, language))
        for preset in VatPreset
    )


def text_problems(preset: VatPreset, text: str, country: str, language: str) -> Iterator[Problem]:
    """What a person should see of the words about VAT: those of another preset, above all.

    Words of one's own are taken as they are, unless they speak of another ground alone.
    """
    usual = preset_text(preset, country, language)
    key = header_key(text)
    if key == header_key(usual):
        return
    write = f'Write text = "{usual}".' if usual else "Write those of your country."
    if key in _known(preset):
        yield Problem(
            "vat.text", text, "These are the words of another country or another language than "
            "the invoice's.", write, Severity.WARNING,
        )  # fmt: skip
        return
    for other in VatPreset:
        if other is not preset and key in _known(other):
            yield Problem(
                "vat.text", text,
                f'These are the words of the preset "{other}", and the preset is "{preset}".',
                f'{write} If these words are right, write preset = "{other}".',
            )  # fmt: skip
            return
    if _speaks_of(preset, key):
        return
    for other in VatPreset:
        if other is not preset and _speaks_of(other, key):
            yield Problem(
                "vat.text", text,
                f'These words speak of the preset "{other}", and the preset is "{preset}".',
                "Ask your accountant which of the two is right; leave it if both are.",
                Severity.WARNING,
            )  # fmt: skip
            return


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


def _texts(preset: VatPreset) -> dict[str, dict[str, str]]:
    """A preset's words by country and language; the country is empty where it does not matter."""
    texts = _table()[preset.value]["text"]
    if "en" in texts:
        return {"": cast("dict[str, str]", texts)}
    return cast("dict[str, dict[str, str]]", texts)


def _known(preset: VatPreset) -> frozenset[str]:
    """A preset's words in every country and language, told apart by letters and digits alone."""
    return frozenset(
        header_key(text) for texts in _texts(preset).values() for text in texts.values()
    )


def _speaks_of(preset: VatPreset, key: str) -> bool:
    return any(header_key(mark) in key for mark in _table()[preset.value].get("marks", []))


@cache
def _table() -> dict[str, _Preset]:
    import tomllib

    with (Path(__file__).parent / "vat.toml").open("rb") as file:
        return cast("dict[str, _Preset]", tomllib.load(file))
