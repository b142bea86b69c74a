"""A plot of times against rows, both axes logarithmic, as SVG: the same numbers, the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 440, 400
LEFT, RIGHT, TOP, BOTTOM = 62, 150, 44, 52
LINE = 15
INK, PALE, OURS = "#1c2730", "#dfe5ea", "#0b6e8f"
# Told apart by lightness and by dashes too, for those who do not see the colours.
STYLES = (
    ("#c0562f", ""), ("#6a4c93", "7 3"), ("#8f7a00", "2 3"), ("#2f7d4f", "9 3 2 3"),
    ("#7a7f85", "4 4"),
)  # fmt: skip

Series = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: for each contender its seconds by the number of rows, ours first."""

    title: str
    series: Series


def svg(panels: Sequence[Panel], title: str) -> str:
    """The panels side by side, with seconds on the same scale in all of them."""
    seconds = [
        value for panel in panels for line in panel.series.values() for value in line.values()
    ]
    span = (_floor(min(seconds)), _floor(max(seconds)) + 1)
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" '
        f'height="{HEIGHT}" role="img" font-family="Inter, Helvetica, Arial, sans-serif" '
        'font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for place, panel in enumerate(panels):
        parts += [f'<g transform="translate({place * WIDTH} 0)">', *_panel(panel, span), "</g>"]
    return "\n".join((*parts, "</svg>", ""))


def _floor(value: float) -> int:
    return math.floor(math.log10(value))


def _panel(panel: Panel, span: tuple[int, int]) -> Iterator[str]:
    sizes = sorted({rows for line in panel.series.values() for rows in line})
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def across(rows: int) -> float:
        part = (math.log10(rows) - first) / (last - first) if last > first else 0.5
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def down(seconds: float) -> float:
        part = (math.log10(seconds) - span[0]) / (span[1] - span[0])
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    yield _text(LEFT, 22, panel.title, weight="bold", size=14)
    for power in range(span[0], span[1] + 1):
        y = down(10**power)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="{PALE}"/>'
        yield _text(LEFT - 8, y + 4, f"{10**power:g} s", anchor="end")
    for rows in sizes:
        x = across(rows)
        yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="{PALE}"/>'
        yield _text(x, bottom + 18, f"{rows:,}".replace(",", " "), anchor="middle")
    yield _text((LEFT + right) / 2, bottom + 38, "rows", anchor="middle")
    ends: list[tuple[float, str, str, str]] = []
    for place, (name, line) in enumerate(panel.series.items()):
        colour, dashes = STYLES[(place - 1) % len(STYLES)] if place else (OURS, "")
        points = [(across(rows), down(seconds)) for rows, seconds in sorted(line.items())]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield (
            f'<path d="M{path}" fill="none" stroke="{colour}" '
            f'stroke-width="{1.6 if place else 3}"{dashed}/>'
        )
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 if place else 4}" fill="{colour}"/>'
        ends.append((points[-1][1], name, colour, "normal" if place else "bold"))
    for y, (_, name, colour, weight) in zip(_apart(ends), sorted(ends), strict=True):
        yield _text(right + 10, y + 4, name, colour=colour, weight=weight)


def _apart(ends: Sequence[tuple[float, str, str, str]]) -> list[float]:
    """Where the names stand, from the top: beside their lines' ends, and never one on another."""
    places: list[float] = []
    for y in sorted(end[0] for end in ends):
        places.append(max(y, places[-1] + LINE) if places else y)
    return places


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK,
    weight: str = "normal", size: int = 12,
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}" font-size="{size}">{escape(text)}</text>'
    )
