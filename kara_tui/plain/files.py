"""Choosing a file in words: from a numbered list, by a path, or by its text pasted."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kara_tui.month_end.downloads import LikelyExport, Listed, likely_exports
from kara_tui.month_end.pasted_path import paths_meant
from kara_tui.month_end.wording import listed
from kara_tui.plain.prompt import Talk

_NUMBERS = re.compile(r"[0-9]{1,3}(?:[ ,]+[0-9]{1,3})*\Z")
_LOOKED_AT = 5_000  # files of a folder; more than that is no folder of downloads
_PASTE, _NONE = ("p", "paste"), ("n", "none")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: ``name`` as in "the Paid export", and whether it may be left out."""

    name: str
    is_unpaid: bool
    optional: bool


def downloads() -> Path:
    """The user's folder of downloads, whatever it is called here."""
    from platformdirs import user_downloads_path

    return user_downloads_path()


def choose_files(
    talk: Talk, wanted: Wanted, before: tuple[Path, ...], folder: Path, pasted: Path
) -> tuple[Path, ...]:
    """Ask for one export or several of a kind; ``before`` are those chosen so far.

    ``folder`` is where files are offered from, ``pasted`` where a pasted text is put. Raises Back
    and Leave.
    """
    while True:
        offered = _offered(folder, wanted)
        _say_offered(talk, wanted, folder, offered, before)
        answer = talk.ask(
            _question(wanted, numbered=bool(offered)),
            partial(_understood, offered=offered, folder=folder, wanted=wanted, before=before),
            _default(wanted, offered, before),
        )
        if isinstance(answer, _Folder):
            folder = answer.path
        elif isinstance(answer, _Paste):
            path = _pasted(talk, wanted, pasted, too_soon=answer.too_soon)
            if path is not None:
                return (path,)
        else:
            return answer


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path


@dataclass(frozen=True, slots=True)
class _Paste:
    too_soon: bool = False


def _understood(
    typed: str,
    *,
    offered: tuple[LikelyExport, ...],
    folder: Path,
    wanted: Wanted,
    before: tuple[Path, ...],
) -> tuple[Path, ...] | _Folder | _Paste:
    word = typed.casefold()
    if word in _PASTE:
        return _Paste()
    if wanted.optional and word in _NONE:
        return ()
    if before and typed == _names(before):
        return before
    if _NUMBERS.match(typed):
        numbers = [int(number) for number in re.split("[ ,]+", typed)]
        if all(1 <= number <= len(offered) for number in numbers):
            return tuple(folder / offered[number - 1].name for number in dict.fromkeys(numbers))
        if not Path(typed).is_file():
            raise ValueError(
                f"Please type a number from 1 to {len(offered)}, or a path."
                if offered
                else "There is no list to choose from. Please type a path."
            )
    if any(typed.count(separator) > 2 for separator in ",;|"):
        # The first row of an export: the others are on their way, and are no answers either.
        return _Paste(too_soon=True)
    return _at(typed)


def _at(typed: str) -> tuple[Path, ...] | _Folder:
    meant = paths_meant(typed, Path.home())
    for path in meant:
        try:
            if path.is_dir():
                return _Folder(path.absolute())
            if path.exists():
                return (path.absolute(),)
        except OSError:  # a name too long to be one, or a folder that may not be looked into
            continue
    name = meant[0].name[:60] if meant else typed[:60]
    raise ValueError(
        f"There is no file “{name}” there. Check the spelling, or type the path of its folder to "
        "see what is in it."
    )


def _offered(folder: Path, wanted: Wanted) -> tuple[LikelyExport, ...]:
    found = likely_exports(_listing(folder), time.time())
    # Those whose names say that they are of the kind come first; the order is kept otherwise.
    return tuple(sorted(found, key=lambda file: file.is_unpaid is not wanted.is_unpaid))


def _listing(folder: Path) -> Iterator[Listed]:
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
                try:
                    if entry.is_file():
                        about = entry.stat()
                        yield Listed(entry.name, about.st_mtime, about.st_size)
                except OSError:  # gone in the meantime
                    continue
    except OSError:  # no such folder, or not ours to look into: then nothing is offered
        return


def _say_offered(
    talk: Talk,
    wanted: Wanted,
    folder: Path,
    offered: tuple[LikelyExport, ...],
    before: tuple[Path, ...],
) -> None:
    talk.say()
    if before:
        talk.say(f"Chosen as {wanted.name}: {_names(before)}.")
    if not offered and not before:
        talk.say(f"No file in {folder} looks like an export.")
    if not offered:
        return
    talk.say(f"Files in {folder} that may be exports:")
    for number, file in enumerate(offered, 1):
        talk.show(f"{number}. {file.name}, {file.age}")


def _question(wanted: Wanted, *, numbered: bool) -> str:
    ways = ["a number of the list"] if numbered else []
    ways += ["a path", "p to paste the file's text"]
    if wanted.optional:
        ways.append("n for none")
    *rest, last = ways
    return f"{wanted.name}: type {', '.join(rest)} or {last}"


def _default(wanted: Wanted, offered: tuple[LikelyExport, ...], before: tuple[Path, ...]) -> str:
    if before:
        return _names(before)
    fitting = [n for n, file in enumerate(offered, 1) if file.is_unpaid is wanted.is_unpaid]
    if wanted.optional:
        # Only a name that says so is taken for the Unpaid export without a word of the user.
        return str(fitting[0]) if fitting else "none"
    return str(fitting[0]) if fitting else ""


def _names(files: tuple[Path, ...]) -> str:
    return listed(file.name for file in files)


def _pasted(talk: Talk, wanted: Wanted, folder: Path, *, too_soon: bool) -> Path | None:
    """Where the pasted text was put; None when there was none."""
    if too_soon:
        talk.forget_what_follows()
        talk.say(
            "That looks like the text of an export. It was not taken, and it stands in this "
            "window now: close the window when you are done. Paste it again here, where it does "
            "not show."
        )
    content = talk.lines_until_dot(
        "Paste the text of the export now, with its header row. It does not show. End with Enter, "
        "a single dot and Enter, or with Ctrl-D."
    )
    if not content.strip():
        talk.say("Nothing was pasted.")
        return None
    kind = "unpaid" if wanted.is_unpaid else "paid"
    path = folder / f"pasted-{kind}.csv"
    path.write_bytes(content)
    talk.say(f"{len(content.splitlines()):,} lines were pasted.")
    return path
