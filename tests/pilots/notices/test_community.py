"""A school hears that it has joined a community or left it, and so does the one that leads."""

from __future__ import annotations

from datetime import date

import pytest

from pilots.models import Community
from pilots.services.community import end_community
from pilots.services.membership import add_member, change_lead, end_membership
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.notices.models import Notice
from tests.factories import make_unit
from tests.factories.alliance import officer_of
from tests.factories.community import lead_of, make_community, make_school, member_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


def told(unit: Unit) -> list[str]:
    """Subjects of what the unit's officer was told, the latest last."""
    return list(Notice.objects.filter(user=officer_of(unit)).order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def community() -> Community:
    """Its schools have officers, who have read of its founding."""
    area = make_unit(UnitKind.COUNTY)
    lead, member = make_school(area, "梧桐路小学"), make_school(area, "银杏小学")
    for unit in (area, lead, member):
        officer_of(unit)
    return make_community(area, lead=lead, members=[member])


def test_all_schools_hear_of_the_founding(community: Community) -> None:
    for school in (lead_of(community), member_of(community)):
        assert told(school) == ["“第一共同体”已建立"]
    notice = Notice.objects.get(user=officer_of(lead_of(community)))
    assert "2024年9月1日起，梧桐路小学为牵头校，成员校有银杏小学" in notice.body
    assert notice.url == f"/communities/{community.pk}/"


def test_who_joins_and_the_lead_hear_of_it_and_nobody_else(community: Community) -> None:
    school = make_school(community.area, "杉木小学")
    officer_of(school)
    add_member(community, school=school, since=DAY, by=officer_of(community.area))
    assert told(school) == ["杉木小学参加“第一共同体”"]
    assert told(lead_of(community))[1:] == ["杉木小学参加“第一共同体”"]
    assert told(member_of(community))[1:] == told(community.area) == []


def test_who_leaves_and_the_lead_hear_why(community: Community) -> None:
    leaving = member_of(community)
    add_member(community, school=make_school(community.area), since=DAY, by=None)
    membership = community.memberships.get(school=leaving)
    end_membership(membership, last_day=date(2025, 8, 31), reason="布局调整", by=None)
    assert told(leaving)[-1] == told(lead_of(community))[-1] == "银杏小学退出“第一共同体”"
    assert Notice.objects.filter(user=officer_of(leaving), body__contains="理由：布局调整").exists()


def test_a_new_lead_is_told_to_all_who_turn_to_it(community: Community) -> None:
    before, member, after = lead_of(community), member_of(community), make_school(community.area, "杉木小学")
    officer_of(after)
    change_lead(community, school=after, since=DAY, stays=False, by=None)
    for school in (before, member, after):
        assert told(school)[-1] == "“第一共同体”更换牵头校"
    body = Notice.objects.filter(user=officer_of(before)).latest("pk").body
    assert "由杉木小学牵头，梧桐路小学退出共同体" in body


def test_all_schools_hear_of_the_end_except_who_ended_it(community: Community) -> None:
    bureau: User = officer_of(community.area)
    end_community(community, last_day=date(2025, 8, 31), reason="工作结束", by=bureau)
    for school in (lead_of(community), member_of(community)):
        assert told(school)[-1] == "“第一共同体”结束"
    assert told(community.area) == []
