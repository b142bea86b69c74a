"""Command lines to copy, the mail's text, the dates, and the newest files of Downloads."""

from __future__ import annotations

import shlex
from argparse import Namespace
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.arguments import parse
from kara_tui.issued.delivery import (
    dates_ahead,
    scp_line,
    webmail_text,
    what_happens_now,
)
from kara_tui.model import HowToRead, Month
from kara_tui.month_end.cli_request import command_line, not_in_command_line
from kara_tui.month_end.deadlines import Deadlines
from kara_tui.month_end.downloads import OFFERED, Listed, age_said, likely_exports
from kara_tui.month_end.portal import is_confirmed
from kara_tui.month_end.request import Late, Request
from kara_tui.month_end.wording import day_said

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 2)
SSH = {"SSH_CONNECTION": "203.0.113.7 50522 192.0.2.10 22", "USER": "anna"}

file_names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0/"), min_size=1, max_size=20
)


def test_the_command_line_of_a_demo_is_short() -> None:
    bundled = (Path("/demo/paid.csv"), Path("/demo/unpaid.csv"))
    request = Request("demo", TODAY, bundled[:1], bundled[1:], OCTOBER, demo=True)
    assert command_line(request, demo_files=bundled) == ("kara-tui --no-tui --demo --month 2026-10")


@given(
    paid=st.lists(file_names, min_size=1, max_size=3),
    unpaid=st.lists(file_names, max_size=2),
    order=st.sampled_from(["", "dmy", "ymd"]),
    decimal=st.sampled_from(["", ",", "."]),
    late=st.sampled_from(Late),
    out=st.none() | file_names,
    dry=st.booleans(),
    clock=st.booleans(),
)
def test_the_command_line_is_read_back_as_the_same_request(
    paid: list[str], unpaid: list[str], order: str, decimal: str, late: Late, out: str | None,
    *, dry: bool, clock: bool,
) -> None:  # fmt: skip
    request = Request(
        "clinic", TODAY, tuple(map(Path, paid)), tuple(map(Path, unpaid)), OCTOBER,
        HowToRead(order, decimal), out=None if out is None else Path(out), dry_run=dry, late=late,
        accept_clock=clock,
    )  # fmt: skip
    if sum(file == Path("-") for file in (*request.paid, *request.unpaid)) > 1:
        return
    words = shlex.split(command_line(request))
    assert words[0] == "kara-tui"
    read = parse(words[1:])
    assert isinstance(read, Namespace)
    assert read.face == "headless"
    assert tuple(map(Path, read.paid)) == request.paid
    assert tuple(map(Path, read.unpaid)) == request.unpaid
    assert (read.month, read.profile) == ("2026-10", "clinic")
    assert (read.date_order, read.decimal) == (order, decimal)
    assert read.late == late.value
    assert read.out is None if out is None else Path(read.out) == Path(out)
    assert (read.dry_run, read.clock_is_right) == (dry, clock)


def test_what_the_command_cannot_say_is_said() -> None:
    assert not_in_command_line(Request("default", TODAY)) == ""
    said = not_in_command_line(Request("default", TODAY, left_out={"a": "twice", "b": "twice"}))
    assert "2 sessions" in said


def test_a_file_is_fetched_from_the_address_this_connection_reached() -> None:
    assert scp_line(SSH, [Path("/home/anna/KC-0011.pdf")]) == (
        "scp anna@192.0.2.10:/home/anna/KC-0011.pdf ."
    )


def test_another_port_and_an_ipv6_address_are_said_in_scps_way() -> None:
    environ = {"SSH_CONNECTION": "2001:db8::7 50522 2001:db8::1 2222", "USER": "anna"}
    assert scp_line(environ, [Path("/a.pdf"), Path("/b.eml")]) == (
        "scp -P 2222 'anna@[2001:db8::1]:/a.pdf' 'anna@[2001:db8::1]:/b.eml' ."
    )


@pytest.mark.parametrize(
    "connection",
    ["", "203.0.113.7 50522 192.0.2.10", "a b c d", "1.1.1.1 1 $(reboot) 22", "1.1.1.1 1 ::1 x"],
)
def test_no_line_is_made_without_a_sound_ssh_connection(connection: str) -> None:
    assert scp_line({"SSH_CONNECTION": connection, "USER": "a"}, [Path("/a.pdf")]) == ""


def test_a_hostile_user_name_is_left_out() -> None:
    environ = SSH | {"USER": "x; rm -rf /"}
    assert scp_line(environ, [Path("/a.pdf")]) == "scp 192.0.2.10:/a.pdf ."


@given(file_names)
def test_the_far_side_gets_the_very_name_through_both_shells(name: str) -> None:
    path = Path("/data") / name
    if "\n" in name or not path.is_absolute():
        return  # a shell takes a backslash before a line end for a continued line
    near = shlex.split(scp_line(SSH, [path]))[1].partition(":")[2]
    # The far side of old versions of scp is a shell, of new ones a pattern: a backslash in both.
    assert shlex.split(near) == [str(path)]


def test_the_webmail_text_is_what_the_draft_says() -> None:
    draft = EmailMessage()
    draft["To"] = "accounts@example.com"
    draft["Subject"] = "Reikningur KC-0011, október 2026, Þóra Ægisdóttir"
    draft.set_content("Góðan dag,\n\n42 tímar.\n")
    draft.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="KC-0011.pdf")
    text = webmail_text(draft.as_bytes())
    assert text.to == "accounts@example.com"
    assert text.subject == "Reikningur KC-0011, október 2026, Þóra Ægisdóttir"
    assert text.body == "Góðan dag,\n\n42 tímar."
    assert text.cc == ""


@pytest.mark.parametrize("typed", ["issue", " ISSUE ", "Issue"])
def test_the_word_confirms(typed: str) -> None:
    assert is_confirmed(typed)


@pytest.mark.parametrize("typed", ["", "y", "yes", "issu", "issue it"])
def test_nothing_else_confirms(typed: str) -> None:
    assert not is_confirmed(typed)


DAYS = Deadlines(date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 10))


def test_in_time_the_three_dates_are_said() -> None:
    said = " ".join(what_happens_now(DAYS, TODAY))
    for day in (DAYS.safe, DAYS.last, DAYS.pay):
        assert day_said(day) in said
    assert "Tuesday 3 November 2026" in said
    assert "support@karaconnect.com" in said


def test_on_the_last_day_it_is_still_in_time_and_after_it_no_pay_day_is_promised() -> None:
    assert day_said(DAYS.pay) in " ".join(what_happens_now(DAYS, DAYS.last))
    late = " ".join(what_happens_now(DAYS, date(2026, 11, 5)))
    assert day_said(DAYS.pay) not in late
    assert "at least 7 working days" in late


def test_a_late_invoices_pay_day_stands_among_the_dates_when_it_was_worked_out_for_it() -> None:
    late = date(2026, 11, 27)
    expected = replace(DAYS, pay=date(2026, 12, 8))
    assert [day for day, _ in dates_ahead(expected, late, is_sent=True)] == [
        late, date(2026, 12, 8), date(2026, 12, 9),
    ]  # fmt: skip
    assert len(dates_ahead(DAYS, late, is_sent=True)) == 1


def test_what_was_sent_is_not_asked_to_be_sent() -> None:
    assert "Send the mail" not in " ".join(what_happens_now(DAYS, TODAY, is_sent=True))
    assert "send it today" not in " ".join(what_happens_now(DAYS, date(2026, 11, 5), is_sent=True))


DAY = 24 * 60 * 60
NOW = 1_800_000_000.0


def test_recent_exports_come_first_then_recent_files_then_old_ones() -> None:
    listing = [
        Listed("budget.xlsx", NOW - 60, 10),
        Listed("payments-old.csv", NOW - 100 * DAY, 10),
        Listed("Payments export.xlsx", NOW - 2 * DAY, 10),
        Listed("unpaid.csv", NOW - 3 * 3600, 10),
    ]
    found = likely_exports(listing, NOW)
    assert [one.name for one in found] == [
        "unpaid.csv", "Payments export.xlsx", "budget.xlsx", "payments-old.csv",
    ]  # fmt: skip
    assert [one.is_unpaid for one in found] == [True, False, False, False]
    assert found[0].age == "3 hours ago"


@pytest.mark.parametrize(
    "name",
    ["photo.jpg", "invoice.pdf", ".~lock.payments.csv#", "payments.csv.crdownload",
     "~$payments.xlsx", "notes.txt", "archive.zip", ".payments.csv"],
)  # fmt: skip
def test_other_files_are_not_offered(name: str) -> None:
    assert likely_exports([Listed(name, NOW, 10)], NOW) == ()


def test_an_empty_file_is_not_offered_and_a_long_list_is_cut() -> None:
    assert likely_exports([Listed("payments.csv", NOW, 0)], NOW) == ()
    many = [Listed(f"payments-{n:03}.csv", NOW - n, 10) for n in range(50)]
    assert [one.name for one in likely_exports(reversed(many), NOW)] == [
        file.name for file in many[:OFFERED]
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "just now"), (59, "just now"), (60, "1 minute ago"), (3599, "59 minutes ago"),
     (3600, "1 hour ago"), (DAY - 1, "23 hours ago"), (DAY, "yesterday"), (2 * DAY, "2 days ago")],
)  # fmt: skip
def test_an_age_is_said_in_words(seconds: float, said: str) -> None:
    assert age_said(seconds) == said
