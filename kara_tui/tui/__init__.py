"""The wizard: draws the month end in a terminal. The only room with Textual."""
