"""What can be wrong with the names in a header row."""

from __future__ import annotations

import re

from kara_tui.exports.cells.cleaning import shown
from kara_tui.exports.columns.aliases import header_keys
from kara_tui.exports.columns.headers import HEADER_CHARACTERS
from kara_tui.text import header_key

# “NameService”: a capital after a small letter is where two names met.
_MET = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÁÉÍÓÚÝÞÆÖÐÅÄØÜ])")

_DIGITS = 4


def grown_together(name: str) -> tuple[str, str] | None:
    """The two names, fit to be shown, of which a header's cell is made; None when it is one.

    That is so when one of the two is a column's name, or when a capital follows a small letter.
    """
    keys = header_keys()
    # What looks like data is never shown.
    if not 0 < len(name) <= 2 * HEADER_CHARACTERS or header_key(name) in keys:
        return None
    if "@" in name or sum(map(str.isdigit, name)) >= _DIGITS:
        return None
    for place in range(2, len(name) - 1):
        left, right = name[:place], name[place:]
        if len(left.strip()) == place and (header_key(left) in keys or header_key(right) in keys):
            by_name = _MET.match(name, place) is not None or name[place - 1] in "\"'”"
            if by_name or (header_key(left) in keys and header_key(right) in keys):
                return shown(left), shown(right)
    met = _MET.search(name)
    return (shown(name[: met.start()]), shown(name[met.start() :])) if met else None
