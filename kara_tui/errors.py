"""The one error that people can read: what is wrong, what to do about it, and the exit code.

Every room's own errors derive from it, so a face catches this one and says its findings. Whatever
else is raised is a defect, or the system's (OSError), and is said as such.
"""

from __future__ import annotations

from functools import cached_property

from kara_tui import exit_codes

TYPE_CHECKING = False  # the command line raises these before anything else is loaded
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from kara_tui.model import Finding


class UserError(Exception):
    """What is asked for cannot be done. ``message`` and ``hint`` are whole sentences.

    ``code`` is that of the finding it becomes, where it stops a month end; ``findings`` are what
    is to be said of it, one or more.
    """

    code: ClassVar[str] = ""
    exit_code: ClassVar[int] = exit_codes.DECISION_NEEDED

    def __init__(self, message: str, hint: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint
        if findings:
            self.findings = tuple(findings)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        from kara_tui.model import Finding, Severity

        return (Finding(self.code, Severity.BLOCKER, self.message, self.hint),)


class WrongUsage(UserError):
    """A value on the command line, or in a file named there, that makes no sense."""

    exit_code = exit_codes.WRONG_USAGE
