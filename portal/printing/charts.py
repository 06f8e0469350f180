"""Charts as SVG made on the server: bars and stacked bars. Pure: names and numbers in, one drawing out.

Each series has a colour and a pattern of its own, so that a grey print and a colour-blind reader tell them apart;
figures stand at the bars. Sizes are in points of the drawing; it scales to whatever room it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

#: Deep red first; the same colours in the same order as static/js/chart.js.
COLOURS = ("#a3161d", "#3f5b73", "#c08a2e", "#6f8f72", "#8a6d8f", "#a8a8a8")
#: What is drawn in white over a colour; the first series is plain.
_PATTERNS = (
    "",
    "M0 6L6 0",
    "M0 3H6",
    "M3 0V6",
    "M0 0L6 6M0 6L6 0",
    "M1.5 1.5h1v1h-1zM4.5 4.5h1v1h-1z",
)
_INK, _FAINT = "#333333", "#dddddd"
_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 8.0, 26.0, 18.0
_TEXT = 8.5
_STEPS = 4

Number = int | float


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars or one line: a value for each name, None where there is none."""

    name: str
    values: Sequence[Number | None]


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the drawing stands, and what is the highest value on its axis."""

    width: float
    height: float
    top: float

    def y(self, value: Number) -> float:
        return self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * value / self.top

    def slot(self, count: int) -> float:
        return (self.width - _LEFT - _RIGHT) / max(count, 1)


def bar_chart(
    names: Sequence[str], series: Sequence[Series], *, title: str, stacked: bool = False, size: tuple[int, int]
) -> str:
    """Bars for each name side by side, or on top of each other; ``title`` is read out instead of the drawing."""
    room = _room(names, series, size, stacked=stacked)
    drawn = _stacked(names, series, room) if stacked else _beside(names, series, room)
    return _svg(title, room, (*_axis(room), *_names(names, room), *_legend(series), *drawn))


def _room(names: Sequence[str], series: Sequence[Series], size: tuple[int, int], *, stacked: bool) -> _Room:
    columns = [[one.values[place] or 0 for one in series] for place in range(len(names))]
    highest = max((sum(column) if stacked else max(column, default=0) for column in columns), default=0)
    return _Room(float(size[0]), float(size[1]), _round_up(highest))


def _round_up(highest: Number) -> float:
    """A top that divides into whole steps: 4, 8, 12, 20, 40, 80, 100 …"""
    if highest <= _STEPS:
        return float(_STEPS)
    scale = 1.0
    while highest > scale * 10:
        scale *= 10
    return next(scale * step for step in (1.2, 2, 4, 6, 8, 10) if highest <= scale * step)


def _axis(room: _Room) -> Iterator[str]:
    for step in range(_STEPS + 1):
        value = room.top * step / _STEPS
        y = room.y(value)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{room.width - _RIGHT}" y2="{y:.1f}" stroke="{_FAINT}"/>'
        yield _text(_LEFT - 4, y + 3, _short(value), anchor="end")


def _names(names: Sequence[str], room: _Room) -> Iterator[str]:
    slot = room.slot(len(names))
    for place, name in enumerate(names):
        yield _text(_LEFT + slot * (place + 0.5), room.height - 5, name)


def _legend(series: Sequence[Series]) -> Iterator[str]:
    x = _LEFT
    for place, one in enumerate(series):
        yield f'<rect x="{x:.1f}" y="4" width="10" height="8" fill="{_fill(place)}"/>'
        yield _text(x + 13, 11, one.name, anchor="start")
        x += 24 + _TEXT * len(one.name)


def _stacked(names: Sequence[str], series: Sequence[Series], room: _Room) -> Iterator[str]:
    slot = room.slot(len(names))
    width = min(slot * 0.6, 34)
    for place in range(len(names)):
        left, below = _LEFT + slot * (place + 0.5) - width / 2, 0.0
        for number, one in enumerate(series):
            value = one.values[place] or 0
            yield from _bar(left, width, room.y(below + value), room.y(below), number)
            below += value
        if below:
            yield _text(left + width / 2, room.y(below) - 3, _short(below))


def _beside(names: Sequence[str], series: Sequence[Series], room: _Room) -> Iterator[str]:
    slot = room.slot(len(names))
    width = min(slot * 0.8 / max(len(series), 1), 22)
    for place in range(len(names)):
        first = _LEFT + slot * (place + 0.5) - width * len(series) / 2
        for number, one in enumerate(series):
            value, left = one.values[place], first + width * number
            if value:
                yield from _bar(left, width * 0.9, room.y(value), room.y(0), number)
                yield _text(left + width * 0.45, room.y(value) - 3, _short(value))


def _bar(left: float, width: float, top: float, foot: float, place: int) -> Iterator[str]:
    if foot - top > 0:
        box = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{foot - top:.1f}"'
        yield f'<rect {box} fill="{_fill(place)}" stroke="#ffffff" stroke-width="0.5"/>'


def _fill(place: int) -> str:
    place %= len(COLOURS)
    return f"url(#pattern-{place})" if _PATTERNS[place] else COLOURS[place]


def _patterns() -> str:
    made = "".join(
        f'<pattern id="pattern-{place}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{COLOURS[place]}"/>'
        f'<path d="{lines}" stroke="#ffffff" stroke-width="0.9" fill="none"/></pattern>'
        for place, lines in enumerate(_PATTERNS)
        if lines
    )
    return f"<defs>{made}</defs>"


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_TEXT}" fill="{_INK}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _short(value: Number) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _svg(title: str, room: _Room, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {room.width:.0f} {room.height:.0f}" role="img" '
        f'font-family="Noto Sans CJK SC, sans-serif"><title>{escape(title)}</title>{_patterns()}{"".join(parts)}</svg>'
    )
