"""批示: recorded, passed on, answered, closed; and who sees what of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from bulletins.content import printed_entries
from bulletins.models import FollowUp, Issue, LeaderRemark
from bulletins.queries.remark import (
    follow_ups_for,
    follow_ups_open_to,
    remarks_for,
    remarks_open_to,
    units_concerned,
)
from bulletins.services.content import content_of
from bulletins.services.remark import answer_follow_up, ask_again, close_remark, pass_remark, write_remark
from bulletins.states import RemarkState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import notices_for
from portal.refusals import Refused, WrongState
from tests.bulletins.published import make_printed, make_signed, office
from tests.factories import make_adopted, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(db: None) -> User:
    return make_user(Role.LEADER, name="张领导")


@pytest.fixture
def issue(db: None) -> Issue:
    return make_printed()


def passed(issue: Issue, leader: User, officer: User, editor: User) -> FollowUp:
    """A leader's remark with the unit of ``officer``."""
    remark = write_remark(issue, by=leader, text="请推广这一做法。")
    return pass_remark(remark, by=editor, units=[officer.posts_today[0].unit])[0]


def waits(user: User) -> list[str]:
    return [row.what for row in waiting_for(user)]


class TestWriting:
    def test_a_leader_writes_his_own_and_the_editor_is_to_pass_it_on(
        self, issue: Issue, leader: User, editor: User
    ) -> None:
        remark = write_remark(issue, by=leader, text=" 请推广这一做法。 ", leader_name="别人")
        assert (remark.leader, remark.leader_name, remark.text) == (leader, "张领导", "请推广这一做法。")
        assert remark.written_on == timezone.localdate()
        assert waits(editor) == ["转办批示"]

    def test_the_office_records_one_from_paper_for_who_has_no_account(self, issue: Issue, editor: User) -> None:
        remark = write_remark(
            issue, by=editor, text="已阅。", leader_name="李厅长", written_on=issue.issue_date + timedelta(days=1)
        )
        assert (remark.leader, remark.leader_name, remark.recorded_by) == (None, "李厅长", editor)

    def test_it_can_be_about_one_entry(self, issue: Issue, leader: User) -> None:
        entry = printed_entries(content_of(issue))[0]
        key = entry.key
        assert write_remark(issue, by=leader, text="很好。", entry_key=key).entry_name == entry.label
        with pytest.raises(ValidationError, match="没有这一条"):
            write_remark(issue, by=leader, text="很好。", entry_key="entry-0")

    def test_what_is_missing_or_impossible_is_said(self, issue: Issue, leader: User, editor: User) -> None:
        with pytest.raises(Refused, match="请写明批示内容"):
            write_remark(issue, by=leader, text="  ")
        with pytest.raises(ValidationError, match="批示人"):
            write_remark(issue, by=editor, text="已阅。")
        for day in (timezone.localdate() + timedelta(days=1), issue.issue_date - timedelta(days=1)):
            with pytest.raises(ValidationError, match="请核对"):
                write_remark(issue, by=editor, text="已阅。", leader_name="李厅长", written_on=day)
        with pytest.raises(ValidationError, match="不是领导"):
            write_remark(issue, by=editor, text="已阅。", leader=make_officer())
        assert not LeaderRemark.objects.exists()

    def test_not_before_printing_and_not_by_others(self, leader: User, officer: User, issuer: User) -> None:
        with pytest.raises(Refused, match="还没有印发"):
            write_remark(make_signed(), by=leader, text="已阅。")
        printed = make_printed()
        for user in (officer, issuer, make_user(Role.AUDITOR)):
            with pytest.raises(PermissionDenied):
                write_remark(printed, by=user, text="已阅。")


class TestPassingOn:
    def test_the_units_officer_is_told_and_it_waits_for_him(
        self, issue: Issue, leader: User, officer: User, editor: User
    ) -> None:
        row = passed(issue, leader, officer, editor)
        notice = notices_for(officer).filter(object_id=row.pk, subject__contains="批示").get()
        assert "请推广这一做法。" in notice.body
        assert waits(officer) == ["反馈落实情况"]
        assert waits(editor) == []

    def test_the_units_whose_reports_stand_in_the_entry_are_proposed(self, leader: User) -> None:
        officer = make_officer()
        make_adopted(office(Role.EDITOR), officer)
        issue = make_printed(leads=(), assembled=True)
        key = printed_entries(content_of(issue))[0].key
        remark = write_remark(issue, by=leader, text="很好。", entry_key=key)
        assert list(units_concerned(remark)) == [officer.posts_today[0].unit]
        assert not units_concerned(write_remark(issue, by=leader, text="很好。")).exists()

    def test_more_units_can_follow_but_none_twice(
        self, issue: Issue, leader: User, officer: User, editor: User
    ) -> None:
        row = passed(issue, leader, officer, editor)
        other = make_unit()
        assert [new.unit for new in pass_remark(row.remark, by=editor, units=[row.unit, other])] == [other]
        with pytest.raises(Refused, match="没有重复转办"):
            pass_remark(row.remark, by=editor, units=[row.unit, other])

    def test_to_nobody_or_by_yesterday_is_refused(self, issue: Issue, leader: User, editor: User) -> None:
        remark = write_remark(issue, by=leader, text="已阅。")
        with pytest.raises(Refused, match="请选择由哪些单位办理"):
            pass_remark(remark, by=editor, units=[])
        with pytest.raises(ValidationError, match="已经过去"):
            pass_remark(remark, by=editor, units=[make_unit()], due=date(2024, 1, 1))

    def test_only_the_office_passes_on(self, issue: Issue, leader: User, officer: User) -> None:
        remark = write_remark(issue, by=leader, text="已阅。")
        for user in (leader, officer, make_user(Role.AUDITOR), make_user(Role.ISSUER)):
            with pytest.raises(PermissionDenied):
                pass_remark(remark, by=user, units=[make_unit()])


class TestAnswering:
    def test_the_answer_reaches_who_passed_it_on_and_waits_to_be_closed(
        self, issue: Issue, leader: User, officer: User, editor: User
    ) -> None:
        row = passed(issue, leader, officer, editor)
        answer_follow_up(row, by=officer, answer="已在全县推广。")
        assert "已在全县推广。" in notices_for(editor).get().body
        assert waits(officer) == []
        assert waits(editor) == ["批示办结"]

    def test_the_office_can_ask_for_more(self, issue: Issue, leader: User, officer: User, editor: User) -> None:
        row = passed(issue, leader, officer, editor)
        for number, text in enumerate(("已推广。", "已在12所学校推广。"), 1):
            answer_follow_up(row, by=officer, answer=text)
            if number == 1:
                ask_again(row, by=editor, reason="请写明学校数。")
                assert waits(officer) == ["反馈落实情况"]
                assert "请写明学校数。" in notices_for(officer).filter(subject__startswith="请补充").get().body
        row.refresh_from_db()
        assert (row.answer, row.reason) == ("已在12所学校推广。", "")
        assert notices_for(editor).count() == 2

    def test_nobody_but_the_units_reporters_answers(
        self, issue: Issue, leader: User, officer: User, editor: User
    ) -> None:
        row = passed(issue, leader, officer, editor)
        for user in (make_officer(), make_user(Role.STAFF, row.unit), editor, leader):
            with pytest.raises(PermissionDenied):
                answer_follow_up(row, by=user, answer="已办。")
        with pytest.raises(Refused, match="请写明落实情况"):
            answer_follow_up(row, by=officer, answer=" ")

    def test_closing_shows_the_leader_what_came_of_it_and_ends_what_waits(
        self, issue: Issue, leader: User, officer: User, editor: User
    ) -> None:
        row = passed(issue, leader, officer, editor)
        silent = make_officer()
        pass_remark(row.remark, by=editor, units=[silent.posts_today[0].unit])
        answer_follow_up(row, by=officer, answer="已在全县推广。")
        remark = close_remark(row.remark, by=editor)
        assert remark.state == RemarkState.CLOSED
        assert "已在全县推广。" in notices_for(leader).get().body
        assert waits(silent) == waits(editor) == []
        with pytest.raises(Refused, match="已经办结"):
            answer_follow_up(FollowUp.objects.get(unit=silent.posts_today[0].unit), by=silent, answer="已办。")
        with pytest.raises(WrongState):
            close_remark(remark, by=editor)


def test_who_sees_which_remark(issue: Issue, leader: User, officer: User, editor: User) -> None:
    row = passed(issue, leader, officer, editor)
    other_leader, stranger = make_user(Role.LEADER), make_officer()
    second = write_remark(issue, by=other_leader, text="已阅。")
    assert set(remarks_for(editor)) == set(remarks_for(make_user(Role.AUDITOR))) == {row.remark, second}
    assert set(remarks_for(leader)) == {row.remark}
    assert not remarks_for(officer).exists()
    assert list(follow_ups_for(officer)) == [row]
    assert not follow_ups_for(stranger).exists()
    assert set(remarks_open_to(officer)) == {row.remark}, "the unit opens the scan of what was passed to it"
    assert not remarks_open_to(stranger).exists()
    assert set(follow_ups_open_to(leader)) == set(follow_ups_open_to(editor)) == {row}
    assert not follow_ups_open_to(other_leader).exists()
