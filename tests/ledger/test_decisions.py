"""What the user said is kept: decisions with their history, routes, the wizard's place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kara_tui.ledger import RefusedByLedger, SavedPlace, SessionDecision
from kara_tui.model import Decision, Routing
from tests.ledger.story import NOVEMBER, opened, order, render, set_route


def test_a_decision_is_kept_with_its_history(folder: Path) -> None:
    first = SessionDecision("2026-10-01.aa", Decision.LATER, '{"service":"Therapy"}', "ask Jón")
    then = SessionDecision("2026-10-01.aa", Decision.CONFIRMED, '{"service":"Therapy"}')
    other = SessionDecision("2026-10-02.bb", Decision.COLLECT, "{}")
    with opened(folder) as ledger:
        ledger.decide([first, other])
        ledger.decide([then])
    with opened(folder) as ledger:
        held = {mark: decided.choice for mark, decided in ledger.decisions().items()}
        assert held == {"2026-10-01.aa": then, "2026-10-02.bb": other}
        kept = [json.loads(line) for line in ledger.json_lines()]
        said = [row for row in kept if row.get("fingerprint") == "2026-10-01.aa"]
        assert [(row["decision"], row["note"]) for row in said] == [
            (choice.decision.value, choice.note) for choice in (first, then)
        ]
        at = {row["id"]: row["at"] for row in kept if row.get("table") == "audit"}
        assert at[said[0]["entry"]] < at[said[1]["entry"]]
        assert ledger.verify().whole


def test_a_decision_is_about_the_profile_that_took_it(folder: Path) -> None:
    def choice(decision: Decision, session: str) -> SessionDecision:
        return SessionDecision("2026-10-01.aa", decision, session)

    before = choice(Decision.LATER, '{"service":"Therapy"}')
    mine = choice(Decision.VOID, '{"profile":"default"}')
    theirs = choice(Decision.COLLECT, '{"profile":"clinic"}')
    with opened(folder) as ledger:
        ledger.decide([before, SessionDecision("x", Decision.VOID, "no JSON")])
        assert ledger.decisions("clinic")["2026-10-01.aa"].choice == before
        ledger.decide([mine])
        assert ledger.decisions("clinic")["2026-10-01.aa"].choice == before
        ledger.decide([theirs])
        assert ledger.decisions("default")["2026-10-01.aa"].choice == mine
        assert ledger.decisions("clinic")["2026-10-01.aa"].choice == theirs
        assert ledger.decisions()["2026-10-01.aa"].choice == theirs


def test_every_decision_there_is_can_be_kept(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.decide([SessionDecision(decision.value, decision, "{}") for decision in Decision])
        assert set(ledger.decisions()) == {decision.value for decision in Decision}


def test_no_decision_is_no_entry(folder: Path) -> None:
    with opened(folder) as ledger:
        head = ledger.head()
        ledger.decide([])
        assert ledger.head() == head


def test_the_last_route_of_a_sponsor_holds_for_its_profile(folder: Path) -> None:
    with opened(folder) as ledger:
        set_route(ledger, "default", "Acme", Routing.ELSEWHERE)
        set_route(ledger, "default", "Acme", Routing.KARA)
        set_route(ledger, "default", "Beta", Routing.ELSEWHERE)
        set_route(ledger, "clinic", "Acme", Routing.ELSEWHERE)
        assert ledger.routes("default") == {"Acme": Routing.KARA, "Beta": Routing.ELSEWHERE}


def test_the_wizard_finds_its_place_again_until_the_month_is_issued(folder: Path) -> None:
    place = SavedPlace("check", '{"month":"2026-10"}', {"paid.csv": "ab" * 32})
    with opened(folder) as ledger:
        assert ledger.load_place("default") is None
        ledger.save_place("default", SavedPlace("files", "{}"))
        ledger.save_place("default", place)
        ledger.save_place("clinic", place)
    with opened(folder) as ledger:
        assert ledger.load_place("default") == place
        ledger.issue(order(), render)
        assert ledger.load_place("default") is None
        assert ledger.load_place("clinic") == place
        ledger.clear_place("clinic")
        assert ledger.load_place("clinic") is None


def test_an_issue_that_fails_leaves_the_place(folder: Path) -> None:
    place = SavedPlace("check", "{}")
    with opened(folder) as ledger:
        ledger.save_place("default", place)
        with pytest.raises(ZeroDivisionError):
            ledger.issue(order(NOVEMBER), lambda numbers: render(numbers[: 1 // 0]))
        assert ledger.load_place("default") == place


def test_a_place_does_not_take_the_rows_of_an_export(folder: Path) -> None:
    with (
        opened(folder) as ledger,
        pytest.raises(RefusedByLedger, match="never the rows of an export"),
    ):
        ledger.save_place("default", SavedPlace("files", "x" * 300_000))


def test_a_place_is_no_entry_of_the_chain(folder: Path) -> None:
    with opened(folder) as ledger:
        head = ledger.head()
        ledger.save_place("default", SavedPlace("files", "{}"))
        assert ledger.head() == head
