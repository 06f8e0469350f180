"""温馨提示 of the bulletin: calls, returned reports and receipts; none to who has sent in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import Settings

from bulletins.models import Call, CallTarget, Submission
from bulletins.queries.call_table import reminders_of
from bulletins.services.call import cancel_call
from bulletins.services.call_answer import say_no_report, start_answer
from bulletins.services.desk import return_submission
from bulletins.services.readership import remind_readers
from bulletins.services.reminding import RECEIPT_IS_NEWS, remind_of_call
from bulletins.services.submission import submit_submission
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.accounts.services.post import give_post
from portal.audit.models import history
from portal.notices.models import Notice
from portal.notices.reminding import remind_due
from portal.refusals import Refused
from tests.bulletins.calls import in_days, make_call, target_of
from tests.bulletins.published import office, sent_to
from tests.factories import make_activity, make_officer, make_report, make_unit, make_user
from tests.factories.progress import make_desks

pytestmark = pytest.mark.django_db


def unit_of(user: User) -> Unit:
    return user.posts_today[0].unit


def reminders(user: User) -> list[str]:
    return [notice.subject for notice in Notice.objects.filter(user=user, occasion__startswith="reminder:")]


def sent_yesterday(call: Call) -> Call:
    CallTarget.objects.filter(call=call).update(added_at=timezone.now() - timedelta(days=1))
    return call


def answered(call: Call, officer: User) -> Submission:
    draft = start_answer(target_of(call, unit_of(officer)), by=officer)
    draft.text = "11月5日，两校教师一起磨课。"
    draft.save()
    draft.activities.add(make_activity(unit_of(officer)))
    return submit_submission(draft, by=officer)


def returned_days_ago(officer: User, editor: User, days: int) -> Submission:
    report = return_submission(make_report(officer, title="送教下乡"), by=editor, reason="请补充")
    Submission.objects.filter(pk=report.pk).update(decided_at=timezone.now() - timedelta(days=days))
    return report


class TestByTheCalendar:
    @pytest.mark.parametrize(("days", "reminded"), [(4, 0), (3, 1), (2, 0), (1, 1), (0, 0)])
    def test_three_days_and_one_day_before_the_deadline(
        self, editor: User, officer: User, days: int, reminded: int
    ) -> None:
        sent_yesterday(make_call(editor, [unit_of(officer)], deadline=in_days(days)))
        remind_due()
        assert len(reminders(officer)) == reminded

    def test_the_days_are_a_setting(self, editor: User, officer: User, settings: Settings) -> None:
        settings.REMINDER_DAYS = [5]
        sent_yesterday(make_call(editor, [unit_of(officer)], deadline=in_days(5)))
        remind_due()
        assert len(reminders(officer)) == 1

    def test_who_was_asked_today_is_not_reminded_today(self, editor: User, officer: User) -> None:
        make_call(editor, [unit_of(officer)], deadline=in_days(1))
        remind_due()
        assert reminders(officer) == []

    @pytest.mark.parametrize(("days", "reminded"), [(2, 0), (3, 1), (7, 1)])
    def test_some_days_after_a_report_was_returned(self, editor: User, officer: User, days: int, reminded: int) -> None:
        report = returned_days_ago(officer, editor, days)
        remind_due()
        assert len(reminders(officer)) == reminded
        assert history(report).filter(action="bulletins.submission.remind").exists() is bool(reminded)

    def test_calls_and_returned_reports_come_in_one_message(self, editor: User, officer: User) -> None:
        sent_yesterday(make_call(editor, [unit_of(officer)], deadline=in_days(3)))
        make_call(editor, [unit_of(officer)], topic="寒假培训", deadline=in_days(30))
        returned_days_ago(officer, editor, 1)
        remind_due()
        notice = Notice.objects.get(user=officer, occasion__startswith="reminder:")
        assert notice.subject == "温馨提示：有3件事项等您办理"
        assert all(words in notice.body for words in ("秋季教研", "寒假培训", "送教下乡"))

    def test_it_stops_when_the_report_is_in_or_there_is_none_or_the_call_is_void(self, editor: User) -> None:
        sent, without, void = make_officer(), make_officer(), make_officer()
        call = sent_yesterday(make_call(editor, [unit_of(sent), unit_of(without)], deadline=in_days(3)))
        other = sent_yesterday(make_call(editor, [unit_of(void)], topic="别的", deadline=in_days(3)))
        answered(call, sent)
        say_no_report(target_of(call, unit_of(without)), by=without, reason="没有活动")
        cancel_call(other, by=editor, reason="不再需要")
        assert remind_due().told == []

    def test_where_only_the_signature_is_missing_the_approver_is_reminded(self, editor: User, officer: User) -> None:
        approver = make_user(Role.UNIT_APPROVER, unit_of(officer))
        call = sent_yesterday(make_call(editor, [unit_of(officer)], deadline=in_days(3)))
        answered(call, officer)
        remind_due()
        assert (reminders(officer), len(reminders(approver))) == ([], 1)


class TestByTheOffice:
    def test_the_silent_are_reminded_and_it_stands_with_the_call(self, editor: User, officer: User) -> None:
        call = make_call(editor, [unit_of(officer)])
        result = remind_of_call(call, by=editor)
        assert result.told == [officer.name]
        entry = reminders_of(call).get()
        assert entry.by == editor
        assert entry.data["told"] == [{"unit": unit_of(officer).label, "person": officer.name}]

    def test_who_has_had_the_days_message_is_named_as_left_out(self, editor: User, officer: User) -> None:
        call = make_call(editor, [unit_of(officer)])
        other = make_call(editor, [unit_of(officer)], topic="别的")
        remind_of_call(call, by=editor)
        assert remind_of_call(other, by=editor).left_out == {"今天已提醒过": [officer.name]}
        assert len(reminders(officer)) == 1

    def test_who_reports_for_two_units_gets_one_message(self, editor: User, officer: User) -> None:
        other = make_unit()
        give_post(user=officer, unit=other, role=Role.INFORMATION_OFFICER, by=None)
        call = make_call(editor, [unit_of(officer), other])
        assert remind_of_call(call, by=editor).told == [officer.name]
        assert len(reminders_of(call).get().data["told"]) == 2

    def test_a_unit_without_an_officer_is_named(self, editor: User) -> None:
        unit = make_unit()
        result = remind_of_call(make_call(editor, [unit]), by=editor)
        assert result.left_out == {"没有信息员": [unit.name]}

    def test_only_editors_and_only_while_it_is_open(self, editor: User, officer: User) -> None:
        call = make_call(editor, [unit_of(officer)])
        with pytest.raises(PermissionDenied):
            remind_of_call(call, by=make_user(Role.REVIEWER))
        cancel_call(call, by=editor, reason="不再需要")
        with pytest.raises(Refused, match="已取消"):
            remind_of_call(call, by=editor)


class TestTheRestOfWhatLiesThere:
    def test_a_call_a_receipt_and_a_sheet_come_in_one_message(self, editor: User) -> None:
        desks = make_desks()
        sent_to(desks.school)
        call = make_call(editor, [desks.school])
        remind_of_call(call, by=editor)
        notice = Notice.objects.get(user=desks.teacher, subject__startswith="温馨提示")
        assert notice.subject == "温馨提示：有3件事项等您办理"
        for words in ("秋季教研", "请阅读并签收", "确认单"):
            assert words in notice.body
        assert history(desks.report).filter(action="pilots.progressreport.remind").exists()

    def test_an_issue_sent_long_ago_is_mentioned_only_where_the_office_asks_for_it(
        self, editor: User, officer: User
    ) -> None:
        issue = sent_to(unit_of(officer))
        issue.deliveries.update(sent_at=timezone.now() - RECEIPT_IS_NEWS - timedelta(days=1))
        remind_of_call(make_call(editor, [unit_of(officer)]), by=editor)
        notice = Notice.objects.get(user=officer, subject__startswith="温馨提示")
        assert "请阅读并签收" not in notice.body
        notice.delete()
        remind_readers(issue, by=office(Role.EDITOR))
        assert "请阅读并签收" in Notice.objects.get(user=officer, subject__startswith="温馨提示").body
