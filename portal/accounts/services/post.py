"""Giving posts, ending them, and handing them over. History is kept: nothing is overwritten."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Post, Unit, User
from portal.accounts.roles import OFFICE_ROLES, REPORTING_ROLES, SEPARATED_ROLES, Role, UnitKind
from portal.audit.models import record
from portal.text.official import official_date


def give_post(
    *,
    user: User,
    unit: Unit,
    role: str,
    by: User | None,
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Give ``user`` a post from ``since`` (today) to ``until``, that day included; None is an open end.

    Raises ValidationError with a sentence: a second information officer, a deputy without an end, an
    office role outside the office, or two of admin, security and auditor in one hand.
    """
    since = since or timezone.localdate()
    _check_role(unit, role)
    _check_separation(user, role, since)
    if until is not None and until < since:
        raise ValidationError({"until": "截止日期早于开始日期，请核对。"})
    post = Post(user=user, unit=unit, role=role, during=(since, until + timedelta(days=1) if until else None))
    try:
        with transaction.atomic():
            post.save()
            record(
                unit,
                "accounts.post.give",
                f"任命{user}为{post.get_role_display()}"[:40],
                by=by,
                user=user.pk,
                role=role,
                since=since.isoformat(),
                until=until.isoformat() if until else None,
            )
    except IntegrityError as error:
        raise ValidationError(_sentence(error, unit, since)) from error
    return post


@transaction.atomic
def end_post(post: Post, *, by: User | None, last_day: date | None = None) -> None:
    """End a post; ``last_day`` (yesterday if not given) is the last day on which it is held.

    Raises ValidationError where the post has an earlier end: history is not stretched afterwards.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=post.pk)
    last_day = last_day or timezone.localdate() - timedelta(days=1)
    _check_still_held(post, last_day)
    record(
        post.unit,
        "accounts.post.end",
        f"免去{post.user}的{post.get_role_display()}"[:40],
        by=by,
        user=post.user_id,
        role=post.role,
        last_day=last_day.isoformat(),
    )
    if post.during.lower > last_day:
        post.delete()  # it never held for a day; the audit row remains
        return
    post.during = (post.during.lower, last_day + timedelta(days=1))
    post.save()


@transaction.atomic
def hand_over_post(post: Post, *, to: User, by: User | None, since: date | None = None) -> Post:
    """End ``post`` the day before ``since`` (today) and give it to ``to``: the handover keeps the history.

    A post with an end (a deputy's) keeps that end in the new hands.
    """
    since = since or timezone.localdate()
    if to.pk == post.user_id:
        raise ValidationError({"to": f"{to}已担任该岗位，无需交接。"})
    if since <= post.during.lower:
        raise ValidationError({"since": "接任日期须晚于原任人员的开始日期，请核对。"})
    until = post.during.upper - timedelta(days=1) if post.during.upper else None
    end_post(post, by=by, last_day=since - timedelta(days=1))
    return give_post(user=to, unit=post.unit, role=post.role, by=by, since=since, until=until)


def roles_of(kind: str) -> list[Role]:
    """The posts that a unit of ``kind`` has, in the order of the register."""
    if kind == UnitKind.PROVINCE_OFFICE:
        return [role for role in Role if role not in REPORTING_ROLES | {Role.UNIT_APPROVER, Role.PARTNER_READER}]
    return [role for role in Role if role not in OFFICE_ROLES]


def _check_role(unit: Unit, role: str) -> None:
    if role in roles_of(unit.kind):
        return
    if role in OFFICE_ROLES:
        raise ValidationError({"role": f"“{Role(role).label}”只在省协同提质办设置。"})
    raise ValidationError({"role": f"省协同提质办不设“{Role(role).label}”。"})


def _check_still_held(post: Post, last_day: date) -> None:
    """A post that has an end may be ended earlier, never later, and one that was held stays in the history."""
    if last_day < post.during.lower < timezone.localdate():
        raise ValidationError({"last_day": f"早于开始日期{official_date(post.during.lower)}，请核对。"})
    end = post.during.upper
    if end is not None and last_day + timedelta(days=1) > end:
        held_until = end - timedelta(days=1)
        raise ValidationError(
            {
                "last_day": f"{post.user}的“{post.get_role_display()}”已定于"
                f"{official_date(held_until)}截止，只能提前，不能延后。"
            }
        )


def _check_separation(user: User, role: str, since: date) -> None:
    if role not in SEPARATED_ROLES:
        return
    held = Post.objects.filter(user=user, role__in=SEPARATED_ROLES - {Role(role)}, during__overlap=(since, None))
    if other := held.first():
        raise ValidationError(
            {"role": f"管理员、安全员、审计员须由不同的人担任；{user}已是{other.get_role_display()}。"}
        )


def _sentence(error: IntegrityError, unit: Unit, since: date) -> dict[str, str]:
    """What the database refused, as a sentence for the field it concerns."""
    text = str(error)
    if "one_information_officer" in text:
        holder = Post.objects.filter(unit=unit, role=Role.INFORMATION_OFFICER, during__overlap=(since, None)).first()
        name = f"（{holder.user}）" if holder else ""
        return {"role": f"“{unit}”在这段时间已有信息员{name}。一个单位只有一名信息员，请办理交接。"}
    if "deputy_for_limited_time" in text:
        return {"until": "临时B角须写明截止日期。"}
    if "post_held_once" in text:
        return {"user": "此人在这段时间已担任该岗位。"}
    raise error
