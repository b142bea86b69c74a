"""Prefixes of invoice numbers: each profile has its own, since all share one ledger."""

from __future__ import annotations

from itertools import count

from kara_tui.model import Severity
from kara_tui.settings.problem import Problem
from kara_tui.settings.profile import Profile
from kara_tui.settings.store import other_profiles

USUAL = "KC-"


def free_prefix(name: str = "") -> str:
    """The usual prefix, or the first like it that no other profile has: KC-, KC2-, KC3-…"""
    taken = {_key(other) for other in other_profiles(name)}
    spelled = (USUAL if at == 1 else f"{USUAL[:-1]}{at}-" for at in count(1))
    return next(prefix for prefix in spelled if prefix.casefold() not in taken)


def prefix_problems(profile: Profile) -> tuple[Problem, ...]:
    """What is wrong with a new profile's prefix beside those of the user's other profiles.

    The ledger refuses a second series of one supplier and prefix; of two suppliers, the first
    number that both have.
    """
    problems = []
    for other in other_profiles(profile.name):
        if _key(other) == _key(profile):
            is_one = other.supplier.identity == profile.supplier.identity
            problems.append(
                Problem(
                    "invoice.prefix", profile.numbering.prefix,
                    f"The profile {other.name} numbers its invoices with this prefix already, and "
                    "two profiles cannot have one series.",
                    f'Take another, such as "{free_prefix(profile.name)}".',
                    Severity.BLOCKER if is_one else Severity.WARNING,
                )
            )  # fmt: skip
    return tuple(problems)


def _key(profile: Profile) -> str:
    return profile.numbering.prefix.casefold()
