"""What a 学期确认单 says is missing of the quotas: of the unit itself, of who lies in it, of its communities."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots.models import Indicator, Target
from pilots.models.indicator import Force
from pilots.prefilled.targets import missing, rows
from portal.accounts.models import Unit
from portal.accounts.roles import UnitKind
from portal.periods import Period, term_of
from tests.factories import make_unit
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import lead_of, make_community, make_school

pytestmark = pytest.mark.django_db

#: A term that is over, with a day in it.
DAY = date(2024, 11, 16)
TERM = term_of(DAY)
SINCE, UNTIL = date(2024, 1, 1), date(2025, 12, 31)


def quota(area: Unit, value: int = 8, *, force: str = Force.MUST, indicator: Indicator | None = None) -> Target:
    target = make_target(area, value, indicator=indicator, first=SINCE, last=UNTIL)
    Target.objects.filter(pk=target.pk).update(force=force)
    return target


def met(*schools: Unit, sessions: int = 1, day: date = DAY) -> None:
    make_recorded(schools[0], *schools[1:], day=day, kind="联合教研", sessions=sessions)


def said(unit: Unit, period: Period = TERM) -> str:
    return "".join(missing(unit, period))


def test_a_school_reads_what_it_still_lacks() -> None:
    school = make_school()
    quota(school.parent)  # type: ignore[arg-type]
    met(school, sessions=6)
    assert missing(school, TERM) == ["“教研活动次数”8次中已完成6次，还差2次。"]
    assert [line.text for line in rows(school, TERM)] == ["教研活动次数：8次中已完成6次"]


def test_once_the_term_is_over_nearly_enough_is_not_enough() -> None:
    school = make_school()
    quota(school.parent, 20)  # type: ignore[arg-type]
    met(school, sessions=19)
    assert "还差1次" in said(school)
    met(school)
    assert said(school) == ""


@pytest.mark.parametrize("force", [Force.STRIVE, Force.ENCOURAGED])
def test_what_one_strives_for_is_no_shortfall(force: str) -> None:
    school = make_school()
    quota(school.parent, force=force)  # type: ignore[arg-type]
    assert said(school) == ""
    assert rows(school, TERM)


def test_a_county_reads_by_name_which_of_its_schools_fall_short() -> None:
    county = make_unit(UnitKind.COUNTY)
    busy, idle = make_school(county, "勤学小学"), make_school(county, "清闲小学")
    make_school(None, "外县小学")
    quota(county)
    met(busy, sessions=8)
    assert missing(county, TERM) == ["“教研活动次数”应达到8次，还没有做到的：清闲小学（0次）。"]
    met(idle, sessions=3)
    assert "清闲小学（3次）" in said(county)


def test_the_leading_school_reads_who_of_its_community_has_not_taken_part() -> None:
    county = make_unit(UnitKind.COUNTY)
    lead, active, idle = (make_school(county, name) for name in ("牵头小学", "参加小学", "缺席小学"))
    make_community(county, lead=lead, members=[active, idle], name="第一共同体")
    quota(county, indicator=Indicator.objects.get(code="s2-joint-research"))
    met(lead, active, sessions=6)
    name = Indicator.objects.get(code="s2-joint-research").name
    assert said(lead) == f"第一共同体“{name}”8次中已完成6次，还差2次；还没有参加的：缺席小学。"
    assert said(active) == ""
    assert said(idle).endswith("；本校还没有参加。")
    assert "第一共同体（6次）" in said(county)


def test_the_sheet_of_a_community_that_keeps_its_quota_says_nothing() -> None:
    community = make_community(make_unit(UnitKind.COUNTY))
    quota(community.area, 1, indicator=Indicator.objects.get(code="s2-joint-research"))
    schools = [row.school for row in community.memberships.all()]
    met(*schools)
    assert all(said(school) == "" for school in schools)
    assert lead_of(community) in schools


def test_of_two_targets_the_nearer_one_holds() -> None:
    school = make_school()
    county = school.parent
    assert county is not None
    indicator = make_indicator()
    quota(county, 2, indicator=indicator)
    quota(county.parent, 8, indicator=indicator)  # type: ignore[arg-type]
    met(school, sessions=2)
    assert said(school) == ""


def test_what_a_county_lacks_is_read_alike_for_one_school_and_for_twenty() -> None:
    county = make_unit(UnitKind.COUNTY)
    quota(county)
    make_school(county)
    with CaptureQueriesContext(connection) as one:
        missing(county, TERM)
    for _ in range(19):
        make_school(county)
    with CaptureQueriesContext(connection) as twenty:
        found = missing(county, TERM)
    assert len(twenty) == len(one)
    assert "等20个" in found[0]
