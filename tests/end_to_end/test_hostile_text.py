"""Whatever stands in a sponsor's, a service's or a professional's cell is text everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pikepdf
import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text, unpaid_text
from tests.end_to_end.reading_back import annex, attachments, mail, said

HOSTILE = [
    '#panic("typst") $ x^2 $ *bold* _it_ `raw` @label <label> \\ // /* */ #include "/etc/passwd"',
    # What a spreadsheet takes for a formula and a reader does not; a true one is asked about.
    '= HYPERLINK("http://evil.example";"click")',
    "@cmd|' /C calc'!A0",
    "+1+2",
    "-2+3",
    "\x1b]52;c;ZXZpbA==\x07clipboard\x1b[2J\x9b31m",
    "\u202egpj.exe\u2066isolated\u2069",
    "[@click=app.quit]quit[/] [bold red]red[/]",
    "Evil\r\nBcc: bcc@evil.example\r\n\r\nbody",
    "A" * 10_000,
    "zero\u200bwidth\u200d\ufeff\u00adjoined",
    "${HOME} `id` $(id) %s {0} {{}}",
    "</w:t><script>alert(1)</script>&amp;<!--",
]

# Controls (C0, C1), bidi marks, embeddings and isolates, and what has no width.
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)


def payments() -> list[Payment]:
    return [
        Payment(date=f"2026-10-{day:02} 10:00", sponsor=text, service=text, professional=text)
        for day, text in enumerate(HOSTILE, 1)
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("hostile"))
    desk.write_profile(mail={"attach_annex": True}, supplier={"kind": "clinic"})
    return desk


@pytest.fixture(scope="module")
def issued(desk: Desk) -> Run:
    paid = desk.file("paid.csv", csv_text(payments()))
    run = desk.bill("--paid", paid, "--out", "out")
    assert run.code == 0, run.err
    return run


@pytest.fixture(scope="module")
def pdf(desk: Desk, issued: Run) -> Path:
    return desk.folder / str(issued.json["invoices"][0]["pdf"])


def test_every_session_is_billed_and_the_total_is_right(pdf: Path, issued: Run) -> None:
    assert issued.json["sessions"] == len(HOSTILE)
    assert issued.json["invoices"][0]["total"] == f"{60 * len(HOSTILE)}.00"
    assert f"Total EUR {60 * len(HOSTILE)}.00" in said(pdf)


def test_markup_stands_on_paper_letter_by_letter(pdf: Path) -> None:
    text = said(pdf)
    for literal in ("$ x^2 $ *bold* _it_ `raw` @label <label>", "[@click=app.quit]quit[/]",
                    '=HYPERLINK("http://evil.example";"click")', "${HOME} `id` $(id)"):  # fmt: skip
        assert literal.replace(" ", "") in text.replace(" ", ""), literal
    assert not STEERING.search(text)
    assert "A" * 200 not in text.replace(" ", "") or "…" in text


def test_the_paper_has_no_link_no_script_and_only_its_own_attachment(pdf: Path) -> None:
    with pikepdf.open(pdf) as file:
        assert list(file.attachments) == ["KC-0011-sessions.csv"] or len(file.attachments) == 1
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/JS", "/JavaScript", "/Launch", "/URI"} & set(thing.keys())
        assert len(file.pages) < 6


def test_the_annex_holds_texts_and_no_formula(desk: Desk, issued: Run) -> None:
    sheet = annex(desk.folder / issued.json["invoices"][0]["annex"])
    for row in sheet.sessions:
        for column in ("Service", "Sponsor", "Professional"):
            assert not STEERING.search(row[column])
            assert len(row[column]) <= 32_767


def test_the_csv_inside_the_paper_starts_no_formula(pdf: Path) -> None:
    with pikepdf.open(pdf) as file:
        (attached,) = file.attachments.values()
        content = attached.get_file().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert len(rows) >= len(HOSTILE)
    for row in rows[1:]:
        assert not [cell for cell in row if cell and cell[0] in "=@\t\r"]
        texts = row[3:7]
        assert not [cell for cell in texts if cell and cell[0] in "+-"]


def test_the_mail_has_no_header_that_a_cell_asked_for(desk: Desk, issued: Run) -> None:
    message = mail(desk.folder / issued.json["mail"]["eml"])
    assert message["Bcc"] is None
    assert message["Cc"] is None
    assert len(attachments(message)) == 2
    body = message.get_body()
    assert body is not None
    assert "evil" not in body.get_content().lower()


def test_nothing_that_is_said_can_steer_a_terminal(desk: Desk, issued: Run) -> None:
    unpaid = desk.file("unpaid.csv", unpaid_text(payments()))
    paid = desk.file("one.csv", csv_text(payments()))
    month = ("--month", "2026-10", "--today", "2026-11-02")
    blocked = desk.run("--no-tui", "--paid", paid, "--unpaid", unpaid, *month)
    decided = [
        desk.run("decide", "--unpaid", unpaid, "--row", row, "--decision", "confirmed", *month)
        for row in ("7", "8")
    ]
    named = desk.run("--no-tui", "--paid", "no\x1b[2J\u202efile.csv")
    shown = desk.run("show", "KC-0011")
    placed = desk.run("--demo", "--no-tui", "--dry-run", "--out", "to\x1b[2J\x9b\u202ethere")

    assert placed.code == 0
    assert (blocked.code, named.code, [run.code for run in decided]) == (3, 4, [0, 0])
    for run in (issued, blocked, *decided, named, shown, placed):
        for stream in (run.out, run.err):
            assert not STEERING.search(stream), STEERING.findall(stream)
            assert max(map(len, stream.splitlines()), default=0) < 2000


def test_the_json_stays_one_document_whatever_stands_in_a_name(desk: Desk, issued: Run) -> None:
    assert not STEERING.search(json.dumps(issued.json, ensure_ascii=False))


def test_a_credit_notes_reason_is_text_too(desk: Desk, issued: Run) -> None:
    reason = '#panic("x") *b* [@click=app.quit]\x1b[2J\u202e $'
    run = desk.run("credit", "KC-0011", "--reason", reason, "--today", "2026-11-02", "--out", "c")
    assert run.code == 0
    text = said(desk.folder / "c" / "KC-0012.pdf")
    assert '#panic("x") *b* [@click=app.quit]' in text
    assert not STEERING.search(text)
