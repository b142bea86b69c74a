"""Ten years of a clinic: what issuing, status and verify take as the ledger grows.

``python -m tests.benchmarks.ledger [SESSIONS…]``; the default is 10 000, 100 000 and a million,
which is ten years of 200 professionals. Each ledger is written by issuing its 120 months, with
documents of the size that Typst makes of them. Drawing is not part of what is measured here.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from kara_tui.ledger import (
    BillableSession,
    DraftInvoice,
    IssueOrder,
    Rendered,
    RenderedDocument,
    fingerprints,
    open_ledger,
)
from kara_tui.ledger.book import Ledger
from kara_tui.model import File, Money, Month, Series, Session, total

MONTHS = 120
FIRST = Month(2026, 1)
LIMITS = {"issue the next month": 1.0, "status": 1.0, "verify": 60.0}
_BYTES = random.Random(1).randbytes(1 << 22)


def sessions(month: Month, count: int) -> list[Session]:
    """A month of a clinic: a professional for every 40 sessions."""
    days = (month.last - month.first).days + 1
    return [
        Session(
            row=index + 2,
            source="paid.csv",
            date=month.first + timedelta(days=index % days),
            time=clock_time(8 + index // 40 % 10, 0),
            service=("Therapy session", "Couples therapy", "Supervision")[index % 3],
            price=Money(12_500 + index % 7 * 500, "ISK"),
            professional=f"Professional {index // 40} Jónsdóttir",
            professional_email=f"professional.{index // 40}@clinic.example",
            sponsor=f"Sponsor {index % 25}",
        )
        for index in range(count)
    ]


def order(month: Month, billed: list[Session]) -> IssueOrder:
    """The month's order; what the document is drawn from takes 150 bytes a session."""
    net = total((item.price for item in billed), "ISK")
    items = tuple(map(BillableSession, billed, fingerprints(billed)))
    draft = DraftInvoice(
        net, Money(0, "ISK"), net, month.next().last, "x" * 150 * len(billed), items
    )
    return IssueOrder("clinic", "Clinic ehf.", Series("C-", 0), month, month.next().first, (draft,))


def drawing(count: int) -> Callable[[tuple[str, ...]], Rendered]:
    """A PDF of 60 KB and 95 bytes a session, an annex of 40 bytes, and both in the mail."""
    pdf, annex = _BYTES[: 60_000 + 95 * count], _BYTES[: 40 * count]

    def draw(numbers: tuple[str, ...]) -> Rendered:
        name = numbers[0]
        document = RenderedDocument(File(f"{name}.pdf", pdf), File(f"{name}.xlsx", annex))
        return Rendered((document,), File(f"{name}.eml", (pdf + annex) * 4))

    return draw


def now() -> datetime:
    return datetime(2036, 2, 1, tzinfo=UTC)


def status(path: Path) -> None:
    """What ``kara-tui status`` asks."""
    with open_ledger(path, now=now) as ledger:
        ledger.invoices()
        ledger.decisions()
        ledger.load_place("clinic")
        ledger.head()


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measured(folder: Path, count: int) -> dict[str, float]:
    """Write a ledger of that many sessions and measure each act on it once, in seconds."""
    path = folder / "ledger.sqlite"
    each = count // MONTHS
    month = FIRST
    draw = drawing(each)
    found: dict[str, float] = {}
    start = time.perf_counter()
    with open_ledger(path, now=now) as ledger:
        for _ in range(MONTHS):
            ledger.issue(order(month, sessions(month, each)), draw)
            month = month.next()
    found["(writing 120 months)"] = time.perf_counter() - start
    found["(megabytes)"] = path.stat().st_size / 1e6
    found["status"] = seconds(lambda: status(path))
    billed = sessions(month, each)
    wanted = order(month, billed)
    with open_ledger(path, now=now) as ledger:
        found["which sessions are billed"] = seconds(lambda: ledger.billed(fingerprints(billed)))
        found["near matches"] = seconds(lambda: ledger.near_matches(billed, fingerprints(billed)))
        found["issue the next month"] = seconds(lambda: ledger.issue(wanted, draw))
        found["start: look at the copies"] = _copies(ledger, folder / "out")
        found["verify"] = seconds(lambda: _whole(ledger))
        found["backup, verified"] = seconds(lambda: ledger.backup(folder / "backups"))
    return found


def _copies(ledger: Ledger, out: Path) -> float:
    ledger.repair(out)
    return seconds(lambda: ledger.repair(out))


def _whole(ledger: Ledger) -> None:
    problems = ledger.verify().problems
    if problems:
        raise RuntimeError(f"the ledger is not whole: {problems}")


def main(counts: list[int]) -> int:
    """Print a table: seconds for each size, and how they grow. 1 when a limit is passed."""
    columns = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            columns.append(measured(Path(folder), count))
    print(f"{'seconds':28}" + "".join(f"{count:>12,}" for count in counts) + f"{'growth':>10}")
    over = False
    for name in columns[0]:
        values = [column[name] for column in columns]
        limit = LIMITS.get(name)
        over = over or (limit is not None and max(values) > limit)
        growth = f"×{values[-1] / values[0]:.1f}"
        told = f"  (limit {limit:g})" if limit else ""
        print(f"{name:28}" + "".join(f"{value:12.3f}" for value in values) + f"{growth:>10}{told}")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(
        main([int(argument) for argument in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
    )
