"""Makers of schemes, assessments and surveys, through their own services."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilots.models import Assessment, Community, Scheme, Survey
from pilots.services.assessment import plan_assessment
from pilots.services.scheme import save_item, save_scheme
from pilots.services.survey import save_survey
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.accounts.services.post import give_post
from portal.periods import school_year_of
from tests.factories import make_unit, make_user

#: 努力值 by self-assessment, 提升值 by reviewers, a joint part the school scores itself.
ITEMS: tuple[dict[str, Any], ...] = (
    {"code": "A1", "name": "资源输出", "weight": 40, "share": "lead", "way": "self"},
    {"code": "B1", "name": "质量提高", "weight": 40, "share": "member", "way": "review"},
    {"code": "C1", "name": "共同教研", "weight": 20, "share": "joint", "way": "self"},
)
STATEMENTS = ("孩子喜欢上学。", "学校活动丰富。")


def make_scheme(by: User, items: tuple[dict[str, Any], ...] = ITEMS, name: str = "测试方案") -> Scheme:
    scheme = save_scheme(None, by=by, name=name)
    for item in items:
        save_item(None, scheme=scheme, by=by, **item_fields(**item))
    return scheme


def item_fields(**given: Any) -> dict[str, Any]:
    """The fields of an item; what is not given is as a new form has it."""
    usual: dict[str, Any] = {
        "code": "A1",
        "name": "资源输出",
        "about": "",
        "weight": 10,
        "share": "lead",
        "way": "self",
        "indicator": None,
        "formula": "",
        "full_at": None,
        "zero_at": Decimal(0),
        "is_value_added": False,
        "statements": "",
    }
    fields = usual | given
    return fields | {"weight": Decimal(fields["weight"])}


def make_assessment(
    by: User, communities: list[Community], scheme: Scheme | None = None, *, held_by: Unit | None = None, **fields: Any
) -> Assessment:
    """A round of the office over this school year, in preparation, with every day still to come."""
    today = timezone.localdate()
    year = school_year_of(today)
    values: dict[str, Any] = {
        "name": "城乡共同体考核",
        "scheme": scheme or make_scheme(by),
        "period": year.key,
        "base_period": school_year_of(year.start - timedelta(days=1)).key,
        "self_until": today + timedelta(days=10),
        "county_until": today + timedelta(days=20),
        "review_until": today + timedelta(days=30),
        "objections_until": today + timedelta(days=40),
    } | fields
    return plan_assessment(None, by=by, held_by=held_by or the_office(), communities=communities, **values)


def make_expert(unit: Unit | None = None, days: int = 365) -> User:
    """An outside expert whose post ends."""
    today, user = timezone.localdate(), make_user()
    unit = unit or make_unit()
    give_post(user=user, unit=unit, role=Role.EXPERT, by=None, since=today, until=today + timedelta(days=days))
    return user


def make_survey(by: User, held_by: Unit | None = None, **fields: Any) -> Survey:
    """A survey that is open today."""
    today = timezone.localdate()
    values = {"title": "家长满意度调查", "opens_on": today, "closes_on": today + timedelta(days=7)} | fields
    return save_survey(None, by=by, held_by=held_by or the_office(), statements=STATEMENTS, **values)
