"""The paper: what it says, in which order, and that nothing on it lies upon anything else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.documents import DocumentError, invoice_pdf, languages
from kara_tui.documents.language import language
from kara_tui.documents.printable import printable
from kara_tui.model import (
    BankAccount,
    BankScheme,
    Invoice,
    Mark,
    Money,
    Party,
    SessionKind,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
)
from tests.documents.paper import Paper, outside, overprinted, read
from tests.documents.samples import (
    BANK,
    CLASSIC,
    JON,
    SPONSORS,
    SUPPLIER,
    THORA,
    credit_note,
    invoice,
    line,
    month_of,
)

MARGIN = 56.69  # points: 20 mm
WIDTH = 595.28


def drawn(bill: Invoice) -> Paper:
    return read(invoice_pdf(bill, CLASSIC))


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts follow one another in the text."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def is_tidy(paper: Paper) -> bool:
    assert overprinted(paper) == []
    assert outside(paper, MARGIN, WIDTH - MARGIN) == []
    return True


def test_it_says_all_that_kara_connect_asks_for_in_reading_order() -> None:
    said = drawn(invoice()).read_aloud

    assert in_order(
        said,
        "Invoice KC-0011",
        "Amount due EUR 2,730.00",
        "42 sessions · October 2026",
        "Invoice number KC-0011",
        "Issue date 2 November 2026",
        "Period October 2026",
        "Due date 10 November 2026",
        "From Sálfræðistofan Birta ehf. Skólavörðustígur 12 101 Reykjavík Iceland",
        "Kennitala 450101-2190 VSK no. 12345 reikningar@birta.example",
        "To Sýnishorn kaupandans ehf.",
        "Professional Þóra Ægisdóttir thora@birta.example",
        "Sessions No. Date Time Service Sponsor Price (EUR)",
        "1 1 Oct 2026 10:30",
        "42 31 Oct 2026",
        "By sponsor",
        "No VAT charged: supplier not registered for VAT.",
        "Net EUR 2,730.00 VAT EUR 0.00 Total EUR 2,730.00",
        "Payment details Account holder Sálfræðistofan Birta ehf.",
        "IBAN IS14 0159 2600 7654 5510 7303 39 BIC NBIIISRE",
        "Bank account 0159-26-007654 Kennitala 450101-2190 Reference KC-0011",
    )


def test_every_session_is_there_once_and_in_order() -> None:
    bill = invoice(month_of(130))
    paper = drawn(bill)

    rows = [row for row in paper.rows() if row[0].isdigit()]
    english = language("en")
    assert [row[0] for row in rows] == [str(n) for n in range(1, 131)]
    for row, each in zip(rows, bill.lines, strict=True):
        assert row[1] == english.short_day(each.date)
        assert each.time is not None
        assert row[2] == f"{each.time:%H:%M}"
        assert row[3].startswith(each.service)
        assert row[4:] == [each.sponsor, "65.00"]


def test_each_page_has_its_number_and_the_tables_header() -> None:
    paper = drawn(invoice(month_of(130)))

    assert paper.pages == 4
    for page in range(1, 5):
        assert f"Page {page} of 4" in paper.furniture(page)
        assert "Invoice KC-0011" in paper.furniture(page)
    for page in range(1, 4):
        on_page = [run.text for run in paper.runs if run.page == page]
        assert {"Service", "Sponsor", "Price (EUR)"} <= set(on_page)
    assert SUPPLIER.name in paper.furniture(2)
    assert SUPPLIER.name not in paper.furniture(1)
    assert is_tidy(paper)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(-(10**9), 10**11), min_size=1, max_size=60),
    st.sampled_from(["EUR", "ISK", "SEK"]),
    st.sampled_from(sorted(languages())),
)
def test_the_total_printed_is_the_invoices_total_to_the_cent(
    minors: list[int], currency: str, code: str
) -> None:
    lines = [line(n, price=Money(minor, currency)) for n, minor in enumerate(minors, 1)]
    bill = invoice(lines, language=code)
    said = drawn(bill).read_aloud

    amount = language(code).amount(Money(sum(minors), currency)).replace("\u00a0", " ")
    assert said.count(amount) >= 3  # in sight at the top, net, and total
    assert in_order(said, language(code).words["total"], amount)


@pytest.mark.parametrize("code", sorted(languages()))
@pytest.mark.parametrize("mark", Mark)
def test_it_is_whole_and_tidy_in_every_language_and_under_every_mark(code: str, mark: Mark) -> None:
    lines = [line(n, kind=kind) for n, kind in enumerate(SessionKind, 1)]
    paper = drawn(invoice(lines, language=code, mark=mark))
    lang = language(code)

    said = paper.read_aloud
    for word in ("invoice", "amount_due", "issued", "due", "supplier", "customer", "vat", "total"):
        assert lang.words[word] in said
    for note in lang.kinds.values():
        assert note in said
    assert lang.month(invoice().month) in said
    assert is_tidy(paper)
    if mark:
        assert lang.words[f"{mark}_notice"] in paper.furniture(1)


@pytest.mark.parametrize(("mark", "word"), [(Mark.DRAFT, "DRAFT"), (Mark.SAMPLE, "SAMPLE")])
def test_a_mark_stands_on_every_page(mark: Mark, word: str) -> None:
    paper = drawn(invoice(month_of(70), mark=mark))

    assert paper.pages == 3
    for page in (1, 2, 3):
        furniture = paper.furniture(page)
        assert word in furniture
        assert f"{word.title()} – not an invoice" in furniture


def test_without_a_number_it_is_a_draft_whatever_it_claims() -> None:
    paper = drawn(invoice(number=None, mark=Mark.NONE))

    assert "DRAFT" in paper.furniture(1)
    assert "Invoice number Draft" in paper.read_aloud
    assert "Reference" not in paper.read_aloud


def test_an_issued_invoice_bears_no_mark() -> None:
    assert drawn(invoice(month_of(3))).furniture(1) == ["Invoice KC-0011", "Page 1 of 1"]


def test_a_credit_note_names_what_it_cancels_and_asks_for_no_payment() -> None:
    said = drawn(credit_note()).read_aloud

    assert in_order(
        said,
        "Credit note KC-0011",
        "Amount credited EUR 2,730.00",
        "Credit note number KC-0011",
        "Cancels invoice KC-0010 in full.",
        "Reason: Two sessions were billed to the wrong sponsor.",
    )
    assert "IBAN" not in said
    assert "Amount due" not in said
    assert "Due date" not in said


@pytest.mark.parametrize("code", languages())
def test_a_credit_note_says_the_day_of_what_it_cancels(code: str) -> None:
    day = date(2026, 11, 2)
    said = drawn(credit_note(corrects_issued_on=day, language=code, issued_on=date(2026, 12, 1)))
    assert f"KC-0010 {of_day(code)} {language(code).day(day)} " in said.read_aloud


def of_day(code: str) -> str:
    """The word that joins a document and its day."""
    return {"en": "of", "is": "frá", "de": "vom", "da": "af", "nb": "av", "sv": "av den"}[code]


def test_a_credit_note_without_a_reason_gives_none() -> None:
    said = drawn(credit_note(reason="")).read_aloud
    assert "Cancels invoice KC-0010" in said
    assert "Reason" not in said


def test_several_professionals_have_a_column_and_sums_of_their_own() -> None:
    people = (THORA, JON)
    lines = [
        line(n, professional=people[n % 2][0], professional_email=people[n % 2][1])
        for n in range(1, 6)
    ]
    paper = drawn(invoice(lines))

    assert paper.rows()[0][3:] == ["Service", "Professional", "Sponsor", "Price (EUR)"]
    assert ["Jón Þór Önundarson jon@birta.example", "3", "195.00"] in paper.rows()
    assert ["Þóra Ægisdóttir thora@birta.example", "2", "130.00"] in paper.rows()
    assert "By professional" in paper.read_aloud
    assert is_tidy(paper)


def test_one_professional_with_two_addresses_is_one() -> None:
    lines = [line(1), line(2, professional_email="thora@annad.example"), line(3)]
    paper = drawn(invoice(lines))

    assert "Professional Þóra Ægisdóttir thora@birta.example, thora@annad.example" in (
        paper.read_aloud
    )
    assert "Professional" not in paper.rows()[0]


def test_a_session_without_a_professional_among_others_is_counted_as_not_named() -> None:
    paper = drawn(invoice([line(1), line(2, professional="", professional_email="")]))
    assert ["Not named", "1", "65.00"] in paper.rows()
    assert [row[4] for row in paper.rows()[:3]] == ["Professional", "Þóra Ægisdóttir", "–"]


def test_an_invoice_that_names_no_professional_has_no_place_for_one() -> None:
    lines = [line(1, professional="", professional_email="")]
    assert "Professional" not in drawn(invoice(lines)).read_aloud


def test_one_sponsor_needs_no_sums() -> None:
    said = drawn(invoice([line(1), line(2)])).read_aloud
    assert "By sponsor" not in said
    assert "By professional" not in said


def test_sums_per_sponsor_are_printed_when_there_are_several() -> None:
    assert [row for row in drawn(invoice()).rows() if row[1] == "14"] == [
        [sponsor, "14", "910.00"] for sponsor in sorted(SPONSORS)
    ]


def test_the_column_of_times_goes_when_no_session_has_one() -> None:
    paper = drawn(invoice([line(1, time=None), line(2, time=None)]))
    assert paper.rows()[0] == ["No.", "Date", "Service", "Sponsor", "Price (EUR)"]


def test_a_session_without_a_time_among_others_shows_a_dash() -> None:
    paper = drawn(invoice([line(1), line(2, time=None)]))
    assert [row[2] for row in paper.rows()] == ["Time", "10:30", "–"]


def test_sessions_that_were_not_held_say_so() -> None:
    lines = [line(n, kind=kind) for n, kind in enumerate(SessionKind, 1)]
    assert [row[3] for row in drawn(invoice(lines)).rows()[1:4]] == [
        "Sálfræðiviðtal",
        "Sálfræðiviðtal Late cancellation",
        "Sálfræðiviðtal No-show",
    ]


def test_a_session_without_service_or_sponsor_shows_dashes() -> None:
    assert drawn(invoice([line(service="", sponsor=" \u200b ")])).rows()[1][3:5] == ["–", "–"]


def test_vat_that_is_charged_shows_rate_net_and_amount() -> None:
    vat = VatTreatment(VatPreset.TAXED, "VSK 24%", Decimal(24), prices_include_vat=True)
    paper = drawn(invoice([line(price=Money(12400, "ISK"))], vat_treatment=vat))

    assert "Net ISK 10,000 VAT 24% ISK 2,400 Total ISK 12,400" in paper.read_aloud
    assert paper.rows()[0][-3:] == ["Net (ISK)", "VAT", "Gross (ISK)"]
    assert paper.rows()[1][-3:] == ["10,000", "24%", "12,400"]


def test_vat_on_top_of_the_prices_shows_each_price_without_it_and_the_rate() -> None:
    vat = VatTreatment(VatPreset.TAXED, "VAT", Decimal("25.5"))
    paper = drawn(invoice([line(1), line(2, sponsor=SPONSORS[1])], vat_treatment=vat))
    assert paper.rows()[0][-2:] == ["VAT", "Net (EUR)"]
    assert paper.rows()[1][-2:] == ["25.5%", "65.00"]
    assert "Sponsor Sessions Net (EUR)" in paper.read_aloud


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("gross", [True, False])
def test_lines_with_vat_fit_beside_several_professionals(code: str, *, gross: bool) -> None:
    vat = VatTreatment(VatPreset.TAXED, "VAT", Decimal("25.5"), prices_include_vat=gross)
    lines = [
        line(n, service="Heilsuþjónusturáðgjafarviðtal " * 2, professional=f"{JON[0]} {n % 2}",
             sponsor="Vinnustaðurinn " * 3, price=Money(123_456_00, "EUR"))
        for n in range(1, 4)
    ]  # fmt: skip
    paper = drawn(invoice(lines, vat_treatment=vat, language=code))
    assert not overprinted(paper)


def test_vat_that_is_not_charged_names_no_rate_but_the_ground() -> None:
    vat = VatTreatment(VatPreset.REVERSE_CHARGE, "Reverse charge")
    said = drawn(invoice(vat_treatment=vat)).read_aloud
    assert "Reverse charge" in said
    assert "0%" not in said


def test_without_vat_a_line_has_one_price_whatever_else_the_treatment_says() -> None:
    vat = VatTreatment(VatPreset.REVERSE_CHARGE, "Reverse charge", prices_include_vat=True)
    rows = drawn(invoice([line(1), line(2)], vat_treatment=vat)).rows()
    assert [row[0] for row in rows[1:3]] == ["1", "2"]
    assert {len(row) for row in rows[:3]} == {6}


def test_every_kind_of_bank_number_has_its_label() -> None:
    numbers = tuple((scheme, f"{n}1-22-33") for n, scheme in enumerate(BankScheme))
    said = drawn(invoice(bank=BankAccount("Þóra", numbers))).read_aloud
    for scheme, value in numbers:
        assert f"{language('en').bank[scheme]} {value}" in said


def test_a_country_that_the_address_names_is_not_printed_twice() -> None:
    swede = Party("Anna", ("Storgatan 1", "111 22 Stockholm", "SVERIGE"), "SE")
    assert drawn(invoice(customer=swede, language="sv")).read_aloud.upper().count("SVERIGE") == 1
    assert "Sweden" in drawn(invoice(customer=swede)).read_aloud


def test_a_country_without_a_name_here_keeps_its_code() -> None:
    assert "Lagos NG" in drawn(invoice(customer=Party("A", ("Lagos",), "NG"))).read_aloud


HOSTILE = [
    "#panic(1)", "#read(\"/etc/passwd\")", "$x^2$", "*_`bold`_*", "@ref <label>", "\\ \\u{41}",
    "= heading", "- item", "// gone", "/* gone */", "https://x.example", "~ -- --- ...",
    "#{", "[@click=x](y)",
    "\"quoted\" 'text'", "{data.total}", "%s {0}", "<script>", "${jndi:x}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_the_data_is_printed_and_not_obeyed(text: str) -> None:
    supplier = Party(text, (text,), "IS", text, (TaxId(TaxScheme.TAX, text),))
    bank = BankAccount(text, ((BankScheme.IBAN, text),), text)
    bill = credit_note(
        lines=[line(service=text, sponsor=text, professional=text, professional_email=text)],
        supplier=supplier,
        customer=supplier,
        number=text,
        corrects=text,
        reason=text,
        vat_treatment=VatTreatment(VatPreset.NOT_REGISTERED, text),
    )
    assert drawn(bill).read_aloud.count(text) >= 14
    assert drawn(invoice(bank=bank, number=text)).read_aloud.count(text) >= 5


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_printed_or_refused_by_name(text: str) -> None:
    bill = invoice([line(service=text, sponsor=text)], supplier=Party(text, (text,), "IS", text))
    try:
        pdf = invoice_pdf(bill, CLASSIC)
    except DocumentError as error:
        refusal = str(error)
    else:
        assert printable(text) in read(pdf).read_aloud
        assert is_tidy(read(pdf))
        return
    assert "has no shape in the font Inter" in refusal


@pytest.mark.parametrize("letter", ["x", "W", "@", "—", "æ", "1", "Æ", "…", "→", "‱"])
@pytest.mark.parametrize("count", [12, 40, 10_000])
def test_a_token_without_end_stays_in_its_place(letter: str, count: int) -> None:
    token = letter * count
    party = Party(token, (token, token), "IS", token, (TaxId(TaxScheme.VAT, token),))
    bank = BankAccount(token, ((BankScheme.IBAN, token), (BankScheme.BIC, token)), token)
    lines = [line(n, service=token, sponsor=token, professional=f"{token[:20]}{n}") for n in (1, 2)]
    vat = VatTreatment(VatPreset.NOT_REGISTERED, token)
    paper = drawn(
        invoice(lines, supplier=party, customer=party, bank=bank, vat_treatment=vat, number=token)
    )

    assert is_tidy(paper)
    assert "\u200b" not in paper.read_aloud
    if count == 12:
        assert token in paper.read_aloud


def test_large_amounts_and_long_words_fit_beside_each_other() -> None:
    lines = [
        line(
            n,
            date=date(2026, 9, 30),
            price=Money(-(10**13) - n, "SEK"),
            professional=f"Þorgerður Sigurgeirsdóttir {n}",
            service="Hjónabandsráðgjöf",
            sponsor="Heilbrigðisstofnun Norðurlands",
        )
        for n in (1, 2, 3)
    ]
    assert is_tidy(drawn(invoice(lines, language="sv")))


def test_an_invoice_of_one_session_says_so() -> None:
    said = drawn(invoice([line()])).read_aloud
    assert "1 session · October 2026" in said
    assert THORA[0] in said


def test_the_bank_account_is_the_one_of_the_invoice() -> None:
    assert all(value in drawn(invoice()).read_aloud for _, value in BANK.numbers)
