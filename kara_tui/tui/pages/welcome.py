"""The first start: a profile is made by questions, or the sample month is looked at first."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.month_end import DEMO_TODAY, demo_request, start_demo_anew
from kara_tui.tui.desk import Desk
from kara_tui.tui.pages.choice import ChoicePage


def welcome(desk: Desk) -> ChoicePage:
    """The page that a start without a profile begins with."""

    def take(chosen: int) -> None:
        if chosen == 0:
            # It brings all the questions with it: the first screen does not wait for them.
            from kara_tui.tui.pages.profile import ProfilePage

            desk.open(ProfilePage(desk))
            return
        start_demo_anew()
        desk.begin(demo_request(replace(desk.request, today=DEMO_TODAY)))

    return ChoicePage(
        desk,
        "Welcome",
        (
            "kara-tui takes you through Kara Connect's month end: the portal's payments export "
            "goes in, one invoice and its mail come out.",
            f"There is no profile named {desk.request.profile} yet. A profile holds what is the "
            "same every month: who the invoice is from and to, the bank account, the words about "
            "VAT, and where your invoice numbers stand. It is asked for once.",
        ),
        ("Make my profile now, by questions", "Look at a sample month first"),
        take,
    )
