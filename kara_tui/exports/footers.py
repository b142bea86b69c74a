"""The totals below a table, checked against our own sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kara_tui.exports.amount_columns import AmountColumn
from kara_tui.exports.amounts import AmountCell, parse_amount
from kara_tui.exports.columns import Layout
from kara_tui.exports.findings import finding
from kara_tui.exports.lines import Distinct, Lines
from kara_tui.exports.records import Footer
from kara_tui.model import Finding, Money


def footer_findings(
    footers: Sequence[Footer],
    combinations: Iterable[Distinct],
    lines: Lines,
    layout: Layout,
    amounts: AmountColumn,
) -> list[Finding]:
    """Say which lines were left out, and check the totals against our own sum."""
    notes = tuple(footer.row for footer in footers if footer.note)
    return [
        *([_left_out_as_note(notes, lines.name)] if notes else []),
        *_of_totals([one for one in footers if not one.note], combinations, lines, layout, amounts),
    ]


def _left_out_as_note(rows: tuple[int, ...], name: str) -> Finding:
    many = len(rows) > 1
    return finding(
        "note-left-out",
        f"{len(rows)} {'rows' if many else 'row'} below the payments of {name} "
        f"{'have' if many else 'has'} a text in the first cell and nothing else: "
        f"{'they are taken for notes' if many else 'it is taken for a note'}.",
        rows=rows,
        source=name,
    )


def _of_totals(
    footers: Sequence[Footer],
    combinations: Iterable[Distinct],
    lines: Lines,
    layout: Layout,
    amounts: AmountColumn,
) -> list[Finding]:
    if not footers:
        return []
    rows = tuple(footer.row for footer in footers)
    left_out = finding(
        "footer-left-out",
        f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} at the end of {lines.name} "
        "sum up the payments and are none themselves.",
        "",
        rows=rows,
        source=lines.name,
    )
    sums: dict[str, int] = {}
    for distinct in combinations:
        known = amounts.amounts.get((distinct.texts[0], distinct.texts[1]))
        if known is not None:
            sums[known[1]] = sums.get(known[1], 0) + known[0] * distinct.payments
    if len(sums) != 1 or not any(footer.price for footer in footers):
        return [left_out]
    [(currency, ours)] = sums.items()
    theirs = [parse_amount(footer.price, currency) for footer in footers if footer.price]
    if any(ours in (cell.point, cell.comma) for cell in theirs):
        return [left_out]
    stated = _stated(theirs, amounts.style)
    return [
        left_out,
        finding(
            "footer-differs",
            f"The total at the end of {lines.name} is {stated}, but its payments sum up to "
            f"{Money(ours, currency)}.",
            "Rows may have been deleted or filtered out in a spreadsheet. Compare with the portal.",
            rows=rows,
            source=lines.name,
            column=layout.header("price"),
        ),
    ]


def _stated(cells: list[AmountCell], style: str) -> str:
    value = cells[-1].under(style or ".")
    return str(Money(value, cells[-1].currency)) if isinstance(value, int) else "no readable amount"
