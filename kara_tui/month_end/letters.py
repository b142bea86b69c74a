"""Letters that the invoice's font lacks: told with field or row before anything is issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kara_tui import documents, settings
from kara_tui.model import Finding, Party, Session
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.wording import listed, rows_of, rows_said, verb
from kara_tui.settings import Problem, Profile

LETTERS_SHOWN = 5

# The session's texts that are printed, by the reader's fields, and the portal's word for each.
_TEXTS = {"service": "Service", "professional": "Professional", "sponsor": "Sponsor"}


def profile_problems(profile: Profile, theme: Path | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a profile: the deep check, and what cannot be printed.

    ``theme`` is the look that the month is to have, whose own faults are told elsewhere; None for
    the look that the profile names.
    """
    return (*settings.check(profile), *_unprintable(profile, theme))


def _unprintable(profile: Profile, theme: Path | None) -> Iterator[Problem]:
    try:
        folder = theme or settings.theme_folder("invoice", profile.theme)
        missing = documents.letters_missing(folder)
        labels = missing(documents.labels(profile.language))
    except (settings.UnknownTheme, settings.BadName, documents.DocumentError) as error:
        if theme is None:
            mend = "Mend it or choose another one."
            yield Problem("invoice.theme", profile.theme, str(error), mend)
        return
    if labels:
        yield Problem(
            "invoice.theme", profile.theme,
            f"Its font has no shape for {letters_said(labels)} of the labels in the language "
            f"{profile.language}.", "Choose another look or another language.",
        )  # fmt: skip
    for field, text in _texts(profile):
        letters = missing(text)
        if letters:
            yield Problem(
                field, text,
                f"The font of the invoice's look {folder.name} has no shape for "
                f"{letters_said(letters)}.",
                "Write it in other letters, or give the invoice a look whose font has them "
                "(docs/how-to/change-the-looks.md).",
            )  # fmt: skip


def _texts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Every text of the profile that reaches the paper, with its field."""
    yield from _party_texts("supplier", profile.supplier)
    yield from _party_texts("customer", profile.customer)
    for at, bank in enumerate(profile.banks, 1):
        where = "bank" if len(profile.banks) == 1 else f"bank {at}"
        yield f"{where}.holder", bank.holder
        yield f"{where}.bank_name", bank.bank_name
        yield from ((f"{where}.{scheme}", number) for scheme, number in bank.numbers)
    yield "vat.text", profile.vat.text
    yield "invoice.prefix", profile.numbering.prefix


def _party_texts(where: str, party: Party) -> Iterator[tuple[str, str]]:
    yield f"{where}.name", party.name
    yield from ((f"{where}.address", line) for line in party.address)
    yield f"{where}.country", party.country
    yield f"{where}.email", party.email
    yield from ((f"{where}.tax_ids.{tax.scheme}", tax.value) for tax in party.tax_ids)


def letter_findings(
    billed: Sequence[Candidate], missing: Callable[[str], str], headers: Mapping[str, str]
) -> Iterator[Finding]:
    """Sessions whose texts cannot be printed as they are, a finding for each file and column.

    ``missing`` gives the characters of a text that the look cannot print; ``headers`` are the
    file's own names of the reader's fields. A picture such as an emoji is left out in print, which
    is a warning; where words would be lost, a decision is needed.
    """
    for field, usual in _TEXTS.items():
        column = headers.get(field, usual)
        lost: dict[str, list[tuple[Session, str]]] = {}
        pictures: dict[str, list[tuple[Session, str]]] = {}
        for session in (candidate.session for candidate in billed):
            text = getattr(session, field)
            letters = missing(text)
            if letters:
                left = missing(documents.without_pictures(text, letters))
                those = lost if left else pictures
                those.setdefault(session.source, []).append((session, left or letters))
        for source, with_letters in lost.items():
            yield _lost(field, column, source, with_letters)
        for source, with_letters in pictures.items():
            yield _picture(field, column, source, with_letters)


def unprintable_fields(session: Session, profile: Profile, theme: str = "") -> tuple[str, ...]:
    """Which of a session's texts the invoice's look cannot print as they are: ``service``,
    ``professional``, ``sponsor``. ``theme`` is the month's look, by default the profile's.
    """
    try:
        folder = settings.theme_folder("invoice", theme or profile.theme)
        missing = documents.letters_missing(folder)
    except (settings.UnknownTheme, settings.BadName, documents.DocumentError):
        return ()
    return tuple(field for field in _TEXTS if missing(getattr(session, field)))


def _lost(
    field: str, column: str, source: str, with_letters: Sequence[tuple[Session, str]]
) -> Finding:
    sessions = [session for session, _ in with_letters]
    letters = "".join(letters for _, letters in with_letters)
    rows = rows_said(sessions)
    return finding(
        "letter-unprintable",
        f"The invoice's font has no shape for {letters_said(letters)} in column “{column}” "
        f"({rows} of {source}).",
        f"Say how it is to be printed: set_{field} in a file for --decisions, or Edit on the step "
        "Credit. Or give the invoice a look whose font has it (docs/how-to/change-the-looks.md).",
        rows=rows_of(sessions),
        source=source,
        column=column,
    )


def _picture(
    field: str, column: str, source: str, with_letters: Sequence[tuple[Session, str]]
) -> Finding:
    sessions = [session for session, _ in with_letters]
    letters = "".join(letters for _, letters in with_letters)
    is_one = len(set(letters)) == 1
    rows = rows_said(sessions)
    return finding(
        "picture-left-out",
        f"{letters_said(letters)} in column “{column}” ({rows} of {source}) "
        f"{verb(1 if is_one else 2, 'is', 'are')} left out on the invoice: its font has no shape "
        "for it. All words are printed, and the annex has both.",
        f"To print it otherwise: set_{field} in a file for --decisions, or Edit on the step "
        "Credit.",
        rows=rows_of(sessions),
        source=source,
        column=column,
    )


def letters_said(letters: str) -> str:
    """``“李” (U+674E)``, ``“李” (U+674E) and “娜” (U+5A1C)``; many are cut and counted."""
    each = list(dict.fromkeys(letters))
    shown = [documents.shown_character(char) for char in each[:LETTERS_SHOWN]]
    if len(each) > LETTERS_SHOWN:
        return f"{', '.join(shown)} and {len(each) - LETTERS_SHOWN:,} more"
    return listed(shown)
