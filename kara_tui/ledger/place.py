"""Where the ledger lies: on a network, in a synced folder, beside a second copy of itself."""

from __future__ import annotations

from pathlib import Path

from kara_tui.ledger.disk import network_file_system
from kara_tui.model import Finding, Severity


def place_findings(path: Path) -> tuple[Finding, ...]:
    """What to know about where the ledger lies."""
    network = network_file_system(path)
    if not network:
        return ()
    return (
        Finding(
            "ledger-on-network",
            Severity.WARNING,
            f"The ledger lies on a network file system ({network}): locks and writes that"
            " must not be lost are less sure there.",
            "Keep it on a disk of this machine (KARA_TUI_HOME), and back it up to the network.",
        ),
    )
