"""Look-ups of messages; the bell, the list and the digest all start here, so they agree."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.models import MailChoice, Notice, NoticePreference


def notices_for(user: User) -> QuerySet[Notice]:
    """What ``user`` has been told so far, the latest first; delayed messages only once their time has come."""
    return Notice.objects.filter(user=user, ready_at__lte=timezone.now())


def unread_notices(user: User) -> QuerySet[Notice]:
    """What ``user`` has been told and not opened yet."""
    return notices_for(user).filter(read_at__isnull=True)


def mail_choice(user: User) -> MailChoice:
    """How ``user`` wants e-mail: his own choice, else at once."""
    row = NoticePreference.objects.filter(user=user).first()
    return MailChoice(row.mail) if row else MailChoice.AT_ONCE


def weekly_choice(user: User) -> bool:
    """Whether ``user`` wants the weekly summary; without a choice he does."""
    row = NoticePreference.objects.filter(user=user).first()
    return row.weekly if row else True


def wants_weekly(people: QuerySet[User]) -> QuerySet[User]:
    """Those of ``people`` who have not switched the weekly summary off."""
    return people.exclude(notice_preference__weekly=False)
