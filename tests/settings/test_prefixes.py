"""A second profile is proposed a prefix of its own, and is told of one that another has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kara_tui.settings import read_profile
from kara_tui.settings.interview import QUESTIONS, answers_of, verdict
from kara_tui.settings.prefixes import free_prefix, prefix_problems
from kara_tui.settings.profile_file import document_from
from tests.settings.samples import PROFILE

PREFIX = next(question for question in QUESTIONS if question.key == "invoice.prefix")


def another(home: Path, name: str, prefix: str) -> None:
    path = home / "profiles" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PROFILE.replace('"KC-"', f'"{prefix}"'), "utf-8")


def test_the_first_profile_is_proposed_the_usual_prefix(home: Path) -> None:
    assert PREFIX.default({}) == "KC-"
    assert not home.exists()


@pytest.mark.parametrize(
    ("taken", "proposed"), [(["KC-"], "KC2-"), (["kc-", "KC2-"], "KC3-"), (["AB-"], "KC-")]
)
def test_a_further_profile_is_proposed_one_that_no_other_has(
    home: Path, taken: list[str], proposed: str
) -> None:
    for at, prefix in enumerate(taken):
        another(home, f"profile-{at}", prefix)
    assert PREFIX.default({}) == proposed


def test_a_profile_that_cannot_be_read_hinders_nothing(profile_file: Path) -> None:
    profile_file.with_name("broken.toml").write_text("= [", "utf-8")
    assert free_prefix() == "KC2-"


def test_another_suppliers_prefix_is_said_and_no_blocker(profile_file: Path) -> None:
    mine = read_profile(profile_file, "second")
    (same,) = prefix_problems(mine)
    theirs = replace(mine, supplier=replace(mine.supplier, name="Anna Lind", tax_ids=()))
    (other,) = prefix_problems(theirs)
    assert (same.is_blocker, other.is_blocker) == (True, False)


def test_a_profile_that_keeps_its_prefix_is_not_told_of_it(home: Path, profile_file: Path) -> None:
    another(home, "second", "KC-")
    before = read_profile(profile_file, "default")
    answers = answers_of(before)
    kept, problems = verdict("default", answers, document_from(before))
    assert kept is not None
    assert "invoice.prefix" not in [problem.field for problem in problems]
    _, problems = verdict("third", answers)
    assert [p.field for p in problems if p.is_blocker].count("invoice.prefix") == 2
