"""The questions as every face draws them: whatever is answered, there is a verdict in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.model import BankScheme
from kara_tui.settings import Refused, read_profile
from kara_tui.settings.interview import (
    QUESTIONS,
    Question,
    answered,
    answers_of,
    asked,
    offered,
    verdict,
)
from kara_tui.settings.profile_file import document_from


def first_answers() -> dict[str, str]:
    """Every question answered with what it offers, else with its own example."""
    answers: dict[str, str] = {}
    at = 0
    while at < len(questions := asked(answers)):
        question = questions[at]
        offered = question.default(answers) or question.example
        answers = answered(answers, question.key, question.accepted(offered, answers))
        at += 1
    return answers


FIRST = first_answers()
WORDS = next(question for question in QUESTIONS if question.key == "vat.text")


def test_the_examples_and_the_usual_answers_make_a_profile() -> None:
    profile, problems = verdict("default", first_answers())
    assert profile is not None
    # The examples are published numbers of different people and countries.
    assert {problem.field for problem in problems if problem.is_blocker} <= {"bank.iban"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_question_says_why_and_takes_its_own_example(question: Question) -> None:
    assert 0 < len(question.title) < 79
    assert question.why.endswith(".")
    assert question.accepted(question.example, {"supplier.country": "IS"})


def test_no_setting_is_asked_twice() -> None:
    keys = [question.key for question in QUESTIONS]
    assert len(keys) == len(set(keys))


def test_words_of_ones_own_stay_when_the_preset_changes() -> None:
    english = answered(first_answers(), "invoice.language", "en")
    answers = answered(english, "vat.preset", "not-registered")
    assert answers["vat.text"] == "No VAT charged: supplier not registered for VAT."
    own = answered(answers, "vat.text", "My own words.")
    assert answered(own, "vat.preset", "outside-scope")["vat.text"] == "My own words."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("is", "Undanþegið virðisaukaskatti, 1. tölul. 3. mgr. 2. gr. laga nr. 50/1988"),
        ("sv", "Undantaget från moms, artikel 2(3)1 i den isländska mervärdesskattelagen 50/1988"),
        ("en", "Exempt, VAT Act 50/1988 Art. 2(3)1"),
    ],
)
def test_the_words_about_vat_are_in_the_invoices_language(language: str, words: str) -> None:
    answers = answered(first_answers(), "invoice.language", language)
    assert answers["vat.text"] == words
    keys = [question.key for question in QUESTIONS]
    assert keys.index("invoice.language") < keys.index("vat.preset") < keys.index("vat.text")


def test_no_vat_preset_is_chosen_for_anyone() -> None:
    preset = next(question for question in QUESTIONS if question.key == "vat.preset")
    words = next(question for question in QUESTIONS if question.key == "vat.text")
    for country in ("IS", "IE", "GB", "SE", ""):
        answers = {"supplier.country": country, "invoice.language": "en"}
        assert offered(preset, answers) == offered(words, answers) == ""
        with pytest.raises(Refused, match="1 to 5"):
            preset.accepted("", answers)


@given(
    st.sampled_from(["IS", "IE", "GB", "SE"]), st.sampled_from(["en", "is", "sv"]),
    st.lists(st.tuples(st.sampled_from(["vat.preset", "supplier.country", "invoice.language"]),
                       st.integers(0, 3)), max_size=6),
)  # fmt: skip
def test_what_was_taken_follows_whatever_is_changed_afterwards(
    country: str, language: str, changes: list[tuple[str, int]]
) -> None:
    choices = {
        "vat.preset": ["not-registered", "outside-scope", "reverse-charge", "exempt-health"],
        "supplier.country": ["IS", "IE", "GB", "SE"],
        "invoice.language": ["en", "is", "sv", "de"],
    }
    answers = {**FIRST, "supplier.country": country, "invoice.language": language}
    answers = answered(answers, "vat.preset", "exempt-health")
    answers = answered(answers, "vat.text", WORDS.default(answers))
    for key, place in changes:
        answers = answered(answers, key, choices[key][place])
    assert answers["vat.text"] == WORDS.default(answers)


HOSTILE = st.sampled_from(
    ["", " ", "-", "?", "0", "1", "99", "9" * 5000, "IS", "GB", "taxed", "iban", "us", "uk", "nan",
     "1e9", "\x1b[2J", "\u202e", "x" * 5000, "a@b.is", ";;;", "a; b", "२४", "24,5 %"]
) | st.text(max_size=20)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_answers=st.lists(HOSTILE, min_size=len(QUESTIONS), max_size=len(QUESTIONS)))
def test_whatever_is_typed_is_taken_or_refused_in_words(given_answers: list[str]) -> None:
    answers: dict[str, str] = {}
    refused: list[str] = []
    at = 0
    while at < len(questions := asked(answers)):
        question, typed = questions[at], given_answers[at]
        try:
            answer = question.accepted(typed, answers)
        except Refused as refusal:
            refused += [refusal.reason, refusal.mend]
            answer = ""
        assert answer.isprintable()
        answers = answered(answers, question.key, answer)
        at += 1
    assert all(refused)
    profile, problems = verdict("default", answers)
    assert profile is not None or problems
    assert all(str(problem).isprintable() for problem in problems)


def test_what_no_question_is_about_stays_when_a_profile_is_changed() -> None:
    everything = Path(__file__).parent / "golden" / "everything.toml"
    before = read_profile(everything, "everything")
    answers = answered(answers_of(before), "supplier.name", "Sól")
    changed, _ = verdict("everything", answers, document_from(before))
    assert changed == replace(before, supplier=replace(before.supplier, name="Sól"))


@pytest.mark.parametrize(("typed", "stays"), [("0133-26-007690", True), ("0133-26-007691", False)])
def test_an_iban_beside_an_icelandic_account_stays_while_the_account_does(
    typed: str, stays: bool
) -> None:
    before = read_profile(Path(__file__).parent / "golden" / "everything.toml", "everything")
    iban = (BankScheme.IBAN, "IS72 0133 2600 7690 0101 3029 89")
    account = replace(before.banks[1], numbers=(*before.banks[1].numbers, iban))
    before = replace(before, banks=(account,))
    changed, _ = verdict(
        "everything",
        answered(answers_of(before), "bank.icelandic_account", typed),
        document_from(before),
    )
    assert changed is not None
    assert changed.banks[0].number(BankScheme.ICELANDIC_ACCOUNT) == typed
    assert (iban in changed.banks[0].numbers) is stays
