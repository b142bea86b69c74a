"""What is pasted: kept where no disk keeps it, and told from keys without losing one."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Event, Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from kara_tui.tui.held_keys import HeldKeys, Unmarked, is_export_in_a_field
from kara_tui.tui.pasting import forget_pasted, is_pasted, keep_pasted

EXPORT = "Transaction date,Service Name,Service Price\r2026-10-05,Talk,65.00\r"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    forget_pasted()


def test_a_pasted_export_is_the_users_alone_and_goes() -> None:
    path = keep_pasted("a,b\r\n1,2\r3,Þóra\n", "pasted.csv")
    again = keep_pasted("c", "pasted.csv")
    assert (path.name, again.name) == ("pasted.csv", "pasted-2.csv")
    assert path.read_bytes().decode() == "a,b\n1,2\n3,Þóra\n"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert is_pasted(path)
    assert not is_pasted(Path("pasted.csv"))
    forget_pasted()
    assert not path.parent.exists()
    assert not is_pasted(path)


def test_it_lies_in_memory_where_the_system_has_such_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kara_tui.month_end.pasted_text._IN_MEMORY", tmp_path)
    assert keep_pasted("a", "pasted.csv").parent.parent == tmp_path
    forget_pasted()
    monkeypatch.setattr("kara_tui.month_end.pasted_text._IN_MEMORY", tmp_path / "none")
    assert keep_pasted("a", "pasted.csv").exists()


class Question(ModalScreen[str]):
    def compose(self) -> ComposeResult:
        yield Input()


class Page(App[int]):
    """A page with one key that opens a question, and all that reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[str] = []
        self.held = HeldKeys(self, self.pass_on)

    def compose(self) -> ComposeResult:
        yield Label("page")

    async def pass_on(self, event: Event) -> None:
        where = "question" if isinstance(self.screen, Question) else "page"
        if isinstance(event, Paste):
            kind = "unmarked" if isinstance(event, Unmarked) else "marked"
            self.reached.append(f"{where}: {kind} {event.text!r}")
            return
        assert isinstance(event, Key)
        self.reached.append(f"{where}: {event.key}")
        await super().on_event(event)

    async def key_t(self) -> None:
        await self.push_screen(Question())

    async def brings(self, events: Iterable[str | Paste], *expected: str) -> None:
        """These come all at once: what reaches which screen of it, in this order and no more."""
        for event in events:
            if isinstance(event, Paste):
                await self.held.paste(event)
            else:
                await self.held.take(Key(*NAMES.get(event, (event, event))))
        async with asyncio.timeout(5):
            while len(self.reached) < len(expected):
                await asyncio.sleep(0.005)
        assert self.reached == list(expected)
        self.reached.clear()


NAMES = {
    "\r": ("enter", "\r"), ",": ("comma", ","), ".": ("full_stop", "."), " ": ("space", " "),
    ";": ("semicolon", ";"), "escape": ("escape", "\x1b"),
}  # fmt: skip


async def test_keys_and_pastes_reach_what_they_were_meant_for_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A machine with much to do is slower than a key may be held up.
    monkeypatch.setattr("kara_tui.tui.held_keys.PATIENCE_SECONDS", 5.0)
    app = Page()
    async with app.run_test():
        # Keys that come together stay keys, each after the one before.
        await app.brings("jk\r", "page: j", "page: k", "page: enter")
        # A burst of rows is one paste and no key.
        await app.brings(EXPORT, f"page: unmarked {EXPORT!r}")
        # What comes at once after it would be its rest; a key that types nothing ends it.
        await app.brings(["escape"], "page: escape")
        # What was held back comes before the paste that the terminal marked.
        await app.brings(["j", Paste("a,b")], "page: j", "page: marked 'a,b'")
        # After "paste now" a few letters are a paste, and the next ones are keys again.
        app.held.await_paste()
        await app.brings("a,b,", "page: unmarked 'a,b,'")
        await app.brings(["escape"], "page: escape")
        await app.brings("jkjk", *["page: j", "page: k"] * 2)
        # A marked paste is what was awaited, so nothing is any more.
        app.held.await_paste()
        await app.brings([Paste("a,b")], "page: marked 'a,b'")
        await app.brings("jkjk", *["page: j", "page: k"] * 2)
        # A key that types nothing is not held back, and still comes after what is.
        await app.brings(["j", "escape"], "page: j", "page: escape")
        # Words that come with the key that opens a question are its answer.
        await app.brings("there", "page: t", *(f"question: {one}" for one in "here"))
        # In a field fast typing is typing; only an export is told from it.
        letters = "another;program;types;as;fast"
        named = (NAMES.get(one, (one, one))[0] for one in letters)
        await app.brings(letters, *(f"question: {one}" for one in named))
        assert app.screen.query_one(Input).value == f"here{letters}"
        await app.brings(EXPORT, f"question: unmarked {EXPORT!r}")
        assert is_export_in_a_field(app, Paste(EXPORT))
        assert not is_export_in_a_field(app, Paste("/home/anna/payments, of October.csv"))
