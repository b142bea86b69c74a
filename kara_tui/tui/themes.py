"""The wizard's colours: a theme is a TOML file, and becomes a theme of Textual's.

Each name of COLOURS is a variable of the style sheet (``$muted``, ``$blocker``), and Textual's own
variables are made of them. Nothing is told by colour alone, so a theme can be anything readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kara_tui import settings
from kara_tui.toml_file import BadToml, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.theme import Theme

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
READ = 4.5  # the contrast that a text needs
BORDER_PAIRS = (("line", "background"), ("cursor_background", "background"))

SIXTEEN = frozenset(
    f"ansi_{name}"
    for hue in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
    for name in (hue, f"bright_{hue}")
) | {"ansi_default"}

CLEAR = "-clear"  # what the name of a theme's variant without a ground of its own ends with

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


class BadTheme(ValueError):
    """A theme file that cannot be used; the message says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme file's content: ``colours`` has a value for each name of COLOURS.

    A value is ``#rrggbb``, or one of SIXTEEN when ``ansi``: then the terminal's own colours hold.
    With ``clear`` the terminal's own ground shows through.
    """

    name: str
    title: str
    dark: bool
    ansi: bool
    colours: Mapping[str, str]
    clear: bool = False


def palette(name: str) -> Palette:
    """The terminal theme of that name, the user's own first; ``NAME-clear`` is its clear variant.

    Raises settings.UnknownTheme, settings.BadName, BadTheme.
    """
    if name.endswith(CLEAR) and name not in settings.themes("terminal"):
        solid = palette(name.removesuffix(CLEAR))
        return replace(
            solid, name=name, title=f"{solid.title}, on the terminal's own ground", clear=True
        )
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


def textual_theme(chosen: Palette) -> Theme:
    """The palette as a theme of Textual's: its own variables, and ours beside them."""
    from textual.theme import Theme

    colours = {**chosen.colours}
    if chosen.clear and not chosen.ansi:
        colours["background"] = "ansi_default"
    ground = colours["background"]
    is_shade = _reads_on_the_bar(chosen)
    row = colours["bar_background"] if is_shade else ground
    ours = {name.replace("_", "-"): colour for name, colour in colours.items() if name != "text"}
    return Theme(
        name=f"kara-{chosen.name}",
        primary=colours["accent"],
        secondary=colours["info"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["blocker"],
        success=colours["good"],
        foreground=colours["text"],
        background=ground,
        surface=ground,
        panel=ground,
        dark=chosen.dark,
        ansi=chosen.ansi,
        text_alpha=1.0,
        variables={
            **ours,
            # The page below a dialog is dimmed; the terminal's own ground cannot be mixed with it.
            # The line under a cursor: a shade, or turned round where not all is read on the shade.
            "row-background": row,
            "row-style": "bold" if is_shade else "reverse",
            "veil": "transparent" if ground == "ansi_default" else f"{ground} 60%",
            # Textual's own sheets ask for these where a theme has the sixteen colours.
            **({"ansi-background": ground, "ansi-foreground": colours["text"]}
               if chosen.ansi else {}),
            "text": colours["text"],
            "text-muted": colours["muted"],
            "text-disabled": colours["muted"],
            "text-primary": colours["accent"],
            "text-accent": colours["accent"],
            "text-warning": colours["warning"],
            "text-error": colours["blocker"],
            "text-success": colours["good"],
            "border": colours["accent"],
            "border-blurred": colours["line"],
            "block-cursor-foreground": colours["cursor_text"],
            "block-cursor-background": colours["cursor_background"],
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": colours["text"],
            "block-cursor-blurred-background": row,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": row,
            "input-cursor-background": colours["cursor_background"],
            "input-cursor-foreground": colours["cursor_text"],
            "input-cursor-text-style": "none",
            "input-selection-background": colours["cursor_background"],
            "input-selection-foreground": colours["cursor_text"],
            "screen-selection-background": colours["cursor_background"],
            "screen-selection-foreground": colours["cursor_text"],
            "scrollbar": colours["line"],
            "scrollbar-hover": colours["accent"],
            "scrollbar-active": colours["accent"],
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "button-foreground": colours["bar_text"],
            "button-color-foreground": colours["cursor_text"],
            "button-focus-text-style": "bold",
        },
    )  # fmt: skip


def variables_without_a_theme() -> dict[str, str]:
    """Values for our variables, which Textual asks for before any theme of ours is chosen."""
    variables = {name.replace("_", "-"): "ansi_default" for name in COLOURS if name != "text"}
    return {
        **variables,
        "row-background": "ansi_default",
        "row-style": "reverse",
        "veil": "transparent",
    }


def _reads_on_the_bar(chosen: Palette) -> bool:
    """Whether all that a line may show is read on the bar's ground as well.

    Of sixteen colours nobody knows, for the terminal's owner chooses them; a theme of high contrast
    may have a bar of its text's colour.
    """
    return not chosen.ansi and all(
        contrast(chosen.colours[name], chosen.colours["bar_background"]) >= READ
        for name, ground in TEXT_PAIRS
        if ground == "background"
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
