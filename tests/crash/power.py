"""A lost power supply: the act's writes replayed on a model of a disk that keeps what was synced.

The model is stricter than any file system in use. Bytes reach the disk when their file is synced,
names when their folder is; before that each write and each name survives or not, on its own, and a
write may be torn at a sector. A crash comes after every call.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.judging import Broken, judge
from tests.crash.killing import prepare, scratch
from tests.crash.tracing import run

SECTOR = 512
_TRACED = (
    "openat,close,read,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,faccessat,faccessat2,access"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?[0-9]+)(?: .*)?$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_BEGIN = b"/kara-crash-begin"
_END = b"/kara-crash-end"


@dataclass
class Inode:
    """A file: what the disk holds for sure, and the writes that it may or may not hold."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def after(self, survivors: Sequence[tuple[int, bytes | None]]) -> bytes:
        content = bytearray(self.durable)
        for offset, data in survivors:
            if data is None:  # a truncation
                del content[offset:]
                content.extend(b"\0" * (offset - len(content)))
            else:
                content.extend(b"\0" * (offset - len(content)))
                content[offset : offset + len(data)] = data
        return bytes(content)


@dataclass
class Disk:
    """Names and files. ``names`` are those that were synced; ``moves`` what was done since.

    A move gives a path a file (by number), or takes the path away (None).
    """

    inodes: list[Inode] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    moves: list[tuple[str, int | None]] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    new_folders: list[str] = field(default_factory=list)

    def now(self) -> dict[str, int]:
        """The names as the running process sees them."""
        return _moved(self.names, self.moves)


def _moved(names: dict[str, int], moves: Sequence[tuple[str, int | None]]) -> dict[str, int]:
    result = dict(names)
    for path, inode in moves:
        if inode is None:
            result.pop(path, None)
        else:
            result[path] = inode
    return result


@dataclass(frozen=True)
class Crash:
    """A state that a power loss may leave: files and folders, and what was reported before it."""

    where: str
    files: dict[str, bytes]
    folders: frozenset[str]
    reported: tuple[str, ...]


def crashes(act: str, variants: int, *, synced: bool = True, seed: int = 1) -> list[Crash]:
    """All states after all calls of an act, each once. ``variants`` random ones at each call.

    ``synced=False`` is a disk that forgets to sync, for a harness that must be able to fail.
    """
    with scratch() as base:
        folder = base / "run"
        prepare(folder, act)
        disk = _disk_of(folder)
        log = base / "log"
        ended = run(folder, act, "-o", str(log), "-xx", "-s", "9999999", "-e", f"trace={_TRACED}")
        if ended.code != 0:
            raise RuntimeError(f"an undisturbed child ended with {ended}")
        lines = log.read_text().splitlines()
        if not synced:
            lines = [line for line in lines if not line.startswith(("fsync", "fdatasync"))]
        chance = random.Random(seed)
        seen: set[object] = set()
        found = []
        for where, reported in _replayed(disk, lines, str(folder)):
            for files, folders in _survivals(disk, variants, chance):
                state = (tuple(sorted(files.items())), folders, reported)
                if hash(state) not in seen:
                    seen.add(hash(state))
                    found.append(Crash(where, files, folders, reported))
        _refuse_wrong_model(disk, folder)
    return found


def _refuse_wrong_model(disk: Disk, folder: Path) -> None:
    """With all writes kept, the model must hold what the real disk holds."""
    modelled = {path: disk.inodes[inode].after(disk.inodes[inode].pending)
                for path, inode in disk.now().items()}  # fmt: skip
    real = _disk_of(folder)
    if modelled != {path: real.inodes[inode].durable for path, inode in real.names.items()}:
        raise RuntimeError("the model of the disk does not hold what the disk holds")


def survived(act: str, states: Sequence[Crash]) -> list[str]:
    """Judge each state; what went wrong, in words."""
    problems = []
    with scratch() as base:
        for number, crash in enumerate(states):
            folder = base / str(number)
            folder.mkdir()
            for name in sorted(crash.folders):
                (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            for path, content in crash.files.items():
                (folder / path).write_bytes(content)
                (folder / path).chmod(0o600)
            try:
                judge(folder, act, crash.reported)
            except Broken as broken:
                problems.append(f"{act}: power lost after {crash.where}: {broken}")
    return problems


def _disk_of(folder: Path) -> Disk:
    disk = Disk()
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_dir():
            disk.folders.add(name)
        else:
            disk.names[name] = len(disk.inodes)
            disk.inodes.append(Inode(path.read_bytes()))
    return disk


def _replayed(disk: Disk, lines: Sequence[str], root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Do to the disk what each line says; give the call and what was reported until then."""
    opened: dict[int, tuple[str, int | None]] = {}  # a descriptor's path, and its file
    at: dict[int, int] = {}  # where the next write of a descriptor goes
    reported: list[str] = []
    inside = False
    for line in lines:
        call = _LINE.match(line)
        if call is None:
            continue
        name, arguments, result = call[1], call[2], int(call[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        if _BEGIN in texts:
            inside = True
        if _END in texts:
            return
        if not inside or result < 0:
            continue
        paths = [_inside(text, root) for text in texts]
        first = arguments.split(",")[0]
        descriptor = int(first) if first.isdigit() else -1
        if name == "write" and descriptor == 1:
            reported += texts[0].decode().splitlines()
        elif name == "openat":
            if paths[0] is None:
                continue
            inode = disk.now().get(paths[0])
            if "O_CREAT" in arguments and inode is None:
                inode = len(disk.inodes)
                disk.inodes.append(Inode())
                disk.moves.append((paths[0], inode))
            if "O_TRUNC" in arguments and inode is not None:
                disk.inodes[inode].pending.append((0, None))
            opened[result] = (paths[0], inode)
            at[result] = 0
        elif name == "close":
            opened.pop(descriptor, None)
        elif name in ("write", "pwrite64") and descriptor in opened:
            inode = opened[descriptor][1]
            offset = int(arguments.rsplit(",", 1)[1]) if name == "pwrite64" else at[descriptor]
            if inode is None:
                raise RuntimeError(f"a write to what is no file: {line[:200]}")
            disk.inodes[inode].pending.append((offset, texts[0][:result]))
            if name == "write":
                at[descriptor] += result
        elif name == "ftruncate" and descriptor in opened:
            inode = opened[descriptor][1]
            disk.inodes[inode or 0].pending.append((int(arguments.split(",")[1]), None))
        elif name in ("fsync", "fdatasync") and descriptor in opened:
            path, inode = opened[descriptor]
            if inode is None:
                _sync_folder(disk, path)
            else:
                file = disk.inodes[inode]
                file.durable, file.pending = file.after(file.pending), []
        elif name.startswith("rename"):
            old, new = paths[:2]
            if old is None or new is None:
                raise RuntimeError(f"a rename across the edge: {line[:200]}")
            disk.moves += [(new, disk.now()[old]), (old, None)]
        elif name.startswith("unlink"):
            if paths[0] is not None:
                disk.moves.append((paths[0], None))
        elif name.startswith("mkdir"):
            disk.new_folders.append(str(paths[0]))
        elif name not in ("read", "lseek", "access", "faccessat", "faccessat2", "write"):
            raise RuntimeError(f"the model does not know this call: {line[:200]}")
        yield f"{name} ({', '.join(str(path) for path in paths if path)})", tuple(reported)


def _inside(text: bytes, root: str) -> str | None:
    path = text.decode(errors="replace")
    if path == root:
        return "."
    return path[len(root) + 1 :] if path.startswith(root + "/") else None


def _sync_folder(disk: Disk, folder: str) -> None:
    def here(path: str) -> bool:
        return str(Path(path).parent) == folder

    disk.names = _moved(disk.names, [move for move in disk.moves if here(move[0])])
    disk.moves = [move for move in disk.moves if not here(move[0])]
    disk.folders |= {path for path in disk.new_folders if here(path)}
    disk.new_folders = [path for path in disk.new_folders if not here(path)]


def _survivals(
    disk: Disk, variants: int, chance: random.Random
) -> Iterator[tuple[dict[str, bytes], frozenset[str]]]:
    """What may be found after a power loss now: nothing unsynced, all of it, all but one, some."""
    pending = [(number, write) for number, file in enumerate(disk.inodes) for write in file.pending]
    total = len(pending) + len(disk.moves) + len(disk.new_folders)
    choices = [[False] * total, [True] * total]
    if total:
        lost = chance.randrange(total)
        choices.append([place != lost for place in range(total)])
        choices.append([place == lost for place in range(total)])
        choices += [[chance.random() < 0.5 for _ in range(total)] for _ in range(variants)]
    for number, choice in enumerate(choices):
        random_one = number >= 4
        yield _survival(disk, pending, choice, chance if random_one else None)


def _survival(
    disk: Disk,
    pending: Sequence[tuple[int, tuple[int, bytes | None]]],
    choice: Sequence[bool],
    chance: random.Random | None,
) -> tuple[dict[str, bytes], frozenset[str]]:
    writes: dict[int, list[tuple[int, bytes | None]]] = {}
    for (number, (offset, data)), kept in zip(pending, choice, strict=False):
        if kept:
            if chance and data and chance.random() < 0.3:
                data = data[: chance.randrange(0, len(data) + 1, SECTOR)]
            writes.setdefault(number, []).append((offset, data))
    if chance:
        for order in writes.values():
            if chance.random() < 0.5:
                chance.shuffle(order)
    rest = choice[len(pending) :]
    moves = [move for move, kept in zip(disk.moves, rest, strict=False) if kept]
    folders = set(disk.folders)
    folders |= {
        path for path, kept in zip(disk.new_folders, rest[len(disk.moves) :], strict=True) if kept
    }
    names = _moved(disk.names, moves)
    files = {
        path: disk.inodes[inode].after(writes.get(inode, ()))
        for path, inode in names.items()
        if str(Path(path).parent) in folders
    }
    return copy.copy(files), frozenset(folders)
