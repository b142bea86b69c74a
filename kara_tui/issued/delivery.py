"""What is handed to the user beside the files: command lines to copy, the mail's text, the dates.

Pure. Everything that a shell will read is quoted for it here.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path

from kara_tui.month_end.deadlines import Deadlines
from kara_tui.month_end.portal import ACCOUNTS, SUPPORT
from kara_tui.month_end.wording import day_inline, day_said

# How a draft becomes a mail, for every face and for every draft. Whether a mail program opens it to
# be written on or like a received mail is the program's: docs/how-to/send-the-draft.md.
NO_SEND_BUTTON = (
    "No Send button? Some programs show a draft like a received mail. Apple Mail: Message → Send "
    "Again. Thunderbird: Message → Edit As New Message. New Outlook: drag the file onto Drafts. "
    "Webmail: attach the PDF and copy the text."
)

SSH_PORT = 22

_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\Z")
_NEEDS_BACKSLASH = re.compile(r"([^A-Za-z0-9_./+,@%=:\-\u0080-\U0010ffff])")


@dataclass(frozen=True, slots=True)
class WebmailText:
    """What to copy into a webmail, field by field; files are attached by hand."""

    to: str
    cc: str
    subject: str
    body: str


def scp_line(environ: Mapping[str, str], paths: Iterable[Path]) -> str:
    """The command to run on one's own computer to fetch files of this SSH session; else "".

    ``environ`` is the process's environment: sshd puts the client's and the server's address and
    port into SSH_CONNECTION (sshd(8), ENVIRONMENT). The server's address there is the one that this
    connection reached, so it fits whenever no gateway stands between.
    """
    wanted = [path for path in paths if path.is_absolute()]
    parts = environ.get("SSH_CONNECTION", "").split()
    user = environ.get("USER") or environ.get("LOGNAME") or ""
    if len(parts) != 4 or not wanted or not parts[3].isdecimal():
        return ""
    try:
        address = ip_address(parts[2])
    except ValueError:
        return ""
    host = f"[{address}]" if address.version == 6 else str(address)
    login = f"{user}@{host}" if _USER.match(user) else host
    port = "" if int(parts[3]) == SSH_PORT else f"-P {int(parts[3])} "
    return f"scp {port}{' '.join(shlex.quote(f'{login}:{_remote(path)}') for path in wanted)} ."


def webmail_text(eml: bytes) -> WebmailText:
    """The fields of a mail draft as text, for people who send from a webmail's window."""
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(eml, policy=default)
    body = message.get_body(("plain",))
    return WebmailText(
        to=str(message.get("To", "")),
        cc=str(message.get("Cc", "")),
        subject=str(message.get("Subject", "")),
        body="" if body is None else str(body.get_content()).strip(),
    )


def what_happens_now(days: Deadlines, today: date, *, is_sent: bool = False) -> tuple[str, ...]:
    """The dates, what to expect and when to ask, in sentences; ``is_sent`` when it was sent today.

    From Kara Connect's article: paid by the 7th working day when submitted by the 3rd, otherwise
    usually at least seven working days after submission; an answer may take 2 to 3 working days.
    """
    if today <= days.last:
        when = (
            "It was sent in time."
            if is_sent
            else f"Send the mail by {day_said(days.safe)}; the last day is {day_said(days.last)}.",
            f"Payment is then scheduled by {day_said(days.pay)}, the 7th working day.",
            f"If nothing has come when {day_said(days.pay)} is over, ask.",
        )
    else:
        last = f"The last day to be paid in the usual round was {day_said(days.last)}"
        when = (
            f"{last}." if is_sent else f"{last}: send it today.",
            "Sent after it, payment usually takes at least 7 working days from the day of sending.",
            "If nothing has come by then, ask.",
        )
    return (
        *when,
        (
            f"An answer from {ACCOUNTS} may take 2 to 3 working days; until then no answer means "
            "nothing."
        ),
        f"For anything urgent: {SUPPORT}, or the blue chat bubble in the portal.",
    )


def dates_ahead(days: Deadlines, today: date, *, is_sent: bool) -> tuple[tuple[date, str], ...]:
    """The same as days with what happens on them; ``is_sent`` when it was sent today."""
    in_time = today <= days.last
    if is_sent:
        sent = (today, "sent, in time" if in_time else "sent, too late for the usual round")
    elif in_time:
        sent = (days.safe, f"send it by then; {day_inline(days.last)} at the latest")
    else:
        sent = (days.last, "was the last day for the usual round: send it today")
    if not in_time and days.pay <= today:  # worked out for a mail that would have been in time
        return (sent,)
    return (
        sent,
        (
            days.pay,
            "the money is due, on the 7th working day"
            if in_time
            else "the money can be expected, seven working days after sending",
        ),
        (days.pay + timedelta(days=1), "nothing came? Home has a friendly mail"),
    )


def _remote(path: Path) -> str:
    # A backslash protects a character from the far shell of old versions of scp as well as from the
    # pattern matching of new ones, which speak SFTP and know no quotation marks.
    return _NEEDS_BACKSLASH.sub(r"\\\1", str(path))
