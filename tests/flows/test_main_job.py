"""The main job as one story: a university's report comes in and goes out in a numbered, published issue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import Page, expect

from bulletins.models import Issue, Rendition, Submission
from bulletins.queries.issue import the_periodical
from bulletins.services.numbering import raise_counter
from bulletins.states import IssueState, SubmissionState
from pilots.models import Activity
from pilots.states import ActivityState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.flows.story import making
from tests.flows.story.cast import PRINTING_MILLISECONDS
from tests.live import LivePortal

pytestmark = pytest.mark.flow

PASTED = """江南师范大学与青山县联合教研
10月28日至31日，江南师范大学教师在青山县中学开展联合教研，师范生38人、教师72人次参加。
11月5日，双方在青山县举办专题讲座，共计200余人参加。"""


def open_and_send(page: Page) -> None:
    """The officer pastes a text, confirms what the portal read off it, looks at the print, and sends it in."""
    page.goto("/reports/")
    page.get_by_role("button", name="新建报送").click()
    page.get_by_role("textbox", name="正文").fill(PASTED)
    page.get_by_role("button", name="识别活动").click()
    expect(page.get_by_role("textbox", name="标题")).to_have_value("江南师范大学与青山县联合教研")
    expect(page.locator("fieldset.activity-row")).to_have_count(2)
    first = page.locator("fieldset.activity-row").first
    expect(first.get_by_label("日期")).to_have_value(re.compile("10月28日至31日"))
    expect(first.get_by_label("人员")).to_have_value(re.compile("师范生38人"))
    second = page.locator("fieldset.activity-row").nth(1)
    expect(second.get_by_label("类型")).to_have_value(re.compile(r"\d+"))
    second.get_by_label("场次").fill("2")
    expect(page.locator("[data-state]")).to_contain_text("保存", timeout=12_000)
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".as-printed")).to_contain_text("江南师范大学与青山县联合教研。")
    page.go_back()
    page.get_by_role("button", name="送本单位审核").click()
    expect(page.get_by_text("待本单位审核").first).to_be_visible()


def approve(page: Page) -> None:
    """The unit's approver finds it in his list and signs it."""
    page.goto("/waiting/")
    page.get_by_role("link", name=re.compile("联合教研")).click()
    page.get_by_role("button", name="同意报送").click()
    expect(page.get_by_text("已报送").first).to_be_visible()


def adopt(page: Page) -> None:
    """The editor opens it beside the text for print, shortens it, and adopts it."""
    page.goto("/waiting/")
    page.get_by_role("link", name=re.compile("联合教研")).click()
    expect(page.get_by_text("单位原文")).to_be_visible()
    page.get_by_role("textbox", name="导语").fill("江南师范大学与青山县联合教研见成效。")
    page.get_by_role("button", name="保存并采用").click()
    expect(page.get_by_text("已采用待编发").first).to_be_visible()


def compose(page: Page) -> None:
    """The editor opens an issue, has it assembled, writes an entry by hand, moves it, and orders the proof."""
    page.goto("/issues/new/")
    page.get_by_role("button", name="新建", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("拟第17期")
    page.get_by_role("button", name="一键组稿").click()
    expect(page.locator("[data-entry]")).to_have_count(1)
    page.get_by_role("link", name="写一条").first.click()
    page.get_by_label("栏目").select_option(label="他山之石")
    page.get_by_role("textbox", name="导语").fill("邻省经验值得借鉴。")
    page.get_by_role("textbox", name="正文").fill("邻省让城乡学校结成对子，同备一堂课。")
    page.get_by_role("button", name="写入本期").click()
    expect(page.locator("[data-entry]")).to_have_count(2)
    last = page.locator("[data-entry]").last
    last.get_by_label("移到栏目").select_option(label="专家引领")
    last.get_by_role("button", name="移到").click()
    expect(page.locator("section.shelf", has_text="【专家引领】")).to_contain_text("邻省经验")
    page.get_by_role("button", name="生成校样").click()
    expect(page.get_by_text("与现在的内容一致").first).to_be_visible(timeout=PRINTING_MILLISECONDS)


def look_at_proof(page: Page, issue: Issue) -> None:
    page.goto(f"/issues/{issue.pk}/proof/")
    picture = page.locator("img").first
    expect(picture).to_be_visible()
    width = picture.evaluate("async image => { await image.decode(); return image.naturalWidth; }")
    assert width > 500


def send_for_review(page: Page, issue: Issue) -> None:
    page.goto(f"/issues/{issue.pk}/")
    making.send_for_review(page)


@pytest.fixture
def people(live_portal: LivePortal) -> dict[str, User]:
    """The people of the story; numbers go on after 第16期."""
    university = make_unit(UnitKind.UNIVERSITY, "江南师范大学")
    make_unit(UnitKind.COUNTY, "青山县")
    raise_counter(the_periodical(), 16, None)
    return {
        "officer": make_officer(university),
        "approver": make_user(Role.UNIT_APPROVER, university),
        **{str(role): make_user(role) for role in (Role.EDITOR, Role.REVIEWER, Role.ISSUER)},
    }


def test_a_report_comes_in_and_goes_out_in_a_published_issue(
    people: dict[str, User], page_of: Callable[[User], Page], live_portal: LivePortal
) -> None:
    open_and_send(page_of(people["officer"]))
    approve(page_of(people["approver"]))
    activities = Activity.objects.order_by("start")
    assert [activity.state for activity in activities] == [ActivityState.RECORDED] * 2
    assert f"{activities[0].start:%m-%d}" == "10-28"
    assert activities[1].sessions == 2
    assert {str(count) for count in activities[0].head_counts.all()} == {"师范生38人", "教师72人次"}

    editor = page_of(people["editor"])
    adopt(editor)
    assert Submission.objects.get().text.startswith("10月28日至31日"), "the unit's own text is never overwritten"
    compose(editor)
    issue = Issue.objects.get()
    look_at_proof(editor, issue)
    send_for_review(editor, issue)
    reviewer = page_of(people["reviewer"])
    making.review(reviewer)
    making.sign(page_of(people["issuer"]))
    issue.refresh_from_db()
    assert (issue.state, issue.label) == (IssueState.SIGNED, "第17期")
    assert Submission.objects.get().state == SubmissionState.PRINTED

    archive = page_of(people["officer"])
    assert archive.request.get(f"{live_portal.address}/archive/{issue.pk}/").status == 404
    making.print_issue(editor)
    making.publish(reviewer)

    final = Rendition.objects.get(issue=issue, kind=Rendition.Kind.FINAL)
    with default_storage.open(final.file) as file:
        assert hashlib.sha256(file.read()).hexdigest() == final.sha256
    reader = archive.context.browser.new_page(base_url=live_portal.address)  # type: ignore[union-attr]
    reader.goto(f"/archive/{issue.pk}/")
    expect(reader.locator("body")).to_contain_text("江南师范大学与青山县联合教研见成效。")
    assert reader.request.get(f"{live_portal.address}/archive/{issue.pk}/pdf/").body().startswith(b"%PDF")
    assert "第17期" in reader.request.get(f"{live_portal.address}/archive/feed.atom").text()
    assert issue.issue_date <= date.today()
    reader.close()
