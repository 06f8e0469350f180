"""Who can be asked to score a case: experts of today without a part in it."""

from __future__ import annotations

from bulletins.models import Case
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role, UnitKind


def experts() -> list[User]:
    """All who are experts today and can sign in, by name."""
    posts = posts_on().filter(role=Role.EXPERT, user__is_active=True)
    return sorted({post.user_id: post.user for post in posts}.values(), key=lambda user: (user.name, user.username))


def ties_to_case(case: Case, user: User) -> Unit | None:
    """The unit that ties ``user`` to ``case``: he has a post in a unit with a part in it, or right above or below one.

    The office stands above everybody, so that a post there ties nobody.
    """
    ties = _Ties(case)
    return next((post.unit for post in user.own_posts if ties.bind(post.unit)), None)


def possible_experts(case: Case) -> list[User]:
    """Experts whom nothing ties to the case, and who are not asked about its latest version yet."""
    ties, found = _Ties(case), experts()
    tied = {post.user_id for post in posts_on().filter(user__in=found) if ties.bind(post.unit)}
    latest = case.versions.order_by("-number").first()
    asked = set(latest.reviews.values_list("expert", flat=True)) if latest else set()
    return [user for user in found if user.pk not in tied | asked | {case.author_id, case.keeper_id}]


class _Ties:
    """The units with a part in a case, and what stands right above them, the office aside."""

    def __init__(self, case: Case) -> None:
        parts = [case.unit, *case.partners.select_related("parent")]
        above = [unit.parent for unit in parts if unit.parent and unit.parent.kind != UnitKind.PROVINCE_OFFICE]
        self.parts = {unit.pk for unit in parts}
        self.above = {unit.pk for unit in above}

    def bind(self, unit: Unit) -> bool:
        return unit.pk in self.parts | self.above or unit.parent_id in self.parts
