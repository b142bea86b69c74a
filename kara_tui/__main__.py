"""``python -m kara_tui``: the same as the command ``kara-tui``."""

from __future__ import annotations

from kara_tui.cli import main

if __name__ == "__main__":
    main()
