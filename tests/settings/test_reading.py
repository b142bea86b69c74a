"""A profile written by hand is understood, and everything wrong with it is said at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kara_tui.exports import Limits
from kara_tui.exports.columns.aliases import SECOND_WORD, known_columns
from kara_tui.exports.columns.headers import HEADER_CHARACTERS
from kara_tui.model import BankScheme, HowToRead, Routing, TaxScheme, VatPreset
from kara_tui.settings import (
    LANGUAGES,
    BadName,
    NoProfile,
    ProfileError,
    SupplierKind,
    UnreadableProfile,
    list_profiles,
    load,
)
from kara_tui.settings.fields import (
    CONFIRMED,
    EXPORT_FIELDS,
    LONGEST_HEADER,
)
from kara_tui.settings.table import EXPORT_LIMITS
from tests.settings.samples import PROFILE, with_line


def problems_of(path: Path, text: str) -> dict[str, tuple[str, str, str]]:
    """Field → (value, reason, mend) of every problem of a profile with this text."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load()
    assert caught.value.path == path
    return {p.field: (p.value, p.reason, p.mend) for p in caught.value.problems}


def test_a_short_profile_is_enough_and_gets_the_usual_values(profile_file: Path) -> None:
    profile = load()
    assert profile.name == "default"
    assert profile.kind is SupplierKind.PERSON
    assert profile.supplier.address == ("Laugavegur 1", "101 Reykjavík")
    assert profile.supplier.country == "IS"
    assert profile.supplier.tax_id(TaxScheme.KENNITALA) == "010130-2989"
    assert profile.banks[0].number(BankScheme.IBAN) == "IS14 0159 2600 7654 5510 7303 39"
    assert profile.vat.preset is VatPreset.EXEMPT_HEALTH
    assert profile.vat.text == "Exempt, VAT Act 50/1988 Art. 2(3)1"
    assert profile.numbering.number(11) == "KC-0011"
    assert profile.mail.to == "accounts@karaconnect.com"
    assert (profile.language, profile.theme, profile.calendar.country) == ("en", "classic", "IS")
    assert profile.routing_of("ACME ehf.") is Routing.ELSEWHERE
    assert profile.routing_of("Another hf.") is Routing.KARA


def test_the_demo_profile_is_there_without_any_set_up(home: Path) -> None:
    profile = load("demo")
    assert profile.supplier.name == "Þóra Ægisdóttir"
    assert profile.numbering.number(11) == "KC-0011"
    assert profile.bank_for("EUR") is not None
    assert not home.exists()


def test_a_missing_profile_says_how_to_make_one(profile_file: Path) -> None:
    with pytest.raises(NoProfile, match="profile new --profile clinic") as caught:
        load("clinic")
    assert "There is: default." in str(caught.value)


def test_without_any_profile_the_plain_command_is_named(home: Path) -> None:
    with pytest.raises(NoProfile, match=r"Make one with: kara-tui profile new$"):
        load()
    assert list_profiles() == ()


@pytest.mark.parametrize("name", ["../demo", "a/b", "", ".x", "Ælir", "a.b", "-x", "a" * 65, "a\n"])
def test_a_name_that_could_leave_its_folder_is_refused(home: Path, name: str) -> None:
    with pytest.raises(BadName):
        load(name)


def test_every_problem_is_reported_at_once_and_not_only_the_first(profile_file: Path) -> None:
    text = (
        PROFILE.replace('"thora@example.is"', '"thora(at)example.is"')
        .replace('country = "IS"', 'country = "Iceland"')
        .replace("last_used = 10", 'last_used = "ten"')
        .replace('currency = "EUR"', 'currency = "EURO"')
        .replace('preset = "exempt-health"', 'preset = "free"')
    )
    assert set(problems_of(profile_file, text)) == {
        "supplier.email",
        "customer.country",
        "invoice.last_used",
        "invoice.currency",
        "vat.preset",
    }


def test_a_problem_has_field_value_reason_and_mend(profile_file: Path) -> None:
    text = with_line('"thora@example.is"', '"thora(at)example.is"')
    assert problems_of(profile_file, text) == {
        "supplier.email": (
            "thora(at)example.is",
            "This is not an e-mail address: it has no @.",
            "Write it like name@example.is.",
        )
    }


@pytest.mark.parametrize(
    ("old", "new", "field", "mend"),
    [
        ('name = "Þóra Ægisdóttir"\na', 'nam = "Þóra Ægisdóttir"\na', "supplier.nam", "name"),
        ("[vat]", "[vatt]", "vatt", "vat"),
        ("iban", "ibann", "bank.ibann", "iban"),
        ("kennitala =", "kenitala =", "supplier.tax_ids.kenitala", "kennitala"),
    ],
)
def test_an_unknown_key_comes_with_the_known_one_it_looks_like(
    profile_file: Path, old: str, new: str, field: str, mend: str
) -> None:
    found = problems_of(profile_file, with_line(old, new))
    assert found[field][2] == f"Did you mean {mend}?"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('name = "Þóra Ægisdóttir"\na', 'name = "Þóra\\nÆgisdóttir"\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', 'name = "Þóra\\u202eÆgis"\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', 'name = "Þóra\\u200bÆgis"\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', 'name = "\\u001b]52;c;x"\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', f'name = "{"ö" * 121}"\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', 'name = "  "\na', "supplier.name"),
        ('name = "Þóra Ægisdóttir"\na', "name = 7\na", "supplier.name"),
        ('["Laugavegur 1", "101 Reykjavík"]', '"Laugavegur 1"', "supplier.address"),
        ('["Laugavegur 1", "101 Reykjavík"]', "[1]", "supplier.address"),
        ('["Laugavegur 1", "101 Reykjavík"]', "[]", "supplier.address"),
        ('"thora@example.is"', '"a@b@example.is, x@y.is"', "supplier.email"),
        ('"thora@example.is"', '"a@example.is\\r\\nBcc: x@y.is"', "supplier.email"),
        ('"thora@example.is"', '"þóra@example.is"', "supplier.email"),
        ('"thora@example.is"', '"thora@localhost"', "supplier.email"),
        ('"thora@example.is"', '"thora@-example.is"', "supplier.email"),
        ('"thora@example.is"', '"thora@example-.is"', "supplier.email"),
        ('["Laugavegur 1", "101 Reykjavík"]', '["", ""]', "supplier.address"),
        ("last_used = 10", "last_used = -1", "invoice.last_used"),
        ("last_used = 10", "last_used = true", "invoice.last_used"),
        ("last_used = 10", "last_used = 10.0", "invoice.last_used"),
        ('"KC-"', '"../KC"', "invoice.prefix"),
        ('currency = "EUR"', 'currency = "EUR"\ntheme = "../x"', "invoice.theme"),
        ('currency = "EUR"', 'currency = "EUR"\nlanguage = "fr"', "invoice.language"),
        ("[[bank]]", "[bank]", "bank"),
        ('iban = "is14', 'bic = "AIBKIE2D"\n# "', "bank.iban"),
        ('iban = "is14', 'sort_code = "12-34-56"\n# "', "bank.uk_account"),
        ('iban = "is14', 'icelandic_account = "0133-26-007690"\n# "', "bank.kennitala"),
        ('"exempt-health"', '"taxed"\nprices = "net"', "vat.rate"),
        ('"exempt-health"', '"taxed"\nrate = 24', "vat.prices"),
        ('"exempt-health"', '"taxed"\nrate = nan\nprices = "net"', "vat.rate"),
        ('"exempt-health"', '"taxed"\nrate = 100\nprices = "net"', "vat.rate"),
        ('"exempt-health"', '"exempt-health"\nrate = 24', "vat.preset"),
        ('default = "kara"', 'default = "karra"', "sponsors.default"),
        ('"elsewhere"', '"else"', "sponsors.names.ACME ehf."),
        ("[sponsors]", '[calendar]\ncountry = "GB"\n[sponsors]', "calendar.subdivision"),
        ("[sponsors]", '[mail]\nattach_annex = "yes"\n[sponsors]', "mail.attach_annex"),
        ("[sponsors]", '[mail]\ncc = ["x"]\n[sponsors]', "mail.cc"),
        ("[sponsors]", '[reading]\ndecimal = ";"\n[sponsors]', "reading.decimal"),
        ("[sponsors]", '[reading]\nencoding = "rot13"\n[sponsors]', "reading.encoding"),
        ("[sponsors]", '[reading]\nencoding = "idna"\n[sponsors]', "reading.encoding"),
        ("[sponsors]", '[reading]\nmonth_by = "payment"\n[sponsors]', "reading.month_by"),
        ("[sponsors]", '[reading.columns]\nWho = "client"\n[sponsors]', "reading.columns.Who"),
        ("[sponsors]", '[reading.columns]\nWho = "time sure"\n[sponsors]', "reading.columns.Who"),
        ("[sponsors]", '[reading.columns]\n"-" = "time"\n[sponsors]', "reading.columns.a header"),
        ("[sponsors]", "[reading.limits]\nrow = 5\n[sponsors]", "reading.limits.row"),
        ("[sponsors]", "[reading.limits]\nrows = 0\n[sponsors]", "reading.limits.rows"),
        ("[sponsors]", '[reading.limits]\nrows = "5"\n[sponsors]', "reading.limits.rows"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(
    profile_file: Path, old: str, new: str, field: str
) -> None:
    found = problems_of(profile_file, with_line(old, new))
    assert list(found) == [field]
    value, reason, mend = found[field]
    assert value.isprintable()
    assert len(value) <= 60
    assert reason.endswith(".")
    assert mend


def test_letters_that_mail_servers_lose_are_named_as_the_reason(profile_file: Path) -> None:
    found = problems_of(profile_file, with_line('"thora@example.is"', '"þóra@example.is"'))
    assert found["supplier.email"][1].startswith("Letters such as þ or ö do not work before the @")


def test_a_missing_section_is_one_problem_and_not_one_for_each_line_of_it(
    profile_file: Path,
) -> None:
    assert set(problems_of(profile_file, "")) == {
        "supplier", "customer", "bank", "vat", "invoice",
    }  # fmt: skip


def test_the_second_of_two_accounts_is_named_by_its_place(profile_file: Path) -> None:
    text = with_line("[vat]", '[[bank]]\nholder = "X"\nbankgiro = "12"\n[vat]')
    assert set(problems_of(profile_file, text)) == {"bank 2.bankgiro"}


def test_the_vat_text_depends_on_the_suppliers_country(profile_file: Path) -> None:
    for country, text in {
        "ie": "Exempt, Art. 132(1)(c) Directive 2006/112/EC",
        "gb": "Exempt, VATA 1994 Sch. 9 Group 7",
    }.items():
        profile_file.write_text(with_line('"is"', f'"{country}"'), encoding="utf-8")
        assert load().vat.text == text


def test_where_no_vat_text_is_known_it_is_asked_for(profile_file: Path) -> None:
    assert set(problems_of(profile_file, with_line('"is"', '"NO"'))) == {"vat.text"}


def test_toml_that_cannot_be_parsed_is_named_by_its_line(profile_file: Path) -> None:
    profile_file.write_text(with_line("last_used = 10", "last_used ten"), encoding="utf-8")
    with pytest.raises(UnreadableProfile) as caught:
        load()
    problem = caught.value.problems[0]
    line = 1 + PROFILE.splitlines().index("last_used = 10")
    assert (problem.field, problem.value) == (f"line {line}", "last_used ten")
    assert "This is not TOML" in problem.reason


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 5000,
        b"a = " + b"9" * 5000,
        b"a = \x00",
        b'a = "\xe6"',
        b"[supplier",
        b"#" * 1_000_001,
        PROFILE.encode("utf-16"),
    ],
)
def test_a_file_that_is_no_profile_at_all_ends_in_a_sentence(
    profile_file: Path, content: bytes
) -> None:
    profile_file.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        load()
    assert str(caught.value).isprintable()


def test_a_byte_order_mark_from_an_editor_does_no_harm(profile_file: Path) -> None:
    profile_file.write_bytes(b"\xef\xbb\xbf" + PROFILE.encode())
    assert load().supplier.name == "Þóra Ægisdóttir"


def test_accents_that_came_apart_are_joined_again(profile_file: Path) -> None:
    name = "Reykjavi\N{COMBINING ACUTE ACCENT}k"
    profile_file.write_text(with_line("101 Reykjavík", name), encoding="utf-8")
    assert load().supplier.address[1] == "Reykjavík"


def test_only_names_of_profiles_are_listed(profile_file: Path) -> None:
    for name in ("clinic.toml", "Bad Name.toml", ".hidden.toml", "notes.txt", "demo.toml"):
        (profile_file.parent / name).write_text(PROFILE, encoding="utf-8")
    assert list_profiles() == ("clinic", "default")


def test_every_language_that_a_profile_can_name_has_labels_and_words_for_the_mail() -> None:
    from kara_tui import documents, mail

    assert frozenset(documents.languages()) == mail.LANGUAGES == LANGUAGES


def test_what_was_said_about_exports_is_read_as_it_is_used(profile_file: Path) -> None:
    lines = (
        '[reading]\nencoding = "Mac-Roman"\nmonth_by = "Transaction"\n'
        '[reading.columns]\n"Paid by " = "sponsor"\n"Client firm" = "Sponsor  confirmed"\n'
    )
    profile_file.write_text(PROFILE + lines, encoding="utf-8")
    profile = load()
    assert profile.reading == HowToRead(
        encoding="mac-roman",
        month_by="transaction",
        columns={"Paid by": "sponsor", "Client firm": "sponsor confirmed"},
    )


def test_one_header_is_named_once_however_it_is_written(profile_file: Path) -> None:
    lines = '[reading.columns]\n"Paid by" = "sponsor"\npaid_by = "professional"\n'
    problems = problems_of(profile_file, PROFILE + lines)
    assert "Paid by" in problems["reading.columns.paid_by"][1]


def test_the_fields_that_a_profile_can_name_are_the_reader_s_own() -> None:
    assert set(EXPORT_FIELDS) == {known.field for known in known_columns()}
    # Of the reader's limits two are no caps: they choose among its roads.
    roads = {"careful_bytes", "spool_bytes"}
    assert set(EXPORT_LIMITS) == {one.name for one in dataclasses.fields(Limits)} - roads
    page = Path(__file__).parents[2].joinpath("docs/reference/profile.md").read_text("utf-8")
    for name, (least, most, _) in EXPORT_LIMITS.items():
        usual = getattr(Limits(), name)
        assert least <= usual <= most
        assert f"| `{name}` | {usual} " in page
    assert (CONFIRMED, LONGEST_HEADER) == (SECOND_WORD, HEADER_CHARACTERS)
