"""Text that would steer the terminal, or be read as markup, is only shown: in every widget."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import settings as how_often
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Input, Label, OptionList, Select, Static, TextArea

from kara_tui import settings
from kara_tui.month_end.portal import StepId
from kara_tui.tui.filters import Encodable, Inert, in_ascii
from tests.end_to_end.payments import Payment, csv_text
from tests.tui.piloting import own_month, pilot_of

if TYPE_CHECKING:
    import pytest
    from textual.app import ComposeResult

GROUND = Color(0, 0, 0)
# What moves the cursor, rings, copies, turns the text round or has no width of its own.
HOSTILE = (
    "\x1b[2J\x1b[31mred", "\x1b]52;c;aGk=\x07clip", "\x9d52;c;aGk=\x9cclip", "\x9b31m\x90\x84c1",
    "\u202eevil\u202c", "\u2066iso\u2069", "\u061calm", "zero\u200bwidth\ufeff", "line\u2028end",
    "tab\there", "carriage\rreturn", "line\nfeed", "\x7f\x08\x00\x0e",
)  # fmt: skip
MARKUP = "[red]plain[/red] [@click=app.leave]press[/] [/] [[/]]"
WIDE = "日本語！👩‍👩‍👧🇮🇸 e\u0301"


BIDI = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
PLACES = 12


def steers(char: str) -> bool:
    """Whether a character does more than stand in its cell."""
    return (
        unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(char) in BIDI
        or char in "\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    )


# -- the net itself


@given(st.text(max_size=40))
@how_often(max_examples=50)
@example("".join(HOSTILE))
@example(WIDE)
@example("p\udcfcyments.csv")
def test_whatever_a_line_holds_nothing_that_steers_leaves_the_net_and_no_cell_moves(
    text: str,
) -> None:
    style = Style(bold=True)
    (segment,) = Inert().apply([Segment(text, style)], GROUND)
    assert [char for char in segment.text if steers(char)] == []
    assert cell_len(segment.text) == cell_len(text)
    assert segment.style == style
    if "\u200d" not in text:  # what is joined by it is wider alone, and cut
        kept = segment.text.replace("\N{REPLACEMENT CHARACTER}", "")
        assert kept == "".join(char for char in text if not steers(char)).replace("\ufffd", "")


def test_a_segment_that_the_program_made_to_steer_passes() -> None:
    picture = Segment("\x1b_Gi=1;\x1b\\", control=[(ControlType.BELL,)])
    assert Inert().apply([picture, Segment("\x07")], GROUND)[0] is picture


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
@example("！")  # a full-width sign is two cells wide, its plain one only one
@example("🇮🇸")
@example(WIDE)
def test_in_ascii_a_line_is_as_wide_as_it_was(text: str) -> None:
    assert in_ascii(text).isascii()
    assert cell_len(in_ascii(text)) == cell_len(text)
    (segment,) = Encodable().apply([Segment(text)], GROUND)
    assert segment.text.isascii()


def test_icelandic_names_stay_readable_in_ascii() -> None:
    assert in_ascii("Þóra Ægisdóttir → ⋮ …") == "Tora Agisdottir > : ."


# -- every kind of widget, with the app's own net


class Everything(Screen[None]):
    """The kinds of widgets that the wizard is made of, each with one text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        text = self.text
        yield Input(text, placeholder="")
        yield Select([(Content(text), 1)], value=1, allow_blank=False, compact=True)
        yield OptionList(Content(text), compact=True, markup=False)
        yield Static(text, markup=False)
        yield Label(Content(text))
        yield TextArea(text, compact=True)
        yield DataTable[Content]()
        box = Static("in a box", markup=False)
        box.styles.border = ("round", "white")
        box.border_title = Content(text)
        box.border_subtitle = Content(text)
        yield box
        yield Label("pointed at")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.styles.height = 3
        table.add_column(Content(self.text), width=80)  # type: ignore[arg-type]  # content is a label too
        table.add_row(Content(self.text))
        for one in self.query("Input, Select, OptionList, TextArea"):
            one.styles.height = 2
        self.query(Label).last().tooltip = Content(self.text)


async def test_nothing_that_steers_comes_out_of_any_widget_and_no_markup_is_read() -> None:
    async with pilot_of(size=(160, 40), toasts=True) as stage:
        stage.app.TOOLTIP_DELAY = 0.01

        async def shown(text: str, first: str) -> str:
            """What stands there when every widget, a toast and a tooltip hold the text."""
            await stage.app.push_screen(Everything(text))
            stage.app.say(text)
            await stage.pilot.hover(stage.app.screen.query(Label).last())
            while not stage.app.screen.query("#textual-tooltip").first().display:
                await stage.pilot.pause()
            await stage.settle()
            found = stage.text
            stage.app.pop_screen()
            stage.app.clear_notifications()
            assert [char for char in found if char != "\n" and steers(char)] == []
            # Seven widgets, of which the table has a head and the box two titles; two above them.

            assert found.count(first) == PLACES
            return found

        await shown(" ".join(HOSTILE), "[2J")
        assert "日本語" in await shown(f"{MARKUP} {WIDE}", "[red]plain[/red]")
        assert stage.app.is_running


# -- the wizard's own pages


async def test_hostile_cells_and_names_of_files_are_only_shown_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_utf_8 = os.fsdecode(b"\xfc")
    folder = tmp_path / f"Down\x1b]52;c;aGk=\x07{not_utf_8} [red]loads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    # A cell with a NUL is refused by the reader.
    texts = [*(text.replace("\0", "") for text in HOSTILE), MARKUP, "Acme [/b]"]
    name = "".join(texts).replace("/", "_")
    paid = [Payment(service=f"Talk {text}", sponsor=text) for text in texts]
    month = own_month(tmp_path, paid, [Payment(sponsor=texts[0], date="2026-10-20 10:00")])
    (folder / f"folder{name}").mkdir(parents=True)
    file = folder / f"p{name}.csv"
    file.write_text(csv_text(paid), "utf-8")
    (folder / f"not utf-8 {not_utf_8}.csv").write_text(csv_text(paid), "utf-8")
    theme = settings.settings_folder() / "themes" / "terminal" / "own.toml"
    theme.parent.mkdir(parents=True)
    fjord = (settings.theme_folder("terminal", "fjord")).read_text("utf-8")
    theme.write_text(fjord.replace("Fjord, dark", "[/] own [red]"), "utf-8")

    async with pilot_of(replace(month, paid=(file,))) as stage:

        async def is_harmless(*keys: str) -> str:
            text = await stage.press(*keys)
            assert [char for char in text if char != "\n" and steers(char)] == []
            assert all(cell_len(line) <= 80 for line in text.split("\n"))
            return text

        assert " [red]loads ──" in stage.text
        assert "not utf-8 \\xfc.csv" in await is_harmless("end")
        found = await is_harmless("b")
        assert "not utf-8 \\xfc.csv" in found
        assert "\\xfc [red]loads" in found
        assert "folder" in found
        assert all(line[-1] in "│╮╯─" for line in found.split("\n")[3:20] if line)
        await stage.press("escape")
        for step in list(StepId)[:5]:
            await stage.go(step)
            await is_harmless()
        await stage.go(StepId.CREDIT)
        for key in ("d", "e", "w", "exclamation_mark", "question_mark"):
            await is_harmless(key)
            await stage.press("escape")
        await is_harmless("w", "down", "enter", "u")
        assert "Colour theme: [/] own [red]" in await is_harmless("ctrl+p", *"own")
        await stage.press("escape")
        assert stage.app.is_running
