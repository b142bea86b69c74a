"""Whatever is pressed, in any order and window, the wizard stands and issues nothing by itself."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.tui.actions import ACTIONS
from kara_tui.tui.frame import framed
from tests.tui.stage import Play, demo

# What ends the play, or leaves the sandbox of the test, is not pressed.
LEAVING = {"leave"}
KEYS = sorted(
    {key for action in ACTIONS if action.id not in LEAVING for key in action.keys}
    | set("abz019 .,-") | {"backspace", "ctrl+w", "f10", "shift+tab"}
)  # fmt: skip

pressed = st.lists(st.sampled_from(KEYS), min_size=20, max_size=80)
sizes = st.tuples(st.integers(1, 140), st.integers(1, 45))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys=pressed, size=sizes)
def test_any_keys_in_any_window(keys: list[str], size: tuple[int, int]) -> None:
    play = Play(demo())
    width, height = size
    for key in keys:
        play.press(key)
        shown = framed(play.desk, width, height)
        assert len(shown.lines) <= max(height, 4)
    assert play.desk.standing.outcome is None
    assert play.desk.month_end is not None or play.desk.standing.unreadable or not (
        play.desk.request.paid
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys=pressed)
def test_undo_leads_all_the_way_back(keys: list[str]) -> None:
    play = Play(demo())
    first = play.desk.request
    for key in keys:
        play.press(key)
    for _ in range(100):
        play.desk.undo()
    assert play.desk.request == first
