"""A theme that is not ours is set in a child process, with an end to its time and memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kara_tui import documents
from kara_tui.documents import DocumentError, foreign
from tests.documents.samples import CLASSIC, invoice


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CLASSIC, tmp_path / "mine"))


def prefixed(theme: Path, code: str) -> Path:
    source = theme / "invoice.typ"
    source.write_text(f"{code}\n{source.read_text('utf-8')}", "utf-8")
    return theme


def test_a_foreign_theme_gives_the_same_bytes_as_in_this_process(theme: Path) -> None:
    bill = invoice()

    assert documents.invoice_pdf(bill, theme, foreign=True) == documents.invoice_pdf(bill, theme)
    assert documents.invoice_png(bill, theme, foreign=True) == documents.invoice_png(bill, theme)


def test_its_mistakes_are_told_as_ever(theme: Path) -> None:
    with pytest.raises(DocumentError, match=r"mine has an error in invoice\.typ, line 1"):
        documents.invoice_pdf(invoice(), prefixed(theme, "#panic([x])"), foreign=True)


def test_a_theme_that_never_ends_is_ended(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "SECONDS", 2)
    endless = "#for a in range(9000) { for b in range(9000) { for c in range(9000) {} } }"

    with pytest.raises(DocumentError, match="did not come to an end within 2 seconds"):
        documents.invoice_pdf(invoice(), prefixed(theme, endless), foreign=True)


def test_a_theme_that_takes_all_memory_is_ended(theme: Path) -> None:
    greedy = "#let fill = range(400000000).map(number => str(number))"

    with pytest.raises(DocumentError, match="GiB of memory"):
        documents.invoice_pdf(invoice(), prefixed(theme, greedy), foreign=True)
