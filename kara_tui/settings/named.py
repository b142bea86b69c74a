"""Countries and currencies by name: what a list shows, and what a typed name means."""

from __future__ import annotations

from functools import cache
from typing import Any

from kara_tui.settings import fields
from kara_tui.settings.problem import Refused
from kara_tui.settings.question import Choice
from kara_tui.text import header_key


@cache
def countries() -> tuple[Choice, ...]:
    """Every country, by its English name: ``Iceland · Ísland``."""
    names: dict[str, list[str]] = _names()["countries"]
    return tuple(Choice(code, " · ".join(each)) for code, each in names.items())


@cache
def currencies() -> tuple[Choice, ...]:
    """Every currency whose decimals are known: ``ISK · Icelandic Króna``."""
    names: dict[str, str] = _names()["currencies"]
    return tuple(Choice(code, f"{code} · {name}") for code, name in names.items())


def country(value: str) -> str:
    """A country by its name, in English or its own language, or by its two letters.

    Gives the letters (ISO 3166-1). Raises Refused.
    """
    names: dict[str, list[str]] = _names()["countries"]
    wanted = header_key(value)
    for code, each in names.items():
        if wanted and wanted in map(header_key, each):
            return code
    if len(value.strip()) <= 3:
        return fields.country(value)
    raise Refused("There is no country of that name here.", "Write for example Iceland or Ísland.")


def currency(value: str) -> str:
    """A currency by its name or its three letters; gives the letters. Raises Refused."""
    names: dict[str, str] = _names()["currencies"]
    wanted = header_key(value)
    codes = [code for code, name in names.items() if wanted and wanted == header_key(name)]
    return codes[0] if codes else fields.currency(value)


@cache
def _names() -> dict[str, Any]:
    import tomllib
    from pathlib import Path

    with Path(__file__).with_name("names.toml").open("rb") as file:
        return tomllib.load(file)
