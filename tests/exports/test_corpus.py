"""Files of every shape that the field has, read: the answer is the one worked out by hand."""

from __future__ import annotations

import pytest

from kara_tui.exports import Limits
from tests.exports.cases import CORPUS, Case, cases, check, reading


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_each_file_has_the_answer_that_was_worked_out_by_hand(case: Case) -> None:
    check(case, reading(case))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_read_as_a_large_file_each_has_the_same_answer(case: Case) -> None:
    check(case, reading(case, limits=Limits(careful_bytes=0)))


def test_the_manifest_names_every_file_of_the_corpus_and_says_where_its_shape_comes_from() -> None:
    named = [case.name for case in cases()]
    there = {path.name for path in CORPUS.iterdir()} - {"manifest.toml", ".gitattributes"}
    assert sorted(named) == sorted(there)
    assert all(case.origin.endswith(".") for case in cases())
    assert len(named) >= 30
