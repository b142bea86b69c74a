"""``kara-tui profile new`` on a terminal: a profile by questions, and nothing more."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

import pytest

from kara_tui import plain
from kara_tui.model import BankScheme, Routing, TaxScheme, VatPreset
from kara_tui.settings import SupplierKind, load
from kara_tui.settings.interview import QUESTIONS, answered, asked, offered
from tests.plain.conversation import Home

IBAN = "IS72 9999 2600 0001 0101 3029 89"
ANSWERS = {
    "supplier.kind": "",
    "supplier.name": "Þóra Ægisdóttir",
    "supplier.address": "Laugavegur 1; 101 Reykjavík",
    "supplier.country": "is",
    "supplier.email": "thora@example.is",
    "supplier.tax_ids.kennitala": "0101302989",
    "supplier.tax_ids.vsk": "",
    "customer.name": "Kara Connect (sample)",
    "customer.address": "Sample street 1; 105 Reykjavík",
    "customer.country": "IS",
    "customer.tax_ids.kennitala": "",
    "customer.tax_ids.vsk": "",
    "invoice.language": "en",
    "vat.preset": "exempt-health",
    "vat.text": "",
    "invoice.currency": "EUR",
    "aside.bank_form": "",
    "bank.holder": "",
    "bank.bank_name": "",
    "bank.iban": IBAN,
    "bank.bic": "",
    "invoice.prefix": "",
    "invoice.last_used": "10",
    "calendar.country": "",
    "mail.to": "",
    "mail.cc": "",
    "mail.attach_annex": "",
    "sponsors.default": "",
}
TITLES = {question.key: question.title for question in QUESTIONS}


class Screen(io.BytesIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def number_of(key: str) -> str:
    """The number of an answer in the list of all."""
    return str(1 + [question.key for question in asked(answers_to())].index(key))


def answers_to(changes: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """The answers that the lines come to, the last line of each counts; Enter takes the offer."""
    answers: dict[str, str] = {}
    place = 0
    while place < len(now := asked(answers)):
        line = {**ANSWERS, **changes}.get(now[place].key, "").rpartition("\n")[2]
        answer = now[place].accepted(line or offered(now[place], answers), answers)
        answers = answered(answers, now[place].key, answer)
        place += 1
    return answers


def answering(
    changes: Mapping[str, str] = MappingProxyType({}), then: Iterable[str] = ("",)
) -> list[str]:
    """What is typed to answer every question in order; a change may answer in several lines."""
    lines = {**ANSWERS, **changes}
    return [*(lines.get(question.key, "") for question in asked(answers_to(changes))), *then]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("KARA_TUI_HOME", str(folder))
    return folder


def new(lines: Iterable[str], name: str = "default") -> tuple[int, str, str]:
    """Exit code, what was said, with its lines unfolded, and standard error."""
    source = Screen("".join(f"{line}\n" for line in lines).encode())
    return conversation(source, name)


def conversation(source: io.BytesIO, name: str = "default") -> tuple[int, str, str]:
    screen, errors = Screen(), io.StringIO()
    with (
        patch("sys.stdin", io.TextIOWrapper(source, "utf-8")),
        patch("sys.stdout", io.TextIOWrapper(screen, "utf-8", write_through=True)),
        patch("sys.stderr", errors),
        patch("kara_tui.plain.first_start.end_when_told"),
        patch("kara_tui.plain.prompt.Talk.watch"),
    ):
        code = plain.new_profile(argparse.Namespace(profile=name))
        said = screen.getvalue().decode()
    return code, " ".join(said.split()), errors.getvalue()


def test_a_profile_is_made_by_answering_questions(home: Path) -> None:
    code, said, err = new(answering())
    assert (code, err) == (0, "")
    for key in ANSWERS:
        assert TITLES[key] in said, key
    path = home / "profiles" / "default.toml"
    assert f"The profile is written to: {path}" in said
    assert str(home / "invoices") in said
    profile = load()
    assert profile.kind is SupplierKind.PERSON
    assert profile.supplier.address == ("Laugavegur 1", "101 Reykjavík")
    assert profile.supplier.tax_id(TaxScheme.KENNITALA) == "010130-2989"
    assert profile.vat.text == "Exempt, VAT Act 50/1988 Art. 2(3)1"
    assert profile.banks[0].holder == "Þóra Ægisdóttir"
    assert profile.numbering.number(11) == "KC-0011"
    assert (profile.currency, profile.language) == ("EUR", "en")
    assert profile.mail.to == "accounts@karaconnect.com"
    assert profile.routing_default is Routing.KARA
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_wrong_answer_is_explained_at_once_and_asked_again(home: Path) -> None:
    changes = {
        "supplier.email": "thora\n?\nthora@example.is",
        "bank.iban": f"{IBAN[:-1]}8\n{IBAN}",
        "vat.preset": "9\nfree\n4",
        "customer.name": "-\nKara Connect (sample)",
    }
    code, said, _ = new(answering(changes))
    assert code == 0
    assert "This is not an e-mail address: it has no @." in said
    assert "Kara Connect asks for it on the invoice; the mail is sent from it." in said
    assert "Its check digits do not fit the rest: a digit is mistyped." in said
    assert said.count("This is not one of the choices.") == 2
    assert "This is needed." in said
    assert load().vat.preset is VatPreset.EXEMPT_HEALTH


@pytest.mark.parametrize("lines", [0, 1, 7, 27, 28])
@pytest.mark.parametrize("last", [[], ["q"]])
def test_leaving_at_any_question_writes_nothing(home: Path, lines: int, last: list[str]) -> None:
    code, _, err = new([*answering()[:lines], *last])
    assert (code, err) == (3, "\nNothing was written.\n")
    assert not home.exists()


def test_an_interrupt_writes_nothing(home: Path) -> None:
    class Interrupted(Screen):
        def read1(self, size: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    code, _, err = conversation(Interrupted())
    assert (code, err) == (130, "\nNothing was written.\n")
    assert not home.exists()


def test_one_can_go_back_and_answer_anew(home: Path) -> None:
    code, said, _ = new(answering({"supplier.email": "b\nIS\nthora@example.is"}))
    assert code == 0
    assert said.count(f"{TITLES['supplier.country']}") == 3  # twice asked, and shown at the end


def test_the_command_asks_only_where_there_is_somebody_to_ask(tmp_path: Path) -> None:
    user = Home(tmp_path / "user", with_profile=False)
    with user.terminal(command=("profile", "new")) as terminal:
        terminal.wait_for(TITLES["supplier.kind"])
        terminal.type("q")
        assert terminal.ended() == 3
    with user.terminal("--from", "none.toml", command=("profile", "new")) as terminal:
        terminal.wait_for("There is no file none.toml")
        assert terminal.ended() == 4


def test_before_the_first_question_there_is_nothing(home: Path) -> None:
    code, said, _ = new(answering({"supplier.kind": "b\n"}))
    assert code == 0
    assert "There is nothing before this." in said


def test_in_the_review_an_answer_is_changed_by_its_number(home: Path) -> None:
    code, said, _ = new(answering(then=("2", "Þóra Sól Ægisdóttir", "")))
    assert code == 0
    assert f"2. {TITLES['supplier.name']}: Þóra Sól Ægisdóttir" in said
    profile = load()
    assert profile.supplier.name == "Þóra Sól Ægisdóttir"
    assert profile.banks[0].holder == "Þóra Sól Ægisdóttir"


def test_changing_the_vat_preset_changes_its_words_and_asks_what_it_needs(home: Path) -> None:
    preset, vsk = number_of("vat.preset"), number_of("supplier.tax_ids.vsk")
    then = (preset, "taxed", "24", "gross", vsk, "12345", "")
    code, said, _ = new(answering(then=then))
    assert code == 0
    assert "The number of the answer to change" in said
    vat = load().vat
    assert (vat.preset, vat.text, vat.rate) == (VatPreset.TAXED, "VAT", Decimal(24))
    assert vat.prices_include_vat


def test_neither_enter_nor_a_dash_chooses_a_vat_preset(home: Path) -> None:
    code, said, _ = new(answering({"vat.preset": "\n-\n4"}))
    assert code == 0
    assert said.count("Please type an answer; ? helps") == 1
    assert said.count("This is needed. Write 1 to 5.") == 1
    assert load().vat.preset is VatPreset.EXEMPT_HEALTH


def test_a_blocker_keeps_the_profile_from_being_written(home: Path) -> None:
    code, said, _ = new(
        answering({"vat.preset": "taxed", "vat.rate": "24", "vat.prices": "net"}, then=("", ""))
    )
    assert code == 3
    assert "To be mended: supplier.tax_ids: Who charges VAT names their VAT number" in said
    assert not home.exists()


def test_each_country_is_asked_for_its_own_account_numbers(home: Path) -> None:
    changes = {
        "supplier.country": "GB",
        "supplier.tax_ids.vat": "GB980780684",
        "invoice.currency": "",
        "bank.sort_code": "601613",
        "bank.uk_account": "31926819",
        "calendar.subdivision": "sct",
    }
    code, said, err = new(answering(changes))
    assert (code, err) == (0, "")
    assert "The sort code:" in said
    assert "The IBAN" not in said
    profile = load()
    assert profile.currency == "GBP"
    assert profile.banks[0].number(BankScheme.SORT_CODE) == "60-16-13"
    assert profile.calendar.subdivision == "SCT"
    assert profile.vat.text == "Exempt, VATA 1994 Sch. 9 Group 7"


@pytest.mark.parametrize("name", ["demo", "../x"])
def test_a_name_that_nobody_can_have_is_refused_before_any_question(home: Path, name: str) -> None:
    code, said, err = new(answering(), name)
    assert (code, said) == (2, "")
    assert "bundled" in err or "cannot name a profile" in err


def test_an_existing_profile_is_not_written_over(home: Path) -> None:
    assert new(answering())[0] == 0
    path = home / "profiles" / "default.toml"
    before = path.read_bytes()
    code, said, err = new(answering())
    assert (code, said) == (2, "")
    assert str(path) in err
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("KARA_TUI_HOME", str(in_the_way / "home"))
    code, _, err = new(answering())
    assert code == 4
    assert err.startswith("The profile could not be written: ")
