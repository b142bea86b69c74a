"""Issuing and crediting: numbers, months, sessions, profiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kara_tui.ledger import (
    AlreadyBilled,
    ClockBehind,
    MonthTaken,
    NoSuchNumber,
    NotCreditable,
    Rendered,
    SeriesMoved,
    SeriesTaken,
    fingerprints,
)
from kara_tui.ledger.errors import RefusedByLedger
from kara_tui.model import DocumentKind, Money
from tests.ledger.story import (
    NOVEMBER,
    OCTOBER,
    credit_order,
    draft,
    month_of_sessions,
    opened,
    order,
    render,
    session,
)


def test_an_issued_month_is_found_again_with_all_its_bytes(folder: Path) -> None:
    with opened(folder) as ledger:
        issue = ledger.issue(order(), render)
    with opened(folder) as ledger:
        stored = ledger.get("kc-0001")
    assert issue.numbers == ("KC-0001",)
    assert stored.document == issue.documents[0]
    assert stored.document.total == Money(19500, "EUR")
    assert stored.document.sessions == 3
    assert stored.pdf.content == b"%PDF-1.7 KC-0001"
    assert stored.annex is not None
    assert stored.annex.name == "KC-0001.xlsx"
    assert stored.mail.content == b"Subject: KC-0001"
    assert stored.frozen == '{"month":"2026-10"}'


def test_the_series_goes_on_where_the_user_stood(folder: Path) -> None:
    with opened(folder) as ledger:
        assert ledger.issue(order(last_used=10), render).numbers == ("KC-0011",)
        assert ledger.issue(order(NOVEMBER, last_used=11), render).numbers == ("KC-0012",)


def test_a_profile_that_says_numbers_were_used_elsewhere_is_refused(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(last_used=10), render)
        with pytest.raises(SeriesMoved, match="number 20 of the series 'KC-' is used"):
            ledger.issue(order(NOVEMBER, last_used=20), render)


def test_a_month_is_not_invoiced_twice(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        other = draft([session(date(2026, 10, 30))], OCTOBER)
        with pytest.raises(MonthTaken, match="2026-10 is invoiced already: KC-0001") as refused:
            ledger.issue(order(OCTOBER, other), render)
        assert refused.value.numbers == ("KC-0001",)
        assert len(ledger.invoices()) == 1


def test_two_currencies_make_two_invoices_in_one_mail(folder: Path) -> None:
    euro = draft(month_of_sessions(OCTOBER, 2), OCTOBER)
    krona = draft(month_of_sessions(OCTOBER, 4, currency="ISK"), OCTOBER)
    with opened(folder) as ledger:
        issue = ledger.issue(order(OCTOBER, euro, krona), render)
        assert issue.numbers == ("KC-0001", "KC-0002")
        assert [d.total for d in issue.documents] == [Money(13000, "EUR"), Money(26000, "ISK")]
        assert {d.mail_name for d in issue.documents} == {"KC-0001+KC-0002.eml"}


def test_a_currency_that_appears_late_is_not_added_to_an_invoiced_month(folder: Path) -> None:
    krona = draft(month_of_sessions(OCTOBER, 1, currency="ISK"), OCTOBER)
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(MonthTaken):
            ledger.issue(order(OCTOBER, krona), render)


def test_one_of_two_currencies_is_cancelled_and_billed_anew_while_the_other_stands(
    folder: Path,
) -> None:
    euro = draft(month_of_sessions(OCTOBER, 2), OCTOBER)
    krona = draft(month_of_sessions(OCTOBER, 4, currency="ISK"), OCTOBER)
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, euro, krona), render)
        ledger.credit(credit_order("KC-0002"), render)
        again = ledger.issue(order(OCTOBER, krona, today=date(2027, 1, 4)), render)
        assert again.numbers == ("KC-0004",)
        with pytest.raises(MonthTaken):
            ledger.issue(order(OCTOBER, euro, today=date(2027, 1, 4)), render)


def test_a_billed_session_is_refused_on_another_month_and_by_another_profile(folder: Path) -> None:
    sessions = month_of_sessions(OCTOBER, 3)
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, draft(sessions, OCTOBER)), render)
        late = draft([sessions[1], session(NOVEMBER.first)], NOVEMBER)
        with pytest.raises(AlreadyBilled, match="1 session is billed already, on KC-0001") as no:
            ledger.issue(order(NOVEMBER, late), render)
        assert no.value.numbers == ("KC-0001",)
        with pytest.raises(AlreadyBilled, match="3 sessions are billed"):
            ledger.issue(order(OCTOBER, profile="other", supplier="other", prefix="X"), render)


def test_a_late_session_goes_onto_the_next_invoice_with_its_own_date(folder: Path) -> None:
    forgotten = session(date(2026, 10, 30))
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.issue(order(NOVEMBER, draft([forgotten, session(NOVEMBER.first)], NOVEMBER)), render)
        billed = ledger.sessions("KC-0002")
    assert [(item.date, item.late) for item in billed] == [
        (date(2026, 10, 30), True),
        (date(2026, 11, 1), False),
    ]


def test_a_session_of_an_earlier_month_that_is_not_called_late_is_no_order() -> None:
    quiet = draft([session(date(2026, 10, 30))], OCTOBER)
    with pytest.raises(ValueError, match="late are the sessions of earlier months"):
        order(NOVEMBER, quiet)


def test_a_session_of_a_later_month_is_no_order() -> None:
    with pytest.raises(ValueError, match="cannot be billed yet"):
        order(OCTOBER, draft([session(date(2026, 11, 1))], OCTOBER))


def test_sums_that_do_not_fit_the_sessions_are_no_draft() -> None:
    good = draft(month_of_sessions(OCTOBER), OCTOBER)
    with pytest.raises(ValueError, match="neither the net sum nor the total"):
        replace(good, net=Money(1, "EUR"), total=Money(1, "EUR"))
    with pytest.raises(ValueError, match="net and VAT do not make the total"):
        replace(good, vat=Money(1, "EUR"))


def test_a_drawing_that_fails_takes_no_number(folder: Path) -> None:
    def fail(numbers: tuple[str, ...]) -> Rendered:
        raise RuntimeError(f"no ink for {numbers[0]}")

    with opened(folder) as ledger:
        head = ledger.head()
        with pytest.raises(RuntimeError, match="no ink for KC-0001"):
            ledger.issue(order(), fail)
        assert ledger.head() == head
        assert ledger.issue(order(), render).numbers == ("KC-0001",)


def test_a_disk_error_of_the_drawing_is_not_taken_for_one_of_the_ledger(folder: Path) -> None:
    def no_font(numbers: tuple[str, ...]) -> Rendered:
        raise PermissionError(13, "Permission denied", "Inter.ttf")

    with opened(folder) as ledger:
        with pytest.raises(PermissionError, match=r"Inter\.ttf"):
            ledger.issue(order(), no_font)
        assert ledger.issue(order(), render).numbers == ("KC-0001",)


def test_an_interrupted_drawing_takes_no_number(folder: Path) -> None:
    def interrupt(numbers: tuple[str, ...]) -> Rendered:
        raise KeyboardInterrupt

    with opened(folder) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.issue(order(), interrupt)
        assert ledger.issue(order(), render).numbers == ("KC-0001",)


def test_a_drawing_of_too_few_documents_is_a_defect(folder: Path) -> None:
    with opened(folder) as ledger, pytest.raises(ValueError, match="0 documents were drawn for 1"):
        ledger.issue(order(), lambda numbers: Rendered((), render(numbers).mail))


def test_a_file_name_that_was_used_is_refused(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(RefusedByLedger, match=r"A file named KC-0001\.pdf was issued already"):
            ledger.issue(order(NOVEMBER), lambda numbers: render(("KC-0001",)))


def test_a_credit_note_frees_the_sessions_and_the_month(folder: Path) -> None:
    sessions = month_of_sessions(OCTOBER, 3)
    prints = fingerprints(sessions)
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        assert ledger.billed(prints) == dict.fromkeys(prints, "KC-0001")
        note = ledger.credit(credit_order("KC-0001"), render).documents[0]
        assert note.kind is DocumentKind.CREDIT_NOTE
        assert (note.number, note.corrects, note.reason) == (
            "KC-0002",
            "KC-0001",
            "A session was wrong.",
        )
        assert note.total == Money(19500, "EUR")
        assert ledger.billed(prints) == {}
        assert ledger.get("KC-0001").document.credited_by == "KC-0002"
        again = ledger.issue(order(today=date(2027, 1, 1)), render)
        assert again.numbers == ("KC-0003",)
        assert ledger.billed(prints) == dict.fromkeys(prints, "KC-0003")
        assert ledger.verify().whole


def test_an_invoice_is_cancelled_once_and_a_credit_note_never(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.credit(credit_order("KC-0001"), render)
        with pytest.raises(NotCreditable, match="cancelled already, by KC-0002"):
            ledger.credit(credit_order("KC-0001"), render)
        with pytest.raises(NotCreditable, match="KC-0002 is a credit note"):
            ledger.credit(credit_order("KC-0002"), render)
        with pytest.raises(NoSuchNumber, match="No document has the number 'KC-0009'"):
            ledger.credit(credit_order("KC-0009"), render)


def test_profiles_have_series_of_their_own(folder: Path) -> None:
    theirs = draft([session(OCTOBER.first, professional="Jón")], OCTOBER)
    second = draft([session(NOVEMBER.first, professional="Jón")], NOVEMBER)

    def drawn(numbers: tuple[str, ...]) -> Rendered:
        return render(tuple(f"clinic {number}" for number in numbers))

    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.issue(order(OCTOBER, theirs, profile="clinic", supplier="Clinic ehf."), drawn)
        ledger.issue(order(NOVEMBER, second, profile="clinic", supplier="Clinic ehf."), drawn)
        numbers = [(d.profile, d.number) for d in ledger.invoices()]
        assert numbers == [("default", "KC-0001"), ("clinic", "KC-0001"), ("clinic", "KC-0002")]
        with pytest.raises(NoSuchNumber, match="2 profiles have a document KC-0001"):
            ledger.get("KC-0001")
        assert ledger.get("KC-0001", "clinic").document.profile == "clinic"
        assert ledger.verify().whole


def test_two_profiles_of_one_supplier_do_not_share_a_prefix(folder: Path) -> None:
    other = draft([session(OCTOBER.first, professional="Jón")], OCTOBER)
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(SeriesTaken, match="The profile default numbers this supplier"):
            ledger.issue(order(OCTOBER, other, profile="second"), render)


def test_two_prefixes_that_meet_in_one_number_are_refused(folder: Path) -> None:
    other = draft([session(OCTOBER.first, professional="Jón")], OCTOBER)
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        meeting = replace(
            order(OCTOBER, other, profile="second"),
            series=replace(order().series, prefix="KC-000", width=1),
        )
        with pytest.raises(SeriesTaken, match="has a document KC-0001 already"):
            ledger.issue(meeting, render)


def test_a_later_number_does_not_carry_an_earlier_date(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(today=date(2026, 11, 5)), render)
        with pytest.raises(ClockBehind, match=r"2026-11-04.*2026-11-05"):
            ledger.issue(order(NOVEMBER, today=date(2026, 11, 4)), render)


def test_invoices_are_listed_by_the_year_of_their_date_and_by_month(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER), render)
        ledger.issue(order(NOVEMBER, today=date(2027, 1, 2)), render)
        assert [d.number for d in ledger.invoices(year=2026)] == ["KC-0001"]
        assert [d.number for d in ledger.invoices(year=2027)] == ["KC-0002"]
        assert [d.number for d in ledger.invoices(month=NOVEMBER)] == ["KC-0002"]
        assert ledger.invoices(profile="nobody") == ()
