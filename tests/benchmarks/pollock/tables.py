"""Pollutions of the table: what stands above, below and beside it, its header, its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.benchmarks.pollock.export import HEADER, PRICE, Row, answer, payments, table, written
from tests.benchmarks.pollock.pollution import Polluted, polluted

WIDTH = len(HEADER)
CENTS = sum(round(float(row[PRICE]) * 100) for row in payments())


def tables() -> Iterator[Polluted]:
    """One file for each pollution of the table."""
    yield from _above()
    yield from _below()
    yield from _more_tables()
    yield from _headers()
    yield from _columns()


def _above() -> Iterator[Polluted]:
    clean, right = written(table()), answer(payments())
    kind = "table: preamble"
    title = "Payments of the practice\r\n"
    for lines in (1, 2, 3, 5, 12):
        yield polluted(kind, f"{lines} lines", title * lines + clean, right, "header-missing")
    yield polluted(kind, "a line and a blank one", title + "\r\n" + clean, right, "header-missing")
    full = written([["Payments", *[""] * (WIDTH - 1)]])
    yield polluted(kind, "a row of the table's width", full + clean, right, "header-missing")
    pairs = "Practice,Lighthouse\r\nFrom,2026-10-01\r\nTo,2026-10-31\r\n"
    yield polluted(kind, "names and values", pairs + "\r\n" + clean, right, "header-missing")
    quoted = '"Payments, of\r\nthe practice"\r\n'
    yield polluted(kind, "a quoted cell of two lines", quoted + clean, right, "header-missing")
    yield polluted(kind, "a comment", "# exported today\r\n" + clean, right, "header-missing")
    yield polluted(
        kind,
        "a line with one quotation mark",
        'The "practice\r\n' + clean,
        right,
        "quotes-broken|header-missing",
        "quotation mark",
    )
    yield polluted(
        kind,
        "one that begins with a quotation mark",
        '"The practice\r\n' + clean,
        right,
        "quotes-broken|header-missing",
        "quotation mark",
    )


def _below() -> Iterator[Polluted]:
    clean, right = written(table()), answer(payments())
    kind = "table: footnote"
    codes, rows = "records-ragged|footer-unclear|table-below", range(62, 66)
    note = "Exported for the practice\r\n"
    for lines in (1, 2, 3):
        yield polluted(kind, f"{lines} lines", clean + note * lines, right, codes, "", rows)
    yield polluted(kind, "after a blank line", clean + "\r\n" + note, right, codes, "", rows)
    full = written([["Exported for the practice", *[""] * (WIDTH - 1)]])
    yield polluted(kind, "a row of the table's width", clean + full, right, codes, "", rows)
    total = [""] * WIDTH
    total[0], total[PRICE] = "Total", f"{CENTS / 100:.2f}"
    yield polluted(kind, "the total", clean + written([total]), right, codes, "", rows)
    yield polluted(kind, "the number of rows", clean + "60 rows\r\n", right, codes, "", rows)
    yield polluted(kind, "a comment", clean + "# end of file\r\n", right, codes, "", rows)
    yield polluted(
        kind,
        "names and values",
        clean + "Rows,60\r\nPages,1\r\n",
        right,
        codes,
        "note|another table",
        rows,
    )
    yield polluted(
        kind,
        "prose with commas",
        clean + "Questions, remarks, ideas: ask us\r\n",
        right,
        codes,
        "note",
        rows,
    )


def _more_tables() -> Iterator[Polluted]:
    clean, right = written(table()), answer(payments())
    kind = "table: another table"
    codes = "table-below|records-ragged|header-repeated"
    small = written([("Service", "Sessions"), ("Couples", "12"), ("Individual", "20")])
    wide = written([[f"Name {n}" for n in range(14)], *[["x"] * 14] * 3])
    same = written([[f"Name {n}" for n in range(WIDTH)], *[["x"] * WIDTH] * 3])
    for name, below in (("narrow", small), ("wide", wide), ("of the same width", same)):
        yield polluted(
            kind,
            f"below, {name}, after a blank line",
            clean + "\r\n" + below,
            right,
            codes,
            "another table",
            [63],
        )
        yield polluted(
            kind, f"below, {name}, at once", clean + below, right, codes, "another table", [62]
        )
    first, second = payments()[:30], payments()[30:]
    again = written([HEADER, *first]) + "\r\n" + written([HEADER, *second])
    yield polluted(kind, "below, with the same header", again, right, codes, "header", [33])
    turned = written([HEADER, *first]) + "\r\n" + written(_turned([list(HEADER), *second]))
    yield polluted(
        kind,
        "below, with the columns in another order",
        turned,
        right,
        codes,
        "header|another table",
        [33],
    )
    above = small + "\r\n" + clean
    yield polluted(kind, "above, narrow", above, right, "header-missing|column-missing")
    beside = [
        [*row, "", *more]
        for row, more in zip(
            table(), [["Item", "Pieces"], ["Chairs", "12"], *[["", ""]] * 59], strict=True
        )
    ]
    yield polluted(kind, "beside", written(beside), right, "column-twice", "two columns")
    longer = [*beside, *[[*[""] * (WIDTH + 1), "Tables", "3"]] * 2]
    yield polluted(
        kind,
        "beside, and longer",
        written(longer),
        right,
        "table-beside|type-empty|date-unreadable|currency-unknown|price-unreadable",
        "beside",
        [62],
    )
    twice = [[*row, "", *more] for row, more in zip(table(), table(), strict=True)]
    yield polluted(kind, "the same table beside", written(twice), None, "column-twice", "columns")


def _turned(rows: list[Row]) -> list[Row]:
    return [row[::-1] for row in rows]


def _headers() -> Iterator[Polluted]:
    rows, right = payments(), answer(payments())
    body = written(rows)
    kind = "table: header"
    yield polluted(kind, "none", body, None, "header-missing", "no header|without a header")
    parts = [name.split(" ", 1) if " " in name else ["", name] for name in HEADER]
    up, low = ([part[place] for part in parts] for place in (0, 1))
    yield polluted(
        kind,
        "over two rows",
        written([up, low]) + body,
        right,
        "header-missing|column-missing|header-unclear",
        "two rows",
    )
    split = [part if part[0] else part[::-1] for part in parts]
    up, low = ([part[place] for part in split] for place in (0, 1))
    yield polluted(
        kind,
        "over two rows, single words in the first",
        written([up, low]) + body,
        right,
        "header-missing|column-missing|header-unclear",
        "two rows",
    )
    three = [up, [""] * WIDTH, low]
    yield polluted(
        kind,
        "over three rows",
        written(three) + body,
        right,
        "header-missing|column-missing|header-unclear",
        "rows",
    )
    groups = ["Payment", "Client", "", "Service", "", "", "Payment", "", "Professional", ""]
    yield polluted(kind, "with a row of groups above", written([groups, HEADER]) + body, right, "-")
    units = ["(day)", "", "", "", "(EUR)", "", "", "", "", ""]
    yield polluted(
        kind,
        "with a row of units below",
        written([HEADER, units]) + body,
        right,
        "header-unclear|date-unreadable|type-empty|price-unreadable|currency-unknown",
        "units|header",
        [2],
    )
    yield polluted(
        kind,
        "twice at the top",
        written([HEADER, HEADER]) + body,
        right,
        "header-repeated",
        "header",
        [2],
    )
    for every in (1, 20, 30):
        repeated = [
            line
            for at, row in enumerate(rows)
            for line in ([HEADER, row] if at and at % every == 0 else [row])
        ]
        yield polluted(
            kind,
            f"again after each {every} rows",
            written([HEADER, *repeated]),
            right,
            "header-repeated",
            "header",
        )
    yield polluted(
        kind,
        "last",
        body + written([HEADER]),
        right,
        "header-missing|header-repeated|header-unclear",
        "header",
    )
    yield polluted(
        kind,
        "in the middle",
        written([*rows[:20], HEADER, *rows[20:]]),
        None,
        "header-missing|rows-above-header|header-unclear",
        "above",
        [21, 1],
    )
    for name, change in (
        ("in capitals", str.upper),
        ("in small letters", str.lower),
        ("with underscores", lambda text: text.replace(" ", "_")),
        ("with blanks around", lambda text: f"  {text} "),
    ):
        yield polluted(kind, name, written([list(map(change, HEADER))]) + body, right, "-")
    for place in range(WIDTH - 1):
        glued = [*HEADER[:place], HEADER[place] + HEADER[place + 1], *HEADER[place + 2 :]]
        yield polluted(
            "table: header, a separator missing",
            f"behind cell {place + 1}",
            written([glued]) + body,
            right,
            "header-unclear",
            "separator",
            [1],
        )
    for place in range(WIDTH):
        more = [*HEADER[: place + 1], "", *HEADER[place + 1 :]]
        yield polluted(
            "table: header, a separator too many",
            f"behind cell {place + 1}",
            written([more]) + body,
            right,
            "records-ragged|header-unclear",
            "header",
            [1, 2],
        )
        for where, text in (
            ("before", '"' + HEADER[place]),
            ("behind", HEADER[place] + '"'),
        ):
            header = ",".join([*HEADER[:place], text, *HEADER[place + 1 :]]) + "\r\n"
            yield polluted(
                "table: header, a quotation mark",
                f"{where} cell {place + 1}",
                header + body,
                right,
                "quotes-broken",
                "quotation mark",
                [1],
            )


def _columns() -> Iterator[Polluted]:
    rows, right = table(), answer(payments())
    kind = "column"
    for place in (0, 5, WIDTH):
        empty = [[*row[:place], "", *row[place:]] for row in rows]
        yield polluted(kind, f"an empty one at {place + 1}", written(empty), right, "-")
        named = [[*row[:place], "" if at else "Notes", *row[place:]] for at, row in enumerate(rows)]
        yield polluted(kind, f"one more with a name at {place + 1}", written(named), right, "-")
    yield polluted(kind, "many empty ones", written([row + [""] * 40 for row in rows]), right, "-")
    numbers = [[str(at - 1) if at else "", *row] for at, row in enumerate(rows)]
    yield polluted(kind, "row numbers without a head", written(numbers), right, "-")
    bare = [row[1:] if not at else row for at, row in enumerate(numbers)]
    codes, words = "records-ragged|header-unclear", "row number|row name"
    yield polluted(kind, "row numbers and a header too short", written(bare), right, codes, words)
    ones = [row if not at else [str(at), *row[1:]] for at, row in enumerate(bare)]
    yield polluted(kind, "row names of R", written(ones), right, codes, words)
    named = [row if not at else [f"row {at}", *row[1:]] for at, row in enumerate(bare)]
    yield polluted(kind, "other row names", written(named), right, codes, words)
    change: tuple[tuple[str, Callable[[Row], Row]], ...] = (
        ("in another order", lambda row: row[::-1]),
        ("a text column twice", lambda row: [*row, row[7]]),
        ("a dropped column twice", lambda row: [*row, row[1]]),
    )
    for name, made in change:
        yield polluted(kind, name, written(map(made, rows)), right, "-")
    price_twice = written([*row, row[PRICE]] for row in rows)
    yield polluted(kind, "the price twice", price_twice, right, "column-twice", "price")
    other = [[*row, row[7] if at != 7 else "Somebody else"] for at, row in enumerate(rows)]
    yield polluted(
        kind, "a text column twice with other cells", written(other), None, "column-twice", "differ"
    )
    for place in (0, 3, 4, 5, 6, 7, 8):
        without = written([*row[:place], *row[place + 1 :]] for row in rows)
        box = HEADER[place]
        yield polluted("column: left out", box, without, None, "column-missing", box)
        nameless = [
            row if at else [*row[:place], "", *row[place + 1 :]] for at, row in enumerate(rows)
        ]
        yield polluted(
            "column: without a name", box, written(nameless), None, "column-missing", box
        )
