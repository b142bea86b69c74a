"""One continuous series: no gap, no double, and no session billed a second time."""

from __future__ import annotations

from dataclasses import replace

from tests.end_to_end.command import DEMO_PAID, Desk
from tests.end_to_end.payments import Payment, csv_text, unpaid_text
from tests.end_to_end.reading_back import annex, attachments, mail, said, table_rows

# No font that comes with kara-tui has Linear A.
NO_FONT_HAS_IT = "\U00010600"

NOVEMBER = Payment(date="2026-11-12 10:00")


def test_numbers_have_no_gap_after_refused_and_failed_runs(desk: Desk) -> None:
    october = desk.file("october.csv", csv_text([Payment()]))
    november = desk.file("november.csv", csv_text([NOVEMBER]))
    unprintable = replace(NOVEMBER, sponsor=f"Linear {NO_FONT_HAS_IT}")
    broken = desk.file("broken.csv", csv_text([unprintable]))

    first = desk.bill("--paid", october)
    refused = desk.bill("--paid", october)
    untouched = desk.ledger.read_bytes()
    failed = desk.bill("--paid", broken, "--today", "2026-12-01")
    dry = desk.bill("--paid", november, "--today", "2026-12-01", "--dry-run", "--out", "dry")
    after = desk.ledger.read_bytes()
    second = desk.bill("--paid", november, "--today", "2026-12-01")

    assert (first.code, first.numbers) == (0, ["KC-0011"])
    assert (refused.code, refused.codes[0]) == (3, "month-issued")
    assert "KC-0011 (2026-11-02)" in refused.finding("month-issued")["message"]
    assert (failed.code, failed.codes[0]) == (3, "letter-unprintable")
    assert "U+10600" in failed.err or NO_FONT_HAS_IT in failed.err
    assert (dry.code, dry.numbers) == (0, [None])
    assert after == untouched
    assert (second.code, second.numbers) == (0, ["KC-0012"])


def test_a_credit_note_names_its_invoice_and_frees_the_month(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(date="2026-10-15 10:00")]))
    desk.bill("--paid", paid)

    credit = desk.run(
        "credit", "KC-0011", "--reason", "Wrong sponsor", "--today", "2026-11-03", "--out", "out"
    )

    assert credit.code == 0
    text = said(desk.folder / "out" / "KC-0012.pdf")
    assert "Cancels invoice KC-0011 of 2 November 2026 in full" in text
    assert "Wrong sponsor" in text
    assert "120.00" in text
    message = mail(desk.folder / "out" / "KC-0012-mail.eml")
    assert attachments(message) == {
        "KC-0012.pdf": (desk.folder / "out" / "KC-0012.pdf").read_bytes()
    }
    assert "KC-0011" in message["Subject"] + str(message.get_body())

    again = desk.bill("--paid", paid, "--today", "2026-11-03")
    assert (again.code, again.numbers, again.json["sessions"]) == (0, ["KC-0013"], 2)

    twice = desk.run("credit", "KC-0011", "--reason", "again", "--today", "2026-11-03")
    assert twice.code == 3
    assert "KC-0012" in twice.err
    note = desk.run("credit", "KC-0012", "--reason", "undo", "--today", "2026-11-03")
    assert note.code == 3
    assert "credit note" in note.err
    assert desk.bill("--paid", paid, "--today", "2026-11-03").code == 3


def test_late_sessions_are_asked_about_then_included_or_left(desk: Desk) -> None:
    desk.bill("--paid", desk.file("october.csv", csv_text([Payment()])))
    late = Payment(date="2026-10-20 09:00", service="Late")
    both = desk.file("november.csv", csv_text([Payment(), late, NOVEMBER]))
    words = ("--paid", both, "--today", "2026-12-01")

    asked = desk.bill(*words)
    left = desk.bill(*words, "--late", "leave", "--dry-run", "--out", "left")
    included = desk.bill(*words, "--late", "include", "--out", "in")

    assert (asked.code, asked.finding("late-sessions")["rows"]) == (3, [3])
    assert "October 2026" in asked.finding("late-sessions")["message"]
    assert (left.code, left.json["sessions"]) == (0, 1)
    assert left.finding("late-sessions-left")["rows"] == [3]
    assert (included.code, included.json["sessions"]) == (0, 2)
    assert included.finding("late-sessions-included")["rows"] == [3]
    sheet = annex(desk.folder / included.json["invoices"][0]["annex"])
    assert [(row["Date"].month, row["Service"]) for row in sheet.sessions] == [
        (10, "Late"),
        (11, "Individual session 50 min"),
    ]

    # Once billed, nothing is late any more.
    december = replace(NOVEMBER, date="2026-12-03 10:00")
    later = desk.file("later.csv", csv_text([Payment(), late, december]))
    assert desk.bill("--paid", later, "--today", "2027-01-02").codes.count("late-sessions") == 0


def test_a_session_that_moved_by_a_day_is_asked_about(desk: Desk) -> None:
    two = [Payment(), Payment(date="2026-10-20 09:00")]
    desk.bill("--paid", desk.file("october.csv", csv_text(two)))
    moved = desk.file("moved.csv", csv_text([two[0], replace(two[1], date="2026-10-21 09:00")]))

    run = desk.bill("--paid", moved)

    assert run.finding("near-match")["rows"] == [3]
    assert "KC-0011" in run.finding("near-match")["message"]


def test_one_file_given_twice_is_a_blocker(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()]))
    copy = desk.file("copy.csv", paid.read_bytes())
    for second in (paid, copy):
        run = desk.bill("--paid", paid, "--paid", second)
        assert run.code == 3
        assert run.finding("same-file-twice")["severity"] == "blocker"


def test_files_that_overlap_are_a_blocker_and_files_that_do_not_are_one_invoice(
    desk: Desk,
) -> None:
    early, middle, late = (Payment(date=f"2026-10-{day} 10:00") for day in ("05", "14", "23"))
    one = desk.file("one.csv", csv_text([early, middle]))
    two = desk.file("two.csv", csv_text([middle, late]))
    rest = desk.file("rest.csv", csv_text([late]))

    overlapping = desk.bill("--paid", one, "--paid", two)
    assert overlapping.code == 3
    assert "2 rows" in overlapping.finding("rows-in-two-files")["message"]

    # Two downloads of one name are two files all the same.
    (desk.folder / "downloads").mkdir()
    namesake = desk.file("downloads/one.csv", csv_text([middle, late]))
    again = desk.bill("--paid", one, "--paid", namesake)
    assert (again.code, again.codes.count("rows-in-two-files")) == (3, 1)
    assert "one.csv and one.csv (2)" in again.finding("rows-in-two-files")["message"]

    apart = desk.bill("--paid", one, "--paid", rest)
    assert (apart.code, apart.json["sessions"]) == (0, 3)


def test_two_currencies_make_two_invoices_two_numbers_and_one_mail(desk: Desk) -> None:
    desk.write_profile(mail={"attach_annex": True})
    payments = [
        Payment(price="12500", currency="ISK", date="2026-10-13 10:00"),
        Payment(price="60.00"),
        Payment(price="0.50", date="2026-10-15 10:00"),
    ]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--out", "out")

    assert run.code == 0
    told = [(i["number"], i["currency"], i["sessions"], i["total"]) for i in run.json["invoices"]]
    assert told == [("KC-0011", "EUR", 2, "60.50"), ("KC-0012", "ISK", 1, "12500")]
    assert run.finding("mixed-currencies")["severity"] == "warning"
    assert run.finding("unexpected-currency")["rows"] == [2]
    message = mail(desk.folder / run.json["mail"]["eml"])
    assert list(attachments(message)) == [
        "KC-0011.pdf", "KC-0012.pdf", "KC-0011-sessions.xlsx", "KC-0012-sessions.xlsx",
    ]  # fmt: skip
    assert "KC-0011" in message["Subject"]
    assert "KC-0012" in message["Subject"]
    assert len(list((desk.folder / "out").glob("*.eml"))) == 1


def test_one_currency_of_two_can_be_cancelled_and_billed_anew(desk: Desk) -> None:
    payments = [Payment(price="12500", currency="ISK", date="2026-10-13 10:00"), Payment()]
    paid = desk.file("paid.csv", csv_text(payments))
    desk.bill("--paid", paid)
    desk.run("credit", "KC-0012", "--reason", "Wrong price", "--today", "2026-11-02")
    dearer = [replace(payments[0], price="13500"), payments[1]]

    run = desk.bill("--paid", desk.file("again.csv", csv_text(dearer)))

    assert run.code == 0, run.err
    told = [(i["number"], i["currency"], i["total"]) for i in run.json["invoices"]]
    assert told == [("KC-0014", "ISK", "13500")]


def test_an_account_that_takes_one_currency_stops_the_other(desk: Desk) -> None:
    account = {"holder": "Þ", "iban": "IS72 9999 2600 0001 0101 3029 89", "currency": "EUR"}
    desk.write_profile(bank=[account])
    payments = [Payment(price="12500", currency="ISK", date="2026-10-13 10:00"), Payment()]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)))

    assert run.code == 3
    assert "ISK" in run.finding("no-bank-account")["message"]


def test_a_clinics_invoice_has_a_subtotal_for_each_professional(desk: Desk) -> None:
    desk.write_profile(supplier={"kind": "clinic", "name": "Sálfræðistofan ehf."})
    ann = Payment(professional="Ann Ek", professional_email="ann@clinic.example")
    bo = Payment(professional="Bo Å", professional_email="bo@clinic.example", price="0.30")
    payments = [ann, bo, replace(ann, date="2026-10-15 10:00")]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--out", "out")

    rows = table_rows(desk.folder / run.json["invoices"][0]["pdf"])
    assert ["Ann Ek ann@clinic.example", "2", "120.00"] in rows
    assert ["Bo Å bo@clinic.example", "1", "0.30"] in rows


def test_several_professionals_on_one_persons_profile_are_warned_of(desk: Desk) -> None:
    payments = [Payment(), Payment(professional="Ann Ek", date="2026-10-15 10:00")]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--dry-run", "--out", "o")
    assert run.code == 0
    assert "Ann Ek and Þóra Ægisdóttir" in run.finding("several-professionals")["message"]


def test_two_profiles_share_one_ledger_each_with_its_own_series(desk: Desk) -> None:
    desk.write_profile("second", invoice={"prefix": "SE-", "last_used": 0})
    mine = desk.file("mine.csv", csv_text([Payment()]))
    theirs = desk.file("theirs.csv", csv_text([Payment(professional="Ann Ek")]))

    assert desk.bill("--paid", mine).numbers == ["KC-0011"]
    assert desk.bill("--paid", theirs, "--profile", "second").numbers == ["SE-0001"]
    assert desk.run("show", "KC-0011", "--profile", "second").code == 3
    assert desk.run("verify").code == 0


def test_an_earlier_day_than_the_newest_invoices_is_refused(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID)
    paid = desk.file("paid.csv", csv_text([Payment(date="2026-09-15 10:00")]))
    run = desk.bill("--paid", paid, "--month", "2026-09", "--today", "2026-10-30")

    assert run.code == 3
    assert "2026-11-02" in run.finding("ledger")["message"]


def test_the_unpaid_list_is_never_billed_from(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()]))
    unpaid = desk.file("unpaid.csv", unpaid_text([Payment(sponsor="", date="2026-10-20 09:00")]))
    run = desk.bill("--paid", paid, "--unpaid", unpaid)

    assert (run.code, run.json["sessions"]) == (0, 1)
    assert run.finding("unpaid-without-sponsor")["rows"] == [2]
