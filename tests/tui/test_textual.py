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

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

import kara_tui.tui
from kara_tui import month_end
from kara_tui.month_end import Request
from kara_tui.tui.app import KaraApp
from kara_tui.tui.preflight import Terminal

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


def test_nothing_grows_while_the_keys_are_drawn_again_and_again() -> None:
    app = sample_app()

    async def run() -> tuple[int, int]:
        async with app.run_test() as pilot:
            await pilot.pause()
            while app.flow.month_end is None or (app.wizard and any(app.wizard.unmade())):
                await pilot.pause()
            before = len(app.screen.query("*"))
            for _ in range(500):
                app.screen.refresh_bindings()
                app.wizard.refresh_keys()  # type: ignore[union-attr]  # it is there: the first screen
            await pilot.pause()
            return before, len(app.screen.query("*"))

    before, after = asyncio.run(run())
    assert before == after
