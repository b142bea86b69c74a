"""Where files live: settings, data, profiles, themes.

``KARA_TUI_HOME`` names one folder for everything; without it settings and data lie in the
platform's own folders (on Linux ``$XDG_CONFIG_HOME/kara-tui`` and ``$XDG_DATA_HOME/kara-tui``).
Nothing is made here; whoever writes makes the folder, readable by its owner alone.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Literal

from kara_tui.errors import WrongUsage

HOME_VARIABLE = "KARA_TUI_HOME"
LONGEST_NAME = 64

ThemeKind = Literal["invoice", "terminal"]

# An invoice's look is a folder of files; a terminal's colours are one file.
_THEME_SUFFIX: dict[ThemeKind, str] = {"invoice": "", "terminal": ".toml"}

# Seen by the user among their documents, so it has a name for people.
_COPIES = "Kara invoices"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_PACKAGE = Path(__file__).resolve().parent.parent


class BadName(WrongUsage):
    """A name of a profile or a theme that could not be a file's name everywhere."""

    code = "unknown-name"


class BadHome(WrongUsage):
    """``KARA_TUI_HOME`` names what cannot be a folder."""


class UnknownTheme(WrongUsage):
    """No theme of this name among the user's own and the shipped ones."""

    code = "unknown-name"


def checked_name(name: str, what: str) -> str:
    """The name again, if it may name a file: lower-case letters, digits, hyphen, underscore.

    Raises BadName otherwise, so that no name can lead out of its folder.
    """
    if len(name) > LONGEST_NAME or not _NAME.match(name):
        cut = "".join(char for char in name if char.isprintable())[:LONGEST_NAME]
        raise BadName(
            f'"{cut}" cannot name a {what}: use lower-case letters a to z, digits, hyphens and '
            f"underscores, at most {LONGEST_NAME}, and begin with a letter or a digit."
        )
    return name


def has_one_home() -> bool:
    """Whether ``KARA_TUI_HOME`` keeps everything in one folder."""
    return _one_home() is not None


def settings_folder() -> Path:
    """Where profiles and the user's own themes lie."""
    home = _one_home()
    if home is not None:
        return home
    # Imported here: 8 ms that a run with KARA_TUI_HOME does not need.
    from platformdirs import user_config_path

    return user_config_path("kara-tui", appauthor=False)


def data_folder() -> Path:
    """Where the ledger and the copies of invoices lie."""
    home = _one_home()
    if home is not None:
        return home
    from platformdirs import user_data_path

    return user_data_path("kara-tui", appauthor=False)


def profiles_folder() -> Path:
    """Where the user's own profiles lie, one TOML file each."""
    return settings_folder() / "profiles"


def invoices_folder(chosen: str = "") -> Path:
    """Where the copies of issued invoices go: the folder of the profile, else the usual one.

    The user's programs have to reach them. Ubuntu's Firefox and Thunderbird are snaps, which see no
    hidden folder of the home (https://snapcraft.io/docs/home-interface), and a file dialog shows
    none: so they go to the user's documents, or to the home itself where there are none, as on a
    server. ``KARA_TUI_HOME`` keeps them with everything else.
    """
    if chosen:
        return Path(os.path.expanduser(chosen))  # noqa: PTH111 - never raises
    if _one_home() is not None:
        return _beside_the_data()
    from platformdirs import user_documents_path

    places = [place for place in (user_documents_path(), _own_home()) if len(place.parts) > 1]
    existing = [place / _COPIES for place in places if (place / _COPIES).is_dir()]
    made = [place / _COPIES for place in places if place.is_dir() and os.access(place, os.W_OK)]
    return next(iter((*existing, *made)), _beside_the_data())


def former_invoices_folder() -> Path | None:
    """The hidden folder where copies went before they went to the documents, if there is one."""
    former = _beside_the_data()
    return former if former != invoices_folder() and former.is_dir() else None


def where_copies_go(chosen: str) -> str:
    """A sentence about the folder of the copies, for when a profile is made."""
    folder = invoices_folder(chosen)
    how = "" if chosen else " For another folder, write folder = below [invoice] in the profile."
    return f"The invoices' copies go to {folder}.{how}"


def _own_home() -> Path:
    """The user's home; the root, which is nobody's, where none is known, as for a service."""
    try:
        home = Path.home()
    except RuntimeError:
        return Path("/")
    return home if home.is_absolute() else Path("/")


def _beside_the_data() -> Path:
    return data_folder() / "invoices"


def issued_numbers_file() -> Path:
    """The mark of the highest numbers issued: with the settings, away from the ledger."""
    return settings_folder() / "issued-numbers.json"


def other_issued_numbers_files() -> tuple[Path, ...]:
    """The marks of other homes: where ``KARA_TUI_HOME`` is set, that of the usual folder."""
    if _one_home() is None:
        return ()
    from platformdirs import user_config_path

    return (user_config_path("kara-tui", appauthor=False) / issued_numbers_file().name,)


def ledger_file() -> Path:
    """The one file of truth."""
    return data_folder() / "ledger.sqlite3"


def profile_path(name: str) -> Path:
    """The file of a profile, whether or not there is one. ``demo`` is the bundled profile.

    Raises BadName.
    """
    checked_name(name, "profile")
    if name == "demo":
        return demo_folder() / "profile.toml"
    return profiles_folder() / f"{name}.toml"


def demo_folder() -> Path:
    """The bundled profile and exports of the sample month."""
    return _PACKAGE / "demo"


def shipped_themes() -> Path:
    """The themes that come with kara-tui: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def theme_folder(kind: ThemeKind, name: str) -> Path:
    """Where a theme lies: the user's own beside the settings first, then the shipped ones.

    An invoice theme is a folder, a terminal theme one TOML file.
    Raises BadName, and UnknownTheme with the names there are.
    """
    checked_name(name, "theme")
    for folder in _theme_folders(kind):
        candidate = folder / f"{name}{_THEME_SUFFIX[kind]}"
        if candidate.is_file() if _THEME_SUFFIX[kind] else candidate.is_dir():
            return candidate
    known = ", ".join(themes(kind)) or "none"
    own = settings_folder() / "themes" / kind
    raise UnknownTheme(
        f"There is no {kind} theme named {name}. Known are: {known}. Your own go into {own}"
    )


def themes(kind: ThemeKind) -> tuple[str, ...]:
    """The names of all themes of a kind, the user's own and the shipped ones, sorted."""
    suffix = _THEME_SUFFIX[kind]
    names = {
        entry.name.removesuffix(suffix)
        for folder in _theme_folders(kind)
        if folder.is_dir()
        for entry in folder.iterdir()
        if (entry.is_file() and entry.suffix == suffix if suffix else entry.is_dir())
    }
    return tuple(sorted(name for name in names if _NAME.match(name)))


def _theme_folders(kind: ThemeKind) -> tuple[Path, Path]:
    return settings_folder() / "themes" / kind, shipped_themes() / kind


def _one_home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(os.path.expanduser(home)).absolute() if home else None  # noqa: PTH111 - never raises


def check_home() -> None:
    """Raises BadHome when ``KARA_TUI_HOME`` cannot be a folder; a missing one is made later."""
    home = os.environ.get(HOME_VARIABLE, "")
    why = ""
    try:
        place = _one_home()
        if home.startswith("~") and place is not None and place.name and f"/{home}" in str(place):
            why = "there is no user of that name"
        elif place is not None and not stat.S_ISDIR(place.stat().st_mode):
            why = "that is no folder"
    except (FileNotFoundError, PermissionError):
        return
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or "that is no path"
    if why:
        shown = "".join(char for char in home if char.isprintable())[:200]
        raise BadHome(f"{HOME_VARIABLE} is {shown}, and {why}: write the whole path of a folder")
