"""Look-ups of joint bodies."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from alliances.models import JointBody
from portal.accounts.models import User
from portal.accounts.roles import OUTSIDE_ROLES


def bodies_for(user: User) -> QuerySet[JointBody]:
    """Joint bodies are known to everybody with a post inside; outside people see those their own unit founded."""
    rows = JointBody.objects.prefetch_related("founders")
    if any(post.role not in OUTSIDE_ROLES for post in user.posts_today):
        return rows
    own = JointBody.founders.through.objects.filter(unit__in=[post.unit_id for post in user.posts_today])
    return rows.filter(pk__in=own.values("jointbody"))


def listed_bodies(user: User) -> QuerySet[JointBody]:
    """The list, each with how many meetings it called."""
    return bodies_for(user).annotate(called=Count("meetings")).order_by("since", "pk")
