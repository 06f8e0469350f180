"""Acting for somebody (代办): authorised by the person himself for his posts in units, or by an admin; always dated."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Acting, Post, User
from portal.accounts.roles import SEPARATED_ROLES, is_conferred
from portal.accounts.services.deputy import check_span
from portal.audit.models import record
from portal.notices.services import send_notice

LONGEST_REASON = 200


@transaction.atomic
def authorise_acting(*, principal: User, agent: User, since: date, until: date, by: User, reason: str = "") -> Acting:
    """Let ``agent`` do the work of ``principal`` from ``since`` to ``until``, both included.

    Raises PermissionDenied for who is neither the principal nor an admin, and ValidationError with a sentence for
    wrong days, a principal with no post that can be conferred, an agent who may not take it, or one who has it.
    """
    if by.pk != principal.pk and not by.has_perm("accounts.manage_users"):
        raise PermissionDenied
    check_span(since, until)
    _check_people(principal, agent, by=by, since=since, until=until)
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        raise ValidationError({"reason": f"事由请控制在{LONGEST_REASON}字以内。"})
    acting = Acting(
        principal=principal,
        agent=agent,
        during=(since, until + timedelta(days=1)),
        reason=reason.strip(),
        given_by=by,
    )
    try:
        with transaction.atomic():
            acting.save()
    except IntegrityError as error:
        if "acting_once_at_a_time" not in str(error):
            raise
        raise ValidationError({"agent": f"{agent}在这段时间已受托代{principal}办理。"}) from error
    span = {"since": since.isoformat(), "until": until.isoformat()}
    record(principal, "accounts.acting.give", f"委托{agent}代办"[:40], by=by, reason=reason, agent=agent.pk, **span)
    send_notice(
        occasion=f"acting:{acting.pk}",
        about=acting,
        to=[agent],
        template="acting_given",
        context={"acting": acting, "since": since, "until": until},
        url="/",
        why=f"您受托代{principal}办理"[:200],
    )
    return acting


@transaction.atomic
def end_acting(acting: Acting, *, by: User) -> None:
    """End it now; who asked for it, who does it and an admin may. What never began leaves no row, only the record."""
    if by.pk not in (acting.principal_id, acting.agent_id) and not by.has_perm("accounts.manage_users"):
        raise PermissionDenied
    acting = Acting.objects.select_for_update(of=("self",)).select_related("principal", "agent").get(pk=acting.pk)
    today = timezone.localdate()
    if acting.during.upper <= today:
        return
    record(acting.principal, "accounts.acting.end", f"结束{acting.agent}代办"[:40], by=by, agent=acting.agent_id)
    if acting.during.lower >= today:
        acting.delete()
        return
    acting.during = (acting.during.lower, today)
    acting.save()


def _check_people(principal: User, agent: User, *, by: User, since: date, until: date) -> None:
    if agent.pk == principal.pk:
        raise ValidationError({"agent": "不能委托自己，请填另一个人。"})
    if not agent.is_active:
        raise ValidationError({"agent": f"{agent}的账号已停用，不能代办。"})
    span = (since, until + timedelta(days=1))
    separated = Post.objects.filter(user=agent, role__in=SEPARATED_ROLES, during__overlap=span).first()
    if separated is not None:
        raise ValidationError({"agent": f"{agent}是{separated.get_role_display()}，不能代他人办理。"})
    by_holder = by.pk == principal.pk
    held = Post.objects.filter(user=principal, during__overlap=span)
    if not any(is_conferred(post.role, by_holder=by_holder) for post in held):
        kinds = "单位的岗位" if by_holder else "可以代办的岗位"
        raise ValidationError(f"{principal}没有{kinds}。审核、签发、管理、安全、审计等岗位不能由他人代办。")
