"""The wheel carries all that a user needs, and nothing that only a developer does."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[PurePosixPath]:
    """The paths inside a wheel that was built just now."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(
        [*command, "--directory", str(folder)], cwd=CHECKOUT, check=True, capture_output=True
    )
    (built,) = folder.glob("kara_tui-*.whl")
    with zipfile.ZipFile(built) as archive:
        return frozenset(map(PurePosixPath, archive.namelist()))


def files_under(folder: Path) -> set[PurePosixPath]:
    return {
        PurePosixPath(file.relative_to(folder).as_posix())
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_every_theme_is_inside(wheel: frozenset[PurePosixPath]) -> None:
    themes = files_under(CHECKOUT / "themes")

    assert PurePosixPath("invoice/classic/invoice.typ") in themes
    assert {PurePosixPath("kara_tui/themes") / file for file in themes} <= wheel


def test_every_font_is_inside_with_its_licence(wheel: frozenset[PurePosixPath]) -> None:
    fonts = {file for file in wheel if file.suffix in {".ttf", ".otf"}}
    licensed = {file.parent for file in wheel if "OFL" in file.name or "LICENSE" in file.name}

    assert fonts
    assert {font.parent for font in fonts} <= licensed


def test_the_code_and_the_demo_are_inside(wheel: frozenset[PurePosixPath]) -> None:
    package = files_under(CHECKOUT / "kara_tui")

    assert {PurePosixPath("kara_tui") / file for file in package} <= wheel


def test_nothing_for_developers_is_inside(wheel: frozenset[PurePosixPath]) -> None:
    tops = {file.parts[0] for file in wheel}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"kara_tui"}


def test_the_licence_is_inside(wheel: frozenset[PurePosixPath]) -> None:
    assert any(file.parts[-2:] == ("licenses", "LICENSE") for file in wheel)
