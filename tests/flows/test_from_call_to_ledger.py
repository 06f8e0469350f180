"""The whole desk as one story, walked in browsers: from a call over county, office and print to receipt and ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page

from bulletins.models import Issue, Submission
from bulletins.states import IssueState, SubmissionState
from pilots.models import Activity
from portal.accounts.models import User
from tests.flows.story import deciding, making, reading, sending
from tests.flows.story.cast import COUNTY, MIDDLE_SCHOOL, PRIMARY_SCHOOL, UNIVERSITY, Cast, follow, make_cast, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

MIDDLE = ("师徒同备一堂课", "11月5日，大学教师来校，与本校28名教师开展联合教研。")
PRIMARY = ("课后有了大朋友", "师范生每周到校，陪孩子们读书、打球。")
LECTURES = ("教师组队送教", "教师和研究生组队到县里听课、评课，给每所学校留下一份改进清单。")
FROM_COUNTY = f"{MIDDLE_SCHOOL}与大学教师同备一堂课，28名教师参加。\n{PRIMARY_SCHOOL}请师范生每周到校陪伴阅读。"
WISH = "请写明有多少名师范生。"
LEAD, TEXT = "青山县与江南师范大学结对教研。", "28名教师同备一堂课，12名师范生每周到校陪伴阅读。"


@pytest.fixture
def cast(live_portal: LivePortal) -> Cast:
    return make_cast()


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_call_leads_over_county_and_office_to_a_printed_issue_and_the_ledger(cast: Cast, as_user: AsUser) -> None:
    reports_come_in(cast, as_user)
    the_county_mends_its_report(cast, as_user)
    issue = an_issue_is_made(cast, as_user)
    it_is_read_and_counted(cast, as_user, issue)


def reports_come_in(cast: Cast, as_user: AsUser) -> None:
    sending.ask(as_user(cast.editor), [COUNTY, MIDDLE_SCHOOL, PRIMARY_SCHOOL, UNIVERSITY])
    sending.answer(as_user(cast.middle_school), *MIDDLE)
    sending.answer(as_user(cast.primary_school), *PRIMARY)
    sending.answer(as_user(cast.university), *LECTURES)
    sending.school_reads_where_it_is(as_user(cast.primary_school), PRIMARY[0], "已到{county}")
    sending.consolidate(as_user(cast.county_officer), [MIDDLE[0], PRIMARY[0]], FROM_COUNTY)
    sending.sign_off(as_user(cast.county_approver))
    sending.school_reads_where_it_is(as_user(cast.primary_school), PRIMARY[0], "已由{county}随《{whole}》转报")
    assert Activity.objects.count() == 1, "what the school entered once is not entered again by the county"


def the_county_mends_its_report(cast: Cast, as_user: AsUser) -> None:
    deciding.return_with_point(as_user(cast.editor), 2, WISH)
    sending.mend(as_user(cast.county_officer), WISH, "请师范生", "请12名师范生")
    sending.sign_off(as_user(cast.county_approver))
    deciding.read_what_changed(as_user(cast.editor), WISH, "12名")


def an_issue_is_made(cast: Cast, as_user: AsUser) -> Issue:
    editor = as_user(cast.editor)
    making.open_issue(editor)
    deciding.merge(editor, [sending.JOINED, LECTURES[0]], [COUNTY, UNIVERSITY], LEAD, TEXT)
    making.order_proof(editor)
    making.change_a_word_from_the_proof(editor, LEAD, "每周", "每天")
    making.order_proof(editor)
    making.read_what_the_round_changed(editor, LEAD, "天")
    making.send_for_review(editor)
    making.review(as_user(cast.reviewer))
    making.sign(as_user(cast.issuer))
    making.print_issue(editor)
    making.publish(as_user(cast.reviewer))
    issue = Issue.objects.get()
    assert (issue.state, issue.label) == (IssueState.PUBLISHED, "第17期")
    assert set(Submission.objects.values_list("state", flat=True)) == {SubmissionState.PRINTED}
    return issue


def it_is_read_and_counted(cast: Cast, as_user: AsUser, issue: Issue) -> None:
    editor = as_user(cast.editor)
    reading.send_out(editor, f"/issues/{issue.pk}/")
    reading.confirm(as_user(cast.county_officer), LEAD)
    reading.leader_reads(as_user(cast.leader), LEAD)
    reading.see_who_received(editor, f"/issues/{issue.pk}/", COUNTY, cast.leader.name)
    for unit in (COUNTY, UNIVERSITY, PRIMARY_SCHOOL):
        row = reading.ledger_row(editor, unit)
        assert {row[figure] for figure in ("报送", "按时", "采用", "编发")} == {"1"}, unit
    assert reading.ledger_row(editor, COUNTY)["退回过"] == "1"
    reading.open_figure(editor, COUNTY, "编发")
    reads(editor, sending.JOINED, "第17期")
    reading.open_figure(editor, PRIMARY_SCHOOL, "编发")
    follow(editor, PRIMARY[0])
    reads(editor, PRIMARY[1])
