"""Where the user stood: step, answers and the exports' hashes, kept so that nothing is lost.

No row of an export is kept: on coming back the files are read again, and a file that has changed
is said to have changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from kara_tui import ledger, settings
from kara_tui.model import Decision, HowToRead, Month, SessionKind
from kara_tui.model.routing import Routing
from kara_tui.month_end.assess import MonthEnd
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Late, Request
from kara_tui.month_end.the_ledger import ledger_path, look, opened

VERSION = 1
_PATIENCE = 1.0  # seconds for another kara-tui, as a status in a prompt, to let go of the ledger


@dataclass(frozen=True, slots=True)
class Place:
    """A step and the request as it was then; ``exports`` maps each file to its SHA-256."""

    step: StepId
    request: Request
    exports: Mapping[str, str]

    def changed(self, month_end: MonthEnd) -> tuple[Path, ...]:
        """The files that are not what they were when the place was saved."""
        now = hashes(month_end)
        return tuple(Path(path) for path, digest in self.exports.items() if now.get(path) != digest)


def hashes(month_end: MonthEnd) -> dict[str, str]:
    """The SHA-256 of each export that was read, by its path."""
    request = month_end.request
    files = zip(
        (*request.paid, *request.unpaid), (*month_end.paid, *month_end.unpaid_files), strict=True
    )
    return {str(path): read.export.sha256 for path, read in files}


def save_place(
    step: str,
    request: Request,
    month_end: MonthEnd | None,
    is_passing: Callable[[Path], bool] = lambda _: False,
) -> None:
    """Keep the step, the answers, and the files' hashes if these very files were read.

    A file that ``is_passing``, as a pasted one, is not there the next time and is left out, as
    standard input is. Raises ledger.LedgerError when the ledger cannot be written to.
    """
    paid = tuple(file for file in request.paid if not is_passing(file))
    unpaid = tuple(file for file in request.unpaid if not is_passing(file))
    is_whole = (paid, unpaid) == (request.paid, request.unpaid)
    is_read = month_end is not None and month_end.request == request
    exports = hashes(month_end) if month_end is not None and is_whole and is_read else {}
    if request.paid and not paid:
        step = StepId.PAYMENTS
    request = replace(request, paid=paid, unpaid=unpaid)
    place = ledger.SavedPlace(step, _answers(request), exports)
    with opened(demo=request.demo, wait=_PATIENCE) as book:
        book.save_place(request.profile, place)


def load_place(request: Request) -> Place | None:
    """The place kept for the request's profile, with the request's own day, or None.

    Raises ledger.BrokenPlace when what was kept is not a place, and another ledger.LedgerError when
    the ledger cannot be read. A place written by a newer kara-tui is passed over.
    """
    with look(demo=request.demo) as book:
        kept = None if book is None else book.load_place(request.profile)
    if kept is None:
        return None
    try:
        value = json.loads(kept.answers)
        if _is_newer(value):
            return None
        return Place(StepId(kept.step), _request(value, request), dict(kept.exports))
    except (settings.BadName, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ledger.BrokenPlace from None


def found_place(request: Request) -> tuple[Place | None, str]:
    """The place that was kept, and a sentence when one was there that cannot be taken up.

    A broken one is forgotten, so that it is said once; no start ends with it. Raises
    ledger.LedgerError when the ledger cannot be read.
    """
    try:
        return load_place(request), ""
    except ledger.BrokenPlace as error:
        with suppress(ledger.LedgerError):
            clear_place(request)
        return None, f"{error.message} Nothing that was issued is touched by it. {error.hint}"


def clear_place(request: Request) -> None:
    """Forget the place: the user begins anew."""
    path = ledger_path(demo=request.demo)
    if path.exists():
        with opened(demo=request.demo) as book:
            book.clear_place(request.profile)


def _answers(request: Request) -> str:
    value = {
        "version": VERSION,
        "paid": [str(path) for path in request.paid if str(path) != "-"],
        "unpaid": [str(path) for path in request.unpaid if str(path) != "-"],
        "month": None if request.month is None else str(request.month),
        "reading": [
            request.reading.date_order, request.reading.decimal, request.reading.time_zone,
        ],
        "theme": request.theme,
        "out": None if request.out is None else str(request.out.absolute()),
        "decisions": dict(request.decisions),
        "left_out": dict(request.left_out),
        "bill": dict(request.bill),
        "corrections": {
            fingerprint: [
                correction.time.isoformat() if correction.time is not None else "",
                correction.kind or "", correction.service or "", correction.sponsor or "",
                correction.professional or "",
            ]
            for fingerprint, correction in request.corrections.items()
        },
        "routes": dict(request.routes),
        "late": request.late,
    }  # fmt: skip
    # In ASCII, because the name of a file need not be UTF-8, and SQLite's text is.
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _is_newer(value: dict[str, object]) -> bool:
    version = value["version"]
    if type(version) is not int or version < 1:
        raise ValueError("a place has a version")
    return version > VERSION


def _request(value: dict[str, object], now: Request) -> Request:
    def texts(key: str) -> list[str]:
        held = value[key]
        if not isinstance(held, list) or not all(isinstance(item, str) for item in held):
            raise TypeError(key)
        return held

    def path(text: object) -> Path:
        if not isinstance(text, str) or not text or "\0" in text:
            raise ValueError("no path")
        return Path(text)

    def pairs(key: str) -> dict[str, str]:
        held = value.get(key, {})
        if not isinstance(held, dict):
            raise TypeError(key)
        return {str(k): str(v) for k, v in held.items()}

    month, out, theme = value["month"], value["out"], str(value["theme"])
    return replace(
        now,
        paid=tuple(path(text) for text in texts("paid")),
        unpaid=tuple(path(text) for text in texts("unpaid")),
        month=None if month is None else Month.parse(str(month)),
        reading=_reading(*texts("reading")),
        theme=settings.checked_name(theme, "theme") if theme else "",
        out=None if out is None else path(out),
        decisions={key: Decision(decision) for key, decision in pairs("decisions").items()},
        left_out=pairs("left_out"),
        bill=pairs("bill"),
        corrections=_corrections(value.get("corrections", {})),
        routes={sponsor: Routing(way) for sponsor, way in pairs("routes").items()},
        late=Late(str(value["late"])),
    )


def _reading(date_order: str, decimal: str, time_zone: str) -> HowToRead:
    if date_order not in ("", "dmy", "mdy", "ymd") or decimal not in ("", ",", "."):
        raise ValueError("no way to read")
    return HowToRead(date_order, decimal, time_zone)


def _corrections(value: object) -> dict[str, Correction]:
    kept = value.items() if isinstance(value, dict) else ()
    return {
        str(fingerprint): Correction(
            time.fromisoformat(moment) if moment else None,
            SessionKind(kind) if kind else None,
            *(name or None for name in names),
        )
        for fingerprint, (moment, kind, *names) in kept
    }
