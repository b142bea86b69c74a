"""The documentation hangs together and says what the program does."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kara_tui.arguments import COMMANDS
from kara_tui.settings import check, read_profile

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


def generated_pages() -> dict[str, Callable[[], str]]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, Callable[[], str]] = module.PAGES
    return pages


@pytest.mark.parametrize(("page", "make"), generated_pages().items(), ids=generated_pages())
def test_a_generated_page_is_up_to_date(page: str, make: Callable[[], str]) -> None:
    assert (DOCS / page).read_text("utf-8") == make(), "run: make docs"


def test_the_example_profile_is_a_profile_without_a_problem(tmp_path: Path) -> None:
    page = (DOCS / "reference" / "profile.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "example.toml"
    file.write_text(example, "utf-8")

    assert not check(read_profile(file, "example"))


def test_the_example_profile_shows_every_section() -> None:
    page = (DOCS / "reference" / "profile.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)

    demo = (CHECKOUT / "kara_tui" / "demo" / "profile.toml").read_text("utf-8")
    assert tomllib.loads(example).keys() >= tomllib.loads(demo).keys()


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=" ".join)
def test_every_option_and_command_is_in_the_reference(command: list[str]) -> None:
    help_text = subprocess.run(
        [Path(sys.executable).with_name("kara-tui"), *command, "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    reference = (DOCS / "reference" / "command-line.md").read_text("utf-8")

    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_text)) - {"-h", "--help", "-tui"}
    assert said
    assert not {option for option in said if f"`{option}" not in reference}
    assert all(f"`{name}" in reference for name in command)
