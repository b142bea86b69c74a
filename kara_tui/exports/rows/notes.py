"""Whether a lone text below the payments is a note, or may be a payment whose cells grew together.

Imports next to nothing, because the workbook's child process may run it too.
"""

from __future__ import annotations

import re

_DAY = r"(?:[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{8})"
_BEGINS_WITH_A_DAY = re.compile(rf"\W*{_DAY}(?![0-9])")
_A_DAY = re.compile(rf"(?<![0-9]){_DAY}(?![0-9])")
_MONEY = r"(?:EUR|ISK|SEK|NOK|DKK|GBP|USD|CHF|PLN)\b|\bkr\b\.?|[€£$]"
_A_PRICE = re.compile(rf"(?:{_MONEY}) ?[0-9]|[0-9] ?(?:{_MONEY})")
# A comma in prose has a blank behind it, and one in a number stands between digits.
_COMMA = re.compile(r"(?<![0-9]),(?!\s)|,(?![\s0-9])")
# The least of a payment is a date, a price, a currency and a type.
_FEWEST_SEPARATORS = 3


def may_be_payment(text: str) -> bool:
    """Whether a text that stands alone in its row has what makes a payment.

    That is: cells parted by another separator, as when lines of another file are pasted in; a
    date at the beginning; or a date and a price. “Generated on 31.10.2026 at 14:30” is a note.
    """
    separators = max(text.count(";"), text.count("|"), text.count("\t"), len(_COMMA.findall(text)))
    return (
        separators >= _FEWEST_SEPARATORS
        or _BEGINS_WITH_A_DAY.match(text) is not None
        or (_A_DAY.search(text) is not None and _A_PRICE.search(text) is not None)
    )
