"""How the letters of a text file are written, as far as its bytes tell."""

from __future__ import annotations

import re

from kara_tui.exports.export import HowToRead, Unreadable
from kara_tui.exports.findings import finding

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
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b\$(?:A|\(C)|\x1b\.[AF]"), "iso2022_jp_2"),
    (re.compile(rb"\x1b(?:\$[@B]|\$\(D|\([IJ])"), "iso2022_jp_ext"),
)
_UTF7 = re.compile(rb"\+[A-Za-z0-9/]{3,}-?")
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


def in_seven_bits(head: bytes, how: HowToRead) -> str:
    """The encoding of a file that is ASCII to the eye and means other letters, else nothing."""
    if how.encoding or not head.isascii():
        return ""
    if b"\x1b" in head:
        return next((name for signs, name in _ISO_2022 if signs.search(head)), "")
    return "utf-7" if any(map(_is_utf7, _UTF7.findall(head))) else ""


def _is_utf7(signs: bytes) -> bool:
    try:
        return _LATIN_LETTER.search(signs.decode("utf-7")) is not None
    except UnicodeDecodeError:
        return False


def refuse_seven_bits(head: bytes, how: HowToRead, name: str) -> None:
    """Raises Unreadable for a file in an encoding that is read only when it is named."""
    encoding = in_seven_bits(head, how)
    if encoding:
        raise Unreadable(
            finding(
                "encoding-unknown",
                f"Letters of {name} look written in {encoding}, which is never guessed.",
                "Open the file in a spreadsheet and save it as CSV UTF-8, or write in the profile "
                f'under [reading]: encoding = "{encoding}"',
                source=name,
            )
        )
