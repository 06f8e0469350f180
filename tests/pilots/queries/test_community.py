"""Who sees which communities, what their term shows, how far rural central schools are covered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pilots.models import ActivityKind, Community, SchoolStage
from pilots.queries.community import communities_for, labels_of, listed_communities
from pilots.queries.community_activities import activities_of, community_sessions
from pilots.queries.community_term import current_schools, term_of_community
from pilots.queries.coverage import coverage_for
from pilots.services.activity import Facts, record_activity
from pilots.services.community import end_community
from pilots.services.community_papers import set_policy
from pilots.services.school_profile import ProfileFacts, save_profile
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import update_unit
from portal.periods import school_year_of, span, term_of
from tests.factories import make_officer, make_unit, make_user
from tests.factories.community import kind_of, lead_of, make_community, make_school, member_of, staff_of

pytestmark = pytest.mark.django_db


def sees(user: User, community: Community) -> bool:
    return communities_for(user).filter(pk=community.pk).exists()


def test_a_community_is_seen_by_whom_it_concerns(editor: User) -> None:
    community = make_community()
    prefecture = community.area.parent
    for unit in (community.area, prefecture, lead_of(community), member_of(community)):
        assert sees(staff_of(unit), community)  # type: ignore[arg-type]
    assert sees(editor, community)
    assert sees(make_user(Role.LEADER), community)
    assert not sees(staff_of(make_unit(UnitKind.COUNTY)), community)
    assert not sees(make_officer(), community)
    assert not sees(make_user(Role.EXPERT), community)


def test_a_partners_contact_sees_what_his_partner_shares_in() -> None:
    partner = make_unit(UnitKind.PARTNER, is_outside=True)
    contact = make_user(Role.PARTNER_READER, partner)
    shared = make_community(members=[make_school(partner)])
    assert sees(contact, shared)
    assert not sees(contact, make_community())


def test_the_list_narrows_by_area_state_and_school() -> None:
    first, second = make_community(name="甲"), make_community(name="乙")
    end_community(second, last_day=date(2025, 8, 31), reason="调整", by=None)
    office = make_user(Role.LEADER)
    assert list(listed_communities(office, area=first.area.parent_id)) == [first]
    assert list(listed_communities(office, state="now")) == [first]
    assert list(listed_communities(office, state="ended")) == [second]
    assert list(listed_communities(office, text=member_of(second).name)) == [second]


def test_a_county_calls_its_communities_as_its_prefecture_does_unless_it_has_a_word_of_its_own() -> None:
    community = make_community()
    assert labels_of([community])[community.pk] == "城乡共同体"
    for area, word in ((community.area.parent, "城乡发展共同体"), (community.area, "城乡教育共同体")):
        set_policy(area=area, kind=kind_of(), label=word, offices={}, by=None)  # type: ignore[arg-type]
        assert labels_of([community])[community.pk] == word


def took_place(unit: Unit, partners: list[Unit], kind: str = "集体备课", sessions: int = 1) -> None:
    day = timezone.localdate()
    facts = Facts(
        kind=ActivityKind.objects.get(name=kind), start=day, end=day, sessions=sessions, place="校内", partners=partners
    )
    record_activity(facts, unit=unit, by=make_officer(unit))


def test_an_activity_of_two_of_its_schools_is_the_communitys_that_of_one_is_not() -> None:
    community, term = make_community(), term_of(timezone.localdate())
    lead, member = lead_of(community), member_of(community)
    took_place(lead, [member], sessions=3)
    took_place(member, [make_school()])
    assert [one.sessions for one in activities_of(community, term)] == [3]
    kinds = [ActivityKind.objects.get(name="集体备课").pk]
    assert community_sessions([community.pk], term, kinds=kinds) == {community.pk: 3}
    other = [ActivityKind.objects.get(name="培训").pk]
    assert community_sessions([community.pk], term, kinds=other) == {community.pk: 0}


def test_an_activity_before_a_school_joined_is_not_the_communitys() -> None:
    today = timezone.localdate()
    community = make_community(since=today)
    lead, member = lead_of(community), member_of(community)
    took_place(lead, [member])
    assert activities_of(community, span(today, today)).count() == 1
    yesterday = today - timedelta(days=1)
    assert activities_of(community, span(yesterday, yesterday)).count() == 0


def test_a_term_says_what_was_done_and_what_is_missing() -> None:
    community, term = make_community(), term_of(timezone.localdate())
    lead, member = lead_of(community), member_of(community)
    took_place(lead, [member], sessions=2)
    shown = term_of_community(community, term, [lead, member])
    duties = {one.duty.name: one for one in shown.duties}
    assert duties["教师研训一体化"].sessions == [("集体备课", 2)]
    assert duties["教师研训一体化"].missing == []
    assert duties["学生交流常态化"].missing == ["本学期还没有记录。"]
    assert len(duties["组织管理系统化"].missing) == 2


def central(area: Unit) -> Unit:
    school = make_school(area)
    facts = ProfileFacts(SchoolStage.objects.get(name="小学"), "rural", 300, 8, 20, is_rural_central=True)
    save_profile(school, school_year_of(timezone.localdate()).key, facts, by=None)
    return school


def test_coverage_names_the_rural_central_schools_in_no_community(editor: User) -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    inside, outside = central(county), central(county)
    make_community(county, members=[inside])
    year = school_year_of(today).key
    (row,) = coverage_for(editor, year, today)
    assert (row.area, row.schools, row.covered, row.percent, row.uncovered) == (county, 2, 1, 50, [outside])
    assert coverage_for(staff_of(make_unit(UnitKind.COUNTY)), year, today) == []
    assert coverage_for(staff_of(county), year, today) == [row]


def test_a_community_of_another_kind_does_not_cover(editor: User) -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    make_community(county, members=[central(county)], kind="协作共同体")
    (row,) = coverage_for(editor, school_year_of(today).key, today)
    assert row.covered == 0


def test_a_school_closed_in_mid_year_stays_with_its_community_and_is_no_longer_wanting(editor: User) -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    school = central(county)
    community = make_community(county, members=[school])
    update_unit(school, by=None, is_active=False)
    (listed,) = listed_communities(editor)
    assert school in current_schools(listed)
    assert coverage_for(editor, school_year_of(today).key, today) == []
    assert community.memberships.filter(school=school).exists()
