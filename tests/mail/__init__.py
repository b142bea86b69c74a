"""The message, through the door of its room."""
