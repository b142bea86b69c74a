"""What ruff does not look at, for every file of the checkout: ``python -m tests.lint``.

Every Python file says what it is for, tests too, and nothing is left open; no build file names an
address, and no two classes of kara_tui have one name. Prints each fault as ``file: fault`` and ends
with 1 where there is one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent

# Letters stand in brackets so that this file does not find itself.
LEFT_OPEN = re.compile(r"\b(T[O]DO|F[I]XME|raise NotImplemented[E]rror)\b")
ADDRESS = re.compile(r"\b(h[t]tps?|f[i]le)://|index[-]url|find[-]links")


def code_faults(source: str) -> Iterator[str]:
    """What is wrong with a Python file's text."""
    if LEFT_OPEN.search(source):
        yield "something is left open"
    if source.strip() and not ast.get_docstring(ast.parse(source)):
        yield "it does not say what it is for: no docstring at its top"


def build_faults(text: str) -> Iterator[str]:
    """What is wrong with the text of a file that builds or locks."""
    if ADDRESS.search(text):
        yield "it names an address"


def doubled_classes(checkout: Path = CHECKOUT) -> Iterator[tuple[Path, str]]:
    """The classes of kara_tui whose name another has: a reader would take one for the other."""
    first: dict[str, Path] = {}
    for file in sorted((checkout / "kara_tui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                other = first.setdefault(node.name, file)
                if other is not file:
                    twin = f"the class {node.name} stands in {other.relative_to(checkout)} too"
                    yield file.relative_to(checkout), twin


def faults(checkout: Path = CHECKOUT) -> Iterator[tuple[Path, str]]:
    """Every fault of a checkout, with the file's path in it."""
    code = [
        file for room in ("kara_tui", "tests", "docs") for file in (checkout / room).rglob("*.py")
    ]
    folders = [checkout / "requirements", checkout / ".ci"]
    build = [
        checkout / "Makefile",
        checkout / "pyproject.toml",
        *(file for folder in folders for file in folder.iterdir() if file.is_file()),
    ]
    for files, check in ((code, code_faults), (build, build_faults)):
        for file in sorted(files):
            for fault in check(file.read_text("utf-8")):
                yield file.relative_to(checkout), fault
    yield from doubled_classes(checkout)


if __name__ == "__main__":
    found = list(faults())
    for where, what in found:
        print(f"{where}: {what}")
    sys.exit(1 if found else 0)
