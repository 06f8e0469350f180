"""Once a week each person is told what waits for him, what is late and what he waits for, in one message."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.home.queries.waiting import lists_of
from portal.inbox.models import Waiting
from portal.inbox.queries import opened_by
from portal.jobs.models import Job
from portal.jobs.services import enqueue_many, finishing
from portal.notices.queries.notice import wants_weekly
from portal.notices.services import send_notice

WEEKLY_DIGEST = "weekly-digest"
#: Lines of each list; the rest stands on the page.
SHOWN = 10


def order_weekly(now: datetime | None = None) -> int:
    """What beat asks for: a job for each person for whom something waits; asked again in a week, nothing more.

    Returns how many were ordered. It goes out on WEEKLY_DIGEST_DAY from NOTICE_DIGEST_HOUR on, so that a beat that was
    down makes up for it on that day; who is given something to do later in the week reads of it in the next one.
    """
    now = timezone.localtime(now)
    if now.isoweekday() != settings.WEEKLY_DIGEST_DAY or now.hour < settings.NOTICE_DIGEST_HOUR:
        return 0
    week = (now.date() - timedelta(days=now.weekday())).isoformat()
    people = _who_has_something_to_do().values_list("pk", flat=True).order_by("pk")
    payloads = {f"weekly:{week}:{pk}": {"user": pk, "week": week} for pk in people}
    enqueue_many(kind=WEEKLY_DIGEST, payloads=payloads)
    return len(payloads)


def weekly_digest(job: Job) -> None:
    """Tell one person, unless nothing waits for him any more."""
    with finishing(job):
        user = User.objects.filter(pk=job.payload["user"], is_active=True).first()
        if user is None:
            return
        lists = lists_of(user)
        if lists[0].count:
            shown = [(one, opened_by(user, one.rows[:SHOWN])) for one in lists if one.count]
            send_notice(
                occasion=f"weekly:{job.payload['week']}",
                about=user,
                to=[user],
                template="weekly_digest",
                context={"lists": shown, "own": lists[0]},
                url=reverse("waiting"),
                why="每周一次汇总待办，可在“消息设置”里关闭",
            )


def _who_has_something_to_do() -> QuerySet[User]:
    by_post = (
        posts_on()
        .filter(user=OuterRef("pk"))
        .filter(Exists(Waiting.objects.filter(unit=OuterRef("unit"), role=OuterRef("role"))))
    )
    by_name = Waiting.objects.filter(user=OuterRef("pk"))
    return wants_weekly(User.objects.filter(Q(Exists(by_post)) | Q(Exists(by_name)), is_active=True))
