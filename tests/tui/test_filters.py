"""Neighbours in a line that look the same are written as one; what a click on each does stays.

Below a question the page is in one colour but for what has a ground of its own.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from kara_tui.tui.filters import Joined, OneColour

GROUND = Color(0, 0, 0)
WHITE = Style(color="white", bgcolor="black")
RED = Style(color="red", bgcolor="black")


def joined(*parts: tuple[str, Style]) -> list[str]:
    line = [Segment(text, style) for text, style in parts]
    return [segment.text for segment in Joined().apply(line, GROUND)]


def at(place: int, style: Style = WHITE) -> Style:
    """A style with the place in a text that Textual keeps for what the mouse selects."""
    return style + Style(meta={"offset": (place, 0)})


def test_parts_that_look_the_same_are_one_wherever_they_stand_in_the_text() -> None:
    assert joined(("Paid", at(0)), (" Credit", at(4)), ("  ", WHITE)) == ["Paid Credit  "]


def test_blank_cells_take_the_colour_beside_them_and_empty_parts_go() -> None:
    assert joined(("│ ", RED), ("", WHITE), ("   ", WHITE), ("text", WHITE)) == ["│    ", "text"]


def test_parts_of_another_look_or_that_do_something_else_when_clicked_stay_apart() -> None:
    next_, back = (WHITE + Style(meta={"@click": name}) for name in ("next", "back"))
    underlined, linked = WHITE + Style(underline=True), WHITE + Style(link="page")

    assert joined(("a", WHITE), ("b", RED)) == ["a", "b"]
    assert joined(("a", next_), ("b", back), (" ", WHITE)) == ["a", "b", " "]
    assert joined(("a", WHITE), ("b", linked)) == ["a", "b"]
    assert joined(("a", WHITE), ("  ", underlined)) == ["a", "  "]


def test_the_page_below_a_question_has_one_colour_and_keeps_the_line_that_is_asked_about() -> None:
    on_page, dim = Style(color="red", bgcolor="#000000"), Color(90, 90, 90)
    cursor = Style(color="black", bgcolor="white", bold=True)
    line = [Segment("│ ", on_page), Segment("a", WHITE + on_page), Segment("row", cursor)]

    page, row = OneColour(dim).apply(line, GROUND)

    assert page.text == "│ a"
    assert page.style == Style(color=dim.rich_color, bgcolor=GROUND.rich_color)
    assert row == Segment("row", cursor)
