"""A theme: a folder with the invoice's look, and the fonts it is set in.

    invoice.typ         defines `invoice(data)`, which places the document's strings
    theme.toml          name, description, fonts, and a table `look` handed to invoice.typ
    fonts/FAMILY/*      one folder per family in `fonts`, named like the family itself

No other font is ever used, so the same invoice gives the same bytes on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kara_tui.documents.coverage import uncovered
from kara_tui.documents.error import DocumentError
from kara_tui.toml_file import BadToml, read_toml

# A package import (`@preview/…`) would go to the network in the middle of setting an invoice. A
# theme's author is trusted with the look, not with that. What is put together so that it is not
# seen here finds no network (foreign.py).
_PACKAGE = re.compile(r'"\s*@')
_INCLUDED_PACKAGE = re.compile(r'(?:import|include)[\s(]*"\s*@')
_WRITTEN_AT = re.compile(r"\\u\{0*40\}")
_FONT_FILES = (".otf", ".ttf")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's folder, understood. ``families`` are its fonts in order of preference."""

    folder: Path
    name: str
    source: str
    families: tuple[str, ...]
    look: dict[str, Any]

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"

    def without_shape(self, characters: Iterable[str]) -> set[str]:
        """Those of the characters that cannot be printed in this theme.

        A character is printed when one of the families has a shape for it in all of its weights.
        """
        missing = set(characters)
        for family in self.families:
            in_family: set[str] = set()
            for font in _font_files(self.fonts / family):
                in_family |= uncovered(missing, font)
            missing &= in_family
        return missing


def read_theme(folder: Path) -> Theme:
    """The theme in a folder. Raises DocumentError when it is not whole."""
    try:
        source = (folder / "invoice.typ").read_text(encoding="utf-8")
        table = read_toml(folder / "theme.toml")
        others = [_text_of(path) for path in folder.rglob("*") if path.is_file()]
    except FileNotFoundError as error:
        raise DocumentError(
            f"The invoice theme {folder.name} has no {Path(error.filename).name}. "
            "A theme is a folder with invoice.typ, theme.toml and fonts/."
        ) from None
    except OSError as error:
        raise DocumentError(
            f"The invoice theme {folder.name} cannot be read: {error.strerror}."
        ) from None
    except BadToml as error:
        raise DocumentError(f"The invoice theme {folder.name} cannot be read: {error}") from None
    except UnicodeDecodeError:
        raise DocumentError(
            f"The invoice theme {folder.name} cannot be read: invoice.typ must be UTF-8 text."
        ) from None
    if any(_PACKAGE.search(text) for text in others):
        raise DocumentError(fetches(folder.name))
    families = table.get("fonts")
    look = table.get("look", {})
    if not (isinstance(families, list) and families and isinstance(look, dict)):
        raise DocumentError(
            f"The theme.toml of the invoice theme {folder.name} must name its fonts, "
            'for example fonts = ["Inter"], and may have one table [look].'
        )
    for family in families:
        if not _font_files(folder / "fonts" / str(family)):
            raise DocumentError(
                f"The invoice theme {folder.name} has no font files for {family!r}. "
                f"Put its .ttf or .otf files into fonts/{family}/."
            )
    return Theme(
        folder=folder,
        name=str(table.get("name", folder.name)),
        source=source,
        families=tuple(str(family) for family in families),
        look=look,
    )


def fetches(name: str) -> str:
    """The sentence about a theme that imports a package."""
    return (
        f"The invoice theme {name} imports a Typst package, which would be fetched from the "
        "network. Copy what it needs from the package into the theme's folder."
    )


def _text_of(path: Path) -> str:
    """What Typst might read as code in a file of the theme, with each @ as it means it.

    A template may be included under any name; in a file of data only an import counts.
    """
    if path.suffix.lower() in _FONT_FILES:
        return ""
    if path.suffix == ".typ":
        return _WRITTEN_AT.sub("@", path.read_text(encoding="utf-8"))
    text = _WRITTEN_AT.sub("@", path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(_INCLUDED_PACKAGE.findall(text))


def _font_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _FONT_FILES)
