"""The payment types of a file: which one is billed, which are known, which may be a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from kara_tui.exports.cells.cleaning import ERROR, NO_VALUE, shown
from kara_tui.exports.cells.payment_types import is_fit_to_show, may_be_credit
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import ExportKind
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.model import Finding
from kara_tui.text import and_more

_NAMED = 8


def types_in(combinations: Iterable[Distinct]) -> list[Distinct]:
    """The different types among combinations of price, currency and type, by first appearance."""
    by_text: dict[str, Distinct] = {}
    for combination in combinations:
        if len(combination.texts) < 3:
            continue
        text = combination.texts[2]
        known = by_text.get(text)
        count = combination.payments + (known.payments if known else 0)
        row = min(combination.row, known.row) if known else combination.row
        by_text[text] = Distinct((text,), (combination.cells[2],), count, row)
    return sorted(by_text.values(), key=lambda distinct: distinct.row)


def type_findings(
    types: list[Distinct], table: PaymentTable, layout: ColumnLayout, kind: ExportKind
) -> list[Finding]:
    """What to know about the types of a paid list; the unpaid list needs none."""
    if kind is not ExportKind.PAID:
        return []
    header, known_words = layout.header("type"), words()
    findings = []
    for code, what, those in (
        ("type-empty", "names no payment type", [d for d in types if not d.cells[0]]),
        (
            "type-unreadable",
            "holds an error in place of a payment type",
            [d for d in types if d.cells[0].startswith(ERROR)],
        ),
        (
            "type-unreadable",
            "holds a formula without a stored value in place of a payment type",
            [d for d in types if d.cells[0].startswith(NO_VALUE)],
        ),
    ):
        if those:
            count = sum(d.payments for d in those)
            findings.append(
                finding(
                    code,
                    f"Row {those[0].row} {what} in column “{header}”{and_more(count)}: it may be a "
                    "Credit payment.",
                    "Look the payment up in the portal and write its type into the cell.",
                    rows=table.rows_with(("type",), (d.texts for d in those)),
                    count=count,
                    source=table.name,
                    column=header,
                )
            )
    known = {known_words.credit, *known_words.other_types}
    unknown = [
        d
        for d in types
        if d.cells[0]
        and d.cells[0].casefold() not in known
        and not d.cells[0].startswith((ERROR, NO_VALUE))
    ]
    near = [d for d in unknown if may_be_credit(d.cells[0])]
    if near:
        findings.append(_near_credit(near, table, header))
    if unknown:
        findings.append(
            finding(
                "type-unknown",
                f"Column “{header}” has payment types that are not known here and are not billed: "
                f"{_named(unknown)}.",
                "Only the type Credit is billed to Kara Connect. If one of these means Credit in "
                "your portal's language, set the portal to English and export again.",
                rows=table.rows_with(("type",), (d.texts for d in unknown)),
                count=sum(d.payments for d in unknown),
                source=table.name,
                column=header,
            )
        )
    if types and not any(d.cells[0].casefold() == known_words.credit for d in types):
        findings.append(
            finding(
                "type-not-credit",
                f"No payment in {table.name} is of the type Credit.",
                "Check that the filter of the portal's list was Payment type: Credit.",
                source=table.name,
                column=header,
            )
        )
    return findings


def _near_credit(near: list[Distinct], table: PaymentTable, header: str) -> Finding:
    first, count = near[0], sum(d.payments for d in near)
    what = "a type that looks like Credit"
    if is_fit_to_show(first.cells[0]):
        what = shown(first.cells[0])
    more = f" (and {count - 1} more such)" if count > 1 else ""
    return finding(
        "type-near-credit",
        f"Row {first.row} holds {what} in column “{header}”{more}, which is not the type Credit "
        "as the portal writes it: it may be a Credit payment.",
        "Look the payment up in the portal. If it is one, write Credit into the cell and nothing "
        "else, or export again; if it is another, write Other.",
        rows=table.rows_with(("type",), (d.texts for d in near)),
        count=count,
        source=table.name,
        column=header,
    )


def _named(unknown: list[Distinct]) -> str:
    fit = [d for d in unknown if is_fit_to_show(d.cells[0])]
    others = [d for d in unknown if not is_fit_to_show(d.cells[0])]
    parts = [f"{shown(d.cells[0])} ({d.payments})" for d in fit[:_NAMED]]
    if len(fit) > _NAMED:
        parts.append(f"{len(fit) - _NAMED} more")
    if others:
        first = others[0].row
        parts.append(
            f"1 that may be a name and is not shown (row {first})"
            if len(others) == 1
            else f"{len(others)} that may be names and are not shown (first in row {first})"
        )
    return ", ".join(parts)
