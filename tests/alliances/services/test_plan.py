"""A county's or school's plan is its writer's own until it is settled; each school year has one."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from alliances.queries.plan import plans_for
from alliances.services.plan import Goal, PlanWords, revise_plan, save_plan, settle_plan, start_plan
from portal.accounts.roles import Role, UnitKind
from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import notices_for
from portal.periods import school_year_of
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_pair
from tests.factories.partnership import make_plan

pytestmark = pytest.mark.django_db
WORDS = PlanWords("方案", "", [Goal("联合教研八次")])


def this_year() -> str:
    return school_year_of(timezone.localdate()).key


def test_a_draft_is_its_writers_own_and_a_settled_plan_is_read_by_partners_and_the_office() -> None:
    pair = make_pair()
    county, university, editor = make_officer(pair.county), make_officer(pair.university), make_user(Role.EDITOR)
    stranger = make_officer(make_unit(UnitKind.COUNTY))
    plan = make_plan(pair.county, county, settled=False)
    assert [reader for reader in (county, university, editor) if plan in plans_for(reader)] == [county]
    settle_plan(plan, by=county)
    assert all(plan in plans_for(reader) for reader in (county, university, editor))
    assert plan not in plans_for(stranger)
    assert any("已定稿" in notice.subject for notice in notices_for(university))


def test_a_schools_plan_is_read_by_its_county_and_the_countys_partner() -> None:
    pair = make_pair()
    plan = make_plan(make_unit(UnitKind.SCHOOL, parent=pair.county))
    assert plan.noun == "一校一案"
    assert all(plan in plans_for(make_officer(unit)) for unit in (pair.county, pair.university))


def test_a_unit_has_one_plan_for_a_school_year() -> None:
    county = make_unit(UnitKind.COUNTY)
    officer = make_officer(county)
    make_plan(county, officer)
    with pytest.raises(ValidationError, match="已有方案"):
        start_plan(county, WORDS, by=officer, school_year=this_year())
    assert make_plan(county, officer, in_days(-400)).unit == county


def test_only_the_unit_itself_writes_and_only_kinds_that_have_plans() -> None:
    pair = make_pair()
    university = make_officer(pair.university)
    with pytest.raises(PermissionDenied):
        start_plan(pair.county, WORDS, by=university, school_year=this_year())
    with pytest.raises(ValidationError, match="没有一县一案"):
        start_plan(pair.university, WORDS, by=university, school_year=this_year())


@pytest.mark.parametrize("year", ["2024", "2024-2026", "2024-2025-1", "本学年"])
def test_a_school_year_is_named_as_such(year: str) -> None:
    county = make_unit(UnitKind.COUNTY)
    with pytest.raises(ValidationError, match="没有这个学年"):
        start_plan(county, WORDS, by=make_officer(county), school_year=year)


def test_a_plan_without_a_goal_is_not_settled() -> None:
    county = make_unit(UnitKind.COUNTY)
    officer = make_officer(county)
    plan = start_plan(county, PlanWords("方案"), by=officer, school_year=this_year())
    with pytest.raises(Refused, match="还没有目标"):
        settle_plan(plan, by=officer)
    assert waiting_for(officer).count() == 1


def test_a_settled_plan_is_written_on_only_after_it_is_taken_up_again() -> None:
    county = make_unit(UnitKind.COUNTY)
    officer = make_officer(county)
    plan = make_plan(county, officer)
    with pytest.raises(Refused, match="已经定稿"):
        save_plan(plan, WORDS, by=officer)
    revise_plan(plan, by=officer, reason="增加目标")
    save_plan(plan, PlanWords("方案", "", [Goal("甲"), Goal("  "), Goal("乙")]), by=officer)
    assert [goal.goal for goal in plan.goals.all()] == ["甲", "乙"]
