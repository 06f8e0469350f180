"""学期确认单 over its desks: school, county, province; each rule of its way, and what is answered to bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import ProgressReport, ReportingRule
from pilots.queries.progress_report import progress_for, to_review_by
from pilots.services.progress_report import (
    approve_many,
    approve_report,
    comment_report,
    pass_over_desk,
    return_report,
    save_and_submit,
    save_words,
    submit_report,
    take_back_report,
)
from pilots.states.progress import ProgressState
from portal.accounts.models import Post, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.audit.models import history
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import LONG_SINCE, make_officer, make_unit, make_user
from tests.factories.progress import Desks, make_desks, open_past, open_term, submitted

pytestmark = pytest.mark.django_db

WORDS = {"outcomes": "教研活动常态开展。", "difficulties": "", "next_steps": ""}


def state(desks: Desks) -> str:
    return str(desks.report.state)


def end_posts(*users: User) -> None:
    """They leave their posts today."""
    today = timezone.localdate()
    for post in Post.objects.filter(user__in=users):
        post.during = (post.during.lower, today)
        post.save()


def test_a_school_is_confirmed_over_county_and_province() -> None:
    desks = make_desks()
    report = submitted(desks)
    assert report.state == ProgressState.AT_COUNTY
    approve_report(report, turn=report.turn, by=desks.bureau)
    assert report.state == ProgressState.AT_PROVINCE
    approve_report(report, turn=report.turn, by=desks.office)
    assert report.state == ProgressState.CONFIRMED
    assert report.confirmed_at is not None
    assert [entry.label for entry in history(report)][:3] == ["通过", "通过", "提交"]


def test_a_university_and_a_county_go_straight_to_the_province() -> None:
    desks = make_desks(open_now=False)
    officers = [make_officer(make_unit()), make_officer(desks.county)]
    open_term(desks.office)
    for officer in officers:
        report = ProgressReport.objects.get(unit=officer.posts_today[0].unit)
        assert submit_report(report, by=officer).state == ProgressState.AT_PROVINCE


def test_levels_are_data() -> None:
    desks = make_desks()
    ReportingRule.objects.filter(unit_kind=UnitKind.SCHOOL).update(reviewed_by=["county", "prefecture"])
    city = make_user(Role.STAFF, desks.prefecture)
    report = submitted(desks)
    approve_report(report, turn=report.turn, by=desks.bureau)
    assert report.state == ProgressState.AT_PREFECTURE
    assert to_review_by(city).get() == report


def test_steps_are_fixed_when_it_is_submitted() -> None:
    desks = make_desks()
    report = submitted(desks)
    ReportingRule.objects.filter(unit_kind=UnitKind.SCHOOL).update(reviewed_by=["county", "prefecture"])
    make_user(Role.STAFF, desks.prefecture)
    approve_report(report, turn=report.turn, by=desks.bureau)
    assert report.state == ProgressState.AT_PROVINCE


def test_a_reviewer_who_moves_on_leaves_the_report_to_his_successor() -> None:
    desks = make_desks()
    report = submitted(desks)
    end_posts(desks.bureau)
    gone = User.objects.get(pk=desks.bureau.pk)
    successor = make_user(Role.UNIT_APPROVER, desks.county)
    with pytest.raises(PermissionDenied):
        approve_report(report, turn=report.turn, by=gone)
    assert not progress_for(gone).exists()
    assert approve_report(report, turn=report.turn, by=successor).state == ProgressState.AT_PROVINCE


def test_the_office_sends_on_what_lies_where_nobody_reviews_any_more() -> None:
    desks = make_desks()
    report = submitted(desks)
    with pytest.raises(PermissionDenied):
        pass_over_desk(report, turn=report.turn, by=desks.office, reason="该县审核人调离。")
    end_posts(desks.bureau)
    pass_over_desk(report, turn=report.turn, by=desks.office, reason="该县审核人调离。")
    assert report.state == ProgressState.AT_PROVINCE
    assert "审核人调离" in report.route[0]["note"]


def test_a_desk_without_anybody_is_passed_over_and_said_so() -> None:
    desks = make_desks()
    end_posts(desks.bureau)
    report = submitted(desks)
    assert report.state == ProgressState.AT_PROVINCE
    assert report.route[0]["skipped"]


def test_a_desk_with_one_reviewer_is_flagged() -> None:
    desks = make_desks()
    assert submitted(desks).has_lone_desk
    take_back_report(desks.report, by=desks.teacher)
    make_user(Role.STAFF, desks.county)
    make_user(Role.REVIEWER)
    assert not submitted(desks).has_lone_desk


def test_what_is_returned_says_why_and_tells_its_unit() -> None:
    desks = make_desks()
    report = submitted(desks)
    with pytest.raises(Refused, match="理由"):
        return_report(report, turn=report.turn, by=desks.bureau, reason=" ")
    return_report(report, turn=report.turn, by=desks.bureau, reason="请补充困难。")
    assert (report.state, report.reason) == (ProgressState.RETURNED, "请补充困难。")
    assert waiting_for(desks.teacher).get().what == "修改后提交"
    assert Notice.objects.filter(user=desks.teacher, subject__contains="退回").count() == 1


def test_what_comes_back_is_kept_beside_what_was_returned() -> None:
    desks = make_desks()
    report = submitted(desks)
    return_report(report, turn=report.turn, by=desks.bureau, reason="请补充成效。")
    save_and_submit(report, words=WORDS, version=desks.report.version, by=desks.teacher)
    contents = [version.content["words"]["outcomes"] for version in report.versions.all()]
    assert contents == ["教研活动常态开展。", ""]


def test_it_cannot_be_submitted_twice() -> None:
    desks = make_desks()
    report = submitted(desks)
    with pytest.raises(WrongState, match="待县级审核"):
        submit_report(report, by=desks.teacher)
    assert report.versions.count() == 1


def test_of_two_reviewers_at_once_the_second_is_told() -> None:
    desks = make_desks()
    second = make_user(Role.STAFF, desks.county)
    report = submitted(desks)
    seen = report.turn
    approve_report(report, turn=seen, by=desks.bureau)
    with pytest.raises(WrongState, match="已由他人处理"):
        return_report(report, turn=seen, by=second, reason="晚了一步。")
    assert state(desks) == ProgressState.AT_PROVINCE


def test_nobody_reviews_what_he_has_submitted() -> None:
    desks = make_desks()
    both = make_user(Role.UNIT_APPROVER, desks.school)
    give_post(user=both, unit=desks.county, role=Role.UNIT_APPROVER, by=None, since=LONG_SINCE)
    report = submit_report(desks.report, by=User.objects.get(pk=both.pk))
    assert not to_review_by(User.objects.get(pk=both.pk)).exists()
    with pytest.raises(PermissionDenied):
        approve_report(report, turn=report.turn, by=User.objects.get(pk=both.pk))


@pytest.mark.parametrize("act", ["write", "submit", "approve", "return", "comment"])
def test_another_county_neither_sees_nor_touches_it(act: str) -> None:
    desks = make_desks()
    stranger = make_user(Role.UNIT_APPROVER, make_unit(UnitKind.COUNTY))
    report = desks.report if act in ("write", "submit") else submitted(desks)
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: save_words(report, words=WORDS, version=0, by=stranger),
        "submit": lambda: submit_report(report, by=stranger),
        "approve": lambda: approve_report(report, turn=report.turn, by=stranger),
        "return": lambda: return_report(report, turn=report.turn, by=stranger, reason="不是我的。"),
        "comment": lambda: comment_report(report, text="看看", by=stranger),
    }
    assert not progress_for(stranger).filter(pk=report.pk).exists()
    with pytest.raises(PermissionDenied):
        acts[act]()


def test_the_prefecture_sees_its_schools_and_reviews_nothing() -> None:
    desks = make_desks()
    city = make_officer(desks.prefecture)
    report = submitted(desks)
    assert progress_for(city).filter(pk=report.pk).exists()
    with pytest.raises(PermissionDenied):
        approve_report(report, turn=report.turn, by=city)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.ISSUER])
def test_who_only_reads_in_the_office_approves_nothing(role: Role) -> None:
    desks = make_desks()
    reader = make_user(role)
    report = submitted(desks)
    approve_report(report, turn=report.turn, by=desks.bureau)
    assert progress_for(reader).filter(pk=report.pk).exists()
    with pytest.raises(PermissionDenied):
        approve_report(report, turn=report.turn, by=reader)


def test_staff_write_and_the_officer_submits() -> None:
    desks = make_desks()
    staff = make_user(Role.STAFF, desks.school)
    save_words(desks.report, words=WORDS, version=0, by=staff)
    with pytest.raises(PermissionDenied):
        submit_report(desks.report, by=staff)
    assert submitted(desks).state == ProgressState.AT_COUNTY


def test_of_two_who_write_at_once_nobody_overwrites_the_other() -> None:
    desks = make_desks()
    staff = make_user(Role.STAFF, desks.school)
    save_words(desks.report, words=WORDS, version=0, by=staff)
    with pytest.raises(Refused, match="同事刚刚保存过"):
        save_words(desks.report, words=WORDS | {"outcomes": "另一种说法。"}, version=0, by=desks.teacher)
    assert desks.report.outcomes == WORDS["outcomes"]


def test_words_are_short() -> None:
    desks = make_desks()
    with pytest.raises(ValidationError, match="请缩短"):
        save_words(desks.report, words=WORDS | {"outcomes": "长" * 1001}, version=0, by=desks.teacher)


def test_it_is_taken_back_until_a_desk_has_passed_it() -> None:
    desks = make_desks()
    report = submitted(desks)
    take_back_report(report, by=desks.teacher)
    assert report.state == ProgressState.DRAFT
    report = submitted(desks)
    approve_report(report, turn=report.turn, by=desks.bureau)
    with pytest.raises(PermissionDenied):
        take_back_report(report, by=desks.teacher)


def test_a_confirmed_one_is_returned_by_the_office_only() -> None:
    desks = make_desks()
    report = submitted(desks)
    approve_report(report, turn=report.turn, by=desks.bureau)
    approve_report(report, turn=report.turn, by=desks.office)
    with pytest.raises(PermissionDenied):
        return_report(report, turn=report.turn, by=desks.bureau, reason="数字有误。")
    assert return_report(report, turn=report.turn, by=desks.office, reason="数字有误。").state == "returned"


def test_a_closed_period_is_refused_in_a_sentence() -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    with pytest.raises(Refused, match="锁定，不能再改"):
        save_words(desks.report, words=WORDS, version=0, by=desks.teacher)
    with pytest.raises(Refused, match="锁定，不能再改"):
        submit_report(desks.report, by=desks.teacher)


def test_bulk_approval_answers_for_each() -> None:
    desks = make_desks()
    clean = submitted(desks)
    other = make_desks()
    ProgressReport.objects.filter(pk=clean.pk).update(is_clean=True)
    theirs = submitted(other)
    passed, refused = approve_many([clean.pk, theirs.pk], by=desks.bureau)
    assert (passed, list(refused)) == (1, [theirs.pk])
    assert state(desks) == ProgressState.AT_PROVINCE
    assert [wait.what for wait in waiting_for(desks.office)] == ["审核"]


def test_what_looks_odd_is_not_approved_in_bulk() -> None:
    desks = make_desks()
    report = submitted(desks)
    assert not report.is_clean
    passed, refused = approve_many([report.pk], by=desks.bureau)
    assert passed == 0
    assert "单独审核" in refused[report.pk]
    with pytest.raises(Refused, match="勾选"):
        approve_many([], by=desks.bureau)


def test_a_comment_moves_nothing() -> None:
    desks = make_desks()
    report = submitted(desks)
    comment = comment_report(report, text="请留意走教安排。", by=desks.bureau)
    assert comment.unit == desks.county
    assert state(desks) == ProgressState.AT_COUNTY
    with pytest.raises(Refused):
        comment_report(report, text=" ", by=desks.bureau)


def test_what_a_desk_writes_is_short_and_kept_as_one_can_type_it() -> None:
    desks = make_desks()
    report = submitted(desks)
    assert comment_report(report, text="请留意\x00走教。", by=desks.bureau).text == "请留意走教。"
    with pytest.raises(Refused, match="1001字，超过1000字"):
        approve_report(report, turn=report.turn, by=desks.bureau, note="长" * 1001)
    approve_report(report, turn=report.turn, by=desks.bureau, note="同意\x00。")
    assert [desk["note"] for desk in report.route if desk["note"]] == ["同意。"]
    with pytest.raises(Refused, match="先写意见"):
        comment_report(report, text="\x00", by=desks.bureau)


def test_being_in_time_counts_from_the_first_submission() -> None:
    desks = make_desks()
    report = submitted(desks)
    today = timezone.localdate()
    assert report.punctuality(today) == "按时"
    report.period.due = today - timedelta(days=1)
    assert report.punctuality(today) == "逾期"
