"""Every key that a page offers has something that acts on it, where Textual looks for it."""

from __future__ import annotations

from importlib import import_module

import pytest

from kara_tui.month_end.portal import StepId
from kara_tui.tui.actions import bindings
from kara_tui.tui.app import KaraApp
from kara_tui.tui.screens.home import HomeScreen


@pytest.mark.parametrize("page", [*(one.value for one in StepId), "home"])
def test_every_key_of_a_page_is_acted_on(page: str) -> None:
    if page == "home":
        node: type = HomeScreen
    else:
        node = getattr(import_module(f"kara_tui.tui.pages.{page}"), f"{page.capitalize()}Page")
    for one in bindings(page):
        of_app, _, name = one.action.rpartition(".")
        where = KaraApp if of_app == "app" else node
        assert hasattr(where, f"action_{name}"), f"{page}: nothing acts on {one.id}"
