"""Names as people read them: when two spellings are one name, and when they are nearly one.

Programs and hands write one company in many ways: in capitals, with another apostrophe, with HTML
entities out of a web page. Such spellings are the *same* name. Spellings that a person would
hesitate over, as one letter off or an accent missing, are *near*: never taken for one name, but
asked about.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# An entity ends with a semicolon; a number may lack it, which no prose has by chance.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_NESTED = re.compile(r"&(?:amp;|AMP;|#0*38;|#[xX]0*26;)+(?=[#A-Za-z])")
_AT_MOST = 5

# Signs of which there are many kinds and that a reader does not tell apart.
_APOSTROPHES = "'`´ʹʻʼʽʾʿˈ‘’‚‛′‵＇՚׳"
_QUOTES = '"“”„‟«»‹›″‶〝〞〟＂'
_DASHES = "-‐‑‒–—―−﹘﹣－⁃"
_ONE_SIGN = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys(_DASHES, "-"),
        # A dotless and a dotted i are one letter's two forms where case is folded in Turkish.
        "ı": "i",
        "İ": "i",
    }
)
# Some programs put a backslash before a quotation mark that they store.
_ESCAPED = re.compile(r"\\+(?=['\"])")
_AROUND_SIGNS = re.compile(r"\s*([-&/+])\s*")
_LAST_OF_A_WORD = ".,;:!?…。、·"
_NO_LETTERS = frozenset({"Cc", "Cf", "Cs"})

# Letters that Unicode does not take apart into a plain one and a mark, and letters of two other
# alphabets that look like Latin ones.
_PLAIN = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h",
        "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
        "т": "t", "у": "y", "х": "x", "і": "i", "ѕ": "s", "α": "a", "β": "b", "ε": "e", "η": "h",
        "ι": "i", "κ": "k", "μ": "m", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "y", "χ": "x",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[0-9]+")
# Forms of companies, and words between names, by which two spellings of one often differ.
_FORMS = frozenset(
    {"ab", "ag", "aps", "as", "asa", "bv", "cic", "clg", "co", "company", "corp", "corporation",
     "dac", "ehf", "ek", "eu", "ev", "gmbh", "hf", "inc", "incorporated", "ivs", "kb", "kft", "kg",
     "ks", "limited", "llc", "llp", "ltd", "mbh", "nv", "oy", "oyj", "ohf", "plc", "pty", "sa",
     "sarl", "se", "ses", "sf", "sl", "slf", "spa", "srl", "svf", "uab", "uc", "ug"}
)  # fmt: skip
_BETWEEN = frozenset({"and", "og", "och", "und", "et", "en", "ja", "y", "the"})
# From so many letters on one letter may be off, from so many two, and from so many the rest may be
# missing: names are cut, and a branch is named behind its company.
_ONE_OFF, _TWO_OFF, _CUT = 4, 12, 8


def unescaped(text: str) -> str:
    """The text with its HTML entities undone, those that were encoded several times too.

    What comes out may be any character: whoever shows it cleans it first.
    """
    if "&" not in text:
        return text
    for _ in range(_AT_MOST):
        undone = _ENTITY.sub(_character, _NESTED.sub("&", text))
        if undone == text:
            break
        text = undone
    return text


def _character(entity: re.Match[str]) -> str:
    import html  # its table of two thousand entities is wanted by few files

    undone = html.unescape(entity[0])
    # A name in capitals has its entities in capitals too.
    return html.unescape(entity[0].lower()).upper() if undone == entity[0].upper() else undone


def has_entities(text: str) -> bool:
    """Whether ``unescaped`` would change the text."""
    return "&" in text and unescaped(text) != text


@lru_cache(maxsize=16_384)
def same(text: str) -> str:
    """What a name is compared by: two spellings of one name have the same.

    HTML entities, case (of Turkish and German too), compatibility forms and the way accents are
    encoded, kinds of apostrophes, quotation marks, dashes and blanks, what cannot be seen, and
    punctuation at the end of a word make no difference. Accents do.
    """
    plain = _ESCAPED.sub("", unicodedata.normalize("NFKC", unescaped(text)).translate(_ONE_SIGN))
    kept = "".join(
        " " if char.isspace() else char
        for char in plain
        if char.isspace() or unicodedata.category(char) not in _NO_LETTERS
    )
    # Folding can part a letter and its mark, and can bring a sign back: once more the one form.
    folded = unicodedata.normalize("NFKC", kept.casefold()).translate(_ONE_SIGN)
    words = _AROUND_SIGNS.sub(r"\1", " ".join(folded.split())).split()
    bare = " ".join(filter(None, (word.rstrip(_LAST_OF_A_WORD) for word in words)))
    return bare.strip("\"'-" + _LAST_OF_A_WORD + " ") or " ".join(words)


def are_same(one: str, other: str) -> bool:
    """Whether two spellings are one name."""
    return one == other or same(one) == same(other)


def are_near(one: str, other: str) -> bool:
    """Whether two spellings are nearly one name: a person is to say whether they are.

    Near are names that differ in accents, in look-alike letters, in a company's form (Ltd, ehf.),
    in “and”, in the order or the blanks between words, or in a letter, and those of which one is
    the beginning of the other. Names with other numbers in them never are. Of spellings that are
    the same it is true as well.
    """
    if are_same(one, other):
        return True
    ours, theirs = _rough(one), _rough(other)
    if (
        not ours
        or not theirs
        or _DIGITS.findall(" ".join(ours)) != _DIGITS.findall(" ".join(theirs))
    ):
        return False
    if sorted(ours) == sorted(theirs):
        return True
    mine, yours = "".join(ours), "".join(theirs)
    if mine == yours:
        return True
    shorter = min(len(mine), len(yours))
    if shorter >= _CUT and (mine.startswith(yours) or yours.startswith(mine)):
        return True
    off = 2 if shorter >= _TWO_OFF else 1 if shorter >= _ONE_OFF else 0
    return abs(len(mine) - len(yours)) <= off and _distance(mine, yours, off) <= off


def may_be_one_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: near, or sharing a word, or one of them is missing."""
    if not one or not other or are_near(one, other):
        return True
    return bool({word for word in _rough(one) if len(word) > 2}.intersection(_rough(other)))


def roughly(name: str) -> str:
    """What all spellings of a name have in common that differ in accents, form and word order."""
    return " ".join(sorted(_rough(name)))


@lru_cache(maxsize=16_384)
def _rough(text: str) -> tuple[str, ...]:
    """The words of a name without accents, form and “and”; all words where nothing else is left."""
    apart = unicodedata.normalize("NFKD", same(text).replace("'", ""))
    plain = "".join(char for char in apart if not unicodedata.combining(char)).translate(_PLAIN)
    # A form is written with points too: e.h.f., s.a.
    words = _WORD.findall(re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain))
    return tuple(word for word in words if word not in _FORMS | _BETWEEN) or tuple(words)


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are to be put in, taken out, changed or swapped, as far as ``most`` + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        last, row, earlier = row, [i], before
        for j, theirs in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (mine != theirs))
            swapped = i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs
            row.append(min(cost, earlier[j - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
        before = last
    return row[-1]
