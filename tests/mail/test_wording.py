"""What the mail says, in every language, and what it never says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from kara_tui.mail import LANGUAGES, follow_up_subject_and_body, invoice_subject_and_body
from kara_tui.model import Mark, Month
from tests.mail.samples import SECRETS, credit_note, invoice

DUE, TODAY = date(2026, 11, 10), date(2026, 11, 13)


def test_one_invoice_is_named_with_its_month_sessions_and_total() -> None:
    subject, body = invoice_subject_and_body([invoice()])
    assert subject == "Invoice KC-0011 – October 2026 – Þóra Ægisdóttir"
    assert body == (
        "Hello,\n"
        "\n"
        "Attached is the invoice for October 2026.\n"
        "\n"
        "Invoice: KC-0011\n"
        "Month: October 2026\n"
        "Sessions: 42\n"
        "Total: EUR\u00a02,730.00\n"
        "\n"
        "Kind regards\n"
        "Þóra Ægisdóttir\n"
        "thora@example.is\n"
    )


def test_it_reads_as_an_icelander_writes() -> None:
    subject, body = invoice_subject_and_body(
        [invoice(price="12500", currency="ISK", sessions=3)], "is"
    )
    assert subject == "Reikningur KC-0011 – október 2026 – Þóra Ægisdóttir"
    assert "Meðfylgjandi er reikningur fyrir október 2026." in body
    assert "Samtals: 37.500\u00a0ISK" in body


def test_a_month_in_two_currencies_goes_in_one_mail_with_each_total() -> None:
    second = invoice("KC-0012", price="12500", currency="ISK", sessions=2)
    subject, body = invoice_subject_and_body([invoice(), second])
    assert subject == "Invoice KC-0011, Invoice KC-0012 – October 2026 – Þóra Ægisdóttir"
    assert "Attached are the invoices for October 2026." in body
    assert "Sessions: 42\nTotal: EUR\u00a02,730.00" in body
    assert "Sessions: 2\nTotal: ISK\u00a025,000" in body


def test_a_credit_note_names_the_invoice_it_cancels_and_not_why() -> None:
    note = credit_note(invoice(), "KC-0012")
    subject, body = invoice_subject_and_body([note])
    assert subject == "Credit note KC-0012 – October 2026 – Þóra Ægisdóttir"
    assert "Credit note: KC-0012\nCancels invoice: KC-0011\n" in body
    assert note.reason not in body


def test_a_credit_note_and_its_replacement_go_together() -> None:
    note, new = credit_note(invoice(), "KC-0012"), invoice("KC-0013", month=Month(2026, 11))
    subject, body = invoice_subject_and_body([note, new])
    assert subject.startswith("Credit note KC-0012, Invoice KC-0013 – October 2026, November 2026")
    assert "Attached are invoices and credit notes for October 2026, November 2026." in body


@pytest.mark.parametrize(
    ("mark", "number", "before"),
    [(Mark.DRAFT, None, "[DRAFT] Invoice –"), (Mark.SAMPLE, "KC-1", "[SAMPLE] Invoice KC-1 –")],
)
def test_what_is_no_invoice_says_so_first(mark: Mark, number: str | None, before: str) -> None:
    subject, body = invoice_subject_and_body([invoice(number, mark=mark)])
    assert subject.startswith(before)
    assert body.startswith(before.partition(" ")[0])


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nothing_of_the_sessions_themselves_is_said_in_any_language(language: str) -> None:
    note = credit_note(invoice(), "KC-0012")
    texts = [
        *invoice_subject_and_body([invoice()], language),
        *invoice_subject_and_body([note, invoice("KC-0013")], language),
        *follow_up_subject_and_body(invoice(), DUE, TODAY, language),
    ]
    for text in texts:
        assert not [secret for secret in (*SECRETS, note.reason) if secret in text]
        assert "{" not in text
        assert text.replace("\n", "").replace("\u00a0", "").isprintable()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_months_days_and_amounts_are_written_as_the_language_writes_them(language: str) -> None:
    locale = "en_GB" if language == "en" else language
    for number in range(1, 13):
        month = Month(2026, number)
        subject, _ = invoice_subject_and_body([invoice(month=month)], language)
        assert f"{format_date(month.first, 'MMMM', locale)} 2026" in subject
    _, body = follow_up_subject_and_body(invoice(price="1234.50"), DUE, TODAY, language)
    assert format_decimal(42 * 1234.5, "#,##0.00", locale) in body
    assert format_date(DUE, "d MMMM y" if language in ("en", "sv") else "d. MMMM y", locale) in body


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_the_same_words(language: str) -> None:
    english, other = (
        invoice_subject_and_body([invoice(), credit_note(invoice(), "KC-2")], code)[1]
        for code in ("en", language)
    )
    assert [line.count(":") for line in english.splitlines()] == [
        line.count(":") for line in other.splitlines()
    ]


def test_a_language_without_words_is_named() -> None:
    with pytest.raises(KeyError, match="fr"):
        invoice_subject_and_body([invoice()], "fr")


def test_a_mail_about_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        invoice_subject_and_body([])


def test_an_overdue_invoice_is_asked_after_in_a_friendly_way() -> None:
    subject, body = follow_up_subject_and_body(invoice(), DUE, TODAY)
    assert subject == "Reminder: Invoice KC-0011 – October 2026 – Þóra Ægisdóttir"
    assert "was due on 10 November 2026 and has not arrived yet." in body
    assert "Due date: 10 November 2026\nDays overdue: 3\n" in body


@pytest.mark.parametrize("today", [DUE, date(2026, 11, 1)])
def test_nobody_is_reminded_before_an_invoice_is_overdue(today: date) -> None:
    with pytest.raises(ValueError, match="not overdue"):
        follow_up_subject_and_body(invoice(), DUE, today)


def test_only_an_issued_invoice_can_be_overdue() -> None:
    for wrong in (invoice(None), credit_note(invoice(), "KC-0012")):
        with pytest.raises(ValueError, match="issued"):
            follow_up_subject_and_body(wrong, DUE, TODAY)


def test_a_supplier_without_an_address_signs_with_a_name() -> None:
    one = invoice()
    anonymous = replace(one, supplier=replace(one.supplier, email=""))
    _, body = invoice_subject_and_body([anonymous])
    assert body.endswith("Kind regards\nÞóra Ægisdóttir\n")
