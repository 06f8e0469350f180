"""合订本: ordering a bound volume, and what the worker binds."""

from __future__ import annotations

import hashlib
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Issue, Periodical, Volume
from bulletins.queries.volume import bindable_issues, unfinished_issues
from portal.accounts.models import User
from portal.audit.models import record
from portal.jobs.services import enqueue
from portal.periods import span, year_of
from portal.refusals import Refused

BIND = "volume"
#: Ten years of a monthly; more would not fit a spine, nor the worker's memory.
MOST_ISSUES = 150


@transaction.atomic
def order_volume(*, periodical: Periodical, since: date, until: date, by: User) -> Volume:
    """Have a worker bind the issues dated ``since``–``until``. The same files ordered twice are one volume.

    Raises Refused where there is nothing to bind, too much, or an issue's final file is still to come.
    """
    if not by.has_perm("bulletins.bind_volume"):
        raise PermissionDenied
    if until < since:
        raise Refused("截止日期早于开始日期，请核对。")
    issues = list(bindable_issues(periodical, since, until))
    _check(issues, list(unfinished_issues(periodical, since, until)))
    title = volume_title(periodical, since, until)
    files = [title, *(f"{issue.pk}:{issue.final_files[0].sha256}:{issue.state}" for issue in issues)]  # type: ignore[attr-defined]
    key = hashlib.sha256("\n".join(files).encode()).hexdigest()
    fields = {"periodical": periodical, "title": title, "since": since, "until": until, "created_by": by}
    volume, is_new = Volume.objects.get_or_create(key=key, defaults=fields)
    if is_new:
        volume.issues.set(issues)
        record(volume, "bulletins.volume.order", "制作合订本", by=by, issues=len(issues))
    volume.job = enqueue(kind=BIND, key=f"volume:{volume.pk}", payload={"volume": volume.pk}, by=by)
    volume.save(update_fields=["job"])
    return volume


def volume_title(periodical: Periodical, since: date, until: date) -> str:
    """``工作动态2024年合订本``; for other days ``工作动态合订本（2024年9月1日至2025年1月31日）``."""
    whole = year_of(since)
    if (whole.start, whole.end) == (since, until):
        return f"{periodical.title}{whole.label}合订本"
    return f"{periodical.title}合订本（{span(since, until).label}）"


def _check(issues: list[Issue], unfinished: list[Issue]) -> None:
    if unfinished:
        raise Refused(f"{unfinished[0].label}的正式文件还没有制作完成，请稍候再制作合订本。")
    if not issues:
        raise Refused("这段时间没有已印发的期次，请换一个时间范围。")
    if len(issues) > MOST_ISSUES:
        raise Refused(f"这段时间有{len(issues)}期，一册最多{MOST_ISSUES}期，请分成几册。")
