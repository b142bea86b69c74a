"""Who is invoiced for a sponsor's sessions."""

from __future__ import annotations

from enum import StrEnum


class Routing(StrEnum):
    """Who is invoiced for a sponsor's sessions; some Hubs' companies are invoiced directly."""

    KARA = "kara"
    ELSEWHERE = "elsewhere"
    ASK = "ask"
