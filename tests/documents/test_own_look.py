"""A look of one's own: it reaches nothing but its folder, and what it printed is read back."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
import typst

from kara_tui import documents
from kara_tui.documents import DocumentError, languages
from kara_tui.documents.content import content
from kara_tui.documents.pdf_text import text_of
from kara_tui.documents.reading_back import check_printed
from kara_tui.model import Invoice, Mark, Money, SessionKind
from tests.documents.samples import CLASSIC, SPONSORS, credit_note, invoice, line, month_of

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def look(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CLASSIC, tmp_path / "mine"))


def changed(look: Path, old: str, new: str) -> Path:
    source = look / "invoice.typ"
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new), "utf-8")
    return look


def begun_with(look: Path, code: str) -> Path:
    """The look whose `invoice` begins with this code."""
    return changed(look, "#let invoice(data) = {\n", "#let invoice(data) = {\n" + code + "\n")


def refusal(look: Path, bill: Invoice | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        documents.invoice_pdf(bill or invoice(month_of(30)), look, foreign=True)
    return str(caught.value)


# -- what it reaches


def test_no_module_of_the_current_folder_is_run(
    look: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    for name in ("json", "typst", "subprocess", "sitecustomize", "kara_tui"):
        (elsewhere / f"{name}.py").write_text(
            f"open({str(tmp_path / 'was-run')!r}, 'w')\nraise SystemExit(7)\n"
        )
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("PYTHONPATH", str(elsewhere))
    monkeypatch.setenv("PYTHONSTARTUP", str(elsewhere / "json.py"))

    assert documents.invoice_pdf(invoice(), look, foreign=True).startswith(b"%PDF")
    assert not (tmp_path / "was-run").exists()


def test_a_look_is_found_from_the_current_folder_too(
    look: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(look.parent)
    assert documents.invoice_pdf(invoice(), Path("mine"), foreign=True).startswith(b"%PDF")


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server on the loopback that notes what is sent to it."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    seen.append(connection.recv(200))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], seen
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


PACKAGES = {
    "plain": '#import "@preview/cetz:0.3.0"',
    "escaped": r'#import "\u{40}preview/cetz:0.3.0"',
    "escaped with zeros": r'#import "\u{0040}preview/cetz:0.3.0"',
    "put together": '#let at = "@pre" + "view/cetz:0.3.0"\n#import at: canvas',
    "from a number": '#let at = str.from-unicode(64) + "preview/cetz:0.3.0"\n#import at: canvas',
    "included": '#include "lib.txt"',
    "evaluated": '#eval("import \\"\\u{40}preview/cetz:0.3.0\\"")',
    "local": '#import str.from-unicode(64) + "local/cetz:0.3.0": canvas',
}


@pytest.mark.parametrize("code", PACKAGES.values(), ids=PACKAGES)
def test_no_package_is_fetched_however_it_is_written(
    look: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    (look / "lib.txt").write_text('#import "@preview/cetz:0.3.0": canvas\n', "utf-8")
    source = look / "invoice.typ"
    source.write_text(f"{code}\n{source.read_text('utf-8')}", "utf-8")
    if code != PACKAGES["included"]:
        (look / "lib.txt").unlink()
    with listening() as (port, seen):
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        sentence = refusal(look)
    assert seen == []
    assert "imports a Typst package" in sentence


def test_a_package_would_be_asked_for_where_nothing_stopped_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server above would see it: so that the test before can fail."""
    source, nowhere = tmp_path / "main.typ", tmp_path / "x"
    source.write_text(PACKAGES["put together"], "utf-8")
    with listening() as (port, seen):
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        with pytest.raises(typst.TypstError):
            typst.compile(source, root=tmp_path, package_path=nowhere, package_cache_path=nowhere)
    assert seen


@pytest.mark.parametrize(
    "code",
    [
        '#let secret = read("{path}")',
        '#let secret = read("../secret.txt")',
        '#let secret = json("{path}")',
        '#include "{path}"',
        '#include "../secret.txt"',
        '#image("{path}", alt: "x")',
        '#let secret = plugin("{path}")',
        '#let secret = read("fonts/../../secret.txt")',
    ],
)
def test_no_file_outside_its_folder_is_read(look: Path, code: str) -> None:
    secret = look.parent / "secret.txt"
    secret.write_text("secret", "utf-8")
    source = look / "invoice.typ"
    text = code.replace("{path}", str(secret))
    source.write_text(f"{text}\n{source.read_text('utf-8')}", "utf-8")
    assert "has an error in invoice.typ, line 1" in refusal(look)


@pytest.mark.parametrize("hard", [True, False])
@pytest.mark.parametrize("file", ["logo.txt", "invoice.typ", "theme.toml", "fonts/Inter/x.ttf"])
def test_a_link_to_another_file_is_refused(look: Path, file: str, *, hard: bool) -> None:
    outside = look.parent / "secret.txt"
    path = look / file
    if path.exists():
        path.replace(outside)
    else:
        outside.write_text("secret", "utf-8")
    if hard:
        os.link(outside, path)
    else:
        path.symlink_to(outside)
    assert f"{file} in the invoice theme mine is a link" in refusal(look)


def test_a_folder_that_is_a_link_inside_a_look_is_refused(look: Path) -> None:
    (look / "home").symlink_to(look.parent, target_is_directory=True)
    assert "home in the invoice theme mine is a link" in refusal(look)


# -- what it printed


def test_a_look_that_prints_everything_in_its_own_way_is_taken(look: Path) -> None:
    (look / "theme.toml").write_text('fonts = ["Inter"]\n', "utf-8")
    (look / "invoice.typ").write_text(
        "#let invoice(data) = {\n"
        "  set page(columns: 1)\n"
        "  heading(upper(data.heading))\n"
        "  [#text(fill: red, data.number.slice(0, 3))#strong(data.number.slice(3))]\n"
        "  let width = data.table.kinds.len()\n"
        "  for row in data.table.cells.chunks(width) {\n"
        "    par(row.flatten().join([ · ]))\n"
        "  }\n"
        "  par[#data.total.at(0): #h(1fr) #data.total.at(1)]\n"
        "  par(data.vat_ground)\n"
        "  for (label, value) in data.payment { par[#label #value] }\n"
        "}\n",
        "utf-8",
    )
    for bill in (invoice(), invoice(language="is"), invoice(month_of(3, price=Money(9900, "ISK")))):
        assert documents.invoice_pdf(bill, look, foreign=True).startswith(b"%PDF")


ALTERED = {
    "the total is another": (
        "  data.total = data.total.map(x => x.replace(\"1,950\", \"1,590\"))",
        "the total",
    ),
    "the total above is another": (
        '  data.sum.amount = data.sum.amount.replace("1,950", "1,590")',
        "1,590.00",
    ),
    "the net sum is another": (
        '  data.totals = data.totals.map(x => x.map(y => y.replace("1,950", "950")))',
        "950.00",
    ),
    "a total that is nowhere": ('  data.total = ("", "")', "the total"),
    "no number": ('  data.number = ""; data.facts = (); data.payment = ()', "the invoice's number"),
    "another number": (
        '  data = json(bytes(json.encode(data).replace("KC-0011", "KC-0012")))',
        "the invoice's number",
    ),
    "a session less": (
        "  let w = data.table.kinds.len(); data.table.cells = data.table.cells.slice(w)",
        "session",
    ),
    "the last session less": (
        "  let w = data.table.kinds.len(); data.table.cells = data.table.cells.slice(0, -w)",
        "session 30 of 30",
    ),
    "a price is another": (
        '  data.table.cells.at(-1) = "56.00"',
        "the price of session 30 of 30",
    ),
    "a day is another": ('  data.table.cells.at(7) = "3 Oct 2026"', "session 2 of 30"),
    "no prices": (
        "  let w = data.table.kinds.len()\n"
        "  data.table.cells = data.table.cells.enumerate()"
        '.map(((i, x)) => if calc.rem(i, w) == w - 1 { "" } else { x })',
        "the price of session 1 of 30",
    ),
    "another account": (
        '  data.payment = data.payment.map(((k, v)) => (k, v.replace("7654", "7645")))',
        "“IBAN” of the bank details",
    ),
    "no bank details": ("  data.payment = none", "of the bank details"),
    "no ground": ('  data.vat_ground = ""', "the text on VAT"),
    "nothing at all": ("  return", "the invoice's number"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "said"), ALTERED.values(), ids=ALTERED)
def test_a_look_that_prints_something_else_is_refused(look: Path, code: str, said: str) -> None:
    bill = invoice(month_of(30, sponsor=SPONSORS[0]))
    sentence = refusal(begun_with(look, code), bill)
    assert "does not print" in sentence
    assert said in sentence
    assert "Nothing was issued" in sentence


HIDDEN = {
    "a white number": (
        [('text(size: 12pt, fill: grey, if data.number != "" { data.number }',
          'text(size: 12pt, fill: white, if data.number != "" { data.number }'),
         ("fact((label, text(weight: 600, value)))",
          "fact((label, text(fill: white, weight: 600, value)))"),
         ("    name,\n    context", "    text(fill: white, name),\n    context")],
        "The invoice's number",
    ),
    "a total nearly as white as the paper": (
        [("text(size: 22pt,", 'text(size: 22pt, fill: rgb("#f4f4f4"),'),
         ("text(size: 13pt,", 'text(size: 13pt, fill: rgb("#f4f4f4"),')],
        "The total",
    ),
    "sessions beside the paper": (
        [("show table: set text(size: 8.5pt)", "show table: it => move(dx: 50cm, it)")],
        "The sessions' days",
    ),
    "prices without ink": (
        [("cell(it, numeric.at(calc.rem(at, width)))",
          "if calc.rem(at, width) == width - 1 { text(fill: white, it) } else { cell(it, true) }")],
        "The sessions' prices",
    ),
    "an account below something": (
        [("      payment(data)\n", "      payment(data)\n"
          "      place(bottom, rect(width: 100%, height: 6cm, fill: white))\n")],
        "The bank details",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), HIDDEN.values(), ids=HIDDEN)
def test_a_look_that_hides_something_is_refused(
    look: Path, changes: list[tuple[str, str]], said: str
) -> None:
    source = look / "invoice.typ"
    text = source.read_text("utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    assert text != source.read_text("utf-8")
    source.write_text(text, "utf-8")
    sentence = refusal(look, invoice(month_of(3)))
    assert f"{said} cannot be seen" in sentence
    assert "Nothing was issued" in sentence


def test_a_font_that_is_not_there_is_an_error_and_not_an_empty_place(look: Path) -> None:
    sentence = refusal(begun_with(look, '  set text(font: "Georgia")'))
    assert "asks for the font georgia" in sentence


BILLS = [
    invoice(month_of(42), mark=Mark.SAMPLE),
    invoice(month_of(130)),
    invoice([line(n, professional=f"Þ {n % 3}", time=None) for n in range(1, 90)]),
    invoice([line(service="W" * 400, sponsor="office (fi)) \\ ((" * 5)]),
    invoice([line(price=Money(-6500, "EUR")), line(2, price=Money(700_000_000, "EUR"))]),
    invoice(month_of(9, price=Money(12_500, "ISK"), time=time(0, 5))),
    invoice(month_of(9, price=Money(123_456_789, "SEK"), kind=SessionKind.NO_SHOW)),
    invoice(month_of(3), number=None),
    credit_note(),
]


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("bill", BILLS, ids=range(len(BILLS)))
def test_what_the_shipped_look_prints_is_what_is_looked_for(bill: Invoice, code: str) -> None:
    """So nothing true is refused: every kind of document in every language."""
    shown = replace(bill, language=code)
    check_printed(documents.invoice_pdf(shown, CLASSIC), content(shown), "classic")


@pytest.mark.parametrize(
    "pdf", [b"", b"%PDF-1.7\n%%EOF", b"startxref\n0\n%%EOF", b"xref\nstartxref\n0\n%%EOF"]
)
def test_what_is_no_pdf_of_typst_is_refused_and_not_passed_over(pdf: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        text_of(pdf)
    with pytest.raises(DocumentError, match="cannot be read back"):
        check_printed(pdf, content(invoice()), "mine")
