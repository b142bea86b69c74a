"""The table of settings: what is entered in it is read, checked, written, asked for and told."""

from __future__ import annotations

import importlib.util
import tomllib
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from kara_tui.model import BankAccount
from kara_tui.settings import Profile, ProfileError, Refused, load
from kara_tui.settings.blank import to_fill_in
from kara_tui.settings.fields import long_text
from kara_tui.settings.interview import asked, document_of
from kara_tui.settings.kinds import text
from kara_tui.settings.profile_file import document_from, profile_from, rendered
from kara_tui.settings.question import Setting
from kara_tui.settings.table import SECTIONS, SETTINGS, questions_of
from tests.settings.samples import PROFILE, with_line
from tests.settings.test_interview import FIRST

DOCS = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True, slots=True)
class ProfileWithNote(Profile):
    """A profile with one more field, as the next setting will bring one."""

    note: str = ""


NOTE = Setting(
    "invoice.note", "A note on the invoice", "It stands below the sum.", "Takk fyrir!",
    text(long_text), optional=True, usual="", field="note", meaning="a sentence below the sum",
)  # fmt: skip
WITH_NOTE = (*SETTINGS, NOTE)


def generate() -> Any:
    """The script that makes the pages."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(content: str) -> ProfileWithNote:
    profile = profile_from(tomllib.loads(content), "default", WITH_NOTE, ProfileWithNote)
    assert isinstance(profile, ProfileWithNote)
    return profile


def test_a_new_entry_is_read_and_written() -> None:
    profile = read(with_line("last_used = 10", 'last_used = 10\nnote = "  Takk!"'))
    assert profile.note == "Takk!"
    written = rendered(document_from(profile, WITH_NOTE))
    assert 'theme = "classic"\nnote = "Takk!"\n\n# Whose public holidays' in written
    assert read(written) == profile
    assert "note" not in rendered(document_from(read(PROFILE), WITH_NOTE))


@pytest.mark.parametrize(
    ("line", "field", "mend"),
    [
        ("note = 7", "invoice.note", 'Put it in quotation marks, like "this".'),
        (f'note = "{"a" * 401}"', "invoice.note", "Write it in 400 characters or fewer."),
        ('notes = "Takk!"', "invoice.notes", "Did you mean note?"),
    ],
)
def test_a_new_entry_is_checked(line: str, field: str, mend: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read(with_line("last_used = 10", f"last_used = 10\n{line}"))
    assert [(each.field, each.mend) for each in caught.value.problems] == [(field, mend)]


def test_a_new_entry_is_asked_for_with_its_section() -> None:
    questions = questions_of(WITH_NOTE)
    keys = [question.key for question in asked(FIRST, questions)]
    assert keys[keys.index("invoice.note") - 1] == "invoice.last_used"
    assert NOTE.accepted("", FIRST) == ""
    with pytest.raises(Refused, match="400 characters"):
        NOTE.accepted("a" * 401, FIRST)
    document = document_of({**FIRST, "invoice.note": "Takk!"}, questions)
    assert profile_from(document, "x", WITH_NOTE, ProfileWithNote) != read(PROFILE)
    assert document["invoice"]["note"] == "Takk!"


def test_a_new_entry_is_told_in_the_to_fill_in_and_on_the_reference_page() -> None:
    line = '# note = "Takk fyrir!"          # a sentence below the sum\n'
    assert line in to_fill_in(WITH_NOTE)
    rows = generate().settings_rows("invoice", WITH_NOTE)
    assert ("`note`", "", "a sentence below the sum") in rows


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_on_the_reference_page(setting: Setting) -> None:
    page = DOCS.joinpath("reference", "profile.md").read_text("utf-8")
    assert not setting.is_in_the_file or f"| `{setting.name}` |" in page


def test_without_its_entry_the_setting_is_not_known() -> None:
    with pytest.raises(ProfileError, match="There is no such setting here"):
        profile_from(
            tomllib.loads(with_line("last_used = 10", 'last_used = 10\nnote = "x"')), "default"
        )


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_entry_has_its_place_in_the_file_and_in_the_profile(setting: Setting) -> None:
    if not setting.is_in_the_file:
        assert setting.is_a_question
        return
    assert setting.section in SECTIONS
    profile = load("demo")
    attrgetter(setting.place)(profile.banks[0] if setting.section == "bank" else profile)
    assert setting.meaning
    assert not setting.meaning.endswith(".")


def test_no_entry_stands_twice_and_none_of_the_profile_s_fields_is_without_one() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(keys) == len(set(keys))
    places = {setting.place.partition(".")[0] for setting in SETTINGS}
    assert {field.name for field in fields(Profile)} - {"name", "banks"} <= places
    assert {field.name for field in fields(BankAccount)} <= places


def test_what_is_usual_in_the_file_is_usual_in_the_profile() -> None:
    """A value that the file leaves out is the one that a profile made in Python has."""
    least = read(PROFILE.partition("[sponsors]")[0])
    for field in fields(Profile):
        if field.default is not MISSING:
            assert getattr(least, field.name) == field.default
        elif field.default_factory is not MISSING:
            assert getattr(least, field.name) == field.default_factory()
