"""No string of a client's column occurs in anything that is written, said, kept or thrown."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.headless.report import finding_lines, outcome_document, outcome_lines
from kara_tui.model import Month
from kara_tui.month_end import Request, UserError, dry_run, prepare
from kara_tui.settings import demo_folder
from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import HEADERS, Payment
from tests.end_to_end.reading_back import everything_in

# What stands in the columns of clients, and nowhere else.
SECRETS = (
    "Zxunnur", "Zxsentinel", "zxunnur@client.example", "zxclient", "Zxnote about grief",
    "Zx5812345", "010203-9998",
)  # fmt: skip
CLIENT_COLUMNS = {
    "Client Name": "Zxunnur Zxsentinel",
    "Client Email": "zxunnur@client.example",
    "Notes": "Zxnote about grief, and more",
    "Client Phone": "+354 Zx5812345",
    "Name": "Zxsentinel, Zxunnur",
    "Email": "zxclient@client.example",
    "Kennitala": "010203-9998",
    "Client": "Zxunnur",
}
OWN = [place for place, header in enumerate(HEADERS) if not header.startswith("Client")]


def secrets_in(*contents: bytes) -> list[str]:
    """The secrets that stand in the bytes or in what is packed in them, in any usual encoding."""
    found = []
    for content in contents:
        for part in everything_in(content):
            lower = part.lower()
            found += [
                secret
                for secret in SECRETS
                for code in ("utf-8", "utf-16-le", "utf-16-be")
                if secret.lower().encode(code) in lower
            ]
    return found


def table(
    payments: Sequence[Payment], client_headers: Sequence[str], places: Sequence[int]
) -> list[list[str]]:
    """The rows of an export, each client column put in at its place."""
    rows = [
        [HEADERS[place] for place in OWN],
        *([astuple(payment)[place] for place in OWN] for payment in payments),
    ]
    for header, place in zip(client_headers, places, strict=True):
        at = place % (len(rows[0]) + 1)
        for number, row in enumerate(rows):
            row.insert(at, header if number == 0 else CLIENT_COLUMNS[header])
    return rows


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, list[Run]]:
    """A desk at which everything was done with exports full of clients, and all that was said."""
    desk = Desk(tmp_path_factory.mktemp("private"))
    desk.write_profile(mail={"attach_annex": True})
    everyone = list(CLIENT_COLUMNS)
    october = [
        Payment(), Payment(date="2026-10-15 10:00", type="Cash"),
        Payment(date="2026-10-16 10:00", sponsor=""),
    ]  # fmt: skip
    unpaid = [Payment(date="2026-10-20 10:00"), Payment(date="2026-10-21 10:00", sponsor="")]
    exports = desk.folder / "exports"
    exports.mkdir()
    (exports / "paid.csv").write_bytes(as_csv(table(october, everyone, [0, 3, 5, 7, 2, 9, 11, 1])))
    (exports / "paid.xlsx").write_bytes(as_workbook(table(october, everyone, range(8))))
    (exports / "unpaid.csv").write_bytes(as_csv(table(unpaid, everyone, [12] * 8), ";"))
    paid, open_ones = ("--paid", exports / "paid.csv"), ("--unpaid", exports / "unpaid.csv")
    month = ("--month", "2026-10")
    december = ("--month", "2026-11", "--today", "2026-12-01")
    row = ("decide", *open_ones, "--row", "2", "--decision", "confirmed", *month)
    return desk, [
        desk.bill(*paid, *open_ones),
        desk.run(*row),
        desk.bill("--paid", exports / "paid.xlsx", "--dry-run", "--out", "dry"),
        desk.bill(*paid, *open_ones, "--out", "out"),
        desk.bill(*paid),
        desk.bill(*paid, *december),
        desk.run("status", "--ics", "dates.ics", "--today", "2027-01-02"),
        desk.run("sent", "KC-0011", "--on", "2026-11-02"),
        desk.run("status", "--follow-up", "follow", "--today", "2027-01-02"),
        desk.run("credit", "KC-0011", "--reason", "anew", "--today", "2026-12-01"),
        desk.run("export", "everything"),
        desk.run("backup", "backups"),
        desk.run("show", "KC-0011", "--json"),
    ]


def test_the_work_was_done(worked: tuple[Desk, list[Run]]) -> None:
    assert [run.code for run in worked[1]] == [3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0]


def test_the_secrets_would_be_found(worked: tuple[Desk, list[Run]]) -> None:
    desk, _ = worked
    for path in (desk.folder / "exports").iterdir():
        assert set(secrets_in(path.read_bytes())) == set(SECRETS), path


def test_no_client_stands_in_any_file_nor_in_the_ledgers_bytes(
    worked: tuple[Desk, list[Run]],
) -> None:
    desk, _ = worked
    files = [
        path
        for path in desk.folder.rglob("*")
        if path.is_file() and "exports" not in path.relative_to(desk.folder).parts
    ]
    kinds = {path.suffix for path in files}
    assert {".pdf", ".xlsx", ".eml", ".sqlite3", ".sqlite", ".csv", ".jsonl", ".ics"} <= kinds
    for path in files:
        assert not secrets_in(path.read_bytes()), path
        assert not secrets_in(path.name.encode()), path


def test_no_client_is_said_on_any_stream(worked: tuple[Desk, list[Run]]) -> None:
    for run in worked[1]:
        assert not secrets_in(run.stdout, run.stderr)


def broken(kind: str) -> bytes:
    """An export full of clients that is broken in one way."""
    rows = table([Payment(), Payment()], ["Client Name", "Notes"], [0, 4])
    match kind:
        case "a comma in a name, not quoted":
            text = as_csv(rows).replace(b"Zxunnur Zxsentinel", b"Zxsentinel, Zxunnur")
        case "a stray quotation mark":
            text = as_csv(rows).replace(b"Zxunnur Zxsentinel", b'"Zxunnur Zxsentinel', 1)
        case "a name where the price belongs":
            rows[1][rows[0].index("Service Price")] = "Zxunnur Zxsentinel"
            text = as_csv(rows)
        case "a name where the date belongs":
            rows[1][rows[0].index("Transaction date")] = "zxunnur@client.example"
            text = as_csv(rows)
        case "no header":
            text = as_csv(rows[1:])
        case "a column short":
            place = rows[0].index("Service Price")
            text = as_csv([[*row[:place], *row[place + 1 :]] for row in rows])
        case "bytes that no text has":
            text = as_csv(rows) + b"Zxunnur,\x00\x81\xff\r\n"
        case "a torn workbook":
            text = as_workbook(rows)[:-300]
        case _:
            raise ValueError(kind)
    return text


@pytest.mark.parametrize(
    "kind",
    [
        "a comma in a name, not quoted", "a stray quotation mark", "a name where the price belongs",
        "a name where the date belongs", "no header", "a column short", "bytes that no text has",
        "a torn workbook",
    ],
)  # fmt: skip
def test_an_error_never_quotes_a_client(desk: Desk, kind: str) -> None:
    paid = desk.file("paid.csv", broken(kind))
    run = desk.bill("--paid", paid)

    assert run.code in (3, 4)
    assert not secrets_in(run.stdout, run.stderr)
    for content in desk.files().values():
        assert not secrets_in(content)


@contextmanager
def a_home() -> Iterator[Path]:
    """A folder of one's own for settings, with the sample profile in it."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "profiles").mkdir()
        profile = (demo_folder() / "profile.toml").read_bytes()
        (home / "profiles" / "default.toml").write_bytes(profile)
        with mock.patch.dict(os.environ, {"KARA_TUI_HOME": folder}):
            yield home


def said_and_written(export: bytes, name: str) -> list[bytes]:
    """A dry run of October in this process: all that it says, and all files that it writes."""
    with a_home() as home:
        path = home / name
        path.write_bytes(export)
        request = Request(
            "default", date(2026, 11, 2), (path,), month=Month(2026, 10), out=home / "out"
        )
        try:
            outcome = dry_run(prepare(request))
        except UserError as error:
            return ["\n".join(finding_lines(error.findings)).encode()]
        path.unlink()
        said = [
            json.dumps(outcome_document(outcome), ensure_ascii=False),
            *finding_lines(outcome.findings),
            *outcome_lines(outcome),
        ]
        return [
            "\n".join(said).encode(),
            *(file.read_bytes() for file in home.rglob("*") if file.is_file()),
        ]


@settings(max_examples=20, deadline=None)
@given(
    columns=st.lists(
        st.tuples(st.sampled_from(sorted(CLIENT_COLUMNS)), st.integers(0, 16)),
        min_size=1,
        max_size=6,
        unique_by=lambda column: column[0],
    ),
    payments=st.lists(
        st.builds(
            Payment,
            date=st.sampled_from(["2026-10-14 10:00", "2026-10-31 23:59", "14/10/2026", "no date"]),
            price=st.sampled_from(["60.00", "1.500", "0", "-1.00", "sixty"]),
            type=st.sampled_from(["Credit", "Credit", "Cash", ""]),
            sponsor=st.sampled_from(["Norðurljós", "", "#x"]),
        ),
        min_size=1,
        max_size=4,
    ),
    kind=st.sampled_from(["csv", "semicolon", "xlsx"]),
)
def test_no_client_passes_the_reader_wherever_the_clients_columns_stand(
    columns: list[tuple[str, int]], payments: list[Payment], kind: str
) -> None:
    headers, places = [header for header, _ in columns], [place for _, place in columns]
    rows = table(payments, headers, places)
    export = as_workbook(rows) if kind == "xlsx" else as_csv(rows, ";" if kind[0] == "s" else ",")

    assert not secrets_in(*said_and_written(export, "paid.xlsx" if kind == "xlsx" else "paid.csv"))
