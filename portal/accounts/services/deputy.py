"""The deputy (B角) that an information officer names himself, for a limited time."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Post, Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import OFFICE_ROLES, Role
from portal.accounts.services.post import end_post, give_post
from portal.notices.services import send_notice
from portal.text.official import official_date


@transaction.atomic
def name_deputy(*, unit: Unit, user: User, since: date, until: date, by: User) -> Post:
    """Make ``user`` deputy of ``unit`` from ``since`` to ``until``, both included.

    Raises PermissionDenied for who is not the officer in his own right, and ValidationError with a sentence for
    days that are wrong or too many, a second deputy at the time, or a person of the province office.
    """
    if not by.has_perm("accounts.name_deputy", unit):
        raise PermissionDenied
    check_span(since, until)
    if user.pk == by.pk:
        raise ValidationError({"user": "B角须是另一个人。"})
    if posts_on().filter(user=user, role__in=OFFICE_ROLES).exists():
        raise ValidationError({"user": f"{user}在省协同提质办任职，不能担任单位的B角。"})
    taken = Post.objects.filter(unit=unit, role=Role.DEPUTY_OFFICER, during__overlap=(since, until + timedelta(days=1)))
    if other := taken.select_related("user").first():
        held = official_date(other.during.upper - timedelta(days=1))
        raise ValidationError({"user": f"这段时间已有B角（{other.user}，至{held}）。如要换人，请先提前结束。"})
    post = give_post(user=user, unit=unit, role=Role.DEPUTY_OFFICER, since=since, until=until, by=by)
    send_notice(
        occasion=f"post:{post.pk}:given",
        about=unit,
        to=[user],
        template="deputy_named",
        context={"unit": unit, "by": by, "since": since, "until": until},
        url="/",
        why=f"您被明确为{unit.label}的临时B角",
    )
    return post


def end_deputy(post: Post, *, by: User) -> None:
    """End a deputy's time now: yesterday was the last day, or it never begins."""
    if post.role != Role.DEPUTY_OFFICER or not by.has_perm("accounts.name_deputy", post.unit):
        raise PermissionDenied
    end_post(post, by=by, last_day=timezone.localdate() - timedelta(days=1))


def check_span(since: date, until: date) -> None:
    """Days of a delegation: from today on, in order, and not too many. Raises ValidationError by field."""
    longest = settings.DELEGATION_MAX_DAYS
    if since < timezone.localdate():
        raise ValidationError({"since": "开始日期已经过去，请从今天或以后算起。"})
    if until < since:
        raise ValidationError({"until": "截止日期早于开始日期，请核对。"})
    if (until - since).days + 1 > longest:
        last = official_date(since + timedelta(days=longest - 1))
        raise ValidationError({"until": f"一次最多{longest}天，最晚到{last}；到期后可以再办。"})
