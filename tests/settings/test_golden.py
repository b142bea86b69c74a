"""What is written and said of a profile, to the byte: files of before are read and written as ever.

``golden/NAME.toml`` is a profile as a hand writes it; ``NAME.written.toml`` is what kara-tui makes
of it, ``NAME.problems.txt`` all that it says of one that is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.settings import ProfileError, read_profile, save

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["everything", "short"])
def test_a_profile_is_written_as_ever(home: Path, name: str) -> None:
    written = save(read_profile(GOLDEN / f"{name}.toml", name))
    assert written.read_text("utf-8") == (GOLDEN / f"{name}.written.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["broken", "empty"])
def test_everything_wrong_is_said_as_ever(home: Path, name: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(GOLDEN / f"{name}.toml", name)
    said = [
        f"{problem.field} | {problem.value} | {problem.reason} | {problem.mend}\n"
        for problem in caught.value.problems
    ]
    expected = (GOLDEN / f"{name}.problems.txt").read_text("utf-8")
    assert sorted(said) == sorted(expected.splitlines(keepends=True))
