"""What is late, by name: tasks, the sheets of a term, the work lists of pairs; and what is behind a quota."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from alliances.models import WorkItem
from alliances.queries.work_item import LATE, concerning, late_items
from pilots.models import ProgressReport, ReportingPeriod
from pilots.progress import Standing
from pilots.queries.progress_report import is_late
from pilots.queries.task import standings
from pilots.states.task import TaskState
from portal.accounts.roles import UnitKind
from portal.home.boards.batches import tasks_of, tasks_url
from portal.home.boards.facts import Figure, LateGroup, LateLine, Quota
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.periods import Period
from portal.text.official import official_date

#: So many of each sort are told by name.
NAMED = 3


def late_on(subject: BoardSubject, period: Period, day: date, quotas: Iterable[Quota]) -> list[LateGroup]:
    """Groups in the order in which an office would ask; a community has quotas only.

    ``quotas`` are those of ``period``; the others are what is late on ``day``. What is behind all over the programme
    today has a list; else the board's own list says how each stands for the subject in that period.
    """
    here = f"{subject.url}?{urlencode({'period': period.key})}#board-quotas"
    groups = [_behind(quotas, f"{reverse('targets')}?late=yes" if subject.is_office and day in period else here)]
    if subject.kind != COMMUNITY:
        groups += [_tasks(subject, day), _items(subject, day)]
        if subject.level != UnitKind.PARTNER:
            groups.append(_sheets(subject, day))
    return groups


def _behind(quotas: Iterable[Quota], url: str) -> LateGroup:
    late = [quota for quota in quotas if quota.late]
    lines = [LateLine(one.label, f"滞后{one.late}个" if one.things > 1 else one.words, one.url) for one in late]
    meaning = "对照目标，已达到的不到当前应达进度的规定比例（各指标说明中有界线）的考察对象。"
    number = sum(one.late for one in late)
    return LateGroup(Figure("目标滞后", number, "个", url, meaning), lines[:NAMED])


def _tasks(subject: BoardSubject, day: date) -> LateGroup:
    running = tasks_of(subject).filter(state=TaskState.UNDER_WAY)
    behind = [pk for pk, progress in standings(running, day).items() if progress.standing == Standing.BEHIND]
    worst = running.filter(pk__in=behind).select_related("unit").order_by("due", "pk")[:NAMED]
    lines = [
        LateLine(task.title, f"{task.unit.label}，应于{official_date(task.due)}完成", reverse("task", args=[task.pk]))
        for task in worst
    ]
    meaning = "实施中、多个节点过期、进度明显偏低或已过完成期限的五个一批任务。"
    url = tasks_url(subject, standing=Standing.BEHIND.value)
    return LateGroup(Figure("任务滞后", len(behind), "项", url, meaning), lines)


def _items(subject: BoardSubject, day: date) -> LateGroup:
    rows = WorkItem.objects.filter(late_items(day))
    if not subject.is_office:
        rows = rows.filter(concerning(subject.pk))
    worst = rows.select_related("owner").order_by("due", "pk")[:NAMED]
    lines = [
        LateLine(item.title, f"{item.owner.label}，期限{official_date(item.due)}", reverse("work-item", args=[item.pk]))
        for item in worst
    ]
    asked = {"state": LATE} | ({} if subject.is_office else {"unit": str(subject.pk)})
    url = f"{reverse('work-items')}?{urlencode(asked)}"
    return LateGroup(Figure("工作清单逾期", rows.count(), "项", url, "超过期限还没有完成的结对工作事项。"), lines)


def _sheets(subject: BoardSubject, day: date) -> LateGroup:
    """Of the period of reporting whose day has passed last."""
    meaning = "最近一个已到截止日期的填报期中，逾期报送或还没有报送的学期确认单。"
    period = ReportingPeriod.objects.filter(due__lt=day).order_by("-due", "-pk").first()
    if period is None:
        return LateGroup(Figure("确认单逾期", 0, "份", reverse("progress-reports"), meaning))
    rows = ProgressReport.objects.filter(is_late(day), period=period)
    asked: dict[str, str | int] = {"period": period.pk, "look": "late"}
    if not subject.is_office:
        rows = rows.filter(Q(unit=subject.pk) | Q(above__contains=[subject.pk]))
        asked["area"] = subject.pk
    lines = [
        LateLine(report.unit.label, f"{period.label}，应于{official_date(period.due)}报送", "")
        for report in rows.filter(first_submitted_at=None).select_related("unit")[:NAMED]
    ]
    url = f"{reverse('progress-reports')}?{urlencode(asked)}"
    return LateGroup(Figure("确认单逾期", rows.count(), "份", url, meaning), lines)
