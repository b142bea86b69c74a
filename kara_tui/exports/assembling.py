"""What all ways of reading end with: the columns judged by their cells, and the export made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import Export, ExportKind
from kara_tui.exports.files.source import Source
from kara_tui.exports.findings import finding
from kara_tui.model import Finding, HowToRead, Month
from kara_tui.text import counted, verb

if TYPE_CHECKING:
    from kara_tui.exports.payments.parse_columns import ParsedPayments
    from kara_tui.exports.payments.payment_table import PaymentTable

# So many payments are looked at to judge a column of the user's own.
_SAMPLE = 2_000


def judge_columns(
    table: PaymentTable, layout: ColumnLayout, how: HowToRead
) -> tuple[PaymentTable, ColumnLayout, list[Finding]]:
    """The payments and the layout without ids that may be people's, and what is said of those.

    Raises Unreadable for columns that cannot be read as what their headers say.
    """
    if layout.repeated:
        from kara_tui.exports.payments.repeated_columns import refuse_unequal

        refuse_unequal(table, layout)
    if how.columns:
        from kara_tui.exports.columns.own_columns import refuse_clients

        sample = table.collected(table.frame.head(_SAMPLE))
        refuse_clients(sample, layout, how, table.name)
    if "payment_id" not in layout.positions:
        return table, layout, []
    from kara_tui.exports.payments.id_column import without_people

    return without_people(table, layout)


def assembled(
    source: Source,
    kind: ExportKind,
    sha256: str,
    layout: ColumnLayout,
    above: int,
    parsed: ParsedPayments,
    month: Month | None,
    *,
    large: bool = False,
) -> Export:
    """The export of payments that were parsed, with what is said of the file as a whole."""
    kept = (month, parsed.kept) if month and parsed.kept is not None else None
    return Export(
        kind=kind,
        name=source.name,
        sha256=sha256,
        rows=parsed.rows,
        columns=layout.read,
        dropped=layout.not_read,
        has_times=parsed.has_times,
        findings=(
            *_about_the_file(above, layout, source.name),
            *_of_words(parsed, source.name, large=large),
            *parsed.findings,
        ),
        frame=parsed.frame,
        scan=parsed.scan,
        tallies=parsed.tallies,
        date_order=parsed.date_order,
        decimal=parsed.decimal,
        large=large,
        kept=kept,
    )


def _of_words(parsed: ParsedPayments, name: str, *, large: bool) -> list[Finding]:
    """What is said of words that look changed; of a large file in the rows around the month."""
    from kara_tui.exports.payments.damaged_letters import doubtful_words

    known = {"encoding-guessed", "encoding-doubtful"}
    payments = parsed.kept if large else parsed.frame.collect(engine="in-memory")
    if payments is None or any(finding.code in known for finding in parsed.findings):
        return []
    return doubtful_words(payments, name)


def _about_the_file(above: int, layout: ColumnLayout, name: str) -> list[Finding]:
    findings = [
        finding(
            "column-repeated",
            f"{name} has two columns “{column.header}” with the same cells; the first is read.",
            source=name,
            column=column.header,
        )
        for column in layout.repeated
    ]
    if above:
        taken = verb(above, "was taken for a title", "were taken for titles")
        what = f"{counted(above, 'row')} above the header of {name} {taken}."
        findings.append(finding("rows-above", what, source=name))
    return findings
