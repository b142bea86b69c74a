"""Pollutions of a file as a whole: its ends, separators, quotation marks, line ends, encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Literal

from tests.benchmarks.pollock.export import HEADER, Answer, Row, answer, payments, table, written
from tests.benchmarks.pollock.pollution import Polluted, polluted

NOTHING = Answer(())
# How separators are called in a true reason.
SEPARATORS = {
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    ", ": "commas",
    " ": "blanks",
    "^": "carets",
    "~": "tildes",
    ":": "colons",
    "#": "number signs",
    "!": "exclamation marks",
    "&": "ampersands",
    "§": "§",
    "¦": "¦",
    "/": "slashes",
    "\x1f": "unit separator",
    "\x01": "U+0001",
    "\x1e": "record separator",
    "\x1c": "file separator",
    "||": "||",
    ";;": ";;",
    "::": "::",
    "~|~": "~|~",
    "\t\t": "tabs",
    "<>": "<>",
    "|^|": "|^|",
    " | ": "|",
    " ; ": ";",
}
LINE_ENDS = {
    "LF": "\n",
    "CR": "\r",
    "LF CR": "\n\r",
    "CR CR LF": "\r\r\n",
    "two LF": "\n\n",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
    "VT": "\v",
    "FF": "\f",
    "RS": "\x1e",
    "GS": "\x1d",
}
ENCODINGS = {
    "UTF-8 with a mark": "utf-8-sig",
    "UTF-16 with a mark": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "Windows-1252": "cp1252",
    "Latin-1": "latin-1",
    "Latin-9": "iso-8859-15",
    "UTF-32 with a mark": "utf-32",
    "UTF-32 LE": "utf-32-le",
    "Macintosh": "mac-iceland",
    "DOS": "cp850",
}


def whole_files() -> Iterator[Polluted]:
    """One file for each pollution of the whole."""
    yield from _ends()
    yield from _separators()
    yield from _quotes()
    yield from _escapes()
    yield from _line_ends()
    yield from _encodings()


def _ends() -> Iterator[Polluted]:
    clean, right, header = written(table()), answer(payments()), written([HEADER])
    kind = "file: beginning and end"
    yield polluted(kind, "as it was exported", clean, right, "-")
    yield polluted(kind, "no byte at all", "", None, "file-empty", "empty")
    yield polluted(
        kind,
        "blank lines and nothing else",
        "\r\n" * 5,
        None,
        "header-missing|file-empty",
        "nothing|blank|empty|no text",
    )
    yield polluted(kind, "a header and no payment", header, NOTHING, "-")
    yield polluted(kind, "a header without a line end", header.rstrip(), NOTHING, "-")
    one = payments()[1:2]
    yield polluted(kind, "one payment", written([HEADER, *one]), answer(one), "-")
    yield polluted(kind, "no line end at the end", clean.rstrip("\r\n"), right, "-")
    for lines in (1, 2, 10):
        yield polluted(kind, f"{lines} blank lines at the end", clean + "\r\n" * lines, right, "-")
        yield polluted(kind, f"{lines} blank lines first", "\r\n" * lines + clean, right, "-")
    yield polluted(kind, "rows of separators at the end", clean + ",,,,,,,,,\r\n" * 4, right, "-")
    yield polluted(kind, "end-of-file sign of DOS", clean + "\x1a", right, "-")
    yield polluted(
        kind,
        "cut in the middle of the last record",
        clean.rstrip()[:-40],
        None,
        "records-ragged|file-torn|quotes-broken",
        "cut",
        [61],
    )
    yield polluted(
        kind,
        "cut in the middle of a quoted cell",
        clean[: clean.index("Client\n31") + 7],
        None,
        "quotes-broken|file-torn|records-swallowed",
        "",
        [32],
    )


def _separators() -> Iterator[Polluted]:
    right = answer(payments())
    for sign, called in SEPARATORS.items():
        name = f"{called} ({sign!r})"
        text = written(table(), sign)
        codes, words = "header-missing|records-ragged|separator-unknown", called
        yield polluted("file: separator", name, text, right, codes, words)
        if sign in (" ", "^", ":", "||", "\x1f"):
            all_ = written(table(), sign, every=True)
            yield polluted("file: separator", f"{name}, all quoted", all_, right, codes, words)
    rows = [[cell.replace("\n", " ") for cell in row] for row in table()]
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    fixed = "".join(
        "".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in rows
    )
    codes = "header-missing|records-ragged|separator-unknown"
    yield polluted(
        "file: separator", "fixed width", fixed, right, codes, "fixed width|columns of blanks"
    )
    yield polluted(
        "file: separator",
        "none",
        "".join("".join(row) + "\n" for row in rows),
        None,
        codes,
        "separator",
    )
    mixed = "".join(written([row], ";" if place % 2 else ",") for place, row in enumerate(table()))
    yield polluted(
        "file: separator",
        "commas and semicolons in turn",
        mixed,
        right,
        "records-ragged",
        "parted by semicolons",
        [2],
    )
    declared = "sep=;\r\n" + written(table(), ";")
    yield polluted("file: separator", "declared in a first line", declared, right, "-")
    wrong = "sep=;\r\n" + written(table(), ",")
    yield polluted(
        "file: separator",
        "another one is declared",
        wrong,
        right,
        "header-missing|separator-unknown",
        "sep=;",
    )


def _quotes() -> Iterator[Polluted]:
    right = answer(payments())
    codes = "quotes-other|quotes-broken|records-ragged|records-swallowed"
    for sign, called in (("'", "apostrophe"), ("`", "`|grave"), ("|", "|"), ("$", "$"), ("´", "´")):
        words = called if sign == "|" else f"{called}|other quotation marks"
        for every in (False, True):
            name = f"{sign} around {'every cell' if every else 'cells that need it'}"
            text = written(table(), ",", sign, every=every)
            yield polluted("file: quotation mark", name, text, right, codes, words)
    text = "".join(
        ",".join(
            cell if cell[:1].isdigit() else "'" + cell.replace("'", "''") + "'" for cell in row
        )
        + "\n"
        for row in table()
    )
    yield polluted("file: quotation mark", "' around texts", text, right, codes, "apostrophe")
    for left, far in (("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("''", "''")):
        text = "".join(
            ",".join(f"{left}{cell}{far}" for cell in row) + "\n" for row in _without_breaks()
        )
        yield polluted(
            "file: quotation mark",
            f"{left}{far} around every cell",
            text,
            right,
            codes,
            f"{left}|apostrophe|quotation marks",
        )
    all_quoted = written(table(), every=True)
    yield polluted("file: quotation mark", '" around every cell', all_quoted, right, "-")
    lines = "".join('"' + line.rstrip().replace('"', '""') + '"\n' for line in _lines())
    yield polluted(
        "file: quotation mark",
        '" around every line',
        lines,
        right,
        "header-missing|records-ragged|quotes-broken",
        "around whole lines",
    )
    none = "".join(",".join(row) + "\n" for row in _without_breaks())
    yield polluted(
        "file: quotation mark",
        "none where they are needed",
        none,
        None,
        "records-ragged|quotes-broken",
        "separator stands inside",
    )
    tabs = "".join("\t".join(row) + "\n" for row in _without_breaks())
    yield polluted("file: quotation mark", "none, and tabs between", tabs, right, "-")


def _without_breaks() -> list[list[str]]:
    return [[cell.replace("\n", " ") for cell in row] for row in table()]


def _lines() -> list[str]:
    return [written([row]) for row in _without_breaks()]


def _escapes() -> Iterator[Polluted]:
    right = answer(payments())
    kind = "file: escape"
    ways: tuple[tuple[str, Literal[0, 1, 2, 3], list[Row]], ...] = (
        ("backslash, every cell quoted", csv.QUOTE_ALL, table()),
        ("backslash, cells quoted where needed", csv.QUOTE_MINIMAL, table()),
        ("backslash and no quotation marks", csv.QUOTE_NONE, _without_breaks()),
    )
    for name, quoting, rows in ways:
        out = io.StringIO(newline="")
        writer = csv.writer(out, doublequote=False, escapechar="\\", quoting=quoting)
        writer.writerows(rows)
        yield polluted(
            kind, name, out.getvalue(), right, "quotes-broken|records-ragged", "backslash"
        )
    bare = written(table(), every=True).replace('""', '"')
    yield polluted(
        kind,
        "none",
        bare,
        right,
        "quotes-broken|records-swallowed|records-ragged",
        "quotation mark",
    )
    for sign in ("/", "^"):
        text = written(table(), every=True).replace('""', sign + '"')
        yield polluted(kind, sign, text, right, "quotes-broken|records-ragged", "quotation mark")


def _line_ends() -> Iterator[Polluted]:
    right = answer(payments())
    codes = "header-missing|line-ends|records-ragged"
    for name, end in LINE_ENDS.items():
        yield polluted(
            "file: line end",
            name,
            written(table(), end=end),
            right,
            codes,
            f"line end|line ends|{name}",
        )
        if name in ("CR", "NEL", "RS"):
            text = written(table(), every=True, end=end)
            yield polluted("file: line end", f"{name}, all quoted", text, right, codes, "line end")
    ends = ("\n", "\r\n", "\r")
    mixed = "".join(written([row], end=ends[place % 3]) for place, row in enumerate(table()))
    yield polluted("file: line end", "LF, CR LF and CR mixed", mixed, right, codes)
    trailing = "".join(written([row], end=",\r\n") for row in table())
    yield polluted("file: line end", "a separator at the end of each line", trailing, right, "-")
    below = written([HEADER]) + "".join(written([row], end=",\r\n") for row in payments())
    yield polluted(
        "file: line end",
        "a separator at the end of each line but the header's",
        below,
        right,
        "records-ragged",
        "every row ends with a separator",
    )
    one = written(table()).replace("\r\n", ",")
    yield polluted(
        "file: line end",
        "none: all in one line",
        one,
        None,
        "header-missing|column-twice|line-ends|file-too-large",
        "one line|line end",
    )


def _encodings() -> Iterator[Polluted]:
    right, text = answer(payments()), written(table())
    codes = "encoding-unknown|encoding-doubtful"
    for name, encoding in ENCODINGS.items():
        yield polluted("file: encoding", name, text.encode(encoding), right, codes, "encoding|UTF")
    for name, byte in (("one bad byte", b"\xff"), ("one letter in Latin-1", b"\xfe")):
        data = text.encode().replace("Þ".encode(), byte, 1)
        yield polluted("file: encoding", name, data, None, codes, "UTF-8|damaged|encoding")
    data = text.encode().replace(b"Hraun", b"Hr\0un", 1)
    yield polluted("file: encoding", "a NUL byte", data, None, "file-torn", "NUL")
