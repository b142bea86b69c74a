"""Lines that are one widget each: the steps, the buttons at a page's foot, the keys.

A widget for each step, button or key costs more than what it shows: Textual's Footer with seven
keys makes the first screen 65 ms later and a step twice as long, two Buttons cost 34 ms, and the
Footer keeps its old keys in memory. Here each line is one text whose parts can be clicked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from kara_tui.month_end.portal import STEPS, Step, StepId
from kara_tui.month_end.steps import State
from kara_tui.tui.actions import BY_ID, key_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual import events
    from textual.binding import ActiveBinding, Binding

# A step's sign tells without colour what it is; no other thing is marked by these.
SIGNS: Mapping[State, str] = {State.DONE: "✓", State.OPEN: " ", State.BLOCKED: "!"}
HERE = "●"
_STYLES: Mapping[State, str] = {
    State.DONE: "$good",
    State.OPEN: "$muted",
    State.BLOCKED: "$blocker",
}

BACK = "app.back"


class Part(NamedTuple):
    """A text, the action that a click on it does, and what is said of it under the mouse."""

    content: Content
    action: str = ""
    tip: str = ""


class Bar(Static, can_focus=False):
    """One line of parts, some of which do something when they are clicked."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__("", id=id, markup=False)
        self._clicks: list[tuple[int, int, str, str]] = []
        self._tip = ""
        self._shown: Content | None = None
        self._room_then = 0
        self._again: Callable[[], None] = lambda: None

    def _drawn(self, again: Callable[[], None]) -> None:
        """It is drawn for the room there is now; ``again`` draws it for another."""
        self._room_then, self._again = self.room, again

    def on_resize(self) -> None:
        if self._room_then not in (0, self.room):
            self._again()

    @property
    def room(self) -> int:
        """The cells there are; before the first layout those of the whole screen."""
        return self.size.width or self.app.size.width

    def put(self, parts: Sequence[Part], below: Content | None = None) -> None:
        """Show the parts side by side, and a line below them where there is one."""
        self._clicks = []
        x = 0
        for content, action, tip in parts:
            width = content.cell_length
            if action:
                self._clicks.append((x, x + width, action, tip))
            x += width
        line = Content("").join(one.content for one in parts)
        shown = line if below is None else Content("\n").join([line, below])
        if self._shown is None or not shown.is_same(self._shown):
            self._shown = shown
            self.update(shown, layout=False)

    async def on_click(self, event: events.Click) -> None:
        for first, last, action, _ in self._clicks:
            if first <= event.x < last:
                await self.run_action(action)
                return

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say of what is under the mouse what it does."""
        tips = (tip for first, last, _, tip in self._clicks if first <= event.x < last)
        tip = next(tips, "")
        if tip != self._tip:
            self._tip = tip
            self.tooltip = Content(tip) if tip else None


class Steps(Bar):
    """The seven steps: where one is, which are done, which ask for something; a click goes."""

    DEFAULT_CSS = "Steps { height: 2; width: 100%; }"

    def show(self, here: StepId, states: Mapping[StepId, State]) -> None:
        """Draw the steps; the line below them is bright under the step that shows."""
        self._drawn(lambda: self.show(here, states))
        parts: list[Part] = []
        line = ""
        for step in STEPS:
            state = states[step.id]
            # Where one is shows by the line below too, so a step that is blocked keeps its sign.
            sign = HERE if step.id is here and state is not State.BLOCKED else SIGNS[state]
            style = "bold $title" if step.id is here else _STYLES[state]
            text = self._fitting(sign, step, here)
            does = f"app.step('{step.id.value}')"
            parts.append(Part(Content.styled(text, style), does, step.purpose))
            line += ("━" if step.id is here else "─") * cell_len(text)
        line = line[: self.room].ljust(self.room, "─")
        rule = Content.styled(line, "$line")
        self.put(parts, rule.stylize("$accent", line.find("━"), line.rfind("━") + 1))

    def _fitting(self, sign: str, step: Step, here: StepId) -> str:
        """A step's sign and title; a number for all but this one where seven titles do not fit."""
        titles = sum(len(one.title) for one in STEPS)
        if titles + 4 * len(STEPS) <= self.room:
            return f" {sign} {step.title} "
        if titles + 3 * len(STEPS) <= self.room or step.id is here:
            return f" {sign} {step.title}"
        return f" {sign}{step.position}"


class ButtonLine(Bar):
    """The way on and the way back. The filled one is what Enter presses."""

    DEFAULT_CSS = "ButtonLine { height: 1; width: 100%; }"

    def fits(self, onward: str, beside: tuple[str, str], said: Content) -> bool:
        """Whether a sentence fits beside these buttons."""
        return said.cell_length <= self._left(_buttons(onward, *beside))

    def show(
        self, onward: str, beside: tuple[str, str] = ("", ""), said: Content | str = ""
    ) -> None:
        """Draw ``[ onward › ]`` filled, ``( ‹ back )`` beside it, and a sentence on the left.

        ``beside`` has the words of the second button and the action that a click on it does.
        """
        self._drawn(lambda: self.show(onward, beside, said))
        buttons = _buttons(onward, *beside)
        if sum(one.content.cell_length for one in buttons) > self.room - 2:
            buttons = _buttons(onward)  # Esc goes back as well
        room = self._left(buttons)
        left = Content(said) if isinstance(said, str) else said
        left = left.truncate(room, ellipsis=True)
        gap = 1 + room - left.cell_length
        self.put([Part(Content.assemble(" ", left, " " * gap)), *buttons])

    def _left(self, buttons: Sequence[Part]) -> int:
        taken = sum(one.content.cell_length for one in buttons)
        return max(0, self.room - taken - 3)


def _buttons(onward: str, beside: str = "", does: str = "") -> list[Part]:
    buttons: list[Part] = []
    if beside:
        words = f"( ‹ {beside} )" if does == BACK else f"( {beside} )"
        buttons += [Part(Content.styled(words, "$muted"), does), Part(Content("  "))]
    if onward:
        filled = Content.styled(f"[ {onward} › ]", "bold $cursor-text on $cursor-background")
        buttons.append(Part(filled, "app.next"))
    return buttons


class KeyBar(Bar):
    """The keys that do something here, the most wanted first; each can be clicked."""

    DEFAULT_CSS = (
        "KeyBar { height: 1; width: 100%; background: $bar-background; color: $bar-text; }"
    )

    def show(self, active: Iterable[ActiveBinding], words: Mapping[str, str]) -> None:
        """Draw the keys of these bindings. ``words`` are a page's own for some of them."""
        bound = list(active)
        self._drawn(lambda: self.show(bound, words))
        offered: dict[str, Binding] = {}
        for one in bound:
            id_ = one.binding.id or ""
            if one.enabled and id_ in BY_ID and BY_ID[id_].rank and id_ not in offered:
                offered[id_] = one.binding
        keys = {
            id_: _key(binding, words.get(id_, binding.description))
            for id_, binding in offered.items()
        }
        always = [id_ for id_ in ("help", "leave") if id_ in keys]
        left = self.room - sum(keys[id_].cell_length for id_ in always)
        kept: list[str] = []
        for id_ in sorted(keys, key=lambda id_: BY_ID[id_].rank):
            if id_ in always:
                continue
            if keys[id_].cell_length > left:
                break
            left -= keys[id_].cell_length
            kept.append(id_)
        gap = [Part(Content(" " * left))]
        self.put([
            *(_offered(id_, keys[id_]) for id_ in kept), *gap,
            *(_offered(id_, keys[id_]) for id_ in always),
        ])  # fmt: skip


def _offered(id_: str, key: Content) -> Part:
    return Part(key, f"app.press_action('{id_}')", BY_ID[id_].help)


def _key(binding: Binding, words: str) -> Content:
    return Content.assemble(" ", (key_shown(binding.key), "bold $bar-key"), f" {words} ")
