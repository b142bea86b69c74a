"""A session's fingerprint: how the ledger knows a session again in a later export."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING

from kara_tui.model import Session

if TYPE_CHECKING:
    from kara_tui.ledger.record import BilledSession

# The first field of what is hashed. A change of the rule below is a new version and a migration:
# prints that no longer match would let every session be billed a second time.
VERSION = 1

# How prints begin that the first ledgers made of payment ids alone. An id knows no session: it is
# rounded by spreadsheets and shared by sessions that were paid at once. Such lines are known again
# by what they hold, as all others are.
OF_AN_ID = "payment."


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A name as it is printed: compatibility forms, case and runs of blanks make no difference.

    Part of the rule, and not to follow what is learnt later about comparing names.
    """
    if not text.isascii():  # of plain letters there is one form
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def fingerprints(sessions: Sequence[Session | BilledSession]) -> tuple[str, ...]:
    """The fingerprints of the sessions of one export, in their order.

    Equal rows are counted: the second gets another print than the first, the same at every
    reading. Rows that stand in two exports should be printed file by file, so that a row that both
    files hold is known as one.
    """
    seen: Counter[str] = Counter()
    prints = []
    for session in sessions:
        subject = _subject(session)
        seen[subject] += 1
        prints.append(_print(session, subject, seen[subject]))
    return tuple(prints)


def fingerprint(session: Session | BilledSession) -> str:
    """The fingerprint of a session that no equal row stands before."""
    return _print(session, _subject(session), 1)


def is_of_an_id(fingerprint: str) -> bool:
    """Whether a print is one of the first ones, which were made of a payment id alone."""
    return fingerprint.startswith(OF_AN_ID)


def _subject(session: Session | BilledSession) -> str:
    """What makes a session this one. No client field, and nothing that was guessed from others.

    The payment id is left out because it may be none; the kind because it is read from the
    service's name by rules that may grow; the professional's e-mail because the box for it may be
    ticked in one month and not in the next.
    """
    when = quoted(session.time.isoformat()) if session.time else "null"
    # A JSON array without blanks, put together by hand: an encoder for each takes twice as long.
    return (
        f'[{VERSION},"session","{session.date.isoformat()}",{when},{quoted(fold(session.service))},'
        f"{session.price.minor},{quoted(session.price.currency)},"
        f"{quoted(fold(session.professional or session.professional_email))},"
        f"{quoted(fold(session.sponsor))}]"
    )


def _print(session: Session | BilledSession, subject: str, count: int) -> str:
    """The day, then 128 bits of SHA-256: prints of one month lie together in the ledger's index."""
    digest = hashlib.sha256(f"{subject}\n{count}".encode()).hexdigest()
    return f"{session.date.isoformat()}.{digest[:32]}"
