"""Words whose letters were changed on the way: read twice, or lost, in whatever file they come.

Nothing is put right: what stands there is shown as it was read, before it stands on an invoice.
Only words of the professional, the sponsor and the service are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from kara_tui.exports.cells.cleaning import clean, shown
from kara_tui.exports.columns.headers import BILLED_FIELDS
from kara_tui.exports.findings import finding
from kara_tui.model import Finding

# Encodings in which programs read UTF-8 by mistake and saved what they saw.
_MISREAD = ("cp1252", "latin-1", "mac-roman", "cp437", "cp850", "cp1250", "cp1257", "iso-8859-15")
_SHOWN_CHARACTERS = 20
_LOST = re.compile(r"\ufffd|[^\W\d_]\?+[^\W\d_]|(?<!\S)\?+[^\W\d_]|(?<!\S)\?\?+(?!\S)")
# A tilde on a capital A begins no word of these languages; it is half of a letter read twice.
_HALF = re.compile(r"Ã(?![A-ZÀ-Þ])|Â(?=[\s\x80-¿]|$)")
# Letters read in another old encoding: no language has such words. A capital after a small letter
# is odd unless a name in two parts may go on with it (HeilsuÞjónusta); ASCII ones always may
# (McDonald, LinkedIn). No word begins with eth.
_HUMPS = "ÞÆÖÅÄØÁÍÓÚÜÉ"
_SMALL, _CAPITAL = "a-zß-öø-ÿœšžıƒﬁﬂ", "A-ZÀ-ÖØ-Þ"
_ODD_CAPITAL = f"(?![{_HUMPS}])[À-ÖØ-ÞŒŠŽŸ]"
_ODD = re.compile(
    rf"[{_SMALL}]{_ODD_CAPITAL}|[{_SMALL}][{_HUMPS}](?!\w)"
    rf"|\b[{_CAPITAL}]{_ODD_CAPITAL}[{_SMALL}]|\b[Ðð][^\W\d_]"
    "|[A-Za-z][Α-Ωα-ωЀ-ӿ]|[Α-Ωα-ωЀ-ӿ][A-Za-z]"
    f"|\\b[{_CAPITAL}]—[a-z]|[a-zß-öø-ÿ](?<!l)·[a-z]|(?<!\\S)´[a-zà-ÿ]{{3}}|’Ý[a-z]"
    # Signs that stand between letters, or before a small one, and belong to no word.
    r"|[^\W\d_][”„‚†‡‰‹›ˆ˜¡¢£¤¥¦¨¬¯°±²³¶¸¹¼½¾¿÷≤≥≡∂∑∏π∫ªºµ\u2500-\u259f\uf8ff◊√∞≈][^\W\d_]"
    r"|[^\W\d_][‚„ˆ](?!\w)|(?<!\w)[¦³¯¬¢¤¥£‰¨¸¶¹ˆ©®\u2500-\u259f\uf8ff][a-zà-öø-ÿ]"
)
# The letters beyond ASCII of the languages whose old encodings are read for one another: Þóra of
# Windows-1252 is “Ţóra” in 1250 and “Şóra” in 1254. Romanian has Ţ and no ó, Polish ó and no Ţ.
_ALPHABETS = tuple(
    map(
        frozenset,
        ("áðéíóúýþæöø", "åäöéüæøàá", "äöüßé", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "ãáàâçéêíóôõú",
         "ąćęłńóśźż", "áčďéěíňóřšťúůýžäĺľŕô", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "çğıöşüâîû",
         "ąčęėįšųūž", "āčēģīķļņšūžŗō", "äöõüšž", "ċġħżàèìòù"),
    )
)  # fmt: skip
_IN_THEM = frozenset().union(*_ALPHABETS)
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿ]")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_ASCII_LETTERS = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸƒ]{3,}")
_DOUBTED = r"[^\x00-\x7F]|\?"


def doubtful_words(payments: pl.DataFrame, name: str) -> list[Finding]:
    """A warning when words of a frame with ``row`` and texts look changed; else nothing."""
    rows: set[int] = set()
    example = ""
    for field in BILLED_FIELDS:
        if field not in payments.columns:
            continue
        odd = payments.select("row", field).filter(pl.col(field).str.contains(_DOUBTED))
        for row, text in odd.iter_rows():
            word = _changed(clean(text).split())
            if word:
                rows.add(row)
                example = example or f"{shown(word, _SHOWN_CHARACTERS)} in row {row}"
    if not rows:
        return []
    return [
        finding(
            "encoding-doubtful",
            f"Letters of {name} were changed before it came here, for example {example}.",
            "Export the payments again and use that file as it is, without saving it in another "
            "program: what stands there would be printed so.",
            rows=sorted(rows)[:20],
            count=len(rows),
            source=name,
        )
    ]


def _changed(words: Iterable[str]) -> str:
    return next((word for word in words if is_changed(word)), "")


def is_changed(word: str) -> bool:
    """Whether a word cannot have been written so: letters that were read in another encoding, or
    that became a question mark.
    """
    if _LOST.search(word) or _HALF.search(word):
        return True
    if word.isascii():
        return False
    return bool(
        _ODD.search(word)
        or _without_ascii(word)
        or _is_of_no_language(word)
        or any(_was_utf8(word, encoding) for encoding in _MISREAD)
    )


def _is_of_no_language(word: str) -> bool:
    """Whether a part of a word has letters of western and of eastern Europe that no alphabet joins.

    Only those of ``_ALPHABETS`` count: most Vietnamese names have letters that stand in none of
    them. The others are known by the đ at their beginning, where it is never a misread ð.
    """
    return any(_joins_two_alphabets(part.lower()) for part in _LETTERS.findall(word))


def _joins_two_alphabets(part: str) -> bool:
    letters = {char for char in part.removeprefix("đ") if char > "\x7f"}
    if len(letters) < 2 or not _WESTERN.search(part):
        return False
    return letters <= _IN_THEM and not any(letters <= alphabet for alphabet in _ALPHABETS)


def _without_ascii(word: str) -> bool:
    return _NOT_ASCII_LETTERS.fullmatch(word) is not None and not word.isupper()


def _was_utf8(word: str, encoding: str) -> bool:
    try:
        meant = word.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return any(0x80 <= ord(char) <= 0x17F or char in "’‘“”„–—…€" for char in meant)
