"""A mail that is ready to be sent, as a value: what exists can be written without harm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kara_tui.errors import UserError
from kara_tui.model import File

LONGEST_HEADER = 400  # characters; a name or a subject that is longer is a mistake, not a text

# What may stand in an address between < and > without quoting (RFC 5322, 3.2.3 and 3.4.1).
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_DOMAIN = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+\Z"
)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]*\Z")


class MailError(UserError):
    """A mail that cannot be written; the sentence says which part of it and why."""

    code = "mail"


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail. ``sender``, ``to`` and ``cc`` are addresses, ``sender_name`` goes with the first.

    ``body`` is plain text of any line ends. Raises MailError for an address that is none, for no
    address at all, for a line break or control character where there can be none, and for an
    attachment's name that is not plain ASCII: mail clients disagree on all others.
    """

    sender_name: str
    sender: str
    to: tuple[str, ...]
    subject: str
    body: str
    cc: tuple[str, ...] = ()
    attachments: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        _one_line(self.sender_name, "sender's name")
        _one_line(self.subject, "subject")
        if not self.to:
            raise MailError("The mail has no address to go to.")
        for address in (self.sender, *self.to, *self.cc):
            wire_address(address)
        _text(self.body)
        for file in self.attachments:
            if not _FILE_NAME.match(file.name) or len(file.name) > 100:
                raise MailError(
                    f"The attachment's name {file.name!a} is not made of up to 100 plain letters, "
                    "digits, blanks, points, hyphens and underscores."
                )


def wire_address(address: str) -> str:
    """The address in ASCII, as it travels: a domain with letters like ö is written in Punycode.

    Raises MailError when it is no single plain address.
    """
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            domain = ""
    if not (_LOCAL_PART.match(local) and _DOMAIN.match(domain)):
        raise MailError(f"{address[:80]!a} is not an e-mail address. Mend it in the profile.")
    return f"{local}@{domain}"


def _one_line(value: str, what: str) -> None:
    if not value or len(value) > LONGEST_HEADER:
        raise MailError(f"The {what} has {len(value)} characters; 1 to {LONGEST_HEADER} can be.")
    # isprintable refuses CR, LF and all other control, format and surrogate characters; blanks
    # beyond ASCII are not printable to it, but harmless.
    if not value.replace("\u00a0", " ").isprintable():
        raise MailError(f"The {what} holds a line break or another character that cannot be seen.")


def _text(value: str) -> None:
    plain = value.replace("\r\n", "").replace("\n", "").replace("\u00a0", " ")
    if not plain.isprintable():
        raise MailError("The text of the mail holds a character that cannot be seen.")
