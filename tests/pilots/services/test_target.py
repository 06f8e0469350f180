"""The office sets targets; what cannot be is refused in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Target
from pilots.services.target import delete_target, set_target
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.audit.models import Entry, history
from tests.factories import make_officer, make_user
from tests.factories.activity import make_indicator

pytestmark = pytest.mark.django_db


def given(**more: Any) -> dict[str, Any]:
    plan = {"area": the_office(), "value": Decimal(8), "force": "must"}
    days = {"first": date(2024, 9, 1), "last": date(2025, 8, 31)}
    return plan | days | more


def test_the_office_sets_a_target_and_a_change_keeps_what_stood() -> None:
    editor, indicator = make_user(Role.EDITOR), make_indicator()
    target = set_target(None, by=editor, indicator=indicator, **given())
    assert target.during.upper == date(2025, 9, 1)
    set_target(target, by=editor, indicator=indicator, **given(value=Decimal(10)))
    changed = history(target).filter(label="修改目标").get()
    assert changed.data["before"]["value"] == "8.00"


def test_units_set_none() -> None:
    with pytest.raises(PermissionDenied):
        set_target(None, by=make_officer(), indicator=make_indicator(), **given())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last": date(2024, 8, 31)}, "结束日期早于开始日期"),
        ({"value": Decimal(-1)}, "不能小于0"),
        ({"among": "没有这种"}, "没有这个类型"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        set_target(None, by=make_user(Role.EDITOR), indicator=make_indicator(), **given(**wrong))


def test_a_second_target_at_the_same_time_is_refused() -> None:
    editor, indicator = make_user(Role.EDITOR), make_indicator()
    set_target(None, by=editor, indicator=indicator, **given())
    with pytest.raises(ValidationError, match="已有目标"):
        set_target(None, by=editor, indicator=indicator, **given(first=date(2025, 1, 1)))


def test_what_was_set_by_mistake_is_taken_back_and_kept_in_the_record() -> None:
    editor = make_user(Role.EDITOR)
    target = set_target(None, by=editor, indicator=make_indicator(), **given())
    delete_target(target, by=editor)
    assert not Target.objects.exists()
    assert Entry.objects.filter(label="取消目标").exists()
