"""An issue from its opening over the proofs and the chain to the printed, public file."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.flows.story.cast import PRINTING_MILLISECONDS, follow, open_waiting, press, reads


def open_issue(page: Page) -> None:
    page.goto("/issues/")
    page.get_by_role("link", name="新建一期").first.click()
    press(page, "新建")
    expect(page.get_by_role("heading", level=1)).to_contain_text("拟第17期")


def order_proof(page: Page) -> None:
    """The editor orders a proof on the issue's page and reads it when it is there."""
    press(page, "生成校样")
    expect(page.get_by_text("与现在的内容一致").first).to_be_visible(timeout=PRINTING_MILLISECONDS)
    expect(page.get_by_role("img", name="校样第1页")).to_be_visible()


def change_a_word_from_the_proof(page: Page, lead: str, old: str, new: str) -> None:
    """A click on a line of the page leads to its entry; once a word is changed the proof is no longer the latest."""
    page.get_by_role("link", name=f"编辑：{lead}").locator("rect").first.click()
    text = page.get_by_role("textbox", name="正文")
    text.fill(text.input_value().replace(old, new))
    press(page, "保存")
    reads(page, "已保存。请重新生成校样，核对改后的页面。", "内容已改，不是最新")


def read_what_the_round_changed(page: Page, lead: str, new: str) -> None:
    """Each proof lists what changed since the one before; all of them stand in 校样记录."""
    changes = page.locator("details", has_text="二校与一校相比改动1处")
    expect(changes.get_by_role("listitem")).to_contain_text(lead)
    expect(changes.locator("ins")).to_contain_text(new)
    follow(page, "校样记录")
    reads(page, "一校", "二校", "改动1处")
    page.go_back()


def send_for_review(page: Page) -> None:
    press(page, "送审")
    reads(page, "待审核")


def review(page: Page) -> None:
    open_waiting(page, "审核本期", "工作动态")
    press(page, "审核通过")
    reads(page, "待签发")


def sign(page: Page) -> None:
    """签发 shows what will be printed and asks for the password, then gives the number."""
    open_waiting(page, "签发本期", "工作动态")
    follow(page, "签发")
    reads(page, "下面就是将要印出的内容")
    expect(page.get_by_role("img", name="校样第1页")).to_be_visible()
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "我已看过，签发")
    expect(page.get_by_role("heading", level=1)).to_contain_text("第17期")
    reads(page, "已签发")


def print_issue(page: Page) -> None:
    open_waiting(page, "印发本期", "工作动态")
    follow(page, "印发")
    press(page, "印发")
    expect(page.get_by_role("link", name="下载正式文件")).to_be_visible(timeout=PRINTING_MILLISECONDS)


def publish(page: Page) -> None:
    """公开审查: every item ticked with a name, then public. The button stands below the last item."""
    open_waiting(page, "公开审查", "工作动态")
    follow(page, "公开")
    expect(page.get_by_role("button", name="审查完成，公开")).to_be_visible()
    for item in page.get_by_role("group", name="公开审查").get_by_role("checkbox").all():
        item.check()
    press(page, "审查完成，公开")
    reads(page, "已公开")
