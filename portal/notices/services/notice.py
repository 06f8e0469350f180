"""Writing messages, taking back what nobody has seen yet, and marking as read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.models import MailChoice, MailState, Notice, NoticePreference
from portal.notices.queries.notice import notices_for
from portal.notices.services.mail import order_mail
from portal.notices.services.plan import plan_mail

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Words:
    """A message as its reader finds it: about which thing, and where it leads; ``why`` as in :func:`send_notice`."""

    about: models.Model
    subject: str
    body: str
    url: str
    why: str


def send_notice(
    *,
    occasion: str,
    about: models.Model,
    to: Iterable[User],
    template: str,
    context: Mapping[str, Any],
    url: str,
    why: str,
    wait_until: datetime | None = None,
) -> int:
    """Tell each of ``to`` once, in the caller's transaction; returns how many were told that had not been.

    ``occasion`` names the event once and for all (``submission-returned:12:3``): the same occasion and the
    same person are one message, whatever posts he holds. ``template`` is ``templates/notices/<name>.txt``,
    plain text whose first line is the subject. ``why`` is a sentence without a stop ("您是某校信息员").
    With ``wait_until`` nobody sees or gets it before, and :func:`take_back` undoes it until then. Who cannot
    sign in is left out.
    """
    people = {user.pk: user for user in to if user.is_active}.values()
    if not people:
        return 0
    subject, body = render(template, context)
    words = Words(about=about, subject=subject, body=body, url=url, why=why)
    return send_each(occasion=occasion, words=dict.fromkeys(people, words), wait_until=wait_until)


@transaction.atomic
def send_each(*, occasion: str, words: Mapping[User, Words], wait_until: datetime | None = None) -> int:
    """As :func:`send_notice`, where each person reads words of his own; a constant number of queries."""
    people = {user.pk: user for user in words if user.is_active}
    if not people:
        return 0
    now = timezone.now()
    ready_at = wait_until if wait_until and wait_until > now else now
    states = plan_mail(people.values()) if ready_at <= now else dict.fromkeys(people, MailState.WAITING)
    own = Notice.objects.filter(occasion=occasion, user__in=people)
    told = set(own.values_list("user", flat=True))
    rows = [
        _row(user, words[user], occasion=occasion, ready_at=ready_at, mail=states[pk])
        for pk, user in people.items()
        if pk not in told
    ]
    # Somebody else may be telling them of the same event at this very moment: his rows count, ours fall away.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    order_mail(own.exclude(user__in=told).filter(mail=MailState.AT_ONCE).values_list("pk", flat=True))
    return len(rows)


def take_back(*, about: models.Model, occasion: str) -> int:
    """Delete what was not sent yet of ``occasion``; what people have seen stays. Returns how many rows went."""
    kind = ContentType.objects.get_for_model(about)
    rows = Notice.objects.filter(content_type=kind, object_id=about.pk, occasion=occasion, ready_at__gt=timezone.now())
    return rows.delete()[0]


def forget_notices(about: models.Model) -> None:
    """Delete all messages about a thing that is about to be deleted: they would lead nowhere."""
    Notice.objects.filter(content_type=ContentType.objects.get_for_model(about), object_id=about.pk).delete()


def mark_seen(*, about: models.Model, by: User) -> int:
    """Opening the page of a thing reads all messages about it, however one came there."""
    return mark_read(notices_for(by).filter(content_type=ContentType.objects.get_for_model(about), object_id=about.pk))


def mark_read(rows: models.QuerySet[Notice]) -> int:
    """The person has seen ``rows``; the first time counts. A digest need not tell of them any more."""
    owed = models.Case(models.When(mail=MailState.DAILY, then=models.Value(MailState.NONE)), default=models.F("mail"))
    return rows.filter(read_at__isnull=True).update(read_at=timezone.now(), mail=owed)


@transaction.atomic
def choose_mail(user: User, choice: MailChoice) -> None:
    """Keep how ``user`` wants e-mail; what has not gone out yet follows the new choice."""
    NoticePreference.objects.update_or_create(user=user, defaults={"mail": choice})
    open_rows = Notice.objects.filter(user=user, mail__in=(MailState.AT_ONCE, MailState.DAILY))
    state = plan_mail([user])[user.pk]
    open_rows.update(mail=state)
    if state == MailState.AT_ONCE:
        order_mail(open_rows.values_list("pk", flat=True), again=f":{timezone.now().timestamp():.6f}")


def choose_weekly(user: User, wanted: bool) -> None:
    """Keep whether ``user`` wants the weekly summary of what waits."""
    NoticePreference.objects.update_or_create(user=user, defaults={"weekly": wanted})


def _row(user: User, words: Words, *, occasion: str, ready_at: datetime, mail: MailState) -> Notice:
    return Notice(
        user=user,
        occasion=occasion,
        content_type=ContentType.objects.get_for_model(words.about),
        object_id=words.about.pk,
        subject=words.subject,
        body=words.body,
        url=words.url,
        why=words.why,
        ready_at=ready_at,
        mail=mail,
    )


def render(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of a plain-text template: its first line, and the rest without needless empty lines."""
    found: Any = get_template(f"notices/{template}.txt")
    text = str(found.template.render(Context(dict(context), autoescape=False))).strip()
    subject, _, body = text.partition("\n")
    return " ".join(subject.split())[:LONGEST_SUBJECT], re.sub(r"\n{3,}", "\n\n", body).strip()
