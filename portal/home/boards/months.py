"""Activities per month by kind: the few most frequent kinds, the others together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from pilots.measured.activity import credits_of, list_address
from pilots.measured.community import address as community_address
from pilots.models import ActivityKind, Community
from pilots.queries.community_activities import activities_of
from portal.home.boards.facts import Figure, Row, Table
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.periods import Period, month_of, months_in, span

#: So many kinds have a column of their own: more colours nobody tells apart.
KINDS = 5
OTHERS, ALL = "其他", "合计"
MEANING = "按活动开始日期归入月份，双方登记的同一活动只计一次。"


def months_table(subject: BoardSubject, period: Period, day: date) -> Table:
    """A row for each month that has begun, a column for each of the chief kinds."""
    counts = _counts(subject, period)
    chief = _chief(counts)
    rows = [_row(subject, period, month, chief, counts) for month in _parts(period, day)]
    names = [kind.name for kind in chief]
    return Table(
        "months",
        "各月活动",
        "项",
        f"{MEANING}次数最多的{len(chief)}类单列，其余合为“{OTHERS}”。" if chief else MEANING,
        ["月份", *names, OTHERS, ALL],
        rows,
        stacked=True,
    )


def _counts(subject: BoardSubject, period: Period) -> Counter[tuple[date, int | None]]:
    """By first day of the month and kind. One query for a unit."""
    rows: Iterable[tuple[date, int | None, int]]
    if subject.kind == COMMUNITY:
        own = activities_of(Community.objects.get(pk=subject.pk), period).order_by()
        rows = own.values_list(TruncMonth("start"), "kind").annotate(number=Count("pk"))
    else:
        credits = credits_of([subject.pk], period).order_by()
        rows = credits.values_list(TruncMonth("start"), "activity__kind").annotate(number=Count("pk"))
    return Counter({(month, kind): number for month, kind, number in rows})


def _chief(counts: Counter[tuple[date, int | None]]) -> list[ActivityKind]:
    """The most frequent kinds in their official order."""
    by_kind: Counter[int] = Counter()
    for (_, kind), number in counts.items():
        if kind is not None:
            by_kind[kind] += number
    most = sorted(by_kind, key=lambda kind: (-by_kind[kind], kind))[:KINDS]
    return list(ActivityKind.objects.filter(pk__in=most))


def _parts(period: Period, day: date) -> Iterable[Period]:
    """The months of the period that have begun, cut where it begins and ends."""
    for month in months_in(period):
        if month.start <= day:
            whole = month.start >= period.start and month.end <= period.end
            yield month if whole else span(max(month.start, period.start), min(month.end, period.end))


def _row(
    subject: BoardSubject,
    period: Period,
    month: Period,
    chief: list[ActivityKind],
    counts: Counter[tuple[date, int | None]],
) -> Row:
    first = month.start.replace(day=1)
    all_of_it = sum(number for (when, _), number in counts.items() if when == first)
    figures = [_figure(subject, month, kind.name, counts[first, kind.pk], [kind.pk]) for kind in chief]
    rest = all_of_it - sum(int(figure.number or 0) for figure in figures)
    others = sorted({kind for when, kind in counts if when == first and kind is not None} - {kind.pk for kind in chief})
    figures += [_figure(subject, month, OTHERS, rest, others), _figure(subject, month, ALL, all_of_it, [])]
    return Row(name_of_month(month.start, period), figures)


def name_of_month(day: date, period: Period) -> str:
    """``9月`` where the period holds no month twice, else with its year."""
    return f"{day.month}月" if len(months_in(period)) <= 12 else month_of(day).label


def _figure(subject: BoardSubject, month: Period, label: str, number: int, kinds: list[int]) -> Figure:
    url = ""
    if number:
        address: Callable[..., str] = community_address if subject.kind == COMMUNITY else list_address
        url = address(subject.pk, month, kinds=kinds)
    return Figure(label, number, "项", url, MEANING)
