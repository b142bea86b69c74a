"""How a text file is written: its separator, quotation marks, line ends, and where its header is.

What is usual is tried first. Another way of writing is taken only when the header is split by it
into more of the columns; the records below then have to fit it, one by one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TextIO

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.columns.aliases import all_aliases, header_keys, matched, own_keys
from kara_tui.exports.rows.header_search import HEADER_FIELDS_SURE, HEADER_WITHIN, find_header
from kara_tui.model import HowToRead

# What parts the cells of a file, and what each is called.
SEPARATOR_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
SEPARATORS = tuple(SEPARATOR_WORDS)
_OTHER_WORDS = {
    " ": "blanks", "^": "carets", "~": "tildes", ":": "colons", "#": "number signs",
    "/": "slashes", "\x1f": "unit separators (U+001F)", "\x1e": "record separators (U+001E)",
}  # fmt: skip
# What ends a line in files of other systems, and in none that the csv module knows.
LINE_ENDS = {
    "\x85": "NEL (U+0085)", "\u2028": "line separators (U+2028)",
    "\u2029": "paragraph separators (U+2029)", "\v": "vertical tabs", "\f": "form feeds",
    "\x1e": "record separators (U+001E)", "\x1d": "group separators (U+001D)",
}  # fmt: skip
# Stand in for separators and quotation marks of several signs. No text has these code points.
_SEPARATOR_MARK, _QUOTE_MARK = "\ufdd0", "\ufdd1"
# A separator has no more signs.
_LONGEST = 8
_CHUNK = 1 << 16
_LINE_END = re.compile(r"\r\n|\r|\n")


class Record(NamedTuple):
    """A record as it stands in a file: the row that it begins in, the lines that it goes over."""

    row: int
    cells: list[str]
    lines: list[str]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells) or not any(map(clean, self.cells))


class Dialect(NamedTuple):
    """How a text file is written. ``header`` is the header's index among the records that are not
    blank, of its last row where it has several; ``declared`` says that a first line ``sep=;`` names
    the separator, and ``blanks`` that a blank follows each separator and is no part of the cell.
    ``quote`` opens and closes a cell; ``line_end`` is empty where lines end as usual. ``errors``
    says what becomes of bytes that are no letters.
    """

    encoding: str
    separator: str
    header: int
    declared: bool
    blanks: bool = False
    quote: tuple[str, str] = ('"', '"')
    escape: str = ""
    line_end: str = ""
    header_rows: int = 1
    errors: str = "strict"

    @property
    def is_usual(self) -> bool:
        """Whether a scan can read the file as well."""
        return (
            self.separator in SEPARATORS
            and self.quote == ('"', '"')
            and not (self.escape or self.line_end)
            and self.header_rows == 1
        )

    def records(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        """The cells of each record. Raises csv.Error where ``strict``."""
        by = self.separator if len(self.separator) == 1 else _SEPARATOR_MARK
        left, right = self.quote
        of_one = left == right and len(left) == 1
        reader = csv.reader(
            lines if by == self.separator and of_one else map(self._marked, lines),
            delimiter=by,
            quotechar=left if of_one else _QUOTE_MARK,
            escapechar=self.escape or None,
            skipinitialspace=self.blanks,
            strict=strict,
        )
        return reader if by == self.separator else map(self._unmarked, reader)

    def header_among(self, records: Iterable[Record]) -> tuple[list[Record], Record | None]:
        """The titles above the header, and the header, its last row where it has several; what
        comes after stays in ``records``.
        """
        titles: list[Record] = []
        for record in records:
            if not record.is_blank:
                if len(titles) == self.header:
                    return titles, record
                titles.append(record)
        return titles, None

    def lines(self, text: TextIO) -> Iterable[str]:
        """The file's lines, each with a line end that is known here."""
        return self._lines_by_their_end(text) if self.line_end else text

    def _lines_by_their_end(self, text: TextIO) -> Iterator[str]:
        rest = ""
        while chunk := text.read(_CHUNK):
            *lines, rest = (rest + chunk).split(self.line_end)
            yield from (f"{line}\n" for line in lines)
        if rest:
            yield rest

    def _marked(self, line: str) -> str:
        by = self.separator
        if len(by) > 1:
            line, by = line.replace(by, _SEPARATOR_MARK), _SEPARATOR_MARK
        left, right = map(re.escape, self.quote)
        if self.quote[0] == self.quote[1] and len(self.quote[0]) == 1:
            return line
        by = re.escape(by)
        line = re.sub(rf"(^|{by}){left}", rf"\1{_QUOTE_MARK}", line)
        return re.sub(rf"{right}(?=$|{by}|[\r\n])", _QUOTE_MARK, line)

    def _unmarked(self, cells: list[str]) -> list[str]:
        return [cell.replace(_SEPARATOR_MARK, self.separator) for cell in cells]


def separator_word(separator: str) -> str:
    """A separator in words: “semicolons”, “colons”, “the signs ||”."""
    word = SEPARATOR_WORDS.get(separator) or _OTHER_WORDS.get(separator)
    if word:
        return word
    if not separator.isprintable():
        return " ".join(f"U+{ord(sign):04X}" for sign in separator)
    return f"the {'sign' if len(separator) == 1 else 'signs'} {separator}"


class _Sniffed(NamedTuple):
    """A dialect, how many columns its header names, and the header's cells as they stand there."""

    dialect: Dialect
    fields: int
    cells: list[str]


def dialect_of(text: str, encoding: str, how: HowToRead) -> Dialect | None:
    """The dialect of a text by the row that names most columns; None when no row is a header."""
    sniffed = _by_separator(text, encoding, how)
    for end in LINE_ENDS:
        if end in text:
            other = _by_separator(text.replace(end, "\n"), encoding, how)
            # Without its own line ends the whole file is one line, which begins with the header.
            if other is not None and (
                sniffed is None
                or (other.fields >= sniffed.fields and len(other.cells) < len(sniffed.cells))
            ):
                return other.dialect._replace(line_end=end)
    return None if sniffed is None else sniffed.dialect


def header_of(text: str, how: HowToRead) -> list[str]:
    """The cells of the row that names most columns; none when no row is a header."""
    sniffed = _by_separator(text, "", how)
    return [] if sniffed is None else [clean(cell) for cell in sniffed.cells]


def body_of(text: str) -> tuple[str, str]:
    """A text without a first line that declares the separator, and that separator."""
    first = text.split("\n", 1)[0].strip("\r ")
    if first.casefold().startswith("sep=") and len(first) == 5:
        return text.partition("\n")[2], first[4]
    return text, ""


def _by_separator(text: str, encoding: str, how: HowToRead) -> _Sniffed | None:
    best: _Sniffed | None = None
    body, declared = body_of(text)
    for separator in (declared,) if declared else SEPARATORS:
        sniffed = _by(body, Dialect(encoding, separator, 0, bool(declared)), how)
        if sniffed is not None and (best is None or _score(sniffed) > _score(best)):
            best = sniffed
        if sniffed is not None and sniffed.fields >= HEADER_FIELDS_SURE:
            break
    if not declared and (best is None or best.fields < HEADER_FIELDS_SURE):
        for separator in other_separators(body):
            sniffed = _by(body, Dialect(encoding, separator, 0, declared=False), how)
            # Blanks part the words of names too: “Service” is then there again and again.
            once = sniffed is not None and all(
                len(places) == 1
                for places in matched(list(map(clean, sniffed.cells)), how).values()
            )
            if sniffed is not None and once and (best is None or sniffed.fields > best.fields):
                best = sniffed
    if best is None:
        return None
    quoted = _quoted(best, body, how)
    return _widened(best, body, how) if quoted is best else quoted


def _score(sniffed: _Sniffed) -> tuple[int, int]:
    return sniffed.fields, len(sniffed.cells)


def _by(body: str, dialect: Dialect, how: HowToRead) -> _Sniffed | None:
    records = _first_records(body, dialect, how)
    known, own = header_keys(), own_keys(how)
    texts = [[clean(cell) for cell in cells] for cells in records]
    index, fields = find_header(texts, known, own)
    if fields < HEADER_FIELDS_SURE:
        joined = [joined_header(*pair) for pair in pairwise(texts)]
        at, more = find_header(joined, known, own)
        if more >= HEADER_FIELDS_SURE:
            over_two_rows = dialect._replace(header=at + 1, header_rows=2)
            return _Sniffed(over_two_rows, more, records[at + 1])
    if index < 0:
        return None
    cells = records[index]
    blanks = all(cell.startswith(" ") for cell in cells[1:])
    return _Sniffed(dialect._replace(header=index, blanks=blanks), fields, cells)


def joined_header(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The names of a header over two rows; none when the rows are not of the same width."""
    if len(above) != len(below):
        return []
    return [f"{up} {low}".strip() for up, low in zip(above, below, strict=True)]


def _first_records(text: str, dialect: Dialect, how: HowToRead) -> list[list[str]]:
    """The first records that are not blank, as they stand there, down to a header for certain."""
    records: list[list[str]] = []
    try:
        for record in dialect.records(io.StringIO(text, newline=""), strict=False):
            cells = [clean(cell) for cell in record]
            if any(cells):
                records.append(record)
                # A header is seldom far down: do not split and clean the whole head for it.
                if len(records) == HEADER_WITHIN or (
                    len(matched(cells, how)) >= HEADER_FIELDS_SURE
                ):
                    break
    except csv.Error:
        pass  # whatever is wrong there is named when the file itself is split
    return records


def other_separators(text: str) -> list[str]:
    """What stands behind known names of columns more than once: the commonest first."""
    counted: Counter[str] = Counter()
    for line in _LINE_END.split(text, HEADER_WITHIN)[:HEADER_WITHIN]:
        behind_names = Counter(m.group(1) for m in _behind_names().finditer(line[:2000]))
        counted |= Counter({sign: times for sign, times in behind_names.items() if times > 1})
    # Columns of blanks are no separators: their number differs from cell to cell.
    return [sign for sign, _ in counted.most_common() if len(sign) == 1 or sign.strip(" ")]


@cache
def _behind_names() -> re.Pattern[str]:
    names = sorted(map(re.escape, all_aliases()))
    longest_first = "|".join(sorted(names, key=len, reverse=True))
    sign = rf"[^\w\"'`´“”]{{1,{_LONGEST}}}"
    return re.compile(
        rf"(?<!\w)(?:{longest_first})[\"'`´”]?({sign})[\"'`´“]?(?=[\w\"]|$)", re.IGNORECASE
    )


def _widened(sniffed: _Sniffed, body: str, how: HowToRead) -> _Sniffed:
    """The same with a separator of several signs, where one of them alone was found."""
    own = sniffed.dialect.separator
    for separator in other_separators(body)[:1]:
        if own in separator and separator not in (own, f"{own} ") and set(separator) != {own}:
            wide = _by(body, sniffed.dialect._replace(separator=separator, blanks=False), how)
            # Blanks may stand around the header's names and not around the cells below.
            lines = [line for line in _LINE_END.split(body, 2 * HEADER_WITHIN) if line.strip()]
            parted = sum(line.count(separator) >= len(sniffed.cells) - 1 for line in lines)
            if wide is not None and len(wide.cells) == len(sniffed.cells) and parted > 1:
                return wide
    return sniffed


def _quoted(sniffed: _Sniffed, body: str, how: HowToRead) -> _Sniffed:
    """The same with the signs that stand around each cell of the header."""
    # ="…" is the formula of a text, and is understood cell by cell.
    cells = [cell.strip().removeprefix("=") for cell in sniffed.cells if cell.strip()]
    for signs in (2, 1):
        left, right = cells[0][:signs], cells[0][-signs:]
        if len(cells) < HEADER_FIELDS_SURE or any(map(str.isalnum, left + right)):
            continue
        if all(len(c) > 2 * signs and c.startswith(left) and c.endswith(right) for c in cells):
            quoted = _by(body, sniffed.dialect._replace(quote=(left, right)), how)
            if quoted is not None and quoted.fields >= sniffed.fields:
                return quoted
    return sniffed
