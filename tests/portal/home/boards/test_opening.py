"""What a figure of a board opens: the rows it is made of, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pilots.models import Indicator, ReportingPeriod
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.home.boards.board import board_of
from portal.home.boards.facts import Board
from portal.home.boards.maps import INDICATOR, map_of
from portal.home.boards.subjects import of_community, of_unit
from portal.measures import measure_called
from portal.periods import school_year_of, term_of
from portal.text.official import official_date
from tests.factories import make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.alliance import make_pair
from tests.factories.community import lead_of, make_community, make_school, member_of
from tests.factories.partnership import make_item
from tests.factories.progress import open_term
from tests.factories.selection import make_pilot
from tests.portal.home.boards.figures import some

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_figure_opens_the_rows_it_is_made_of(county: Unit, leader: User, signed_in: SignIn) -> None:
    some(county, 3)
    client = signed_in(leader)
    board: Board = client.get("/board/").context["board"]
    opened = [one for _, one in board.all_figures() if one.label in ("活动", "合计", "联合教研") and one.number == 3]
    assert len(opened) >= 3
    for one in opened:
        assert client.get(one.url).context["page"].paginator.count == 3, one


def test_a_quota_of_the_past_opens_what_it_was_made_of(county: Unit, leader: User, signed_in: SignIn) -> None:
    school, day = some(county, 0), timezone.localdate()
    make_target(the_office(), 8, indicator=make_indicator())
    past = term_of(day - timedelta(days=300))
    make_recorded(school, day=past.start + timedelta(days=20))
    client = signed_in(leader)
    for unit in (the_office(), county):
        quota = board_of(of_unit(unit), past, day).quotas[0]
        assert "已完成1次" in quota.words
        page = client.get(quota.url)
        assert [line.pace.words for line, _ in page.context["lines"]] == [quota.words]
        assert f"截至{official_date(past.end)}" in page.content.decode()


def test_late_sheets_of_a_school_open_its_own_and_nobody_elses(county: Unit, leader: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    school, other = make_school(county, "清溪小学"), make_school(county, "清溪小学分校")
    opened = open_term(make_user(Role.EDITOR))
    ReportingPeriod.objects.filter(pk=opened.pk).update(due=today - timedelta(days=3))
    assert set(opened.reports.values_list("unit", flat=True)) >= {school.pk, other.pk}
    board = board_of(of_unit(school), term_of(today), today)
    late = next(group.figure for group in board.late if group.figure.label == "确认单逾期")
    assert late.number == 1
    rows = signed_in(leader).get(late.url).context["page"].object_list
    assert [row.unit for row in rows] == [school]


def test_names_on_a_communitys_map_lead_only_to_boards_that_the_reader_may_open(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    community = make_community(county)
    lead, member = lead_of(community), member_of(community)
    path = of_community(community).url
    own, others = of_unit(lead).url, of_unit(member).url
    page = signed_in(make_user(Role.INFORMATION_OFFICER, lead)).get(path).content.decode()
    assert member.label in page
    assert f'href="{own}"' in page
    assert f'href="{others}"' not in page
    assert f'href="{others}"' in signed_in(leader).get(path).content.decode()


def test_late_work_of_a_county_opens_what_concerns_it_and_no_other(leader: User, signed_in: SignIn) -> None:
    pair, other = make_pair(), make_pair()
    today = timezone.localdate()
    late = make_item(pair, pair.county, due=today - timedelta(days=2))
    make_item(other, other.county, due=today - timedelta(days=2))
    board = board_of(of_unit(pair.county), term_of(today), today)
    figure = next(group.figure for group in board.late if group.figure.label == "工作清单逾期")
    assert figure.number == 1
    assert list(signed_in(leader).get(figure.url).context["page"]) == [late]


def test_the_other_kinds_of_a_month_open_those_activities(county: Unit, leader: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    chief = ("联合教研", "集体备课", "教学沙龙", "课题研究", "培训")
    for kind in (*chief, *chief, "送教下乡", "学生交流"):
        make_recorded(county, day=today, kind=kind)
    board = board_of(of_unit(the_office()), term_of(today), today)
    (others,) = [one for row in board.months.rows for one in row.figures if one.label == "其他" and one.number]
    opened = signed_in(leader).get(others.url).context["page"]
    assert (others.number, {str(one.kind) for one in opened}) == (2, {"送教下乡", "学生交流"})


def test_every_figure_of_a_community_opens_what_it_did_in_just_that_time(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    community, today = make_community(county), timezone.localdate()
    lead, member = lead_of(community), member_of(community)
    year = school_year_of(today - timedelta(days=365))
    for day, kind in ((40, "联合教研"), (45, "培训"), (250, "联合教研")):  # in both terms of the year
        make_recorded(lead, member, day=year.start + timedelta(days=day), kind=kind)
    make_recorded(lead, day=year.start + timedelta(days=60))  # no community's
    board = board_of(of_community(community), year, today)
    client = signed_in(leader)
    for label, number in (("共同体活动场次", 3), ("联合教研", 1), ("合计", 2)):
        figure = next(one for _, one in board.all_figures() if one.label == label and one.number)
        assert (figure.number, client.get(figure.url).context["page"].paginator.count) == (number, number), label


@pytest.mark.parametrize("measure", ["alliances.pairs", "alliances.schools", "pilot_counties", "pilot_schools"])
def test_what_stands_under_a_unit_opens_just_those(county: Unit, leader: User, signed_in: SignIn, measure: str) -> None:
    found = measure_called(measure)
    assert found
    today = timezone.localdate()
    for area in (county, make_unit(UnitKind.COUNTY)):  # the other one shows that rows are narrowed
        make_pair(county=area)
        make_pilot(area)
        for number in range(2):
            make_pilot(make_school(area, f"{area.name}第{number}小学"))
    past = make_pilot(make_school(county), until=today - timedelta(days=400))
    assert past
    client, term = signed_in(leader), term_of(today)
    for unit in (the_office(), county.parent, county):
        assert unit
        counted = found.count([unit.pk], term)[unit.pk]
        page = client.get(found.address(unit.pk, term))
        assert f"只列出“{term.label}”这个数字所含的" in page.content.decode()
        opened = page.context["page"].paginator.count
        assert opened == counted == found.rows(unit.pk, term).count() > 0


def test_what_is_behind_opens_where_it_is_told_of_that_unit_and_time(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    today = timezone.localdate()
    indicator = make_indicator(UnitKind.COUNTY, direction=Indicator.Direction.AT_MOST)
    for area in (county, make_unit(UnitKind.COUNTY, "白石县", county.parent)):
        make_target(area, 0, indicator=indicator)
        make_recorded(area, day=today)
    client = signed_in(leader)
    for unit, number in ((county, 1), (the_office(), 2)):
        board = board_of(of_unit(unit), term_of(today), today)
        behind = next(group.figure for group in board.late if group.figure.label == "目标滞后")
        opened = client.get(behind.url).context
        told = opened["rows"] if unit == the_office() else [one for one in opened["board"].quotas if one.late]
        assert (behind.number, len(told)) == (number, number)


def test_a_tile_of_an_indicator_opens_what_it_is_judged_by_there_though_no_target_is_set(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    schools, today = [make_school(county, f"清溪第{number}小学") for number in (1, 2)], timezone.localdate()
    for number, school in enumerate(schools, 1):
        make_recorded(school, day=today, sessions=number)
    make_recorded(make_school(make_unit(UnitKind.COUNTY, "白石县", county.parent)), day=today)
    indicator = make_indicator()
    drawn = map_of(of_unit(the_office()), INDICATOR + indicator.code, term_of(today), today)
    assert drawn
    (tile,) = [one for city in drawn.tiles for one in city.inside if one.name == county.label]
    client = signed_in(leader)
    page = client.get(tile.figure.url)
    opened = {one.subject.pk: one for one in page.context["page"]}
    assert {pk: one.pace.reached for pk, one in opened.items()} == {schools[0].pk: 1, schools[1].pk: 2}
    assert tile.figure.number == page.context["overview"].total == 3
    assert client.get(opened[schools[1].pk].rows_url).context["page"].paginator.count == 1
    stranger = signed_in(make_user(Role.INFORMATION_OFFICER, make_unit(UnitKind.COUNTY)))
    hidden = stranger.get(tile.figure.url)
    assert not list(hidden.context["page"])
    assert "<strong>3次" not in hidden.content.decode()
