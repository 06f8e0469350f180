"""Everything that is kept of figures, counted from scratch beside what is kept: closed periods, boards, and for which
units activities count. Nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pilots.models import Activity
from pilots.queries.closing import closings
from pilots.services.activity_credit import wrong_credits
from pilots.services.closing import Difference, is_intact, recount
from portal.accounts.models import Unit
from portal.home.boards.subjects import subject_called
from portal.home.models import Snapshot
from portal.home.services.board import current_snapshots, facts_of
from portal.periods import parse_period


@dataclass(frozen=True, slots=True)
class Recounted:
    """One thing that is kept, and where counting gave something else."""

    name: str
    differences: list[Difference] = field(default_factory=list)


def everything_recounted() -> Iterator[Recounted]:
    """One after the other, as each is counted."""
    yield _credits()
    for closing in closings().order_by("key", "-version").distinct("key"):
        wrong = [] if is_intact(closing) else [Difference("校验码", f"{closing}", closing.digest, "与现存数据不符")]
        yield Recounted(f"封存数据 {closing}", wrong + recount(closing))
    for snapshot in current_snapshots():
        yield _board(snapshot)


def _credits() -> Recounted:
    wrong = wrong_credits()
    activities = Activity.objects.in_bulk({activity for activity, _, _ in wrong})
    units = Unit.objects.in_bulk({unit for _, unit, _ in wrong})
    found = [
        Difference(
            f"活动（编号{activity}，{activities[activity]}）",
            units[unit].name,
            "计入" if is_kept else "",
            "" if is_kept else "计入",
        )
        for activity, unit, is_kept in wrong
    ]
    return Recounted("活动计入的单位", found)


def _board(snapshot: Snapshot) -> Recounted:
    subject, period = subject_called(snapshot.subject), parse_period(snapshot.period)
    if subject is None or period is None:
        return Recounted(f"统计一览 {snapshot}", [Difference("整页", snapshot.subject, "有", "对象或时段已不存在")])
    name = f"统计一览 {subject.name} {period.label}{'（地图）' if snapshot.figure else ''}"
    fresh = json.loads(json.dumps(facts_of(subject, period, snapshot.figure, snapshot.day)))
    found = list(_different(snapshot.content, fresh, ""))
    is_left_behind = found and not current_snapshots().filter(pk=snapshot.pk).exists()  # facts changed meanwhile
    return Recounted(name, [] if is_left_behind else found)


def _different(kept: Any, fresh: Any, where: str) -> Iterator[Difference]:
    """Leaves that are not the same, each named by the labels above it."""
    if isinstance(kept, Mapping) and isinstance(fresh, Mapping):
        own = str(kept.get("label") or kept.get("name") or kept.get("title") or "")
        for key in {**kept, **fresh}:
            yield from _different(kept.get(key), fresh.get(key), " ".join(filter(None, (where, own))))
    elif isinstance(kept, list) and isinstance(fresh, list) and len(kept) == len(fresh):
        for one, other in zip(kept, fresh, strict=True):
            yield from _different(one, other, where)
    elif kept != fresh:
        yield Difference(where, "", _said(kept), _said(fresh))


def _said(leaf: Any) -> str:
    if isinstance(leaf, list):
        return f"{len(leaf)}项"
    return "" if leaf is None else str(leaf)
