"""The form of an indicator shows what a counted, a reported, a ratio needs, and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pilots.models import Indicator
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_user
from tests.flows.story.cast import press, reads

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]
COUNTED, COUNTED_RATIO = {"只算这些活动类型", "只算这一批"}, {"分母的计算方法（比率）"}
REPORTED, REPORTED_RATIO = {"由哪一级填报", "所在地区可以代填"}, {"分子名称（填报的比率）", "分母名称（填报的比率）"}
ALL = COUNTED | COUNTED_RATIO | REPORTED | REPORTED_RATIO | {"只算这种成果", "分母只算这一批"}


def test_another_area_adds_its_indicator_without_code(page_of: AsUser) -> None:
    page = page_of(make_user(Role.EDITOR))
    page.goto("/figures/indicators/new/")
    shown = {
        ("自动计算：活动场次", False): COUNTED,
        ("自动计算：活动场次", True): COUNTED | COUNTED_RATIO,
        ("由单位填报", False): REPORTED,
        ("由单位填报", True): REPORTED | REPORTED_RATIO,
    }
    for (way, is_ratio), used in shown.items():
        page.get_by_label("怎样得到").select_option(label=way)
        page.get_by_label("是比率（分子除以分母）").set_checked(is_ratio)
        for label in ALL:
            expect(page.get_by_label(label, exact=True)).to_be_visible(visible=label in used)
    page.get_by_label("名称", exact=True).fill("走教教师比例")
    page.get_by_label("考察层级").select_option(label="县（市、区）")
    page.get_by_label("计量单位").fill("%")
    page.get_by_label("由哪一级填报").select_option(label="县（市、区）")
    page.get_by_label("分子名称（填报的比率）").fill("走教教师数")
    press(page, "保存")
    reads(page, "指标已保存。", "走教教师数")
    assert Indicator.objects.get(name="走教教师比例").is_reported
