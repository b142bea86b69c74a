"""The wizard without a screen: what is known, which page is in front, and what a key does.

Everything here is plain state and calls; the terminal is behind `Host`, the month end behind
`Acts`. So a test can press keys and read lines without a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kara_tui.errors import UserError
from kara_tui.month_end.request import Request
from kara_tui.month_end.steps import (
    STEPS,
    Standing,
    State,
    StepId,
    check,
    findings_of,
    missing,
    step,
)
from kara_tui.month_end.wording import listed
from kara_tui.tui.actions import BY_ID, Action, action_for, elsewhere, key_shown
from kara_tui.tui.acts import Acts
from kara_tui.tui.host import Host
from kara_tui.tui.keeping import Kept
from kara_tui.tui.page import Page
from kara_tui.tui.pages import step_page

if TYPE_CHECKING:
    from kara_tui.issued.delivery import WebmailText
    from kara_tui.month_end import MonthEnd, Outcome
    from kara_tui.month_end.place import Place

UNDO_KEPT = 100


class Desk:
    """The pages, the request so far, and what came of it."""

    def __init__(
        self,
        request: Request,
        acts: Acts,
        host: Host,
        actions: Mapping[str, Action] = BY_ID,
        keep: Callable[[Kept], None] = lambda _: None,
        *,
        looks_only: bool = False,
    ) -> None:
        self.acts = acts
        self.host = host
        self.actions = actions
        self.standing = Standing(request)
        self.step = StepId.PAYMENTS
        self.seen: set[StepId] = {StepId.PAYMENTS}
        self.said: tuple[str, str] = ("", "text")
        self.busy = ""
        self._keep = keep
        self.looks_only = looks_only
        self._undo: list[Request] = []
        self._asked = 0
        self._then: Callable[[], None] = lambda: None
        self._is_warm = False
        self._steps: dict[StepId, Page] = {}
        self._above: list[Page] = []
        self._review_waits = False
        self.webmail: WebmailText | None = None
        # The user was asked to paste now: whatever comes next in one go is a paste.
        self.awaits_paste = False

    def save(self) -> None:
        """Keep the step and the answers for the next start; the sample month is not kept."""
        if not self.standing.is_issued and not self.request.demo and not self.looks_only:
            self._keep(Kept(self.step.value, self.request, self.month_end))

    # -- pages

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._above[-1] if self._above else self.step_page(self.step)

    @property
    def is_on_step(self) -> bool:
        return not self._above

    def step_page(self, step_id: StepId) -> Page:
        """The page of a step; it is made when it is first needed and keeps what was done on it."""
        if step_id not in self._steps:
            self._steps[step_id] = step_page(step_id, self)
        return self._steps[step_id]

    def open(self, page: Page) -> None:
        """Put a page on top; Back takes it away again."""
        self._above.append(page)
        page.opened()

    def begin_with(self, page: Page) -> None:
        """Put a page on top before anything is shown; it is opened when the screen is there."""
        self._above.append(page)

    def close(self) -> None:
        """Take the page in front away."""
        if self._above:
            self._above.pop()
            self.page.opened()

    def go(self, step_id: StepId) -> None:
        """Show a step, if what it needs is there; otherwise say what is missing."""
        if missing(step_id, self.standing):
            self.say(step(step_id).needs_said, "warning")
            return
        self._above.clear()
        self.step = step_id
        self.seen.add(step_id)
        self.save()
        self.page.opened()

    def visit(self, step_id: StepId) -> None:
        """Go to a step from the review; the next step forward or back is the review again."""
        self.go(step_id)
        self._review_waits = self.step is step_id

    def forward(self) -> None:
        """To the next step, or back to the review that sent us here."""
        if self._review_waits:
            self._review_waits = False
            self.go(StepId.SEND)
            return
        position = step(self.step).position
        if position < len(STEPS):
            self.go(STEPS[position].id)

    def backward(self) -> None:
        """One page, or one step, back. Nothing is checked and nothing is lost."""
        if self._above:
            self.close()
            return
        if self._review_waits:
            self.forward()
            return
        position = step(self.step).position
        if position > 1:
            self.step = STEPS[position - 2].id
            self.save()
            self.page.opened()
        else:
            self.say("This is the first step. Ctrl+Q leaves; everything is kept.")

    # -- what is known

    @property
    def request(self) -> Request:
        return self.standing.request

    @property
    def month_end(self) -> MonthEnd | None:
        return self.standing.month_end

    def state_of(self, step_id: StepId) -> State:
        """How a step is; one that was not looked at yet is open, whatever it holds."""
        state = check(step_id, self.standing).state
        if state is State.DONE and step_id not in self.seen:
            return State.OPEN
        return state

    def begin(self, request: Request) -> None:
        """Start with this request at the first step, as if the wizard had been started with it."""
        self._above.clear()
        self._steps.clear()
        self._undo.clear()
        self.standing = Standing(request)
        self.step, self.seen = StepId.PAYMENTS, {StepId.PAYMENTS}
        self.page.opened()
        self.read()

    def take_up(self, place: Place) -> None:
        """Go on where the user left: the same step with the same answers, the files read anew."""
        self.begin(place.request)
        wanted = place.step

        def arrive() -> None:
            self.seen |= set(list(StepId)[: step(wanted).position])
            self.go(wanted if not missing(wanted, self.standing) else StepId.PAYMENTS)
            changed = place.changed(self.month_end) if self.month_end is not None else ()
            if changed:
                names = listed(path.name for path in changed)
                self.say(f"{names} changed since; what shows is from what is there today.",
                         "warning")  # fmt: skip

        if place.request.paid:
            self.read(arrive)

    def change(self, request: Request, said: str = "") -> None:
        """The user has said something: remember it, keep it, and work the month end out anew."""
        if self.standing.is_issued:
            self.say("The invoice is issued; nothing of it changes any more.", "warning")
            return
        if request == self.request:
            return
        self._undo = [*self._undo, self.request][-UNDO_KEPT:]
        self._put(request)
        if said:
            self.say(said)

    def settle(self) -> None:
        """Ask what settles the first finding of this step that an answer settles."""
        from kara_tui.tui.pages.settle import can_settle, settling

        for finding in findings_of(self.step, self.standing):
            if can_settle(finding):
                self.open(settling(self, finding))
                return
        self.say("There is nothing here that an answer would settle.")

    def shows(self, action: str) -> bool:
        """Whether an action that belongs to every step has anything to do now."""
        if action == "settle":
            from kara_tui.tui.pages.settle import can_settle

            return any(can_settle(one) for one in findings_of(self.step, self.standing))
        if action == "undo":
            return bool(self._undo)
        if action == "problems":
            return bool(self.standing.findings)
        return True

    def undo(self) -> None:
        """Take the last change back."""
        if self.standing.is_issued:
            self.say("The invoice is issued; kara-tui credit cancels it.", "warning")
        elif self._undo:
            self._put(self._undo.pop())
            self.say("The last change is taken back.")
        else:
            self.say("There is nothing to undo.")

    def _put(self, request: Request) -> None:
        self.standing = replace(self.standing, request=request)
        self.save()
        self.read()

    def read(self, then: Callable[[], None] = lambda: None) -> None:
        """Read the exports and work the month end out, beside the keys."""
        if not self.request.paid:
            self.standing = Standing(self.request)
            return
        self._asked += 1
        asked = self._asked
        request = self.request
        self._then = then
        self.busy = "Reading the exports"

        def done(month_end: MonthEnd) -> None:
            if asked == self._asked:  # an answer to an older question is not wanted any more
                self.busy = ""
                self.standing = Standing(self.request, month_end)
                self.page.opened()
                self._then()
                if not self._is_warm:
                    self._is_warm = True
                    self.host.work(lambda: self.acts.warm(month_end), lambda _: None, self._quiet)

        def failed(error: UserError) -> None:
            if asked == self._asked:
                self.busy = ""
                self.standing = Standing(self.request, None, error.findings)
                self.page.opened()

        self.host.work(lambda: self.acts.prepare(request), done, failed)

    def _quiet(self, _: UserError) -> None:
        """What went wrong beside the keys will be met, and said, when it is wanted."""

    def when_read(self, then: Callable[[], None]) -> None:
        """Do something as soon as what is being read has been read."""
        self._then = then

    def stop_waiting(self) -> bool:
        """Stop waiting for what is being read; tells whether there was anything."""
        if not self.busy or self.busy.startswith("Issuing"):
            return False
        self._asked += 1
        self.busy = ""
        self.say("Stopped. What was read before still stands.")
        return True

    def issue(self) -> None:
        """Issue the month, once. The result comes to the Send page."""
        prepared = self.month_end
        if prepared is None or self.busy or self.standing.is_issued:
            return
        if self.looks_only:
            self.say("Another kara-tui is open on this data, so this one only looks.", "warning")
            return
        self.busy = "Issuing"

        def done(issued: tuple[Outcome, WebmailText | None]) -> None:
            self.busy = ""
            outcome, self.webmail = issued
            self.standing = replace(self.standing, outcome=outcome)
            self.page.opened()

        def failed(error: UserError) -> None:
            self.busy = ""
            first = error.findings[0]
            self.say(f"Nothing was issued. {first.message} {first.hint}".strip(), "blocker")

        self.host.work(lambda: self.acts.issue(prepared), done, failed)

    def keep_theme(self, name: str) -> None:
        """Use a theme from now on, also at the next start."""
        self.say(self.host.recolour(name) or self.acts.keep_theme(name), "text")

    # -- keys

    def say(self, text: str, role: str = "info") -> None:
        """Say something until the next key."""
        self.said = (text, role)

    def press(self, key: str, character: str | None) -> None:
        """What a key does: typing first where something is typed, then the page's actions."""
        self.said = ("", "text")
        self.awaits_paste = False
        page = self.page
        if page.field is not None and page.field.press(key, character):
            page.typed()
            return
        action = action_for(key, page.id, self.actions)
        if action is None:
            self._say_nothing_here(key, page)
            return
        self.act(action.id)

    def act(self, action: str) -> None:
        """Do an action on the page in front, or say why it does nothing."""
        page = self.page
        why_not = page.why_not(action)
        if why_not:
            self.say(why_not, "warning")
        elif action in page.does:
            page.does[action]()
        elif page.list.move(action):
            pass
        else:
            self._anywhere(action)

    def _anywhere(self, action: str) -> None:
        match action:
            case "back":
                if not self.stop_waiting():
                    self.backward()
            case "next":
                self.forward() if self.is_on_step else self.close()
            case "undo":
                self.undo()
            case "settle":
                self.settle()
            case "read-again":
                self.say("Reading the exports again.")
                self.read()
            case "leave":
                self.host.leave(0)
            case "redraw":
                self.host.draw_anew()
            case "mouse":
                self.say(self.host.give_mouse())
            case "help" | "palette" | "problems":
                self._open_named(action)
            case _:
                self.say(f"{BY_ID[action].words} does nothing on this page.", "warning")

    def _open_named(self, action: str) -> None:
        from kara_tui.tui.pages import above

        if self.page.id != action:
            self.open(above(action, self))

    def _say_nothing_here(self, key: str, page: Page) -> None:
        other = elsewhere(key, page.id, self.actions)
        does = f": “{other.words}” belongs to another page" if other else ""
        self.say(f"{key_shown(key)} does nothing here{does}. ? shows the keys.", "muted")

    def paste(self, text: str, *, marked: bool = True) -> None:
        """Text was pasted; ``marked`` by the terminal, or told by how fast it came."""
        self.said = ("", "text")
        self.awaits_paste = False
        self.page.pasted(text, marked=marked)
