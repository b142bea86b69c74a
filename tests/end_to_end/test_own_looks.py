"""A look of one's own, and letters that a look's font lacks, through the installed command."""

from __future__ import annotations

import shutil

from kara_tui.settings import shipped_themes
from tests.end_to_end.command import DEMO_PAID, Desk
from tests.end_to_end.payments import Payment, csv_text
from tests.end_to_end.reading_back import said


def own_look(desk: Desk, before: str, after: str) -> None:
    """A look of this desk's own: the shipped one with a change in its template."""
    look = desk.home / "themes" / "invoice" / "mine"
    shutil.copytree(shipped_themes() / "invoice" / "classic", look)
    template = (look / "invoice.typ").read_text("utf-8")
    assert before in template
    (look / "invoice.typ").write_text(template.replace(before, after, 1), "utf-8")


def test_a_look_that_changes_a_figure_gets_no_number(desk: Desk) -> None:
    desk.write_profile()
    start = "#let invoice(data) = {\n"
    change = 'data.total = data.total.map(text => text.replace("2,730", "2,370"))\n'
    own_look(desk, start, start + change)

    run = desk.bill("--paid", DEMO_PAID, "--theme", "mine")
    assert (run.code, run.json["status"]) == (3, "blocked")
    assert "does not print the total" in run.finding("document")["message"]
    assert not list(desk.home.rglob("*.pdf"))
    assert desk.run("invoices", "--json").json["invoices"] == []

    again = desk.bill("--paid", DEMO_PAID)
    assert again.numbers == ["KC-0011"]


def test_a_look_runs_nothing_of_the_folder_it_is_started_in(desk: Desk) -> None:
    desk.write_profile()
    own_look(desk, "#let ink", "#let ink")
    (desk.folder / "json.py").write_text("open('was-run', 'w')\nraise SystemExit(7)\n", "utf-8")

    assert desk.bill("--paid", DEMO_PAID, "--theme", "mine").code == 0
    assert not (desk.folder / "was-run").exists()


def test_a_letter_that_the_font_lacks_is_said_with_row_and_column(desk: Desk) -> None:
    desk.write_profile()
    payments = [Payment(), Payment(date="2026-10-15 10:00", service="咨询 50")]
    paid = desk.file("paid.csv", csv_text(payments))
    run = desk.bill("--paid", paid)
    finding = run.finding("letter-unprintable")
    assert (run.code, finding["rows"], finding["column"]) == (3, [3], "Service Name")
    assert "set_service" in finding["hint"]

    answers = desk.file("answers.toml", '[[session]]\nrow = 3\nset_service = "Counselling"\n')
    again = desk.bill("--paid", paid, "--decisions", answers)
    assert again.code == 0
    assert "Counselling" in said(desk.folder / again.json["invoices"][0]["pdf"])


def test_the_profiles_check_names_a_letter_that_the_font_lacks(desk: Desk) -> None:
    desk.write_profile(supplier={"name": "李 Li"})
    run = desk.run("profile", "check")
    assert run.code == 3
    assert "supplier.name" in run.out
    assert "U+674E" in run.out
