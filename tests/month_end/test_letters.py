"""Letters that the invoice's font lacks: told with row or field, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from kara_tui import documents, settings
from kara_tui.documents.printable import printable
from kara_tui.exports.export import KeptColumn
from kara_tui.model import BankAccount, BankScheme, Invoice, Routing, Severity, VatTreatment
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.decisions import BadAnswers, read_answers
from kara_tui.month_end.letters import profile_problems
from kara_tui.settings import Profile
from tests.documents.paper import read
from tests.month_end.a_month import a_profile, candidate, export, found, month_end, session

CLASSIC = settings.theme_folder("invoice", "classic")
MISSING = documents.letters_missing(CLASSIC)


def printed(invoice: Invoice) -> str:
    """What is read aloud of the invoice."""
    return read(documents.invoice_pdf(invoice, CLASSIC)).read_aloud


@pytest.mark.parametrize(
    ("service", "shown"),
    [
        ("Viðtal 💑 50 mín.", "Viðtal 50 mín."),
        ("🧠 Viðtal", "Viðtal"),
        ("Viðtal 🧡", "Viðtal"),
        ("Viðtal 👩🏽‍⚕️👨‍👩‍👧", "Viðtal"),
        ("Viðtal ☂️", "Viðtal"),
        ("Tími 1️⃣", "Tími 1"),
        ("Viðtal 🇮🇸", "Viðtal"),
        ("Viðtal⌚", "Viðtal"),
        ("Viðtal 🫨", "Viðtal"),  # of a Unicode newer than the oldest Python here knows
    ],
)
def test_a_picture_in_a_service_is_left_out_in_print_and_said(service: str, shown: str) -> None:
    result = month_end(export(session(), session(3, service=service)), letters_missing=MISSING)
    finding = found(result, "picture-left-out")

    assert not result.is_blocked
    assert (finding.severity, finding.rows) == (Severity.WARNING, (3,))
    assert "row 3" in finding.message
    assert "U+" in finding.message
    (invoice,) = result.invoices
    assert f" {shown} Norðurljós" in printed(invoice)
    assert printable(service) in documents.annex_csv(invoice).decode("utf-8-sig")
    assert result.billed[1].session.service == service


@pytest.mark.parametrize(
    "service",
    [
        "心理咨询 50",
        "جلسة",
        "פגישה",
        "การให้คำปรึกษา",
        "Viðtal 🈚",
        "Viðtal \ue000",
        "🧠",
    ],
)
def test_a_word_that_would_be_lost_is_a_blocker_that_says_what_can_be_done(service: str) -> None:
    result = month_end(export(session(), session(3, service=service)), letters_missing=MISSING)
    finding = found(result, "letter-unprintable")

    assert result.is_blocked
    assert finding.rows == (3,)
    assert "row 3" in finding.message
    assert "U+" in finding.message
    assert "set_service" in finding.hint


@pytest.mark.parametrize(
    "service",
    ["Viðtal", "Ψυχοθεραπεία", "Терапия", "Terapia – 50 min…", "Čeština ŁŻ", "№ 5", "€ 5", "→ ★"],
)
def test_what_the_font_has_is_nothing_to_talk_about(service: str) -> None:
    assert month_end(export(session(service=service)), letters_missing=MISSING).findings == ()


def test_one_finding_for_each_column_names_all_its_rows_and_the_file_s_own_header() -> None:
    one = export(
        session(sponsor="李 ehf."), session(4, service="Viðtal 💑", sponsor="娜 ehf.")
    )  # fmt: skip
    named = replace(one, export=replace(one.export, columns=(KeptColumn("sponsor", "Company"),)))
    result = month_end(named, letters_missing=MISSING)

    sponsor = found(result, "letter-unprintable")
    assert (sponsor.column, sponsor.rows, sponsor.source) == ("Company", (2, 4), "paid.csv")
    assert "“李” (U+674E) and “娜” (U+5A1C)" in sponsor.message
    assert "rows 2 and 4" in sponsor.message
    assert found(result, "picture-left-out").rows == (4,)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("service", Correction(service="Counselling")),
        ("sponsor", Correction(sponsor="Counselling")),
        ("professional", Correction(professional="Counselling")),
    ],
)
def test_what_the_user_says_is_printed_in_its_place(field: str, change: Correction) -> None:
    one = replace(session(), **{field: "心理"})  # type: ignore[arg-type]  # one of its text fields
    mark = candidate(one).fingerprint
    result = month_end(export(one), letters_missing=MISSING, corrections={mark: change})

    assert not result.is_blocked
    assert "Counselling" in printed(result.invoices[0])
    assert "names" in found(result, "corrected").message
    assert result.billed[0].fingerprint == mark


def test_who_is_invoiced_goes_by_the_name_that_the_export_has() -> None:
    one = session(sponsor="心理")
    result = month_end(
        export(one, session(3)),
        profile=a_profile(routing={"心理": Routing.ELSEWHERE}),
        letters_missing=MISSING,
        corrections={candidate(one).fingerprint: Correction(sponsor="Xinli")},
    )
    assert [each.session.row for each in result.billed] == [3]


def test_a_file_of_decisions_says_how_a_name_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "said.toml"
    file.write_text('[[session]]\nrow = 2\nset_service = " Coun\\u0007selling\\u202e "\n', "utf-8")
    result = month_end(
        export(session(service="心理")), letters_missing=MISSING, answers=read_answers(file)
    )
    assert result.billed[0].session.service == "Counselling"
    assert not result.is_blocked


@pytest.mark.parametrize("said", ['set_service = ""', 'set_sponsor = " "', "set_service = 5"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, said: str) -> None:
    file = tmp_path / "said.toml"
    file.write_text(f"[[session]]\nrow = 2\n{said}\n", "utf-8")
    with pytest.raises(BadAnswers, match="set_s"):
        read_answers(file)


BANK = BankAccount("Þ", ((BankScheme.IBAN, "IS140159260076545510730339"),), bank_name="銀行")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("supplier.name", lambda one: replace(one, supplier=replace(one.supplier, name="李 Li"))),
        (
            "supplier.address",
            lambda one: replace(one, supplier=replace(one.supplier, address=("Gata 1", "東京"))),
        ),
        ("customer.name", lambda one: replace(one, customer=replace(one.customer, name="שלום"))),
        ("vat.text", lambda one: replace(one, vat=VatTreatment(one.vat.preset, "No VAT 🙂"))),
        ("bank.bank_name", lambda one: replace(one, banks=(BANK,))),
        (
            "invoice.prefix",
            lambda one: replace(one, numbering=replace(one.numbering, prefix="号-")),
        ),
    ],
)
def test_the_profiles_check_names_the_field_and_the_letter(
    field: str, change: Callable[[Profile], Profile]
) -> None:
    problems = [one for one in profile_problems(change(a_profile())) if "U+" in one.reason]
    assert [(one.field, one.is_blocker) for one in problems] == [(field, True)]


def test_a_profile_in_any_shipped_language_prints() -> None:
    for code in documents.languages():
        assert not [
            one for one in profile_problems(a_profile(language=code)) if "shape" in one.reason
        ]


def test_a_look_that_is_not_there_or_not_whole_is_a_problem_of_the_profile(tmp_path: Path) -> None:
    (gone,) = (one for one in profile_problems(a_profile(theme="gone")) if one.is_blocker)
    assert gone.field == "invoice.theme"
    (tmp_path / "themes" / "invoice" / "broken").mkdir(parents=True)
    with mock.patch.dict("os.environ", {"KARA_TUI_HOME": str(tmp_path)}):
        (broken,) = (one for one in profile_problems(a_profile(theme="broken")) if one.is_blocker)
    assert broken.field == "invoice.theme"
    assert "invoice.typ" in broken.reason
