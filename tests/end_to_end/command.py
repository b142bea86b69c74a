"""The installed command, run as a person or a script runs it, and what came of it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli_w

from kara_tui.exports.findings import READER_FINDINGS
from kara_tui.month_end.findings import MEANINGS
from kara_tui.settings import demo_folder
from tests import forked
from tests.forked import PROGRAM as PROGRAM

DEMO_PAID = demo_folder() / "payments-paid.csv"
DEMO_UNPAID = demo_folder() / "payments-unpaid.csv"

MONTH = ("--month", "2026-10", "--today", "2026-11-02")

SEVERITIES = {code: str(READER_FINDINGS[code].severity) for code in READER_FINDINGS} | {
    code: str(MEANINGS[code].severity) for code in MEANINGS
}

# What a traceback, or a defect that was caught, says of itself.
_SIGNS_OF_A_DEFECT = ("Traceback (most recent", "panicked at", "is a defect of kara-tui")


@dataclass(frozen=True)
class Run:
    """What a finished run said: its exit code, standard output and standard error as bytes."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @cached_property
    def json(self) -> dict[str, Any]:
        """Standard output, which has to be one JSON document and nothing else."""
        value = json.loads(self.stdout)
        assert isinstance(value, dict)
        return value

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, in their order."""
        return [finding["code"] for finding in self.json["findings"]]

    def finding(self, code: str) -> dict[str, Any]:
        """The one finding with this code."""
        (found,) = [finding for finding in self.json["findings"] if finding["code"] == code]
        assert isinstance(found, dict)
        return found

    @property
    def numbers(self) -> list[str | None]:
        return [invoice["number"] for invoice in self.json["invoices"]]


@dataclass(frozen=True)
class Desk:
    """One person's folder of settings and data, and the command run in it."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def ledger(self) -> Path:
        return self.home / "ledger.sqlite3"

    @property
    def copies(self) -> Path:
        return self.home / "invoices"

    def environment(self, **variables: str) -> dict[str, str]:
        """Nothing of the machine's own settings but where programs lie."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "KARA_TUI_HOME": str(self.home),
            "LANG": "C.UTF-8",
            **variables,
        }

    def run(
        self, *arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> Run:
        """Run the command. Whatever it was asked, it never ends in a defect."""
        run = Run(*forked.run(arguments, stdin, self.environment(**(env or {})), self.folder))
        said = (run.stdout + run.stderr).decode("utf-8", "replace")
        assert not [sign for sign in _SIGNS_OF_A_DEFECT if sign in said], said
        assert run.code != 1, said
        if "--json" in arguments and run.code != 2 and run.stdout:
            assert_severities(run.json)
        return run

    def bill(self, *arguments: str | Path, stdin: bytes = b"") -> Run:
        """The month end of October 2026 without a screen, told as JSON."""
        when = () if "--month" in arguments or "--today" in arguments else MONTH
        return self.run("--no-tui", "--json", *when, *arguments, stdin=stdin)

    def write_profile(self, name: str = "default", **changes: Any) -> Path:
        """The sample profile as this desk's own; each change is put in place of a TOML table."""
        value = tomllib.loads((demo_folder() / "profile.toml").read_text("utf-8"))
        for key, change in changes.items():
            both = isinstance(change, dict) and isinstance(value.get(key), dict)
            value[key] = {**value[key], **change} if both else change
        path = self.home / "profiles" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tomli_w.dumps(value), "utf-8")
        path.chmod(0o600)
        return path

    def file(self, name: str, content: str | bytes) -> Path:
        """A file on the desk."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def files(self) -> dict[str, bytes]:
        """Every file below the folder of settings and data, by its path there."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }


def assert_severities(document: Mapping[str, Any]) -> None:
    """Every finding that any run tells is as severe as the tables say."""
    for finding in document.get("findings", ()):
        assert finding["severity"] == SEVERITIES[finding["code"]], finding
