"""The month end without a screen: exit codes, JSON, plain text, and the commands."""

from kara_tui.headless.start import start

__all__ = ["start"]
