"""An invoice as the strings that are printed, in the order in which they are read.

Typst gets finished text: days, times and amounts are written here in the invoice's language, and
every string that came from outside is made fit for print. The template only places them.
"""

from __future__ import annotations

from typing import Any, Final

from kara_tui.documents.language import Language, language
from kara_tui.documents.printable import NUMBER, SENTENCE, breakable, printable
from kara_tui.model import (
    BankAccount,
    DocumentKind,
    Invoice,
    Line,
    Mark,
    Money,
    Party,
    SessionKind,
    Subtotal,
    VatPreset,
    VatTreatment,
)

Content = dict[str, Any]

# The room a text has at least in the template, in em of the font it is set in. Wider tokens get
# break opportunities; a theme whose columns are narrower would overprint them.
# The sessions' texts, service and sponsor: alone, beside a column of professionals; and both again
# beside a rate of VAT, and beside a rate and a net price.
CELLS: Final = {0: (12.5, 8.5), 1: (11.5, 7.5), 2: (8.5, 5.5)}
BLOCK: Final = 16.5  # everything else
HEADING: Final = 15  # the document's number below its heading
FACT: Final = 12  # a value in the row of key facts
EMAIL: Final = 18.5  # set a little smaller, to be copied whole
ABSENT: Final = "–"


def content(invoice: Invoice) -> Content:
    """Everything the paper says, as plain JSON values. Raises DocumentError for the language."""
    lang = language(invoice.language)
    words = lang.words
    credit = invoice.kind is DocumentKind.CREDIT_NOTE
    heading = words["credit_note" if credit else "invoice"]
    number = printable(invoice.number or "", NUMBER)
    mark = mark_of(invoice)
    people = professionals(invoice)
    return {
        "language": lang.code,
        "title": title(invoice),
        "author": printable(invoice.supplier.name),
        "keywords": [word for word in (heading, number, str(invoice.month)) if word],
        "issued": [invoice.issued_on.year, invoice.issued_on.month, invoice.issued_on.day],
        "heading": heading,
        "number": breakable(number, HEADING),
        "supplier": breakable(printable(invoice.supplier.name), BLOCK),
        "mark": words[mark] if mark else "",
        "notice": words[f"{mark}_notice"] if mark else "",
        "correction": _correction(invoice, lang),
        "sum": {
            "label": words["amount_credited" if credit else "amount_due"],
            "amount": lang.amount(invoice.total),
            "sessions": lang.sessions(invoice.sessions),
            "month": lang.month(invoice.month),
        },
        "facts": _facts(invoice, lang, number),
        "parties": [
            party(words["supplier"], invoice.supplier, lang),
            party(words["customer"], invoice.customer, lang),
        ]
        + [
            _professional(words["professional"], *person)
            for person in people.items()
            if len(people) == 1
        ],
        "table": _table(invoice, lang, several=len(people) > 1),
        "subtotals": _subtotals(invoice, lang, people),
        "totals": _totals(invoice, lang),
        "total": [words["total"], lang.amount(invoice.total)],
        "vat_heading": words["vat_heading"],
        "vat_ground": breakable(printable(invoice.vat_treatment.text, SENTENCE), BLOCK),
        "payment": None if credit else payment(invoice.bank, lang, number),
        "payment_heading": words["payment"],
        "page": words["page"],
        "annex_description": words["annex"],
    }


def title(invoice: Invoice) -> str:
    """The document's title, for example ``Invoice KC-0011 – October 2026``."""
    lang = language(invoice.language)
    credit = invoice.kind is DocumentKind.CREDIT_NOTE
    heading = lang.words["credit_note" if credit else "invoice"]
    mark = mark_of(invoice)
    parts = [lang.words[mark] if mark else "", heading, printable(invoice.number or "", NUMBER)]
    return f"{' '.join(part for part in parts if part)} – {lang.month(invoice.month)}"


def mark_of(invoice: Invoice) -> Mark:
    """What is printed across the document: one without a number is a draft, whatever it says."""
    if invoice.mark is Mark.NONE and not invoice.number:
        return Mark.DRAFT
    return invoice.mark


def professionals(invoice: Invoice) -> dict[str, list[str]]:
    """The professionals' names in order of the lines, each with its e-mail addresses.

    Empty when no line names one; an empty name among others stands for the lines without one.
    """
    people: dict[str, list[str]] = {}
    for line in invoice.lines:
        emails = people.setdefault(line.professional, [])
        if line.professional_email and line.professional_email not in emails:
            emails.append(line.professional_email)
    return {} if people == {"": []} else people


def _correction(invoice: Invoice, lang: Language) -> list[str]:
    """What a credit note cancels and why, a sentence each."""
    if not invoice.corrects:
        return []
    day = invoice.corrects_issued_on
    cancels = lang.words["cancels" if day is None else "cancels_of"]
    cancels = cancels.replace("{number}", printable(invoice.corrects, NUMBER))
    cancels = cancels.replace("{day}", lang.day(day) if day else "")
    reason = printable(invoice.reason, SENTENCE)
    return [cancels] + (
        [breakable(lang.words["reason"].replace("{reason}", reason), BLOCK)] if reason else []
    )


def _facts(invoice: Invoice, lang: Language, number: str) -> list[list[str]]:
    words = lang.words
    credit = invoice.kind is DocumentKind.CREDIT_NOTE
    return [
        [
            words["credit_note_number" if credit else "number"],
            breakable(number, FACT) or words["draft"],
        ],
        [words["issued"], lang.day(invoice.issued_on)],
        [words["period"], lang.month(invoice.month)],
        *([[words["due"], lang.day(invoice.due_on)]] if invoice.due_on else []),
        [words["sessions"], lang.number(str(invoice.sessions))],
    ]


def party(label: str, who: Party, lang: Language) -> Content:
    """Who sends the invoice or receives it: label, name, lines, e-mail."""
    lines = [printable(line) for line in who.address]
    country = lang.countries.get(who.country, printable(who.country))
    if country and (not lines or lines[-1].casefold() != country.casefold()):
        lines.append(country)
    numbers = [f"{lang.tax_ids[tax.scheme]} {printable(tax.value, NUMBER)}" for tax in who.tax_ids]
    return {
        "label": label,
        "name": breakable(printable(who.name), BLOCK),
        "lines": [breakable(line, BLOCK) for line in (*lines, *numbers) if line],
        "email": breakable(printable(who.email), EMAIL),
    }


def _professional(label: str, name: str, emails: list[str]) -> Content:
    return {
        "label": label,
        "name": breakable(printable(name), BLOCK) or ABSENT,
        "lines": [],
        "email": _emails(emails),
    }


def _emails(emails: list[str]) -> str:
    return ", ".join(breakable(printable(email), EMAIL) for email in emails)


def _table(invoice: Invoice, lang: Language, *, several: bool) -> Content:
    """The sessions: a column is there only when a line has something to say in it."""
    words = lang.words
    times = any(line.time is not None for line in invoice.lines)
    columns = [
        ("count", words["line"]),
        ("day", words["date"]),
        *([("time", words["time"])] if times else []),
        ("service", words["service"]),
        *([("text", words["professional"])] if several else []),
        ("text", words["sponsor"]),
        *(("amount", head) for head in _price_heads(invoice, lang)),
    ]
    prices = [line.price for line in invoice.lines]
    nets = invoice.vat_treatment.net_prices(prices)
    rate = _rate(invoice.vat_treatment, lang)
    room = CELLS[sum(kind == "amount" for kind, _ in columns) - 1][several]

    def row(line: Line, net: Money) -> list[Any]:
        note = "" if line.kind is SessionKind.HELD else lang.kinds[line.kind]
        return [
            str(line.position),
            lang.short_day(line.date),
            *([lang.time(line.time) if line.time else ABSENT] if times else []),
            [_cell(line.service, room), note] if note else _cell(line.service, room),
            *([_cell(line.professional, room)] if several else []),
            _cell(line.sponsor, room),
            *([lang.number(net.text)] if invoice.vat_treatment.is_gross else []),
            *([rate] if rate else []),
            lang.number(line.price.text),
        ]

    return {
        "heading": words["sessions"],
        "kinds": [kind for kind, _ in columns],
        "header": [label for _, label in columns],
        "cells": [
            cell for line, net in zip(invoice.lines, nets, strict=True) for cell in row(line, net)
        ],
    }


def _price_heads(invoice: Invoice, lang: Language) -> list[str]:
    """The heads of a session's amounts: its price, and where VAT is charged what the price means.

    Then the unit price without VAT and the rate stand in each line (Article 226(8) of Directive
    2006/112/EC); a gross price stands last, since the sums are of it.
    """
    words = lang.words
    treatment = invoice.vat_treatment
    if treatment.preset is not VatPreset.TAXED:
        return [_of_currency(words["price"], invoice)]
    net, gross = (_of_currency(words[word], invoice) for word in ("net", "gross"))
    return [net, words["vat"], gross] if treatment.is_gross else [words["vat"], net]


def _of_currency(label: str, invoice: Invoice) -> str:
    return f"{label} ({invoice.currency})"


def _rate(treatment: VatTreatment, lang: Language) -> str:
    """The rate of VAT that is charged; empty where none is, for no VAT is not a rate of 0 %."""
    return lang.percent(treatment.rate) if treatment.preset is VatPreset.TAXED else ""


def _cell(text: str, room: float) -> str:
    return breakable(printable(text), room) or ABSENT


def _subtotals(invoice: Invoice, lang: Language, people: dict[str, list[str]]) -> list[Content]:
    """Sums per professional and per sponsor, each only where there are several."""
    words = lang.words
    taxed = invoice.vat_treatment.preset is VatPreset.TAXED
    amounts = _price_heads(invoice, lang)[-1] if taxed else invoice.currency
    groups: list[Content] = []
    for label, heading, subtotals, emails in (
        ("professional", "by_professional", invoice.by_professional, people),
        ("sponsor", "by_sponsor", invoice.by_sponsor, {}),
    ):
        if len(subtotals) > 1:
            rows = [_subtotal(sub, _emails(emails.get(sub.name, [])), lang) for sub in subtotals]
            groups.append(
                {
                    "heading": words[heading],
                    "header": [words[label], words["sessions"], amounts],
                    "cells": [cell for row in rows for cell in row],
                }
            )
    return groups


def _subtotal(sub: Subtotal, below: str, lang: Language) -> list[Any]:
    name = breakable(printable(sub.name), BLOCK) or lang.words["no_name"]
    return [
        [name, below] if below else name,
        lang.number(str(sub.sessions)),
        lang.number(sub.amount.text),
    ]


def _totals(invoice: Invoice, lang: Language) -> list[list[str]]:
    """Net and VAT, with its rate where one is charged."""
    words = lang.words
    vat = f"{words['vat']} {_rate(invoice.vat_treatment, lang)}".strip()
    return [[words["net"], lang.amount(invoice.net)], [vat, lang.amount(invoice.vat)]]


def payment(bank: BankAccount, lang: Language, number: str) -> list[list[str]]:
    """Who is paid where, and what to quote."""
    words = lang.words
    rows = [[words["holder"], breakable(printable(bank.holder), BLOCK)]]
    if bank.bank_name:
        rows.append([words["bank"], breakable(printable(bank.bank_name), BLOCK)])
    rows += [
        [lang.bank[scheme], breakable(printable(value, NUMBER), BLOCK)]
        for scheme, value in bank.numbers
    ]
    if number:
        rows.append([words["reference"], breakable(number, BLOCK)])
    return rows
