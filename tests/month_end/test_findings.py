"""Every finding of the month end: what makes it, how severe it is, and what it says."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest

import kara_tui
from kara_tui import documents, ledger, mail, settings
from kara_tui.ledger import NearMatch, Repaired
from kara_tui.model import (
    BankAccount,
    BankScheme,
    Decision,
    Finding,
    Money,
    Routing,
    Series,
    Session,
    SessionKind,
    Severity,
    VatPreset,
    VatTreatment,
)
from kara_tui.model.finding import ROWS_SHOWN
from kara_tui.month_end.billing_history import (
    BillingHistory,
    IssuedBefore,
    Unsettled,
)
from kara_tui.month_end.copies_folder import _moved, notices_of
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.decisions import Answer
from kara_tui.month_end.findings import MEANINGS
from kara_tui.month_end.request import Late
from kara_tui.settings import Problem, Profile
from tests.month_end.a_month import (
    OCTOBER,
    a_profile,
    billed_before,
    candidate,
    export,
    found,
    month_end,
    session,
    unpaid,
)

SEPTEMBER = session(7, date=date(2026, 9, 15))
LATE = (candidate(SEPTEMBER),)
FREE = Money(0, "EUR")
OWED = Money(-6000, "EUR")
BEFORE = billed_before("KC-0010", date(2026, 10, 6), time(9))
KRONA = Money(12500, "ISK")
EUROS_ONLY = BankAccount("Þ", ((BankScheme.IBAN, "IS140159260076545510730339"),), currency="EUR")
PROBLEM = Problem("bank[1].iban", "IS1", "Its check digits are wrong.", "Compare it.")
ISSUED = BillingHistory(
    issued={OCTOBER: (IssuedBefore("KC-0011", date(2026, 11, 1), "EUR", True),)}
)


def _paid(*sessions: Session) -> tuple[Finding, ...]:
    return month_end(export(*sessions)).findings


def _open(decision: Decision | None, **changes: object) -> tuple[Finding, ...]:
    one = session(3, **changes)
    kept = {} if decision is None else {candidate(one).fingerprint: decision}
    return month_end(
        export(session()), open_ones=[unpaid(one)], known=BillingHistory(decisions=kept)
    ).findings


def _near() -> tuple[Finding, ...]:
    match = NearMatch(candidate(session()).fingerprint, BEFORE)
    return month_end(export(session()), known=BillingHistory(near=(match,))).findings


def _charging(country: str, words: str = "Moms") -> Profile:
    """A profile of a supplier who charges VAT, in a country."""
    supplier = replace(a_profile().supplier, country=country)
    vat = VatTreatment(VatPreset.TAXED, words, Decimal(25))
    return a_profile(supplier=supplier, vat=vat)


def _printed(service: str) -> tuple[Finding, ...]:
    missing = documents.letters_missing(settings.theme_folder("invoice", "classic"))
    return month_end(export(session(service=service)), letters_missing=missing).findings


def _close() -> BillingHistory:
    return BillingHistory(near=(NearMatch(candidate(session()).fingerprint, BEFORE, close=True),))


def _network() -> tuple[Finding, ...]:
    def now() -> datetime:
        return datetime(2026, 11, 2, tzinfo=UTC)

    with (
        TemporaryDirectory() as folder,
        mock.patch("kara_tui.ledger.location.network_file_system", return_value="nfs4"),
        ledger.open_ledger(Path(folder) / "ledger.sqlite3", now=now) as book,
    ):
        return book.findings


def _seen(tmp: Path, **changes: object) -> tuple[Finding, ...]:
    """A ledger with KC-0011 next, beside a lock file that knows of more."""
    known = {
        "first": "ab" * 32, "entries": 9, "head": "cd" * 32,
        "numbers": [{"profile": "default", "supplier": "Þóra", "prefix": "KC-", "value": 12,
                     "number": "KC-0012"}],
    }  # fmt: skip
    path = tmp / "ledger.sqlite3"

    def now() -> datetime:
        return datetime(2026, 11, 2, tzinfo=UTC)

    with ledger.open_ledger(path, now=now):
        pass
    lock = path.with_name("ledger.sqlite3.lock")
    lock.write_text(json.dumps({"ledger": True, "seen": {**known, **changes}}))
    with ledger.open_ledger(path, now=now, read_only=True) as book:
        series = Series("KC-", 10)
        return (*book.findings, *book.number_findings("default", "Þóra", series))


def _put_back() -> tuple[Finding, ...]:
    with TemporaryDirectory() as folder:
        return _seen(Path(folder))


def _placed(folder_name: str, *beside: str) -> tuple[Finding, ...]:
    def now() -> datetime:
        return datetime(2026, 11, 2, tzinfo=UTC)

    with TemporaryDirectory() as folder:
        path = Path(folder) / folder_name / "ledger.sqlite3"
        with ledger.open_ledger(path, now=now) as book:
            for name in beside:
                path.with_name(name).touch()
            return book.findings


def _number_seen() -> tuple[Finding, ...]:
    with TemporaryDirectory() as folder:
        return _seen(Path(folder), head="")


# What makes each finding. The table of codes and this one have the same keys.
CASES: dict[str, Callable[[], tuple[Finding, ...]]] = {
    "other-payment-type": lambda: month_end(export(session(), other_types={"Cash": 2})).findings,
    "other-month": lambda: _paid(session(), SEPTEMBER),
    "column-dropped": lambda: month_end(export(session(), dropped=["Client Name"])).findings,
    "near-month-edge": lambda: _paid(session(date=date(2026, 10, 30))),
    "just-outside-month": lambda: (
        month_end(export(session(), near_edge=[session(9, date=date(2026, 11, 1))])).findings
    ),
    "no-time": lambda: _paid(session(time=None)),
    "same-file-twice": lambda: (
        month_end(
            export(session(), sha256="x"), export(session(3), name="b.csv", sha256="x")
        ).findings
    ),
    "rows-in-two-files": lambda: (
        month_end(export(session()), export(session(), name="b.csv")).findings
    ),
    "same-minute": lambda: _paid(session(), replace(session(), row=3)),
    "identical-rows": lambda: _paid(session(time=None), replace(session(time=None), row=3)),
    "payment-id-twice": lambda: _paid(
        session(time=None, payment_id="P-1"),
        replace(session(time=None, payment_id="P-1", price=FREE), row=3),
    ),
    "billed-before": lambda: month_end(export(session()), known=_close()).findings,
    "payment-id-billed": lambda: (
        month_end(
            export(session(payment_id="P-1")), known=BillingHistory(with_ids={"P-1": (BEFORE,)})
        ).findings
    ),
    "payment-id-doubted": lambda: _paid(session(payment_id="17")),
    "billed-as-said": lambda: (
        month_end(
            export(session()), known=_close(), bill={candidate(session()).fingerprint: "A group."}
        ).findings
    ),
    "price-far": lambda: _paid(session(), session(3, price=Money(600_000, "EUR"))),
    "price-low": lambda: _paid(session(price=Money(65, "EUR"))),
    "zero-price": lambda: _paid(session(price=FREE)),
    "negative-price": lambda: _paid(session(price=OWED)),
    "no-sponsor": lambda: _paid(session(sponsor="")),
    "sponsor-unsettled": lambda: (
        month_end(export(session()), profile=a_profile(routing_default=Routing.ASK)).findings
    ),
    "sponsor-near": lambda: (
        month_end(
            export(session()), profile=a_profile(routing={"Nordurljos": Routing.ELSEWHERE})
        ).findings
    ),
    "sponsors-alike": lambda: _paid(session(), session(3, sponsor="Nordurljós")),
    "no-professional": lambda: _paid(session(professional="")),
    "several-professionals": lambda: _paid(session(), session(3, professional="Ann Ek")),
    "mixed-currencies": lambda: _paid(session(), session(3, price=KRONA)),
    "unexpected-currency": lambda: _paid(session(price=KRONA)),
    "no-bank-account": lambda: (
        month_end(export(session(price=KRONA)), profile=a_profile(banks=(EUROS_ONLY,))).findings
    ),
    "vat-in-own-currency": lambda: month_end(export(session()), profile=_charging("SE")).findings,
    "month-issued": lambda: month_end(export(session()), known=ISSUED).findings,
    "no-sessions": lambda: _paid(SEPTEMBER),
    "month-not-over": lambda: month_end(export(session()), today=date(2026, 10, 31)).findings,
    "corrected": lambda: (
        month_end(
            export(session()),
            corrections={candidate(session()).fingerprint: Correction(kind=SessionKind.NO_SHOW)},
        ).findings
    ),
    "left-out": lambda: (
        month_end(
            export(session()), left_out={candidate(session()).fingerprint: "not mine"}
        ).findings
    ),
    "letter-unprintable": lambda: _printed("Viðtal 李"),
    "picture-left-out": lambda: _printed("Viðtal 💑"),
    "late-sessions": lambda: month_end(export(session()), came_late=LATE).findings,
    "late-sessions-included": lambda: (
        month_end(export(session()), came_late=LATE, late=Late.INCLUDE).findings
    ),
    "late-sessions-left": lambda: (
        month_end(export(session()), came_late=LATE, late=Late.LEAVE).findings
    ),
    "near-match": _near,
    "unpaid-with-sponsor": lambda: _open(None),
    "decision-unmatched": lambda: (
        month_end(export(session()), answers=(Answer(Decision.VOID, row=99),)).findings
    ),
    "unpaid-later": lambda: _open(Decision.LATER),
    "unpaid-without-sponsor": lambda: _open(None, sponsor=""),
    "unpaid-earlier-month": lambda: (
        month_end(export(session()), open_ones=[unpaid(SEPTEMBER)]).findings
    ),
    "unpaid-later-month": lambda: (
        month_end(export(session()), open_ones=[unpaid(session(date=date(2026, 11, 1)))]).findings
    ),
    "confirmed-still-unpaid": lambda: _open(Decision.CONFIRMED),
    "confirmed-missing": lambda: (
        month_end(
            export(session()),
            known=BillingHistory(confirmed=(Unsettled("x", "The session of 2026-10-20"),)),
        ).findings
    ),
    "put-off-unsettled": lambda: (
        month_end(
            export(session()),
            known=BillingHistory(put_off=(Unsettled("x", "The session of 2026-10-20"),)),
        ).findings
    ),
    "send-by-passed": lambda: month_end(export(session()), today=date(2026, 11, 5)).findings,
    "profile-problem": lambda: (PROBLEM.finding(),),
    "profile-doubt": lambda: (replace(PROBLEM, severity=Severity.WARNING).finding(),),
    "no-profile": lambda: settings.NoProfile("default").findings,
    "unknown-name": lambda: settings.BadName("That is no name.").findings,
    "document": lambda: documents.DocumentError("It cannot be set.").findings,
    "mail": lambda: mail.MailError("It cannot be written.").findings,
    "ledger": lambda: ledger.LedgerError("It is locked.", "Wait.").findings,
    "ledger-put-back": _put_back,
    "ledger-in-synced-folder": lambda: _placed("Dropbox"),
    "ledger-copy-beside": lambda: _placed("kara", "ledger 2.sqlite3"),
    "number-seen": _number_seen,
    "ledger-on-network": _network,
    "copies-folder": lambda: (_moved(Path("new"), Path("former")),),
    "copies-not-synced": lambda: notices_of(Path("share"), Repaired((), (), is_synced=False)),
}


@pytest.mark.parametrize(
    ("day", "is_passed"), [(3, False), (4, False), (5, True)], ids=["before", "on", "after"]
)
def test_on_the_last_day_to_send_nothing_has_passed_yet(day: int, *, is_passed: bool) -> None:
    # The third working day of November 2026 is Wednesday the 4th.
    found = month_end(export(session()), today=date(2026, 11, day)).findings
    assert ("send-by-passed" in [finding.code for finding in found]) is is_passed


def test_every_code_of_the_table_is_made_by_a_case() -> None:
    assert CASES.keys() == MEANINGS.keys()


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of the function in the program, but in the reader, which has its own table."""
    package = Path(kara_tui.__file__).parent
    for file in sorted(package.rglob("*.py")):
        if "exports" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                    yield file.relative_to(package), node


def test_every_code_that_is_made_stands_in_the_table_and_no_call_names_a_severity() -> None:
    makers = {str(file) for file, _ in _calls("Finding")}
    # What stops the work is a blocker, and a profile's problem brings its severity along.
    not_by_a_table = {"errors.py", "settings/problem.py"}
    assert makers == {"month_end/findings/__init__.py", "ledger/findings.py"} | not_by_a_table

    codes = [call.args[0] for _, call in _calls("finding")]
    made = {str(code.value) for code in codes if isinstance(code, ast.Constant)}
    assert len(made) > 40
    assert made <= MEANINGS.keys()


@pytest.mark.parametrize("code", MEANINGS)
def test_a_finding_is_as_severe_as_the_table_says_and_speaks_in_sentences(code: str) -> None:
    findings = CASES[code]()

    assert code in [finding.code for finding in findings]
    for finding in findings:
        assert finding.severity is MEANINGS[finding.code].severity
        assert not finding.message[0].islower() or finding.message.startswith(finding.source)
        assert finding.message[-1] in ".?" or finding.code == "no-profile"
        assert not finding.hint or finding.hint[-1] in ".)"
        assert finding.message.isprintable()
    if MEANINGS[code].severity is not Severity.INFO and code not in SAY_IT_ALL:
        (finding, *_) = [finding for finding in findings if finding.code == code]
        assert finding.hint, "a finding that is more than information says what to do"


# Their message holds what to do, or there is nothing to be done.
SAY_IT_ALL = {"late-sessions-included", "no-profile", "unknown-name", "document", "mail"}


# The findings that begin by counting.
COUNTING = [
    "other-month", "column-dropped", "near-month-edge", "just-outside-month", "no-time",
    "corrected", "billed-as-said", "billed-before", "payment-id-billed",
    "price-far", "price-low", "zero-price", "negative-price", "no-sponsor", "sponsors-alike",
    "no-professional",
    "unexpected-currency", "left-out", "late-sessions", "late-sessions-included",
    "late-sessions-left", "unpaid-with-sponsor", "unpaid-later", "unpaid-without-sponsor",
    "unpaid-earlier-month", "unpaid-later-month", "confirmed-still-unpaid",
]  # fmt: skip


@pytest.mark.parametrize("code", COUNTING)
def test_what_is_said_of_one_is_said_in_the_singular(code: str) -> None:
    (message,) = [finding.message for finding in CASES[code]() if finding.code == code]
    assert message.startswith("1 ")
    assert not PLURAL.search(message)


def test_no_other_finding_begins_by_counting() -> None:
    counting = {
        finding.code
        for case in CASES.values()
        for finding in case()
        if finding.message.startswith("1 ")
    }
    assert counting == set(COUNTING)


PLURAL = re.compile(r"\b(lie|have|are|were|cost|do|stand|[Tt]hey)\b")


def test_an_ordinary_month_has_nothing_to_say() -> None:
    result = month_end(export(session(), session(3)))
    assert result.findings == ()
    assert not result.is_blocked
    assert [invoice.total.text for invoice in result.invoices] == ["120.00"]


def test_findings_stand_with_blockers_first() -> None:
    one = export(session(time=None), session(3, price=OWED), other_types={"Cash": 1})
    severities = [finding.severity for finding in month_end(one).findings]
    assert severities == sorted(severities, key=list(Severity)[::-1].index)
    assert len(set(severities)) == 3


def test_long_lists_of_rows_and_names_are_cut_and_say_so() -> None:
    many = [session(row, professional=f"Person {row:03} {'x' * 200}") for row in range(2, 102)]
    result = month_end(export(*(replace(one, time=None) for one in many)))

    no_time = found(result, "no-time")
    assert (len(no_time.rows), no_time.count) == (ROWS_SHOWN, 100)
    people = found(result, "several-professionals").message
    assert "100 professionals" in people
    assert "and 92 more" in people
    assert len(people) < 800


def test_a_late_session_of_a_sponsor_invoiced_elsewhere_is_not_asked_about() -> None:
    late = (candidate(replace(SEPTEMBER, sponsor="Direct")),)
    profile = a_profile(routing={"Direct": Routing.ELSEWHERE})
    for answer in Late:
        result = month_end(export(session()), came_late=late, late=answer, profile=profile)
        assert not [f for f in result.findings if f.code.startswith("late-sessions")]
        assert result.sessions == 1


def test_a_late_session_that_was_left_out_by_name_is_not_asked_about_again() -> None:
    out = {LATE[0].fingerprint: "asked already"}
    result = month_end(export(session()), came_late=LATE, left_out=out)
    assert not [f for f in result.findings if f.code.startswith("late-sessions")]


def test_a_session_date_in_the_file_leaves_no_doubt_about_the_edge() -> None:
    edge = session(date=date(2026, 10, 31))
    certain = export(edge, fields=["session_date"], near_edge=[edge])
    assert month_end(certain).findings == ()


@pytest.mark.parametrize(
    ("day", "near"), [(1, True), (2, True), (3, False), (29, False), (30, True), (31, True)]
)
def test_the_edge_of_the_month_is_two_days_wide(day: int, *, near: bool) -> None:
    codes = [f.code for f in month_end(export(session(date=date(2026, 10, day)))).findings]
    assert codes == (["near-month-edge"] if near else [])


def test_equal_rows_without_a_time_but_with_payment_ids_of_their_own_are_not_identical() -> None:
    one = session(time=None, payment_id="a")
    two = replace(session(time=None), row=3, payment_id="b")
    assert [f.code for f in month_end(export(one, two)).findings] == ["no-time"]


def test_one_payment_id_in_two_files_is_asked_about_even_if_its_price_changed() -> None:
    one = export(session(payment_id="a"))
    two = export(session(payment_id="a", price=Money(6500, "EUR")), name="b.csv")
    asked = found(month_end(one, two), "same-minute")
    assert asked.count == 2
    assert (
        "row 2 of paid.csv and row 2 of b.csv (2026-10-07 09:00, other in price)" in asked.message
    )


def test_a_row_in_two_files_is_known_whatever_the_case_and_blanks_of_its_names() -> None:
    other = export(session(sponsor="  norðurljós "), name="b.csv")
    assert found(month_end(export(session()), other), "rows-in-two-files").count == 2


def test_a_session_that_one_file_has_twice_and_another_once_is_in_both() -> None:
    twice = export(session(), replace(session(), row=3))
    result = month_end(twice, export(session(), name="b.csv"))
    assert found(result, "rows-in-two-files").is_blocker


def test_a_late_session_in_two_files_is_not_billed_twice() -> None:
    result = month_end(export(session()), came_late=LATE * 2, late=Late.INCLUDE)
    assert found(result, "rows-in-two-files").is_blocker


def test_a_confirmed_session_that_is_still_unpaid_is_said_once() -> None:
    waiting = candidate(session(3, source="unpaid.csv"))
    known = BillingHistory(
        decisions={waiting.fingerprint: Decision.CONFIRMED},
        confirmed=(Unsettled(waiting.fingerprint, "The session"),),
    )
    result = month_end(export(session()), open_ones=[unpaid(session(3))], known=known)
    assert [finding.code for finding in result.findings] == ["confirmed-still-unpaid"]


def test_a_month_whose_every_session_is_billed_already_says_so_and_is_not_empty() -> None:
    known = BillingHistory(
        billed={candidate(session()).fingerprint: "KC-0011"}, issued=ISSUED.issued
    )
    result = month_end(export(session()), known=known)
    assert found(result, "month-issued").is_blocker
    assert "already on invoice KC-0011" in found(result, "left-out").message
    assert result.invoices == ()


@pytest.mark.parametrize(
    ("billed", "standing", "cancelled", "blocked"),
    [
        ("EUR", "EUR", "", True),
        ("EUR", "", "EUR", False),
        ("EUR", "ISK", "EUR", False),
        ("EUR", "ISK", "", True),
        ("EUR", "EUR", "EUR", True),
    ],
)
def test_a_month_takes_a_second_invoice_only_for_what_was_cancelled(
    billed: str, standing: str, cancelled: str, *, blocked: bool
) -> None:
    before = [IssuedBefore("KC-0012", date(2026, 11, 1), standing, True)] if standing else []
    if cancelled:
        before.append(IssuedBefore("KC-0011", date(2026, 11, 1), cancelled, False))
    result = month_end(
        export(session(price=Money(6000, billed))),
        known=BillingHistory(issued={OCTOBER: tuple(before)}),
    )
    assert ("month-issued" in [f.code for f in result.findings]) is blocked


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("IS1", "bank[1].iban is “IS1”: Its check digits are wrong."),
        ("", "bank[1].iban: Its check digits are wrong."),
    ],
)
def test_a_profile_s_problem_is_said_in_the_same_words_everywhere(
    value: str, sentence: str
) -> None:
    problem = replace(PROBLEM, value=value)
    (refused,) = settings.ProfileError([problem]).findings
    assert str(problem) == f"{sentence} Compare it."
    assert problem.finding().message == refused.message == f"The profile's {sentence}"


@pytest.mark.parametrize(
    ("country", "words", "asked"),
    [
        ("SE", "Moms", True),
        ("IS", "VSK", True),
        ("SE", "Moms 150,25 SEK (ECB 30 oktober 2026: 11,23)", False),
        ("IE", "VAT", False),
        ("US", "VAT", False),
    ],
)
def test_vat_is_said_in_the_suppliers_own_currency_too(
    country: str, words: str, *, asked: bool
) -> None:
    result = month_end(export(session()), profile=_charging(country, words))
    assert ("vat-in-own-currency" in {one.code for one in result.findings}) is asked


def test_without_vat_no_other_currency_is_asked_for() -> None:
    supplier = replace(a_profile().supplier, country="SE")
    result = month_end(export(session()), profile=a_profile(supplier=supplier))
    assert "vat-in-own-currency" not in {one.code for one in result.findings}
