"""Keeping teams of experts: who is in them, for how long, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Activity, Batch, ExpertMember, ExpertTeam
from pilots.queries.expert_team import possible_visits
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.saving import save_checked


@dataclass(frozen=True, slots=True)
class Expert:
    """One expert: where from, in what post, for what."""

    unit: Unit | None
    post: str
    field: str = ""


@transaction.atomic
def save_expert_team(
    team: ExpertTeam | None,
    *,
    by: User,
    name: str,
    batch: Batch | None,
    since: date,
    until: date | None,
    experts: Sequence[Expert],
    note: str = "",
) -> ExpertTeam:
    """Enter a team or change it; ``until`` is the last day of its term, None for no end yet.

    Raises ValidationError by field: a term that ends before it begins, a team of nobody, an expert without unit or
    post, a name that another team bears at that time.
    """
    if not by.has_perm("pilots.manage_expert_teams", team):
        raise PermissionDenied
    if until is not None and until < since:
        raise ValidationError({"until": "聘期结束早于开始，请核对。"})
    if not experts:
        raise ValidationError({"experts": "请至少填写一位专家。"})
    if any(expert.unit is None or not expert.post.strip() for expert in experts):
        raise ValidationError({"experts": "每位专家都要写明单位和职务。"})
    is_new, team = team is None, team or ExpertTeam()
    team.name, team.batch, team.note = name.strip(), batch, note.strip()
    team.during = (since, until + timedelta(days=1) if until else None)
    save_checked(team)
    team.members.all().delete()
    ExpertMember.objects.bulk_create(
        ExpertMember(team=team, order=order, unit=expert.unit, post=expert.post.strip(), field=expert.field.strip())
        for order, expert in enumerate(experts)
    )
    action, label = ("create", "组建专家团队") if is_new else ("update", "修改专家团队")
    record(team, f"pilots.expertteam.{action}", label, by=by)
    team.refresh_from_db()
    return team


@transaction.atomic
def add_visit(team: ExpertTeam, activity: Activity, *, by: User) -> ExpertTeam:
    """``activity`` was a visit of this team. Raises ValidationError for one outside its term or without its units."""
    if not by.has_perm("pilots.add_expert_visit", team):
        raise PermissionDenied
    if not possible_visits(team).filter(pk=activity.pk).exists():
        raise ValidationError({"activity": "这项活动不在聘期内、与专家所在单位无关，或已经列入，请重新选择。"})
    team.visits.add(activity)
    record(team, "pilots.expertteam.visit", "列入专家活动", by=by, activity=activity.pk)
    return team


@transaction.atomic
def drop_visit(team: ExpertTeam, activity: Activity, *, by: User) -> None:
    """It was none of theirs."""
    if not by.has_perm("pilots.add_expert_visit", team):
        raise PermissionDenied
    team.visits.remove(activity)
    record(team, "pilots.expertteam.no_visit", "移出专家活动", by=by, activity=activity.pk)
