"""What a unit is told of its reports: officer, deputy and writer, each once per event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Submission
from bulletins.services.collecting import forward_report
from bulletins.services.desk import adopt_submission, decline_submission, reopen_submission, return_submission
from bulletins.services.submission import create_submission, send_back_submission, submit_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notices.models import Notice
from portal.notices.queries.notice import notices_for, unread_notices
from tests.bulletins.collecting import make_county
from tests.bulletins.published import make_printed, office
from tests.factories import make_activity, make_adopted, make_draft, make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db


def subjects(user: User) -> list[str]:
    return [notice.subject for notice in notices_for(user)]


def test_a_returned_report_is_told_with_its_reason(editor: User, officer: User) -> None:
    report = make_report(officer)
    assert not Notice.objects.exists(), "what waits for the editor stands in 待办 and is not told a second time"
    return_submission(report, by=editor, reason="请写明参加人数。")
    notice = notices_for(officer).get()
    assert "已退回修改" in notice.subject
    assert "退回意见：请写明参加人数。" in notice.body
    assert notice.url == f"/reports/{report.pk}/"
    assert notice.why == f"您是{report.unit.label}信息员"


def test_each_return_is_an_event_of_its_own(editor: User, officer: User) -> None:
    report = make_report(officer)
    for reason in ("请写明人数。", "请写明日期。"):
        return_submission(report, by=editor, reason=reason)
        submit_submission(report, by=officer)
    assert notices_for(officer).count() == 2


def test_adopted_and_declined_are_told(editor: User, officer: User) -> None:
    report = adopt_submission(make_report(officer), by=editor)
    assert "已被采用" in subjects(officer)[0]
    reopen_submission(report, by=editor)
    decline_submission(report, by=editor, reason="与上期重复。")
    assert "没有采用" in subjects(officer)[0]


def test_the_writer_hears_of_it_too_and_a_person_with_two_posts_once(editor: User) -> None:
    unit = make_unit()
    officer = make_officer(unit)
    deputy = make_user(Role.DEPUTY_OFFICER, unit)
    staff = make_user(Role.STAFF, unit)
    by_staff, by_deputy = (adopted_of(writer, officer, editor) for writer in (staff, deputy))
    for person, reports in ((officer, 2), (deputy, 2), (staff, 1)):
        assert notices_for(person).count() == reports
    assert notices_for(staff).get().why == "您撰写了这篇稿件"
    assert notices_for(deputy).filter(object_id=by_deputy.pk).count() == 1, "writer and deputy in one person"
    assert notices_for(staff).get().object_id == by_staff.pk


def adopted_of(writer: User, officer: User, editor: User) -> Submission:
    """A report that one of the unit wrote, the officer sent and the office adopted."""
    unit = officer.posts_today[0].unit
    report = create_submission(unit=unit, by=writer, title="开展集体备课", text="11月5日，两校教师一起备课。")
    report.activities.add(make_activity(unit))
    submit_submission(report, by=officer)
    return adopt_submission(report, by=editor)


def test_what_the_units_own_approver_sends_back_is_told_to_the_writer() -> None:
    unit = make_unit()
    officer, approver = make_officer(unit), make_user(Role.UNIT_APPROVER, unit)
    report = submit_submission(make_draft(officer), by=officer)
    send_back_submission(report, by=approver, reason="请核对校名。")
    assert "请核对校名。" in notices_for(officer).get().body
    assert not notices_for(approver).exists()


def test_printing_tells_each_person_once_of_all_his_reports() -> None:
    officer, other = make_officer(), make_officer()
    editor = office(Role.EDITOR)
    for title in ("开展磨课", "开展送教"):
        make_adopted(editor, officer, title=title)
    make_adopted(editor, other)
    Notice.objects.all().delete()
    issue = make_printed(assembled=True)
    notice = notices_for(officer).get()
    assert notice.subject.endswith(f"的2篇稿件已编入{issue}")
    assert "开展磨课" in notice.body
    assert "开展送教" in notice.body
    assert notices_for(other).count() == 1


def test_a_school_hears_that_the_countys_report_with_its_own_was_printed() -> None:
    county, editor = make_county(), office(Role.EDITOR)
    whole = forward_report(county.report(), by=county.officer)
    adopt_submission(whole, by=editor)
    Notice.objects.all().delete()
    issue = make_printed(assembled=True)
    assert [subject for subject in subjects(county.officers[0]) if subject.endswith(f"已编入{issue}")]


def test_opening_the_report_reads_its_messages(
    editor: User, officer: User, signed_in: Callable[[User], Client]
) -> None:
    report = adopt_submission(make_report(officer), by=editor)
    signed_in(officer).get(reverse("submission", args=[report.pk]))
    assert not unread_notices(officer).exists()
