"""Look for files that break the reader: ``python -m tests.fuzz text 600``, or ``workbook``.

``make fuzz`` installs what it needs and runs both. New inputs gather in ``build/fuzz/``; one that
broke the reader lies there too and belongs into ``tests/fuzz/corpus/`` once it is mended.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import kara_tui.exports

_USAGE = "usage: python -m tests.fuzz text|workbook [SECONDS]"
# What a mutation would take long to find by chance.
_WORDS = (
    "2026-10-14 14:30", "31.10.2026", "1/2/26", "46299.5", "65.00", "1.234,50", "(65)", "EUR",
    "ISK", "kr.", "Credit", "Total", "sep=;", '""', r"\xef\xbb\xbf", r"\xff\xfe", r"\x0d\x0a",
    r"\xc2\xa0", "Session date", "Time", "2026-10-31T23:59:59Z", "11:30 PM",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Fuzz one target for so many seconds; ends with an error at the first broken promise."""
    if not arguments or arguments[0] not in ("text", "workbook") or len(arguments) > 2:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        print("atheris is missing: make fuzz installs it", file=sys.stderr)
        return 2
    name, seconds = arguments[0], int(arguments[1]) if len(arguments) > 1 else 600
    work = Path("build/fuzz") / name
    work.mkdir(parents=True, exist_ok=True)
    words = work.parent / "words"
    words.write_text("".join(f'"{word.replace(chr(34), chr(92) + chr(34))}"\n' for word in _WORDS))
    # The room's modules are imported here, where they get the counters that lead the mutations.
    with atheris.instrument_imports(include=["kara_tui.exports"]):
        for module in pkgutil.walk_packages(kara_tui.exports.__path__, "kara_tui.exports."):
            importlib.import_module(module.name)
        targets = importlib.import_module("tests.fuzz.targets")
    options = [
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-len_control=0",
        "-timeout=30",
        f"-dict={words}",
    ]
    atheris.Setup(
        [
            sys.argv[0],
            str(work),
            str(targets.SEEDS[name]),
            f"-artifact_prefix={work.parent}/",
            *options,
        ],
        targets.TARGETS[name],
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
