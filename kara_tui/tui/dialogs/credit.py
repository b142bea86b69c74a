"""What Credit asks: why sessions are left out, and who is invoiced for a sponsor."""

from __future__ import annotations

from kara_tui.model.routing import Routing
from kara_tui.tui.dialogs.ask import Ask
from kara_tui.tui.dialogs.choose import Choose

REASONS = (
    "It belongs on another month's invoice.",
    "It was invoiced before kara-tui was used.",
    "The company is invoiced directly.",
    "To be cleared up with Kara Connect first.",
)
_WORDS = {
    Routing.KARA: "Kara Connect is invoiced for this sponsor's sessions.",
    Routing.ELSEWHERE: "The company is invoiced directly; its sessions are left out here.",
    Routing.ASK: "Ask me each month.",
}
ROUTINGS = tuple(_WORDS)
SHORT = {
    Routing.KARA: "is invoiced through Kara Connect",
    Routing.ELSEWHERE: "is invoiced directly",
    Routing.ASK: "is asked about each month",
}


def why_left_out(words: str, *, several: bool) -> Ask:
    """Gives a reason, in words of one's own or of the list."""
    return Ask(
        "Leave out",
        f"{words} Why? Write it, or take one with ↓ and Enter. The reason is kept with the month. "
        "Name no client.",
        check=lambda text: "" if text.strip() else "A few words are needed.",
        usual=REASONS,
        does="Leave them out" if several else "Leave it out",
    )


def who_is_invoiced(sponsor: str, now: Routing | None) -> Choose:
    """Gives the place in ROUTINGS of who is invoiced for a sponsor's sessions.

    ``now`` is what holds already; None where it is still to be said.
    """
    return Choose(
        "Who is invoiced?",
        f"{sponsor}\n\nFor some companies your success manager says to invoice the company and "
        "not Kara Connect. Your answer holds for the months to come, once this month is issued.",
        list(_WORDS.values()),
        None if now is None else ROUTINGS.index(now),
    )
