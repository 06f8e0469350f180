"""Points of a return: beside paragraphs, answered one by one, kept round by round."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Submission
from bulletins.services.desk import return_submission
from bulletins.services.points import LONGEST_WISH, Point, PointAnswer, answer_points, mark_of
from bulletins.services.submission import save_draft, submit_submission
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.refusals import Refused
from tests.factories import make_officer, make_report

FIRST, SECOND = "11月5日开展联合教研。", "教师们收获很大。"


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def report(officer: User) -> Submission:
    return make_report(officer, text=f"{FIRST}\n\n{SECOND}")


def sent_back(report: Submission, editor: User, *wishes: str) -> None:
    points = [Point(n, mark_of((FIRST, SECOND)[n]), wish) for n, wish in enumerate(wishes) if wish]
    return_submission(report, by=editor, reason="请修改。", points=points)


def test_the_words_of_the_paragraph_are_kept_with_the_point(report: Submission, editor: User) -> None:
    sent_back(report, editor, "", "写明人数")
    point = report.points.get()
    assert (point.round, point.paragraph, point.quote, point.wish) == (1, 1, SECOND, "写明人数")


def test_a_point_beside_other_words_than_are_there_is_refused_and_nothing_is_returned(
    report: Submission, editor: User
) -> None:
    for stale in (Point(0, mark_of("从前的一段。"), "改"), Point(9, mark_of(FIRST), "改")):
        with pytest.raises(Refused, match="请对照现在的正文重新标注"):
            return_submission(report, by=editor, reason="请修改。", points=[stale])
    report.refresh_from_db()
    assert report.state == SubmissionState.IN_REVIEW
    assert not report.points.exists()


def test_an_endless_point_is_told_its_length(report: Submission, editor: User) -> None:
    with pytest.raises(Refused, match=f"有{LONGEST_WISH + 1}字"):
        sent_back(report, editor, "长" * (LONGEST_WISH + 1))


def test_the_unit_ticks_each(report: Submission, editor: User, officer: User) -> None:
    sent_back(report, editor, "写明地点", "删去空话")
    one, two = report.points.all()
    rows = answer_points(
        report, by=officer, answers={one.pk: PointAnswer("done"), two.pk: PointAnswer("kept", "学校要求保留。")}
    )
    assert [(row.answer, row.reply, row.answered_by) for row in rows] == [
        ("done", "", officer),
        ("kept", "学校要求保留。", officer),
    ]


def test_rounds_are_kept_and_only_the_latest_is_answered(report: Submission, editor: User, officer: User) -> None:
    sent_back(report, editor, "写明地点")
    first = report.points.get()
    answer_points(report, by=officer, answers={first.pk: PointAnswer("done")})
    submit_submission(report, by=officer)
    sent_back(report, editor, "", "写明人数")
    assert list(report.points.values_list("round", "answer")) == [(2, ""), (1, "done")]
    answer_points(report, by=officer, answers={first.pk: PointAnswer("kept", "后来又变")})
    first.refresh_from_db()
    assert first.answer == "done"


def test_what_was_sent_in_again_is_no_longer_ticked(report: Submission, editor: User, officer: User) -> None:
    sent_back(report, editor, "写明地点")
    point = report.points.get()
    report.refresh_from_db()
    save_draft(report, by=officer, title=report.title, text="改了。", version=report.version)
    submit_submission(report, by=officer)
    with pytest.raises(Refused, match="不能答复退回意见"):
        answer_points(report, by=officer, answers={point.pk: PointAnswer("done")})


def test_others_do_not_tick(report: Submission, editor: User) -> None:
    sent_back(report, editor, "写明地点")
    for stranger in (make_officer(), editor):
        with pytest.raises(PermissionDenied):
            answer_points(report, by=stranger, answers={})
