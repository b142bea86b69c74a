"""kara-tui: Kara Connect's month end, from the payments export to one correct invoice."""

__version__ = "0.1.0"
