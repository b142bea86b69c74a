"""The wizard's colours: a theme is a TOML file, a palette is what it gives each part of a screen.

Every part of a screen has a role, and every role one pair of colours: a foreground on a background.
Nothing is told by colour alone, so a theme can be anything that is readable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kara_tui import settings
from kara_tui.toml_file import BadToml, read_toml

COLOURS = (
    "background", "text", "muted", "title", "accent", "line", "blocker", "warning", "info", "good",
    "cursor_background", "cursor_text", "bar_background", "bar_text", "bar_key",
    "field_background", "field_text",
)  # fmt: skip

# What stands on what. Borders need 3:1 (WCAG 2.2, 1.4.11), everything that is read 4.5:1 (1.4.3).
TEXT_PAIRS = (
    *((name, "background") for name in
      ("text", "muted", "title", "accent", "blocker", "warning", "info", "good")),
    ("cursor_text", "cursor_background"),
    ("bar_text", "bar_background"),
    ("bar_key", "bar_background"),
    ("field_text", "field_background"),
)  # fmt: skip
BORDER_PAIRS = (("line", "background"), ("cursor_background", "background"))

# A role is drawn in a pair of colours and with what even a terminal without colours can show.
ROLES: Mapping[str, tuple[str, str, str]] = {
    "text": ("text", "background", ""),
    "muted": ("muted", "background", ""),
    "title": ("title", "background", "bold"),
    "strong": ("text", "background", "bold"),
    "accent": ("accent", "background", ""),
    "line": ("line", "background", ""),
    "blocker": ("blocker", "background", "bold"),
    "warning": ("warning", "background", ""),
    "info": ("info", "background", ""),
    "good": ("good", "background", ""),
    "cursor": ("cursor_text", "cursor_background", ""),
    "bar": ("bar_text", "bar_background", ""),
    "key": ("bar_key", "bar_background", "bold"),
    "field": ("field_text", "field_background", ""),
}
REVERSED_WITHOUT_COLOUR = frozenset({"cursor", "bar", "key"})

SIXTEEN = frozenset(
    f"ansi_{name}"
    for hue in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
    for name in (hue, f"bright_{hue}")
) | {"ansi_default"}

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


class BadTheme(ValueError):
    """A theme file that cannot be used; the message says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme as it is used: ``colours`` has a value for each name of COLOURS.

    A value is ``#rrggbb``, or one of SIXTEEN when ``ansi``: then the terminal's own colours hold.
    """

    name: str
    title: str
    dark: bool
    ansi: bool
    colours: Mapping[str, str]


def palette(name: str) -> Palette:
    """The terminal theme of that name, the user's own first.

    Raises settings.UnknownTheme, settings.BadName, BadTheme.
    """
    return read_palette(settings.theme_folder("terminal", name))


def read_palette(file: Path) -> Palette:
    """One theme file. Raises BadTheme with a sentence for its author."""
    try:
        value = read_toml(file)
    except OSError as error:
        raise BadTheme(f"The theme {file.name} cannot be read: {error.strerror}.") from None
    except BadToml as error:
        raise BadTheme(f"The theme cannot be read: {error}") from None
    colours = value.get("colours")
    if not isinstance(colours, dict):
        raise BadTheme(f"The theme {file.name} has no [colours] table.")
    ansi = value.get("ansi") is True
    missing = [name for name in COLOURS if name not in colours]
    if missing:
        raise BadTheme(f"The theme {file.name} names no colour for {', '.join(missing)}.")
    for name in COLOURS:
        colour = colours[name]
        if not isinstance(colour, str) or not (colour in SIXTEEN if ansi else _HEX.match(colour)):
            wanted = "a name such as ansi_blue" if ansi else "written as #rrggbb"
            raise BadTheme(f"The theme {file.name}: the colour of {name} is to be {wanted}.")
    return Palette(
        name=file.stem,
        title=str(value.get("title", file.stem))[:40],
        dark=value.get("dark") is not False,
        ansi=ansi,
        colours={name: colours[name] for name in COLOURS},
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
