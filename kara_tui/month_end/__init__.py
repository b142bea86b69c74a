"""The month end: selection, decisions, checks, deadlines, and the acts that join the rooms."""
