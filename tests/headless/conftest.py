"""A home of its own for every test, and a profile in it."""

from tests.settings.conftest import home, profile_file

__all__ = ["home", "profile_file"]
