"""The process that is killed, refused and cut off: one act on a ledger, its copies, its report.

Run as ``python -S -m tests.crash.child FOLDER ACT``. The calls that the harness aims at lie between
two looks at files that do not exist. What is reported on standard output is a promise.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from pathlib import Path

from kara_tui.ledger import (
    BillableSession,
    CreditOrder,
    DraftInvoice,
    Issue,
    IssueOrder,
    LedgerError,
    MailState,
    Rendered,
    RenderedDocument,
    Traces,
    access,
    book,
    fingerprints,
    open_ledger,
    restore_ledger,
)
from kara_tui.model import File, Money, Month, Series, Session, total

LOADED_NOW = (access, book)  # importing them is not part of the act

BEGIN, END = "/kara-crash-begin", "/kara-crash-end"
ISSUED, REFUSED, COPIES_REFUSED = 0, 4, 5
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def ledger_file(folder: Path) -> Path:
    return folder / "data" / "ledger.sqlite"


def traces(folder: Path) -> Traces:
    """The mark lies away from the ledger, as in the settings' folder."""
    return Traces(mark=folder / "settings" / "issued-numbers.json", folders=(folder / "out",))


def now() -> datetime:
    return datetime(2027, 1, 2, 12, 0, tzinfo=UTC)


def order(month: Month, currencies: Collection[str] = ("EUR", "ISK")) -> IssueOrder:
    """Three sessions, one of them in another currency: two invoices and one mail."""
    sessions = [
        Session(2 + day, "paid.csv", date(month.year, month.number, day), None, "Therapy",
                Money(6500, "EUR" if day < 3 else "ISK"), "Þóra Ægisdóttir", "", "Acme")
        for day in (1, 2, 3)
    ]  # fmt: skip
    prints = dict(zip(sessions, fingerprints(sessions), strict=True))
    drafts = []
    for currency in sorted(currencies):
        billed = [item for item in sessions if item.price.currency == currency]
        net = total((item.price for item in billed), currency)
        items = tuple(BillableSession(item, prints[item]) for item in billed)
        drafts.append(DraftInvoice(net, Money(0, currency), net, None, "{}", items))
    series = Series("KC-", 0)
    return IssueOrder("default", "Þóra", series, month, now().date(), tuple(drafts))


def render(numbers: tuple[str, ...]) -> Rendered:
    """Fixed bytes, more than a page of the database each."""
    return Rendered(
        tuple(
            RenderedDocument(File(f"{number}.pdf", b"%PDF-1.7 " + number.encode() * 1000))
            for number in numbers
        ),
        File(f"{numbers[0]}.eml", numbers[0].encode() * 1000),
    )


def report(line: str) -> None:
    """Tell the world, which a disaster does not take back."""
    os.write(1, f"{line}\n".encode())


def issue_october(ledger: book.Ledger) -> None:
    issued(ledger.issue(order(OCTOBER), render))


def issue_november(ledger: book.Ledger) -> None:
    issued(ledger.issue(order(NOVEMBER), render))


def credit_first(ledger: book.Ledger) -> None:
    issued(ledger.credit(CreditOrder("KC-0001", "Wrong.", now().date(), "{}"), render))


def issued(issue: Issue) -> None:
    for number in issue.numbers:
        report(f"issued {number}")


def send_first(ledger: book.Ledger) -> None:
    """What the world is told here is what a mail server is told elsewhere."""
    ledger.begin_sending("KC-0001")
    report("delivered")
    ledger.end_sending("KC-0001", MailState.SENT, now().date())
    report("sent")


def restore_october(folder: Path) -> None:
    """Go back to the backup that was made before November was issued."""
    restore_ledger(
        ledger_file(folder),
        folder / "backup.sqlite",
        now=now,
        accept_older=True,
        traces=traces(folder),
    )
    report("restored")


ACTS: dict[str, Callable[[book.Ledger], None]] = {
    "first": issue_october,
    "next": issue_november,
    "credit": credit_first,
    "send": send_first,
}


def main(folder: Path, act: str) -> int:
    try:
        if act == "restore":
            restore_october(folder)
            return ISSUED
        with open_ledger(ledger_file(folder), now=now, traces=traces(folder)) as ledger:
            ACTS[act](ledger)
            try:
                ledger.repair(folder / "out")
            except LedgerError as error:
                report(f"copies refused: {error}")
                return COPIES_REFUSED
    except LedgerError as error:
        report(f"refused: {type(error).__name__}: {error}")
        return REFUSED
    return ISSUED


if __name__ == "__main__":
    os.access(BEGIN, os.F_OK)
    code = main(Path(sys.argv[1]), sys.argv[2])
    os.access(END, os.F_OK)
    os._exit(code)
