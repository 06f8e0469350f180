"""E-mail of messages: as each person chooses, each once, and a mail server that is down loses nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.core.mail import EmailMessage
from django.utils import timezone

from portal.accounts.models import User
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.notices.models import MailChoice, MailState, Notice
from portal.notices.queries.notice import notices_for
from portal.notices.services.mail import digest_moment, order_digests, post_due
from portal.notices.services.notice import choose_mail, mark_read
from tests.factories import make_user
from tests.portal.notices.telling import tell

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]


def work() -> None:
    """What the worker does with everything that stands in the queue."""
    for job in Job.objects.filter(state=JobState.QUEUED):
        run(job.pk)


def make_daily_reader() -> User:
    user = make_user(email="reader@example.cn")
    choose_mail(user, MailChoice.DAILY)
    return user


def before_the_hour(user: User) -> datetime:
    """Date everything the person was told to before today's digest, and say when that is due."""
    due = digest_moment(timezone.localdate())
    Notice.objects.filter(user=user).update(ready_at=min(timezone.now(), due) - timedelta(minutes=5))
    return due


def test_a_mail_says_what_why_where_and_how_to_stop_it(mailoutbox: Outbox) -> None:
    user = make_user(email="reader@example.cn")
    tell(user, reason="“日期”要写全 & 改正。")
    assert not mailoutbox, "never in the web request"
    work()
    (mail,) = mailoutbox
    assert mail.to == ["reader@example.cn"]
    assert mail.subject.endswith("青山师范大学的稿件“送教下乡”已退回修改")
    assert "“日期”要写全 & 改正。" in mail.body
    assert f"{portal_settings.SITE_URL}/notices/{user.notices.get().pk}/" in mail.body
    assert "您收到这封邮件，是因为您是青山师范大学信息员。" in mail.body
    assert f"{portal_settings.SITE_URL}/notices/settings/" in mail.body
    assert mail.content_subtype == "plain"


def test_it_goes_once_however_often_the_worker_is_woken(mailoutbox: Outbox) -> None:
    user = make_user(email="reader@example.cn")
    tell(user)
    tell(user)
    work()
    for job in Job.objects.all():
        run(job.pk)
    post_due()
    work()
    assert len(mailoutbox) == 1
    assert user.notices.get().mail == MailState.SENT


def test_who_changes_his_mind_twice_gets_his_mail_all_the_same_and_once(mailoutbox: Outbox) -> None:
    user = make_user(email="reader@example.cn")
    tell(user)
    choose_mail(user, MailChoice.DAILY)
    work()
    assert not mailoutbox
    choose_mail(user, MailChoice.AT_ONCE)
    choose_mail(user, MailChoice.AT_ONCE)
    work()
    assert len(mailoutbox) == 1


def test_without_an_address_or_against_his_wish_nobody_gets_mail(mailoutbox: Outbox) -> None:
    silent = make_user(email="silent@example.cn")
    choose_mail(silent, MailChoice.NEVER)
    tell(silent, make_user())
    work()
    post_due()
    assert not mailoutbox
    assert notices_for(silent).count() == 1, "in the portal always"


def test_a_held_message_is_mailed_when_its_time_has_come_and_not_before(mailoutbox: Outbox) -> None:
    user = make_user(email="reader@example.cn")
    tell(user, wait_until=timezone.now() + timedelta(minutes=10))
    post_due()
    work()
    assert not mailoutbox
    user.notices.update(ready_at=timezone.now())
    post_due()
    work()
    assert len(mailoutbox) == 1


def test_the_daily_digest_holds_everything_unread_in_one_mail(mailoutbox: Outbox) -> None:
    user = make_daily_reader()
    for number in range(3):
        tell(user, occasion=f"returned:{number}", reason=f"意见{number}。")
    mark_read(notices_for(user).filter(occasion="returned:1"))
    due = before_the_hour(user)
    order_digests(due)
    order_digests(due + timedelta(hours=1))
    work()
    (mail,) = mailoutbox
    assert mail.subject.endswith("您有2条新消息")
    assert "意见0。" in mail.body
    assert "意见1。" not in mail.body, "what was read in the portal is not told again"
    assert "因为您选择了“每天汇总一封”" in mail.body


def test_no_digest_before_its_hour(mailoutbox: Outbox) -> None:
    user = make_daily_reader()
    tell(user)
    due = before_the_hour(user)
    order_digests(due - timedelta(minutes=1))
    work()
    assert not mailoutbox
    assert timezone.localtime(due).time() == time(portal_settings.NOTICE_DIGEST_HOUR)


def test_no_digest_where_there_is_nothing_to_tell(mailoutbox: Outbox) -> None:
    make_daily_reader()
    order_digests(digest_moment(timezone.localdate()))
    work()
    assert not mailoutbox


def test_a_mail_server_that_is_down_loses_nothing_and_blocks_nothing(settings: Any, mailoutbox: Outbox) -> None:
    user = make_user(email="reader@example.cn")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    tell(user)
    for _ in range(settings.JOB_MAX_ATTEMPTS):
        work()
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert user.notices.get().mail == MailState.AT_ONCE
    assert notices_for(user).exists(), "it stands in the portal all the same"
    Job.objects.update(finished_at=timezone.now() - timedelta(minutes=11))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post_due()
    work()
    assert len(mailoutbox) == 1


def test_after_three_days_it_is_no_news_any_more() -> None:
    user = make_user(email="reader@example.cn")
    tell(user)
    Notice.objects.update(ready_at=timezone.now() - timedelta(days=4))
    post_due()
    assert user.notices.get().mail == MailState.FAILED


def test_an_address_that_the_server_refuses_is_not_tried_again(settings: Any) -> None:
    user = make_user(email="nobody@example.cn")
    tell(user)
    with refusing_server() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        work()
    assert user.notices.get().mail == MailState.FAILED
    assert Job.objects.get().state == JobState.DONE


def test_where_the_server_sends_no_mail_at_all_messages_stand_in_the_portal(settings: Any) -> None:
    settings.EMAIL_URL = ""
    user = make_user(email="reader@example.cn")
    tell(user)
    assert user.notices.get().mail == MailState.NONE
    assert not Job.objects.exists()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def refusing_server() -> Iterator[int]:
    """A mail server that knows no addressee."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_refuse, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def _refuse(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as lines:
        lines.write(b"220 here\r\n")
        lines.flush()
        for line in lines:
            answers = {b"RCPT": b"550 no such person\r\n", b"QUIT": b"221 bye\r\n"}
            lines.write(answers.get(line[:4].upper(), b"250 fine\r\n"))
            lines.flush()
            if line[:4].upper() == b"QUIT":
                return
