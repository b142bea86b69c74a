"""The deep check: published examples pass, one wrong digit is found, contradictions are named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kara_tui.model import (
    BankAccount,
    BankScheme,
    HowToRead,
    Party,
    Severity,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
)
from kara_tui.settings import HolidayCalendar, Profile, check, load
from kara_tui.settings.vat import preset_text

S = BankScheme
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


@pytest.fixture
def profile(home: object) -> Profile:
    return load("demo")


def found(profile: Profile) -> dict[str, Severity]:
    return {problem.field: problem.severity for problem in check(profile)}


def with_bank(profile: Profile, *numbers: tuple[BankScheme, str]) -> Profile:
    return replace(profile, banks=(BankAccount("Holder", numbers),))


def with_supplier(profile: Profile, country: str, **ids: str) -> Profile:
    tax_ids = tuple(TaxId(TaxScheme(scheme), value) for scheme, value in ids.items())
    # The sample's words about VAT name its country's law.
    vat = replace(profile.vat, text="Words of my own.")
    party = Party("A", ("B",), country, "a@example.is", tax_ids)
    return replace(profile, supplier=party, vat=vat)


def test_the_demo_profile_passes_the_deep_check(profile: Profile) -> None:
    assert check(profile) == ()


@pytest.mark.parametrize(
    "numbers",
    [
        [(S.IBAN, "IE29 AIBK 9311 5212 3456 78"), (S.BIC, "AIBKIE2D")],
        [(S.IBAN, "GB29 NWBK 6016 1331 9268 19"), (S.BIC, "NWBKGB2L")],
        [
            (S.SORT_CODE, "60-16-13"),
            (S.UK_ACCOUNT, "31926819"),
            (S.IBAN, "GB29 NWBK 6016 1331 9268 19"),
        ],
        [(S.SORT_CODE, "12-34-56"), (S.UK_ACCOUNT, "12345678")],
        [(S.BANKGIRO, "5050-1055")],
        [(S.ABA, "111000025"), (S.US_ACCOUNT, "000123456789")],
        [(S.ICELANDIC_ACCOUNT, "0159-26-007654"), (S.KENNITALA, "450401-3150")],
    ],
)
def test_published_account_numbers_pass(
    profile: Profile, numbers: list[tuple[BankScheme, str]]
) -> None:
    assert found(with_bank(profile, *numbers)) == {}


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        (S.IBAN, "IE29 AIBK 9311 5212 3456 79"),
        (S.IBAN, "IE92 AIBK 9311 5212 3456 78"),
        (S.IBAN, "XX29 AIBK 9311 5212 3456 78"),
        (S.IBAN, "GB29 NWBK 6016 1331 9268 9"),
        (S.BIC, "AIBKXX2D"),
        (S.BANKGIRO, "5050-1056"),
        (S.ABA, "111000026"),
    ],
)
def test_an_account_number_that_cannot_exist_is_a_blocker(
    profile: Profile, scheme: BankScheme, value: str
) -> None:
    problems = check(with_bank(profile, (scheme, value)))
    assert [(p.field, p.value, p.severity) for p in problems] == [
        (f"bank.{scheme}", value, BLOCKER)
    ]
    assert problems[0].mend == "Compare it with your bank's papers."


def test_an_icelandic_account_must_be_the_one_in_its_iban(profile: Profile) -> None:
    iban = (S.IBAN, "IS14 0159 2600 7654 5510 7303 39")
    supplier = with_supplier(profile, "IS", kennitala="551073-0339")
    good = (S.ICELANDIC_ACCOUNT, "0159-26-007654"), (S.KENNITALA, "551073-0339")
    assert found(with_bank(supplier, iban, *good)) == {}
    other = (S.ICELANDIC_ACCOUNT, "0159-26-007655"), (S.KENNITALA, "450401-3150")
    assert found(with_bank(supplier, iban, *other)) == {
        "bank.icelandic_account": BLOCKER,
        "bank.kennitala": BLOCKER,
    }


def test_a_uk_account_must_be_the_one_in_its_iban(profile: Profile) -> None:
    iban = (S.IBAN, "GB29 NWBK 6016 1331 9268 19")
    other = (S.SORT_CODE, "60-16-14"), (S.UK_ACCOUNT, "31926810")
    assert found(with_bank(profile, iban, *other)) == {
        "bank.sort_code": BLOCKER,
        "bank.uk_account": BLOCKER,
    }


def test_someone_elses_icelandic_account_is_worth_a_look_but_may_be_meant(profile: Profile) -> None:
    numbers = (S.IBAN, "IS14 0159 2600 7654 5510 7303 39")
    assert found(with_bank(profile, numbers)) == {"bank.iban": WARNING}


def test_a_bic_of_another_country_is_worth_a_look(profile: Profile) -> None:
    numbers = (S.IBAN, "IE29 AIBK 9311 5212 3456 78"), (S.BIC, "DEUTDEFF500")
    assert found(with_bank(profile, *numbers)) == {"bank.bic": WARNING}


def test_a_kennitala_without_a_check_digit_is_a_warning_because_new_ones_have_none(
    profile: Profile,
) -> None:
    problems = found(with_supplier(profile, "IS", kennitala="530575-0299"))
    assert problems["supplier.tax_ids.kennitala"] is WARNING


@pytest.mark.parametrize(
    ("country", "number"),
    [("IE", "IE6433435F"), ("GB", "GB980780684"), ("NO", "NO995525828MVA"), ("GR", "EL094259216")],
)
def test_published_vat_numbers_pass(profile: Profile, country: str, number: str) -> None:
    taxed = replace(profile, vat=replace(profile.vat, preset=VatPreset.REVERSE_CHARGE, text="x"))
    supplier = with_supplier(taxed, country, vat=number)
    customer = replace(profile.customer, tax_ids=(TaxId(TaxScheme.VSK, "12345"),))
    assert found(replace(supplier, customer=customer)) == {}


@pytest.mark.parametrize("number", ["IE6433435E", "IE643343", "6433435F"])
def test_a_doubtful_vat_number_is_a_warning(profile: Profile, number: str) -> None:
    assert found(with_supplier(profile, "IE", vat=number)) == {"supplier.tax_ids.vat": WARNING}


def test_a_vat_number_without_its_country_is_shown_with_it(profile: Profile) -> None:
    problem = check(with_supplier(profile, "IE", vat="6433435F"))[0]
    assert problem.mend == "Write it like IE6433435F."


def preset(profile: Profile, preset: VatPreset) -> Profile:
    rate = Decimal(24 if preset is VatPreset.TAXED else 0)
    return replace(profile, vat=VatTreatment(preset, "text", rate))


@pytest.mark.parametrize(
    ("word", "ids", "field", "severity"),
    [
        ("not-registered", {"vat": "IE6433435F"}, "supplier.tax_ids.vat", BLOCKER),
        ("not-registered", {"company": "123"}, None, None),
        ("outside-scope", {"vat": "IE6433435F"}, "supplier.tax_ids.vat", WARNING),
        ("reverse-charge", {"vat": "IE6433435F"}, "customer.tax_ids", BLOCKER),
        ("exempt-health", {}, "supplier.tax_ids", WARNING),
        ("exempt-health", {"tax": "123"}, None, None),
        ("taxed", {}, "supplier.tax_ids", BLOCKER),
        ("taxed", {"vat": "IE6433435F"}, None, None),
    ],
)
def test_each_vat_preset_asks_for_the_numbers_it_needs(
    profile: Profile,
    word: str,
    ids: dict[str, str],
    field: str | None,
    severity: Severity | None,
) -> None:
    treated = preset(with_supplier(profile, "IE", **ids), VatPreset(word))
    expected = {} if field is None else {field: severity}
    assert found(treated) == expected


def with_words(profile: Profile, preset: str, text: str, language: str = "en") -> Profile:
    return replace(profile, language=language, vat=VatTreatment(VatPreset(preset), text))


@pytest.mark.parametrize(
    ("preset", "text", "severity"),
    [
        # The words of the preset itself, as they are offered or nearly.
        ("exempt-health", "Exempt, VAT Act 50/1988 Art. 2(3)1", None),
        ("exempt-health", "exempt,  VAT act 50/1988, Art 2(3)1.", None),
        # Another preset's, in any language and any country's edition.
        ("not-registered", "Exempt, VAT Act 50/1988 Art. 2(3)1", BLOCKER),
        ("not-registered", "EXEMPT, VAT Act 50/1988 Art. 2(3)1.", BLOCKER),
        ("not-registered", "Exempt, VATA 1994 Sch. 9 Group 7", BLOCKER),
        ("not-registered", "Momsfritaget, artikel 132, stk. 1, litra c), i direktiv 2006/112/EF",
         BLOCKER),
        ("exempt-health", "No VAT charged: supplier not registered for VAT.", BLOCKER),
        ("exempt-health", "Omvänd betalningsskyldighet", BLOCKER),
        ("outside-scope", "Reverse charge", BLOCKER),
        ("outside-scope", "VAT", BLOCKER),
        # The right ground for somebody elsewhere, or in another language.
        ("exempt-health", "Exempt, Art. 132(1)(c) Directive 2006/112/EC", WARNING),
        ("not-registered", "Ingen moms: säljaren är inte registrerad för moms.", WARNING),
        # Words of one's own.
        ("exempt-health", "Health care, exempt by the tax office's letter of 3 May.", None),
        ("exempt-health", "Exempt (VAT Act 50/1988); supplier not registered for VAT.", None),
        ("not-registered", "Exempt from VAT under Act 50/1988, Art. 2.", WARNING),
        ("outside-scope", "No VAT, reverse charge by the customer.", WARNING),
    ],
)  # fmt: skip
def test_the_words_about_vat_are_held_against_the_preset(
    profile: Profile, preset: str, text: str, severity: Severity | None
) -> None:
    expected = {} if severity is None else {"vat.text": severity}
    assert found(with_words(profile, preset, text)) == expected


def test_words_of_another_preset_are_told_with_both_ways_out(profile: Profile) -> None:
    (problem,) = check(with_words(profile, "not-registered", "Exempt, VATA 1994 Sch. 9 Group 7"))
    assert '"exempt-health"' in problem.reason
    assert '"not-registered"' in problem.reason
    assert 'text = "No VAT charged: supplier not registered for VAT."' in problem.mend
    assert 'preset = "exempt-health"' in problem.mend


@pytest.mark.parametrize("language", ["da", "de", "en", "is", "nb", "sv"])
@pytest.mark.parametrize("preset", ["not-registered", "outside-scope", "exempt-health"])
def test_every_preset_has_words_in_every_language_that_fit_it(
    profile: Profile, preset: str, language: str
) -> None:
    words = {preset_text(VatPreset(preset), country, language) for country in ("IS", "IE", "GB")}
    assert all(words)
    assert len(words) == (3 if preset == "exempt-health" else 1)
    here = preset_text(VatPreset(preset), "IS", language)
    assert found(with_words(profile, preset, here, language)) == {}


def test_a_currency_that_no_account_takes_is_a_blocker(profile: Profile) -> None:
    banks = (replace(profile.banks[0], currency="ISK"),)
    assert found(replace(profile, banks=banks)) == {"invoice.currency": BLOCKER}


def test_two_accounts_for_one_currency_are_worth_a_look(profile: Profile) -> None:
    assert found(replace(profile, banks=profile.banks * 2)) == {"bank.currency": WARNING}


@pytest.mark.parametrize(
    ("calendar", "field"),
    [
        (HolidayCalendar("GB", "SCT"), None),
        (HolidayCalendar("DE", "BY"), None),
        (HolidayCalendar("DE", "XX"), "calendar.subdivision"),
        (HolidayCalendar("IS", "X"), "calendar.subdivision"),
    ],
)
def test_a_calendar_must_be_one_that_is_known(
    profile: Profile, calendar: HolidayCalendar, field: str | None
) -> None:
    assert found(replace(profile, calendar=calendar)) == ({field: BLOCKER} if field else {})


def test_a_time_zone_must_exist(profile: Profile) -> None:
    good = replace(profile, reading=HowToRead(time_zone="Atlantic/Reykjavik"))
    assert found(good) == {}
    for zone in ("Atlantis/Reykjavik", "Europe", "posix/../x"):
        bad = replace(profile, reading=HowToRead(time_zone=zone))
        assert found(bad) == {"reading.time_zone": BLOCKER}


def test_an_icelandic_supplier_without_a_kennitala_is_told(profile: Profile) -> None:
    problems = found(with_supplier(profile, "IS", vsk="12345"))
    assert problems == {"supplier.tax_ids.kennitala": WARNING}
