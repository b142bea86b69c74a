"""What all ways of reading end with: the columns judged by their cells, and the export made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.columns.layout import Layout
from kara_tui.exports.export import Export, ExportKind, HowToRead
from kara_tui.exports.files.source import Source
from kara_tui.exports.findings import finding
from kara_tui.model import Finding, Month

if TYPE_CHECKING:
    from kara_tui.exports.payments.parse_columns import Understood
    from kara_tui.exports.payments.payment_table import Lines

# So many payments are looked at to judge a column of the user's own.
_SAMPLE = 2_000


def judge_columns(
    lines: Lines, layout: Layout, how: HowToRead
) -> tuple[Lines, Layout, list[Finding]]:
    """The payments and the layout without ids that may be people's, and what is said of those.

    Raises Unreadable for columns that cannot be read as what their headers say.
    """
    if layout.repeated:
        from kara_tui.exports.payments.repeated_columns import refuse_unequal

        refuse_unequal(lines, layout)
    if how.columns:
        from kara_tui.exports.columns.own_columns import refuse_clients

        sample = lines.collected(lines.frame.head(_SAMPLE))
        refuse_clients(sample, layout, how, lines.name)
    if "payment_id" not in layout.positions:
        return lines, layout, []
    from kara_tui.exports.payments.payment_ids import without_people

    return without_people(lines, layout)


def assembled(
    source: Source,
    kind: ExportKind,
    sha256: str,
    layout: Layout,
    above: int,
    understood: Understood,
    month: Month | None,
    *,
    large: bool = False,
) -> Export:
    """The export of payments that were understood, with what is said of the file as a whole."""
    kept = (month, understood.kept) if month and understood.kept is not None else None
    return Export(
        kind=kind,
        name=source.name,
        sha256=sha256,
        rows=understood.rows,
        columns=layout.read,
        dropped=layout.not_read,
        has_times=understood.has_times,
        findings=(
            *_about_the_file(above, layout, source.name),
            *_of_words(understood, source.name, large=large),
            *understood.findings,
        ),
        frame=understood.frame,
        scan=understood.scan,
        tallies=understood.tallies,
        date_order=understood.date_order,
        decimal=understood.decimal,
        large=large,
        kept=kept,
    )


def _of_words(understood: Understood, name: str, *, large: bool) -> list[Finding]:
    """What is said of words that look changed; of a large file in the rows around the month."""
    from kara_tui.exports.payments.damaged_letters import doubtful_words

    known = {"encoding-guessed", "encoding-doubtful"}
    payments = understood.kept if large else understood.frame.collect(engine="in-memory")
    if payments is None or any(one.code in known for one in understood.findings):
        return []
    return doubtful_words(payments, name)


def _about_the_file(above: int, layout: Layout, name: str) -> list[Finding]:
    found = [
        finding(
            "column-repeated",
            f"{name} has two columns “{column.header}” with the same cells; the first is read.",
            source=name,
            column=column.header,
        )
        for column in layout.repeated
    ]
    if above:
        what = "1 row above the header of {} was taken for a title."
        if above > 1:
            what = f"{above} rows above the header of {{}} were taken for titles."
        found.append(finding("rows-above", what.format(name), source=name))
    return found
