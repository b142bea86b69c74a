"""Invoice: all that Kara Connect will receive, as text, and a draft of the PDF if wanted."""

from __future__ import annotations

from collections.abc import Iterator

from kara_tui.errors import UserError
from kara_tui.model import BankScheme, Invoice, Line, Party, TaxScheme
from kara_tui.month_end import MonthEnd, dry_run
from kara_tui.month_end.steps import State, StepId, check
from kara_tui.month_end.wording import counted, month_name
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import day_and_month, findings_said
from kara_tui.plain.sitting import Sitting

HELP = (
    "l reads every line of the invoice. d draws the PDF as a draft, without a number, and says "
    "where it lies. Enter goes on.",
    "Names, addresses, bank accounts and the VAT text come from your profile: q, then kara-tui "
    "profile show, kara-tui profile path.",
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
    """Say the invoice until it is found good. Raises Back and Leave."""
    month_end = sitting.flow.month_end
    if month_end is None:
        return
    here = check(StepId.INVOICE, sitting.flow.standing)
    talk.say_all(findings_said(here.findings))
    for draft, number in zip(month_end.invoices, month_end.numbers, strict=True):
        talk.say_all(invoice_said(draft, number))
    if not month_end.invoices:
        talk.say("There is nothing to bill.")
    while True:
        answer = talk.ask("Enter to go on, l for every line, d for a draft PDF", _word, _GO_ON)
        if answer == "l":
            for draft in month_end.invoices:
                talk.say_all(line_said(line, draft) for line in draft.lines)
        elif answer == "d":
            _draw(talk, month_end)
        elif here.state is State.BLOCKED:
            talk.say(
                "The invoice cannot be made before this is solved. Your answers so far do not "
                "change it: mend the profile, then begin again."
            )
        elif not month_end.invoices:
            talk.say(
                "There is nothing to bill, so there is no invoice to send. b goes back to the "
                "sessions."
            )
        else:
            return


def invoice_said(draft: Invoice, number: str) -> Iterator[str]:
    """An invoice in lines, in the order in which it is printed, with the number it would take."""
    yield ""
    yield f"Invoice for {month_name(draft.month)} in {draft.currency}, dated {draft.issued_on}."
    yield f"From: {_party(draft.supplier)}"
    yield f"To: {_party(draft.customer)}"
    yield f"Number of sessions: {draft.sessions}."
    for subtotal in draft.by_sponsor:
        name = subtotal.name or "no sponsor"
        yield f"Sponsor {name}: {counted(subtotal.sessions, 'session')}, {subtotal.amount}."
    for subtotal in draft.by_professional:
        name = subtotal.name or "no name"
        yield f"Professional {name}: {counted(subtotal.sessions, 'session')}, {subtotal.amount}."
    yield f"Net: {draft.net}. VAT: {draft.vat}. {draft.vat_treatment.text}"
    yield f"Total: {draft.total}."
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
    return f"{line.position}. {when}, {line.service}{kind}{professional}{sponsor}, {line.price}"


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
