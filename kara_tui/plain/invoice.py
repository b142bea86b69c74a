"""Invoice: all that Kara Connect will receive, as text, and a draft of the PDF if wanted."""

from __future__ import annotations

from collections.abc import Iterator

from kara_tui.errors import UserError
from kara_tui.model import BankScheme, Invoice, Line, Party, Subtotal, TaxScheme
from kara_tui.month_end import MonthEnd, dry_run
from kara_tui.month_end.steps import State, StepId, check
from kara_tui.month_end.wording import amount_said, counted, month_name
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import day_and_month, findings_said
from kara_tui.plain.sitting import Sitting

HELP = (
    "l reads every line of the invoice. d draws the PDF as a draft, without a number, and says "
    "where it lies. Enter goes on.",
    "Names, addresses, bank accounts and the VAT text come from your profile. Change it in another "
    "window (kara-tui profile path says where it is), or leave with q: your answers are kept.",
)

_BANK = {
    BankScheme.IBAN: "IBAN",
    BankScheme.BIC: "BIC",
    BankScheme.ICELANDIC_ACCOUNT: "account",
    BankScheme.KENNITALA: "kennitala",
    BankScheme.SORT_CODE: "sort code",
    BankScheme.UK_ACCOUNT: "account",
    BankScheme.BANKGIRO: "bankgiro",
    BankScheme.ABA: "routing number",
    BankScheme.US_ACCOUNT: "account",
}
_TAX = {
    TaxScheme.VAT: "VAT number",
    TaxScheme.VSK: "VSK number",
    TaxScheme.KENNITALA: "kennitala",
    TaxScheme.COMPANY: "company number",
    TaxScheme.TAX: "tax number",
}

_GO_ON = "go on"
_WORDS = {_GO_ON: _GO_ON, "l": "l", "list": "l", "d": "d", "draft": "d"}


def invoice(talk: Talk, sitting: Sitting) -> None:
    """Say the invoice until it is found good. Raises Back, Undo and Leave."""
    flow = sitting.flow
    while flow.month_end is not None:
        month_end, here = flow.month_end, check(StepId.INVOICE, flow.standing)
        talk.say_all(findings_said(here.findings))
        for draft, number in zip(month_end.invoices, month_end.numbers, strict=True):
            talk.say_all(invoice_said(draft, number))
        if not month_end.invoices:
            talk.say("There is nothing to bill.")
        _look(talk, month_end)
        if here.state is State.BLOCKED:
            talk.say(
                "The invoice cannot be made before this is solved. No answer here changes it: mend "
                "the profile in another window. It is read again now."
            )
            sitting.read()
        elif month_end.invoices:
            return
        else:
            talk.say("Without a session there is no invoice to send. b goes back to the sessions.")


def _look(talk: Talk, month_end: MonthEnd) -> None:
    """Say the lines and draw a draft as often as wanted, until Enter goes on."""
    while True:
        answer = talk.ask("Enter to go on, l for every line, d for a draft PDF", _word, _GO_ON)
        if answer == "l":
            for draft in month_end.invoices:
                talk.say_all(line_said(line, draft) for line in draft.lines)
        elif answer == "d":
            _draw(talk, month_end)
        else:
            return


def invoice_said(draft: Invoice, number: str) -> Iterator[str]:
    """An invoice in lines, in the order in which it is printed, with the number it would take."""
    yield ""
    dated = day_and_month(draft.issued_on)
    yield f"Invoice for {month_name(draft.month)} in {draft.currency}, dated {dated}."
    yield f"From: {_party(draft.supplier)}"
    yield f"To: {_party(draft.customer)}"
    yield f"Number of sessions: {draft.sessions}."
    for subtotal in draft.by_sponsor:
        yield f"Sponsor {subtotal.name or 'no sponsor'}: {_subtotal(subtotal)}."
    for subtotal in draft.by_professional:
        yield f"Professional {subtotal.name or 'no name'}: {_subtotal(subtotal)}."
    net, vat = amount_said(draft.net), amount_said(draft.vat)
    yield f"Net: {net}. VAT: {vat}. {draft.vat_treatment.text}"
    yield f"Total: {amount_said(draft.total)}."
    numbers = ", ".join(f"{_BANK[scheme]} {n}" for scheme, n in draft.bank.numbers)
    bank = ", ".join(filter(None, (draft.bank.holder, draft.bank.bank_name, numbers)))
    yield f"To be paid to: {bank}."
    if draft.due_on is not None:
        yield f"Due on: {day_and_month(draft.due_on)}."
    yield f"It takes the number {number} when it is issued."


def line_said(line: Line, draft: Invoice) -> str:
    """One line of the invoice."""
    when = day_and_month(line.date) + ("" if line.time is None else f" {line.time:%H:%M}")
    professional = f", {line.professional}" if draft.by_professional else ""
    sponsor = f", sponsor {line.sponsor}" if line.sponsor else ""
    kind = "" if line.kind.value == "session" else f", {line.kind.value.replace('-', ' ')}"
    price = amount_said(line.price)
    return f"{line.position}. {when}, {line.service}{kind}{professional}{sponsor}, {price}"


def _subtotal(subtotal: Subtotal) -> str:
    return f"{counted(subtotal.sessions, 'session')}, {amount_said(subtotal.amount)}"


def _party(party: Party) -> str:
    ids = (f"{_TAX[tax.scheme]} {tax.value}" for tax in party.tax_ids)
    parts = (party.name, *party.address, party.country, party.email, *ids)
    return f"{', '.join(filter(None, parts))}."


def _word(typed: str) -> str:
    try:
        return _WORDS[typed.casefold()]
    except KeyError:
        raise ValueError("Please press Enter, or type l or d.") from None


def _draw(talk: Talk, month_end: MonthEnd) -> None:
    try:
        outcome = dry_run(month_end)
    except UserError as error:
        talk.say_all(findings_said(error.findings))
        return
    except OSError as error:
        talk.say(f"The draft cannot be written: {error.strerror}.")
        return
    if not outcome.invoices:
        talk.say("A draft can be drawn once everything that must be solved first is solved.")
    for done in outcome.invoices:
        if done.pdf is not None:
            talk.say("The draft lies here:")
            talk.show(str(done.pdf))
