"""Communities are found by their names, their schools and their plans, and by nobody who may not see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilots.models import CommunityPlan
from pilots.services.membership import add_member, end_membership
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.community import lead_of, make_community, make_school
from tests.portal.search.looking import keys, look, numbers

pytestmark = pytest.mark.django_db


def test_a_community_is_found_by_its_name_area_schools_and_plan(editor: User) -> None:
    county = make_unit(UnitKind.COUNTY)
    lead = make_school(county, "梧桐路小学")
    community = make_community(county, lead=lead, name="梧桐共同体")
    CommunityPlan.objects.create(community=community, school_year="2024-2025", text="三年内共建科学实验室。")
    for reader in (editor, make_officer(county), make_officer(lead), make_user(Role.LEADER)):
        for words in ("梧桐共同体", "梧桐路小学", county.name, "科学实验室"):
            assert community.pk in keys(reader, words, "community"), (reader, words)


def test_a_school_that_has_left_still_finds_it_and_is_found_with_it() -> None:
    community = make_community()
    school = make_school(community.area, "银杏小学")
    membership = add_member(community, school=school, since=date(2024, 10, 1), by=None)
    end_membership(membership, last_day=date(2024, 12, 31), reason="调整", by=None)
    assert keys(make_officer(school), "银杏小学", "community") == {community.pk}


def test_others_find_it_not() -> None:
    make_community(name="梧桐共同体")
    for other in (make_officer(), make_officer(make_unit(UnitKind.COUNTY)), make_user(Role.EXPERT), make_user()):
        assert numbers(look(other, "梧桐共同体")) == {}, other


def test_a_unit_narrows_to_what_it_founded_or_is_in(editor: User) -> None:
    community, other = make_community(name="梧桐共同体"), make_community(name="梧桐共同体")
    for unit in (community.area, lead_of(community)):
        assert keys(editor, "梧桐", "community", unit=str(unit.pk)) == {community.pk}
    assert keys(editor, "梧桐", "community", unit=str(other.area_id)) == {other.pk}
    assert keys(editor, "梧桐", "community", state="report:draft") == set()


def test_a_find_leads_to_its_page(editor: User, signed_in: Any) -> None:
    make_community(name="梧桐共同体")
    (hit,) = look(editor, "梧桐共同体").hits
    assert signed_in(editor).get(hit.described.url).status_code == 200
