"""Running the child under strace: to see its system calls, to kill it at one, to refuse one."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crash.child import BEGIN, END

ROOT = Path(__file__).resolve().parents[2]
MISSING = (
    "strace is missing (Debian and Ubuntu: apt-get install strace), or may not trace here (a"
    " container needs --cap-add SYS_PTRACE)"
)

# Calls that touch no file: errors of a disk mean nothing there, and how often the interpreter
# makes them may differ from run to run.
NO_FILE = frozenset({
    "brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "futex", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "getpid", "getuid", "geteuid", "getgid", "getegid",
    "gettid", "getrandom", "clock_gettime", "clock_nanosleep", "uname", "exit_group",
    "sched_yield", "prlimit64", "set_robust_list", "sysinfo",
})  # fmt: skip

KILLED = -9  # the code of a child that a signal KILL ended, as strace hands it on

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\w+)(?: .*)?$")
_UNFINISHED = re.compile(r"(\w+)\(")


@dataclass(frozen=True)
class Call:
    """A system call of the act: its name, the how-manieth of that name, and strace's text."""

    name: str
    nth: int
    arguments: str
    result: str

    def __str__(self) -> str:
        return f"{self.name} no. {self.nth} ({self.arguments[:80]})"

    @property
    def is_report(self) -> bool:
        """Whether it is the child's own word to the harness."""
        return self.name == "write" and self.arguments.startswith("1,")


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    code: int
    output: str
    errors: str

    @property
    def reported(self) -> tuple[str, ...]:
        """What the child told the world before its end."""
        return tuple(self.output.splitlines())


@functools.cache
def has_strace() -> bool:
    """Whether strace is there and may trace: some containers forbid it."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], check=False).returncode == 0


def run(folder: Path, act: str, *strace: str) -> Ended:
    """Run the child to its end, under strace when options for it are given."""
    command = [sys.executable, "-S", "-m", "tests.crash.child", str(folder), act]
    if strace:
        command = ["strace", "-qq", *strace, *command]
    # The same hashes and no traces in the way: call number n is call number n in every run.
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd="/"
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def calls(folder: Path, act: str, log: Path) -> list[Call]:
    """The system calls of the act, from a run in which nothing happens to it."""
    ended = run(folder, act, "-o", str(log), "-s", "64")
    if ended.code != 0:
        raise RuntimeError(f"an undisturbed child ended with {ended.code}: {ended.errors}")
    return list(_between_marks(log))


def _between_marks(log: Path) -> Iterator[Call]:
    seen: Counter[str] = Counter()
    inside = False
    for line in log.read_text(errors="surrogateescape").splitlines():
        found = _CALL.match(line) or _UNFINISHED.match(line)
        if found is None:
            continue
        name = found[1]
        seen[name] += 1
        if END in line:
            return
        if inside:
            whole = found.re is _CALL
            yield Call(name, seen[name], found[2] if whole else "", found[3] if whole else "")
        inside = inside or BEGIN in line


def kill_at(folder: Path, act: str, call: Call) -> Ended:
    """Kill the child as it enters a call."""
    return run(
        folder, act, "-o", os.devnull, "-e", f"inject={call.name}:signal=KILL:when={call.nth}"
    )


@dataclass(frozen=True)
class Refusal:
    """A call that fails with an errno: this one, or all of its name from this one on."""

    call: Call
    error: str
    lasting: bool = False

    def __str__(self) -> str:
        once = "from" if self.lasting else "at"
        return f"{self.error} {once} {self.call}"


def refuse(folder: Path, act: str, refusal: Refusal) -> Ended:
    """Let calls fail. A disk that does not sync any more syncs in neither way."""
    name, nth, error = refusal.call.name, refusal.call.nth, refusal.error
    injected = ["-e", f"inject={name}:error={error}:when={nth}{'+' * refusal.lasting}"]
    if refusal.lasting and name == "fdatasync":
        injected += ["-e", f"inject=fsync:error={error}"]
    return run(folder, act, "-o", os.devnull, *injected)
