"""What the ledger finds about itself while it is looked at: a table of codes, and their maker.

What each means, and why it is that severe, stands with all findings in month_end/findings.
"""

from __future__ import annotations

from kara_tui.model import Finding, Severity

SEVERITIES: dict[str, Severity] = {
    "ledger-put-back": Severity.BLOCKER,
    "number-seen": Severity.BLOCKER,
    "ledger-in-synced-folder": Severity.WARNING,
    "ledger-copy-beside": Severity.WARNING,
    "ledger-on-network": Severity.WARNING,
}


def finding(code: str, message: str, hint: str) -> Finding:
    """A finding with the severity that the table gives its code."""
    return Finding(code, SEVERITIES[code], message, hint)
