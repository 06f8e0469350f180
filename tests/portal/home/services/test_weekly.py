"""The weekly summary: to who has something to do, once a week, unless switched off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from bulletins.services.desk import return_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.services.weekly import order_weekly
from portal.inbox.services import Wait, replace_waiting
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.notices.models import Notice
from portal.notices.queries.notice import notices_for
from portal.notices.services.notice import choose_weekly
from tests.factories import make_officer, make_report, make_user

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
    notice = Notice.objects.get(user=officer, occasion__startswith="weekly:")
    body = notice.body
    assert notice.why == "每周一次汇总待办，可在“消息设置”里关闭"
    assert "待我办理（1件）" in body
    assert "修改后重报" in body
    assert "退回的稿件" in body
    assert "等待他人办理（1件）" in body
    assert "（现在谁手中：省协同提质办 · 编辑，自" in body


def test_not_before_its_hour_and_not_to_who_switched_it_off(editor: User, officer: User) -> None:
    make_report(officer)
    assert order_weekly(MONDAY - timedelta(hours=2)) == 0
    choose_weekly(editor, wanted=False)
    order_weekly(MONDAY)
    work()
    assert told(editor) == []


def test_who_is_given_something_to_do_later_in_the_week_reads_of_it_in_the_next(editor: User, officer: User) -> None:
    order_weekly(MONDAY)
    make_report(officer)
    for days in range(1, 7):
        assert order_weekly(MONDAY + timedelta(days=days)) == 0
    assert order_weekly(MONDAY + timedelta(days=7)) == 1


def test_an_hour_that_was_missed_is_made_up_for_on_the_day_itself(editor: User, officer: User) -> None:
    make_report(officer)
    assert order_weekly(MONDAY + timedelta(hours=14)) == 1


def test_it_tells_who_holds_what_one_waits_for(editor: User) -> None:
    officer = make_officer()
    return_submission(make_report(officer), by=editor, reason="请补充。")
    unit = officer.posts.get().unit
    staff = make_user(Role.STAFF, unit)
    replace_waiting(unit, [Wait("自己的事", "办理", "/", user=staff)])
    order_weekly(MONDAY)
    work()
    assert f"现在谁手中：{unit.label} · 信息员，" in Notice.objects.get(user=staff).body


def test_what_was_done_meanwhile_is_not_told(editor: User, officer: User) -> None:
    report = make_report(officer)
    order_weekly(MONDAY)
    return_submission(report, by=editor, reason="请补充。")
    work()
    assert told(editor) == []
