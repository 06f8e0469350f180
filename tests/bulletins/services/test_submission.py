"""A report's way: who may take which step, what waits for whom, what becomes of its facts."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Submission
from bulletins.services.desk import adopt_submission, decline_submission, return_submission
from bulletins.services.print_words import as_lead, as_printed
from bulletins.services.saving import StaleSave
from bulletins.services.submission import (
    approve_submission,
    create_submission,
    delete_draft,
    save_draft,
    send_back_submission,
    submit_submission,
    withdraw_submission,
)
from bulletins.states import SubmissionState
from bulletins.validators import LONGEST_REPORT, LONGEST_TITLE
from pilots.models import Activity, ActivityKind
from pilots.services.activity_row import Row
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.audit.models import Entry
from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import notices_for
from portal.notices.services import send_notice
from portal.refusals import Refused, WrongState
from tests.factories import make_adopted, make_draft, make_officer, make_report, make_user


def unit_of(user: User) -> Unit:
    return user.posts_today[0].unit


def training(day: str = "2024年11月5日", **cells: object) -> Row:
    kind = ActivityKind.objects.get(name="培训")
    return Row(**({"key": "n1", "kind": str(kind.pk), "date": day} | cells))  # type: ignore[arg-type]


def written(officer: User, *rows: Row) -> Submission:
    draft = create_submission(unit=unit_of(officer), by=officer)
    return save_draft(draft, by=officer, title="举办培训", text="教师参加了培训。", version=draft.version, rows=rows)


def waiting_titles(user: User) -> list[str]:
    return [waiting.what for waiting in waiting_for(User.objects.get(pk=user.pk))]


@pytest.fixture
def approver(officer: User) -> User:
    return make_user(Role.UNIT_APPROVER, unit_of(officer))


class TestWriting:
    def test_an_untouched_empty_draft_is_taken_up_again(self, officer: User) -> None:
        first = create_submission(unit=unit_of(officer), by=officer)
        assert create_submission(unit=unit_of(officer), by=officer) == first

    def test_a_draft_with_a_typed_row_is_not_empty(self, officer: User) -> None:
        first = create_submission(unit=unit_of(officer), by=officer)
        save_draft(first, by=officer, title="", text="", version=1, rows=[training()])
        assert create_submission(unit=unit_of(officer), by=officer) != first

    def test_nobody_writes_for_another_unit(self, officer: User) -> None:
        with pytest.raises(PermissionDenied):
            create_submission(unit=unit_of(make_officer()), by=officer)

    def test_a_wrong_row_does_not_keep_the_text_from_being_saved(self, officer: User) -> None:
        draft = written(officer, training("2月30日"))
        assert draft.text == "教师参加了培训。"
        assert [row["date"] for row in draft.draft_rows or []] == ["2月30日"]
        assert not Activity.objects.exists()

    def test_an_older_copy_overwrites_neither_text_nor_rows(self, officer: User) -> None:
        draft = written(officer, training())
        for change in ({"text": "另一份文字。"}, {"rows": [training("2024年11月6日")]}):
            typed = {"title": draft.title, "text": draft.text, "rows": [training()]} | change
            with pytest.raises(StaleSave) as caught:
                save_draft(draft, by=officer, version=draft.version - 1, **typed)  # type: ignore[arg-type]
            assert caught.value.current.text == "教师参加了培训。"

    def test_the_same_words_again_are_no_conflict(self, officer: User) -> None:
        draft = written(officer, training())
        again = save_draft(draft, by=officer, title=draft.title, text=draft.text, version=1, rows=[training()])
        assert again.version == draft.version

    def test_a_text_without_end_is_refused_with_its_length(self, officer: User) -> None:
        draft = written(officer)
        with pytest.raises(ValidationError, match=f"正文有{LONGEST_REPORT + 1}字"):
            save_draft(draft, by=officer, title="", text="长" * (LONGEST_REPORT + 1), version=draft.version)

    def test_what_has_been_sent_can_no_longer_be_written_to(self, officer: User) -> None:
        report = make_report(officer)
        with pytest.raises(Refused, match="已报送"):
            save_draft(report, by=officer, title="改", text="改", version=report.version)

    def test_staff_write_their_own_drafts_only(self, officer: User) -> None:
        staff = make_user(Role.STAFF, unit_of(officer))
        own = create_submission(unit=unit_of(officer), by=staff)
        assert save_draft(own, by=staff, title="自写", text="", version=1).title == "自写"
        with pytest.raises(PermissionDenied):
            save_draft(written(officer), by=staff, title="他人", text="", version=2)


class TestSending:
    def test_without_an_approver_it_goes_straight_to_the_office(self, officer: User, editor: User) -> None:
        report = submit_submission(written(officer, training()), by=officer)
        assert report.state == SubmissionState.IN_REVIEW
        assert report.submitted_at is not None
        assert waiting_titles(editor) == ["处理来稿"]

    def test_with_an_approver_it_waits_for_him_and_its_facts_wait_too(
        self, officer: User, approver: User, editor: User
    ) -> None:
        report = submit_submission(written(officer, training()), by=officer)
        assert (report.state, report.submitted_at) == (SubmissionState.AWAITING_UNIT, None)
        assert report.activities.get().state == ActivityState.DRAFT
        assert (waiting_titles(approver), waiting_titles(editor)) == (["审核本单位稿件"], [])
        approve_submission(report, by=approver)
        assert report.state == SubmissionState.IN_REVIEW
        assert report.activities.get().state == ActivityState.RECORDED
        assert (waiting_titles(approver), waiting_titles(editor)) == ([], ["处理来稿"])

    def test_rows_become_facts_and_the_typed_rows_are_done_with(self, officer: User) -> None:
        rows = [training(people="教师12人", place="县城"), Row(key="n2")]
        report = submit_submission(written(officer, *rows), by=officer)
        activity = report.activities.get()
        assert (activity.start, activity.place, str(activity.head_counts.get())) == (
            date(2024, 11, 5),
            "县城",
            "教师12人",
        )
        assert report.draft_rows is None

    def test_a_report_without_activities_can_be_sent(self, officer: User) -> None:
        assert submit_submission(written(officer), by=officer).state == SubmissionState.IN_REVIEW

    @pytest.mark.parametrize(("row", "sentence"), [("2月30日", "第1项活动的日期"), ("", "第1项活动还没有填日期")])
    def test_a_wrong_or_incomplete_row_keeps_the_report_and_says_which(
        self, officer: User, row: str, sentence: str
    ) -> None:
        draft = written(officer, training(row))
        with pytest.raises(ValidationError, match=sentence):
            submit_submission(draft, by=officer)
        draft.refresh_from_db()
        assert (draft.state, len(draft.draft_rows or [])) == (SubmissionState.DRAFT, 1)
        assert not Activity.objects.exists()

    def test_title_and_text_are_needed(self, officer: User) -> None:
        draft = create_submission(unit=unit_of(officer), by=officer)
        with pytest.raises(ValidationError) as caught:
            submit_submission(draft, by=officer)
        assert set(caught.value.message_dict) == {"title", "text"}

    def test_a_second_click_is_told_and_changes_nothing(self, officer: User) -> None:
        report = make_report(officer)
        with pytest.raises(WrongState, match="已报送"):
            submit_submission(report, by=officer)
        assert Entry.objects.filter(action="bulletins.submission.submit", object_id=report.pk).count() == 1

    def test_staff_and_colleagues_elsewhere_send_nothing(self, officer: User) -> None:
        draft = written(officer)
        for other in (make_user(Role.STAFF, unit_of(officer)), make_officer()):
            with pytest.raises(PermissionDenied):
                submit_submission(draft, by=other)

    def test_nobody_approves_what_he_wrote(self, officer: User, approver: User) -> None:
        report = submit_submission(written(officer), by=officer)
        Submission.objects.filter(pk=report.pk).update(author=approver)
        report.refresh_from_db()
        with pytest.raises(PermissionDenied):
            approve_submission(report, by=approver)


class TestComingBack:
    def test_the_approver_returns_it_with_a_reason(self, officer: User, approver: User) -> None:
        report = submit_submission(written(officer, training()), by=officer)
        with pytest.raises(Refused, match="理由"):
            send_back_submission(report, by=approver, reason=" ")
        send_back_submission(report, by=approver, reason="请补充人数")
        assert (report.state, report.reason) == (SubmissionState.RETURNED, "请补充人数")
        assert waiting_titles(officer) == ["修改后重报"]
        assert submit_submission(report, by=officer).reason == ""

    def test_facts_survive_return_and_decline(self, officer: User, editor: User) -> None:
        returned, declined = make_report(officer), make_report(officer)
        return_submission(returned, by=editor, reason="请补充")
        decline_submission(declined, by=editor, reason="已有同类信息")
        states = {activity.state for activity in Activity.objects.all()}
        assert states == {ActivityState.RECORDED}

    def test_recorded_facts_change_only_when_the_report_leaves_again(self, officer: User, editor: User) -> None:
        report = make_report(officer)
        return_submission(report, by=editor, reason="日期不对")
        activity = report.activities.get()
        row = training("2024年11月6日", activity=activity.pk)
        save_draft(report, by=officer, title="改", text="改好了。", version=report.version, rows=[row])
        activity.refresh_from_db()
        assert activity.start == date(2024, 11, 5)
        submit_submission(report, by=officer)
        activity.refresh_from_db()
        assert activity.start == date(2024, 11, 6)
        assert list(report.activities.all()) == [activity]

    def test_a_row_taken_out_withdraws_its_fact_on_leaving(self, officer: User, editor: User) -> None:
        report = make_report(officer)
        activity = report.activities.get()
        return_submission(report, by=editor, reason="这不是一项活动")
        save_draft(report, by=officer, title="改", text="改好了。", version=report.version, rows=[])
        submit_submission(report, by=officer)
        activity.refresh_from_db()
        assert activity.state == ActivityState.WITHDRAWN
        assert not report.activities.exists()

    def test_a_row_cannot_take_hold_of_another_report_s_fact(self, officer: User) -> None:
        foreign = make_report().activities.get()
        report = submit_submission(written(officer, training("2024年12月1日", activity=foreign.pk)), by=officer)
        foreign.refresh_from_db()
        assert foreign.start == date(2024, 11, 5)
        assert report.activities.get() != foreign

    def test_the_unit_takes_it_back_until_the_office_edits(self, officer: User, editor: User) -> None:
        report = make_report(officer)
        assert withdraw_submission(report, by=officer).state == SubmissionState.DRAFT
        assert waiting_titles(editor) == []
        adopted = make_adopted(editor, officer)
        with pytest.raises(WrongState, match="已采用待编发"):
            withdraw_submission(adopted, by=officer)


class TestThrowingAway:
    def test_a_draft_goes_with_its_unrecorded_activities(self, officer: User) -> None:
        delete_draft(make_draft(officer), by=officer)
        assert not Submission.objects.exists()
        assert not Activity.objects.exists()

    def test_messages_about_it_go_too_since_they_would_lead_nowhere(self, officer: User) -> None:
        draft = make_draft(officer)
        colleague = make_user(Role.UNIT_APPROVER, draft.unit)
        send_notice(
            occasion="mention:1",
            about=draft,
            to=[colleague],
            template="submission_returned",
            context={"report": draft, "unit": draft.unit},
            url="/",
            why="您是单位审核人",
        )
        delete_draft(draft, by=officer)
        assert not notices_for(colleague).exists()

    def test_what_once_left_the_unit_stays(self, officer: User) -> None:
        report = withdraw_submission(make_report(officer), by=officer)
        with pytest.raises(Refused):
            delete_draft(report, by=officer)


class TestPrinting:
    def test_a_title_becomes_the_lead_with_one_stop(self) -> None:
        assert [as_lead(title) for title in ("召开座谈会", "召开座谈会。", "", "好！")] == [
            "召开座谈会。",
            "召开座谈会。",
            "",
            "好！",
        ]

    def test_the_longest_title_still_fits_the_lead(self, officer: User, editor: User) -> None:
        assert len(make_adopted(editor, officer, title="长" * LONGEST_TITLE).print_lead) <= LONGEST_TITLE

    @pytest.mark.parametrize("text", ["召开座谈会\n11月4日开会。", "★ **召开座谈会。**11月4日开会。", "11月4日开会。"])
    def test_a_title_that_opens_the_text_is_printed_once(self, text: str) -> None:
        assert as_printed("召开座谈会", text) == ("召开座谈会。", "11月4日开会。")

    def test_a_text_that_only_begins_alike_keeps_its_words(self) -> None:
        assert as_printed("召开座谈会", "召开座谈会之后，专家听课。")[1] == "召开座谈会之后，专家听课。"

    def test_adoption_keeps_the_unit_s_own_words(self, officer: User, editor: User) -> None:
        report = adopt_submission(make_report(officer, title="开展教研", text="两校磨课。"), by=editor)
        assert (report.title, report.text) == ("开展教研", "两校磨课。")
        assert (report.print_lead, report.print_text) == ("开展教研。", "两校磨课。")
