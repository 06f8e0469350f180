"""At the office's desk: returning with points, reading the answer, and making one entry of two units' reports."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.flows.story.cast import open_waiting, press, reads
from tests.flows.story.sending import JOINED


def return_with_point(page: Page, paragraph: int, wish: str) -> None:
    """退回修改: what is to be changed stands at its paragraph, the reason over all of it."""
    open_waiting(page, "处理来稿", JOINED)
    page.get_by_label(f"对第{paragraph}段提修改意见").click()
    page.get_by_label(f"第{paragraph}段要改什么").fill(wish)
    page.locator("summary", has_text="退回修改").click()
    page.get_by_label("退回修改的理由").fill("大体可用，请补一处后重报。")
    press(page, "确认退回修改")
    reads(page, "已退回，信息员会看到您的理由。")


def read_what_changed(page: Page, wish: str, new: str) -> None:
    """Sent again: the point is ticked, and what the unit changed since is marked."""
    open_waiting(page, "处理来稿", JOINED)
    answered = page.locator("details", has_text="退回意见和单位的修改")
    expect(answered.get_by_role("listitem").filter(has_text=wish)).to_contain_text("已改")
    expect(answered.locator("ins").filter(has_text=new)).to_be_visible()


def merge(page: Page, titles: Sequence[str], units: Sequence[str], lead: str, text: str) -> None:
    """合并编发: tick both, see what they become, do it, and shorten the words; every unit keeps its credit."""
    page.goto("/desk/")
    for title in titles:
        page.get_by_label(f"选中《{title}》").check()
    press(page, "合并编发……")
    reads(page, f"将要合并的{len(titles)}篇稿件", "各计一次采用")
    press(page, "合并编发")
    reads(page, "已合并编发，各单位的供稿都已记上。")
    page.get_by_role("textbox", name="导语").fill(lead)
    page.get_by_role("textbox", name="正文").fill(text)
    press(page, "保存")
    entry = page.locator("[data-entry]")
    expect(entry).to_have_count(1)
    for words in (lead, "由2条合并", *units):
        expect(entry).to_contain_text(words)
