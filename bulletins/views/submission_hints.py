"""What the page says under the cells of a typed row: what was understood, what was not, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bulletins.services.submission_rows import ShownRow
from pilots.models import HeadCount
from pilots.services.activity_row import Row
from pilots.services.activity_text import date_text
from portal.text.characters import odd_characters

#: S1: entries have 91 to 456 characters, the median is about 200. A hint, never a bound.
SHORTEST_USUAL, LONGEST_USUAL = 91, 456


@dataclass(slots=True)
class Hint:
    """Under one cell: a sentence, chips, and whether the sentence tells of a mistake."""

    text: str = ""
    chips: list[str] = field(default_factory=list)
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """A row with its hints by cell; ``is_new`` marks what was just read off the text."""

    row: Row
    hints: dict[str, Hint]
    is_new: bool = False


def on_page(shown: Sequence[ShownRow], new: frozenset[str] = frozenset()) -> list[RowOnPage]:
    """The rows as the page shows them."""
    return [RowOnPage(row.row, row_hints(row), row.row.key in new) for row in shown]


def row_hints(shown: ShownRow) -> dict[str, Hint]:
    """Hints by the name of the cell; a mistake takes the place of what was understood."""
    facts = shown.understood.facts
    people = [
        HeadCount(who=row.who, number=row.number, measure=row.measure, exactness=row.exactness, is_total=row.is_total)
        for row in facts.people
    ]
    hints = {
        "kind": Hint(),
        "date": Hint(date_text(facts.start, facts.end, facts.days, approximate=facts.is_approximate)),
        "sessions": Hint(),
        "place": Hint(),
        "partners": _partners(shown),
        "people": Hint(chips=[str(count) for count in people]),
    }
    if facts.is_approximate and hints["date"].text:
        hints["date"].text += "（大致时间）"
    if not shown.row.is_empty:
        if facts.kind is None:
            hints["kind"].text = "报送前请选择类型。"
        if not shown.row.date.strip():
            hints["date"].text = "报送前请填写日期。"
    for name, error in shown.understood.errors.items():
        hints[name] = Hint(error, hints[name].chips, is_error=True)
    return hints


def as_json(rows: Sequence[RowOnPage]) -> dict[str, Any]:
    """Hints by row and cell for the page's script."""
    return {row.row.key: {name: asdict(hint) for name, hint in row.hints.items()} for row in rows}


def odd_note(title: str, text: str) -> str:
    """A sentence about characters that may not print; empty where there are none."""
    odd = odd_characters(f"{title}\n{text}")
    if not odd:
        return ""
    shown = "、".join(dict.fromkeys(f"“{one.character}”（{one.kind_zh}）" for one in odd[:5] if one.kind != "control"))
    return f"文中有{len(odd)}处印刷时可能没有字形的字符{f'：{shown}' if shown else ''}。可以照常报送，编辑会处理。"


def _partners(shown: ShownRow) -> Hint:
    facts = shown.understood.facts
    others = [name for name in facts.other_partners.split("、") if name]
    text = f"按文字保存：{'、'.join(others)}" if others else ""
    return Hint(text, [unit.label for unit in facts.partners])
