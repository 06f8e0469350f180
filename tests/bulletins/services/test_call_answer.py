"""How units answer a call, and what waits as long as they have not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import Call, Submission
from bulletins.services.call import cancel_call, close_call
from bulletins.services.call_answer import link_draft, say_no_report, start_answer, take_back_no_report
from bulletins.services.desk import return_submission
from bulletins.services.submission import (
    approve_submission,
    create_submission,
    submit_submission,
    withdraw_submission,
)
from bulletins.states import SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.refusals import Refused
from tests.bulletins.calls import make_call, target_of, waits_of
from tests.factories import make_activity, make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db

CALLED = ["约稿：秋季教研"]


@pytest.fixture
def unit(officer: User) -> Unit:
    return officer.posts_today[0].unit


@pytest.fixture
def call(editor: User, unit: Unit) -> Call:
    return make_call(editor, [unit])


def written(call: Call, officer: User) -> Submission:
    """An answer ready to be sent in."""
    unit = officer.posts_today[0].unit
    draft = start_answer(target_of(call, unit), by=officer)
    draft.text = "11月5日，两校教师一起磨课。"
    draft.save()
    draft.activities.add(make_activity(unit))
    return draft


class TestAnswering:
    def test_one_click_makes_a_draft_with_the_topic_that_knows_its_call(self, call: Call, officer: User) -> None:
        draft = start_answer(target_of(call, officer.posts_today[0].unit), by=officer)
        assert (draft.title, draft.call, draft.state) == ("秋季教研", call, SubmissionState.DRAFT)
        assert start_answer(target_of(call, draft.unit), by=officer) == draft

    def test_the_call_waits_until_the_report_has_left_and_again_when_it_is_withdrawn(
        self, call: Call, officer: User, unit: Unit
    ) -> None:
        draft = written(call, officer)
        assert waits_of(officer) == CALLED
        submit_submission(draft, by=officer)
        assert waits_of(officer) == []
        assert target_of(call, unit).answered_at is not None
        withdraw_submission(draft, by=officer)
        assert waits_of(officer) == CALLED
        assert target_of(call, unit).answered_at is None
        submit_submission(draft, by=officer)
        assert waits_of(officer) == []

    def test_while_the_approver_has_it_the_officer_has_done_his_part_but_the_office_has_no_answer(
        self, call: Call, officer: User, unit: Unit
    ) -> None:
        approver = make_user(Role.UNIT_APPROVER, unit)
        draft = submit_submission(written(call, officer), by=officer)
        assert CALLED[0] not in waits_of(officer)
        assert target_of(call, unit).answered_at is None
        approve_submission(draft, by=approver)
        assert target_of(call, unit).answered_at is not None

    def test_what_the_office_returns_has_answered_all_the_same_and_at_its_first_time(
        self, call: Call, officer: User, unit: Unit, editor: User
    ) -> None:
        draft = submit_submission(written(call, officer), by=officer)
        first = target_of(call, unit).answered_at
        return_submission(draft, by=editor, reason="请补充数据")
        assert target_of(call, unit).answered_at == first
        Submission.objects.filter(pk=draft.pk).update(submitted_at=timezone.now() - timedelta(hours=1))
        submit_submission(Submission.objects.get(pk=draft.pk), by=officer)
        assert target_of(call, unit).answered_at == first
        assert waits_of(officer) == []

    def test_of_two_answers_one_may_be_taken_back(self, call: Call, officer: User, unit: Unit) -> None:
        one, two = written(call, officer), written(call, officer)
        assert one != two
        submit_submission(one, by=officer)
        submit_submission(two, by=officer)
        withdraw_submission(one, by=officer)
        assert target_of(call, unit).answered_at is not None

    def test_an_ordinary_report_does_not_answer_a_call_but_a_linked_draft_does(
        self, call: Call, officer: User, unit: Unit
    ) -> None:
        make_report(officer)
        assert target_of(call, unit).answered_at is None
        draft = create_submission(unit=unit, by=officer, title="已写好的", text="11月5日，两校教师一起磨课。")
        draft.activities.add(make_activity(unit))
        link_draft(target_of(call, unit), submission=draft, by=officer)
        submit_submission(Submission.objects.get(pk=draft.pk), by=officer)
        assert target_of(call, unit).answered_at is not None

    def test_other_units_cannot_answer_for_it(self, call: Call, unit: Unit) -> None:
        stranger = make_officer()
        for act in (start_answer, lambda target, by: say_no_report(target, by=by, reason="没有")):
            with pytest.raises(PermissionDenied):
                act(target_of(call, unit), by=stranger)

    def test_staff_may_write_but_not_say_that_there_is_nothing(self, call: Call, unit: Unit) -> None:
        staff = make_user(Role.STAFF, unit)
        assert start_answer(target_of(call, unit), by=staff).author == staff
        with pytest.raises(PermissionDenied):
            say_no_report(target_of(call, unit), by=staff, reason="没有")

    def test_a_call_that_is_over_takes_no_new_answers(
        self, call: Call, unit: Unit, officer: User, editor: User
    ) -> None:
        draft = written(call, officer)
        cancel_call(call, by=editor, reason="不再需要")
        with pytest.raises(Refused, match="已取消"):
            start_answer(target_of(call, unit), by=officer)
        submit_submission(draft, by=officer)
        assert target_of(call, unit).answered_at is not None


class TestNoReport:
    def test_it_ends_the_waiting_with_a_reason_and_can_be_taken_back(
        self, call: Call, unit: Unit, officer: User
    ) -> None:
        with pytest.raises(Refused, match="原因"):
            say_no_report(target_of(call, unit), by=officer, reason=" ")
        say_no_report(target_of(call, unit), by=officer, reason="本月没有活动")
        assert waits_of(officer) == []
        assert target_of(call, unit).no_report_reason == "本月没有活动"
        take_back_no_report(target_of(call, unit), by=officer)
        assert waits_of(officer) == CALLED

    def test_a_report_after_all_takes_its_place(self, call: Call, unit: Unit, officer: User) -> None:
        say_no_report(target_of(call, unit), by=officer, reason="本月没有活动")
        submit_submission(written(call, officer), by=officer)
        target = target_of(call, unit)
        assert (target.no_report_at, target.no_report_reason) == (None, "")
        with pytest.raises(Refused, match="已经应稿"):
            say_no_report(target, by=officer, reason="没有")


class TestPoints:
    def test_whatever_a_unit_sends_in_meanwhile_answers_the_points_of_the_month(
        self, editor: User, unit: Unit, officer: User
    ) -> None:
        before = make_report(officer)
        call = make_call(editor, [unit], kind=Call.Kind.POINTS, topic="本月报送要点")
        assert waits_of(officer) == ["报送要点：本月报送要点"]
        withdraw_submission(before, by=officer)
        assert target_of(call, unit).answered_at is None
        report = make_report(officer)
        assert waits_of(officer) == []
        withdraw_submission(report, by=officer)
        assert waits_of(officer) == ["报送要点：本月报送要点"]

    def test_a_report_to_another_call_does_not_answer_them(self, editor: User, unit: Unit, officer: User) -> None:
        call = make_call(editor, [unit], kind=Call.Kind.POINTS, topic="本月报送要点")
        submit_submission(written(make_call(editor, [unit]), officer), by=officer)
        assert target_of(call, unit).answered_at is None

    def test_when_they_are_over_reports_do_not_count_for_them(self, editor: User, unit: Unit, officer: User) -> None:
        call = make_call(editor, [unit], kind=Call.Kind.POINTS, topic="本月报送要点")
        close_call(call, by=editor, reason="月底")
        make_report(officer)
        assert target_of(call, unit).answered_at is None


def test_a_unit_that_is_not_asked_has_no_target(call: Call) -> None:
    assert not call.targets.filter(unit=make_unit()).exists()
