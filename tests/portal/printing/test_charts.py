"""Charts made on the server: every figure is drawn and written, told apart without colour, and safe."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from portal.printing.charts import COLOURS, Series, bar_chart

SIZE = (360, 170)
NAMES = ["9月", "10月"]
TWO = [Series("联合教研", [3, 5]), Series("培训", [1, 0])]
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  (our own)


def heights(svg: str) -> list[float]:
    """Of the bars; the small boxes of the legend are left out."""
    boxes = ElementTree.fromstring(svg).iter(f"{SVG}rect")  # noqa: S314
    return [float(box.attrib["height"]) for box in boxes if box.attrib.get("stroke") == "#ffffff"]


def test_bars_are_as_high_as_their_figures_and_bear_them() -> None:
    svg = bar_chart(NAMES, TWO, title="各月活动（项）", size=SIZE)
    three, one, five = heights(svg)
    assert three / one == pytest.approx(3, rel=0.02)
    assert five / one == pytest.approx(5, rel=0.02)
    assert {"3", "5", "1", "9月", "10月", "联合教研", "培训"} <= set(texts(svg))


def test_stacked_bars_bear_their_sum() -> None:
    assert {"4", "5"} <= set(texts(bar_chart(NAMES, TWO, title="各月活动", stacked=True, size=SIZE)))


def test_series_are_told_apart_without_colour() -> None:
    series = [Series(f"类别{number}", [number + 1]) for number in range(len(COLOURS))]
    svg = bar_chart(["9月"], series, title="各类", stacked=True, size=SIZE)
    fills = re.findall(r'height="[0-9.]+" fill="([^"]+)" stroke="#ffffff"', svg)
    assert len(set(fills)) == len(COLOURS)
    assert sum(fill.startswith("url(#pattern-") for fill in fills) == len(COLOURS) - 1


def test_names_from_people_cannot_break_the_drawing() -> None:
    svg = bar_chart(["<9月>"], [Series("A&B", [1])], title='"<x>', size=SIZE)
    assert {"<9月>", "A&B"} <= set(texts(svg))


def test_a_chart_without_anything_is_an_empty_axis() -> None:
    assert heights(bar_chart([], [], title="空", size=SIZE)) == []
