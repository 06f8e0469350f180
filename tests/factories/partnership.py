"""Makers of what a pair runs on: agreements, items of the work list, plans, contacts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alliances.models import Agreement, Partnership, Plan, WorkItem
from alliances.services.agreement import Party, Terms, record_agreement
from alliances.services.plan import Goal, PlanWords, settle_plan, start_plan
from alliances.services.work_item import add_work_item
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.periods import school_year_of
from tests.factories import make_officer, make_user


def make_terms(pair: Partnership, **fields: Any) -> Terms:
    """An agreement signed a month ago that runs for another year, by both sides under their present names."""
    today = timezone.localdate()
    fields.setdefault("title", "协同提质合作协议")
    fields.setdefault("since", today - timedelta(days=30))
    fields.setdefault("until", today + timedelta(days=365))
    fields.setdefault("signed_on", min(fields["since"], today))
    fields.setdefault("parties", [Party(pair.university.name, pair.university), Party(pair.county.name, pair.county)])
    return Terms(**fields)


def make_agreement(pair: Partnership, by: User | None = None, **fields: Any) -> Agreement:
    """An agreement of ``pair``, recorded by the office where nobody is named."""
    return record_agreement(pair, make_terms(pair, **fields), by=by or make_user(Role.EDITOR))


def make_item(pair: Partnership | None, owner: Unit, by: User | None = None, **fields: Any) -> WorkItem:
    """An item that ``owner`` has to do within a month."""
    fields.setdefault("title", "选派教师到校指导教研")
    fields.setdefault("due", timezone.localdate() + timedelta(days=30))
    return add_work_item(by=by or make_user(Role.EDITOR), owner=owner, partnership=pair, **fields)


def make_plan(unit: Unit, officer: User | None = None, day: date | None = None, *, settled: bool = True) -> Plan:
    """The plan of ``unit`` for the school year of ``day``, settled unless said otherwise."""
    by = officer or make_officer(unit)
    words = PlanWords("协同提质工作方案", "以教研为抓手。", [Goal("联合教研每学期八次", "活动记录")])
    plan = start_plan(unit, words, by=by, school_year=school_year_of(day or timezone.localdate()).key)
    return settle_plan(plan, by=by) if settled else plan
