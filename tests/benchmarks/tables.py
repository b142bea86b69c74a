"""Tables of results, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.benchmarks.paired import Result


def table(results: Mapping[str, Result], reference: str, *, ours_first: bool) -> str:
    """A row for each contender, each beside the reference.

    With ``ours_first`` the reference is kara-tui, and the ratio says what it takes of the other's
    time; without, what the other takes of the reference's.
    """
    ratio = "kara-tui takes … of its time" if ours_first else "times that"
    return "\n".join(_rows(results, results[reference], ratio, ours_first=ours_first))


def _rows(
    results: Mapping[str, Result], reference: Result, ratio: str, *, ours_first: bool
) -> Iterator[str]:
    yield f"| | median | fastest | processor | peak memory | {ratio} |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, result in results.items():
        times = reference.times(result) if ours_first else result.times(reference)
        shown = "" if result is reference else f"{times:.2f} ×"
        yield (
            f"| {name} | {duration(result.median)} | {duration(result.best)} "
            f"| {duration(result.work)} | {result.peak:.0f} MiB | {shown} |"
        )


def duration(seconds: float) -> str:
    """A time in milliseconds, or in seconds when it is long."""
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"
