"""目标监测: targets with their pace; every figure opens its rows; the office sets them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from pilots.models import Indicator, Target
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import make_community

pytestmark = pytest.mark.django_db


def test_a_figure_on_the_page_opens_the_list_of_its_rows(signed_in: Callable[[User], Client]) -> None:
    school = make_unit(UnitKind.SCHOOL)
    activity = make_recorded(school, day=timezone.localdate())
    make_recorded(make_unit(UnitKind.SCHOOL), day=timezone.localdate())
    target, client = make_target(the_office()), signed_in(make_user(Role.LEADER))
    page = client.get(reverse("target", args=[target.pk]))
    standing = next(one for one in page.context["overview"].standings if one.subject.pk == school.pk)
    assert "8次中已完成1次" in page.content.decode()
    assert [row.pk for row in client.get(standing.rows_url).context["page"]] == [activity.pk]


def test_the_list_and_its_table_open(signed_in: Callable[[User], Client]) -> None:
    school = make_unit(UnitKind.SCHOOL)
    target = make_target(school.parent)  # type: ignore[arg-type]  # a school stands under a county
    client = signed_in(make_officer(school))
    assert reverse("target", args=[target.pk]) in client.get(reverse("targets")).content.decode()
    assert client.get(reverse("targets-export")).status_code == 200


def test_the_list_can_be_narrowed_to_targets_of_which_something_is_late(
    signed_in: Callable[[User], Client],
) -> None:
    school = make_unit(UnitKind.SCHOOL)
    make_recorded(school, day=timezone.localdate())
    kept = make_target(school, 5, indicator=make_indicator(direction=Indicator.Direction.AT_MOST))
    broken = make_target(school, 0, indicator=make_indicator(direction=Indicator.Direction.AT_MOST))
    client = signed_in(make_user(Role.LEADER))
    assert [row.target for row in client.get(reverse("targets")).context["rows"]] == [kept, broken]
    assert [row.target for row in client.get(reverse("targets"), {"late": "yes"}).context["rows"]] == [broken]


def test_a_target_of_another_county_is_not_there(signed_in: Callable[[User], Client]) -> None:
    target = make_target(make_unit(UnitKind.COUNTY))
    client = signed_in(make_officer(make_unit(UnitKind.COUNTY)))
    assert client.get(reverse("target", args=[target.pk])).status_code == 404


def test_of_a_target_of_the_province_a_county_reads_the_sum_and_its_own_only(
    signed_in: Callable[[User], Client],
) -> None:
    school, other = make_unit(UnitKind.SCHOOL), make_unit(UnitKind.SCHOOL)
    target, address = make_target(the_office()), reverse("targets-export")
    county = signed_in(make_officer(school.parent))
    page = county.get(reverse("target", args=[target.pk])).content.decode()
    assert "共2个考察对象" in page
    assert "只列出与本单位有关的" in page
    assert (school.name in page, other.name in page) == (True, False)
    assert names_in(county.get(address).content) == [school.name]
    assert set(names_in(signed_in(make_user(Role.LEADER)).get(address).content)) == {school.name, other.name}


def test_of_communities_those_are_listed_that_can_be_opened(signed_in: Callable[[User], Client]) -> None:
    own, other = make_community(name="清江共同体"), make_community(name="袁水共同体")
    target = make_target(the_office(), indicator=make_indicator(level="community", measure="community_sessions"))
    client = signed_in(make_officer(own.area))
    page = client.get(reverse("target", args=[target.pk])).content.decode()
    assert reverse("community", args=[own.pk]) in page
    assert reverse("community", args=[other.pk]) not in page
    assert other.name not in page


def names_in(table: bytes) -> list[object]:
    """The column of what is judged."""
    rows = list(load_workbook(BytesIO(table)).worksheets[0].iter_rows(values_only=True))
    head = next(row for row in rows if "考察对象" in row)
    return [row[head.index("考察对象")] for row in rows[rows.index(head) + 1 :] if row[0]]


def test_the_office_sets_a_target_beginning_with_what_is_usual(signed_in: Callable[[User], Client]) -> None:
    indicator = make_indicator(usual_value=8, clause="某市工作方案")
    client = signed_in(make_user(Role.EDITOR))
    assert "某市工作方案" in client.get(reverse("target-new"), {"indicator": indicator.pk}).content.decode()
    typed = {"indicator": indicator.pk, "area": the_office().pk, "value": "8", "force": "must"}
    refused = client.post(reverse("target-new"), typed | {"first": "2026-09-01", "last": "2026-08-31"})
    assert refused.status_code == 422
    assert "结束日期早于开始日期" in refused.content.decode()
    client.post(reverse("target-new"), typed | {"first": "2026-09-01", "last": "2027-08-31"})
    target = Target.objects.get()
    assert client.get(reverse("target-edit", args=[target.pk])).status_code == 200
