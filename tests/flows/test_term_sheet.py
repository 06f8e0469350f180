"""学期确认单 walked in browsers: prefilled, returned, approved over three levels, locked, excepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded
from tests.factories.selection import make_profile
from tests.flows.story.area import OTHER_SCHOOL, SCHOOL, Area, go, is_told, make_area, nothing_waits, row_of, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

LATE_SCHOOL = "青山县第三小学"
MISSING = "本期没有一项活动记录。"
WISH = "请补登本学期的教研活动。"
OUTCOME, BETTER = "教师愿意开放课堂。", "教师愿意开放课堂，学生上课更专心。"


@dataclass(frozen=True)
class Cast:
    """The area's people, and who reviews; a third school that is late."""

    area: Area
    bureau: User
    reviewer: User
    late: User


@pytest.fixture
def cast(live_portal: LivePortal) -> Cast:
    """All schools have said what they are; only the second has an activity recorded."""
    area = make_area()
    county = Area.unit(area.county)
    late = make_officer(make_unit(UnitKind.SCHOOL, LATE_SCHOOL, parent=county))
    for school in (area.school, area.other_school, late):
        make_profile(Area.unit(school))
    make_recorded(Area.unit(area.other_school), day=timezone.localdate())
    return Cast(
        area=area,
        bureau=make_user(Role.UNIT_APPROVER, county, name="县局审核人"),
        reviewer=make_user(Role.REVIEWER, name="省办审核"),
        late=late,
    )


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_sheet_is_returned_and_approved_over_three_levels(cast: Cast, as_user: AsUser) -> None:
    editor, school, bureau = as_user(cast.area.editor), as_user(cast.area.school), as_user(cast.bureau)
    the_office_opens_the_term(editor)
    the_school_submits(school, "核对后提交", OUTCOME, MISSING)
    the_clean_one_is_submitted(as_user(cast.area.other_school))
    the_county_passes_the_clean_and_returns_the_other(bureau)
    the_school_mends_and_submits_again(school)
    the_county_sees_what_changed(bureau)
    the_province_approves(editor)
    the_school_reads_that_it_is_confirmed(school)
    the_term_is_locked(editor)
    what_is_late_needs_an_exception(as_user(cast.late), as_user(cast.reviewer), cast.late)


def the_office_opens_the_term(page: Page) -> None:
    """Everybody who reports has a sheet at once."""
    go(page, "试点管理", "学期确认单")
    follow(page, "开放填报")
    page.get_by_role("combobox", name="填报期").select_option(index=0)
    press(page, "开放")
    reads(page, "：新开放")


def the_school_submits(page: Page, what: str, outcome: str, *seen: str) -> None:
    """All the portal knows stands there; the school adds its words."""
    take_up(page, what, SCHOOL)
    reads(page, *seen)
    page.get_by_label("成效（可不填）").fill(outcome)
    press(page, "核对无误，提交")
    reads(page, "已提交，可在本页查看审核进度。", "待县级审核")


def the_clean_one_is_submitted(page: Page) -> None:
    take_up(page, "核对后提交", OTHER_SCHOOL)
    reads(page, "没有缺少和异常的内容，与上期相比也没有变化。", "联合教研")
    press(page, "核对无误，提交")
    reads(page, "待县级审核")


def the_county_passes_the_clean_and_returns_the_other(page: Page) -> None:
    """What wants an eye cannot be ticked; it is opened, and goes back with a reason."""
    go(page, "试点管理", "学期确认单")
    expect(row_of(page, SCHOOL)).to_contain_text(MISSING)
    expect(page.get_by_label(f"勾选{SCHOOL}")).to_have_count(0)
    expect(page.get_by_label(f"勾选{OTHER_SCHOOL}")).to_be_checked()
    press(page, "批量通过勾选的")
    reads(page, "已通过1份。")
    expect(row_of(page, OTHER_SCHOOL)).to_contain_text("待省级审核")
    go(page, "待办事项")
    expect(page.get_by_role("row", name=f"审核 {SCHOOL}")).to_have_count(1)
    take_up(page, "审核", SCHOOL)
    reads(page, "先看这些", MISSING, OUTCOME)
    page.locator("summary", has_text="退回").click()
    returning = page.locator("details[open]").filter(has_text="理由")
    returning.get_by_label("理由").fill(WISH)
    press(returning, "退回")
    reads(page, "已退回，填报单位会收到消息。")
    nothing_waits(page, f"审核 {SCHOOL}")


def the_school_mends_and_submits_again(page: Page) -> None:
    """The activity is recorded once, where activities are recorded; the sheet knows it by itself."""
    is_told(page, WISH)
    take_up(page, "修改后提交", SCHOOL)
    reads(page, WISH)
    go(page, "活动")
    follow(page, "登记活动")
    page.get_by_label("类型", exact=True).select_option(label="联合教研")
    page.get_by_label("人数（可不填）").fill("教师26人")
    press(page, "登记")
    the_school_submits(page, "修改后提交", BETTER, WISH, "教师26人")


def the_county_sees_what_changed(page: Page) -> None:
    take_up(page, "审核", SCHOOL)
    reads(page, "与上一次提交相比，改了这些")
    expect(page.locator("ins").filter(has_text="学生上课更专心")).to_be_visible()
    press(page, "通过")
    reads(page, "已通过。", "待省级审核")


def the_province_approves(page: Page) -> None:
    """One read through, the other passed with the clean ones."""
    take_up(page, "审核", f"{SCHOOL}")
    reads(page, BETTER, "教师26人")
    page.get_by_label("审核意见（可不填）").fill("成效写得实。")
    press(page, "通过")
    reads(page, "已通过。", "已确认")
    go(page, "试点管理", "学期确认单")
    expect(page.get_by_label(f"勾选{SCHOOL}")).to_have_count(0)
    press(page, "批量通过勾选的")
    reads(page, "已通过1份。")
    expect(row_of(page, OTHER_SCHOOL)).to_contain_text("已确认")


def the_school_reads_that_it_is_confirmed(page: Page) -> None:
    go(page, "试点管理", "学期确认单")
    follow(page, SCHOOL)
    desks = page.get_by_role("list", name="审核层级")
    expect(desks.get_by_text("已通过")).to_have_count(2)
    reads(page, "已确认")
    expect(page.get_by_text("成效写得实。")).to_be_visible()


def the_term_is_locked(page: Page) -> None:
    go(page, "试点管理", "学期确认单")
    follow(page, "填报期")
    page.get_by_role("region", name="填报期").get_by_role("link").first.click()
    page.locator("summary", has_text="调整日期").click()
    yesterday = timezone.localdate() - timedelta(days=1)
    for label in ("截止日期", "锁定日期"):
        page.get_by_label(label).fill(f"{yesterday:%Y-%m-%d}")
    press(page, "调整")
    reads(page, "日期已调整。", "已于")


def what_is_late_needs_an_exception(school: Page, reviewer: Page, who: User) -> None:
    """Nothing of the term can be written any more, until the office lets one person by name, with reason and end."""
    nothing_waits(school, "核对后提交")
    record_an_activity(school)
    reads(school, "锁定")
    go(reviewer, "试点管理", "学期确认单")
    follow(reviewer, LATE_SCHOOL)
    reviewer.locator("summary", has_text="指名开通").click()
    reviewer.get_by_label("给谁").select_option(label=who.name)
    reviewer.get_by_label("理由").last.fill("学校停电，未能按时填写。")
    reviewer.get_by_label("到哪天为止").fill(f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}")
    press(reviewer, "开通")
    reads(reviewer, "已开通，本人会收到消息，到期自动停止。", "学校停电，未能按时填写。")
    record_an_activity(school)
    expect(school.get_by_role("heading", level=1)).to_contain_text("集体备课")
    take_up(school, "核对后提交", LATE_SCHOOL)
    reads(school, "办公室已指名由您补正，到", "集体备课")
    press(school, "核对无误，提交")
    reads(school, "待县级审核")


def record_an_activity(page: Page) -> None:
    go(page, "活动")
    page.get_by_role("link", name="登记").first.click()
    page.get_by_label("类型", exact=True).select_option(label="集体备课")
    press(page, "登记")
