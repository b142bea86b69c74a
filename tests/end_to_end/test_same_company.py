"""A sponsor in another spelling is the same company; in nearly the same one it is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text
from tests.end_to_end.reading_back import annex, table_rows

DIRECT = {"default": "kara", "names": {"Birch & Fox": "elsewhere", "O'Dea Clinics": "elsewhere"}}


def tried(desk: Desk, *sponsors: str, names: dict[str, str] | None = None) -> Run:
    desk.write_profile(sponsors={**DIRECT, "names": {**DIRECT["names"], **(names or {})}})  # type: ignore[dict-item]  # the table's values are of two kinds
    payments = [
        Payment(date=f"2026-10-{day:02} 10:00", sponsor=sponsor)
        for day, sponsor in enumerate(sponsors, 5)
    ]
    paid = desk.file("paid.csv", csv_text(payments))
    return desk.bill("--paid", paid, "--dry-run", "--out", "out")


@pytest.mark.parametrize(
    "spelled", ["BIRCH & FOX", "Birch &amp; Fox", "birch &amp;amp; fox.", "O’Dea Clinics",
                "O&#039;DEA CLINICS", " O‘Dea\u00a0 Clinics,"],
)  # fmt: skip
def test_a_company_that_pays_itself_is_left_out_however_it_is_spelled(
    desk: Desk, spelled: str
) -> None:
    run = tried(desk, spelled, "Hawk Lane")
    assert run.code == 0
    assert run.json["invoices"][0]["total"] == "60.00"
    assert run.finding("left-out")["rows"] == [2]


@pytest.mark.parametrize(
    "spelled", ["Birch and Fox", "Birch & Fox Ltd", "Brich & Fox", "O'Déa Clinics", "Clinics O'Dea"]
)
def test_a_company_that_is_nearly_one_that_pays_itself_is_asked_about_until_it_is_said(
    desk: Desk, spelled: str
) -> None:
    asked = tried(desk, spelled, "Hawk Lane")
    assert asked.code == 3
    finding = asked.finding("sponsor-near")
    assert finding["rows"] == [2]
    assert spelled in finding["message"]

    other = tried(desk, spelled, "Hawk Lane", names={spelled: "kara"})
    assert (other.code, other.json["invoices"][0]["total"]) == (0, "120.00")
    same = tried(desk, spelled, "Hawk Lane", names={spelled: "elsewhere"})
    assert (same.code, same.json["invoices"][0]["total"]) == (0, "60.00")


def test_a_name_that_stands_in_the_profile_twice_with_two_answers_is_asked_about(
    desk: Desk,
) -> None:
    run = tried(desk, "birch & fox", names={"BIRCH & FOX": "kara"})
    assert run.code == 3
    assert run.finding("sponsor-unsettled")["rows"] == [2]
    exact = tried(desk, "BIRCH & FOX", names={"BIRCH & FOX": "kara"})
    assert exact.code == 0


def test_sums_per_sponsor_are_by_company_and_near_spellings_are_said(desk: Desk) -> None:
    run = tried(desk, "Hawk Lane", "HAWK LANE", "Hawk Lane.", "Hawk Lane", "Hawke Lane")
    assert run.code == 0
    rows = table_rows(desk.folder / run.json["invoices"][0]["pdf"])
    assert ["Hawk Lane", "4", "240.00"] in rows
    assert ["Hawke Lane", "1", "60.00"] in rows
    assert not [row for row in rows if row[0] == "HAWK LANE"]
    alike = run.finding("sponsors-alike")
    assert alike["severity"] == "info"
    assert "“Hawk Lane” and “Hawke Lane”" in alike["message"]


def test_entities_are_never_printed(desk: Desk) -> None:
    text = csv_text([Payment(service="&quot;Talk&quot; 50 min", professional="Ann O&#039;Dea")])
    run = desk.bill("--paid", desk.file("paid.csv", text), "--dry-run", "--out", "out")
    assert run.finding("html-entities")["rows"] == [2]
    (line,) = annex(desk.folder / Path(run.json["invoices"][0]["annex"])).sessions
    assert (line["Service"], line["Professional"]) == ('"Talk" 50 min', "Ann O'Dea")
