"""The first start: no profile yet."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kara_tui.settings import check, load
from kara_tui.settings.interview import Question, answered, asked
from tests.plain.conversation import DEMO_PROFILE, Home

ANSWERS = {
    "supplier.kind": "person",
    "supplier.name": "Þóra Ægisdóttir",
    "supplier.address": "Sýnisgata 1; 101 Reykjavík",
    "supplier.country": "IS",
    "supplier.email": "thora@example.is",
    "customer.name": "Company ehf.",
    "customer.address": "Street 1; 105 Reykjavík",
    "customer.country": "IS",
    "invoice.language": "is",
    "vat.preset": "not-registered",
    "invoice.currency": "EUR",
    "aside.bank_form": "iban",
    "bank.iban": "IS72 9999 2600 0001 0101 3029 89",
    "invoice.prefix": "A-",
    "invoice.last_used": "41",
}
PAID = DEMO_PROFILE.parent / "payments-paid.csv"


@pytest.fixture
def new_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", with_profile=False)


def lines(answers: dict[str, str]) -> list[tuple[Question, str]]:
    """What is typed at each question in turn: the answer, or Enter for what is proposed."""
    so_far: dict[str, str] = {}
    typed: list[tuple[Question, str]] = []
    while len(now := asked(so_far)) > len(typed):
        question = now[len(typed)]
        answer = answers.get(question.key, "")
        typed.append((question, answer))
        so_far = answered(so_far, question.key, answer or question.default(so_far))
    return typed


def test_a_profile_is_made_by_questions_and_the_month_goes_on(new_home: Home) -> None:
    questions = [typed for _, typed in lines(ANSWERS)]
    month = [str(PAID), "n", "", "", "", "", "issue", "n"]
    talked = new_home.talk_here("1", *questions, "", *month, given=["--today", "2026-11-02"])

    assert talked.code == 0
    profile = tomllib.loads(new_home.profile.read_text("utf-8"))
    assert profile["supplier"]["name"] == "Þóra Ægisdóttir"
    assert profile["invoice"]["last_used"] == 41
    assert "Invoice A-0042: 2,730.00 EUR." in talked.text


def test_a_wrong_account_number_is_refused_as_it_is_typed(new_home: Home) -> None:
    typed: list[str] = []
    for question, answer in lines(ANSWERS):
        if question.key == "bank.iban":
            typed += ["IS72 9999 2600 0001 0101 3029 88", "?"]
        typed.append(answer)
    talked = new_home.talk_here("1", *typed, "q")

    iban = next(question for question, _ in lines(ANSWERS) if question.key == "bank.iban")
    text = " ".join(talked.text.split())
    assert "bank's papers" in text
    assert f"{iban.why} For example:" in text
    assert "This is the profile:" in text


def test_back_and_a_changed_answer_hold(new_home: Home) -> None:
    first, *rest = [typed for _, typed in lines(ANSWERS)]
    wrong = [first, "Wrong Name", "b", *rest]
    talked = new_home.talk_here("1", *wrong, "3", "Other street 2", "", "q")

    text = new_home.profile.read_text("utf-8")
    assert talked.code == 0
    assert "Wrong Name" not in text
    assert "Other street 2" in text


def number_of(key: str) -> str:
    """The number of an answer in the list of all."""
    return str(1 + [question.key for question, _ in lines(ANSWERS)].index(key))


def test_a_changed_vat_preset_takes_its_own_words_along(new_home: Home) -> None:
    questions = [typed for _, typed in lines({**ANSWERS, "vat.preset": "exempt-health"})]
    talked = new_home.talk_here("1", *questions, number_of("vat.preset"), "1", "", "q")

    assert talked.code == 0
    vat = tomllib.loads(new_home.profile.read_text("utf-8"))["vat"]
    assert vat == {
        "preset": "not-registered",
        "text": "Enginn virðisaukaskattur: seljandi er ekki skráður á virðisaukaskattsskrá.",
    }


def test_the_language_given_after_going_back_changes_the_words_too(new_home: Home) -> None:
    answers = {**ANSWERS, "vat.preset": "exempt-health"}
    questions = [typed for _, typed in lines(answers)]
    talked = new_home.talk_here("1", *questions, number_of("invoice.language"), "en", "", "q")

    assert talked.code == 0
    vat = tomllib.loads(new_home.profile.read_text("utf-8"))["vat"]
    assert vat["text"] == "Exempt, VAT Act 50/1988 Art. 2(3)1"


def test_enter_alone_chooses_no_vat_preset(new_home: Home) -> None:
    typed: list[str] = []
    for question, answer in lines(ANSWERS):
        typed += ["", "", answer] if question.key == "vat.preset" else [answer]
    talked = new_home.talk_here("1", *typed, "", "q")

    assert talked.code == 0
    assert talked.text.count("Please type an answer; ? helps") == 2
    assert 'preset = "not-registered"' in new_home.profile.read_text("utf-8")


@pytest.mark.parametrize("answered", [0, 1, 2, 9])
def test_leaving_before_the_end_writes_nothing(new_home: Home, answered: int) -> None:
    questions = ["1", *(typed for _, typed in lines(ANSWERS))]
    talked = new_home.talk_here(*questions[:answered])

    assert talked.code == 130
    assert not new_home.data.exists()


def test_without_a_profile_the_sample_month_can_be_walked(new_home: Home) -> None:
    talked = new_home.talk_here("2", *[""] * 6, "issue", "n")

    assert talked.code == 0
    assert "Invoice KC-0011: 2,730.00 EUR." in talked.text
    assert not new_home.profile.exists()


def test_a_profile_that_cannot_be_used_is_explained(new_home: Home) -> None:
    new_home.profile.parent.mkdir(parents=True)
    new_home.profile.write_text("[supplier]\nkind = 'company'\n", "utf-8")
    talked = new_home.talk_here("")

    assert talked.code == 3
    assert "supplier.kind" in talked.text


def test_the_sample_answers_make_a_profile_without_problems(
    new_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_home.talk_here("1", *(typed for _, typed in lines(ANSWERS)), "", "q")
    monkeypatch.setenv("KARA_TUI_HOME", str(new_home.data))

    assert not [problem for problem in check(load("default")) if problem.is_blocker]
