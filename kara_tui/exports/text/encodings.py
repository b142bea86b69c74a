"""How the letters of a text file are written, as far as its bytes tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kara_tui.exports.findings import finding
from kara_tui.model import Finding, HowToRead

# What stands for a byte that is no letter, in a file that is read although it has some; what stands
# for a letter beyond ASCII that is one.
LOST_BYTE = re.compile("[\udc80-\udcff]")
PROPER_LETTER = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
# The mark of UTF-32 begins as that of UTF-16 does, so it is looked for first.
_BOMS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# ISO 2022 changes its set of signs with an escape; what comes after may hold commas and quotes.
_ISO_2022 = (
    (re.compile(r"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(r"\x1b\$(?:A|\(C)|\x1b\.[AF]"), "iso2022_jp_2"),
    (re.compile(r"\x1b(?:\$[@B]|\$\(D|\([IJ])"), "iso2022_jp_ext"),
)
_UTF7 = re.compile(r"\+[A-Za-z0-9/]{3,}-?")
# Letters of European languages: what UTF-7 hides in names, and a telephone number never gives.
_LATIN_LETTER = re.compile(r"[À-ÖØ-öø-ſ]")


def encodings(head: bytes, how: HowToRead) -> tuple[str, ...]:
    """The encodings to try: the one the user named, else by the file's first bytes.

    The first that decodes the whole file is taken.
    """
    if how.encoding:
        return (how.encoding,)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return (encoding,)
    # UTF-32 and UTF-16 without a mark: in mostly Western text three of four bytes, or every other
    # byte, are zero.
    quarters = [head[at::4].count(0) for at in range(4)]
    most = len(head) // 5
    if min(quarters[1:]) > most and quarters[0] <= most // 4:
        return ("utf-32-le",)
    if min(quarters[:3]) > most and quarters[3] <= most // 4:
        return ("utf-32-be",)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even <= odd // 4:
        return ("utf-16-le",)
    if even > len(head) // 4 and odd <= even // 4:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def in_seven_bits(text: str) -> str:
    """The encoding of a cell that is ASCII to the eye and means other letters, else nothing."""
    if "\x1b" in text:
        return next((name for signs, name in _ISO_2022 if signs.search(text)), "")
    return "utf-7" if any(map(_is_utf7, _UTF7.findall(text))) else ""


def _is_utf7(signs: str) -> bool:
    try:
        return _LATIN_LETTER.search(signs.encode().decode("utf-7")) is not None
    except UnicodeError:
        return False


def never_guessed(encoding: str, rows: Sequence[int], name: str) -> Finding:
    """The finding for texts in an encoding of seven bits, which is read only when it is named."""
    return finding(
        "encoding-unknown",
        f"Row {rows[0]} of {name} has a text that looks written in {encoding}, which is never "
        "guessed.",
        "Open the file in a spreadsheet and save it as CSV UTF-8, or write in the profile under "
        f'[reading]: encoding = "{encoding}"',
        rows=rows,
        source=name,
    )
