"""What a report brings along cannot change a term that is locked; its words can be sent at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Submission
from bulletins.services.submission import create_submission, save_draft, submit_submission
from bulletins.states import SubmissionState
from pilots.models import Activity, ActivityKind
from pilots.services.activity_row import Row
from pilots.services.reporting import grant_exception
from pilots.states import ActivityState
from portal.accounts.roles import Role
from portal.refusals import Refused
from portal.text.official import official_date
from tests.factories import make_user
from tests.factories.progress import Desks, day_in, make_desks, open_past

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    """A school whose past period is locked since yesterday."""
    desks = make_desks(open_now=False)
    open_past(desks.office)
    return desks


def rows_of_locked_term(desks: Desks) -> list[Row]:
    kind = ActivityKind.objects.get(name="培训")
    return [Row(key="n1", kind=str(kind.pk), date=official_date(day_in(desks.report.period)))]


def written(desks: Desks, rows: list[Row]) -> Submission:
    draft = create_submission(unit=desks.school, by=desks.teacher)
    return save_draft(
        draft, by=desks.teacher, title="举办培训", text="教师参加了培训。", version=draft.version, rows=rows
    )


def test_a_report_brings_no_activity_into_a_locked_term(desks: Desks) -> None:
    report = written(desks, rows_of_locked_term(desks))
    with pytest.raises(Refused, match=r"已锁定.*只报送文字"):
        submit_submission(report, by=desks.teacher)
    report.refresh_from_db()
    assert report.state == SubmissionState.DRAFT
    assert not Activity.objects.exclude(state=ActivityState.DRAFT).exists()
    save_draft(report, by=desks.teacher, title="举办培训", text="参加了培训。", version=report.version, rows=[])
    assert submit_submission(report, by=desks.teacher).state != SubmissionState.DRAFT


def test_who_is_named_by_the_office_brings_it_in(desks: Desks) -> None:
    until = timezone.localdate() + timedelta(days=3)
    reviewer = make_user(Role.REVIEWER)
    grant_exception(desks.report, user=desks.teacher, reason="漏登一次培训。", until=until, by=reviewer)
    report = submit_submission(written(desks, rows_of_locked_term(desks)), by=desks.teacher)
    assert report.activities.get().state == ActivityState.RECORDED


def test_a_report_that_is_sent_again_takes_nothing_out_of_a_locked_term(desks: Desks) -> None:
    report = written(desks, [])
    kind = ActivityKind.objects.get(name="培训")
    day = day_in(desks.report.period)
    kept = Activity.objects.create(unit=desks.school, kind=kind, start=day, end=day, state=ActivityState.RECORDED)
    report.activities.add(kept)
    save_draft(report, by=desks.teacher, title="举办培训", text="参加了培训。", version=report.version, rows=[])
    with pytest.raises(Refused, match="锁定"):
        submit_submission(report, by=desks.teacher)
    kept.refresh_from_db()
    assert kept.state == ActivityState.RECORDED
