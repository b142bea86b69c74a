"""Invoice: what Kara Connect will receive, in words or as the page itself."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import BankScheme, Invoice, Party
from kara_tui.month_end.steps import StepId, findings_of, step
from kara_tui.month_end.wording import counted, month_name
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import Page, heading
from kara_tui.tui.scroll import Scroll

LABEL = 12

_SCHEMES = {
    BankScheme.IBAN: "IBAN", BankScheme.BIC: "BIC", BankScheme.ICELANDIC_ACCOUNT: "Account",
    BankScheme.KENNITALA: "Kennitala", BankScheme.SORT_CODE: "Sort code",
    BankScheme.UK_ACCOUNT: "Account", BankScheme.BANKGIRO: "Bankgiro", BankScheme.ABA: "ABA",
    BankScheme.US_ACCOUNT: "Account",
}  # fmt: skip


class InvoicePage(Page):
    """The drafts as text that scrolls; the printed page on a key."""

    id = "invoice"
    title = "Invoice"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scroll = Scroll()
        self.does = {
            "next": desk.forward,
            "preview": self._preview,
            "look": self._choose_look,
            **self._scroll.moves(),
        }

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.INVOICE)
        head = heading(about.title, about.purpose, width)
        found = found_lines(findings_of(StepId.INVOICE, self.desk.standing), width, height // 4)
        lines = self._scroll.show(self._text(width), height - len(head) - len(found) - 1)
        return Drawn((*head, BLANK, *lines, *found)[:height], (0, len(head) + 1))

    def _text(self, width: int) -> list[Line]:
        month_end = self.desk.month_end
        if month_end is None or not month_end.invoices:
            return wrapped("There is no session to bill yet.", width, "warning")
        lines: list[Line] = []
        for invoice, number in zip(month_end.invoices, month_end.numbers, strict=True):
            lines += invoice_lines(invoice, number, self._look, width)
        return lines

    def why_not(self, action: str) -> str:
        if action == "preview" and not (self.desk.month_end and self.desk.month_end.invoices):
            return "There is no page to show yet."
        return ""

    def _choose_look(self) -> None:
        from kara_tui.tui.pages.choice import ChoicePage

        looks = self.desk.acts.looks()
        now = self._look
        self.desk.open(
            ChoicePage(
                self.desk,
                "Look",
                ("How is the invoice to look? v shows the page. Your own looks lie beside your "
                 "settings.",),
                looks,
                lambda chosen: self.desk.change(replace(self.desk.request, theme=looks[chosen])),
                now=looks.index(now) if now in looks else 0,
            )
        )  # fmt: skip

    @property
    def _look(self) -> str:
        month_end = self.desk.month_end
        return self.desk.request.theme or (month_end.profile.theme if month_end else "")

    def _preview(self) -> None:
        from kara_tui.tui.pages.preview import PreviewPage

        self.desk.open(PreviewPage(self.desk))


def invoice_lines(invoice: Invoice, next_number: str, look: str, width: int) -> list[Line]:
    """One draft in words, all that its paper will say but the sessions one by one."""
    number = invoice.number or f"{next_number}, taken when you issue it"
    rows: list[tuple[str, list[str]]] = [
        ("Number", [f"{number}, taken when you issue it"]),
        ("Date", [invoice.issued_on.isoformat()]),
        ("For", [f"{counted(invoice.sessions, 'session')} of {month_name(invoice.month)}"]),
        ("From", _party(invoice.supplier)),
        ("To", _party(invoice.customer)),
        ("Bank", [invoice.bank.holder, *(
            f"{_SCHEMES[scheme]} {value}" for scheme, value in invoice.bank.numbers)]),
        ("VAT", [invoice.vat_treatment.text]),
        ("Look", [look]),
    ]  # fmt: skip
    if invoice.vat.minor:
        rows += [("Net", [str(invoice.net)]), ("VAT amount", [str(invoice.vat)])]
    rows.append(("Total", [str(invoice.total)]))
    lines: list[Line] = []
    for label, texts in rows:
        role = "strong" if label in ("Total", "Number") else "text"
        shown = [line for text in texts for line in wrapped(text, width - LABEL - 1, role)]
        for index, line in enumerate(shown):
            lines.append(((f"{label if index == 0 else '':<{LABEL}} ", "muted"), *line))
    lines.append(BLANK)
    lines.append((("By sponsor", "accent"),))
    for part in invoice.by_sponsor:
        name = part.name or "no sponsor"
        lines.append((
            (f"  {part.amount!s:>14}  {counted(part.sessions, 'session'):<14} ", "text"),
            (name, "text"),
        ))  # fmt: skip
    if invoice.by_professional:
        lines += [BLANK, (("By professional", "accent"),)]
        lines += [
            ((f"  {part.amount!s:>14}  {counted(part.sessions, 'session'):<14} {part.name}",
              "text"),)
            for part in invoice.by_professional
        ]  # fmt: skip
    lines += [BLANK, (("Sessions", "accent"),)]
    for line_ in invoice.lines:
        when = f"{line_.date.isoformat()} {line_.time:%H:%M}" if line_.time else str(line_.date)
        lines.append(((f"  {line_.position:>4}  {when:<16}  {line_.price!s:>12}  "
                       f"{line_.service}", "text"),))  # fmt: skip
    return lines


def _party(party: Party) -> list[str]:
    return [
        party.name,
        ", ".join(party.address),
        *([party.email] if party.email else []),
        *(f"{tax.scheme.value}: {tax.value}" for tax in party.tax_ids),
    ]
