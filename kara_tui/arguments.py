"""The words of the command line and what they mean; argparse and nothing else is imported here."""

from __future__ import annotations

import argparse
import os

from kara_tui import __version__

TYPE_CHECKING = False  # typing itself takes longer to import than argparse
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: dict[str, str] = {
    "profile": "make, show and check profiles: new, show, check, path, list",
    "status": "this month's dates; what is unsent, due or overdue",
    "invoices": "the invoices issued, by year",
    "show": "one invoice again; --pdf FILE writes its PDF",
    "credit": "cancel an invoice with a credit note and free its sessions",
    "sent": "note that an invoice was sent",
    "paid": "note that an invoice was paid",
    "decide": "say what holds for an unpaid session",
    "doctor": "how an export's headers and cells are understood",
    "clean": "write a cleaned export, without any client column",
    "verify": "check the ledger from the first entry to the last",
    "repair": "write missing or damaged copies anew from the ledger",
    "backup": "a verified copy of the ledger",
    "restore": "bring a backup back",
    "export": "the whole ledger as JSON lines and CSV",
}

_WIDTH = 92
_CLOCK = "go on although the ledger has a newer entry"


class UsageError(Exception):
    """Arguments that make no sense, in a sentence."""


class _Parser(argparse.ArgumentParser):
    """Raises instead of ending the process, so that one place writes errors and exit codes."""

    def error(self, message: str) -> None:  # type: ignore[override]  # it does not return either way
        raise UsageError(f"{message}. See {self.prog} --help.")


class _Once(argparse.Action):
    """A value that can be given once: a second one is refused, and does not replace the first."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{parser.prog} takes one file, and {option} was given twice")
        setattr(namespace, self.dest, values)


def parse(arguments: Sequence[str]) -> argparse.Namespace | int:
    """Read the arguments; ``command`` is "month-end" or a name from COMMANDS, all values are text.

    An int is an exit code: help was asked for and printed.

    Raises UsageError with a sentence for anything that is not understood.
    """
    try:
        if arguments and arguments[0] in COMMANDS:
            return _command(arguments[0], arguments[1:])
        if arguments and not arguments[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(arguments[0], COMMANDS, n=1)
            raise UsageError(
                f"there is no command {arguments[0]!r}"
                + (f"; did you mean {near[0]!r}?" if near else "")
                + " A file is given with --paid FILE or --unpaid FILE. See kara-tui --help."
            )
        return _month_end(arguments)
    except SystemExit as ended:  # argparse's way to end after --help
        return ended.code if isinstance(ended.code, int) else 0


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Without a width argparse imports shutil to ask the terminal, which doubles the time of --help.
    try:
        width = min(_WIDTH, os.get_terminal_size().columns)
    except OSError:
        width = _WIDTH
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=27, width=width)


def _month_end(arguments: Sequence[str]) -> argparse.Namespace:
    commands = "\n".join(f"  {name:<10} {text}" for name, text in COMMANDS.items())
    parser = _Parser(
        prog="kara-tui",
        usage="kara-tui [--paid FILE]... [--unpaid FILE]... [--month YYYY-MM] [options]\n"
        "       kara-tui --no-tui --paid FILE... [options]\n"
        "       kara-tui COMMAND [options]",
        description="Kara Connect's month end: the portal's payments export goes in, one correct\n"
        "invoice with its mail comes out.",
        epilog=f"commands:\n{commands}\n\nTry it without any set-up: kara-tui --demo --no-tui",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "--paid",
        action="append",
        default=[],
        metavar="FILE",
        help="Paid export, CSV or a workbook; - reads standard input; may be repeated",
    )
    add(
        "--unpaid",
        action="append",
        default=[],
        metavar="FILE",
        help="Unpaid export, the same way",
    )
    add(
        "--month",
        metavar="YYYY-MM",
        help="the month to bill (default: the last full calendar month)",
    )
    add("--profile", default="", metavar="NAME", help="whose invoice (default: default)")
    add(
        "--date-order",
        choices=("dmy", "mdy", "ymd"),
        default="",
        help="how to read dates that can be read two ways",
    )
    add(
        "--decimal",
        choices=(",", "."),
        default="",
        metavar="SIGN",
        help="the decimal sign, , or ., where amounts can be read two ways",
    )
    add(
        "--time-zone",
        default="",
        metavar="NAME",
        help="zone for times that carry one, for example Atlantic/Reykjavik",
    )
    add("--decisions", metavar="FILE", help="answers about single sessions, a TOML file")
    add(
        "--late",
        choices=("ask", "include", "leave"),
        default="ask",
        help="sessions of a month that is invoiced already",
    )
    add("--out", metavar="DIR", help="where the copies go")
    add("--theme", default="", metavar="NAME", help="the invoice's look")
    add("--no-tui", action="store_true", help="no screen: read, check, issue, report")
    add("--plain", action="store_true", help="questions and answers, line by line")
    add("--dry-run", action="store_true", help="do all but issue; the PDF says DRAFT")
    add("--json", action="store_true", help="one JSON document on standard output")
    add("--clock-is-right", action="store_true", help=_CLOCK)
    add("--demo", action="store_true", help="a sample month with a ledger of its own")
    add("--today", metavar="DATE", help="another date for today, YYYY-MM-DD")
    add("-V", "--version", action="version", version=f"kara-tui {__version__}",
        help="show the version")  # fmt: skip
    # A command's help line belongs to the parser; `-h` comes with it.
    given = parser.parse_args(arguments)
    face = "headless" if given.no_tui else "plain" if given.plain else "wizard"
    if face != "headless" and (given.json or given.dry_run):
        raise UsageError("--json and --dry-run go with --no-tui")
    if given.no_tui and given.plain:
        raise UsageError("--no-tui and --plain exclude each other")
    if given.demo and given.profile:
        raise UsageError("--demo has a profile of its own; leave --profile out")
    if face == "headless" and not given.paid and not given.demo:
        raise UsageError("--no-tui needs --paid FILE, the portal's Paid export (or --demo)")
    if sum(str(path) == "-" for path in (*given.paid, *given.unpaid)) > 1:
        raise UsageError("standard input (-) can be read once only")
    given.command = "month-end"
    given.face = face
    given.profile = given.profile or ("demo" if given.demo else "default")
    return given


def _command(name: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(
        prog=f"kara-tui {name}",
        description=f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    if name == "profile":
        add("action", choices=("new", "show", "check", "path", "list"))
        add("--from", dest="source", metavar="FILE",
            help="install a profile from a TOML file")  # fmt: skip
    if name in ("doctor", "clean"):
        add("--paid", action=_Once, metavar="FILE", help="a Paid export")
        add("--unpaid", action=_Once, metavar="FILE", help="an Unpaid export")
    if name == "clean":
        add("-o", "--output", required=True, metavar="FILE",
            help="the cleaned export; - writes standard output")  # fmt: skip
    if name in ("show", "credit", "sent", "paid"):
        add("number", help="the invoice's number, for example KC-0011")
    if name == "show":
        add("--pdf", metavar="FILE", help="write the issued PDF to FILE")
    if name == "credit":
        add("--reason", required=True, help="why, in a sentence; it is printed")
        add("--out", metavar="DIR", help="where the copies go")
    if name == "credit":
        add("--clock-is-right", action="store_true", help=_CLOCK)
    if name in ("sent", "paid"):
        add("--on", metavar="DATE", help="the day, YYYY-MM-DD (default: today)")
    if name == "decide":
        add("--unpaid", action=_Once, metavar="FILE", help="an Unpaid export")
        add("--row", action="append", default=[], metavar="N", help="the file's row")
        add("--decision", choices=("confirmed", "collect", "void", "elsewhere", "later"))
        add("--note", default="", help="a word on why; no client's name")
        add("--month", metavar="YYYY-MM", help="the month of the sessions")
    if name == "invoices":
        add("--year", metavar="YYYY", help="only invoices issued in this year")
    if name == "verify":
        add("--expect", default="", metavar="HEAD", help="the chain's head noted down earlier")
    if name == "status":
        add("--ics", metavar="FILE", help="write the dates as a calendar")
        add("--follow-up", metavar="DIR",
            help="write a follow-up mail draft for each overdue invoice")  # fmt: skip
    if name == "repair":
        add("--out", metavar="DIR", help="where the copies are")
    if name == "backup":
        add("folder", help="where the backup goes")
    if name == "restore":
        add("file", help="the backup")
        add("--older", action="store_true", help="replace a newer ledger by this older one")
    if name == "export":
        add("folder", help="where the files go")
    if name in ("status", "invoices", "show", "verify"):
        add("--json", action="store_true", help="one JSON document on standard output")
    add("--profile", default="default", metavar="NAME", help="whose (default: default)")
    add("--today", metavar="DATE", help="another date for today, YYYY-MM-DD")
    if name in ("doctor", "clean", "decide"):
        add("--date-order", choices=("dmy", "mdy", "ymd"), default="")
        add("--decimal", choices=(",", "."), default="")
        add("--time-zone", default="", metavar="NAME")
    given = parser.parse_args(arguments)
    given.command = name
    return given
