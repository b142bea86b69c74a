"""Merged cells: what stands in one holds for all the rows that it covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kara_tui.exports.columns.headers import BILLED_FIELDS
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import with_texts
from kara_tui.model import Finding
from kara_tui.text import and_more, counted

if TYPE_CHECKING:
    import polars as pl

# An amount over several rows may be one or several, and an id belongs to one payment.
_OF_ONE = frozenset({"price", "payment_id"})


class Merges(NamedTuple):
    """What merged cells did to the payments: by field, their texts for the rows they cover.

    ``prices`` are the rows over which an amount goes, ``hidden`` by field those that have another
    text under the merged cell or lost theirs to a cell on the left.
    """

    texts: dict[str, dict[int, str]]
    prices: list[int]
    hidden: dict[str, list[int]]

    @classmethod
    def told(cls, told_by_child: Mapping[str, Any], frame: pl.DataFrame) -> Merges:
        """As the child tells them, of the payments in the frame."""
        rows = frame["row"].to_list()
        texts: dict[str, dict[int, str]] = {}
        prices: list[int] = []
        hidden: dict[str, list[int]] = {}
        for field, top, bottom in told_by_child["down"]:
            first, end = bisect_left(rows, top), bisect_right(rows, bottom)
            # A merged cell whose first row is blank but for it has its text in no payment.
            if first == end or rows[first] != top or not (text := frame[field][first]):
                continue
            if field == "price":
                prices += rows[first:end]
            if field in _OF_ONE:
                continue
            under = frame[field][first + 1 : end].to_list()
            for row, other in zip(rows[first + 1 : end], under, strict=True):
                if other in ("", text):
                    texts.setdefault(field, {})[row] = text
                else:
                    hidden.setdefault(field, []).append(row)
        for field, top, bottom in told_by_child["across"]:
            first, end = bisect_left(rows, top), bisect_right(rows, bottom)
            if field in BILLED_FIELDS and first < end:
                hidden.setdefault(field, []).extend(rows[first:end])
        return cls(texts, prices, hidden)

    def filled(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The payments, each with the text of the merged cell that covers it."""
        return with_texts(frame, self.texts)

    def findings(self, payments: pl.DataFrame, layout: ColumnLayout, name: str) -> list[Finding]:
        """What is said of them; ``payments`` are those that are no totals and no notes."""
        known = set(payments["row"].to_list())
        findings = []
        for field, texts in self.texts.items():
            if rows := [row for row in texts if row in known]:
                findings.append(_holds(rows, layout.header(field), name))
        if len(prices := [row for row in self.prices if row in known]) > 1:
            findings.append(_amount(prices, layout.header("price"), name))
        for field, at in self.hidden.items():
            if rows := [row for row in at if row in known]:
                findings.append(_under(rows, layout.header(field), name))
        return findings


def _holds(rows: Sequence[int], header: str, name: str) -> Finding:
    return finding(
        "cells-merged",
        f"In column “{header}” of {name} merged cells go over several rows: what stands in one was "
        f"taken for {counted(len(rows), 'more row')} that it covers.",
        rows=rows,
        source=name,
        column=header,
    )


def _amount(rows: Sequence[int], header: str, name: str) -> Finding:
    return finding(
        "merged-unclear",
        f"In column “{header}” of {name} merged cells go over {len(rows)} rows, from row {rows[0]} "
        "on: an amount there may be the price of each of them or of all together.",
        "Unmerge the cells in the spreadsheet, write into each row its own price, and save the "
        "file.",
        rows=rows,
        source=name,
        column=header,
    )


def _under(rows: Sequence[int], header: str, name: str) -> Finding:
    return finding(
        "merged-unclear",
        f"Row {rows[0]} of {name}{and_more(len(rows))}: a merged cell lies over the one in column "
        f"“{header}”, so what belongs there is not known.",
        "Unmerge the cells in the spreadsheet, write into each what belongs there, and save the "
        "file.",
        rows=rows,
        source=name,
        column=header,
    )
