"""Units: dated names and places, a tree without loops, kinds that are chosen and never read off a name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import UnitPlacement
from portal.accounts.queries.unit import find_units, name_on, names_of_units, the_office, the_programme, unit_by_name
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import (
    place_unit,
    refresh_units,
    register_unit,
    rename_unit,
    update_unit,
)
from portal.accounts.services.unit_registrar import LONG_AGO
from portal.exchange.names import Names
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def test_a_city_by_name_is_registered_as_the_county_it_is() -> None:
    prefecture = make_unit(UnitKind.PREFECTURE, "九江市")
    unit = make_unit(UnitKind.COUNTY, "瑞昌市", parent=prefecture)
    unit.refresh_from_db()
    assert (unit.kind, unit.parent) == (UnitKind.COUNTY, prefecture)


def test_a_unit_stands_only_under_kinds_that_can_bear_it() -> None:
    county = make_unit(UnitKind.COUNTY)
    with pytest.raises(ValidationError, match="上级单位须是"):
        make_unit(UnitKind.COUNTY, parent=county)
    with pytest.raises(ValidationError, match="请选择上级单位"):
        register_unit(programme=the_programme(), kind=UnitKind.SCHOOL, name="某校", parent=None, by=None)


@pytest.mark.parametrize("kind", [UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY, UnitKind.PARTNER])
def test_a_school_may_stand_under_a_county_a_prefecture_a_university_or_a_partner(kind: UnitKind) -> None:
    assert make_unit(UnitKind.SCHOOL, parent=make_unit(kind)).parent is not None


def test_a_past_renaming_counts_at_once_and_earlier_days_keep_the_earlier_name() -> None:
    unit = make_unit(name="江河师范学院")
    rename_unit(unit, name="江河师范大学", since=date(2024, 3, 1), by=None)
    unit.refresh_from_db()
    assert unit.name == "江河师范大学"
    assert name_on(unit, date(2024, 2, 29)) == "江河师范学院"
    assert name_on(unit, date(2024, 3, 1)) == "江河师范大学"
    assert unit in find_units("江河师范学院"), "people still look for the former name"


def test_a_future_renaming_waits_for_its_day() -> None:
    unit = make_unit(name="湖滨学院", short_name="湖院")
    day = timezone.localdate() + timedelta(days=10)
    rename_unit(unit, name="湖滨大学", short_name="湖大", since=day, by=None)
    unit.refresh_from_db()
    assert unit.name == "湖滨学院"
    assert refresh_units() == 0
    assert refresh_units(today=day) == 1
    unit.refresh_from_db()
    assert (unit.name, unit.short_name) == ("湖滨大学", "湖大")


def test_a_renaming_replaces_one_that_was_planned_for_later() -> None:
    unit = make_unit(name="甲学院")
    today = timezone.localdate()
    rename_unit(unit, name="乙学院", since=today + timedelta(days=30), by=None)
    rename_unit(unit, name="丙学院", since=today, by=None)
    assert [name.name for name in unit.names.order_by("during")] == ["甲学院", "丙学院"]


def test_a_move_keeps_where_the_unit_was() -> None:
    first, second = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
    school = make_unit(UnitKind.SCHOOL, parent=first)
    place_unit(school, parent=second, since=date(2024, 9, 1), by=None)
    school.refresh_from_db()
    assert school.parent == second
    assert school.placements.get(during__contains=date(2024, 8, 31)).parent == first


def test_a_unit_is_never_put_under_itself_or_what_stands_below_it() -> None:
    upper = make_unit(UnitKind.PARTNER)
    lower = make_unit(UnitKind.PARTNER, parent=upper)
    for parent in (upper, lower):
        with pytest.raises(ValidationError, match="不能作为它的上级"):
            place_unit(upper, parent=parent, since=date(2024, 9, 1), by=None)
    with pytest.raises(IntegrityError, match="unit_not_under_itself"), transaction.atomic():
        UnitPlacement.objects.create(unit=upper, parent=upper, during=(date(1900, 1, 1), LONG_AGO))


def test_two_names_at_one_time_are_refused_by_the_database() -> None:
    unit = make_unit()
    with pytest.raises(IntegrityError, match="unit_one_name_at_a_time"), transaction.atomic():
        unit.names.create(name="另一个名称", during=(date(2024, 1, 1), None))


def test_the_same_name_or_code_twice_is_refused_in_a_sentence() -> None:
    unit = make_unit(name="同名大学", code="10001")
    with pytest.raises(ValidationError, match="已有同名单位"):
        make_unit(name="同名大学")
    with pytest.raises(ValidationError, match="已用于“同名大学”"):
        make_unit(code="10001")
    other = make_unit()
    with pytest.raises(ValidationError, match="已用于“同名大学”"):
        update_unit(other, by=None, code="10001")
    update_unit(unit, by=None, code="10001")


def test_there_is_one_province_office() -> None:
    with pytest.raises(ValidationError, match="只能有一个"):
        register_unit(programme=the_programme(), kind=UnitKind.PROVINCE_OFFICE, name="又一个", parent=None, by=None)
    assert the_office().parent is None


def test_a_unit_is_found_by_name_short_name_alias_and_code_while_it_is_in_use() -> None:
    unit = make_unit(name="江河师范大学", short_name="江河师大", aliases=["江师"], code="10414")
    for text in ("江河师范大学", "江河师大", "江师", " 10414 "):
        assert unit_by_name(text) == unit
    assert unit_by_name("江河") is None
    update_unit(unit, by=None, is_active=False)
    assert unit_by_name("江河师范大学") is None


def test_an_alias_that_two_units_share_names_neither() -> None:
    make_unit(aliases=["一中"])
    make_unit(aliases=["一中"])
    assert unit_by_name("一中") is None


def test_a_unit_goes_out_of_use_from_a_day_on_today_where_none_is_told() -> None:
    today = timezone.localdate()
    unit = update_unit(make_unit(), by=None, is_active=False)
    assert (unit.closed_on, unit.in_use_on(today - timedelta(days=1)), unit.in_use_on(today)) == (today, True, False)
    earlier = today - timedelta(days=40)
    assert update_unit(unit, by=None, is_active=False, closed_on=earlier).closed_on == earlier
    assert update_unit(unit, by=None, is_active=True, closed_on=earlier).closed_on is None
    assert unit.in_use_on(today) is False, "what was read before is as it was"


def test_a_unit_is_not_closed_ahead_of_the_day() -> None:
    unit = make_unit()
    with pytest.raises(ValidationError, match="停用日期不能晚于今天"):
        update_unit(unit, by=None, is_active=False, closed_on=timezone.localdate() + timedelta(days=1))
    unit.refresh_from_db()
    assert unit.is_active


def test_the_database_knows_no_closed_unit_without_its_day() -> None:
    unit = make_unit()
    with pytest.raises(IntegrityError, match="unit_closed_from_a_day_on"), transaction.atomic():
        type(unit).objects.filter(pk=unit.pk).update(is_active=False)


def test_a_renamed_unit_is_found_by_what_it_was_called_before() -> None:
    school = make_unit(name="松湖县第三小学", short_name="松湖三小")
    rename_unit(school, name="松湖县实验小学", short_name="松湖实小", since=timezone.localdate(), by=None)
    called = dict(names_of_units())[school.pk]
    for text in ("松湖县第三小学", "松湖三小", "松湖县实验小学", "松湖实小"):
        assert unit_by_name(text) == school
        assert Names().find(text, "单位") == school
        assert text in called


def test_what_is_a_unit_s_name_today_is_no_other_s_former_name() -> None:
    former = make_unit(name="松湖县第三小学", short_name="松湖三小")
    rename_unit(former, name="松湖县实验小学", short_name="松湖实小", since=timezone.localdate(), by=None)
    heir = make_unit(name="松湖县第三小学", short_name="松湖三小")
    called = dict(names_of_units())
    for text in ("松湖县第三小学", "松湖三小"):
        assert unit_by_name(text) == heir
        assert Names().find(text, "单位") == heir
        assert [pk for pk, names in called.items() if text in names] == [heir.pk]
    update_unit(heir, by=None, is_active=False)
    assert unit_by_name("松湖三小") == former
    assert Names().find("松湖三小", "单位") == former
