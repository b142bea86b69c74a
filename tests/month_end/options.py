"""Which findings speak of the command line: an asking face needs words of its own for each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kara_tui
from kara_tui.exports.findings import READER_FINDINGS
from kara_tui.month_end.findings.table import MEANINGS

OPTION = re.compile(r"(?:^|\s|\()--[a-z]")


def codes_with_options() -> Iterator[str]:
    """The codes of findings that are made with an option of the command line in their words."""
    known = {*MEANINGS, *READER_FINDINGS}
    for file in Path(kara_tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            code = node.args[0]
            if not (isinstance(code, ast.Constant) and code.value in known):
                continue
            texts = [
                part.value
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if any(OPTION.search(text) for text in texts):
                yield str(code.value)
