"""Choosing a file in words: from a numbered list, by a path, or by its text pasted.

There is one list, whichever export is asked for, so that a number means one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kara_tui.month_end.downloads import offered
from kara_tui.month_end.glance import NO_EXPORT, glance
from kara_tui.month_end.pasted_path import paths_meant
from kara_tui.month_end.wording import listed
from kara_tui.plain.prompt import Talk

_NUMBERS = re.compile(r"[0-9]{1,3}(?:[ ,]+[0-9]{1,3})*\Z")
_PASTE, _NONE, _LIST = ("p", "paste"), ("n", "none"), ("l", "list")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: ``name`` as in "the Paid export", and whether it may be left out.

    ``taken`` are the files that are chosen as the other export.
    """

    name: str
    is_unpaid: bool
    optional: bool
    taken: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfFile:
    """A file of the list. ``may_be_one`` is False for one that was looked into and is no export."""

    path: Path
    is_unpaid: bool
    may_be_one: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder and its files that may be exports, in the order of their numbers."""

    folder: Path
    offers: tuple[ShelfFile, ...]


def say_shelf(talk: Talk, folder: Path, *, chosen: bool) -> Shelf:
    """Look into a folder and say what may be an export there, each file with what it holds.

    Each line is said when its file was looked into. ``chosen``: there are files already, so that
    an empty folder is not worth a word.
    """
    # Paid ones first; the order is that of the likelihood otherwise.
    found = sorted(offered(folder), key=lambda one: one.is_unpaid)
    if found or not chosen:
        talk.say()
    if found:
        talk.say(f"Files in {folder} that may be exports:")
    elif not chosen:
        talk.say(f"No file in {folder} looks like an export.")
    offers = []
    for number, file in enumerate(found, 1):
        path = folder / file.name
        holds = glance(path)
        talk.show(f"{number}. {file.name}, {file.age}" + (f", {holds}" if holds else ""))
        offers.append(ShelfFile(path, file.is_unpaid, may_be_one=holds != NO_EXPORT))
    return Shelf(folder, tuple(offers))


def choose_files(
    talk: Talk, wanted: Wanted, before: tuple[Path, ...], shelf: Shelf, pasted: Path
) -> tuple[tuple[Path, ...], Shelf]:
    """Ask for one export or several of a kind; gives them, and the list that was last said.

    ``before`` are those chosen so far, ``pasted`` is where a pasted text is put. Raises Back, Undo
    and Leave.
    """
    while True:
        talk.say()
        if before:
            talk.say(f"Chosen as {wanted.name}: {_names(before)}.")
        answer = talk.ask(
            _question(wanted, numbered=bool(shelf.offers)),
            partial(_understood, shelf=shelf, wanted=wanted, before=before),
            _default(wanted, shelf, before),
        )
        if isinstance(answer, Path):
            shelf = say_shelf(talk, answer, chosen=bool(before))
        elif isinstance(answer, _Paste):
            path = _pasted(talk, wanted, pasted, too_soon=answer.too_soon)
            if path is not None:
                return (path,), shelf
        else:
            return answer, shelf


@dataclass(frozen=True, slots=True)
class _Paste:
    too_soon: bool = False


def _understood(
    typed: str, *, shelf: Shelf, wanted: Wanted, before: tuple[Path, ...]
) -> tuple[Path, ...] | Path | _Paste:
    """The files that were meant, or a folder to look into, or that a text is to be pasted."""
    word = typed.casefold()
    if word in _PASTE:
        return _Paste()
    if word in _LIST:
        return shelf.folder
    if wanted.optional and word in _NONE:
        return ()
    if before and typed == _names(before):
        return before
    if _NUMBERS.match(typed):
        numbers = [int(number) for number in re.split("[ ,]+", typed)]
        if all(1 <= number <= len(shelf.offers) for number in numbers):
            paths = (shelf.offers[number - 1].path for number in dict.fromkeys(numbers))
            return _free(tuple(paths), wanted)
        if not Path(typed).is_file():
            raise ValueError(
                f"Please type a number from 1 to {len(shelf.offers)}, or a path."
                if shelf.offers
                else "There is no list to choose from. Please type a path."
            )
    if any(typed.count(separator) > 2 for separator in ",;|"):
        # The first row of an export: the others are on their way, and are no answers either.
        return _Paste(too_soon=True)
    path = _at(typed)
    return path if path.is_dir() else _free((path,), wanted)


def _free(paths: tuple[Path, ...], wanted: Wanted) -> tuple[Path, ...]:
    """The files, if none of them is the other export already."""
    taken = {path.absolute() for path in wanted.taken}
    for path in paths:
        if path in taken:
            none = ", or n for none" if wanted.optional else ""
            raise ValueError(
                f"{path.name} is chosen as the other export already. Please choose another "
                f"file{none}."
            )
    return paths


def _at(typed: str) -> Path:
    meant = paths_meant(typed, Path.home())
    for path in meant:
        try:
            if path.exists():
                return path.absolute()
        except OSError:  # a name too long to be one, or a folder that may not be looked into
            continue
    name = meant[0].name[:60] if meant else typed[:60]
    raise ValueError(
        f"There is no file “{name}” there. Check the spelling, or type the path of its folder to "
        "see what is in it."
    )


def _question(wanted: Wanted, *, numbered: bool) -> str:
    ways = ["a number of the list"] if numbered else []
    ways += ["a path", "p to paste the file's text"]
    if wanted.optional:
        ways.append("n for none")
    *rest, last = ways
    return f"{wanted.name}: type {', '.join(rest)} or {last}"


def _default(wanted: Wanted, shelf: Shelf, before: tuple[Path, ...]) -> str:
    if before:
        return _names(before)
    # Only a name that says so is taken for the Unpaid export without a word of the user.
    fitting = [
        str(number)
        for number, offer in enumerate(shelf.offers, 1)
        if offer.may_be_one
        and offer.is_unpaid is wanted.is_unpaid
        and offer.path not in wanted.taken
    ]
    return fitting[0] if fitting else ("none" if wanted.optional else "")


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
