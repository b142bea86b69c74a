"""Checks of single values: a value goes in as typed and comes out as it is kept, or is refused.

All are cheap (no library, no table to load): they run each time a profile is read, and at each key
pressed in a form. What needs checksums or calendars is in ``deep_check.py``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from pathlib import PurePath

from kara_tui.model import UnknownCurrency, minor_units
from kara_tui.settings.locations import BadName, checked_name
from kara_tui.settings.problem import Refused
from kara_tui.text import header_key

Check = Callable[[str], str]

LONGEST_TEXT = 120
LONGEST_PATH = 1000
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3: a path is at most 256 octets, two are its brackets
# No header of an export is longer; what is longer is data.
LONGEST_HEADER = 60
# What a column of an export can be, and the word that lets one be read that may seem a client's.
EXPORT_FIELDS = (
    "transaction_date", "session_date", "time", "service", "price", "currency", "type", "sponsor",
    "professional", "professional_email", "payment_id",
)  # fmt: skip
CONFIRMED = "confirmed"
# Codecs for domain names and for Python's own source: no file is written in them.
_OF_PYTHON = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
LANGUAGES = frozenset({"da", "de", "en", "is", "nb", "sv"})


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ISO 3166-1 alpha-2, officially assigned codes.
COUNTRIES = _codes(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
)
EU_COUNTRIES = _codes(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
)
# Countries whose holidays differ so much between parts that there is no calendar of the whole.
SUBDIVIDED = {"GB": ("ENG", "NIR", "SCT", "WLS")}

_MISNAMED_COUNTRIES = {"UK": "GB", "EL": "GR", "EN": "GB", "SW": "SE", "DEN": "DK"}
_OTHER_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_DOMAIN_LABEL = re.compile(r"[^\W_](?:[^\W_]|-)*\Z")
_PREFIX = re.compile(r"[A-Za-z0-9_.-]*\Z")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*\Z")


def text(value: str, longest: int = LONGEST_TEXT) -> str:
    """One line of text: outer blanks gone, composed accents (NFC), nothing invisible in it."""
    # A name copied from a PDF may carry its accents apart from its letters; fonts want them joined.
    kept = unicodedata.normalize("NFC", value.translate(_OTHER_SPACES)).strip()
    if not kept:
        raise Refused("This is empty.", "Write something here, or take the line out.")
    if not kept.isprintable():
        raise Refused(
            "It holds a line break, or a character that cannot be seen or printed.",
            "Type it anew on one line instead of pasting it.",
        )
    if len(kept) > longest:
        raise Refused(
            f"It is {len(kept)} characters long.", f"Write it in {longest} characters or fewer."
        )
    return kept


def long_text(value: str) -> str:
    """Like ``text``, with room for a sentence or two."""
    return text(value, 400)


def email(value: str) -> str:
    """An e-mail address: one plain address with a full domain, which may hold letters like ö.

    Letters beyond ASCII before the @ are refused: mail servers without SMTPUTF8 (RFC 6531) lose
    such mail.
    """
    kept = text(value, LONGEST_EMAIL)
    mend = "Write it like name@example.is."
    local, at, domain = kept.rpartition("@")
    if not at:
        raise Refused("This is not an e-mail address: it has no @.", mend)
    if not local.isascii():
        raise Refused("Letters such as þ or ö do not work before the @ of an address.", mend)
    labels = domain.split(".")
    if not _LOCAL_PART.match(local) or len(local) > 64:
        raise Refused("The part before the @ is not that of an e-mail address.", mend)
    if len(labels) < 2 or not all(
        _DOMAIN_LABEL.match(label) and not label.endswith("-") and len(label) <= 63
        for label in labels
    ):
        raise Refused("The part after the @ is not a full domain.", mend)
    if not domain.isascii():
        try:
            domain.encode("idna")
        except UnicodeError:
            raise Refused("The part after the @ is not a domain that can exist.", mend) from None
    return kept


def country(value: str) -> str:
    """A country by its two letters of ISO 3166-1."""
    code = value.strip().upper()
    if code in COUNTRIES:
        return code
    meant = _MISNAMED_COUNTRIES.get(code)
    raise Refused(
        "This is not a country's two-letter code (ISO 3166-1).",
        f'Write "{meant}".' if meant else 'Write for example "IS", "IE", "GB", "SE" or "DK".',
    )


def currency(value: str) -> str:
    """A currency by its three letters of ISO 4217, one whose decimals are known here."""
    code = value.strip().upper()
    try:
        minor_units(code)
    except UnknownCurrency:
        raise Refused(
            "This is not a currency code that kara-tui knows.",
            'Write for example "EUR", "ISK", "GBP" or "SEK".',
        ) from None
    return code


def one_of(choices: Collection[str]) -> Check:
    """A check that takes exactly these words, whatever their case."""

    def check(value: str) -> str:
        word = value.strip().lower()
        if word not in choices:
            raise Refused(
                "This is not one of the words that can stand here.",
                f"Write one of: {', '.join(sorted(choices))}.",
            )
        return word

    return check


def prefix(value: str) -> str:
    """What stands before an invoice's number; a part of file names, so of plain characters only."""
    kept = value.strip()
    if len(kept) > 20 or not _PREFIX.match(kept) or kept.startswith("."):
        raise Refused(
            "An invoice number's prefix is a part of file names.",
            'Use up to 20 letters a to z, digits, hyphens, points and underscores, like "KC-".',
        )
    return kept


def subdivision(value: str) -> str:
    """A part of a country whose holidays count, as the calendar names it, for example ``SCT``."""
    kept = value.strip().upper()
    if kept and not (kept.isascii() and kept.replace("-", "").isalnum() and len(kept) <= 8):
        raise Refused("This is not the code of a part of a country.", 'Write for example "SCT".')
    return kept


def time_zone(value: str) -> str:
    """An IANA time zone by its form; whether there is such a zone is looked up in ``check``."""
    kept = value.strip()
    if kept and (not _ZONE.match(kept) or len(kept) > 64):
        raise Refused(
            "This is not the name of a time zone.", 'Write for example "Atlantic/Reykjavik".'
        )
    return kept


def encoding(value: str) -> str:
    """A text encoding that Python knows, by the name that Python gives it."""
    kept = value.strip()
    try:
        python_name = codecs.lookup(kept).name
        # A codec that is no text encoding (rot13, zlib) is refused by str.encode.
        usable = (
            "65,00".encode(python_name).decode(python_name) == "65,00"
            and python_name not in _OF_PYTHON
        )
    except (LookupError, ValueError):  # UnicodeError among them
        usable = False
    if not usable:
        raise Refused(
            "This is not a text encoding that Python knows.",
            'Write for example "mac-roman", "iso-8859-15" or "utf-16".',
        )
    return kept.lower()


def header(value: str) -> str:
    """A header as an export has it: a text with letters or digits by which it can be told."""
    kept = text(value, LONGEST_HEADER)
    if not header_key(kept):
        raise Refused("This header has no letter and no digit.", "Copy it from your file.")
    return kept


def export_field(value: str) -> str:
    """A field of an export, and after it ``confirmed`` for a column that may seem a client's."""
    words = value.lower().split()
    if len(words) == 2 and words[1] == CONFIRMED:
        return f"{one_of(EXPORT_FIELDS)(words[0])} {CONFIRMED}"
    return one_of(EXPORT_FIELDS)(value)


def folder(value: str) -> str:
    """A folder by its whole path, or from the home on, as it is spelled: names differ by blanks."""
    if not value.isprintable() or len(value) > LONGEST_PATH:
        raise Refused("This cannot be the path of a folder.", "Type it anew on one line.")
    if value != "~" and not value.startswith("~/") and not PurePath(value).is_absolute():
        raise Refused(
            "It does not say where the folder lies.",
            'Write its whole path, or begin with ~/ for your home, like "~/Documents/Invoices".',
        )
    return value


def theme_name(value: str) -> str:
    """A look by its name; whether there is one is found out when the invoice is drawn."""
    try:
        return checked_name(value, "theme")
    except BadName as bad:
        raise Refused(str(bad), 'Write for example "classic".') from None


def is_rate(rate: Decimal) -> bool:
    """Whether this can be a VAT rate: above 0 and below 100 percent, at most three decimals."""
    return rate.is_finite() and 0 < rate < 100 and round(rate, 3) == rate


def nearest(word: str, known: Collection[str] | Mapping[str, object]) -> str:
    """The known word most like this one, or an empty string when none is."""
    # Imported here: only a mistake needs it.
    from difflib import get_close_matches

    matches = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""
