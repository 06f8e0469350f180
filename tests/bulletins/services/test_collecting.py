"""汇总转报: a school's report stops at its county, which joins, sends on with credit, keeps or returns it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Submission
from bulletins.queries.collecting import collected_submissions, credits_of
from bulletins.queries.submission import own_submissions, received_submissions, submissions_for, unplaced_submissions
from bulletins.queries.whereabouts import whereabouts
from bulletins.services.collecting import (
    forward_report,
    hand_back_submission,
    hand_in_submission,
    join_reports,
    keep_report,
    pass_back_report,
    take_back_submission,
    take_up_report,
)
from bulletins.services.desk import adopt_submission, decline_submission, reopen_submission, return_submission
from bulletins.services.parts import dissolve, free_part
from bulletins.services.submission import (
    create_submission,
    delete_draft,
    save_draft,
    submit_submission,
    withdraw_submission,
)
from bulletins.services.submission_rows import rows_of
from bulletins.states import SubmissionState as S
from bulletins.validators import LONGEST_REPORT
from pilots.models import Activity
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import end_post
from portal.accounts.services.unit import place_unit
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.bulletins.collecting import County, make_county
from tests.factories import make_draft, make_issue, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def errands(user: User) -> list[str]:
    return [row.what for row in waiting_for(User.objects.get(pk=user.pk))]


def state_of(report: Submission) -> str:
    report.refresh_from_db()
    return report.state


class TestStoppingAtTheCounty:
    def test_it_lies_at_the_county_and_the_office_does_not_see_it(self, county: County, editor: User) -> None:
        report = county.report()
        assert (report.state, report.at) == (S.COLLECTING, county.unit)
        assert [stop["unit"] for stop in report.route] == [county.unit.pk, the_office().pk]
        assert (errands(county.officer), errands(editor)) == (["汇总下级来稿"], [])
        assert report not in submissions_for(editor)
        assert list(collected_submissions(county.officer)) == [report]
        assert report not in submissions_for(county.officers[1])
        assert str(county.unit) in whereabouts(report)

    def test_a_county_without_an_officer_is_passed_over(self, county: County, editor: User) -> None:
        end_post(county.officer.posts_today[0], by=None)
        report = county.report()
        assert report.state == S.IN_REVIEW
        assert report.route[0] == {"unit": county.unit.pk, "name": county.unit.label, "skipped": True}
        assert report in received_submissions(editor)

    def test_the_school_may_withdraw_it_until_the_county_takes_it_up(self, county: County) -> None:
        first, second = county.report(), county.report()
        withdraw_submission(first, by=county.officers[0])
        assert (first.state, first.at, first.route) == (S.DRAFT, None, [])
        join_reports([second], collector=county.unit, by=county.officer)
        with pytest.raises(WrongState, match="已汇总"):
            withdraw_submission(second, by=county.officers[0])

    def test_returned_and_mended_it_comes_back_to_the_county(self, county: County) -> None:
        report = pass_back_report(county.report(), by=county.officer, reason="请写明人数。")
        assert (report.state, report.reason) == (S.RETURNED, "请写明人数。")
        assert errands(county.officers[0]) == ["修改后重报"]
        assert Notice.objects.filter(user=county.officers[0], subject__contains="已退回修改").count() == 1
        submit_submission(report, by=county.officers[0])
        assert (report.state, report.at) == (S.COLLECTING, county.unit)

    def test_a_school_that_moves_meanwhile_keeps_the_way_of_its_report(self, county: County) -> None:
        report, other = county.report(), make_county()
        place_unit(county.schools[0], parent=other.unit, since=date(2024, 1, 1), by=None)
        pass_back_report(report, by=county.officer, reason="请补充。")
        submit_submission(report, by=county.officers[0])
        assert report.at == county.unit
        assert county.report().at == other.unit

    def test_it_goes_past_a_county_that_has_lost_its_officer_since(self, county: County) -> None:
        report = pass_back_report(county.report(), by=county.officer, reason="请补充。")
        end_post(county.officer.posts_today[0], by=None)
        submit_submission(report, by=county.officers[0])
        assert (report.state, report.at) == (S.IN_REVIEW, the_office())

    def test_kept_with_a_word_why_it_can_be_taken_up_again(self, county: County, editor: User) -> None:
        report = county.report()
        with pytest.raises(Refused, match="理由"):
            keep_report(report, by=county.officer, reason=" ")
        keep_report(report, by=county.officer, reason="县里另有专题。")
        assert (report.state, report.reason) == (S.KEPT, "县里另有专题。")
        assert "已留用" in whereabouts(report)
        assert (errands(county.officer), list(collected_submissions(county.officer))) == ([], [])
        take_up_report(report, by=county.officer)
        assert report.state == S.COLLECTING

    def test_only_who_reports_for_the_county_decides(self, county: County) -> None:
        report = county.report()
        for other in (make_user(Role.STAFF, county.unit), county.officers[0], make_officer(), make_user(Role.EDITOR)):
            with pytest.raises(PermissionDenied):
                keep_report(report, by=other, reason="不转")
            with pytest.raises(PermissionDenied):
                join_reports([report], collector=county.unit, by=other)

    def test_the_office_cannot_decide_on_it_past_the_county(self, county: County, editor: User) -> None:
        with pytest.raises(PermissionDenied):
            adopt_submission(county.report(), by=editor)


class TestJoining:
    def test_several_become_one_with_each_school_named_and_activities_linked(self, county: County) -> None:
        reports = [county.report(0, title="磨课"), county.report(1, title="说课")]
        before = Activity.objects.count()
        whole = join_reports(reports, collector=county.unit, by=county.officer)
        assert (whole.unit, whole.state) == (county.unit, S.DRAFT)
        names = [school.name for school in county.schools]
        assert [line.partition("：")[0] for line in whole.text.splitlines()] == names
        assert set(whole.activities.all()) == {report.activities.get() for report in reports}
        assert Activity.objects.count() == before
        assert [state_of(report) for report in reports] == [S.JOINED, S.JOINED]
        assert credits_of(whole).units == tuple(names)
        assert f"《{whole}》" in whereabouts(Submission.objects.get(pk=reports[0].pk))

    def test_a_report_is_joined_once(self, county: County) -> None:
        report = county.report()
        stale = Submission.objects.get(pk=report.pk)
        join_reports([report], collector=county.unit, by=county.officer)
        with pytest.raises(Refused, match="已由同事处理"):
            join_reports([stale], collector=county.unit, by=county.officer)
        assert Submission.objects.filter(unit=county.unit).count() == 1

    def test_reports_of_different_desks_are_not_joined(self, county: County) -> None:
        reports = [county.report(), make_county().report()]
        with pytest.raises(Refused, match="不能一起汇总"):
            join_reports(reports, collector=county.unit, by=county.officer)
        assert state_of(reports[0]) == S.COLLECTING

    def test_nothing_chosen_and_a_report_into_itself_are_refused(self, county: County) -> None:
        with pytest.raises(Refused, match="还没有选择"):
            join_reports([], collector=county.unit, by=county.officer)
        draft = join_reports([county.report()], collector=county.unit, by=county.officer)
        with pytest.raises(Refused, match="到它自己里"):
            join_reports([draft], collector=county.unit, by=county.officer, into=draft)

    def test_a_whole_that_grows_too_long_joins_nothing(self, county: County) -> None:
        reports = [county.report(number, text="长" * (LONGEST_REPORT - 100)) for number in range(2)]
        with pytest.raises(ValidationError, match="请分几篇"):
            join_reports(reports, collector=county.unit, by=county.officer)
        assert [state_of(report) for report in reports] == [S.COLLECTING, S.COLLECTING]

    def test_further_reports_join_a_draft_also_while_its_rows_are_being_typed(self, county: County) -> None:
        first, second = county.report(0), county.report(1, title="说课")
        whole = join_reports([first], collector=county.unit, by=county.officer)
        save_draft(whole, by=county.officer, title="全县教研", text=whole.text, version=whole.version, rows=[])
        whole = join_reports([second], collector=county.unit, by=county.officer, into=whole)
        assert second.unit.name in whole.text
        submit_submission(whole, by=county.officer)
        assert set(whole.activities.all()) == {second.activities.get()}
        assert first.activities.exists(), "the row taken out of the whole stays with the school"

    def test_an_activity_of_a_school_keeps_the_county_as_its_partner(self, county: County) -> None:
        report = county.report()
        report.activities.get().partners.add(county.unit)
        whole = join_reports([report], collector=county.unit, by=county.officer)
        rows = rows_of(whole)
        save_draft(whole, by=county.officer, title="全县教研", text="改过。", version=whole.version, rows=rows)
        submit_submission(whole, by=county.officer)
        assert list(report.activities.get().partners.all()) == [county.unit]

    def test_a_part_taken_out_takes_its_activities_along(self, county: County) -> None:
        reports = [county.report(0), county.report(1)]
        whole = join_reports(reports, collector=county.unit, by=county.officer)
        free_part(reports[0], by=county.officer)
        assert (reports[0].state, reports[0].part_of) == (S.COLLECTING, None)
        assert list(whole.activities.all()) == [reports[1].activities.get()]

    def test_thrown_away_or_taken_apart_a_whole_frees_its_parts_and_leaves_their_facts(self, county: County) -> None:
        first, second = county.report(0), county.report(1)
        delete_draft(join_reports([first], collector=county.unit, by=county.officer), by=county.officer)
        dissolve(join_reports([second], collector=county.unit, by=county.officer), by=county.officer)
        assert [state_of(first), state_of(second)] == [S.COLLECTING, S.COLLECTING]
        assert first.activities.count() == second.activities.count() == 1


class TestSharingItsFate:
    def test_sent_on_as_it_is_under_the_countys_name(self, county: County, editor: User) -> None:
        report = county.report(title="磨课")
        whole = forward_report(report, by=county.officer)
        assert (whole.unit, whole.title, whole.text, whole.state) == (county.unit, "磨课", report.text, S.IN_REVIEW)
        assert list(received_submissions(editor)) == [whole]
        assert report.state == S.FORWARDED
        assert report in submissions_for(editor), "the office reads what it was made from"
        assert "已由" in whereabouts(report)

    def test_adopted_printed_or_declined_with_the_whole(self, county: County, editor: User) -> None:
        report = county.report()
        whole = adopt_submission(forward_report(report, by=county.officer), by=editor)
        assert state_of(report) == S.ADOPTED
        assert f"已随《{whole}》采用" in whereabouts(Submission.objects.get(pk=report.pk))
        assert list(unplaced_submissions(make_issue(editor))) == [whole]
        reopen_submission(whole, by=editor)
        assert state_of(report) == S.FORWARDED
        decline_submission(whole, by=editor, reason="与上一期重复。")
        assert (state_of(report), report.reason) == (S.DECLINED, "与上一期重复。")

    def test_the_schools_people_hear_once_and_not_of_what_is_undone_in_time(self, county: County, editor: User) -> None:
        whole = adopt_submission(forward_report(county.report(), by=county.officer), by=editor)
        told = Notice.objects.filter(user=county.officers[0])
        assert told.filter(subject__contains="已随《").count() == 1
        reopen_submission(whole, by=editor)
        assert not told.filter(subject__contains="已随《").exists()

    def test_returned_to_the_county_it_may_be_passed_on_to_the_school(self, county: County, editor: User) -> None:
        report = county.report()
        whole = forward_report(report, by=county.officer)
        return_submission(whole, by=editor, reason="请写明人数。")
        assert (whole.state, state_of(report)) == (S.RETURNED, S.JOINED)
        assert errands(county.officer) == ["修改后重报"]
        pass_back_report(report, by=county.officer, reason="省里请写明人数。")
        assert (report.state, report.part_of) == (S.RETURNED, None)
        assert not whole.activities.exists()

    def test_while_the_whole_is_under_way_no_part_leaves_it(self, county: County) -> None:
        report = county.report()
        make_user(Role.UNIT_APPROVER, county.unit)
        whole = submit_submission(join_reports([report], collector=county.unit, by=county.officer), by=county.officer)
        assert whole.state == S.AWAITING_UNIT
        with pytest.raises(Refused, match="不能再移出"):
            pass_back_report(report, by=county.officer, reason="请修改。")
        with pytest.raises(Refused, match="不能再移出"):
            free_part(report, by=county.officer)

    def test_withdrawn_by_the_county_its_parts_are_joined_still(self, county: County) -> None:
        report = county.report()
        whole = withdraw_submission(forward_report(report, by=county.officer), by=county.officer)
        assert (whole.state, state_of(report)) == (S.DRAFT, S.JOINED)
        dissolve(whole, by=county.officer)
        assert state_of(report) == S.COLLECTING


class TestWithinAUniversity:
    @pytest.fixture
    def staff(self, officer: User) -> User:
        return make_user(Role.STAFF, officer.posts_today[0].unit, name="学院教师")

    def test_staff_hand_in_and_the_officer_sends_with_their_name(self, officer: User, staff: User) -> None:
        draft = hand_in_submission(make_draft(staff), by=staff)
        assert (draft.state, draft.submitted_at) == (S.HANDED_IN, None)
        assert errands(officer) == ["处理本单位来稿"]
        with pytest.raises(PermissionDenied):
            save_draft(draft, by=staff, title="改", text="改", version=draft.version)
        save_draft(draft, by=officer, title="改好", text="改好。", version=draft.version)
        draft.refresh_from_db()
        assert submit_submission(draft, by=officer).state == S.IN_REVIEW
        assert draft.author == staff

    def test_several_drafts_become_one_and_writers_are_credited(self, officer: User, staff: User, editor: User) -> None:
        other = make_user(Role.STAFF, staff.posts_today[0].unit, name="附中教师")
        drafts = [hand_in_submission(make_draft(person), by=person) for person in (staff, other)]
        assert set(collected_submissions(officer)) == set(drafts)
        whole = join_reports(drafts, collector=staff.posts_today[0].unit, by=officer)
        assert credits_of(whole).writers == ("学院教师", "附中教师")
        adopt_submission(submit_submission(whole, by=officer), by=editor)
        assert [state_of(draft) for draft in drafts] == [S.ADOPTED, S.ADOPTED]
        assert drafts[0].submitted_at is None, "what never left the unit is no report of it"
        assert whole.activities.count() == 2

    def test_taken_back_or_handed_back_it_is_the_writers_again(self, officer: User, staff: User) -> None:
        draft = hand_in_submission(make_draft(staff), by=staff)
        take_back_submission(draft, by=staff)
        assert (draft.state, draft.at) == (S.DRAFT, None)
        hand_in_submission(draft, by=staff)
        hand_back_submission(draft, by=officer, reason="请补充。")
        assert (errands(staff), errands(officer)) == (["修改后重交"], [])
        assert hand_in_submission(draft, by=staff).state == S.HANDED_IN

    def test_without_an_officer_nobody_takes_it(self) -> None:
        staff = make_user(Role.STAFF, make_unit())
        with pytest.raises(PermissionDenied):
            hand_in_submission(make_draft(staff), by=staff)

    def test_thrown_away_a_whole_leaves_the_staffs_facts(self, officer: User, staff: User) -> None:
        draft = hand_in_submission(make_draft(staff), by=staff)
        whole = join_reports([draft], collector=draft.unit, by=officer)
        delete_draft(whole, by=officer)
        assert state_of(draft) == S.HANDED_IN
        assert draft.activities.count() == 1


class TestWritingForASchool:
    def test_the_county_writes_for_its_school_and_the_school_sees_it(self, county: County) -> None:
        school, officer = county.schools[0], county.officers[0]
        draft = create_submission(unit=school, by=county.officer, title="磨课", text="11月5日，两校磨课。")
        assert draft.written_by == county.unit
        submit_submission(draft, by=county.officer)
        assert (draft.state, draft.at) == (S.COLLECTING, county.unit)
        assert draft in own_submissions(officer)
        assert draft.sign_offs.get().way == "for_school"

    def test_nobody_writes_for_a_school_that_is_not_his_to_collect(self, county: County) -> None:
        for other in (make_county().officer, make_user(Role.STAFF, county.unit)):
            with pytest.raises(PermissionDenied):
                create_submission(unit=county.schools[0], by=other)


def test_a_prefecture_reads_what_its_counties_sent_and_nothing_else(county: County) -> None:
    reader = make_user(Role.INFORMATION_OFFICER, county.unit.parent)
    report = county.report()
    whole = forward_report(report, by=county.officer)
    draft = make_draft(county.officer)
    elsewhere = forward_report((other := make_county()).report(), by=other.officer)
    assert [row in submissions_for(reader) for row in (whole, report, draft, elsewhere)] == [True, False, False, False]
    assert reader.posts_today[0].unit.kind == UnitKind.PREFECTURE
    with pytest.raises(PermissionDenied):
        withdraw_submission(whole, by=reader)
