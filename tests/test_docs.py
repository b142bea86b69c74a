"""The documentation hangs together and says what the program does."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kara_tui.arguments import COMMANDS, parse
from kara_tui.month_end.decisions import read_answers
from kara_tui.settings import check, demo_folder, read_profile
from kara_tui.tui.themes import read_palette

CHECKOUT = Path(__file__).parent.parent
DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), CHECKOUT / "README.md"])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
COMMAND = Path(sys.executable).with_name("kara-tui")
LARGEST_DRAWING = 60_000


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
    example, *_ = blocks(DOCS / "reference" / "profile.md", "toml")
    file = tmp_path / "example.toml"
    file.write_text(example, "utf-8")

    assert not check(read_profile(file, "example"))


def test_the_example_profile_shows_every_section() -> None:
    example, *_ = blocks(DOCS / "reference" / "profile.md", "toml")

    demo = (CHECKOUT / "kara_tui" / "demo" / "profile.toml").read_text("utf-8")
    assert tomllib.loads(example).keys() >= tomllib.loads(demo).keys()


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=" ".join)
def test_every_option_and_command_is_in_the_reference(command: list[str]) -> None:
    help_text = subprocess.run(
        [COMMAND, *command, "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    reference = (DOCS / "reference" / "command-line.md").read_text("utf-8")

    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_text)) - {"-h", "--help", "-tui"}
    assert said
    assert not {option for option in said if f"`{option}" not in reference}
    assert all(f"`{name}" in reference for name in command)


def blocks(page: Path, kind: str) -> list[str]:
    """The code of one kind on a page."""
    fenced = re.findall(
        r"^ *```(\w*)\n(.*?)^ *```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [code for of_kind, code in fenced if of_kind == kind]


def commands() -> Iterator[str]:
    """Every command line that the pages show; what stands far to its right is a word about it."""
    for page in PAGES:
        for block in blocks(page, ""):
            for line in block.replace("\\\n", " ").splitlines():
                command = re.split(r" {2,}", line.strip())[0]
                if command.startswith("kara-tui ") and not re.search(r"COMMAND|\[", command):
                    yield command


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_every_command_line_on_the_pages_is_understood(line: str) -> None:
    words = shlex.split(line.split(" > ")[0])[1:]
    assert not isinstance(parse(words), int)


def test_every_file_of_answers_on_the_pages_can_be_read(tmp_path: Path) -> None:
    shown = [
        block for page in PAGES for block in blocks(page, "toml") if block.count("[[session]]")
    ]
    assert len(shown) >= 2
    for block in shown:
        file = tmp_path / "decisions.toml"
        file.write_text(block, "utf-8")
        assert len(read_answers(file)) == block.count("[[session]]")


def test_the_example_of_the_wizards_colours_is_a_theme(tmp_path: Path) -> None:
    example, *_ = blocks(DOCS / "how-to" / "change-the-looks.md", "toml")
    file = tmp_path / "mine.toml"
    file.write_text(example, "utf-8")
    assert read_palette(file).title == "Mine, dark"


def test_the_ledger_is_proved_by_the_program_on_its_page(tmp_path: Path) -> None:
    (program,) = blocks(DOCS / "explanation" / "ledger-format.md", "python")
    home = {**os.environ, "KARA_TUI_HOME": str(tmp_path)}
    profile = tmp_path / "profiles" / "default.toml"
    profile.parent.mkdir()
    profile.write_bytes((demo_folder() / "profile.toml").read_bytes())
    paid = str(demo_folder() / "payments-paid.csv")

    def run(*words: str) -> str:
        return subprocess.run(
            words, cwd=tmp_path, env=home, check=True, capture_output=True, text=True
        ).stdout

    kara_tui = str(COMMAND)
    run(kara_tui, "--no-tui", "--paid", paid, "--month", "2026-10", "--today", "2026-11-02")
    run(kara_tui, "sent", "KC-0011", "--on", "2026-11-02")
    run(kara_tui, "export", ".")

    head = json.loads(run(kara_tui, "verify", "--json"))["head"]
    assert head.endswith(":" + run(sys.executable, "-c", program).strip())


def test_the_script_on_its_page_runs(tmp_path: Path) -> None:
    (program,) = blocks(DOCS / "how-to" / "use-in-scripts.md", "python")
    (tmp_path / "payments.csv").write_bytes((demo_folder() / "payments-paid.csv").read_bytes())
    profile = tmp_path / "home" / "profiles" / "default.toml"
    profile.parent.mkdir(parents=True)
    profile.write_bytes((demo_folder() / "profile.toml").read_bytes())
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"

    # The page bills the last full month; the sample's payments are of one month.
    dated = program.replace('"--no-tui",', '"--no-tui", "--today", "2026-11-02",')
    done = subprocess.run(
        [sys.executable, "-c", dated],
        cwd=tmp_path,
        env={**os.environ, "KARA_TUI_HOME": str(tmp_path / "home"), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "2026-10: 42 sessions, 2730.00 EUR\n")


@pytest.mark.parametrize("picture", sorted((DOCS / "pictures").glob("*.svg")), ids=name)
def test_a_picture_of_the_wizard_is_small_shown_somewhere_and_tells_what_it_shows(
    picture: Path,
) -> None:
    assert picture.stat().st_size < LARGEST_DRAWING
    assert re.search("<title>.{10,}</title>", picture.read_text("utf-8"))
    assert any(picture in links(page) for page in PAGES)
