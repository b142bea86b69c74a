"""Every finding the month end can make: its severity, what it means, and why it is that severe.

The reference page on findings is made from this table and the reader's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from kara_tui.model import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A finding's code with its severity, its meaning and the reason for that severity."""

    code: str
    severity: Severity
    meaning: str
    reason: str


_I, _W, _B = Severity.INFO, Severity.WARNING, Severity.BLOCKER

CODES: tuple[Code, ...] = (
    Code("other-payment-type", _I, "The month holds payments that are not Credit.",
         "They are not Kara Connect's to pay; the count shows that none was overlooked."),
    Code("other-month", _I, "A Paid export holds Credit sessions of other months.",
         "One invoice holds one calendar month."),
    Code("column-dropped", _I, "Columns of the file were not read.",
         "Only what an invoice needs passes the reader; names and emails of clients never do."),
    Code("near-month-edge", _I, "Billed sessions lie within two days of the month's edge.",
         "A transaction date may be the day of confirmation; usually all is well."),
    Code("just-outside-month", _W, "Credit sessions lie up to two days outside the month.",
         "They may have taken place in the month and then belong to its invoice."),
    Code("no-time", _W, "Sessions have a date but no time of day.",
         "Kara Connect asks for both; the invoice then shows dates only."),
    Code("same-file-twice", _B, "Two files have the same content.",
         "Every session would be billed twice."),
    Code("rows-in-two-files", _B, "The same sessions stand in more than one file.",
         "They would be billed twice."),
    Code("same-minute", _B, "Sessions of one professional begin in the same minute.",
         "One of them may be exported twice and would be billed twice; a group may be real, so it "
         "is asked, once."),
    Code("identical-rows", _B, "Rows of one file without times are equal in all that was read.",
         "Two equal sessions of a day can be real, and one exported twice would be billed twice."),
    Code("payment-id-twice", _B, "Rows of a file have one payment id.",
         "They may be one payment, whatever else differs."),
    Code("billed-before", _B, "A session is of the date and time of one on an invoice.",
         "It may be that session in another spelling or with another price; it is asked, once."),
    Code("payment-id-billed", _B, "A session has the payment id of one on an invoice.",
         "It may be that session with another date or price, and an id alone proves nothing."),
    Code("payment-id-doubted", _W, "A column of payment ids holds none.",
         "Its values are rounded, shared or small numbers; nothing is concluded from them."),
    Code("billed-as-said", _I, "Sessions that look like others are billed, as the user said.",
         "The answer was given before; it is said so that nothing goes in silence."),
    Code("zero-price", _W, "A Credit session costs nothing.",
         "The total is right as the export has it, but the price may not be."),
    Code("negative-price", _B, "A Credit session has a negative price.",
         "An invoice with it would be wrong whichever way it is meant."),
    Code("no-sponsor", _W, "A Credit session names no sponsor.",
         "Its type says Credit; whether a sponsor stands behind it only the portal shows."),
    Code("sponsor-unsettled", _B, "The profile says to ask about this sponsor.",
         "Some companies are invoiced directly; billing Kara Connect would be wrong for them."),
    Code("sponsor-near", _B, "A sponsor's name is nearly one of whom the profile says who pays.",
         "If it is that company, Kara Connect would be billed for what the company pays, or not."),
    Code("sponsors-alike", _I, "Sponsors of the month have nearly the same name.",
         "They may be one company in two spellings; the sum is right either way."),
    Code("no-professional", _W, "A session does not name the professional.",
         "Kara Connect asks for the name; the sum is right without it."),
    Code("several-professionals", _W, "A person's profile, but sessions of several people.",
         "In a clinic one invoice for all is right; for one person it would not be."),
    Code("mixed-currencies", _W, "The month has more than one currency.",
         "An invoice has one currency, so there will be several invoices."),
    Code("unexpected-currency", _W, "A currency other than the profile's.",
         "It may be right, but is rare enough to look at."),
    Code("no-bank-account", _B, "No bank account of the profile takes the currency.",
         "An invoice without bank details cannot be paid."),
    Code("month-issued", _B, "The month is invoiced already.",
         "A second invoice for a month would bill it twice."),
    Code("no-sessions", _B, "There is nothing to bill in the month.",
         "An invoice without sessions is none; the month or the export is likely another."),
    Code("month-not-over", _W, "The month has not ended yet.",
         "Later sessions of the month would need a second invoice."),
    Code("left-out", _I, "Credit sessions are not billed now, with the reason.",
         "The reason was given before; it is said so that nothing goes in silence."),
    Code("corrected", _I, "Billed sessions differ from the export in time or kind.",
         "The user said so; it is shown so that it is seen before issuing."),
    Code("letter-unprintable", _B, "A session's text has a letter that the invoice's font lacks.",
         "A name with a letter missing is another name; how it is printed is a person's to say."),
    Code("picture-left-out", _W, "A picture, such as an emoji in a service, is not printed.",
         "The font lacks it; all words are printed, so that the invoice says the same."),
    Code("late-sessions", _B, "Sessions came after their month was invoiced.",
         "They are never added in silence: the next invoice, a reissue, or not now."),
    Code("late-sessions-included", _W, "Late sessions stand on this invoice.",
         "The accounts department will see dates of another month."),
    Code("late-sessions-left", _W, "Late sessions are left for now.",
         "They are not billed anywhere yet."),
    Code("near-match", _W, "A session is like a billed one that the export no longer holds.",
         "It may be the same session with another date, and would be billed twice."),
    Code("unpaid-with-sponsor", _B, "A session with a sponsor is still Unpaid.",
         "It is missing from the Paid export, so the invoice would lack it."),
    Code("decision-unmatched", _W, "An answer fits no unpaid session of the month.",
         "It may hold a slip of the pen; the session it meant is still asked about."),
    Code("unpaid-later", _W, "A session with a sponsor was put off.",
         "The user decided so; it is not billed this month."),
    Code("unpaid-without-sponsor", _W, "An unpaid session used no credit.",
         "It is never billed to Kara Connect; the professional collects it."),
    Code("unpaid-earlier-month", _W, "Sessions of earlier months are still Unpaid.",
         "They may have been forgotten."),
    Code("unpaid-later-month", _I, "Sessions of later months are Unpaid so far.",
         "They belong to another month end."),
    Code("confirmed-still-unpaid", _W, "Decided as confirmed, yet still Unpaid in the export.",
         "It is not billed until a Paid export holds it."),
    Code("confirmed-missing", _W, "Confirmed earlier, yet no Paid export holds it.",
         "A session that was earned might be lost."),
    Code("send-by-passed", _W, "The last day for payment in the same month has passed.",
         "Kara Connect then pays at least seven working days after submission."),
    Code("profile-problem", _B, "The profile fails its check.",
         "A wrong account or tax number on an invoice cannot be taken back."),
    Code("profile-doubt", _W, "Something in the profile is unusual.",
         "It may be right, as an account that belongs to somebody else; a person looks once."),
    Code("no-profile", _B, "There is no such profile.",
         "Without one it is not known who sends the invoice and where the money goes."),
    Code("unknown-name", _B, "No theme or profile can have that name.",
         "It is never guessed which one was meant."),
    Code("document", _B, "The invoice cannot be set in type.",
         "A paper that lacks a letter, or is drawn by a theme with a fault, is not sent."),
    Code("mail", _B, "The mail cannot be written.",
         "An address or a name in the profile cannot stand in a mail."),
    Code("ledger", _B, "The ledger cannot be used, or refuses.",
         "It alone knows which numbers are taken and which sessions are billed."),
    Code("ledger-on-network", _W, "The ledger lies on a network file system.",
         "Locks and writes are less sure there than on a disk of this machine."),
    Code("copies-folder", _I, "Copies go to another folder than earlier ones.",
         "Mail programs and browsers that are snaps can open nothing in a hidden folder."),
    Code("copies-not-synced", _W, "The folder of the copies cannot be synced.",
         "The copies are there, but a power cut soon after may take them; the ledger has them."),
)  # fmt: skip
