"""The page in letters says what the PDF says: every word, in the order of reading, none cut."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.documents import invoice_pdf, invoice_text, languages
from kara_tui.documents.text_page import NARROWEST, WIDEST
from kara_tui.model import Invoice, Party
from kara_tui.text import cells_of
from tests.documents.paper import read
from tests.documents.samples import CLASSIC, JON, credit_note, invoice, line, month_of

# What may be broken in print is one word here.
BREAKS = str.maketrans("", "", "\u200b\u00ad\u2060")
LONG = "Sálfræðiþjónustumiðstöðin á Norðurlandi vestra og nágrenni sjálfseignarstofnun"
CLINIC = (*month_of(6), line(7, professional=JON[0], professional_email=JON[1]))
LONG_NAMES = tuple(line(at, sponsor=LONG, service=f"{LONG} {at}") for at in range(1, 5))


def words(text: str) -> list[str]:
    return text.replace("\u00a0", " ").translate(BREAKS).split()


def lines_of(bill: Invoice, width: int) -> list[str]:
    return invoice_text(bill, width)


@pytest.mark.parametrize("width", [34, 44, 75, 104])
@pytest.mark.parametrize(
    "bill",
    [invoice(), credit_note(), invoice(CLINIC), invoice(LONG_NAMES),
     invoice(customer=Party(name=LONG, address=("Borgartún 99", "105 Reykjavík"), country="IS"))],
    ids=["month", "credit note", "clinic", "long names", "long customer"],
)  # fmt: skip
def test_every_word_of_the_pdf_stands_in_the_letters(bill: Invoice, width: int) -> None:
    spoken = Counter(words(read(invoice_pdf(bill, CLASSIC)).read_aloud))

    assert spoken - Counter(words(" ".join(lines_of(bill, width)))) == Counter()


@pytest.mark.parametrize("language", languages())
def test_the_letters_have_the_order_of_the_pdf(language: str) -> None:
    bill = invoice(month_of(5), language=language)
    rest = iter(words(" ".join(lines_of(bill, WIDEST))))

    for row in read(invoice_pdf(bill, CLASSIC)).rows():
        for word in words(" ".join(row)):
            assert word in rest, (word, row)


@given(st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal_and_none_is_cut(width: int) -> None:
    lines = lines_of(invoice((*CLINIC, *LONG_NAMES)), width)

    assert max(map(cells_of, lines)) <= max(NARROWEST, min(width, WIDEST))
    assert "…" not in "".join(lines)


def test_facts_stand_whole_side_by_side_in_eighty_columns() -> None:
    lines = lines_of(invoice(), 75)

    (facts,) = [line for line in lines if line.startswith("KC-0011  ") and "November" in line]
    assert "2 November 2026  October 2026  10 November 2026" in facts
