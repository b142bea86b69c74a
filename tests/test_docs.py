"""The documentation hangs together: every page is reached, every link leads to a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), CHECKOUT / "README.md"])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def name(page: Path) -> str:
    return page.relative_to(CHECKOUT).as_posix()


def links(page: Path) -> set[Path]:
    """The files a page links to; addresses of the web are not followed."""
    targets = LINK.findall(page.read_text("utf-8"))
    return {(page.parent / target).resolve() for target in targets if "://" not in target}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert not {target for target in links(page) if not target.exists()}


def test_every_page_is_reached_from_the_index() -> None:
    reached: set[Path] = set()
    ahead = {DOCS / "index.md"}
    while ahead:
        page = ahead.pop()
        reached.add(page)
        ahead |= {target for target in links(page) if target.suffix == ".md"} - reached

    assert {page for page in PAGES if page.is_relative_to(DOCS)} <= reached


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_begins_with_its_title(page: Path) -> None:
    assert page.read_text("utf-8").startswith("# ")
