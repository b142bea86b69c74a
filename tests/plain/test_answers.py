"""Answers of all kinds: wrong ones, back, files as people give them, sessions left out, hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain.conversation import DEMO_PROFILE, Home, Talked

DEMO = DEMO_PROFILE.parent
PAID, UNPAID = DEMO / "payments-paid.csv", DEMO / "payments-unpaid.csv"
ON = ["--today", "2026-11-02"]
HEADER = (
    "Transaction date,Client Name,Service Name,Service Price,Service Currency,Type,Sponsor,"
    "Professional Name,Professional Email\n"
)


def export(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


def row(
    when: str = "2026-10-05 09:00", price: str = "65.00", sponsor: str = "ACME", **texts: str
) -> str:
    client = texts.get("client", "Greta Weber")
    service = texts.get("service", "Individual session")
    kind = texts.get("kind", "Credit")
    return (
        f"{when},{client},{service},{price},EUR,{kind},{sponsor},Þóra Ægisdóttir,thora@example.is"
    )


def said(talked: Talked) -> str:
    """All that was said, without line ends."""
    return " ".join(talked.text.split())


def put(home: Home, text: str, name: str = "payments.csv") -> Path:
    path = home.downloads / name
    path.write_text(text, "utf-8")
    return path


def test_wrong_answers_are_explained_and_asked_again(home: Home) -> None:
    talked = home.talk_here(
        "77", "nowhere.csv", "", "",  # files
        "October", "2026-13", "",  # month
        "x", "0", "43", "3-99", "",  # sessions
        "9", "maybe", "",  # unpaid
        "z", "",  # invoice
        "", "yes", "9", "issue", "perhaps", "n",  # send
        given=["--demo"],
    )  # fmt: skip

    text = said(talked)
    assert talked.code == 0
    assert "There is no list to choose from. Please type a path." in text
    assert "There is no file “nowhere.csv” there." in text
    assert "'October' is not a month: write it as YYYY-MM" in text
    assert "“x” is no number." in text
    assert text.count("The sessions have the numbers 1 to 42.") == 3
    assert text.count("Please type a number from 1 to 2.") == 2
    assert "Please press Enter, or type l or d." in text
    assert text.count("Nothing was issued. Type issue to issue it") == 2
    assert "Please type an answer; ? helps" in text
    assert "Please type y for yes or n for no." in text


def test_back_goes_to_the_step_before_and_keeps_what_was_said(home: Home) -> None:
    talked = home.talk_here("", "", "2026-09", "b", "b", "", "", "", "q", given=["--demo"])

    steps = [line for line in talked.text.splitlines() if line.startswith("Step ")]
    assert [line.split(": ")[1] for line in steps] == [
        "Payments.", "Paid.", "Credit.", "Paid.", "Payments.", "Paid.", "Credit.",
    ]  # fmt: skip
    assert talked.text.count("Which month is billed? [2026-09]") == 2


def test_back_never_checks_and_at_the_start_says_so(home: Home) -> None:
    talked = home.talk_here("b", "b", "q", given=["--demo"])

    assert talked.text.count("This is the first step. Type q to leave.") == 2
    assert talked.code == 0


def test_after_issuing_there_is_no_way_back(home: Home) -> None:
    talked = home.talk_here(*[""] * 6, "issue", "b", "u", "n", given=["--demo"])

    assert "there is no way back from here" in said(talked)
    assert "Please type y for yes or n for no." in said(talked)
    assert talked.code == 0


@pytest.mark.parametrize("answered", range(6))
def test_a_question_mark_explains_the_step_and_the_portals_clicks(
    home: Home, answered: int
) -> None:
    talked = home.talk_here(*[""] * answered, "?", given=["--demo"])

    after = said(talked).rpartition("Help for step")[2]
    assert "b goes back, q leaves" in after
    assert "In the portal: 1. " in after or answered == 5
    assert not {"⋮", "→"} & set(talked.text)


def test_the_newest_downloads_are_offered_by_number(home: Home) -> None:
    put(home, export(row()), "payments paid.csv")
    put(home, "something", "photo.jpg")
    talked = home.talk_here("1", "n", "2026-10", "q", given=ON)

    assert "1. payments paid.csv, just now" in talked.text
    assert "photo.jpg" not in talked.text
    assert "1 session, 65.00 EUR." in talked.text


@pytest.mark.parametrize("way", ["{path}", "'{path}'", "file://{quoted}", "{escaped}", "~/{tail}"])
def test_a_path_is_understood_as_people_paste_it(home: Home, way: str) -> None:
    path = put(home, export(row()), "my payments (1).csv")
    typed = way.format(
        path=path,
        quoted=str(path).replace(" ", "%20"),
        escaped=str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)"),
        tail=path.relative_to(home.folder),
    )
    talked = home.talk_here(typed, "n", "q", given=ON)

    assert "my payments (1).csv: 1 payment." in said(talked)


def test_the_path_of_a_folder_shows_what_is_in_it(home: Home) -> None:
    talked = home.talk_here(str(DEMO), "2", "1", "q", given=ON)

    assert "1. payments-paid.csv" in talked.text
    assert "2. payments-unpaid.csv" in talked.text


def test_both_exports_are_chosen_from_one_list_in_which_a_number_means_one_file(
    home: Home,
) -> None:
    folder = home.folder / "exports"
    folder.mkdir()
    for name in ("payments-paid.csv", "payments-unpaid.csv"):
        (folder / name).write_bytes((DEMO / name).read_bytes())
    (folder / "payments letter.csv").write_text("Dear,Sir\n", "utf-8")
    talked = home.talk_here(str(folder), "", "2", "3", "b", "b", "l", "q", given=ON)

    text = said(talked)
    assert "2. payments-paid.csv, just now, 42 of Oct 2026, 14 others" in text
    assert text.count("3. payments-unpaid.csv, just now, 3 of Oct 2026") == 4
    assert "1. payments letter.csv, just now, not an export" in text
    assert "paste the file's text [2]" in text
    assert "or n for none [3]" in text
    assert "payments-paid.csv is chosen as the other export already." in text
    assert "payments-unpaid.csv: 3 payments." in text


def test_the_exports_text_can_be_pasted(home: Home) -> None:
    talked = home.talk_here(
        "p", *export(row(), row("2026-10-06 10:00")).splitlines(), ".",
        "n", "2026-10", "", "", "", "issue", "n", given=ON,
    )  # fmt: skip

    assert "3 lines were pasted." in talked.text
    assert "Invoice KC-0011: 130.00 EUR." in talked.text
    assert talked.code == 0


def test_a_file_that_cannot_be_read_is_explained_and_another_asked_for(home: Home) -> None:
    wrong = put(home, "Nonsense\nno,export,at,all\n", "payments.csv")
    talked = home.talk_here(str(wrong), "n", str(PAID), "n", "q", given=ON)

    text = said(talked)
    assert "To be solved first:" in text
    assert "Please choose the files again" in text
    assert "Step 2 of 7: Paid." in text


def test_dates_with_two_readings_are_asked_about(home: Home) -> None:
    path = put(home, export(row("05/10/2026 09:00"), row("06/10/2026 09:00")))
    talked = home.talk_here(str(path), "n", "1", "2026-10", "", "", "", "issue", "n", given=ON)
    path = put(home, export(row("05/11/2026 09:00"), row("06/11/2026 09:00")))
    again = home.talk_here(str(path), "n", "q", given=["--today", "2026-12-02"])

    assert "How are the dates written?" in talked.text
    assert "2 sessions, 130.00 EUR." in talked.text
    assert "Invoice KC-0011: 130.00 EUR." in talked.text
    assert "Step 2 of 7: Paid." in again.text
    assert "How are the dates written?" not in again.text


def test_undo_takes_back_how_dates_are_read_and_asks_again(home: Home) -> None:
    path = put(home, export(row("05/10/2026 09:00"), row("06/10/2026 09:00")))
    before = home.profile.read_bytes()
    talked = home.talk_here(str(path), "n", "2", "u", "", "", "1", "", "q", given=ON)

    text = said(talked)
    assert "Taken back: dates have the month first. Step 1 of 7" in text
    assert text.count("How are the dates written?") == 2
    assert "2 sessions, 130.00 EUR." in talked.text
    assert home.profile.read_bytes() == before


def test_undo_names_each_answer_and_goes_to_the_step_where_it_was_given(home: Home) -> None:
    path = put(home, export(*(row(f"2026-10-{day:02} 09:00") for day in (5, 5, 6, 7))))
    talked = home.talk_here(
        str(path), "n", "u", "", "1", "1", "later", "c 3", "", "10:15", "", "", "",
        "u", "", "u", "u", "u", "q", given=ON,
    )  # fmt: skip

    text = said(talked)
    assert text.count("Taken back: ") == 3
    assert text.count("There is nothing to take back.") == 2
    assert text.count("3 sessions, 195.00 EUR; 1 left out.") == 2
    assert text.count("Is each a session of its own, or is one exported twice?") == 3
    steps = [line[5] for line in talked.text.splitlines() if line.startswith("Step ")]
    assert steps == ["1", "2", "3", "4", "5", "6", "3", "6", "3"]
    taken_back = [after.split(". ")[0] for after in text.split("Taken back: ")[1:]]
    assert taken_back == [
        "the session of 6 October 2026 09:00 put right",
        "the session of 5 October 2026 09:00 left out",
        "your answer “Leave out what is there twice”",
    ]


def test_a_sponsor_that_is_to_be_asked_about_is_settled_for_good(home: Home) -> None:
    text = home.profile.read_text("utf-8").replace('default = "kara"', 'default = "ask"')
    home.profile.write_text(text, "utf-8")
    path = put(home, export(row(), row("2026-10-06 09:00", sponsor="Blue Heron")))
    talked = home.talk_here(str(path), "n", "", "2", "1", "", "", "", "issue", "n", given=ON)

    assert "Who is invoiced for sessions of the sponsor ACME?" in said(talked)
    assert "Invoice KC-0011: 65.00 EUR." in talked.text
    assert '"Blue Heron" = "kara"' in home.profile.read_text("utf-8")


def test_a_sponsor_that_is_nearly_a_known_one_is_settled_for_good(home: Home) -> None:
    text = home.profile.read_text("utf-8").replace(
        'default = "kara"', 'default = "kara"\n[sponsors.names]\n"Blue Héron" = "elsewhere"'
    )
    home.profile.write_text(text, "utf-8")
    path = put(home, export(row(), row("2026-10-06 09:00", sponsor="Blue Heron")))
    talked = home.talk_here(str(path), "n", "", "2", "", "", "", "issue", "n", given=ON)

    assert "Who is invoiced for sessions of the sponsor Blue Heron?" in said(talked)
    assert "Invoice KC-0011: 65.00 EUR." in talked.text
    assert '"Blue Heron" = "elsewhere"' in home.profile.read_text("utf-8")


def test_a_name_that_the_font_cannot_print_is_asked_about(home: Home) -> None:
    path = put(home, export(row(), row("2026-10-06 09:00", service="心理 50")))
    talked = home.talk_here(
        str(path), "n", "", "c 2", "", "", "Counselling", "l", "", "", "", "issue", "n",
        given=ON,
    )  # fmt: skip
    text = said(talked)
    assert "row 3 of payments.csv" in text
    assert "cannot print the service. How is it to be printed?" in text
    assert "2. 6 October 2026 09:00, Counselling" in text
    assert "Invoice KC-0011: 130.00 EUR." in text


@pytest.mark.parametrize(
    ("answers", "invoiced"),
    [
        (["1"], "Invoice KC-0011: 130.00 EUR."),
        (["2"], "Invoice KC-0011: 260.00 EUR."),
        (["3", "2", "twice", ""], "Invoice KC-0011: 195.00 EUR."),
    ],
)
def test_sessions_of_one_minute_are_asked_about_once(
    home: Home, answers: list[str], invoiced: str
) -> None:
    twice = [row(f"2026-10-{day:02} 09:00") for day in (5, 6)]
    path = put(home, export(*twice, *twice))
    # One by one: after the first double the other pair is asked about anew, and is a group.
    more = ["2"] if len(answers) > 1 else []
    talked = home.talk_here(str(path), "n", "", *answers, *more, "", "", "", "issue", "n", given=ON)

    assert said(talked).count("What is to be done with them?") == (2 if more else 1)
    assert "rows 2 and 4 (2026-10-05 09:00); rows 3 and 5 (2026-10-06 09:00)" in said(talked)
    assert "Session 4: 6 October 2026 09:00, Individual session, 65.00 EUR" in said(talked)
    assert invoiced in talked.text


def test_sessions_are_left_out_with_a_reason_and_taken_in_again(home: Home) -> None:
    path = put(home, export(*(row(f"2026-10-{day:02} 09:00") for day in range(1, 6))))
    talked = home.talk_here(
        str(path), "n", "", "l", "2 4-5", "charged twice", "4", "", "", "", "issue", "n", given=ON
    )

    text = said(talked)
    assert "2. 2 October 2026 09:00, Individual session, 65.00 EUR, sponsor ACME" in text
    assert "2 sessions, 130.00 EUR; 3 left out." in text
    assert "Taken in again: 4 October 2026 09:00" in text
    assert "Invoice KC-0011: 195.00 EUR." in text
    assert "What was left out or put right by hand (2 sessions) is not in the command" in text


def test_a_session_is_corrected_to_a_no_show_at_another_time(home: Home) -> None:
    path = put(home, export(*(row(f"2026-10-{day:02} 09:00") for day in range(1, 4))))
    talked = home.talk_here(
        str(path), "n", "", "c 9", "c 2", "3", "25:00", "14:30", "l", "", "", "", "issue", "n",
        given=ON,
    )  # fmt: skip

    text = said(talked)
    assert "The sessions have the numbers 1 to 3." in text
    assert "Please type a time of day" in text
    assert "2. 2 October 2026 14:30, Individual session, 65.00 EUR, sponsor ACME, no-show" in text
    assert "1 session differs from the export in time or kind" in text
    assert "Invoice KC-0011: 195.00 EUR." in text


def test_a_correction_that_says_as_it_is_changes_nothing(home: Home) -> None:
    path = put(home, export(row(), row("2026-10-06 09:00")))
    talked = home.talk_here(
        str(path), "n", "", "c 2", "", "14:30", "c 2", "", "", "c 2", "3", "", "l", "q", given=ON
    )

    text = said(talked)
    assert text.count("Nothing of it was changed.") == 1
    assert "2. 6 October 2026 14:30, Individual session, 65.00 EUR, sponsor ACME, no-show" in text


def test_going_back_keeps_what_was_left_out_and_decided(home: Home) -> None:
    path = put(home, export(*(row(f"2026-10-{day:02} 09:00") for day in range(1, 6))))
    talked = home.talk_here(str(path), "n", "", "2", "charged twice", "b", "", "b", "q", given=ON)

    assert talked.text.count("4 sessions, 260.00 EUR; 1 left out.") == 2


def test_a_reason_can_be_gone_back_from(home: Home) -> None:
    path = put(home, export(row(), row("2026-10-06 09:00")))
    talked = home.talk_here(str(path), "n", "", "2", "b", "", "q", given=ON)

    assert "left out." not in talked.text
    assert "Step 4 of 7: Unpaid." in talked.text


def test_a_session_that_is_out_for_another_reason_is_not_taken_in(home: Home) -> None:
    text = home.profile.read_text("utf-8").replace(
        'default = "kara"', 'default = "kara"\n[sponsors.names]\nACME = "elsewhere"'
    )
    home.profile.write_text(text, "utf-8")
    path = put(home, export(row(), row("2026-10-06 09:00", sponsor="Blue Heron")))
    talked = home.talk_here(str(path), "n", "", "1", "", "q", given=ON)

    assert "Session 1 is not on the invoice for another reason: the sponsor is" in said(talked)
    assert "1 session, 65.00 EUR; 1 left out." in talked.text


@pytest.mark.parametrize(("answer", "total"), [("1", "130.00"), ("2", "65.00")])
def test_sessions_that_came_late_are_put_on_this_invoice_or_left(
    home: Home, answer: str, total: str
) -> None:
    october = put(home, export(row("2026-10-06 09:00")), "october.csv")
    both = put(home, export(row("2026-10-07 09:00"), row("2026-11-06 09:00")), "november.csv")
    home.talk_here(str(october), "n", "", "", "", "", "issue", "n", given=ON)
    talked = home.talk_here(
        str(both), "n", "", answer, "", "", "", "issue", "n", given=["--today", "2026-12-02"]
    )

    assert "1 Credit session of October 2026 came after that month was invoiced" in said(talked)
    assert f"Invoice KC-0012: {total} EUR." in talked.text


def test_unpaid_sessions_are_answered_one_by_one_and_back(home: Home) -> None:
    talked = home.talk_here(
        str(PAID), str(UNPAID), "", "", "2", "3", "b", "2", "5", "", "q", given=ON
    )

    text = said(talked)
    assert text.count("Unpaid session 1 of 3:") == 2
    assert "Unpaid session 3 of 3:" in text
    assert "Step 5 of 7: Invoice." in text


def test_a_confirmed_session_is_billed_once_the_export_holds_it(home: Home) -> None:
    lines = PAID.read_text("utf-8").splitlines()
    paid = put(home, "\n".join(lines[:10]), "paid.csv")
    unpaid = put(home, export(row("2026-10-07 09:00")), "unpaid.csv")
    talked = home.talk_here(str(paid), str(unpaid), "", "", "1", "2", "", "", "", "q", given=ON)

    text = said(talked)
    assert "with a sponsor is still Unpaid" in text
    assert "These are billed only when the Paid export holds them" in text
    assert "Edit Payment, and Confirm on the screen that follows" in text
    assert "65.00 EUR is not on it: 1 unpaid session is asked about next month." in text
    assert "Step 6 of 7: Send." in text


def test_enter_alone_never_goes_round_at_unpaid_and_new_exports_are_seen(home: Home) -> None:
    paid = put(home, export(row("2026-10-05 09:00")), "paid.csv")
    unpaid = put(home, export(row("2026-10-07 09:00"), row("2026-10-08 09:00")), "unpaid.csv")
    with home.terminal(*ON) as terminal:
        for question, answer in (
            ("Paid export: type", str(paid)), ("Unpaid export: type", str(unpaid)),
            ("Which month is billed?", ""), ("Enter to go on, l for the list", ""),
            ("How do you want to answer?", ""), ("go on without these sessions", ""),
            ("Please type an answer", "1"), ("In these files they are still unpaid:", "b"),
            ("How do you want to answer?", "1"),
        ):  # fmt: skip
            terminal.wait_for(question)
            terminal.type(answer)
        terminal.wait_for("go on without these sessions")
        put(home, export(row("2026-10-05 09:00"), row("2026-10-07 09:00")), "paid.csv")
        put(home, export(row("2026-10-08 09:00")), "unpaid.csv")
        terminal.type("1")
        terminal.wait_for("1 session is no longer unpaid.")
        terminal.wait_for("1. 8 October 2026 09:00")
        terminal.type("2")
        terminal.wait_for("Number of sessions: 2.")
        terminal.type("b")
        terminal.wait_for("1. leave all of them as they are decided")
        for answer in ("1", "3"):
            terminal.type(answer)
        terminal.wait_for("Step 1 of 7")
        terminal.type("q")
        assert terminal.ended() == 0


def test_each_of_several_answers_is_kept_at_once_and_taken_back_alone(home: Home) -> None:
    given = [str(PAID), str(UNPAID), "", "", "2", "3", "5", "u", "4"]
    first = home.talk_here(*given, "q", given=ON)
    talked = home.talk_here("y", "2", "", "", "", "u", "1", "q", given=ON)

    text = said(first)
    assert "not settled yet, ask again next month. Unpaid session 2 of 3" in text
    assert text.count("Unpaid session 1 of 3") == 1
    text = said(talked)
    assert "no sponsor; decided: cancelled or void, nobody pays" in text
    assert "no sponsor; decided: billed to somebody other than Kara Connect" in text
    assert "Taken back: the session of 8 October 2026 09:00: no credit was used" in text


def test_a_file_that_is_gone_is_asked_for_and_the_review_comes_back(home: Home) -> None:
    october = export(row(), row("2026-10-06 09:00"))
    path = put(home, october)
    with home.terminal(*ON) as terminal:
        for question, answer in (
            ("Paid export: type", str(path)), ("Unpaid export: type", "n"),
            ("Which month is billed?", ""), ("Enter to go on, l for the list", ""),
            ("Enter to go on", ""), ("Enter to go on, l for every line", ""),
            ("Type the word issue", "3"), ("Enter to go on, l for the list", "1"),
        ):  # fmt: skip
            terminal.wait_for(question)
            terminal.type(answer)
        terminal.wait_for("Why?")
        path.unlink()
        terminal.type("later")
        terminal.wait_for("To be solved first:")
        terminal.wait_for("Step 1 of 7")
        put(home, october)
        terminal.wait_for("Paid export: type")
        terminal.type("")
        terminal.wait_for("Unpaid export: type")
        terminal.type("")
        terminal.wait_for("Step 6 of 7")
        terminal.wait_for("1 session, 65.00 EUR; 1 left out.")
        terminal.type("q")
        assert terminal.ended() == 0


def test_a_profile_that_was_mended_meanwhile_is_read_again_at_the_invoice(home: Home) -> None:
    path = put(home, export(row()))
    good = home.profile.read_text("utf-8")
    home.profile.write_text(good.replace("IS72 9999", "IS73 9999"), "utf-8")
    with home.terminal(*ON) as terminal:
        for question, answer in (
            ("Paid export: type", str(path)), ("Unpaid export: type", "n"),
            ("Which month is billed?", ""), ("Enter to go on, l for the list", ""),
            ("Enter to go on", ""),
        ):  # fmt: skip
            terminal.wait_for(question)
            terminal.type(answer)
        terminal.wait_for("Its check digits do not fit")
        home.profile.write_text(good, "utf-8")
        terminal.type("")
        terminal.wait_for("It is read again now.")
        terminal.wait_for("Enter to go on, l for every line")
        terminal.type("")
        terminal.wait_for("Type the word issue")
        terminal.type("q")
        assert terminal.ended() == 0


def test_an_invoice_without_a_session_says_so_and_does_not_go_round(home: Home) -> None:
    path = put(home, export(row()))
    talked = home.talk_here(str(path), "n", "", "1", "later", "", "", "", "b", "b", "q", given=ON)

    text = said(talked)
    assert "Without a session there is no invoice to send." in text
    steps = [line[5] for line in talked.text.splitlines() if line.startswith("Step ")]
    assert steps == ["1", "2", "3", "4", "5", "4", "3"]


def test_a_line_of_the_review_is_changed_and_the_review_comes_back(home: Home) -> None:
    talked = home.talk_here(
        *[""] * 6, "3", "1", "charged twice", "", "issue", "n", given=["--demo"]
    )

    steps = [line for line in talked.text.splitlines() if line.startswith("Step ")]
    assert [line[5] for line in steps] == ["1", "2", "3", "4", "5", "6", "3", "6", "7"]
    assert "41 sessions" in talked.text
    assert talked.code == 0


def test_every_line_of_the_invoice_and_a_draft_are_there_on_request(home: Home) -> None:
    talked = home.talk_here(*[""] * 5, "l", "d", "", "q", given=["--demo"])

    assert "42. " in talked.text
    (draft,) = talked.issued()
    assert draft.read_bytes().startswith(b"%PDF")
    assert "DRAFT" in draft.name


HOSTILE = (
    "\x1b[31mred\x1b[0m", "\x1b]52;c;ZXZpbA==\x07", "\x9b2J", "[@click=app.quit]x[/]",
    "\u202egnitset\u202c", "zero\u200bwidth", "#panic()", "+1+1",
)  # fmt: skip


def test_hostile_text_in_a_file_comes_out_inert(home: Home) -> None:
    rows = [row(f"2026-10-{n:02} 09:00", service=text) for n, text in enumerate(HOSTILE, 1)]
    path = put(home, export(*rows), "pay\x1b[2J\u202ements.csv")
    talked = home.talk_here("1", "n", "", "l", "", "", "l", "q", given=ON)
    by_name = home.talk_here("n", str(path), "n", "q", given=ON)

    assert "8 sessions, 520.00 EUR" in talked.text
    assert "[@click=app.quit]x[/]" in talked.text
    for one in (talked, by_name):
        assert not any(char in one.text for char in "\x1b\x9b\x07\u202e\u202c\u200b")


def test_no_word_about_a_client_is_ever_said(home: Home) -> None:
    path = put(home, export(*(row(f"2026-10-{day:02}", client="Greta Weber") for day in (1, 2))))
    talked = home.talk_here(str(path), "n", "", "l", "", "", "l", "", "issue", "n", given=ON)

    assert talked.code == 0
    assert "Weber" not in talked.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--paid", "-"], "standard input is where you answer"),
        (["--today", "yesterday"], "is not a date"),
        (["--month", "October"], "is not a month"),
        (["--profile", "demo"], "use --demo"),
        (["--profile", "../x"], "cannot name a profile"),
        (["--decisions", "nowhere.toml"], "cannot be opened"),
    ],
)
def test_arguments_that_make_no_sense_are_wrong_usage(
    home: Home, given: list[str], words: str
) -> None:
    talked = home.talk_here(given=given)

    assert talked.code == 2
    assert words in said(talked)
