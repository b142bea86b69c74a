"""Profiles on disk: found, read, written whole, and one setting changed at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from kara_tui.model import Routing
from kara_tui.private_file import make_folder, write_private
from kara_tui.settings.locations import BadName, checked_name, profile_path, profiles_folder
from kara_tui.settings.problem import (
    NoProfile,
    Problem,
    ProfileError,
    ProfileThere,
    ReadOnlyProfile,
    UnreadableProfile,
    shown,
)
from kara_tui.settings.profile import Profile
from kara_tui.settings.profile_file import document_from, profile_from, rendered
from kara_tui.toml_file import BadToml, parse_toml, read_capped

DEFAULT = "default"
DEMO = "demo"


def load(name: str = DEFAULT) -> Profile:
    """The profile of this name, its structure and forms checked, its check digits not.

    ``demo`` is the bundled one. Raises BadName, NoProfile, ProfileError with every problem, or
    UnreadableProfile (a ProfileError) when the file is no TOML or cannot be opened.
    """
    return read_profile(profile_path(name), name)


def read_profile(path: Path, name: str) -> Profile:
    """The profile that a TOML file anywhere describes. Raises as ``load`` does."""
    document = _document(path, name)
    try:
        return profile_from(document, name)
    except ProfileError as error:
        raise ProfileError(error.problems, path) from None


def save(profile: Profile) -> Path:
    """Write a profile under its name, in place of one that is there, and give its file.

    The file is its owner's alone (0600), and at every moment whole: the old one or the new one.
    Raises BadName, ReadOnlyProfile for ``demo``, OSError, and ProfileError when what would be
    written could not be read again as the same profile.
    """
    path = _own_path(profile.name)
    _write(path, document_from(profile), expected=profile)
    return path


def as_toml(profile: Profile) -> str:
    """The profile as ``save`` writes it."""
    return rendered(document_from(profile))


def install(source: Path, name: str) -> Path:
    """Make a file the profile of this name, comments and all, and give the profile's file.

    Raises as ``read_profile`` and ``save`` do.
    """
    path = _own_path(name)
    content = _content(source, name)
    profile_from(_parsed(source, content), name)
    put(path, content)
    return path


def place_of_a_new(name: str) -> Path:
    """Where the new profile of a name will lie.

    Raises BadName, ReadOnlyProfile for ``demo``, ProfileThere.
    """
    path = _own_path(name)
    if path.exists():
        raise ProfileThere(name, path)
    return path


def exists(name: str) -> bool:
    """Whether there is a profile of this name. Raises BadName."""
    return profile_path(name).exists()


def list_profiles() -> tuple[str, ...]:
    """The names of the user's own profiles, sorted; the bundled ``demo`` is not among them."""
    folder = profiles_folder()
    if not folder.is_dir():
        return ()
    stems = (entry.stem for entry in folder.glob("*.toml") if not entry.name.startswith("."))
    return tuple(sorted(name for name in stems if _is_name(name) and name != DEMO))


def other_profiles(name: str) -> tuple[Profile, ...]:
    """The user's profiles but for the one of this name; those that cannot be read are left out."""
    profiles = []
    for other in list_profiles():
        if other != name:
            with contextlib.suppress(ProfileError, NoProfile, BadName, OSError):
                profiles.append(load(other))
    return tuple(profiles)


def remember_reading(
    name: str, *, date_order: str = "", decimal: str = "", time_zone: str = ""
) -> None:
    """Keep how exports are read; what is empty stays as it was, and so does all else in the file.

    A hand's own comments do not stay, because tomli-w writes values only; the sections get their
    usual sentences back. Raises as ``load`` and ``save`` do.
    """
    said = {"date_order": date_order, "decimal": decimal, "time_zone": time_zone}

    def change(document: dict[str, Any]) -> None:
        reading = document.setdefault("reading", {})
        reading.update({key: value for key, value in said.items() if value})

    _change(name, change)


def remember_routing(name: str, sponsor: str, routing: Routing) -> None:
    """Keep who is invoiced for a sponsor. See ``remember_reading``."""

    def change(document: dict[str, Any]) -> None:
        sponsors = document.setdefault("sponsors", {})
        sponsors.setdefault("names", {})[sponsor] = routing.value

    _change(name, change)


def _change(name: str, change: Callable[[dict[str, Any]], None]) -> None:
    path = _own_path(name)
    document = _document(path, name)
    try:
        profile_from(document, name)
    except ProfileError as error:
        raise ProfileError(error.problems, path) from None
    change(document)
    _write(path, document)


def _write(path: Path, document: dict[str, Any], expected: Profile | None = None) -> None:
    text = rendered(document)
    name = path.stem
    reread = profile_from(parse_toml(text.encode(), path, parse_float=Decimal), name)
    if expected is not None and reread != expected:
        changed = next(
            field for field in Profile.__dataclass_fields__
            if getattr(reread, field) != getattr(expected, field)
        )  # fmt: skip
        raise ProfileError(
            [Problem(changed, "", "It is not in the form in which it is kept.", "Check it first.")]
        )
    put(path, text.encode())


def put(path: Path, content: bytes) -> None:
    """Write one of the settings' files, its folder too where there is none.

    A link is followed: people keep their settings in one place and link to them. Raises OSError;
    the old file is then whole.
    """
    make_folder(Path(os.path.realpath(path)).parent)
    write_private(path, content, follow=True)


def document_of(name: str) -> dict[str, Any]:
    """What stands in a profile's file, whether or not it makes a profile. Raises as ``load``."""
    return _document(profile_path(name), name)


def _document(path: Path, name: str) -> dict[str, Any]:
    return _parsed(path, _content(path, name))


def _content(path: Path, name: str) -> bytes:
    try:
        return read_capped(path)
    except FileNotFoundError:
        raise NoProfile(name, list_profiles()) from None
    except BadToml as error:
        raise _no_toml(error) from None
    except OSError as error:
        raise _unreadable(
            path, "file", "", f"It cannot be opened: {error.strerror}.",
            "Look at the path and its permissions.",
        ) from None  # fmt: skip


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return parse_toml(content, path, parse_float=Decimal)
    except BadToml as error:
        raise _no_toml(error) from None


def _no_toml(error: BadToml) -> UnreadableProfile:
    field = f"line {error.line}" if error.line else "file"
    value = shown(error.found) if error.found else ""
    return _unreadable(error.path, field, value, error.reason, error.mend)


def _unreadable(path: Path, field: str, value: str, reason: str, mend: str) -> UnreadableProfile:
    return UnreadableProfile([Problem(field, value, reason, mend)], path)


def _own_path(name: str) -> Path:
    if name == DEMO:
        raise ReadOnlyProfile(name)
    return profile_path(name)


def _is_name(name: str) -> bool:
    try:
        return bool(checked_name(name, "profile"))
    except BadName:
        return False
