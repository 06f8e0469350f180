"""The form of an item of a scheme shows what the chosen way of scoring uses, and all of it without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from pilots.models import SchemeItem
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_user
from tests.factories.assessment import make_scheme
from tests.flows.story.area import go
from tests.flows.story.cast import follow, press, reads

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]
USED = {
    "按指标计分": {"指标", "满分值", "零分值", "看增长（与本单位对比时段相比）"},
    "按公式计分": {"公式", "满分值", "零分值", "看增长（与本单位对比时段相比）"},
    "自评、县级复核": set(),
    "专家评审": set(),
    "满意度调查": {"满分值", "零分值", "调查题目"},
}
ALL = set.union(*USED.values())


def test_only_what_the_way_of_scoring_uses_is_shown_and_saved(page_of: AsUser) -> None:
    editor = make_user(Role.EDITOR)
    scheme = make_scheme(editor)
    page = page_of(editor)
    go(page, "考核评价", "考核方案")
    follow(page, str(scheme))
    follow(page, "添加考核内容")
    for way, used in USED.items():
        page.get_by_label("计分方式").select_option(label=way)
        for label in ALL:
            expect(page.get_by_label(label, exact=True)).to_be_visible(visible=label in used)
    page.get_by_label("编号").fill("D1")
    page.get_by_label("考核内容").fill("满意度")
    page.get_by_label("分值", exact=True).fill("5")
    page.get_by_label("归属").select_option(label="共同部分")
    page.get_by_label("调查题目").fill("孩子喜欢上学。")
    press(page, "保存")
    reads(page, "考核内容已保存。")
    item = SchemeItem.objects.get(scheme=scheme, code="D1")
    assert item.statements == "孩子喜欢上学。"
    assert (item.full_at, item.zero_at) == (Decimal(5), Decimal(1))
