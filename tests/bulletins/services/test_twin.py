from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import Submission, Twin
from bulletins.queries.twin import twins_of, with_twins
from bulletins.services.submission import submit_submission
from bulletins.services.twin import TWINS, dismiss_twin, look_for_twins
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.jobs.models import Job
from portal.jobs.services import run
from tests.factories import make_activity, make_draft, make_officer, make_unit

TOLD = "11月5日，青山大学的教师走进绿水县的三所村小，带着孩子们用稻草做了一堂美术课，课后逐一评课。"
RETOLD = "11月5日，绿水县迎来青山大学的教师，三所村小的孩子们用稻草上美术课。大家说这样的课要常上。"
OTHER = "11月9日，县里请数学教研员到校，和年轻教师一起把一份期末试卷从头到尾议了一遍，各人写下心得。"


@pytest.fixture
def university(db: None) -> User:
    return make_officer(make_unit(name="青山大学"))


@pytest.fixture
def county(db: None) -> User:
    return make_officer(make_unit(UnitKind.COUNTY, name="绿水县"))


def report(officer: User, text: str, day: date = date(2024, 11, 5), partner: User | None = None) -> Submission:
    """A report sent in, with one activity on ``day``, with the unit of ``partner`` taking part."""
    draft = make_draft(officer, title="送教", text=text)
    draft.activities.clear()
    activity = make_activity(officer.posts_today[0].unit, day)
    if partner:
        activity.partners.add(partner.posts_today[0].unit)
    draft.activities.add(activity)
    return submit_submission(draft, by=officer)


def marked() -> int:
    """How many reports of the list bear the badge."""
    return sum(each.has_twin for each in with_twins(Submission.objects.all()))  # type: ignore[attr-defined]


def test_one_event_told_by_both_sides_is_flagged(university: User, county: User) -> None:
    first = report(university, TOLD, partner=county)
    second = report(county, RETOLD, partner=university)
    (twin,) = look_for_twins(second)
    assert (twin.first, twin.second, twin.reason) == (first, second, Twin.Reason.EVENT)


def test_the_same_text_is_flagged_on_another_day_too(university: User) -> None:
    report(university, TOLD)
    (twin,) = look_for_twins(report(university, TOLD.replace("5日", "12日"), date(2024, 11, 12)))
    assert twin.reason == Twin.Reason.TEXT
    assert twin.likeness > 80


def test_another_event_of_the_same_two_is_none(university: User, county: User) -> None:
    report(university, TOLD, partner=county)
    assert look_for_twins(report(county, OTHER, date(2024, 11, 9), partner=university)) == []


def test_two_different_things_of_one_unit_on_one_day_are_none(university: User) -> None:
    report(university, TOLD)
    assert look_for_twins(report(university, OTHER)) == []


def test_a_report_of_long_ago_is_not_compared_by_its_text(university: User) -> None:
    old = report(university, TOLD)
    Submission.objects.filter(pk=old.pk).update(submitted_at=timezone.now() - timedelta(days=90))
    assert look_for_twins(report(university, TOLD, date(2024, 12, 5))) == []


def test_drafts_are_nobodys_twins(university: User) -> None:
    make_draft(university, title="送教", text=TOLD)
    assert look_for_twins(report(university, TOLD)) == []


def test_a_pair_is_flagged_once(university: User) -> None:
    first, second = report(university, TOLD), report(university, TOLD)
    assert len(look_for_twins(second)) == 1
    assert look_for_twins(second) == []
    assert look_for_twins(first) == []


def test_coming_in_asks_for_the_comparison_and_a_worker_does_it(university: User) -> None:
    report(university, TOLD)
    second = report(university, TOLD)
    job = Job.objects.get(kind=TWINS, payload__submission=second.pk)
    run(job.pk)
    assert [twin.second for twin in twins_of(second)] == [second]


def test_a_report_taken_back_meanwhile_has_no_twins(university: User) -> None:
    report(university, TOLD)
    second = report(university, TOLD)
    Submission.objects.filter(pk=second.pk).update(state=SubmissionState.DRAFT)
    run(Job.objects.get(kind=TWINS, payload__submission=second.pk).pk)
    assert not Twin.objects.exists()


def test_an_editor_says_that_they_are_two_things(university: User, editor: User) -> None:
    report(university, TOLD)
    second = report(university, TOLD)
    (twin,) = look_for_twins(second)
    assert marked() == 2
    with pytest.raises(PermissionDenied):
        dismiss_twin(twin, by=university)
    dismiss_twin(twin, by=editor)
    twin.refresh_from_db()
    assert twin.dismissed_by == editor
    assert marked() == 0
    assert look_for_twins(second) == []


@pytest.mark.parametrize("text", ["。", "11月5日。", "字" * 10_000])
def test_little_and_odd_texts_are_borne(university: User, text: str) -> None:
    report(university, TOLD)
    assert look_for_twins(report(university, text, date(2024, 11, 20))) == []
