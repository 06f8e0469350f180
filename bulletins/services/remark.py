"""批示: recording a leader's remark, passing it on, answering it, closing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.content import printed_entries
from bulletins.models import FollowUp, Issue, LeaderRemark
from bulletins.notices.remark import tell_answered, tell_ask_again, tell_closed, tell_passed
from bulletins.services.content import content_of
from bulletins.states import FollowUpState, RemarkState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.inbox.services import replace_waiting
from portal.refusals import Refused
from portal.text.typed import typed_words
from portal.workflow import LONGEST_REASON, moving, renew_waits, started

#: A remark is a few sentences; an answer may be a page.
LONGEST_ANSWER = 5_000


@transaction.atomic
def write_remark(
    issue: Issue,
    *,
    by: User,
    text: str,
    written_on: date | None = None,
    entry_key: str = "",
    leader: User | None = None,
    leader_name: str = "",
) -> LeaderRemark:
    """Record a remark: a leader his own, the office one from paper for ``leader`` or for who has no account.

    Raises PermissionDenied, Refused before 印发, ValidationError by field.
    """
    if not by.has_perm("bulletins.write_remark", issue):
        raise PermissionDenied
    if issue.printed_on is None:
        raise Refused("本期还没有印发，印发后再记录批示。")
    if not by.has_perm("bulletins.record_remark", issue):
        leader, leader_name, written_on = by, by.name, timezone.localdate()
    remark = LeaderRemark(
        issue=issue,
        leader=leader,
        leader_name=(leader.name if leader else leader_name).strip(),
        text=_words(text, "批示内容", LONGEST_REASON),
        written_on=written_on or timezone.localdate(),
        entry_key=entry_key,
        entry_name=_entry_name(issue, entry_key),
        recorded_by=by,
    )
    _check(remark)
    remark.save()
    started(remark, "记录批示", by=by)
    return remark


def pass_remark(
    remark: LeaderRemark, *, by: User, units: Iterable[Unit], request: str = "", due: date | None = None
) -> list[FollowUp]:
    """转办 to ``units``; those who have it already are not asked again. Returns what is new."""
    chosen = {unit.pk: unit for unit in units}
    if not chosen:
        raise Refused("请选择由哪些单位办理。")
    if due and due < timezone.localdate():
        raise ValidationError({"due": "反馈期限已经过去，请改为今天或以后的日期。"})
    with moving(remark, "pass_on", by=by, units=sorted(str(unit) for unit in chosen.values())) as locked:
        present = set(locked.follow_ups.values_list("unit", flat=True))
        new = [
            FollowUp.objects.create(remark=locked, unit=unit, request=request.strip(), due=due)
            for pk, unit in chosen.items()
            if pk not in present
        ]
        if not new:
            raise Refused("所选单位都已收到这件批示，没有重复转办。")
        for row in new:
            started(row, "转办批示", by=by)
        tell_passed(new)
    return new


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, *, by: User, answer: str) -> FollowUp:
    """反馈落实情况."""
    words = _words(answer, "落实情况", LONGEST_ANSWER)
    with moving(follow_up, "answer", by=by) as locked:
        _require_open(locked)
        locked.answer, locked.answered_by, locked.answered_at = words, by, timezone.now()
        locked.reason = ""
    tell_answered(follow_up)
    renew_waits(follow_up.remark)  # once every unit has answered, the office is to close it
    return follow_up


@transaction.atomic
def ask_again(follow_up: FollowUp, *, by: User, reason: str) -> FollowUp:
    """请补充反馈: the answer stays as it was given until the unit gives a fuller one."""
    with moving(follow_up, "ask_again", by=by, reason=reason) as locked:
        _require_open(locked)
        locked.reason = reason.strip()
        tell_ask_again(locked)
    renew_waits(follow_up.remark)  # once every unit has answered, the office is to close it
    return follow_up


def close_remark(remark: LeaderRemark, *, by: User) -> LeaderRemark:
    """办结: nothing waits any more, and the leader is shown what came of it."""
    with moving(remark, "close", by=by) as locked:
        for row in locked.follow_ups.filter(state=FollowUpState.OPEN):
            replace_waiting(row, ())
        tell_closed(locked, by=by)
    return remark


def _require_open(follow_up: FollowUp) -> None:
    if follow_up.remark.state == RemarkState.CLOSED:
        raise Refused("这件批示已经办结，落实情况不能再改。")


def _words(text: str, label: str, longest: int) -> str:
    words = typed_words(text, label, longest)
    if not words:
        raise Refused(f"请写明{label}。")
    return words


def _entry_name(issue: Issue, key: str) -> str:
    if not key:
        return ""
    names = {entry.key: entry.label for entry in printed_entries(content_of(issue))}
    if key not in names:
        raise ValidationError({"entry_key": "本期没有这一条，请重新选择。"})
    return names[key][:200]


def _check(remark: LeaderRemark) -> None:
    if not remark.leader_name:
        raise ValidationError({"leader_name": "请选择或填写批示人。"})
    if remark.leader and not remark.leader.holds(Role.LEADER):
        raise ValidationError({"leader": "所选人员现在不是领导，请改填姓名。"})
    if remark.written_on > timezone.localdate():
        raise ValidationError({"written_on": "批示日期在今天之后，请核对。"})
    if remark.written_on < remark.issue.issue_date:
        raise ValidationError({"written_on": "批示日期早于本期报头日期，请核对。"})
