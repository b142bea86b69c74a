"""What the user may say about a file, and what a file tells about itself."""

from __future__ import annotations

import io
import stat
import tomllib
from pathlib import Path

import polars as pl
import pytest

from kara_tui.exports import Export, ExportKind, Unreadable, explain, read, select, write_clean
from kara_tui.exports.columns.own_columns import cells_doubt
from kara_tui.model import HowToRead, Month
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    read_bytes,
    read_large,
    read_rows,
    row,
    sessions,
    table,
    the,
    workbook,
)


def renamed(**names: str) -> list[str]:
    long = {"sponsor": "Sponsor", "type": "Type", "professional": "Professional Name"}
    back = {long[name]: new for name, new in names.items()}
    return [back.get(name, name) for name in HEADER]


def with_header(header: list[str], *rows: dict[str, str]) -> bytes:
    text = as_csv(rows or [row()])
    return (",".join(header) + "\n" + text.partition("\n")[2]).encode()


def test_a_column_that_the_table_does_not_know_can_be_named_in_the_profile() -> None:
    data = with_header(renamed(sponsor="Paid by company"))
    how = HowToRead(columns={"paid BY Company": "sponsor"})
    assert sessions(read_bytes(data, how=how))[0].sponsor == "Blue Heron Insurance"
    header, *rest = table(row())
    header[7] = "Paid by company"
    from_workbook = read_bytes(workbook([header, *rest]), how=how)
    assert sessions(from_workbook)[0].sponsor == "Blue Heron Insurance"


def test_a_column_s_own_name_settles_two_columns_for_one_field() -> None:
    data = with_header([*HEADER[:-1], "Payment method"])
    export = read_bytes(data, how=HowToRead(columns={"Type": "type"}))
    assert sessions(export)
    assert "Payment method" in export.dropped


@pytest.mark.parametrize("header", ["Client Name", "client_email", "Nafn skjólstæðings", "Patient"])
def test_no_own_name_points_a_field_at_a_header_that_speaks_of_clients(header: str) -> None:
    data = with_header([header if name == "Professional Name" else name for name in HEADER])
    data = data.replace(b"Client Name,", b"x,", 1) if header != "Client Name" else data
    with pytest.raises(Unreadable) as error:
        read_bytes(data, how=HowToRead(columns={header: "professional"}))
    assert "column-of-clients" in {finding.code for finding in error.value.findings}


def test_the_second_word_opens_a_column_that_only_looks_like_clients() -> None:
    data = with_header(renamed(sponsor="Client company"))
    with pytest.raises(Unreadable):
        read_bytes(data, how=HowToRead(columns={"Client company": "sponsor"}))
    how = HowToRead(columns={"Client company": "sponsor confirmed"})
    assert sessions(read_bytes(data, how=how))[0].sponsor == "Blue Heron Insurance"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("content", ["Person {}", "person{}@example.com"])
def test_no_own_name_points_a_field_at_cells_that_look_like_clients(
    tmp_path: Path, content: str, *, large: bool
) -> None:
    rows = [row(sponsor=content.format(number)) for number in range(20)]
    data = with_header(renamed(sponsor="Who"), *rows)
    how = HowToRead(columns={"Who": "sponsor"})
    with pytest.raises(Unreadable) as error:
        read_large(tmp_path, data, how) if large else read_bytes(data, how=how)
    assert error.value.findings[0].code == "column-of-clients"
    assert "erson1" not in repr(error.value.findings)
    how = HowToRead(columns={"Who": "sponsor confirmed"})
    assert len(sessions(read_bytes(data, how=how))) == 20


def test_an_encoding_that_cannot_be_told_can_be_named() -> None:
    data = as_csv([row(service="Viðtal", sponsor="Ålesund Æ")]).encode("iso-8859-15")
    assert sessions(read_bytes(data, how=HowToRead(encoding="iso-8859-15")))
    mac = as_csv([row(sponsor="Ålesund Æ")]).replace("Þóra", "Tóra").encode("mac-roman", "ignore")
    export = read_bytes(mac, how=HowToRead(encoding="mac-roman"))
    assert sessions(export)[0].sponsor == "Ålesund Æ"


@pytest.mark.parametrize("encoding", ["no-such", "base64"])
def test_an_encoding_that_is_none_is_said_to_be_none(encoding: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_bytes(as_csv([row()]).encode(), how=HowToRead(encoding=encoding))
    assert error.value.findings[0].code == "encoding-unknown"


def test_the_user_can_say_which_date_rules_the_month() -> None:
    rows = [row(date="2026-11-02 09:00") | {"Session date": "2026-10-31 17:00"}]
    data = as_csv(rows, [*HEADER, "Session date"]).encode()
    by_transaction = read_bytes(data, how=HowToRead(month_by="transaction"))
    assert not sessions(by_transaction)
    assert len(sessions(by_transaction, Month(2026, 11))) == 1


def test_a_file_explains_how_its_headers_were_understood() -> None:
    told = explain(io.BytesIO(as_csv([row()]).encode()), ExportKind.PAID)
    assert ("type", "Type") in [(column.field, column.header) for column in told.columns]
    assert told.dropped == ("Client Name", "Client Email")
    assert (told.missing, told.toml) == ((), ())
    assert isinstance(told.export, Export)


def test_a_file_that_misses_a_column_explains_what_to_add() -> None:
    header = renamed(sponsor="Sponsors name", type="Kind of money")
    told = explain(io.BytesIO(with_header(header)), ExportKind.PAID)
    assert told.export is None
    assert [column.field for column in told.missing] == ["type", "sponsor"]
    assert tomllib.loads("\n".join(told.toml)) == {
        "reading": {
            "columns": {"the header of the payment type": "type", "Sponsors name": "sponsor"}
        }
    }
    assert {finding.code for finding in told.findings} == {"column-missing"}


def test_each_line_to_add_names_a_header_of_its_own_and_none_of_clients() -> None:
    header = renamed(professional="Professionals", sponsor="Client sponsor", type='Ty"pe\\s')
    header = [name for name in header if name != "Service Price"]
    told = explain(io.BytesIO(as_csv([row()], header).encode()), ExportKind.PAID)
    lines = tomllib.loads("\n".join(told.toml))["reading"]["columns"]
    assert {field: name for name, field in lines.items()} == {
        "price": "the header of the price",
        "type": 'Ty"pe\\s',
        "sponsor": "the header of the sponsor",
        "professional": "Professionals",
    }


def test_what_is_no_export_explains_that_and_nothing_more() -> None:
    told = explain(io.BytesIO(b"%PDF-1.7"), ExportKind.PAID)
    assert (told.columns, told.dropped, told.missing, told.toml) == ((), (), (), ())
    assert told.findings[0].code == "not-an-export"


@pytest.mark.parametrize("sign", ["=", "＝"])
def test_the_clean_copy_holds_the_same_sessions_and_no_client(tmp_path: Path, sign: str) -> None:
    rows = [
        row(service=f"{sign}1+1", date="1.10.2026 9:05", price="1.234,50"),
        row(price="-0,05", date="31.10.2026"),
        row(currency="ISK", price="12.500", type="Cash"),
    ]
    export = read_rows(*rows)
    path = tmp_path / "clean.csv"
    path.write_text("old")
    write_clean(export, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["clean.csv"]
    text = path.read_text(encoding="utf-8")
    assert "Klara" not in text
    assert "klara" not in text
    again = read(path, ExportKind.PAID)
    assert again.dropped == ()
    first, second = select(again, OCTOBER).sessions
    assert first.service == f"'{sign}1+1"
    assert [str(s.price) for s in (first, second)] == ["1234.50 EUR", "-0.05 EUR"]
    assert [str(s.time) for s in (first, second)] == ["09:05:00", "None"]
    assert again.rows == 3


def test_a_large_file_s_clean_copy_is_as_clean(tmp_path: Path) -> None:
    data = as_csv([row(service="a\u200bb \u00a0c"), row()]).encode()
    export = read_large(tmp_path, data)
    assert export.large
    write_clean(export, tmp_path / "clean.csv")
    lines = (tmp_path / "clean.csv").read_text().splitlines()
    assert lines[1].startswith("2026-10-14 14:30:00,ab c,65.00,EUR,Credit,")


def test_no_clean_copy_is_made_of_what_could_not_be_read(tmp_path: Path) -> None:
    export = read_rows(row(price="x"))
    with pytest.raises(Unreadable) as error:
        write_clean(export, tmp_path / "clean.csv")
    assert the(error.value, "price-unreadable").rows == (2,)
    assert not list(tmp_path.iterdir())


def test_twelve_rows_are_enough_to_see_another_person_in_each() -> None:
    names = [f"Sponsor {number}" for number in range(12)]
    assert "nearly every row" in cells_doubt(pl.Series(names), "sponsor", "Sponsor")
    assert cells_doubt(pl.Series(names[:11]), "sponsor", "Sponsor") == ""
