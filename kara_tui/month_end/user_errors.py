"""Every error the rooms can be expected to raise, said in one way: what, what to do, which code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kara_tui import documents, exit_codes, exports, ledger, mail, settings
from kara_tui.model import Finding
from kara_tui.month_end.findings import finding


class Trouble(Exception):
    """Something that stops the work: findings that say why, and the exit code for it."""

    def __init__(self, findings: tuple[Finding, ...], exit_code: int) -> None:
        super().__init__(findings[0].message)
        self.findings = findings
        self.exit_code = exit_code


@contextmanager
def troubles() -> Iterator[None]:
    """Raise each room's expected errors as Trouble; what is not expected passes as it is."""
    try:
        yield
    except exports.Unreadable as error:
        raise Trouble(error.findings, exit_codes.UNREADABLE) from None
    except (settings.NoProfile, settings.ReadOnlyProfile) as error:
        raise _one("no-profile", str(error), "", exit_codes.DECISION_NEEDED) from None
    except settings.UnreadableProfile as error:
        raise Trouble(_of_profile(error), exit_codes.UNREADABLE) from None
    except settings.ProfileError as error:
        raise Trouble(_of_profile(error), exit_codes.DECISION_NEEDED) from None
    except (settings.BadName, settings.UnknownTheme) as error:
        raise _one("unknown-name", str(error), "", exit_codes.WRONG_USAGE) from None
    except ledger.LedgerError as error:
        raise _one("ledger", error.message, error.hint, exit_codes.DECISION_NEEDED) from None
    except documents.DocumentError as error:
        raise _one("document", str(error), "", exit_codes.DECISION_NEEDED) from None
    except mail.MailError as error:
        raise _one("mail", str(error), "", exit_codes.DECISION_NEEDED) from None


def _one(code: str, message: str, hint: str, exit_code: int) -> Trouble:
    return Trouble((finding(code, message, hint),), exit_code)


def profile_finding(problem: settings.Problem, path: Path | None = None) -> Finding:
    """A profile's problem as a finding; ``path`` is the profile's file where that is to be told."""
    return finding(
        "profile-problem" if problem.is_blocker else "profile-doubt",
        f"The profile's {problem.sentence}",
        problem.mend,
        source=str(path or ""),
    )


def _of_profile(error: settings.ProfileError) -> tuple[Finding, ...]:
    return tuple(profile_finding(problem, error.path) for problem in error.problems)
