"""A user's own line in the profile never lets a client in: headers, cells, proposals, messages."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kara_tui.exports import Explained, ExportKind, Unreadable, explain, read, select, write_clean
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    blockers,
    codes,
    read_bytes,
    read_rows,
    row,
    sessions,
    table,
    the,
    workbook,
)

CLIENTS = ("Anna Berg", "Björn Karlsson", "Clara Olsen", "Daði Weber")
SIXTEEN = tuple(f"{a} {b}" for a in ("Anna", "Björn", "Clara", "Daði") for b in "ABCD")
BOXES = {
    "service": "Service Name",
    "sponsor": "Sponsor",
    "professional": "Professional Name",
    "professional_email": "Professional Email",
    "type": "Type",
}


def file_of(header: str, cells: tuple[str, ...], field: str = "") -> bytes:
    """An export with a column of the user's own; it stands where the field's usual one stood."""
    names = [name for name in HEADER if name != BOXES.get(field) and "Client" not in name]
    rows = [row() | {header: cell} for cell in cells]
    return as_csv(rows, [*names, header]).encode()


def doubt(header: str, field: str, cells: tuple[str, ...] = CLIENTS, said: str = "") -> str:
    """The message that refuses the column, empty when the file is read."""
    how = HowToRead(columns={header: f"{field} {said}".strip()})
    try:
        read_bytes(file_of(header, cells, field), how=how)
    except Unreadable as error:
        [found] = error.findings
        assert found.code == "column-of-clients"
        assert not any(cell in repr(found) for cell in cells)
        return found.message
    return ""


HEADERS = [
    "ClientName", "Clientname", "CLIENT", "Client's name", "clients", "Cliënt", "Patient-ID",
    "Customer", "UserName", "Portal users", "Member", "Participants", "Participant name",
    "Attendee",
    "Employee", "Person name", "Guest", "Booked by", "Student",
    "Skjólstæðingar", "skjolstaedingur", "Nafn sjúklings", "Viðskiptavinir", "Notendanafn",
    "Gestur",
    "Þátttakandi", "Starfsmaður", "Bókað af",
    "Patientennamn", "Kundnamn", "Användare", "Deltagarens namn", "Medlem", "Klient-namn",
    "Medarbetare", "Gäst",
    "Klientnavn", "Klientens navn", "Brugernavn", "Deltager", "Medarbejder", "Brukernavn",
    "Deltaker",
    "Pasienter", "Ansatt",
    "Kundenname", "Kunden", "Kundin Name", "Patientenname", "Klientin", "Teilnehmer", "Nutzername",
    "Mitarbeiter", "Versicherte Person", "Mitglieder",
]  # fmt: skip
NOBODY = [
    "Name", "Full name", "FullName", "First name", "Surname", "E-mail", "Email address", "Phone",
    "Nafn", "Fullt nafn", "Netfang", "Kennitala", "Namn", "Efternamn", "E-post", "Navn",
    "Fulde navn",
    "Vorname", "Vollständiger Name", "E-Mail-Adresse", "Date of birth",
]  # fmt: skip
LOOK_ALIKES = ["Сlient", "Cliеnt", "Раtient", "Клиент", "Ｃlient\u0430"]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("field", ["service", "payment_id"])
def test_a_header_that_speaks_of_clients_in_any_language_and_compound_is_refused(
    header: str, field: str
) -> None:
    assert "it speaks of clients" in doubt(header, field)


@pytest.mark.parametrize("header", NOBODY)
def test_a_header_that_does_not_say_whose_name_it_is_is_refused(header: str) -> None:
    assert "it does not say whose it is" in doubt(header, "professional", CLIENTS[:1])


@pytest.mark.parametrize("header", LOOK_ALIKES)
def test_a_header_with_look_alike_letters_is_refused(header: str) -> None:
    assert "not written in Latin letters" in doubt(header, "service")


@pytest.mark.parametrize("header", [*HEADERS[:3], *NOBODY[:3], *LOOK_ALIKES[:1]])
def test_the_second_word_opens_each_of_them(header: str) -> None:
    assert doubt(header, "service", ("Individual", "Individual"), "confirmed") == ""


@pytest.mark.parametrize(
    ("header", "field", "cells"),
    [
        ("Paid by company", "sponsor", ("Blue Heron Insurance", "Harbour Works", "Acme")),
        ("Fyrirtæki", "sponsor", ("Anna Karin AB",)),
        ("Leistungsart", "service", ("Couples Therapy", "First Talk", "Couples Therapy")),
        ("Behandlername", "professional", ("Þóra Ægisdóttir", "Jón Jónsson", "Anna Berg")),
        ("Therapist's e-mail", "professional_email", ("a@example.is", "b@example.is")),
        ("What", "service", ("Individual 50 min", "Couples therapy")),
        ("Ref", "payment_id", ("KC-1", "KC-2", "KC-3", "KC-4")),
        ("Booking ID", "payment_id", ("ab12cd", "cd34ef", "ee11aa")),
        ("Number", "payment_id", ("1001", "1002", "1003")),
        ("Way", "type", ("Credit", "Credit Card", "Bank Transfer")),
        ("Booked date", "session_date", ("2026-10-14",)),
        ("Professional name", "professional", CLIENTS),  # the table's own name, said once more
    ],
)
def test_ordinary_columns_of_one_s_own_are_read_without_a_second_word(
    header: str, field: str, cells: tuple[str, ...]
) -> None:
    assert doubt(header, field, cells) == ""


@pytest.mark.parametrize(
    "cells",
    [CLIENTS[:1], CLIENTS, CLIENTS[:1] * 5, ("Anna", "Björn"), ("anna berg",), ("Berg, Anna",)],
)
@pytest.mark.parametrize("field", ["service", "sponsor", "professional", "type", "payment_id"])
def test_names_under_a_header_without_a_word_for_the_field_are_refused_in_few_rows_too(
    field: str, cells: tuple[str, ...]
) -> None:
    assert "name" in doubt("Who", field, cells)
    assert doubt("Who", field, cells, "confirmed") == ""


@pytest.mark.parametrize("cells", [SIXTEEN[:5], SIXTEEN])
@pytest.mark.parametrize(
    ("header", "field"),
    [("Leistungsart", "service"), ("Payment ref", "payment_id"), ("Payment kind", "type")],
)
def test_another_full_name_in_every_row_is_no_service_no_type_and_no_number(
    header: str, field: str, cells: tuple[str, ...]
) -> None:
    assert "another person" in doubt(header, field, cells)


@pytest.mark.parametrize("field", ["service", "sponsor", "professional", "type", "payment_id"])
def test_no_column_of_texts_holds_e_mail_addresses(field: str) -> None:
    cells = ("anna@example.com", "bjorn@example.com")
    assert "e-mail addresses" in doubt("Therapist company session payment", field, cells)


def test_e_mail_addresses_need_a_header_that_says_whose_they_are() -> None:
    assert "whose" in doubt("Inbox", "professional_email", ("anna@example.com",) * 3)


def test_a_refused_column_is_told_as_not_read_and_never_as_read_too() -> None:
    for header, cells in (("Client Email", ("x",)), ("Kundenname", CLIENTS), ("Who", CLIENTS)):
        how = HowToRead(columns={header: "service"})
        told = explain(io.BytesIO(file_of(header, cells, "service")), ExportKind.PAID, how)
        assert header not in [column.header for column in told.columns]
        assert header in told.dropped
        assert header not in "".join(told.toml)
        assert codes_of(told) == {"column-of-clients"}


def test_a_workbook_s_own_columns_are_judged_in_the_same_way() -> None:
    header, *rows = table(*(row(sponsor=name) for name in CLIENTS))
    header[7] = "Kundenname"
    with pytest.raises(Unreadable) as error:
        read_bytes(workbook([header, *rows]), how=HowToRead(columns={"Kundenname": "sponsor"}))
    assert codes(error.value) == {"column-of-clients"}


PROPOSED: Mapping[str, list[str]] = {
    "professional": [
        "Patientname", "Participant name", "Person name", "Patientenname", "Profession Name",
        "Full name", "Processional name",
    ],
    "service": ["Serviced client", "Service user", "Patienten-Leistung"],
    "sponsor": ["Sponsored member", "Sponsee"],
    "professional_email": ["Client Email", "Person email"],
}  # fmt: skip


@pytest.mark.parametrize("field", PROPOSED)
def test_the_doctor_proposes_no_column_that_would_be_refused(field: str) -> None:
    for header in PROPOSED[field]:
        told = explain(io.BytesIO(file_of(header, CLIENTS, field)), ExportKind.PAID)
        lines = tomllib.loads("\n".join(told.toml)).get("reading", {}).get("columns", {})
        for name, said in lines.items():
            if name in told.dropped:
                assert doubt(name, said) == "", (name, said)


def test_the_doctor_still_proposes_a_header_that_is_spelled_alike() -> None:
    told = explain(io.BytesIO(file_of("Behandlername", CLIENTS, "professional")), ExportKind.PAID)
    assert told.toml[1:] == ('"Behandlername" = "professional"',)


def codes_of(told: Explained) -> set[str]:
    return {finding.code for finding in told.findings}


def test_names_in_the_type_column_are_in_no_message_and_no_tally() -> None:
    export = read_rows(row(), *(row(type=name) for name in CLIENTS), row(type="Voucher"))
    chosen = select(export, OCTOBER)
    found = the(export, "type-unknown")
    assert dict(chosen.other_types) == {"types not shown": 4, "Voucher": 1}
    assert "“Voucher” (1), 4 that may be names and are not shown (first in row 3)" in found.message
    assert not any(name.split()[0] in repr((export.findings, chosen)) for name in CLIENTS)


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("Inneign", True), ("Gift card", True), ("Bank Transfer by invoice", True),
        ("Kreditkarte", True), ("Credit 2", True), ("Reiðufé", True),
        ("Anna", False), ("anna berg", False), ("Anna Cash", False), ("Credit Anna", False),
        ("Credit 120350-2149", False), ("credit@example.com", False), ("12", False),
    ],
)  # fmt: skip
def test_a_type_is_quoted_when_all_of_its_words_are_those_of_payments(
    cell: str, *, quoted: bool
) -> None:
    found = the(read_rows(row(), row(type=cell)), "type-unknown")
    assert (f"“{cell}”" in found.message) is quoted
    assert quoted or "1 that may be a name and is not shown (row 3)" in found.message


def test_the_clean_copy_leaves_out_types_that_may_be_names(tmp_path: Path) -> None:
    export = read_rows(row(), row(type="Anna Berg"), row(type="Voucher"), row(type="Cash"))
    path = tmp_path / "clean.csv"
    write_clean(export, path)
    assert "Anna" not in path.read_text()
    again = read(path, ExportKind.PAID)
    assert dict(select(again, OCTOBER).other_types) == {
        "types not shown": 1, "Voucher": 1, "Cash": 1
    }  # fmt: skip


@pytest.mark.parametrize("code", ["Anna", "Bo", "anna", "Éva", "Eur", "Jón", "ABC"])
def test_a_name_in_the_currency_column_is_not_quoted(code: str) -> None:
    export = read_rows(row(currency=code), row())
    if blockers(export):
        assert code not in the(export, "currency-unknown").message


@pytest.mark.parametrize("code", ["kr", "$"])
def test_a_currency_s_sign_is_quoted(code: str) -> None:
    assert f"“{code}”" in the(read_rows(row(currency=code)), "currency-unknown").message


@pytest.mark.parametrize("cell", ["Bo 3", "Eva 1", "Ann 12.5", "Åse 60", "bo 3", "Li Wu 9"])
@pytest.mark.parametrize("field", ["price", "date"])
def test_a_short_name_beside_a_number_is_not_quoted(field: str, cell: str) -> None:
    export = read_rows(row(**{field: cell}))
    assert blockers(export)
    assert cell.split()[0] not in repr(export.findings).replace("“Transaction date”", "")


def test_sessions_of_a_confirmed_column_are_those_of_the_file() -> None:
    how = HowToRead(columns={"Who": "sponsor confirmed"})
    export = read_bytes(file_of("Who", CLIENTS, "sponsor"), how=how)
    assert [one.sponsor for one in sessions(export)] == list(CLIENTS)


def test_a_table_without_a_known_header_is_told_with_a_line_for_each_column() -> None:
    names = ["Æ", "Ø", "Å", "Aa", "Bb", "Cc"]
    fields = ["transaction_date", "service", "price", "currency", "type", "sponsor"]
    data = "\n".join([",".join(names), "2026-10-14,Samtal 50 min,65.00,EUR,Credit,Acme 1"]).encode()
    told = explain(io.BytesIO(data), ExportKind.PAID)
    lines = tomllib.loads("\n".join(told.toml))["reading"]["columns"]
    assert (codes_of(told), list(lines.values())) == ({"header-missing"}, [*fields, "professional"])
    how = HowToRead(columns=dict(zip(names, fields, strict=True)))
    again = explain(io.BytesIO(data), ExportKind.PAID, how)
    assert (codes_of(again), [column.field for column in again.missing]) == (
        {"column-missing"},
        ["professional"],
    )
