"""Asking for reports, answering, and what a county makes of its schools' answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.flows.story.cast import COUNTY, MIDDLE_SCHOOL, PRIMARY_SCHOOL, follow, open_waiting, press, reads

TOPIC = "请报送师徒结对的做法"
JOINED = "青山县开展协同提质系列活动"


def ask(page: Page, names: Sequence[str]) -> None:
    """约稿: the editor says what he wants until when, from which units, and sends it after a look at the list."""
    page.goto("/desk/")
    follow(page, "约稿")
    follow(page, "新建约稿")
    page.get_by_label("主题").fill(TOPIC)
    page.get_by_label("要求").fill("写一件具体的事，写明人数，200字左右。")
    page.get_by_label("截止日期").fill(f"{timezone.localdate() + timedelta(days=10):%Y-%m-%d}")
    page.get_by_label("指定单位").fill("、".join(names))
    press(page, "下一步：核对名单")
    reads(page, f"发送对象：{len(names)}个单位")
    press(page, "发出")
    reads(page, f"已发给{len(names)}个单位。")
    for name in names:
        expect(page.get_by_role("row", name=re.compile(f"^{name} "))).to_contain_text("未应稿")


def answer(page: Page, title: str, text: str) -> None:
    """A unit's only officer finds the call among what waits, writes the report linked to it, and sends it."""
    page.goto("/")
    follow(page, TOPIC)
    reads(page, "写一件具体的事")
    press(page, "写稿")
    page.get_by_role("textbox", name="标题").fill(title)
    page.get_by_role("textbox", name="正文").fill(text)
    press(page, "识别活动")
    expect(page.locator("[data-said]")).to_contain_text("活动")
    press(page, "报送")
    reads(page, "已送出。下面可以看到进展。")
    expect(page.get_by_role("link", name=TOPIC)).to_be_visible()


def consolidate(page: Page, titles: Sequence[str], text: str) -> None:
    """汇总转报: the county joins its schools' reports, writes them over, and hands the whole to its approver."""
    page.goto("/reports/")
    follow(page, "下级来稿")
    for title in titles:
        page.get_by_label(f"选中《{title}》").check()
    press(page, "汇总为一篇")
    expect(page.get_by_role("textbox", name="标题")).to_have_value(JOINED)
    joined = page.get_by_role("textbox", name="正文")
    for name in (MIDDLE_SCHOOL, PRIMARY_SCHOOL):
        expect(joined).to_have_value(re.compile(name))
    expect(page.locator("fieldset.activity-row")).to_have_count(1)
    joined.fill(text)
    press(page, "送本单位审核")
    reads(page, "待本单位审核")


def sign_off(page: Page) -> None:
    """The county's approver reads whose work it is and says yes."""
    open_waiting(page, "审核本单位稿件", JOINED)
    for name in (MIDDLE_SCHOOL, PRIMARY_SCHOOL):
        reads(page, name)
    press(page, "同意报送")
    reads(page, "已同意，稿件已报送。")


def mend(page: Page, wish: str, old: str, new: str) -> None:
    """Returned with a point: the county's officer reads it beside the text, mends the place, and says so."""
    open_waiting(page, "修改后重报", JOINED)
    reads(page, wish)
    follow(page, "修改")
    point = page.get_by_role("group", name="第1条意见")
    expect(point).to_contain_text(wish)
    text = page.get_by_role("textbox", name="正文")
    text.fill(text.input_value().replace(old, new))
    point.get_by_label("已改").check()
    expect(page.locator("#points-state")).to_have_text("已保存。")
    press(page, "修改后重报")
    reads(page, "待本单位审核")


def school_reads_where_it_is(page: Page, title: str, where: str) -> None:
    """Each school follows its own report, though another carries it on."""
    page.goto("/reports/")
    page.get_by_role("link", name=title).first.click()
    reads(page, where.format(county=COUNTY, whole=JOINED))
