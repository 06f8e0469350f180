"""The weekly summary: to who has something to do, once a week, unless switched off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from bulletins.services.desk import return_submission
from portal.accounts.models import User
from portal.home.services.weekly import order_weekly
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.notices.models import Notice
from portal.notices.queries.notice import notices_for
from portal.notices.services.notice import choose_weekly
from tests.factories import make_officer, make_report

pytestmark = pytest.mark.django_db

#: A Monday, one hour after the digest goes out.
MONDAY = datetime(2024, 11, 18, 9, tzinfo=timezone.get_default_timezone())


def work() -> None:
    for job in Job.objects.filter(state=JobState.QUEUED, kind="weekly-digest"):
        run(job.pk)


def told(user: User) -> list[str]:
    return list(notices_for(user).filter(occasion__startswith="weekly:").values_list("subject", flat=True))


def test_who_has_something_to_do_is_told_once_a_week(editor: User, officer: User) -> None:
    make_report(officer)
    for hours in (0, 1, 30):
        order_weekly(MONDAY + timedelta(hours=hours))
    work()
    assert told(editor) == ["本周待办：1件等您办理"]
    assert told(officer) == []
    order_weekly(MONDAY + timedelta(weeks=1))
    work()
    assert len(told(editor)) == 2


def test_it_names_what_waits_and_what_one_waits_for_with_whom(editor: User) -> None:
    officer = make_officer()
    make_report(officer, title="在等的稿件")
    back = make_report(officer, title="退回的稿件")
    return_submission(back, by=editor, reason="请补充。")
    order_weekly(MONDAY)
    work()
    body = Notice.objects.get(user=officer, occasion__startswith="weekly:").body
    assert "待我办理（1件）" in body
    assert "修改后重报" in body
    assert "退回的稿件" in body
    assert "等待他人办理（1件）" in body
    assert "省协同提质办 · 编辑" in body


def test_not_before_its_hour_and_not_to_who_switched_it_off(editor: User, officer: User) -> None:
    make_report(officer)
    assert order_weekly(MONDAY - timedelta(hours=2)) == 0
    choose_weekly(editor, wanted=False)
    order_weekly(MONDAY)
    work()
    assert told(editor) == []


def test_what_was_done_meanwhile_is_not_told(editor: User, officer: User) -> None:
    report = make_report(officer)
    order_weekly(MONDAY)
    return_submission(report, by=editor, reason="请补充。")
    work()
    assert told(editor) == []
