"""Every finding of the month end: how much it matters, where it is solved, what it means and why.

The one place that says so: who makes a finding names its code and no severity. A new finding is an
entry here and a call of ``finding``; the docs' page on findings is made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

from kara_tui.ledger.findings import SEVERITIES
from kara_tui.model import Severity
from kara_tui.month_end.portal import StepId


class Meaning(NamedTuple):
    """What a code stands for. ``reason`` says why it is that severe."""

    severity: Severity
    solved_in: StepId
    meaning: str
    reason: str


_I, _W, _B = Severity.INFO, Severity.WARNING, Severity.BLOCKER

MEANINGS: dict[str, Meaning] = {
    # The files, and what was left of them.
    "column-dropped": Meaning(
        _I, StepId.PAYMENTS, "Columns of the file were not read.",
        "Only what an invoice needs passes the reader; names and emails of clients never do.",
    ),
    "same-file-twice": Meaning(
        _B, StepId.PAYMENTS, "Two files have the same content.",
        "Every session would be billed twice.",
    ),
    "rows-in-two-files": Meaning(
        _B, StepId.PAYMENTS, "The same sessions stand in more than one file.",
        "They would be billed twice.",
    ),
    # The month, and which payments are of it.
    "other-payment-type": Meaning(
        _I, StepId.PAID, "The month holds payments that are not Credit.",
        "They are not Kara Connect's to pay; the count shows that none was overlooked.",
    ),
    "other-month": Meaning(
        _I, StepId.PAID, "A Paid export holds Credit sessions of other months.",
        "One invoice holds one calendar month.",
    ),
    "near-month-edge": Meaning(
        _I, StepId.PAID, "Billed sessions lie within two days of the month's edge.",
        "A transaction date may be the day of confirmation; usually all is well.",
    ),
    "just-outside-month": Meaning(
        _W, StepId.PAID, "Credit sessions lie up to two days outside the month.",
        "They may have taken place in the month and then belong to its invoice.",
    ),
    "month-issued": Meaning(
        _B, StepId.PAID, "The month is invoiced already.",
        "A second invoice for a month would bill it twice.",
    ),
    "no-sessions": Meaning(
        _B, StepId.PAID, "There is nothing to bill in the month.",
        "An invoice without sessions is none; the month or the export is likely another.",
    ),
    "month-not-over": Meaning(
        _W, StepId.PAID, "The month has not ended yet.",
        "Later sessions of the month would need a second invoice.",
    ),
    # The sessions to bill.
    "no-time": Meaning(
        _W, StepId.CREDIT, "Sessions have a date but no time of day.",
        "Kara Connect asks for both; the invoice then shows dates only.",
    ),
    "same-minute": Meaning(
        _B, StepId.CREDIT, "Sessions of one professional begin in the same minute.",
        "One of them may be exported twice and would be billed twice; a group may be real, so "
        "it is asked, once.",
    ),
    "identical-rows": Meaning(
        _B, StepId.CREDIT, "Rows of one file without times are equal in all that was read.",
        "Two equal sessions of a day can be real, and one exported twice would be billed twice.",
    ),
    "payment-id-twice": Meaning(
        _B, StepId.CREDIT, "Rows of a file have one payment id.",
        "They may be one payment, whatever else differs.",
    ),
    "billed-before": Meaning(
        _B, StepId.CREDIT, "A session is of the date and time of one on an invoice.",
        "It may be that session in another spelling or with another price; it is asked, once.",
    ),
    "payment-id-billed": Meaning(
        _B, StepId.CREDIT, "A session has the payment id of one on an invoice.",
        "It may be that session with another date or price, and an id alone proves nothing.",
    ),
    "payment-id-doubted": Meaning(
        _W, StepId.CREDIT, "A column of payment ids holds none.",
        "Its values are rounded, shared or small numbers; nothing is concluded from them.",
    ),
    "billed-as-said": Meaning(
        _I, StepId.CREDIT, "Sessions that were asked about are billed, as the user said.",
        "The answer was given before; it is said so that nothing goes in silence.",
    ),
    "price-far": Meaning(
        _B, StepId.CREDIT, "A price is ten times the usual one, or more than a session costs.",
        "A decimal sign may have been lost, and 6500.00 would be billed for 65.00; it is asked, "
        "once.",
    ),
    "price-low": Meaning(
        _W, StepId.CREDIT, "A price is a tenth of the usual one, or less than a session costs.",
        "It may be right; otherwise too little is billed, which a second invoice can mend.",
    ),
    "zero-price": Meaning(
        _W, StepId.CREDIT, "A Credit session costs nothing.",
        "The total is right as the export has it, but the price may not be.",
    ),
    "negative-price": Meaning(
        _B, StepId.CREDIT, "A Credit session has a negative price.",
        "An invoice with it would be wrong whichever way it is meant.",
    ),
    "no-sponsor": Meaning(
        _W, StepId.CREDIT, "A Credit session names no sponsor.",
        "Its type says Credit; whether a sponsor stands behind it only the portal shows.",
    ),
    "sponsor-unsettled": Meaning(
        _B, StepId.CREDIT, "The profile says to ask about this sponsor.",
        "Some companies are invoiced directly; billing Kara Connect would be wrong for them.",
    ),
    "sponsor-near": Meaning(
        _B, StepId.CREDIT, "A sponsor's name is nearly one of whom the profile says who pays.",
        "If it is that company, Kara Connect would be billed for what the company pays, or not.",
    ),
    "sponsors-alike": Meaning(
        _I, StepId.CREDIT, "Sponsors of the month have nearly the same name.",
        "They may be one company in two spellings; the sum is right either way.",
    ),
    "no-professional": Meaning(
        _W, StepId.CREDIT, "A session does not name the professional.",
        "Kara Connect asks for the name; the sum is right without it.",
    ),
    "several-professionals": Meaning(
        _W, StepId.CREDIT, "A person's profile, but sessions of several people.",
        "In a clinic one invoice for all is right; for one person it would not be.",
    ),
    "unexpected-currency": Meaning(
        _W, StepId.CREDIT, "A currency other than the profile's.",
        "It may be right, but is rare enough to look at.",
    ),
    "left-out": Meaning(
        _I, StepId.CREDIT, "Credit sessions are not billed now, with the reason.",
        "The reason was given before; it is said so that nothing goes in silence.",
    ),
    "corrected": Meaning(
        _I, StepId.CREDIT, "Billed sessions differ from the export in time or kind.",
        "The user said so; it is shown so that it is seen before issuing.",
    ),
    "letter-unprintable": Meaning(
        _B, StepId.CREDIT, "A session's text has a letter that the invoice's font lacks.",
        "A name with a letter missing is another name; how it is printed is a person's to say.",
    ),
    "picture-left-out": Meaning(
        _W, StepId.CREDIT, "A picture, such as an emoji in a service, is not printed.",
        "The font lacks it; all words are printed, so that the invoice says the same.",
    ),
    "late-sessions": Meaning(
        _B, StepId.CREDIT, "Sessions came after their month was invoiced.",
        "They are never added in silence: the next invoice, a reissue, or not now.",
    ),
    "late-sessions-included": Meaning(
        _W, StepId.CREDIT, "Late sessions stand on this invoice.",
        "The accounts department will see dates of another month.",
    ),
    "late-sessions-left": Meaning(
        _W, StepId.CREDIT, "Late sessions are left for now.",
        "They are not billed anywhere yet.",
    ),
    "near-match": Meaning(
        _W, StepId.CREDIT, "A session is like a billed one that the export no longer holds.",
        "It may be the same session with another date, and would be billed twice.",
    ),
    # Sessions that the Unpaid export still holds.
    "unpaid-with-sponsor": Meaning(
        _B, StepId.UNPAID, "A session with a sponsor is still Unpaid.",
        "It is missing from the Paid export, so the invoice would lack it.",
    ),
    "decision-unmatched": Meaning(
        _W, StepId.UNPAID, "An answer fits no unpaid session of the month.",
        "It may hold a slip of the pen; the session it meant is still asked about.",
    ),
    "unpaid-later": Meaning(
        _W, StepId.UNPAID, "A session with a sponsor was put off.",
        "The user decided so; it is not billed this month.",
    ),
    "unpaid-without-sponsor": Meaning(
        _W, StepId.UNPAID, "An unpaid session used no credit.",
        "It is never billed to Kara Connect; the professional collects it.",
    ),
    "unpaid-earlier-month": Meaning(
        _W, StepId.UNPAID, "Sessions of earlier months are still Unpaid.",
        "They may have been forgotten.",
    ),
    "unpaid-later-month": Meaning(
        _I, StepId.UNPAID, "Sessions of later months are Unpaid so far.",
        "They belong to another month end.",
    ),
    "confirmed-still-unpaid": Meaning(
        _W, StepId.UNPAID, "Decided as confirmed, yet still Unpaid in the export.",
        "It is not billed until a Paid export holds it.",
    ),
    "confirmed-missing": Meaning(
        _W, StepId.UNPAID, "Confirmed earlier, yet no Paid export holds it.",
        "A session that was earned might be lost.",
    ),
    "put-off-unsettled": Meaning(
        _W, StepId.UNPAID, "Put off earlier, and neither billed nor settled since.",
        "A session that was earned might be lost.",
    ),
    # Who sends the invoice, and its look.
    "mixed-currencies": Meaning(
        _W, StepId.INVOICE, "The month has more than one currency.",
        "An invoice has one currency, so there will be several invoices.",
    ),
    "no-bank-account": Meaning(
        _B, StepId.INVOICE, "No bank account of the profile takes the currency.",
        "An invoice without bank details cannot be paid.",
    ),
    "vat-in-own-currency": Meaning(
        _B, StepId.INVOICE, "VAT is charged in a currency that is not the supplier's.",
        "The law wants the VAT in the national currency too (Directive 2006/112/EC, Article 230).",
    ),
    "profile-problem": Meaning(
        _B, StepId.INVOICE, "The profile fails its check.",
        "A wrong account or tax number on an invoice cannot be taken back.",
    ),
    "profile-doubt": Meaning(
        _W, StepId.INVOICE, "Something in the profile is unusual.",
        "It may be right, as an account that belongs to somebody else; a person looks once.",
    ),
    "no-profile": Meaning(
        _B, StepId.INVOICE, "There is no such profile.",
        "Without one it is not known who sends the invoice and where the money goes.",
    ),
    "unknown-name": Meaning(
        _B, StepId.INVOICE, "No theme or profile can have that name.",
        "It is never guessed which one was meant.",
    ),
    "document": Meaning(
        _B, StepId.INVOICE, "The invoice cannot be set in type.",
        "A paper that lacks a letter, or is drawn by a theme with a fault, is not sent.",
    ),
    "mail": Meaning(
        _B, StepId.INVOICE, "The mail cannot be written.",
        "An address or a name in the profile cannot stand in a mail.",
    ),
    # The ledger, the copies and the days.
    "send-by-passed": Meaning(
        _W, StepId.SEND, "The last day for payment in the same month has passed.",
        "Kara Connect then pays at least seven working days after submission.",
    ),
    "ledger": Meaning(
        _B, StepId.SEND, "The ledger cannot be used, or refuses.",
        "It alone knows which numbers are taken and which sessions are billed.",
    ),
    "ledger-put-back": Meaning(
        SEVERITIES["ledger-put-back"], StepId.SEND,
        "The ledger is older than what was seen of it, or another one.",
        "Numbers and billed sessions that it does not know would be given out and billed again.",
    ),
    "number-seen": Meaning(
        SEVERITIES["number-seen"], StepId.SEND,
        "A number was given out that the ledger does not know.",
        "Two invoices of one number are the one thing that a tax office never forgives.",
    ),
    "ledger-in-synced-folder": Meaning(
        SEVERITIES["ledger-in-synced-folder"], StepId.SEND,
        "The ledger lies in a folder that a program syncs.",
        "Two machines can write at once, and an older ledger can come back by itself.",
    ),
    "ledger-copy-beside": Meaning(
        SEVERITIES["ledger-copy-beside"], StepId.SEND,
        "Beside the ledger lies what looks like a second copy of it.",
        "A sync program may have split it in two, each with invoices that the other lacks.",
    ),
    "ledger-on-network": Meaning(
        SEVERITIES["ledger-on-network"], StepId.SEND,
        "The ledger lies on a network file system.",
        "Locks and writes are less sure there than on a disk of this machine.",
    ),
    "copies-folder": Meaning(
        _I, StepId.SEND, "Copies go to another folder than earlier ones.",
        "Mail programs and browsers that are snaps can open nothing in a hidden folder.",
    ),
    "copies-not-synced": Meaning(
        _W, StepId.SEND, "The folder of the copies cannot be synced.",
        "The copies are there, but a power cut soon after may take them; the ledger has them.",
    ),
}  # fmt: skip
