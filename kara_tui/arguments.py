"""The command line as a table: one entry a command, with its options and the function that does it.

argparse and nothing else is imported here.
"""

from __future__ import annotations

import argparse
import os

from kara_tui import __version__
from kara_tui.errors import WrongUsage

TYPE_CHECKING = False  # typing itself takes longer to import than argparse
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_WIDTH = 92


class _Parser(argparse.ArgumentParser):
    """Raises instead of ending the process, so that one place writes errors and exit codes."""

    def error(self, message: str) -> None:  # type: ignore[override]  # it does not return either way
        raise WrongUsage(f"{message}. See {self.prog} --help.")


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


class Option:
    """One word of the command line: its spellings, and what argparse is told about it."""

    __slots__ = ("names", "settings")

    def __init__(self, *names: str, **settings: Any) -> None:
        self.names = names
        self.settings = settings


class Command:
    """One command: what it is for, the function that does it, and its options.

    ``does`` is ``module:function``, imported when the command is run: the function takes the parsed
    arguments and gives an exit code.
    """

    __slots__ = ("does", "help", "name", "options")

    def __init__(self, name: str, text: str, does: str, *options: Option) -> None:
        self.name = name
        self.help = text
        self.does = does
        self.options = options


_TODAY = Option("--today", metavar="DATE", help="another date for today, YYYY-MM-DD")
_PROFILE = Option("--profile", default="default", metavar="NAME", help="whose (default: default)")
_NUMBER = Option("number", help="the invoice's number, for example KC-0011")
_ON = Option("--on", metavar="DATE", help="the day, YYYY-MM-DD (default: today)")
_JSON = Option("--json", action="store_true", help="one JSON document on standard output")
_OUT = Option("--out", metavar="DIR", help="where the copies go")
_CLOCK = Option(
    "--clock-is-right", action="store_true", help="go on although the ledger has a newer entry"
)
_ONE_PAID = Option("--paid", action=_Once, metavar="FILE", help="a Paid export")
_ONE_UNPAID = Option("--unpaid", action=_Once, metavar="FILE", help="an Unpaid export")
_READING = (
    Option(
        "--date-order",
        choices=("dmy", "mdy", "ymd"),
        default="",
        help="how to read dates that can be read two ways",
    ),
    Option(
        "--decimal",
        choices=(",", "."),
        default="",
        metavar="SIGN",
        help="the decimal sign, , or ., where amounts can be read two ways",
    ),
    Option(
        "--time-zone",
        default="",
        metavar="NAME",
        help="zone for times that carry one, for example Atlantic/Reykjavik",
    ),
)

_MONTH_END = (
    Option(
        "--paid",
        action="append",
        default=[],
        metavar="FILE",
        help="Paid export, CSV or a workbook; - reads standard input; may be repeated",
    ),
    Option(
        "--unpaid",
        action="append",
        default=[],
        metavar="FILE",
        help="Unpaid export, the same way",
    ),
    Option(
        "--month",
        metavar="YYYY-MM",
        help="the month to bill (default: the last full calendar month)",
    ),
    Option("--profile", default="", metavar="NAME", help="whose invoice (default: default)"),
    *_READING,
    Option("--decisions", metavar="FILE", help="answers about single sessions, a TOML file"),
    Option(
        "--late",
        choices=("ask", "include", "leave"),
        default="ask",
        help="sessions of a month that is invoiced already",
    ),
    _OUT,
    Option("--theme", default="", metavar="NAME", help="the invoice's look"),
    Option("--no-tui", action="store_true", help="no screen: read, check, issue, report"),
    Option("--plain", action="store_true", help="questions and answers, line by line"),
    Option("--dry-run", action="store_true", help="do all but issue; the PDF says DRAFT"),
    _JSON,
    _CLOCK,
    Option("--demo", action="store_true", help="a sample month with a ledger of its own"),
    _TODAY,
    Option(
        "-V",
        "--version",
        action="version",
        version=f"kara-tui {__version__}",
        help="show the version",
    ),
)

# In the order in which --help lists them.
COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command(
            "profile",
            "make, show and check profiles: new, show, check, path, list",
            "kara_tui.headless.profiles:profile",
            Option("action", choices=("new", "show", "check", "path", "list")),
            Option(
                "--from", dest="source", metavar="FILE", help="install a profile from a TOML file"
            ),
            _PROFILE,
            _TODAY,
        ),
        Command(
            "status",
            "this month's dates; what is unsent, due or overdue",
            "kara_tui.headless.commands:status",
            Option("--ics", metavar="FILE", help="write the dates as a calendar"),
            Option(
                "--follow-up",
                metavar="DIR",
                help="write a follow-up mail draft for each overdue invoice",
            ),
            _JSON,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "invoices",
            "the invoices issued, by year",
            "kara_tui.headless.commands:invoices",
            Option("--year", metavar="YYYY", help="only invoices issued in this year"),
            _JSON,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "show",
            "one invoice again; --pdf FILE writes its PDF",
            "kara_tui.headless.commands:show",
            _NUMBER,
            Option("--pdf", metavar="FILE", help="write the issued PDF to FILE"),
            _JSON,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "credit",
            "cancel an invoice with a credit note and free its sessions",
            "kara_tui.headless.commands:credit",
            _NUMBER,
            Option("--reason", required=True, help="why, in a sentence; it is printed"),
            _OUT,
            _CLOCK,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "sent",
            "note that an invoice was sent",
            "kara_tui.headless.commands:sent",
            _NUMBER,
            _ON,
            _CLOCK,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "paid",
            "note that an invoice was paid",
            "kara_tui.headless.commands:paid",
            _NUMBER,
            _ON,
            _CLOCK,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "decide",
            "say what holds for an unpaid session",
            "kara_tui.headless.commands:decide",
            _ONE_UNPAID,
            Option("--row", action="append", default=[], metavar="N", help="the file's row"),
            Option("--decision", choices=("confirmed", "collect", "void", "elsewhere", "later")),
            Option("--note", default="", help="a word on why; no client's name"),
            Option("--month", metavar="YYYY-MM", help="the month of the sessions"),
            _CLOCK,
            _PROFILE,
            _TODAY,
            *_READING,
        ),
        Command(
            "doctor",
            "how an export's headers and cells are understood",
            "kara_tui.headless.one_export:doctor",
            _ONE_PAID,
            _ONE_UNPAID,
            _PROFILE,
            _TODAY,
            *_READING,
        ),
        Command(
            "clean",
            "write a cleaned export, without any client column",
            "kara_tui.headless.one_export:clean",
            _ONE_PAID,
            _ONE_UNPAID,
            Option(
                "-o",
                "--output",
                required=True,
                metavar="FILE",
                help="the cleaned export, a .csv; - writes standard output",
            ),
            Option(
                "--force",
                action="store_true",
                help="let the cleaned export take the place of a file that is there",
            ),
            _PROFILE,
            _TODAY,
            *_READING,
        ),
        Command(
            "verify",
            "check the ledger from the first entry to the last",
            "kara_tui.headless.commands:verify",
            Option(
                "--expect", default="", metavar="HEAD", help="the chain's head noted down earlier"
            ),
            _JSON,
            _PROFILE,
            _TODAY,
        ),
        Command(
            "repair",
            "write missing or damaged copies anew from the ledger",
            "kara_tui.headless.commands:repair",
            Option("--out", metavar="DIR", help="where the copies are"),
            _PROFILE,
            _TODAY,
        ),
        Command(
            "backup",
            "a verified copy of the ledger",
            "kara_tui.headless.commands:backup",
            Option("folder", help="where the backup goes"),
            _PROFILE,
            _TODAY,
        ),
        Command(
            "restore",
            "bring a backup back",
            "kara_tui.headless.commands:restore",
            Option("file", help="the backup"),
            Option("--older", action="store_true", help="replace a newer ledger by this older one"),
            _PROFILE,
            _TODAY,
        ),
        Command(
            "go-on",
            "go on after a number that the ledger does not know",
            "kara_tui.headless.commands:go_on",
            Option("number", help="the last number that was used, for example KC-0012"),
            Option("--reason", required=True, help="why the ledger does not know it; it is kept"),
            _PROFILE,
            _TODAY,
        ),
        Command(
            "export",
            "the whole ledger as JSON lines and CSV",
            "kara_tui.headless.commands:export",
            Option("folder", help="where the files go"),
            _PROFILE,
            _TODAY,
        ),
    )
}


def parse(arguments: Sequence[str]) -> argparse.Namespace | int:
    """Read the arguments; ``command`` is "month-end" or a name from COMMANDS, all values are text.

    An int is an exit code: help was asked for and printed.

    Raises WrongUsage with a sentence for anything that is not understood.
    """
    try:
        if arguments and arguments[0] in COMMANDS:
            return _command(COMMANDS[arguments[0]], arguments[1:])
        if arguments and not arguments[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(arguments[0], COMMANDS, n=1)
            raise WrongUsage(
                f"there is no command {arguments[0]!r}"
                + (f"; did you mean {near[0]!r}?" if near else ".")
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


def _with(parser: argparse.ArgumentParser, options: Iterable[Option]) -> argparse.ArgumentParser:
    for option in options:
        parser.add_argument(*option.names, **option.settings)
    return parser


def _month_end(arguments: Sequence[str]) -> argparse.Namespace:
    commands = "\n".join(f"  {name:<10} {command.help}" for name, command in COMMANDS.items())
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
    # A command's help line belongs to the parser; `-h` comes with it.
    given = _with(parser, _MONTH_END).parse_args(arguments)
    face = "headless" if given.no_tui else "plain" if given.plain else "wizard"
    if face != "headless" and (given.json or given.dry_run):
        raise WrongUsage("--json and --dry-run go with --no-tui")
    if given.no_tui and given.plain:
        raise WrongUsage("--no-tui and --plain exclude each other")
    if given.demo and given.profile:
        raise WrongUsage("--demo has a profile of its own; leave --profile out")
    if face == "headless" and not given.paid and not given.demo:
        raise WrongUsage("--no-tui needs --paid FILE, the portal's Paid export (or --demo)")
    if sum(str(path) == "-" for path in (*given.paid, *given.unpaid)) > 1:
        raise WrongUsage("standard input (-) can be read once only")
    given.command = "month-end"
    given.face = face
    given.profile = given.profile or ("demo" if given.demo else "default")
    return given


def _command(command: Command, arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(
        prog=f"kara-tui {command.name}",
        description=f"{command.help[0].upper()}{command.help[1:]}.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    given = _with(parser, command.options).parse_args(arguments)
    given.command = command.name
    return given
