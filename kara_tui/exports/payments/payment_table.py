"""The payments in a frame, as texts: what differs in a column, and where something stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import polars as pl

from kara_tui.exports.cells.cleaning import JOIN, clean, clean_unless_marked
from kara_tui.exports.export import Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.findings import finding
from kara_tui.exports.in_thread import in_thread
from kara_tui.model.finding import ROWS_SHOWN


def collected(query: pl.LazyFrame, *, streaming: bool = False) -> pl.DataFrame:
    """Run a query beside the main thread; ``streaming`` for files too large for memory."""
    engine: Literal["streaming", "in-memory"] = "streaming" if streaming else "in-memory"
    return in_thread(lambda: query.collect(engine=engine)).result()


class Distinct(NamedTuple):
    """One text of a column (or texts of several), how many payments have it, and the first row.

    ``texts`` are as the frame has them, ``cells`` are clean.
    """

    texts: tuple[str, ...]
    cells: tuple[str, ...]
    payments: int
    row: int


class PaymentTable(NamedTuple):
    """All payments of a file: ``row`` and one column of texts per field.

    A ``large`` one is a scan of the file. Its texts are not clean yet, nor are those of a
    workbook, whose ``typed`` cells stand behind their marks.
    """

    frame: pl.LazyFrame
    name: str
    limits: Limits
    large: bool = False
    typed: bool = False

    def collected(self, query: pl.LazyFrame) -> pl.DataFrame:
        """Run a query over these payments."""
        return collected(query, streaming=self.large)

    def distinct(self, *fields: str) -> list[Distinct]:
        """The different texts of the columns, in order of appearance.

        Raises Unreadable when there are more than any export's column has.
        """
        differing = self.collected(
            self.frame.group_by(fields)
            .agg(pl.len().alias("count"), pl.col("row").min().alias("first"))
            .head(self.limits.distinct + 1)
        ).sort("first")
        if differing.height > self.limits.distinct:
            raise Unreadable(
                finding(
                    "file-too-large",
                    f"A column of {self.name} has more than {self.limits.distinct} different "
                    "values.",
                    "Check that this is the portal's export and not another file. The cap is "
                    "distinct under [reading.limits] in the profile.",
                    source=self.name,
                )
            )
        return [self.as_distinct(row[:-2], row[-2], row[-1]) for row in differing.rows()]

    def as_distinct(self, texts: tuple[str, ...], payments: int, row: int) -> Distinct:
        """A combination of texts with its cells cleaned, unless they are clean already."""
        if not (self.large or self.typed):
            return Distinct(texts, texts, payments, row)
        cleaned = map(clean_unless_marked if self.typed else clean, texts)
        return Distinct(texts, tuple(cleaned), payments, row)

    def rows_with(self, fields: Sequence[str], texts: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
        """The first rows whose cells in the columns are one of the given combinations."""
        keys = [JOIN.join(combination) for combination in texts]
        first = self.collected(
            self.frame.filter(pl.concat_str(list(fields), separator=JOIN).is_in(keys))
            .select("row")
            .head(ROWS_SHOWN)
        )
        return tuple(sorted(first["row"].to_list()))


def with_texts(payments: pl.DataFrame, texts: Mapping[str, Mapping[int, str]]) -> pl.DataFrame:
    """The payments with other texts in some of their cells: by field and by row."""
    return payments.with_columns(
        pl.coalesce(
            pl.col("row").replace_strict(
                list(by_row), list(by_row.values()), default=None, return_dtype=pl.String
            ),
            pl.col(field),
        ).alias(field)
        for field, by_row in texts.items()
    )
