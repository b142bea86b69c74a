"""Numbers are taken as people type them and kept in the one form in which they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.model import BankScheme, TaxScheme
from kara_tui.settings import ProfileError, load
from tests.settings.samples import with_line

IBAN_LINE = 'iban = "is14 0159 26 007654 551073 0339"'


def account(path: Path, *lines: tuple[str, str]) -> dict[str, str]:
    """The numbers of the only account, when these lines stand for its IBAN."""
    numbers = "\n".join(f'{key} = "{value}"' for key, value in lines)
    path.write_text(with_line(IBAN_LINE, numbers), encoding="utf-8")
    return {scheme.value: value for scheme, value in load().banks[0].numbers}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("IE29AIBK93115212345678", "IE29 AIBK 9311 5212 3456 78"),
        ("iban: ie29 aibk 9311 5212 3456 78", "IE29 AIBK 9311 5212 3456 78"),
        ("IBAN IE29-AIBK-9311-5212-3456-78", "IE29 AIBK 9311 5212 3456 78"),
        ("IE29\u00a0AIBK\u00a093115212345678", "IE29 AIBK 9311 5212 3456 78"),
    ],
)
def test_an_iban_is_kept_in_groups_of_four(profile_file: Path, typed: str, kept: str) -> None:
    assert account(profile_file, ("iban", typed)) == {"iban": kept}


@pytest.mark.parametrize(
    "typed", ["0133-26-007690", "133-26-7690", "0133 26 007690", "013326007690", " 0133-26-7690 "]
)
def test_an_icelandic_account_gets_the_zeros_that_people_leave_out(
    profile_file: Path, typed: str
) -> None:
    lines = ("icelandic_account", typed), ("kennitala", "0101302989")
    assert account(profile_file, *lines) == {
        "icelandic_account": "0133-26-007690",
        "kennitala": "010130-2989",
    }


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (
            [("sort_code", "601613"), ("uk_account", "3192 6819")],
            {"sort_code": "60-16-13", "uk_account": "31926819"},
        ),
        ([("bankgiro", "50501055")], {"bankgiro": "5050-1055"}),
        ([("bankgiro", "9912346")], {"bankgiro": "991-2346"}),
        (
            [("us_account", "000 123 456 789"), ("aba", "111 000 025")],
            {"us_account": "000123456789", "aba": "111000025"},
        ),
        (
            [("iban", "GB29NWBK60161331926819"), ("bic", "nwbk gb 2l")],
            {"iban": "GB29 NWBK 6016 1331 9268 19", "bic": "NWBKGB2L"},
        ),
    ],
)
def test_other_numbers_are_kept_as_they_are_usually_written(
    profile_file: Path, lines: list[tuple[str, str]], kept: dict[str, str]
) -> None:
    numbers = account(profile_file, *lines)
    assert numbers == kept
    assert list(numbers) == [scheme for scheme, _ in lines]


BESIDE = {
    "icelandic_account": ("kennitala", "0101302989"),
    "sort_code": ("uk_account", "31926819"),
    "uk_account": ("sort_code", "601613"),
    "aba": ("us_account", "1234"),
    "us_account": ("aba", "111000025"),
    "bic": ("bankgiro", "50501055"),
    "kennitala": ("bankgiro", "50501055"),
}


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("iban", "IE29"),
        ("iban", "2929 AIBK 9311 5212 3456 78"),
        ("iban", "IE29 AIBK 9311 5212 3456 7ö"),
        ("bic", "AIBKIE2"),
        ("bic", "AIBKIE2DXX"),
        ("icelandic_account", "0133-26"),
        ("icelandic_account", "10133-26-007690"),
        ("kennitala", "010130-298"),
        ("kennitala", "٠١٠١٣٠-٢٩٨٩"),
        ("sort_code", "60-16-1"),
        ("uk_account", "3192681"),
        ("bankgiro", "505-105"),
        ("aba", "11100002"),
        ("us_account", "123"),
        ("us_account", "12345678901234567890"),
    ],
)
def test_a_number_of_another_form_is_refused_with_an_example(
    profile_file: Path, scheme: str, typed: str
) -> None:
    beside = [BESIDE[scheme]] if scheme in BESIDE else []
    with pytest.raises(ProfileError) as caught:
        account(profile_file, (scheme, typed), *beside)
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == (f"bank.{scheme}", typed)
    assert problem.mend.startswith("Write it like ")


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("vat", "ie 6433435f", "IE6433435F"),
        ("vat", "CHE-107.787.577 IVA", "CHE107787577IVA"),
        ("vsk", "VSK 12345", "12345"),
        ("vsk", "IS123456", "123456"),
        ("company", " No. 12/34 ", "No. 12/34"),
        ("tax", "1234567TA", "1234567TA"),
        ("kennitala", "010130 2989", "010130-2989"),
    ],
)
def test_tax_numbers_are_kept_in_one_form(
    profile_file: Path, scheme: str, typed: str, kept: str
) -> None:
    text = with_line('kennitala = "0101302989"', f'{scheme} = "{typed}"')
    profile_file.write_text(text, encoding="utf-8")
    assert load().supplier.tax_id(TaxScheme(scheme)) == kept


@pytest.mark.parametrize(("scheme", "typed"), [("vat", "IE"), ("vsk", "1234"), ("tax", "x" * 41)])
def test_a_tax_number_of_another_form_is_refused(
    profile_file: Path, scheme: str, typed: str
) -> None:
    text = with_line('kennitala = "0101302989"', f'{scheme} = "{typed}"')
    profile_file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=f"supplier.tax_ids.{scheme}"):
        load()


def test_two_accounts_keep_their_currencies_apart(profile_file: Path) -> None:
    text = with_line(
        "[vat]",
        '[[bank]]\nholder = "X"\ncurrency = "gbp"\nsort_code = "601613"\nuk_account = "31926819"\n'
        "[vat]",
    )
    profile_file.write_text(text, encoding="utf-8")
    profile = load()
    pounds, euros = profile.bank_for("GBP"), profile.bank_for("EUR")
    assert pounds is not None
    assert euros is not None
    assert pounds.number(BankScheme.SORT_CODE) == "60-16-13"
    assert euros.number(BankScheme.IBAN).startswith("IS14")
