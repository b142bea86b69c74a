"""Which column is what: the portal's names, their drift, and what is missing or twice."""

from __future__ import annotations

import pytest

from tests.exports.samples import HEADER, as_csv, read_rows, read_text, refused, row, sessions


def test_each_missing_column_is_named_with_the_box_to_tick() -> None:
    header = [name for name in HEADER if name not in ("Sponsor", "Service Currency")]
    error = refused(as_csv([row()], header).encode())
    assert [finding.code for finding in error.findings] == ["column-missing"] * 2
    hints = " ".join(finding.hint for finding in error.findings)
    assert "“Sponsor”" in hints
    assert "“Service Currency”" in hints


def test_two_columns_for_one_field_are_asked_about_with_both_headers() -> None:
    header = [*HEADER, "Payment method"]
    error = refused(as_csv([row()], header).encode())
    assert error.findings[0].code == "column-twice"
    assert "“Type” (column 7)" in error.findings[0].message
    assert "“Payment method” (column 11)" in error.findings[0].message


@pytest.mark.parametrize(
    "drift",
    [
        {"Type": "Payment type"},
        {"Type": "PAYMENT_METHOD"},
        {"Transaction date": "transaction\u00a0date"},
        {"Service Currency": " Currency "},
        {"Service Price": "Price:"},
        {"Professional Name": "Professional"},
        {"Type": "Tegund greiðslu", "Service Price": "Verð", "Sponsor": "Styrktaraðili"},
        {"Type": "Betalningstyp", "Service Currency": "Valuta", "Service Name": "Tjänst"},
        {"Type": "Zahlungsart", "Service Currency": "Währung", "Service Price": "Betrag"},
    ],
)
def test_the_portal_s_names_and_their_drift_name_the_same_fields(drift: dict[str, str]) -> None:
    text = as_csv([row()], [drift.get(name, name) for name in HEADER])
    renamed = {drift.get(name, name): value for name, value in row().items()}
    text = as_csv([renamed], [drift.get(name, name) for name in HEADER])
    assert len(sessions(read_text(text))) == 1


def test_a_bare_name_or_email_is_never_taken_for_the_professional_s() -> None:
    header = ["Name" if name == "Professional Name" else name for name in HEADER]
    error = refused(as_csv([row()], header).encode())
    assert "professional" in error.findings[0].message


def test_columns_in_any_order_and_more_of_them_give_the_same_sessions() -> None:
    shuffled = ["Notes", *reversed(HEADER), "State"]
    assert sessions(read_text(as_csv([row()], shuffled))) == sessions(read_rows(row()))


def why(text: str) -> tuple[str, tuple[int, ...], str]:
    [found] = refused(text.encode()).findings
    return found.code, found.rows, found.message


@pytest.mark.parametrize("place", range(len(HEADER) - 1))
def test_two_names_that_grew_together_are_shown(place: int) -> None:
    header = [*HEADER[:place], HEADER[place] + HEADER[place + 1], *HEADER[place + 2 :]]
    body = as_csv([row(), row()]).partition("\n")[2]
    code, rows, said = why(",".join(header) + "\n" + body)
    assert (code, rows[0]) == ("header-unclear", 1)
    assert f"“{HEADER[place]}” and “{HEADER[place + 1]}”" in said


def test_a_file_without_a_header_is_said_to_have_none() -> None:
    body = as_csv([row(), row()]).partition("\n")[2]
    code, rows, said = why(body)
    assert (code, rows) == ("header-missing", (1,))
    assert "has no header: row 1 looks like a payment" in said
    assert "Klara" not in said


@pytest.mark.parametrize("place", range(len(HEADER)))
def test_a_quotation_mark_in_the_header_is_named_as_the_cause(place: int) -> None:
    header = [*HEADER[:place], f'"{HEADER[place]}', *HEADER[place + 1 :]]
    body = as_csv([row(), row()]).partition("\n")[2]
    assert why(",".join(header) + "\n" + body)[:2] == ("quotes-broken", (1,))


def test_columns_of_blanks_and_a_wrong_declaration_are_named() -> None:
    text = as_csv([row(), row()])
    assert "fixed width" in why(text.replace(",", "    "))[2]
    assert "says sep=;, but its header is parted by commas" in why("sep=;\n" + text)[2]
    assert "declares tabs, but its header" in why("sep=\t\n" + text)[2]
    glued = text.replace("Professional Email\n", "Professional Email,")
    assert why(glued)[0] == "line-ends"
    assert "nothing but blank lines" in why("\n\n  \n")[2]
