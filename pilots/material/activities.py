"""活动台账, and the files of activities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from pilots.models import Activity
from pilots.pace import plain
from pilots.queries.activity_list import for_list, listed_activities
from pilots.queries.shortfall import shortfalls
from pilots.sheets.activity import COLUMNS, cells
from portal.accounts.models import Unit
from portal.accounts.queries.unit import in_use_on, official_order
from portal.accounts.roles import UnitKind
from portal.exchange.official import Sheet
from portal.material import MOST_NAMED, Item, Part, Scope, add_ledger, add_part, count_files, kept_files
from portal.text.named import named

CHUNK = 1_000


def activities(scope: Scope) -> QuerySet[Activity]:
    """What counts for the unit in the year, in the order in which it took place."""
    return listed_activities(scope.user, period=scope.period, within=scope.unit.pk).order_by("start", "pk")


def _ledger(scope: Scope) -> Sequence[Sheet]:
    return [Sheet("活动台账", COLUMNS, cells(for_list(activities(scope)).iterator(chunk_size=CHUNK)))]


def _files(scope: Scope) -> Iterator[Item]:
    rows = activities(scope).select_related("kind", "unit")
    return kept_files(rows, lambda one: f"{one.start:%Y-%m-%d} {one.unit.name} {one.about or one.kind or '活动'}")


def _missing(scope: Scope) -> Sequence[str]:
    """Schools that took part in nothing, and quotas that are not kept, each by name."""
    took_part = Activity.objects.filter(pk__in=activities(scope).order_by().values("pk")).values("credits__unit")
    idle = Unit.objects.filter(in_use_on(scope.day), pk__in=scope.units, kind=UnitKind.SCHOOL).exclude(pk__in=took_part)
    names = [unit.name for unit in idle.order_by(*official_order())]
    said = [f"本年度没有活动记录的学校：{named(names, MOST_NAMED, word='所')}。"] if names else []
    for one in shortfalls(scope.unit, scope.day):
        indicator = one.target.indicator
        aim = f"{indicator.get_direction_display()}{plain(one.target.value)}{indicator.unit}"
        said.append(f"目标“{indicator.name}”（{aim}）未达到的有：{named(one.short, MOST_NAMED)}。")
    return said


add_ledger(
    "activities",
    "活动台账",
    10,
    count=lambda scope: activities(scope).count(),
    sheets=_ledger,
    missing=_missing,
)
add_part(
    Part(
        "activity-files",
        "活动材料",
        130,
        "活动材料",
        lambda scope: count_files(activities(scope)),
        _files,
    )
)
