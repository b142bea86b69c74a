"""Read exports that were polluted in systematic ways, beside what people load CSV files with.

    python -m tests.benchmarks.pollock --contenders BENCH_PYTHON [--write PAGE]

Ends with an error when kara-tui reads one wrong, asks badly more often than AT_MOST, or reads fewer
exactly than a program that has no wrong sum.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.pollock.export import COMPARED, HEADER, MONTH, TYPE, answer, cents, payments
from tests.benchmarks.pollock.files import all_files
from tests.benchmarks.pollock.judge import Verdict, judged, read_small, texts
from tests.benchmarks.pollock.pollution import Polluted

PROGRAM = Path(__file__).parent.parent / "contenders" / "pollock.py"
AT_MOST = 10
OURS = "kara-tui"
EXACT, REFUSED, WRONG = "exact", "refused", "wrong"


class Peer:
    """What another program made of the files: exact, refused or wrong, and the wrong sums."""

    def __init__(self, files: Sequence[Polluted], found: Mapping[str, list[list[str]] | None]):
        self.verdicts: list[str] = []
        self.wrong_sums = 0
        clean = answer(payments())
        for number, file in enumerate(files):
            said = found[name_of(number)]
            if said is None:
                self.verdicts.append(REFUSED)
                continue
            read = tuple(sorted(map(tuple, said)))
            right = file.answer is not None and read == file.answer.sessions
            self.verdicts.append(EXACT if right else WRONG)
            self.wrong_sums += cents(read) != (file.answer or clean).cents

    def of(self, verdict: str) -> int:
        return self.verdicts.count(verdict)


def name_of(number: int) -> str:
    """A file's name in the folder that the other programs read."""
    return f"{number:04}.csv"


def peers(python: str, files: Sequence[Polluted]) -> dict[str, Peer]:
    """All other programs, in a process of their own."""
    with tempfile.TemporaryDirectory(prefix="kara-tui-bench-") as folder:
        for number, file in enumerate(files):
            (Path(folder) / name_of(number)).write_bytes(file.data)
        names = [HEADER[place] for place in (*COMPARED, TYPE)]
        made = subprocess.run(
            [python, str(PROGRAM), folder, MONTH, *names],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return {name: Peer(files, found) for name, found in json.loads(made.stdout).items()}


def page(
    files: Sequence[Polluted], ours: Sequence[Verdict], others: Mapping[str, Peer]
) -> Iterator[str]:
    """The page of the documentation, line by line."""
    count = Counter(ours)
    yield "# Polluted exports\n"
    yield (
        f"A good export of 60 payments was spoiled in {len(files)} systematic ways, one a file,\n"
        "as files are that were opened, saved, joined, cut or written by other programs. The\n"
        "kinds are those of *Pollock: A Data Loading Benchmark* (Vitagliano et al., VLDB 2023),\n"
        "applied to an invented export of ours. Of each file the right answer is known: the\n"
        "month's Credit sessions, each with its texts, and their sum. Where a pollution loses\n"
        "something for good, the right answer is to ask.\n"
    )
    yield (
        "Made by `make bench-pollock`; do not edit. *Asked well*: kara-tui did not use the file,\n"
        "and gave a true reason: each kind of pollution states which codes and words are one,\n"
        "and which row is meant. *Asked badly*: any other reason. The other programs read\n"
        "each file with their defaults and all cells as texts; to name the columns and to choose\n"
        "the month is done for them. *Wrong sum* is their result taken as an invoice.\n"
    )
    yield "## In short\n"
    yield "| | exact | asked well, or refused | asked badly | wrong | wrong sum |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield (
        f"| {OURS} | {count[Verdict.EXACT]} | {count[Verdict.ASKED_WELL]} "
        f"| {count[Verdict.ASKED_BADLY]} | {count[Verdict.WRONG]} | {_wrong_sums(files, ours)} |"
    )
    for name, peer in others.items():
        yield (
            f"| {name} | {peer.of(EXACT)} | {peer.of(REFUSED)} | | {peer.of(WRONG)} "
            f"| {peer.wrong_sums} |"
        )
    yield "\n## By kind of pollution\n"
    yield (
        "Of kara-tui: exact / asked well / asked badly / wrong. Of the others: exact / refused /\n"
        "wrong.\n"
    )
    yield f"| kind | files | {OURS} | {' | '.join(others)} |"
    yield f"|---|---:|{'---:|' * (len(others) + 1)}"
    for kind in dict.fromkeys(file.kind for file in files):
        places = [place for place, file in enumerate(files) if file.kind == kind]
        own = " / ".join(str(sum(ours[at] is each for at in places)) for each in Verdict)
        theirs = " | ".join(
            " / ".join(
                str(sum(peer.verdicts[at] == each for at in places))
                for each in (EXACT, REFUSED, WRONG)
            )
            for peer in others.values()
        )
        yield f"| {kind} | {len(places)} | {own} | {theirs} |"
    bad = [
        f"- {file.kind}: {file.name}"
        for file, verdict in zip(files, ours, strict=True)
        if verdict in (Verdict.ASKED_BADLY, Verdict.WRONG)
    ]
    if bad:
        yield "\n## Asked badly, or wrong\n"
        yield from bad


def _wrong_sums(files: Sequence[Polluted], ours: Sequence[Verdict]) -> int:
    """Of the files that kara-tui read wrong, those whose sum is wrong and not only a text."""
    wrong = [f for f, verdict in zip(files, ours, strict=True) if verdict is Verdict.WRONG]
    clean = answer(payments())
    return sum(cents(texts(read_small(f.data))) != (f.answer or clean).cents for f in wrong)


def missed(ours: Sequence[Verdict], others: Mapping[str, Peer]) -> list[str]:
    """The aims that were not reached."""
    count = Counter(ours)
    found = []
    if count[Verdict.WRONG]:
        found.append(f"{count[Verdict.WRONG]} files were read wrong")
    if count[Verdict.ASKED_BADLY] > AT_MOST:
        found.append(f"{count[Verdict.ASKED_BADLY]} files were asked about badly")
    found += [
        f"{name} reads more files exactly"
        for name, peer in others.items()
        if peer.wrong_sums == 0 and peer.of(EXACT) > count[Verdict.EXACT]
    ]
    return found


def main() -> int:
    """Read all files, print the page, and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contenders", required=True, help="the Python of the other programs")
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    files = all_files()
    ours = [judged(file)[0] for file in files]
    others = peers(chosen.contenders, files)
    text = "\n".join(page(files, ours, others)) + "\n"
    print(text)
    if chosen.write:
        chosen.write.write_text(text, "utf-8")
    aims = missed(ours, others)
    for aim in aims:
        print(f"Not reached: {aim}.", file=sys.stderr)
    return 1 if aims else 0


if __name__ == "__main__":
    raise SystemExit(main())
