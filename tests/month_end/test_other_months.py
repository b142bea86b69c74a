"""How the months of a long file are told: the near ones by name, the far ones by their number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model import Month
from kara_tui.month_end.wording import MONTHS_SHOWN, months_said

from .a_month import export, found, month_end, session, unpaid

OCTOBER = Month(2026, 10)
ALL = [Month(year, number) for year in range(2017, 2027) for number in range(1, 13)]


def test_the_nearest_months_come_first_and_the_others_are_counted() -> None:
    assert months_said(dict.fromkeys(ALL, 1_200), OCTOBER) == (
        "October 2026 (1,200), September 2026 (1,200), November 2026 (1,200), August 2026 (1,200), "
        "December 2026 (1,200), July 2026 (1,200) and 114 more months"
    )


def test_a_few_months_are_all_named() -> None:
    assert months_said({Month(2026, 9): 2}, OCTOBER) == "September 2026 (2)"
    there = dict.fromkeys(ALL[-1 - MONTHS_SHOWN : -1], 1)
    assert months_said(there, OCTOBER).count("2026") == MONTHS_SHOWN
    assert "more" not in months_said(there, OCTOBER)
    assert months_said(dict.fromkeys(ALL[: MONTHS_SHOWN + 1], 1), OCTOBER).endswith(" 1 more month")


@given(st.dictionaries(st.sampled_from(ALL), st.integers(1, 9), min_size=1))
def test_a_sentence_of_months_is_never_long_and_leaves_none_out(counts: dict[Month, int]) -> None:
    said = months_said(counts, OCTOBER)
    more = max(len(counts) - MONTHS_SHOWN, 0)
    assert said.count("(") + more == len(counts)
    assert (f" {more} more month" in said) == (more > 0)
    assert len(said) < 200


def test_the_findings_about_other_months_are_short() -> None:
    others = [session(date=one.first) for one in ALL if one < Month(2026, 9)]
    told = (
        found(month_end(export(session(), *others)), "other-month"),
        found(month_end(export(*others)), "no-sessions"),
        found(month_end(open_ones=[unpaid(*others)]), "unpaid-earlier-month"),
    )
    for finding in told:
        assert "August 2026 (1), July 2026 (1)" in finding.message
        assert " more months" in finding.message
        assert "2017" not in finding.message
