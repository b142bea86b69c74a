"""Profiles and locations, through the door of their room."""
