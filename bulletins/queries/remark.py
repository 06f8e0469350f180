"""Look-ups of leaders' remarks and of the units' answers; who may see which starts here."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from bulletins.models import EntrySource, FollowUp, Issue, LeaderRemark
from bulletins.rules import UNIT_ROLES
from bulletins.states import FollowUpState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import units


def remarks_for(user: User) -> QuerySet[LeaderRemark]:
    """The desk sees all, a leader his own; a unit sees only what was passed to it (:func:`follow_ups_for`)."""
    rows = LeaderRemark.objects.select_related("issue__periodical", "leader", "recorded_by")
    if user.has_perm("bulletins.view_desk"):
        return rows
    return rows.filter(leader=user) if user.has_perm("bulletins.view_remarks") else rows.none()


def follow_ups_for(user: User) -> QuerySet[FollowUp]:
    """What was passed to the units that ``user`` works for, the latest first."""
    mine = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    rows = FollowUp.objects.filter(unit__in=mine).select_related("unit", "remark__issue__periodical", "answered_by")
    return rows.order_by("-passed_at", "-pk")


def awaited_answers(user: User) -> QuerySet[FollowUp]:
    """Answers that units still owe to whoever passes remarks on, and to the leader whose remark it is."""
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN)
    return rows if user.has_perm("bulletins.pass_remark") else rows.filter(remark__leader=user)


def remark_addresses(follow_ups: Collection[int]) -> dict[int, str]:
    """By key of a unit's answer: the page of its remark, where desk and leader read it. One query."""
    rows = FollowUp.objects.filter(pk__in=follow_ups).order_by().values_list("pk", "remark")
    return {pk: reverse("remark", args=[remark]) for pk, remark in rows}


def remarks_open_to(user: User) -> QuerySet[LeaderRemark]:
    """Whose files ``user`` may open: the remarks he sees, and those passed to his units."""
    return LeaderRemark.objects.filter(
        Q(pk__in=remarks_for(user).values("pk")) | Q(pk__in=follow_ups_for(user).order_by().values("remark"))
    )


def follow_ups_open_to(user: User) -> QuerySet[FollowUp]:
    """Whose files ``user`` may open: those of his units' answers, and of answers to remarks he sees."""
    return FollowUp.objects.filter(
        Q(pk__in=follow_ups_for(user).order_by().values("pk")) | Q(remark__in=remarks_for(user).values("pk"))
    ).select_related("unit", "remark")


def listed_remarks(user: User, *, text: str = "", state: str = "") -> QuerySet[LeaderRemark]:
    """The list with how many units answer and how many have; empty arguments narrow nothing."""
    rows = remarks_for(user)
    if state:
        rows = rows.filter(state=state)
    if text:
        in_unit = FollowUp.objects.filter(unit__name__icontains=text).values("remark")
        rows = rows.filter(Q(text__icontains=text) | Q(leader_name__icontains=text) | Q(pk__in=in_unit))
    answered = Count("follow_ups", filter=Q(follow_ups__state=FollowUpState.ANSWERED))
    return rows.annotate(asked=Count("follow_ups"), answered=answered).order_by("-written_on", "-pk")


def with_answers(rows: QuerySet[LeaderRemark]) -> QuerySet[LeaderRemark]:
    """Remarks with their units' answers as ``answers``; one query more."""
    answers = FollowUp.objects.select_related("unit", "answered_by").order_by(
        "unit__official_order", "unit__name", "pk"
    )
    return rows.prefetch_related(Prefetch("follow_ups", queryset=answers, to_attr="answers"))


def units_concerned(remark: LeaderRemark) -> QuerySet[Unit]:
    """Units whose reports stand in the entry remarked on: whom the office will most likely pass it to."""
    sources = EntrySource.objects.filter(entry__issue=remark.issue_id)
    number = remark.entry_key.removeprefix("entry-")
    if not number.isdecimal():
        return Unit.objects.none()
    return units().filter(pk__in=sources.filter(entry=int(number)).values("submission__unit"))


def remarks_on(issue: Issue, user: User) -> QuerySet[LeaderRemark]:
    """The remarks on ``issue`` that ``user`` may see."""
    return remarks_for(user).filter(issue=issue)
