"""The one page of a unit: everybody with a post opens it, apps add what they know, its past stays readable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliances.services.body import save_body
from portal import registry
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import place_unit, rename_unit, update_unit
from portal.registry import add_unit_section
from portal.text.official import official_date
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import make_meeting, make_need, make_team
from tests.factories.partnership import make_plan
from tests.factories.progress import make_desks
from tests.factories.selection import make_inspection

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MOVED = date(2024, 9, 1)
#: What the page asks beside the sections of apps.
OWN_QUERIES = 15


@pytest.fixture
def no_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sections", [])


def page(client: Client, unit: Unit) -> str:
    answer = client.get(f"/units/{unit.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_another_unit_finds_out_whom_to_turn_to_and_does_not_read_the_register(signed_in: SignIn) -> None:
    officer = make_officer(make_unit(name="九江学院"))
    make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit, name="李审核")
    shown = page(signed_in(make_officer()), officer.posts_today[0].unit)
    assert officer.name in shown
    assert "李审核" not in shown
    assert "变更记录" not in shown


def test_a_unit_without_an_officer_says_whom_to_ask(officer: User, signed_in: SignIn) -> None:
    assert "还没有信息员" in page(signed_in(officer), make_unit())


def test_names_and_places_over_time_stand_on_the_page(officer: User, signed_in: SignIn) -> None:
    school, county = make_unit(UnitKind.SCHOOL, "湖滨小学"), make_unit(UnitKind.COUNTY, "瑞昌市")
    before = school.parent
    rename_unit(school, name="湖滨实验小学", since=MOVED, by=None)
    place_unit(school, parent=county, since=MOVED, by=None)
    shown = page(signed_in(officer), school)
    for words in ("湖滨小学", "湖滨实验小学", "至2024年8月31日", "瑞昌市", str(before)):
        assert words in shown


def test_a_closed_unit_stays_readable_and_says_that_it_is_closed(officer: User, signed_in: SignIn) -> None:
    school = make_unit(UnitKind.SCHOOL)
    update_unit(school, by=None, is_active=False)
    assert f"这个单位自{official_date(timezone.localdate())}起停用" in page(signed_in(officer), school)


def test_outside_people_open_their_own_unit_alone(signed_in: SignIn) -> None:
    partner = make_unit(UnitKind.PARTNER, "科大讯飞")
    client = signed_in(make_user(Role.PARTNER_READER, partner))
    assert client.get(f"/units/{partner.pk}/").status_code == 200
    assert client.get(f"/units/{make_unit().pk}/").status_code == 404


def test_sections_stand_in_their_order_and_only_where_they_have_something_to_say(
    no_sections: None, officer: User, signed_in: SignIn
) -> None:
    def nothing(user: User, unit: Unit) -> Mapping[str, Any] | None:
        return None

    def children(user: User, unit: Unit) -> Mapping[str, Any]:
        return {"unit": unit, "today": MOVED}

    template = "accounts/unit_facts.html"
    add_unit_section("后面的内容", order=50, template=template, data=children)
    add_unit_section("前面的内容", order=20, template=template, data=children)
    add_unit_section("没有的内容", order=30, template=template, data=nothing)
    shown = page(signed_in(officer), make_unit())
    assert shown.index("前面的内容") < shown.index("后面的内容")
    assert "没有的内容" not in shown


@pytest.mark.parametrize("role", ["", Role.ADMIN])
def test_the_page_asks_few_questions_however_much_stands_under_the_unit(
    no_sections: None, officer: User, signed_in: SignIn, role: str
) -> None:
    county, user = make_unit(UnitKind.COUNTY), make_user(role) if role else officer
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make_officer(make_unit(UnitKind.SCHOOL, parent=county))
        client = signed_in(user)
        with CaptureQueriesContext(connection) as queries:
            page(client, county)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= OWN_QUERIES


def test_every_registered_section_can_be_shown_for_every_kind_of_unit(officer: User, signed_in: SignIn) -> None:
    for user in (officer, make_user(Role.EDITOR), make_user(Role.AUDITOR)):
        client = signed_in(user)
        for kind in UnitKind.values[1:]:
            page(client, make_unit(kind))


def test_all_that_a_school_takes_part_in_stands_on_its_page(signed_in: SignIn) -> None:
    desks = make_desks()
    make_need(desks.school, desks.teacher, what="请专家来校听课")
    make_meeting(desks.school, desks.teacher)
    make_body_of(desks.school, desks.office)
    make_plan(desks.school, desks.teacher)
    make_team(desks.office, desks.school)
    make_inspection(desks.office, [desks.school])
    shown = page(signed_in(desks.office), desks.school)
    for words in ("请专家来校听课", "联席会议", "校际合作中心", "协同提质工作方案", "视导专家团", "试点学校工作督导"):
        assert words in shown
    assert f"/pilots/progress/{desks.report.pk}/" in shown


def test_what_is_not_a_reader_s_to_see_is_not_on_the_page(signed_in: SignIn) -> None:
    desks = make_desks()
    make_need(desks.school, desks.teacher, what="请专家来校听课")
    make_plan(desks.school, desks.teacher)
    shown = page(signed_in(make_officer(make_unit(UnitKind.SCHOOL))), desks.school)
    assert "请专家来校听课" not in shown
    assert "协同提质工作方案" not in shown


def test_sections_of_apps_cost_the_same_with_one_thing_of_each_and_with_many(signed_in: SignIn) -> None:
    desks = make_desks()
    counts = []
    for number in (1, 5):
        for _ in range(number):
            make_need(desks.school, desks.teacher)
            make_meeting(desks.school, desks.teacher)
            make_inspection(desks.office, [desks.school])
        client = signed_in(desks.office)
        with CaptureQueriesContext(connection) as queries:
            page(client, desks.school)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def make_body_of(founder: Unit, by: User) -> None:
    save_body(None, by=by, name="校际合作中心", founders=[founder, make_unit(UnitKind.PARTNER)], since=MOVED, leads="")
