"""Where the user is, and the ways between: Welcome, Home, My details, the sample month, the steps.

Which screen lies on which is known here alone. What a place shows, and what is done there, is the
screen's affair; what is known of the month is the flow's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kara_tui import settings
from kara_tui.month_end.portal import step
from kara_tui.month_end.wording import listed, month_name
from kara_tui.tui.background import beside
from kara_tui.tui.looking import first_screen
from kara_tui.tui.painting import paint_at_once
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.screens.wizard import WizardScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from kara_tui.month_end import Request
    from kara_tui.month_end.place import Place
    from kara_tui.month_end.portal import StepId
    from kara_tui.tui.app import KaraApp

# Home looks into the ledger beside the keys; mostly what it finds is there by then.
FILLED = 0.06


class Places:
    """The ways between the app's screens."""

    def __init__(self, app: KaraApp) -> None:
        self._app = app
        # What was there before the sample month was looked at.
        self._own: Request | None = None
        # Whether it is still to be said which month is gone on with: then none is kept.
        self.is_undecided = False

    def first(self, name: str) -> Screen[Any]:
        """The screen that is shown first, as ``looking.first_screen`` names it."""
        if name == "welcome":
            from kara_tui.tui.screens.welcome import WelcomeScreen

            return WelcomeScreen(self._app.flow.request, self._app.acts)
        if name == "home":
            return self._home()
        return WizardScreen(self._app.flow, self._app.acts)

    def begin_at_the_start(self) -> None:
        """Show what a new start would show first: Welcome, Home, or the steps."""
        self._down_to_the_last()
        self._app.switch_screen(self.first(first_screen(self._app.flow.request)))
        self._app.read()

    def _down_to_the_last(self) -> None:
        """Close all that lies on the first screen of ours; below that one is Textual's own."""
        while len(self._app.screen_stack) > 2:
            self._app.pop_screen()

    def ask_which_month(self) -> None:
        """Files that were named at the start do not take the place of a month that was begun."""
        app, request = self._app, self._app.flow.request
        if request.paid and not request.demo and not app.looks_only:
            self.is_undecided = True
            app.run_worker(self._ask_which_month(request), group="place")

    async def _ask_which_month(self, request: Request) -> None:
        app = self._app
        place = await beside(lambda: app.acts.place_of(request))
        if place is None:
            self.is_undecided = False
            app.save()
            return
        from kara_tui.tui.dialogs.choose import MustChoose

        def taken(chosen: int | None) -> None:
            self.is_undecided = False
            if chosen == 0:
                self.take_up(place)
            else:
                app.save()

        month = month_name(place.request.billed_month)
        here = listed([one.name for one in request.paid])
        app.push_screen(
            MustChoose(
                "Go on, or begin with this file?",
                f"{month} was begun and is not issued: you were at {step(place.step).title}, with "
                f"{listed([one.name for one in place.request.paid])}.",
                [f"Go on with {month} where you were",
                 f"Begin with {here}: what was answered for {month} is asked again"],
            ),
            taken,
        )  # fmt: skip

    # -- Home

    def to_home(self) -> None:
        """Where things stand. The month stays below, as it is."""
        app = self._app
        if app.shows("home"):
            return
        if app.shows("welcome"):
            app.say("Your details come first; then Home shows your invoices.")
            return
        below = next((one for one in app.screen_stack if _is_home(one)), None)
        if below is not None:
            paint_at_once(app, FILLED)
            while app.screen is not below:
                app.pop_screen()
        else:
            paint_at_once(app, FILLED)
            app.push_screen(self._home())

    def _home(self) -> Screen[Any]:
        from kara_tui.tui.screens.home import HomeScreen

        return HomeScreen(self._app.flow, self._app.acts)

    # -- My details

    def to_my_details(self, changing: str = "") -> None:
        """Who you are, whom you bill, your bank account."""
        app, request = self._app, self._app.flow.request
        if app.shows("profile"):
            return
        if request.demo:
            self._ask_to_leave_sample()
            return
        from kara_tui.tui.screens.profile import ProfileScreen

        paint_at_once(app)
        app.push_screen(
            ProfileScreen(
                app.acts, request.profile, changing, is_new=not settings.exists(request.profile)
            )
        )

    def details_written(self, *, is_new: bool) -> None:
        """The details are in the profile: go on with the month, which may look otherwise now."""
        paint_at_once(self._app)
        self._app.pop_screen()
        if is_new:
            self._to_month()
        else:
            self._app.read()

    # -- the sample month

    def show_sample(self) -> None:
        """The sample month instead of one's own, in a ledger of its own."""
        from kara_tui import month_end

        flow = self._app.flow
        self._own = flow.request
        month_end.start_demo_anew()
        flow.begin(month_end.demo_request(replace(flow.request, today=month_end.DEMO_TODAY)))
        self._to_month()

    def _ask_to_leave_sample(self) -> None:
        from kara_tui.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                self.leave_sample()

        self._app.push_screen(
            Confirm(
                "Leave the sample month?",
                "These details are invented and stay as they are. Your own are asked for, and "
                "changed, in your own month; nothing of the sample goes there.",
                "To my own",
                "Stay here",
            ),
            answered,
        )

    def leave_sample(self) -> None:
        """From the sample month back to one's own, or to the first start."""
        own = self._own
        if own is None:
            self._app.say(
                "kara-tui was started with --demo. Leave with Ctrl+Q, and start it without."
            )
            return
        self._app.flow.begin(own)
        self.begin_at_the_start()

    # -- the month

    def begin(self) -> None:
        """Begin the month anew, from Home: what was answered is asked again."""
        flow = self._app.flow
        if self._app.wizard is None or flow.request.paid:
            flow.begin(replace(flow.request, paid=(), unpaid=(), decisions={}, left_out={},
                               corrections={}, routes={}, month=None))  # fmt: skip
        self._to_month()

    def take_up(self, place: Place) -> None:
        """Go on where the user left: the same step with the same answers, the files read again."""
        app, flow, at = self._app, self._app.flow, place.step
        flow.take_up(place.request, at)

        def arrived() -> None:
            said = flow.arrive(at)
            changed = place.changed(flow.month_end) if flow.month_end else ()
            if changed:
                names = ", ".join(path.name for path in changed)
                said = f"{names} changed since; what shows is from what is there today."
            app.run_worker(self._arrived_at(said))

        self._to_month()
        app.read(arrived)

    async def _arrived_at(self, said: str) -> None:
        self._app.say(said, "warning")
        if self._app.wizard is not None:
            await self._app.wizard.show_step()

    def back_to_month(self) -> None:
        """From Home back to the month that is begun, as it is."""
        wizard = self._app.wizard
        if wizard is not None and self._app.screen is not wizard:
            paint_at_once(self._app)
        while wizard is not None and self._app.screen is not wizard:
            self._app.pop_screen()

    async def to_step(self, step: StepId) -> None:
        """Go to a step of the month that is begun, from wherever."""
        if self._app.wizard is not None:
            self.back_to_month()
            await self._app.go(step)

    def _to_month(self) -> None:
        """Bring the steps to the front."""
        app, wizard = self._app, self._app.wizard
        if wizard is None:
            self._down_to_the_last()
            app.switch_screen(WizardScreen(app.flow, app.acts))
            app.call_after_refresh(app.make_pages)
        else:
            self.back_to_month()
            app.run_worker(wizard.show_step())
        if app.flow.request.paid and not app.flow.is_reading:
            app.read()


def _is_home(screen: Screen[Any]) -> bool:
    return isinstance(screen, KaraScreen) and screen.page_id == "home"
