"""Founding, renaming and ending communities (S2 三（一）, S4 二（四）)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Community
from pilots.services.community import end_community, found_community, rename_community
from pilots.services.membership import add_member
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import place_unit, update_unit
from portal.audit.models import history
from portal.refusals import Refused
from tests.factories import make_unit, make_user
from tests.factories.community import (
    COOPERATING,
    SINCE,
    kind_of,
    lead_of,
    make_community,
    make_school,
    member_of,
    staff_of,
)

pytestmark = pytest.mark.django_db


def found(by: User | None, area: object, lead: object, members: list[object], **changes: object) -> Community:
    fields = {"kind": kind_of(), "name": "东湖共同体", "since": SINCE} | changes
    return found_community(area=area, lead=lead, members=members, by=by, **fields)  # type: ignore[arg-type]


def sentence(error: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return " ".join(error.value.message_dict[field])


def test_a_county_brings_its_schools_together() -> None:
    county = make_unit(UnitKind.COUNTY)
    lead, one, two = (make_school(county) for _ in range(3))
    community = found(staff_of(county), county, lead, [one, two])
    assert {(row.school, row.role) for row in community.memberships.all()} == {
        (lead, "lead"),
        (one, "member"),
        (two, "member"),
    }
    assert history(community).get().data["members"] == [one.name, two.name]


def test_a_community_needs_a_member() -> None:
    county = make_unit(UnitKind.COUNTY)
    with pytest.raises(ValidationError) as error:
        found(None, county, make_school(county), [])
    assert "至少要有一所成员校" in sentence(error, "members")


def test_the_lead_is_not_its_own_member() -> None:
    county = make_unit(UnitKind.COUNTY)
    lead = make_school(county)
    with pytest.raises(ValidationError) as error:
        found(None, county, lead, [make_school(county), lead])
    assert f"“{lead}”是牵头校，不能同时作成员校" in sentence(error, "members")


def test_a_school_is_in_one_community_of_a_kind_and_the_sentence_says_in_which() -> None:
    county = make_unit(UnitKind.COUNTY)
    first = make_community(county, name="西湖共同体")
    with pytest.raises(ValidationError) as error:
        found(None, county, make_school(county), [member_of(first)])
    assert "已在“西湖共同体”中" in sentence(error, "members")
    with pytest.raises(ValidationError) as error:
        found(None, county, lead_of(first), [make_school(county)])
    assert "已在“西湖共同体”中" in sentence(error, "lead")


def test_the_same_school_may_be_in_a_community_of_another_kind() -> None:
    county = make_unit(UnitKind.COUNTY)
    first = make_community(county)
    second = found(None, county, lead_of(first), [member_of(first)], kind=kind_of(COOPERATING))
    assert second.memberships.count() == 2


def test_one_name_stands_for_one_community_of_an_area_at_a_time() -> None:
    county = make_unit(UnitKind.COUNTY)
    make_community(county, name="东湖共同体")
    with pytest.raises(ValidationError, match="同名的共同体"):
        found(None, county, make_school(county), [make_school(county)])


def test_a_county_reaches_no_school_beyond_it_its_prefecture_does() -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    here, there = (make_unit(UnitKind.COUNTY, parent=prefecture) for _ in range(2))
    lead, beyond = make_school(here), make_school(there)
    with pytest.raises(ValidationError) as error:
        found(staff_of(here), here, lead, [beyond])
    assert "跨县的共同体请由设区市建立" in sentence(error, "members")
    assert found(staff_of(prefecture), prefecture, lead, [beyond]).area == prefecture


def test_the_office_alone_reaches_across_provinces(editor: User) -> None:
    outside = make_unit(UnitKind.PARTNER, is_outside=True)
    beyond, lead = make_school(outside), make_school()
    assert lead.parent is not None
    area = lead.parent.parent
    assert area is not None
    with pytest.raises(ValidationError):
        found(staff_of(area), area, lead, [beyond])
    assert found(editor, area, lead, [beyond], kind=kind_of(COOPERATING)).memberships.count() == 2


def test_an_area_in_which_none_of_the_schools_lies_is_a_slip_for_the_office_too(editor: User) -> None:
    county, other = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY, "靖安县")
    with pytest.raises(ValidationError) as error:
        found(editor, other, make_school(county), [make_school(county)])
    assert "都不在靖安县" in sentence(error, "area")


@pytest.mark.parametrize("who", ["another county", "school", "issuer", "auditor"])
def test_nobody_else_founds_communities(who: str) -> None:
    county = make_unit(UnitKind.COUNTY)
    lead, member = make_school(county), make_school(county)
    person = {
        "another county": lambda: staff_of(make_unit(UnitKind.COUNTY)),
        "school": lambda: staff_of(lead),
        "issuer": lambda: make_user(Role.ISSUER),
        "auditor": lambda: make_user(Role.AUDITOR),
    }[who]()
    with pytest.raises(PermissionDenied):
        found(person, county, lead, [member])


def test_a_closed_school_joins_none_and_what_is_no_school_neither() -> None:
    county = make_unit(UnitKind.COUNTY)
    closed = update_unit(make_school(county), by=None, is_active=False)
    with pytest.raises(ValidationError) as error:
        found(None, county, make_school(county), [closed])
    assert "已停用" in sentence(error, "members")
    with pytest.raises(ValidationError) as error:
        found(None, county, make_unit(), [make_school(county)])
    assert "不是学校" in sentence(error, "lead")


def test_an_ended_community_keeps_its_history_and_sets_its_schools_free() -> None:
    community = make_community()
    school, last = member_of(community), date(2025, 8, 31)
    end_community(community, last_day=last, reason="学校布局调整", by=None)
    assert {row.during.upper for row in community.memberships.all()} == {last + timedelta(days=1)}
    assert history(community).first().reason == "学校布局调整"  # type: ignore[union-attr]
    again = make_community(community.area, members=[school], name="第二共同体", since=date(2025, 9, 1))
    assert again.memberships.filter(school=school).exists()


def test_ending_asks_for_a_reason_comes_once_and_cuts_off_no_later_member() -> None:
    community = make_community()
    with pytest.raises(Refused, match="理由"):
        end_community(community, last_day=date(2025, 8, 31), reason=" ", by=None)
    add_member(community, school=make_school(community.area), since=date(2025, 10, 1), by=None)
    with pytest.raises(ValidationError, match="不能早于这一天"):
        end_community(community, last_day=date(2025, 8, 31), reason="调整", by=None)
    end_community(community, last_day=date(2026, 8, 31), reason="调整", by=None)
    with pytest.raises(Refused, match="已定于2026年8月31日结束"):
        end_community(community, last_day=date(2026, 8, 31), reason="调整", by=None)


def test_a_community_does_not_end_before_it_began() -> None:
    with pytest.raises(ValidationError):
        end_community(make_community(), last_day=date(2024, 8, 1), reason="调整", by=None)


def test_renaming_is_written_down() -> None:
    community = make_community()
    rename_community(community, name="新共同体", by=staff_of(community.area))
    assert history(community).first().data == {"before": "第一共同体", "after": "新共同体"}  # type: ignore[union-attr]
    with pytest.raises(PermissionDenied):
        rename_community(community, name="别的", by=staff_of(lead_of(community)))


def test_a_school_that_moves_to_another_county_stays_in_its_community() -> None:
    community = make_community()
    school, today = member_of(community), timezone.localdate()
    place_unit(school, parent=make_unit(UnitKind.COUNTY), since=today, by=None)
    assert community.memberships.filter(school=school, during__contains=today).exists()
