"""The month end as questions and answers, line by line: for screen readers and dumb terminals.

The same seven steps as the wizard, from the same workflow; nothing is computed here.
"""

from __future__ import annotations

import argparse


def run(given: argparse.Namespace) -> int:
    """Lead through the month end over standard input and output, and give the exit code.

    ``given`` are the arguments of ``kara_tui.arguments.parse``. Standard input need not be a
    terminal. Its end, or an interrupt, ends the run with 130; whatever was issued stays issued.
    """
    from kara_tui.plain.flow import converse

    return converse(given)


def new_profile(given: argparse.Namespace) -> int:
    """Make the profile that the arguments name by questions, and give the exit code."""
    from kara_tui.plain.first_start import new_profile as make

    return make(given.profile)
