"""Writing a file: private, whole or not at all, and what a foreign file system refuses."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kara_tui.private_file import make_folder, sweep, sync_folder, write_private


@pytest.fixture(autouse=True)
def _no_umask() -> Iterator[None]:
    """What is private must not be so by the grace of the user's umask."""
    before = os.umask(0)
    yield
    os.umask(before)


def refusing(
    monkeypatch: pytest.MonkeyPatch, call: str, number: int, when: Callable[..., bool]
) -> None:
    """Let one of the system's calls fail, as a file system does that does not know it."""
    real = getattr(os, call)

    def refuse(*arguments: Any, **named: Any) -> Any:
        if when(*arguments):
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    monkeypatch.setattr(os, call, refuse)


def is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def test_a_file_is_its_owners_alone_and_so_is_a_folder_made_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert make_folder(folder)
    assert write_private(folder / "x", [b"one", b"two"])
    assert (folder / "x").read_bytes() == b"onetwo"
    assert stat.S_IMODE((folder / "x").stat().st_mode) == 0o600
    assert {stat.S_IMODE(made.stat().st_mode) for made in (folder, folder.parent)} == {0o700}
    assert os.listdir(folder) == ["x"]


def test_an_open_file_becomes_private_when_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old")
    (tmp_path / "x").chmod(0o666)
    write_private(tmp_path / "x", b"new", mode=0o400)
    assert (tmp_path / "x").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o400


def test_the_old_file_stays_whole_and_nothing_else_when_writing_ends_early(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "x").write_text("old")
    with pytest.raises(OSError, match="No space left") as caught:
        write_private(tmp_path / "x", chunks(), tolerant=True)
    assert caught.value.filename == str(tmp_path / "x")
    assert (tmp_path / "x").read_text() == "old"
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.parametrize("follow", [False, True])
def test_a_link_is_replaced_or_what_it_names_is(tmp_path: Path, *, follow: bool) -> None:
    (tmp_path / "letter").write_text("Dear Anna")
    (tmp_path / "x").symlink_to(tmp_path / "letter")
    write_private(tmp_path / "x", b"new", follow=follow)
    assert (tmp_path / "x").is_symlink() is follow
    assert (tmp_path / "letter").read_text() == ("new" if follow else "Dear Anna")


def test_a_pipe_that_was_asked_for_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_private(pipe, b"bytes", follow=True)
    reader.join(10)
    assert read == [b"bytes"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    "number", [errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EIO, errno.EPERM]
)
def test_a_folder_that_cannot_be_synced_stops_only_what_is_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    refusing(monkeypatch, "fsync", number, is_folder)
    assert not write_private(tmp_path / "copy", b"x", tolerant=True)
    assert (tmp_path / "copy").read_bytes() == b"x"
    assert not make_folder(tmp_path / "copies", tolerant=True)
    with pytest.raises(OSError, match=os.strerror(number)) as caught:
        write_private(tmp_path / "settings", b"x")
    assert caught.value.filename == str(tmp_path)


def test_a_folder_that_cannot_be_opened_for_reading_takes_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(
        monkeypatch, "open", errno.EACCES, lambda path, flags, *_: bool(flags & os.O_DIRECTORY)
    )
    assert not write_private(tmp_path / "copy", b"x", tolerant=True)
    with pytest.raises(PermissionError):
        sync_folder(tmp_path)


def test_a_share_that_cannot_sync_a_file_takes_copies_but_a_full_disk_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "fsync", errno.EINVAL, lambda _: True)
    write_private(tmp_path / "copy", b"x", tolerant=True)
    with pytest.raises(OSError, match="settings"):
        write_private(tmp_path / "settings", b"x")
    refusing(monkeypatch, "fsync", errno.EDQUOT, lambda _: True)
    with pytest.raises(OSError, match="copy"):
        write_private(tmp_path / "copy", b"y", tolerant=True)
    assert sorted(os.listdir(tmp_path)) == ["copy"]


def test_where_nothing_can_be_renamed_over_a_copy_is_replaced_and_a_setting_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "replace", errno.EEXIST, lambda _, target: os.path.exists(target))
    for name in ("copy", "settings"):
        (tmp_path / name).write_text("old")
    write_private(tmp_path / "copy", b"new", tolerant=True)
    assert (tmp_path / "copy").read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "settings", b"new")
    assert (tmp_path / "settings").read_text() == "old"


def test_no_mode_is_set_afterwards_because_foreign_file_systems_refuse_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for call in ("chmod", "fchmod", "link"):
        refusing(monkeypatch, call, errno.EPERM, lambda *_, **__: True)
    assert write_private(tmp_path / "x", b"x")
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600


def test_only_what_killed_runs_left_of_these_files_is_swept_up(tmp_path: Path) -> None:
    left = [".KC-1.pdf.part", ".KC-1.pdf.0123abcd.part"]
    others = [".KC-2.pdf.part", "KC-1.pdf", "notes.part", ".KC-1.pdf.0123abcd.partial"]
    for name in (*left, *others):
        (tmp_path / name).write_text("")
    sweep(tmp_path, {"KC-1.pdf"})
    assert sorted(os.listdir(tmp_path)) == sorted(others)


def test_names_that_are_not_utf_8_are_written_like_others(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"rechnungen-\xfc")
    make_folder(folder)
    write_private(folder / os.fsdecode(b"\xe9.pdf"), b"x")
    assert os.listdir(os.fsencode(folder)) == [b"\xe9.pdf"]
