"""The acts, in this process, on real files and a real ledger: read, try out, issue, remember."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui import issued
from kara_tui.headless.report import outcome_document
from kara_tui.model import Decision, HowToRead, SessionKind
from kara_tui.month_end import Late, Request, Status, dry_run, issue, prepare
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.place import clear_place, load_place, save_place
from kara_tui.settings import demo_folder, load
from tests.month_end.a_month import OCTOBER, TODAY

HEADERS = [
    "Transaction date", "Client Name", "Service Name", "Service Price", "Service Currency", "Type",
    "Sponsor", "Professional Name",
]  # fmt: skip


@contextmanager
def a_home() -> Iterator[Path]:
    """A folder for settings and data, with the sample profile as the user's own."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "profiles").mkdir()
        profile = (demo_folder() / "profile.toml").read_bytes()
        (home / "profiles" / "default.toml").write_bytes(profile)
        with mock.patch.dict("os.environ", {"KARA_TUI_HOME": folder}):
            yield home


@pytest.fixture
def home() -> Iterator[Path]:
    with a_home() as folder:
        yield folder


def october(home: Path, *rows: list[str]) -> Request:
    """A request for October with a Paid export of these rows."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADERS, *rows])
    path = home / "paid.csv"
    path.write_text(out.getvalue(), "utf-8")
    return Request("default", TODAY, (path,), month=OCTOBER)


def row(when: str = "2026-10-14 10:00", price: str = "60.00", kind: str = "Credit") -> list[str]:
    return [when, "Unnur", "Session", price, "EUR", kind, "Norðurljós", "Þóra Ægisdóttir"]


payments = st.lists(
    st.builds(
        row,
        st.datetimes(datetime(2026, 9, 28), datetime(2026, 11, 3)).map("{:%Y-%m-%d %H:%M}".format),
        st.integers(2_500, 24_999).map(lambda cents: f"{cents // 100}.{cents % 100:02}"),
        st.sampled_from(["Credit", "credit", "Credit Card", "Cash"]),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda made: made[0],  # two in one minute are asked about, and then nothing is drawn
)


@settings(max_examples=15, deadline=None)
@given(payments)
def test_a_generated_months_total_and_lines_are_those_of_a_plain_reader(
    rows: list[list[str]],
) -> None:
    chosen = [r for r in rows if r[0].startswith("2026-10") and r[5].lower() == "credit"]
    with a_home() as folder:
        outcome = dry_run(prepare(replace(october(folder, *rows), out=folder / "out")))
        document = outcome_document(outcome)

    if not chosen:
        assert document["status"] == "blocked"
        assert document["invoices"] == []
        return
    (invoice,) = document["invoices"]
    assert document["sessions"] == invoice["sessions"] == len(chosen)
    assert Decimal(invoice["total"]) == sum(Decimal(r[3]) for r in chosen)
    assert len(outcome.invoices[0].invoice.lines) == len(chosen)


def test_looking_writes_nothing(home: Path) -> None:
    request = october(home, row())
    before = sorted(home.rglob("*"))
    prepare(request)
    assert load_place(request) is None
    assert issued.overview_of(load("default"), TODAY).standings == ()
    assert issued.documents("default", None) == ()
    assert sorted(home.rglob("*")) == before


def test_a_blocked_month_issues_nothing_and_opens_no_ledger(home: Path) -> None:
    outcome = issue(prepare(october(home, row(price="-1.00"))))
    assert (outcome.status, outcome.invoices) == (Status.BLOCKED, ())
    assert not (home / "ledger.sqlite3").exists()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {
            "month": OCTOBER, "reading": HowToRead("dmy", ",", "Atlantic/Reykjavik"),
            "theme": "classic", "out": Path("/tmp/out"), "late": Late.INCLUDE,
            "left_out": {"2026-10-14.abc": "not mine"},
            "decisions": {"2026-10-14.def": Decision.COLLECT},
            "corrections": {
                "2026-10-14.ghi": Correction(time(14, 30)),
                "2026-10-14.jkl": Correction(kind=SessionKind.NO_SHOW),
            },
        },
    ],
    ids=["nothing said", "all said"],
)  # fmt: skip
def test_the_place_is_taken_up_with_all_that_was_said(home: Path, answers: dict[str, Any]) -> None:
    request = replace(october(home, row()), **{"month": None, **answers})
    save_place("unpaid", request, None)

    tomorrow = replace(Request("default", TODAY), today=date(2026, 11, 3))
    place = load_place(tomorrow)

    assert place is not None
    assert place.step == "unpaid"
    assert place.request == replace(request, today=date(2026, 11, 3))
    clear_place(request)
    assert load_place(tomorrow) is None


def test_a_file_that_changed_meanwhile_is_known_and_no_row_of_it_is_kept(home: Path) -> None:
    request = october(home, row())
    save_place("paid", request, prepare(request))
    place = load_place(request)
    assert place is not None
    assert place.changed(prepare(request)) == ()
    october(home, row(), row("2026-10-15 10:00"))
    assert place.changed(prepare(request)) == (home / "paid.csv",)
    assert b"Nor\xc3\xb0urlj\xc3\xb3s" not in (home / "ledger.sqlite3").read_bytes()


def test_the_place_is_cleared_when_the_month_is_issued(home: Path) -> None:
    request = october(home, row())
    save_place("send", request, None)
    issue(prepare(request))
    assert load_place(request) is None


def test_the_sample_month_has_a_place_and_a_ledger_of_its_own(home: Path) -> None:
    demo = Request("demo", TODAY, demo=True)
    save_place("paid", demo, None)
    assert load_place(Request("default", TODAY)) is None
    assert load_place(demo) is not None
    assert not (home / "ledger.sqlite3").exists()
