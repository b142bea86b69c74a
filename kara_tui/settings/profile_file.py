"""A profile as TOML, by the table of settings: read with every problem at once, and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from kara_tui.model import (
    BankAccount,
    BankScheme,
    HowToRead,
    Party,
    Series,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
)
from kara_tui.settings import fields
from kara_tui.settings.account_numbers import NAMES_AN_ACCOUNT, NEEDS_BESIDE
from kara_tui.settings.problem import Problem, ProfileError
from kara_tui.settings.profile import (
    HolidayCalendar,
    MailSettings,
    Profile,
)
from kara_tui.settings.question import Setting
from kara_tui.settings.table import BANK, SECTIONS, SETTINGS
from kara_tui.settings.toml_table import TomlTable

# What several settings of one place in the profile make together, from name → value.
_TOGETHER: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "tax_ids": lambda given: tuple(TaxId(TaxScheme(name), value) for name, value in given.items()),
    "numbers": lambda given: tuple((BankScheme(name), value) for name, value in given.items()),
    "limits": dict,
}
# The parts of a profile that are values of their own.
_PARTS: Mapping[str, Callable[..., object]] = {
    "supplier": Party,
    "customer": Party,
    "vat": VatTreatment,
    "numbering": Series,
    "calendar": HolidayCalendar,
    "mail": MailSettings,
    "reading": HowToRead,
}


def profile_from(
    document: Mapping[str, object],
    name: str,
    settings: Sequence[Setting] = SETTINGS,
    made_of: type[Profile] = Profile,
) -> Profile:
    """The profile that a parsed TOML document describes, its values in the form they are kept in.

    Raises ProfileError with every problem of structure and form. Check digits and what numbers
    say about each other are not looked at: that is ``check``.
    """
    problems: list[Problem] = []
    root = TomlTable("", document, problems, _examples(settings))
    values: dict[str, Any] = {}
    tables: dict[str, TomlTable] = {}
    for section, about in SECTIONS.items():
        here = _of_section(settings, section)
        if section == BANK:
            values["banks"] = tuple(_account(table, here) for table in root.tables(section))
            continue
        table = root.table(section, needed=about.needed)
        tables[section] = table or _nothing_of(section)
        values |= _read(tables[section], here)
    _finish_vat(tables["vat"], values)
    _check_calendar(tables["calendar"], values)
    root.no_others()
    if problems:
        raise ProfileError(problems)
    return made_of(name=name, **_in_parts(values))


def document_from(profile: Profile, settings: Sequence[Setting] = SETTINGS) -> dict[str, object]:
    """The document that ``profile_from`` reads as this profile. Empty values are left out."""
    return {
        section: [_written(bank, here) for bank in profile.banks]
        if section == BANK
        else _written(profile, here)
        for section in SECTIONS
        if (here := _of_section(settings, section))
    }


def rendered(document: Mapping[str, Any]) -> str:
    """The document as TOML text, its sections in their order under a sentence each."""
    import tomli_w

    parts = []
    for section, about in SECTIONS.items():
        value = document.get(section)
        if not value:
            continue
        parts.append(f"# {about.sentence}\n")
        # Each section is written by itself: tomli-w would put a short account on one line.
        for table in value if isinstance(value, list) else [value]:
            head = f"[[{section}]]" if isinstance(value, list) else f"[{section}]"
            inner = {key: item for key, item in table.items() if isinstance(item, dict)}
            flat = {key: item for key, item in table.items() if key not in inner}
            parts.append(f"{head}\n{tomli_w.dumps(flat)}\n")
            parts += [f"[{section}.{key}]\n{tomli_w.dumps(item)}\n" for key, item in inner.items()]
    return "".join(parts).rstrip("\n") + "\n"


def _examples(settings: Sequence[Setting]) -> Callable[[str], str]:
    return lambda key: next((each.line for each in settings if each.key == key), "")


def _of_section(settings: Sequence[Setting], section: str) -> list[Setting]:
    return [each for each in settings if each.section == section]


def _read(table: TomlTable, settings: Sequence[Setting]) -> dict[str, Any]:
    """The values of a section's settings, each by its place in the profile."""
    values: dict[str, Any] = {}
    together: dict[str, dict[str, Any]] = {}
    inner: dict[str, TomlTable] = {"": table}
    for setting in settings:
        if setting.table not in inner:
            inner[setting.table] = table.table(setting.table) or _nothing_of("")
        here = inner[setting.table]
        if setting.conditional and not setting.when(values):
            here.knows(setting.name)
            continue
        value = setting.kind.read(here, setting.name, setting.usual)
        if _stands_with_others(setting):
            parts = together.setdefault(setting.place, dict.fromkeys(here.keys()))
            parts[setting.name] = value or None
        else:
            values[setting.place] = value
    for place, parts in together.items():
        # In the order of the file, in which numbers are printed.
        given = {name: value for name, value in parts.items() if value is not None}
        values[place] = _TOGETHER[_last(place)](given)
    for each in reversed(inner.values()):
        each.no_others()
    return values


def _nothing_of(section: str) -> TomlTable:
    """A table that is not there, of which nothing is told line by line."""
    return TomlTable(section, {}, [], lambda _: "")


def _account(table: TomlTable, settings: Sequence[Setting]) -> BankAccount:
    given = {scheme for scheme in BankScheme if table.has(scheme)}
    if not given & NAMES_AN_ACCOUNT:
        table.problem(
            "iban", "", "No account number is given.",
            "Add iban, icelandic_account, sort_code, bankgiro or aba.",
        )  # fmt: skip
    for scheme in BankScheme:
        beside = NEEDS_BESIDE.get(scheme)
        if scheme in given and beside is not None and beside not in given:
            table.problem(beside, "", f"{scheme} is given without it.", f"Add {beside}.")
    return BankAccount(**_read(table, settings))


def _finish_vat(table: TomlTable, values: dict[str, Any]) -> None:
    """Take the preset's own words where there are none, and note a rate that is not charged."""
    preset = values["vat.preset"]
    if preset is None:
        return
    if not table.has("text"):
        # Imported here: a profile that kara-tui wrote has its text, and vat.toml stays closed.
        from kara_tui.settings.vat import preset_text

        usual = preset_text(preset, values["supplier.country"], values["language"] or "en")
        values["vat.text"] = usual or table.text("text", fields.long_text)
    if preset is not VatPreset.TAXED and (table.has("rate") or table.has("prices")):
        table.problem(
            "preset", preset.value, "With this preset no VAT is charged, yet a rate is given.",
            'Take rate and prices out, or write preset = "taxed".',
        )  # fmt: skip


def _check_calendar(table: TomlTable, values: Mapping[str, Any]) -> None:
    country, subdivision = values["calendar.country"], values["calendar.subdivision"]
    parts = fields.SUBDIVIDED.get(country, ())
    if parts and subdivision not in parts:
        table.problem(
            "subdivision", subdivision, f"The parts of {country} keep different public holidays.",
            f"Write one of: {', '.join(parts)}.",
        )  # fmt: skip


def _in_parts(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by place as a profile takes them, those of one part together in it."""
    whole: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for place, value in values.items():
        part, _, name = place.rpartition(".")
        (parts.setdefault(part, {}) if part else whole)[name] = value
    return whole | {part: _PARTS[part](**inside) for part, inside in parts.items()}


def _written(owner: Profile | BankAccount, settings: Sequence[Setting]) -> dict[str, object]:
    """A section of the file, from the profile, or from one of its accounts."""
    section: dict[str, Any] = {}
    so_far: dict[str, Any] = {}
    for setting in settings:
        value = attrgetter(setting.place)(owner)
        here = section.setdefault(setting.table, {}) if setting.table else section
        if _stands_with_others(setting):
            here.update(_apart(value, setting.name))
        elif setting.conditional and not setting.when(so_far):
            continue
        elif setting.kept_empty or value not in ("", (), {}):
            here[setting.name] = so_far[setting.key] = setting.kind.write(value)
    return {name: value for name, value in section.items() if value != {}}


def _apart(together: Any, name: str) -> dict[str, object]:
    """What settings of one place made together: this one's value, or numbers in their order."""
    if isinstance(together, Mapping):
        return {name: together[name]} if name in together else {}
    pairs = ((each.scheme, each.value) if isinstance(each, TaxId) else each for each in together)
    return {scheme.value: value for scheme, value in pairs}


def _stands_with_others(setting: Setting) -> bool:
    return _last(setting.place) in _TOGETHER


def _last(place: str) -> str:
    return place.rpartition(".")[2]
