"""What the wizard takes from Textual: public names, and what was met of its pitfalls."""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.binding import Binding
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

import kara_tui.tui
from kara_tui import month_end
from kara_tui.month_end import Request
from kara_tui.month_end.portal import StepId
from kara_tui.tui.app import KaraApp
from kara_tui.tui.preflight import Terminal
from kara_tui.tui.widgets.choices import Choices
from kara_tui.tui.widgets.invoice_table import InvoiceTable
from kara_tui.tui.widgets.one_of import OneOf
from kara_tui.tui.widgets.session_table import SessionTable
from tests.tui.piloting import pilot_of

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip

FOLDER = Path(kara_tui.tui.__file__).parent
SOURCES = sorted(FOLDER.rglob("*.py"))
# The only place that has a defect's frames; Textual's own prints every local variable.
PRIVATE = {"_handle_exception"}


def sample_app() -> KaraApp:
    request = month_end.demo_request(Request("default", month_end.DEMO_TODAY))
    return KaraApp(request, Terminal("wizard"))


def classes() -> Iterator[type]:
    """The wizard's own classes that are Textual's too."""
    for found in pkgutil.walk_packages([str(FOLDER)], "kara_tui.tui."):
        module = importlib.import_module(found.name)
        for value in vars(module).values():
            is_own = isinstance(value, type) and value.__module__ == found.name
            if is_own and issubclass(value, MessagePump):
                yield value


def names_of(source: str) -> set[str]:
    """The private names that a class gives to itself or to its methods."""
    found = set(re.findall(r"\bself\.(_[a-z]\w*)\s*(?::[^=\n]+)?=[^=]", source))
    return found | set(re.findall(r"\bdef (_[a-z]\w*)\(", source))


def test_no_private_name_of_textual_is_used_but_one() -> None:
    used: set[str] = set()
    own: set[str] = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr):
                used.add(node.attr)
                if isinstance(node.ctx, ast.Store):
                    own.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                own.add(node.name)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                assert not re.search(r"\._", f".{node.module}"), file
                assert not any(one.name.startswith("_") for one in node.names), file
    assert used - own - {"_exit", "_replace"} <= PRIVATE  # os._exit, and a named tuple's method


@pytest.mark.parametrize("one", sorted(classes(), key=str))
def test_no_name_of_ours_hides_one_of_textuals(one: type) -> None:
    theirs: set[str] = set()
    for base in one.__mro__:
        if base.__module__.startswith("textual"):
            theirs |= names_of(inspect.getsource(base)) | {
                name for name in vars(base) if re.match(r"_[a-z]", name)
            }
    # Handlers are Textual's way: it calls one of each class.
    hidden = {name for name in names_of(inspect.getsource(one)) & theirs if name[:4] != "_on_"}
    assert hidden <= PRIVATE


def test_the_private_name_is_there_and_textual_calls_it() -> None:
    assert list(inspect.signature(App._handle_exception).parameters) == ["self", "error"]
    source = inspect.getsource(inspect.getmodule(MessagePump) or MessagePump)
    assert "_handle_exception(" in source


def test_a_defect_ends_the_wizard_and_names_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KARA_TUI_DEBUG", raising=False)
    app = sample_app()

    def fails() -> None:
        client = "Jón Sentinel"
        raise ZeroDivisionError(client)

    async def run() -> None:
        async with app.run_test():
            app.call_later(fails)
            for _ in range(100):
                if app.crashed:
                    return
                await asyncio.sleep(0.01)

    asyncio.run(run())
    assert app.crashed[-1] == "ZeroDivisionError"
    assert any("in fails" in line for line in app.crashed)
    assert "Sentinel" not in "".join(app.crashed)
    assert app.return_code == 1


def test_a_change_of_focus_repaints_nothing() -> None:
    for one in classes():
        if issubclass(one, Screen):
            declared = inspect.getattr_static(one, "focused")
            assert declared is not inspect.getattr_static(Screen, "focused"), one


def test_the_sheet_is_found_by_a_class_made_elsewhere() -> None:
    class Elsewhere(KaraApp):
        pass

    assert Path(str(Elsewhere.CSS_PATH)).is_absolute()
    assert Path(str(Elsewhere.CSS_PATH)).exists()


def test_textuals_own_themes_are_not_offered() -> None:
    assert all(name.startswith("kara-") for name in sample_app().available_themes)


# -- pitfalls of Textual that were met


def test_no_screen_is_a_mode_and_none_is_switched_while_painting_is_held() -> None:
    # A mode parses all sheets once more at its first visit. What is switched while painting is held
    # is not seen before the next key. Textual's Footer keeps its dead keys.
    for file in SOURCES:
        tree = ast.parse(file.read_text("utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & {"switch_mode", "MODES", "Footer"}, file
        for node in ast.walk(tree):
            if isinstance(node, ast.With | ast.AsyncWith):
                held = ast.unparse(node)
                assert not ("batch_update" in held and "switch_screen" in held), file


def test_no_state_of_app_or_screen_repaints_all_of_it_when_it_changes() -> None:
    for one in classes():
        if issubclass(one, App | Screen):
            for name, value in vars(one).items():
                assert not isinstance(value, Reactive) or not value._repaint, (one, name)


def test_enter_belongs_to_the_page_and_ctrl_q_and_ctrl_c_to_us() -> None:
    for one in (Choices, OneOf, SessionTable, InvoiceTable):
        keys = {key for binding in bindings_of(one) for key in binding.key.split(",")}
        assert "enter" not in keys, one
        assert {"down", "up"} <= keys, one
    ours = {binding.action for binding in bindings_of(KaraApp)}
    assert not ours & {"quit", "help_quit", "app.quit"}


def bindings_of(one: type) -> list[Binding]:
    """All bindings that a class has of its own and inherits, in the way Textual does."""
    found: list[Binding] = []
    for base in one.__mro__:
        found += [each for each in vars(base).get("BINDINGS", ()) if isinstance(each, Binding)]
        if vars(base).get("_inherit_bindings") is False:
            break
    return found


async def test_a_move_in_a_list_or_table_draws_two_lines_and_lays_nothing_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[tuple[type, int]] = []
    laid_out: list[Widget] = []

    def counted(kind: type) -> None:
        render_line = kind.render_line  # type: ignore[attr-defined]  # a widget with the line API

        def counts(self: Widget, y: int) -> Strip:
            drawn.append((kind, y))
            strip: Strip = render_line(self, y)
            return strip

        monkeypatch.setattr(kind, "render_line", counts)

    refresh = Widget.refresh

    def refreshed(self: Widget, *regions: Region, layout: bool = False, **more: Any) -> Widget:
        if layout:
            laid_out.append(self)
        return refresh(self, *regions, layout=layout, **more)

    counted(OptionList)
    counted(SessionTable)
    monkeypatch.setattr(Widget, "refresh", refreshed)
    async with pilot_of() as stage:
        for step, kind in ((StepId.CREDIT, SessionTable), (StepId.SEND, OptionList)):
            await stage.go(step)
            await stage.press("down")
            drawn.clear()
            laid_out.clear()
            await stage.press("down")
            assert 0 < len([one for one in drawn if one[0] is kind]) <= 2, step
            assert laid_out == [], step


async def test_a_window_that_is_resized_while_the_month_is_left_ends_nothing() -> None:
    async with pilot_of() as stage:
        wizard = stage.app.wizard
        assert wizard is not None
        await wizard.query_one("#title").remove()  # as when its parts go before it
        wizard.on_resize()
        await stage.settle()
        assert stage.app.is_running


async def test_who_goes_to_a_page_while_it_is_made_waits_for_it() -> None:
    async with pilot_of() as stage:
        wizard = stage.app.wizard
        assert wizard is not None
        await wizard.query_one("#credit").remove()
        # Beside the keys, and because a user goes there: both want the same page.
        await asyncio.gather(wizard.make_one(), stage.app.go(StepId.CREDIT))
        await stage.settle()
        assert len(wizard.query("#credit")) == 1
        assert "42 billed" in stage.text


async def test_no_widget_is_left_over_when_all_is_drawn_anew_again_and_again() -> None:
    async with pilot_of() as stage:
        for step in list(StepId)[:6]:
            await stage.go(step)
        before = len(stage.app.screen.query("*"))
        wizard = stage.app.wizard
        assert wizard is not None
        for _ in range(500):
            stage.app.changed()
            wizard.refresh_bindings()
            wizard.refresh_keys()
        await stage.go(StepId.CREDIT)
        await stage.press("w", "escape")
        assert len(stage.app.screen.query("*")) == before
