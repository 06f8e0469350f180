"""Look-ups of teams of experts and of the activities that were, or may have been, their visits."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from pilots.models import Activity, ExpertTeam
from pilots.states.activity import COUNTED
from portal.accounts.models import User
from portal.accounts.roles import OUTSIDE_ROLES, Role


def expert_teams_for(user: User) -> QuerySet[ExpertTeam]:
    """Teams are known to everybody with a post inside; an expert sees them too, a partner's contact none."""
    rows = ExpertTeam.objects.select_related("batch")
    seen = any(post.role not in OUTSIDE_ROLES or post.role == Role.EXPERT for post in user.posts_today)
    return rows if seen else rows.none()


def listed_expert_teams(user: User, *, batch: int | None = None, text: str = "", past: bool = False) -> QuerySet:  # type: ignore[type-arg]  # annotated
    """The list: teams of today and to come, with ``past`` all; each with experts and visits counted."""
    rows = expert_teams_for(user)
    if not past:
        rows = rows.filter(Q(during__contains=timezone.localdate()) | Q(during__startswith__gt=timezone.localdate()))
    if batch:
        rows = rows.filter(batch=batch)
    if text:
        members = Q(members__unit__name__icontains=text) | Q(members__field__icontains=text)
        rows = rows.filter(pk__in=ExpertTeam.objects.filter(Q(name__icontains=text) | members).values("pk"))
    return rows.annotate(
        experts=Count("members", distinct=True),
        visited=Count("visits", filter=Q(visits__state__in=COUNTED), distinct=True),
    ).order_by("batch__order", "name", "pk")


def visits_of(team: ExpertTeam) -> QuerySet[Activity]:
    """What the team did, the latest first; what was withdrawn since does not count."""
    return team.visits.filter(state__in=COUNTED).select_related("kind", "unit").order_by("-start", "-pk")


def possible_visits(team: ExpertTeam) -> QuerySet[Activity]:
    """Recorded activities in the team's term that are not its visits yet: of the experts' units, as host or partner."""
    units = [member.unit_id for member in team.members.all()]
    concerned = Activity.objects.filter(Q(unit__in=units) | Q(partners__in=units)).values("pk")
    rows = Activity.objects.filter(state__in=COUNTED, pk__in=concerned).exclude(expert_teams=team)
    if team.during.lower:
        rows = rows.filter(start__gte=team.during.lower)
    if team.during.upper:
        rows = rows.filter(start__lt=team.during.upper)
    return rows.select_related("kind", "unit").order_by("-start", "-pk")
