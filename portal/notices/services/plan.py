"""What a person's choice makes of a message that is ready."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from portal.accounts.models import User
from portal.notices.models import MailChoice, MailState, NoticePreference

_STATES = {
    MailChoice.AT_ONCE: MailState.AT_ONCE,
    MailChoice.DAILY: MailState.DAILY,
    MailChoice.NEVER: MailState.NONE,
}


def plan_mail(people: Iterable[User]) -> dict[int, MailState]:
    """By person: how a notice that is ready now goes by e-mail. Without an address, or where this server
    sends no mail at all, it does not. One query."""
    users = {user.pk: user for user in people}
    if not users or not settings.EMAIL_URL:
        return dict.fromkeys(users, MailState.NONE)
    chosen = dict(NoticePreference.objects.filter(user__in=users).values_list("user", "mail"))
    wishes = {pk: chosen.get(pk, MailChoice.AT_ONCE) if user.email else MailChoice.NEVER for pk, user in users.items()}
    return {pk: _STATES[MailChoice(wish)] for pk, wish in wishes.items()}
