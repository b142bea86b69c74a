"""What holds for the checkout as a whole: its locks, and that its lint finds what it looks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from .lint import build_faults, code_faults, faults

CHECKOUT = Path(__file__).parent.parent
LOCKS = sorted((CHECKOUT / "requirements").glob("*.txt"))

PIN = re.compile(r"^([a-z0-9._-]+)==([^ \\]+)", re.MULTILINE)


def test_the_checkout_has_no_fault_that_the_lint_finds() -> None:
    assert list(faults()) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\n",
        '"""What it is for."""\n# T' + "ODO: the rest\n",
        "raise NotImplemented" + "Error\n",
    ],
)
def test_the_lint_finds_code_that_is_not_finished(source: str) -> None:
    assert list(code_faults(source))


@pytest.mark.parametrize("line", ["package @ ht" + "tps://example.org/a.whl", "--index" + "-url x"])
def test_the_lint_finds_an_address_in_a_build_file(line: str) -> None:
    assert list(build_faults(line))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
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
    # What kara-tui is measured beside stands in environments of its own.
    ours = [lock for lock in LOCKS if lock.stem not in ("bench", "harlequin", "posting", "toolong")]
    pins = [dict(PIN.findall(lock.read_text("utf-8"))) for lock in ours]

    for one in pins:
        for other in pins:
            assert all(one[package] == other[package] for package in one.keys() & other.keys())
