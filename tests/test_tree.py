"""What holds for every file of the checkout: its size, its language, its locks."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).parent.parent
CODE = sorted((CHECKOUT / "kara_tui").rglob("*.py"))
TESTS = sorted(file for file in (CHECKOUT / "tests").rglob("*.py"))
BUILD = [
    CHECKOUT / "Makefile",
    CHECKOUT / "pyproject.toml",
    *sorted((CHECKOUT / "requirements").iterdir()),
    *sorted(file for file in (CHECKOUT / ".ci").iterdir() if file.is_file()),
]
LOCKS = sorted((CHECKOUT / "requirements").glob("*.txt"))

# Letters stand in brackets so that this file does not find itself.
LEFT_OPEN = re.compile(r"\b(T[O]DO|F[I]XME|raise NotImplemented[E]rror)\b")
ADDRESS = re.compile(r"\b(https?|file)://|index[-]url|find[-]links")
PIN = re.compile(r"^([a-z0-9._-]+)==([^ \\]+)", re.MULTILINE)


def name(file: Path) -> str:
    return file.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("file", CODE, ids=name)
def test_a_file_holds_one_idea(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", [*CODE, *TESTS], ids=name)
def test_a_file_says_what_it_is_for_and_leaves_nothing_open(file: Path) -> None:
    source = file.read_text("utf-8")

    assert not LEFT_OPEN.search(source)
    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("file", BUILD, ids=name)
def test_a_build_file_names_no_address(file: Path) -> None:
    assert not ADDRESS.search(file.read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_gives_every_package_a_hash(lock: Path) -> None:
    # A package is a line at the margin; its hashes follow, indented.
    packages = re.split(r"^(?=\S)", lock.read_text("utf-8"), flags=re.MULTILINE)[1:]

    assert packages
    for package in packages:
        assert PIN.match(package), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", package), package


@pytest.mark.parametrize(("lock", "groups"), [("run", []), ("test", ["test"])])
def test_a_lock_fits_the_project(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"]]
    for group in groups:
        wanted += project["dependency-groups"][group]
    pins = dict(PIN.findall((CHECKOUT / "requirements" / f"{lock}.txt").read_text("utf-8")))

    for requirement in map(Requirement, wanted):
        assert requirement.name in pins, f"make lock: {requirement.name} is not in {lock}.txt"
        assert requirement.specifier.contains(pins[requirement.name]), f"make lock: {requirement}"


def test_two_locks_never_disagree() -> None:
    pins = [dict(PIN.findall(lock.read_text("utf-8"))) for lock in LOCKS if lock.stem != "bench"]

    for one in pins:
        for other in pins:
            assert all(one[package] == other[package] for package in one.keys() & other.keys())
