"""Pairs of exports that differ only in what stands in columns that no invoice needs.

The structure is the same in both: separators, quotation, line ends within cells, the kinds of a
workbook's cells. What a file is made of may be seen; what stands in a client's cell may not.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import openpyxl
from hypothesis import strategies as st

KEPT = ("Transaction date", "Service Name", "Service Price", "Service Currency", "Type", "Sponsor",
        "Professional Name", "Professional Email")  # fmt: skip
UNPAID = tuple(header for header in KEPT if header != "Type")
NOT_KEPT = ("Client Name", "Client Email", "Client Phone", "Kennitala", "Notes", "Date of birth",
            "Room", "Rating", "Viðskiptavinur", "Internal remark", "Duration")  # fmt: skip
FORMS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files of one name, the second told from the first by clients' cells alone."""

    name: str
    one: bytes
    other: bytes
    unpaid: bool = False

    def __repr__(self) -> str:
        """As short as what can be told from it: Hypothesis refuses to print a whole file."""
        return f"Pair({self.name!r}, {_cut(self.one)}, {_cut(self.other)}, {self.unpaid})"


def _cut(content: bytes) -> str:
    return repr(content) if len(content) <= 3_000 else f"{content[:3_000]!r}…"


# One payment's needed cells: most are good, some are not, so that findings are made too.
_ROW = st.fixed_dictionaries(
    {
        "Transaction date": st.sampled_from(
            [*(f"2026-10-{day:02} {hour:02}:00" for day in (1, 5, 14, 31) for hour in (9, 14)),
             "2026-10-20", "14/10/2026 10:00", "31.11.2026", "soon", "2026-09-30 10:00"]
        ),
        "Service Name": st.sampled_from(["Individual session 50 min", "Þjónusta", "=1+1", "Talk"]),
        "Service Price": st.sampled_from(["60.00", "95.50", "1.500", "free", "-5.00", "60,00"]),
        "Service Currency": st.sampled_from(["EUR", "EUR", "ISK", "XXX"]),
        "Type": st.sampled_from(["Credit", "Credit", "Credit", "Cash", "Kredit", ""]),
        "Sponsor": st.sampled_from(["Norðurljós ehf.", "Harbour Lane Ltd", "ACME, Inc.", ""]),
        "Professional Name": st.sampled_from(["Þóra Ægisdóttir", "Ada Example"]),
        "Professional Email": st.sampled_from(["thora@example.is", "ada@example.is", ""]),
    }
)  # fmt: skip
_GOOD = {
    "Transaction date": "2026-10-14 10:00", "Service Price": "60.00", "Service Currency": "EUR",
    "Type": "Credit", "Sponsor": "Harbour Lane Ltd", "Service Name": "Individual session 50 min",
    "Professional Name": "Þóra Ægisdóttir", "Professional Email": "thora@example.is",
}  # fmt: skip

# What may stand in a client's cell.
_CLIENT = st.one_of(
    st.sampled_from(
        ["", "Unnur Sentinel", "unnur@client.example", "010203-9998", "0102039998", "+354 581 2345",
         "=HYPERLINK(\"http://client.example\")", "=1+1", "@cmd", "-5", "Credit", "2026-10-14",
         "2026-10-14 10:00", "60.00", "1.500,00", "EUR", "Harbour Lane Ltd", "Norðurljós ehf.",
         "Total", "Samtals", "2730.00", "5%", "N/A", "#REF!", "true", "1e9", "O'Neill, \"Bob\"",
         "a;b;c", "a\tb", "say \"hi\"", "😀👩‍👩‍👧", "\u202egnp", "a\u200bb", "\ufeff", "\x1b[31m",
         "\x07", "x" * 3_000, "Þ" * 900, "Ægir", "ÃžÃ³ra", "ÞÓRA", "+AGE-", "\x1b$B", "null"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=12),
)  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn, forms: tuple[str, ...] = FORMS) -> Pair:
    """A pair, good or with findings, paid or unpaid, as CSV of some kind or as a workbook."""
    form = draw(st.sampled_from(forms))
    unpaid = draw(st.integers(0, 4)) == 0
    rows = draw(st.lists(_ROW, min_size=1, max_size=5))
    if draw(st.booleans()):
        rows = [{**_GOOD, "Transaction date": f"2026-10-{day:02} 10:00"}
                for day, _ in enumerate(rows, 5)]  # fmt: skip
    more = draw(st.lists(st.sampled_from(NOT_KEPT), min_size=1, max_size=5, unique=True))
    header = list(draw(st.permutations([*(UNPAID if unpaid else KEPT), *more])))
    # Every cell's kind and its line ends are drawn once, what it says twice.
    ends = {(at, one): draw(st.sampled_from([0, 0, 0, 1, 2])) for at in range(len(rows))
            for one in more}  # fmt: skip
    kinds = {one: draw(st.sampled_from(["text", "text", "number", "day"])) for one in more}

    def cells() -> list[dict[str, object]]:
        return [
            {**row, **{one: _cell(draw, form, kinds[one], ends[at, one]) for one in more}}
            for at, row in enumerate(rows)
        ]

    first, second = cells(), cells()
    name = f"{'unpaid' if unpaid else 'paid'}.{form}"
    if form == "xlsx":
        return Pair(name, _workbook(header, first), _workbook(header, second), unpaid)
    separator = draw(st.sampled_from(",;\t|"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    ending = draw(st.sampled_from(["\n", "\r\n"]))

    def written(table: list[dict[str, object]]) -> bytes:
        out = io.StringIO(newline="")
        # Quotation marks are structure: every cell has them, whatever stands in it.
        writer = csv.writer(out, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        writer.writerows([row[one] for one in header] for row in table)
        return out.getvalue().encode(encoding, "replace")

    return Pair(name, written(first), written(second), unpaid)


def _cell(draw: st.DrawFn, form: str, kind: str, ends: int) -> object:
    if form == "xlsx" and kind == "number":
        return draw(st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6)))
    if form == "xlsx" and kind == "day":
        return draw(st.datetimes(datetime(1950, 1, 1), datetime(2030, 1, 1)))
    parts = [draw(_CLIENT) for _ in range(ends + 1)]
    if form == "xlsx":
        parts = ["".join(char for char in part if char >= " ") for part in parts]
        # A formula is another kind of cell; openpyxl makes one of every text that begins so.
        parts[0] = parts[0].removeprefix("=")
    return "\n".join(parts)


def _workbook(header: list[str], rows: list[dict[str, object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(header)
    for row in rows:
        # A cell that says nothing is there all the same: whether it is there is structure.
        sheet.append([row[one] if row[one] != "" else " " for one in header])
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()
