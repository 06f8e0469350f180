"""E-mail of messages: always by a worker, never in a web request, each once, tried again while it is news."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries.unit import the_programme
from portal.jobs.models import Job
from portal.jobs.services import enqueue_many, finishing, reopen_failed
from portal.notices.models import MailState, Notice
from portal.notices.services.plan import plan_mail

MAIL_NOTICE = "mail-notice"
MAIL_DIGEST = "mail-digest"
#: A mail server that is down is asked again so often, and for so long a message is still news.
TRY_AGAIN_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=3)


def order_mail(notices: Iterable[int], *, again: str = "") -> None:
    """Have workers mail these notices; asked twice, it is still one mail each.

    ``again`` sets an order apart from an earlier one that found the person not wanting mail just then.
    """
    enqueue_many(kind=MAIL_NOTICE, payloads={f"notice:{pk}{again}": {"notice": pk} for pk in notices})


def post_due() -> None:
    """What beat asks for: settle delayed notices whose time has come, order digests, try failed ones again."""
    now = timezone.now()
    due = list(Notice.objects.filter(mail=MailState.WAITING, ready_at__lte=now).select_related("user"))
    states = plan_mail({notice.user_id: notice.user for notice in due}.values())
    for state in set(states.values()):
        pks = [notice.pk for notice in due if states[notice.user_id] == state]
        Notice.objects.filter(pk__in=pks, mail=MailState.WAITING).update(mail=state)
    order_mail(notice.pk for notice in due if states[notice.user_id] == MailState.AT_ONCE)
    order_digests(now)
    stale = Notice.objects.filter(mail__in=(MailState.AT_ONCE, MailState.DAILY), ready_at__lt=now - GIVE_UP_AFTER)
    stale.update(mail=MailState.FAILED)
    reopen_failed((MAIL_NOTICE, MAIL_DIGEST), before=now - TRY_AGAIN_AFTER, since=now - GIVE_UP_AFTER)


def order_digests(now: datetime) -> None:
    """One digest a day to who wants one, once the hour has struck; a beat that was down makes up for it."""
    today = timezone.localtime(now).date()
    if now < digest_moment(today):
        return
    people = _for_digest(today).values_list("user", flat=True).distinct()
    payloads = {f"digest:{pk}:{today}": {"user": pk, "day": today.isoformat()} for pk in people.order_by("user")}
    enqueue_many(kind=MAIL_DIGEST, payloads=payloads)


def digest_moment(day: date) -> datetime:
    """When the digest of ``day`` is due."""
    return timezone.make_aware(datetime.combine(day, time(settings.NOTICE_DIGEST_HOUR)))


def mail_notice(job: Job) -> None:
    """Mail one notice, unless it has gone, was taken back, or the person no longer wants mail."""
    with finishing(job):
        rows = Notice.objects.select_for_update(of=("self",)).select_related("user")
        notice = rows.filter(pk=job.payload["notice"], mail=MailState.AT_ONCE).first()
        if notice is None:
            return
        lines = get_template("notices/mail/one.txt").render({"notice": notice, **_addresses(notice)})
        state = _send(notice.user, notice.subject, lines, key=f"notice.{notice.pk}")
        Notice.objects.filter(pk=notice.pk).update(mail=state, mailed_at=timezone.now())


def mail_digest(job: Job) -> None:
    """Mail what is unread of the day to one person; what was read in the portal meanwhile is left out."""
    day = date.fromisoformat(job.payload["day"])
    with finishing(job):
        rows = _for_digest(day).filter(user=job.payload["user"]).order_by("ready_at", "pk")
        notices = list(rows.select_for_update(of=("self",)).select_related("user"))
        if not notices:
            return
        items = [{"notice": notice, **_addresses(notice)} for notice in notices]
        lines = get_template("notices/mail/digest.txt").render({"items": items, **_settings_address()})
        state = _send(notices[0].user, f"您有{len(notices)}条新消息", lines, key=f"digest.{notices[0].user_id}.{day}")
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=state, mailed_at=timezone.now())


def _for_digest(day: date) -> QuerySet[Notice]:
    """Unread notices that the digest of ``day`` or an earlier one owes."""
    return Notice.objects.filter(mail=MailState.DAILY, read_at__isnull=True, ready_at__lte=digest_moment(day))


def _send(user: User, subject: str, lines: str, *, key: str) -> MailState:
    """Hand a mail to the server. FAILED where it refuses this very address: trying again is no use.

    ``key`` makes the same Message-ID on every try: should a worker end between sending and writing
    that down, the reader's mail server sees one message.
    """
    if not user.email:
        return MailState.NONE
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMessage(
        subject=f"【{the_programme().short_name}】{subject}",
        body=lines.strip() + "\n",
        to=[user.email],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _ in refusal.recipients.values()):
            return MailState.FAILED
        raise
    return MailState.SENT


def _addresses(notice: Notice) -> dict[str, str]:
    return {"link": settings.SITE_URL + reverse("notice", args=[notice.pk]), **_settings_address()}


def _settings_address() -> dict[str, str]:
    return {"settings_link": settings.SITE_URL + reverse("notice-settings")}
