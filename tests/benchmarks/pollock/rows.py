"""Pollutions of single rows: separators, quotation marks, line ends, rows of another kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmarks.pollock.export import (
    DATE,
    HEADER,
    PRICE,
    SERVICE,
    SPONSOR,
    TYPE,
    Row,
    answer,
    cell,
    line,
    payments,
)
from tests.benchmarks.pollock.pollution import Polluted, polluted

WIDTH = len(HEADER)
# The first payment, one with a comma in a cell, one near the end: all Credit sessions of the month.
PLACES = (1, 5, 57)
FEW = (DATE, SERVICE, PRICE, SPONSOR, WIDTH - 2)


def rows() -> Iterator[Polluted]:
    """Files with one row that is another than the rest."""
    for at in PLACES:
        yield from _separators(at)
        yield from _quotes(at)
        yield from _kinds(at)
    yield from _blank()


def _with(at: int, *lines: str) -> str:
    """The clean file with other lines in place of one payment's."""
    clean = [line(row) for row in [HEADER, *payments()]]
    return "".join([*clean[: at + 1], *lines, *clean[at + 2 :]])


def _joined(cells: Sequence[str], separator: str = ",") -> str:
    return separator.join(cells) + "\r\n"


def _separators(at: int) -> Iterator[Polluted]:
    row, number = payments()[at], at + 2
    right = answer(payments())
    cells = [cell(text) for text in row]
    for place in range(WIDTH - 1):
        glued = [*cells[:place], cells[place] + cells[place + 1], *cells[place + 2 :]]
        yield polluted(
            "row: a separator missing",
            f"row {number}, behind cell {place + 1}",
            _with(at, _joined(glued)),
            right,
            "records-ragged|quotes-broken",
            "separator is missing|quotation mark",
            [number],
        )
    for place in range(WIDTH):
        more = [*cells[: place + 1], "", *cells[place + 1 :]]
        yield polluted(
            "row: a separator too many",
            f"row {number}, behind cell {place + 1}",
            _with(at, _joined(more)),
            right,
            "records-ragged",
            "separator stands inside",
            [number],
        )
    for place in FEW:
        cut = _with(at, _joined(cells[: place + 1]))
        yield polluted(
            "row: cut",
            f"row {number}, behind cell {place + 1}",
            cut,
            None,
            "records-ragged",
            "cut",
            [number],
        )
    bare = [*row]
    bare[SERVICE] = "Session, 50 min"
    yield polluted(
        "row: a separator inside a bare cell",
        f"row {number}",
        _with(at, _joined([cell(text) if text != bare[SERVICE] else text for text in bare])),
        None,
        "records-ragged",
        "separator stands inside",
        [number],
    )
    for sign, called in (
        (";", "semicolons"),
        ("\t", "tabs"),
        ("|", "vertical bars"),
        (" ", "blanks"),
        ("^", "carets"),
    ):
        other = _with(at, line(row, sign))
        yield polluted(
            "row: another separator",
            f"row {number}, {called}",
            other,
            right,
            "records-ragged",
            f"parted by {called}",
            [number],
        )
    trailing = _with(at, _joined([*cells, "", ""]))
    yield polluted(
        "row: empty cells at its end",
        f"row {number}",
        trailing,
        right,
        "records-ragged",
        "separator too many",
        [number],
    )


def _quotes(at: int) -> Iterator[Polluted]:
    row, number = payments()[at], at + 2
    right = answer(payments())
    cells = [cell(text) for text in row]
    codes = "quotes-broken|records-swallowed|records-ragged|type-near-credit|price-unreadable|"
    codes += "date-unreadable|currency-unknown"
    for place in (*FEW, TYPE):
        for where, text in (
            ("before", '"' + row[place]),
            ("inside", row[place][:4] + '"' + row[place][4:]),
            ("behind", row[place] + '"'),
        ):
            changed = _joined([*cells[:place], text, *cells[place + 1 :]])
            yield polluted(
                "row: a quotation mark",
                f"row {number}, {where} cell {place + 1}",
                _with(at, changed),
                right,
                codes,
                "",
                [number],
            )
    for sign, called in (("'", "apostrophe"), ("`", "`"), ("“", "quotation mark")):
        far = {"“": "”"}.get(sign, sign)
        every = _joined([sign + text + far for text in row])
        yield polluted(
            "row: other quotation marks",
            f"row {number}, {sign} around every cell",
            _with(at, every),
            right,
            "quotes-other|records-ragged|date-unreadable",
            called,
            [number],
        )
    one = [*cells]
    one[SPONSOR] = f"'{row[SPONSOR]}'"
    yield polluted(
        "row: other quotation marks",
        f"row {number}, ' around the sponsor",
        _with(at, _joined(one)),
        right,
        "quotes-other|records-ragged",
        "apostrophe",
        [number],
    )
    escaped = [*row]
    escaped[SERVICE] = 'Coaching "New start"'
    changed_rows = [*payments()]
    changed_rows[at] = escaped
    text = _joined(
        ['"' + each.replace('"', '\\"') + '"' if '"' in each else cell(each) for each in escaped]
    )
    yield polluted(
        "row: another escape",
        f"row {number}, backslash",
        _with(at, text),
        answer(changed_rows),
        "quotes-broken",
        "backslash",
        [number],
    )
    whole = '"' + line(row).rstrip().replace('"', '""') + '"\r\n'
    yield polluted(
        "row: quotation marks around all of it",
        f"row {number}",
        _with(at, whole),
        right,
        "records-ragged",
        "around the whole row",
        [number],
    )


def _kinds(at: int) -> Iterator[Polluted]:
    row, number = payments()[at], at + 2
    right = answer(payments())
    clean = line(row)
    bare = [*row]
    bare[SERVICE] = "Session\r\n50 min"
    yield polluted(
        "row: a line break",
        f"row {number}, in a bare cell",
        _with(at, _joined(bare)),
        None,
        "records-ragged",
        "line break",
        [number],
    )
    for name, end in (
        ("LF", "\n"),
        ("CR", "\r"),
        ("NEL", "\x85"),
        ("LS", "\u2028"),
        ("VT", "\v"),
        ("RS", "\x1e"),
    ):
        other = _with(at, clean.rstrip() + end)
        yield polluted(
            "row: another line end",
            f"row {number}, {name}",
            other,
            right,
            "records-ragged",
            "line end",
            [number],
        )
    none = _with(at, clean.rstrip())
    yield polluted(
        "row: another line end",
        f"row {number}, none",
        none,
        right,
        "records-ragged",
        "line end|two rows",
        [number],
    )
    comment = _with(at, clean, "# checked\r\n")
    yield polluted(
        "row: a comment",
        f"below row {number}",
        comment,
        right,
        "records-ragged",
        "note|cut",
        [number + 1],
    )
    total = [""] * WIDTH
    total[0], total[PRICE] = "Subtotal", "300.00"
    yield polluted(
        "row: a subtotal",
        f"below row {number}",
        _with(at, clean, line(total)),
        right,
        "date-unreadable|type-empty|currency-unknown|total-inside",
        "subtotal|total",
        [number + 1],
    )


def _blank() -> Iterator[Polluted]:
    right = answer(payments())
    rows_: list[Row] = payments()
    for at in PLACES:
        clean = line(rows_[at])
        yield polluted("row: blank", f"below row {at + 2}", _with(at, clean, "\r\n"), right, "-")
        yield polluted(
            "row: blank",
            f"below row {at + 2}, of separators",
            _with(at, clean, "," * (WIDTH - 1) + "\r\n"),
            right,
            "-",
        )
        yield polluted(
            "row: blank", f"below row {at + 2}, of blanks", _with(at, clean, "   \r\n"), right, "-"
        )
        yield polluted(
            "row: blank",
            f"below row {at + 2}, with fewer separators",
            _with(at, clean, ",,\r\n"),
            right,
            "-",
        )
