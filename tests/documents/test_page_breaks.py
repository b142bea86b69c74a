"""Where pages end: the total never stands without a session above it, and no room is wasted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kara_tui.documents import invoice_pdf, languages
from kara_tui.model import Invoice, SessionKind, VatPreset, VatTreatment
from tests.documents.paper import Paper, overprinted, read
from tests.documents.samples import CLASSIC, SPONSORS, credit_note, invoice, line, month_of

POINTS = 72 / 25.4  # in a millimetre
FOOT = 19 * POINTS  # where a page's text ends at the bottom
TOTAL_SIZE = 13  # points; no other text is set so


def drawn(bill: Invoice) -> Paper:
    return read(invoice_pdf(bill, CLASSIC))


def page_of_total(paper: Paper) -> int:
    (page,) = {run.page for run in paper.runs if run.size == TOTAL_SIZE}
    return page


def sessions_on(paper: Paper, page: int) -> list[int]:
    """The numbers of the sessions on a page: figures in the table's first column."""
    return [
        int(run.text)
        for run in paper.runs
        if run.page == page and run.text.isdigit() and run.size == 8.5 and run.right < 75
    ]


def holds_together(bill: Invoice) -> None:
    paper = drawn(bill)
    count = bill.sessions
    last = page_of_total(paper)
    with_total = sessions_on(paper, last)
    assert with_total[-2:] == [count - 1, count][-count:]
    assert [n for page in range(1, last + 1) for n in sessions_on(paper, page)] == list(
        range(1, count + 1)
    )
    assert paper.pages == last, "something stands alone on a page after the total"
    assert not overprinted(paper)
    if last > 1 and len(with_total) > 2:
        # More rows than two went with the total: the page before is full to its end.
        row = 16  # points of a usual row
        before = min(run.base for run in paper.runs if run.page == last - 1 and not run.furniture)
        assert before - FOOT < 2.5 * row


ONE_SPONSOR = [(n, code) for n, code in zip(range(1, 71), sorted(languages()) * 12, strict=False)]


@pytest.mark.parametrize(("count", "code"), ONE_SPONSOR)
def test_the_total_stands_with_the_last_sessions(count: int, code: str) -> None:
    holds_together(invoice(month_of(count, sponsor=SPONSORS[0]), language=code))


@pytest.mark.parametrize("count", range(3, 71, 3))
def test_so_it_does_below_the_sums_of_sponsors_and_professionals(count: int) -> None:
    lines = [
        replace(one, professional=f"Þóra {at % 3}", time=None if count % 2 else one.time)
        for at, one in enumerate(month_of(count))
    ]
    holds_together(invoice(lines, language=sorted(languages())[count % 6]))


@pytest.mark.parametrize("count", [22, 30, 58])
def test_so_it_does_with_tall_rows_a_long_ground_and_vat(count: int) -> None:
    vat = VatTreatment(VatPreset.NOT_REGISTERED, "Not registered for VAT, as the Act has it. " * 13)
    tall = [
        line(n, service="Langt viðtal með mörgum orðum " * 3, kind=SessionKind.NO_SHOW)
        for n in range(1, count + 1)
    ]
    paper = drawn(invoice(tall, vat_treatment=vat))
    assert sessions_on(paper, page_of_total(paper))[-2:] == [count - 1, count]
    assert not overprinted(paper)


@pytest.mark.parametrize("count", [26, 34])
def test_a_credit_note_holds_together_too(count: int) -> None:
    holds_together(credit_note(lines=month_of(count, sponsor=SPONSORS[0])))


@pytest.mark.parametrize("people", [14, 30, 60])
def test_sums_too_long_for_that_keep_two_of_themselves_with_the_total(people: int) -> None:
    lines = [
        replace(one, professional=f"Þóra {at % people:02}", sponsor=f"Sponsor {at % people:02}")
        for at, one in enumerate(month_of(people * 2))
    ]
    paper = drawn(invoice(lines))
    there = [run.text for run in paper.runs if run.page == page_of_total(paper)]
    assert {f"Sponsor {people - 1:02}", f"Sponsor {people - 2:02}"} <= set(there)
    assert paper.pages == page_of_total(paper)
    assert not overprinted(paper)


def test_a_ground_too_long_for_anything_still_leaves_the_page_tidy() -> None:
    vat = VatTreatment(VatPreset.NOT_REGISTERED, "W" * 600)
    paper = drawn(invoice(month_of(25, sponsor=SPONSORS[0]), vat_treatment=vat))
    assert not overprinted(paper)
    assert min(run.base for run in paper.runs if not run.furniture) > FOOT
