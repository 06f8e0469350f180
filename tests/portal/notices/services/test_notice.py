"""Telling people: once per event, not before its time, in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.queries.unit import the_office
from portal.jobs.models import Job
from portal.notices.models import MailChoice, MailState
from portal.notices.queries.notice import notices_for, unread_notices
from portal.notices.services import take_back
from portal.notices.services.notice import choose_mail, mark_read
from tests.factories import make_user
from tests.portal.notices.telling import tell, time_comes

pytestmark = pytest.mark.django_db


def test_a_message_has_a_subject_a_text_and_a_reason() -> None:
    user = make_user()
    tell(user, reason="“日期”<写全> & 改正")
    notice = notices_for(user).get()
    assert notice.subject == "青山师范大学的稿件“送教下乡”已退回修改"
    assert "退回意见：“日期”<写全> & 改正" in notice.body
    assert notice.why == "您是青山师范大学信息员"


def test_nobody_is_told_twice_of_one_event() -> None:
    user, colleague = make_user(), make_user()
    assert tell(user, user) == 1
    assert tell(user, colleague) == 1
    assert notices_for(user).count() == notices_for(colleague).count() == 1
    assert tell(user, occasion="returned:2") == 1


def test_who_cannot_sign_in_is_not_told() -> None:
    assert tell(make_user(is_active=False)) == 0


def test_a_held_message_is_unseen_until_its_time_and_can_be_taken_back() -> None:
    user = make_user(email="a@example.cn")
    later = timezone.now() + timedelta(minutes=10)
    tell(user, wait_until=later)
    assert not notices_for(user).exists()
    assert not Job.objects.exists()
    assert take_back(about=the_office(), occasion="returned:1") == 1
    assert not user.notices.exists()


def test_what_has_been_seen_is_not_taken_back() -> None:
    user = make_user()
    tell(user, wait_until=timezone.now() + timedelta(minutes=10))
    time_comes(user.notices.get())
    assert take_back(about=the_office(), occasion="returned:1") == 0
    assert unread_notices(user).count() == 1


def test_reading_counts_the_first_time() -> None:
    user = make_user()
    tell(user)
    assert mark_read(notices_for(user)) == 1
    first = user.notices.get().read_at
    assert mark_read(notices_for(user)) == 0
    assert user.notices.get().read_at == first
    assert not unread_notices(user).exists()


def test_a_new_choice_also_holds_for_mail_that_has_not_gone() -> None:
    user = make_user(email="a@example.cn")
    tell(user)
    assert user.notices.get().mail == MailState.AT_ONCE
    choose_mail(user, MailChoice.DAILY)
    assert user.notices.get().mail == MailState.DAILY
    choose_mail(user, MailChoice.NEVER)
    assert user.notices.get().mail == MailState.NONE


def test_telling_many_takes_as_many_statements_as_telling_one(django_assert_max_num_queries: Any) -> None:
    people = [make_user(email=f"p{number}@example.cn") for number in range(30)]
    with django_assert_max_num_queries(12):
        assert tell(*people) == 30
    assert Job.objects.filter(kind="mail-notice").count() == 30
