"""Make the pages and pictures that come from the program itself: `make docs`.

A test compares the pages with what this makes, so that they cannot fall behind the program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kara_tui.settings.question import Setting

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "kara_tui"

EDITED = "Made by `make docs` from the program's own tables; do not edit."


def findings_page() -> str:
    """Every finding, with its severity and the reason for it."""
    from kara_tui.exports.findings import READER_FINDINGS
    from kara_tui.month_end.findings import MEANINGS
    from kara_tui.month_end.portal import StepId, step

    reader = [
        (code, meaning.severity, meaning.text)
        for code, meaning in READER_FINDINGS.items()
        if not meaning.unreadable
    ]
    unreadable = [
        (code, meaning.text) for code, meaning in READER_FINDINGS.items() if meaning.unreadable
    ]
    month_end = [
        (code, entry.severity, step(entry.solved_in).title, f"{entry.meaning} {entry.reason}")
        for code, entry in MEANINGS.items()
    ]
    return f"""# Findings

{EDITED}

A finding is anything you should know about a month's files. Its code is stable, so scripts may rely
on it. Its severity says what happens next:

- a **blocker** stops what would make the invoice wrong; nothing is issued (exit code 3);
- a **warning** is for a person to look at; the invoice can be right with it;
- an **info** is said so that nothing happens in silence.

## About the month

{_table(("Code", "Severity", "Solved in", "Meaning, and why it is that severe"), month_end)}

## About cells and columns

These are about the file, so they are solved where it is chosen: in {step(StepId.PAYMENTS).title}.

{_table(("Code", "Severity", "Meaning, and why it is that severe"), reader)}

## Files that cannot be read

Nothing of the file is used (exit code 4).

{_table(("Code", "Meaning"), unreadable)}
"""


def columns_page() -> str:
    """The columns that are read, and the header names by which they are known."""
    fields = tomllib.loads((PACKAGE / "exports" / "columns" / "aliases.toml").read_text("utf-8"))
    rows = [
        (
            field.replace("_", " "),
            f"**{about['box']}**" if about["box"] else "",
            " and ".join(kind.capitalize() for kind in about["needed"]) or "optional",
            ", ".join(about["aliases"]),
        )
        for field, about in fields.items()
    ]
    return f"""# Columns

{EDITED}

The columns of an export that are read. All others are dropped before any of their values is looked
at. A header is recognised when it is one of these names, whatever its case, blanks, underscores and
punctuation. Nothing is recognised by a part of its name. Names of your own go into the
[profile](profile.md).

{_table(("Field", "Box in the portal", "Needed in", "Known as"), rows)}

## How a text file may be written

Cells are parted by commas, semicolons, tabs or vertical bars, and stand in quotation marks where
they need them. Other ways are taken when the header and every record fit them:

- any other sign or signs between the cells (`^`, `~`, `||`, the unit separator), and a first line
  `sep=;` that names the separator;
- other signs around the cells: apostrophes, backticks, „ “, « »; in one row alone too;
- a backslash before a quotation mark or a separator inside a cell, when every backslash is one;
- lines that end in CR, NEL, a form feed or one of Unicode's separators;
- a header over two rows whose words together are the names above.

Left out, and said, are titles above the header, totals and notes below the payments, rows that
repeat the header, and a row number (1, 2, 3 …) that the header has no column for. Whatever else
does not fit the header is never padded and never skipped: the row is named, what was found in it,
what the cause may be, and what to do.
"""


def profile_page() -> str:
    """The page about profiles as it is, its tables of settings made anew."""
    from kara_tui.settings.table import SETTINGS

    def made(mark: re.Match[str]) -> str:
        table = _table(("Key", "Usually", "Meaning"), settings_rows(mark[1], SETTINGS))
        return f"<!-- settings: {mark[1]} -->\n{table}\n<!-- end -->"

    page = (DOCS / "reference" / "profile.md").read_text("utf-8")
    return re.sub(r"<!-- settings: (\S+) -->\n.*?<!-- end -->", made, page, flags=re.DOTALL)


def settings_rows(where: str, settings: Sequence[Setting]) -> list[tuple[str, str, str]]:
    """The settings of a section, or of a table in one: name, usual value and meaning."""
    section, _, table = where.partition(".")
    return [
        (f"`{setting.name}`", _usually(setting), setting.meaning)
        for setting in settings
        if (setting.section, setting.table) == (section, table)
    ]


def _usually(setting: Setting) -> str:
    from kara_tui.exports import Limits
    from kara_tui.settings.kinds import toml_value

    if setting.table == "limits":
        cap = getattr(Limits(), setting.name)
        return f"{cap} ({cap >> 30} GiB)" if cap >= 1 << 30 else str(cap)
    if setting.is_needed:
        return "needed"
    has_none = setting.usual in (None, "", (), {})
    return "" if has_none else f"`{toml_value(setting.kind.write(setting.usual))}`"


def keys_page() -> str:
    """The wizard's keys."""
    from kara_tui.tui.actions import keys_page as made

    return made().replace("\n\n", f"\n\n{EDITED}\n\n", 1)


PAGES: dict[str, Callable[[], str]] = {
    "reference/findings.md": findings_page,
    "reference/columns.md": columns_page,
    "reference/keys.md": keys_page,
    "reference/profile.md": profile_page,
}


def invoice_picture(target: Path) -> None:
    """The sample invoice's first page, drawn from its PDF by a program that is not ours."""
    command = Path(sys.executable).with_name("kara-tui")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [command, "--demo", "--no-tui", "--today", "2026-11-02", "--out", folder],
            check=True, capture_output=True,
            env={**os.environ, "KARA_TUI_HOME": f"{folder}/home"},
        )  # fmt: skip
        pdf = next(Path(folder).rglob("*.pdf"))
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", "96", pdf, target.with_suffix("")],
            check=True,
        )


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(header)
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def main() -> None:
    """Write every page, the wizard's pictures, and the paper's where poppler can draw it."""
    from wizard_pictures import draw

    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
    pictures = DOCS / "pictures"
    pictures.mkdir(exist_ok=True)
    draw(pictures)
    if shutil.which("pdftoppm"):
        invoice_picture(pictures / "invoice.png")
    else:
        print("The invoice's picture stays as it is: pdftoppm is missing (Debian: poppler-utils).")  # noqa: T201 - a script's word to its caller


if __name__ == "__main__":
    main()
