"""What the user said about a session that is still unpaid in the portal."""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    """The answers there are; each is kept for good, with its history.

    CONFIRMED: confirmed in the portal with a credit; billed once a Paid export holds it.
    COLLECT: no credit was used, so the professional collects from the client.
    VOID: cancelled or void, nobody pays.
    ELSEWHERE: billed to somebody other than Kara Connect.
    LATER: not settled yet; it is asked again next month.
    """

    CONFIRMED = "confirmed"
    COLLECT = "collect"
    VOID = "void"
    ELSEWHERE = "elsewhere"
    LATER = "later"
