"""The room's door costs nothing until a document is made."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("typst", "xlsxwriter", "polars", "babel", "tomllib", "json", "csv")


def test_importing_the_door_imports_nothing_heavy() -> None:
    program = f"import sys, kara_tui.documents; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_a_pdf_is_made_without_the_workbooks_library_and_without_babel() -> None:
    program = (
        "import sys\n"
        "from kara_tui.documents import invoice_pdf\n"
        "from tests.documents.samples import CLASSIC, invoice\n"
        "invoice_pdf(invoice(), CLASSIC)\n"
        "print(sorted({'xlsxwriter', 'babel', 'polars'} & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
