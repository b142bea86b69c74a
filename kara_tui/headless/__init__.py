"""The month end without a screen: exit codes, JSON, plain text, and the commands."""
