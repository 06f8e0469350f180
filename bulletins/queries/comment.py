"""Look-ups of comments. What is said inside the office and what is said to a unit never come from one query."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bulletins.models import Entry, Issue, OfficeComment, Submission, UnitComment
from bulletins.rules import DESK_ROLES, UNIT_ROLES
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on


def office_comments(user: User, about: Submission | Issue | Entry) -> QuerySet[OfficeComment]:
    """内部讨论 about a report, an entry, or an issue with all its entries; nothing for who is not at the desk."""
    if not user.has_perm("bulletins.view_desk"):
        return OfficeComment.objects.none()
    field = about._meta.model_name or ""
    rows = OfficeComment.objects.filter(**{field: about})
    return rows.select_related("by", "entry").prefetch_related("mentions")


def unit_comments(user: User, submission: Submission) -> QuerySet[UnitComment]:
    """What office and unit wrote to each other about a report; nothing for anybody else."""
    if not (user.has_perm("bulletins.view_desk") or user.holds(*UNIT_ROLES, unit=submission.unit_id)):
        return UnitComment.objects.none()
    return UnitComment.objects.filter(submission=submission).select_related("by").prefetch_related("mentions")


def desk_people() -> QuerySet[User]:
    """Who reads at the desk today and can be mentioned there."""
    return _holding(Q(role__in=DESK_ROLES))


def unit_people(unit: Unit) -> QuerySet[User]:
    """Who works on a unit's reports today."""
    return _holding(Q(role__in=UNIT_ROLES, unit=unit))


def _holding(posts: Q) -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=posts_on().filter(posts).values("user")).order_by("name", "pk")
