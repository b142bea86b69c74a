"""The judge: is the ledger whole, was anything reported that is not kept, does work go on?"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from kara_tui.ledger import GoOnOrder, LedgerError, MailState, MonthTaken, NotSendable, open_ledger
from kara_tui.ledger.book import Ledger
from kara_tui.model import DocumentKind, Month
from tests.crash.child import DECEMBER, NOVEMBER, OCTOBER, now, order, render, traces

CURRENCIES = {"EUR", "ISK"}


class Broken(AssertionError):
    """A promise of the ledger was broken."""


def judge(folder: Path, act: str, reported: Collection[str]) -> None:
    """Open what a disaster left, and go on: with the same month, and with another.

    Raises Broken.
    """
    copies_before = _copies(folder)
    try:
        with open_ledger(
            folder / "data" / "ledger.sqlite", now=now, traces=traces(folder)
        ) as ledger:
            issued = [line.split()[1] for line in reported if line.startswith("issued ")]
            _look(ledger, issued)
            _no_half_issue(ledger)
            if act == "send":
                _sent_at_most_once(ledger, reported)
            _whole_copies_only(ledger, copies_before)
            if act == "restore":
                _restored_or_not(ledger, reported)
                _go_on_after_spent_numbers(ledger)
            _go_on(ledger, NOVEMBER if act in ("next", "restore") else OCTOBER)
            _go_on(ledger, DECEMBER)
            _look(ledger, issued)
            ledger.repair(folder / "out")
            _whole_copies_only(ledger, _copies(folder))
            names = {
                name
                for document in ledger.invoices()
                for name in (document.pdf_name, document.mail_name)
            }
            _equal(set(os.listdir(folder / "out")), names, "the copies are not the ledger's")
    except LedgerError as error:
        raise Broken(f"the ledger does not open or go on: {error}") from error
    _only_kept_ledgers_beside(folder / "data")
    mode = stat.S_IMODE((folder / "data" / "ledger.sqlite").stat().st_mode)
    _equal(mode, 0o600, "others may read the ledger")


def _look(ledger: Ledger, issued: Collection[str]) -> None:
    verdict = ledger.verify()
    _equal(verdict.problems, (), "verify")
    documents = ledger.invoices()
    numbers = [document.number for document in documents]
    _equal(len(set(numbers)), len(numbers), "a number twice")
    _equal(set(issued) - set(numbers), set(), "reported as issued, and lost")
    standing = Counter((str(d.month), d.total.currency) for d in documents if d.stands)
    _equal([month for month, count in standing.items() if count > 1], [], "two for one month")


def _sent_at_most_once(ledger: Ledger, reported: Collection[str]) -> None:
    """A sender that comes after the disaster does not deliver what was delivered."""
    state = ledger.get("KC-0001").document.mail_state
    if "sent" in reported:
        _equal(state, MailState.SENT, "reported as sent")
    try:
        ledger.begin_sending("KC-0001")
    except NotSendable:
        _equal(state in (MailState.SENT, MailState.UNKNOWN), True, f"{state} is not sent")
    else:
        _equal("delivered" in reported, False, "the mail would go out a second time")


def _restored_or_not(ledger: Ledger, reported: Collection[str]) -> None:
    acts = [entry.act for entry in ledger.audit()]
    if "restored" in reported:
        _equal(acts[-1], "restored", "reported as restored")
    _equal(len(ledger.invoices()), 2 if acts[-1] == "restored" else 4, "neither old nor new")


def _go_on_after_spent_numbers(ledger: Ledger) -> None:
    """What was issued after the backup is known outside the ledger, and not given out again."""
    series, supplier = order(OCTOBER).series, order(OCTOBER).supplier
    is_older = len(ledger.invoices()) == 2
    seen = ledger.number_findings("default", supplier, series)
    _equal([finding.code for finding in seen], ["number-seen"] * is_older, "spent numbers")
    if is_older:
        ledger.go_on(GoOnOrder("default", supplier, series, 4, "They were sent."))


def _only_kept_ledgers_beside(data: Path) -> None:
    """Nothing half made stays; a ledger that was replaced is kept whole."""
    for name in set(os.listdir(data)) - {"ledger.sqlite", "ledger.sqlite.lock"}:
        _equal(name.startswith("ledger.sqlite.before-restore-"), True, f"{name} lies there")
        with open_ledger(data / name, now=now, read_only=True) as kept:
            _equal(kept.verify().problems, (), "the ledger that was replaced")
            _equal(len(kept.invoices()), 4, "the ledger that was replaced")


def _no_half_issue(ledger: Ledger) -> None:
    """So far each issue was of two currencies."""
    sizes = Counter(d.issue for d in ledger.invoices() if d.kind is DocumentKind.INVOICE)
    _equal(set(sizes.values()) - {2}, set(), "half of an issue")


def _go_on(ledger: Ledger, month: Month) -> None:
    last = ledger.last_number("default", "KC-") or 0
    missing = CURRENCIES - _standing(ledger, month)
    try:
        issue = ledger.issue(order(month, missing or CURRENCIES), render)
    except MonthTaken:
        _equal(missing, set(), "taken by nothing")
    else:
        _equal(issue.numbers[0], f"KC-{last + 1:04}", "the next number")
    _equal(_standing(ledger, month), CURRENCIES, "the month is not billed whole")


def _standing(ledger: Ledger, month: Month) -> set[str]:
    return {d.total.currency for d in ledger.invoices(month=month) if d.stands}


def _whole_copies_only(ledger: Ledger, copies: dict[str, bytes]) -> None:
    """Nothing lies in the folder that looks like an invoice and is none."""
    held = {}
    for document in ledger.invoices():
        stored = ledger.get(document.number)
        held[stored.pdf.name] = stored.pdf.content
        held[stored.mail.name] = stored.mail.content
    for name, content in copies.items():
        _equal(held.get(name), content, f"{name} is not a copy of anything issued")


def _copies(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    if not out.is_dir():
        return {}
    return {item.name: item.read_bytes() for item in out.iterdir() if item.name[0] != "."}


def _equal(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise Broken(f"{what}: {str(found)[:300]} and not {str(wanted)[:300]}")
