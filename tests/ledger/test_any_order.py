"""Whatever is done in whatever order, the ledger is what a simple model of it says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kara_tui.ledger import (
    AlreadyBilled,
    MonthTaken,
    Rendered,
    WouldLose,
    fingerprints,
    open_ledger,
    restore_ledger,
)
from kara_tui.ledger.book import Ledger
from kara_tui.model import Month, Session
from tests.ledger.conftest import _MEMORY
from tests.ledger.story import Clock, credit_order, draft, go_on_order, order, render, session

MONTHS = [Month(2026, number) for number in (9, 10, 11)]
SESSIONS = {
    month: [session(month.first + timedelta(days=day)) for day in (0, 1, 1)] for month in MONTHS
}
TODAY = date(2027, 1, 2)


@dataclass
class Invoice:
    """An invoice or a credit note of the model."""

    number: str
    month: Month
    sessions: tuple[str, ...] = ()
    corrects: str = ""


@dataclass
class Model:
    """What should be: the documents in order, and the highest number that was ever given out."""

    documents: list[Invoice] = field(default_factory=list)
    highest: int = 0

    def standing(self) -> list[Invoice]:
        cancelled = {document.corrects for document in self.documents}
        return [d for d in self.documents if not d.corrects and d.number not in cancelled]

    def next_number(self) -> str:
        return f"KC-{self.highest + 1:04}"

    def issued(self, invoice: Invoice) -> None:
        assert invoice.number == self.next_number()
        self.documents.append(invoice)
        self.highest += 1


class Killed(BaseException):
    """The process ends here."""


class AnyOrder(RuleBasedStateMachine):
    """Start, issue, credit, be cut off, back up, restore."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        self.path = self.folder / "ledger.sqlite"
        self.clock = Clock()
        self.model = Model()
        self.backups: list[tuple[Path, list[Invoice]]] = []
        self.ledger: Ledger = open_ledger(self.path, now=self.clock)

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder)

    def start_again(self) -> None:
        self.ledger.close()
        self.ledger = open_ledger(self.path, now=self.clock)

    def _issue(
        self, month: Month, chosen: list[Session], draw: Callable[[tuple[str, ...]], Rendered]
    ) -> None:
        prints = fingerprints(chosen)
        taken = any(document.month == month for document in self.model.standing())
        billed = {mark for document in self.model.standing() for mark in document.sessions}
        wanted = order(month, draft(chosen, month, prints), today=TODAY)
        if taken:
            with pytest.raises(MonthTaken):
                self.ledger.issue(wanted, draw)
        elif billed & set(prints):
            with pytest.raises(AlreadyBilled):
                self.ledger.issue(wanted, draw)
        else:
            issue = self.ledger.issue(wanted, draw)
            self.model.issued(Invoice(issue.numbers[0], month, prints))

    @rule(
        month=st.sampled_from(MONTHS),
        count=st.integers(1, 3),
        late=st.sampled_from([None, *MONTHS]),
    )
    def issue(self, month: Month, count: int, late: Month | None) -> None:
        chosen = list(SESSIONS[month][:count])
        if late is not None and late < month:
            chosen += SESSIONS[late][2:]
        self._issue(month, chosen, render)

    @rule(month=st.sampled_from(MONTHS))
    def issue_and_be_cut_off(self, month: Month) -> None:
        def cut(numbers: tuple[str, ...]) -> Rendered:
            raise Killed

        before = self.ledger.head()
        try:
            self._issue(month, list(SESSIONS[month]), cut)
        except Killed:
            self.start_again()
        assert self.ledger.head() == before

    @precondition(lambda self: self.model.standing())
    @rule(data=st.data())
    def credit(self, data: st.DataObject) -> None:
        invoice = data.draw(st.sampled_from(self.model.standing()))
        issue = self.ledger.credit(credit_order(invoice.number, TODAY), render)
        (number,) = issue.numbers
        self.model.issued(Invoice(number, invoice.month, corrects=invoice.number))

    @rule()
    def close_and_start_again(self) -> None:
        self.start_again()

    @rule()
    def back_up(self) -> None:
        self.clock()
        backup = self.ledger.backup(self.folder / "backups")
        self.backups.append((backup.path, list(self.model.documents)))

    @precondition(lambda self: self.backups)
    @rule(data=st.data(), accept=st.booleans())
    def restore(self, data: st.DataObject, accept: bool) -> None:
        file, held = data.draw(st.sampled_from(self.backups))
        # Two histories may hold two documents of one number: they are not the same.
        lost = {d.number for d in self.model.documents if all(d is not other for other in held)}
        self.ledger.close()
        try:
            restore_ledger(self.path, file, now=self.clock, accept_older=accept)
        except WouldLose as no:
            assert not accept
            assert lost == set(no.numbers)  # noqa: PT017 - it may be raised, or not
        else:
            assert accept or not lost
            self.model.documents = list(held)
        self.ledger = open_ledger(self.path, now=self.clock)
        if self.ledger.number_findings("default", order().supplier, order().series):
            # Numbers that were given out after the backup are spent, and skipped.
            self.ledger.go_on(go_on_order(self.model.highest))

    @invariant()
    def no_number_comes_twice_and_all_is_as_the_model_has_it(self) -> None:
        documents = self.ledger.invoices()
        assert [d.number for d in documents] == [d.number for d in self.model.documents]
        assert [d.number for d in documents if d.stands] == [
            d.number for d in self.model.standing()
        ]
        billed = {mark: d.number for d in self.model.standing() for mark in d.sessions}
        everything = {mark for month in MONTHS for mark in fingerprints(SESSIONS[month])}
        assert self.ledger.billed(everything | billed.keys()) == billed
        assert self.ledger.verify().problems == ()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=15,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
