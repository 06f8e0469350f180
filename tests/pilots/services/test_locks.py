"""After the lock nothing of the period changes, but for whom the office has named, and only until his day is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pilots.models import ActivityKind, ReportingException
from pilots.services.activity import Facts, record_activity
from pilots.services.locks import refuse_locked
from pilots.services.progress_report import submit_report
from pilots.services.progress_waits import end_locked
from pilots.services.reporting import grant_exception, move_days
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_user
from tests.factories.progress import Desks, day_in, make_desks, open_past

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    """A school whose past period is locked since yesterday."""
    desks = make_desks(open_now=False)
    open_past(desks.office)
    return desks


def grant(desks: Desks, user: User, *, days: int = 3, reason: str = "漏登一次教研。") -> ReportingException:
    until = timezone.localdate() + timedelta(days=days)
    return grant_exception(desks.report, user=user, reason=reason, until=until, by=make_user(Role.REVIEWER))


def test_facts_of_a_locked_term_can_no_longer_be_entered(desks: Desks) -> None:
    day = day_in(desks.report.period)
    facts = Facts(kind=ActivityKind.objects.get(name="联合教研"), start=day, end=day)
    with pytest.raises(Refused, match="锁定"):
        record_activity(facts, unit=desks.school, by=desks.teacher)
    today = timezone.localdate()
    record_activity(replace(facts, start=today, end=today), unit=desks.school, by=desks.teacher)


def test_units_without_a_sheet_are_not_locked(desks: Desks) -> None:
    refuse_locked(desks.prefecture, [day_in(desks.report.period)], by=None)


def test_who_was_named_may_correct_and_submit(desks: Desks) -> None:
    grant(desks, desks.teacher)
    day = day_in(desks.report.period)
    refuse_locked(desks.school, [day], by=desks.teacher)
    with pytest.raises(Refused):
        refuse_locked(desks.school, [day], by=make_user(Role.STAFF, desks.school))
    assert submit_report(desks.report, by=desks.teacher).state == "at_county"


def test_an_exception_ends_by_itself(desks: Desks) -> None:
    exception = grant(desks, desks.teacher)
    assert end_locked() == 0, "until then it stays in the 待办 as it is"
    yesterday = timezone.localdate() - timedelta(days=1)
    ReportingException.objects.filter(pk=exception.pk).update(until=yesterday)
    Waiting.objects.filter(user=desks.teacher).update(due=yesterday)
    with pytest.raises(Refused, match="锁定"):
        submit_report(desks.report, by=desks.teacher)
    end_locked()
    assert not waiting_for(desks.teacher).exists()


def test_an_exception_is_recorded_told_and_stands_in_the_todo(desks: Desks) -> None:
    exception = grant(desks, desks.teacher)
    entry = history(desks.report).earliest("-pk")
    assert (entry.reason, entry.data["person"]) == ("漏登一次教研。", desks.teacher.name)
    assert Notice.objects.filter(user=desks.teacher, subject__contains="补正").exists()
    assert waiting_for(desks.teacher).get().due == exception.until


def test_only_who_reviews_or_signs_in_the_office_grants_one(desks: Desks) -> None:
    for by in (desks.teacher, desks.bureau, desks.office, make_user(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            grant_exception(desks.report, user=desks.teacher, reason="漏登。", until=timezone.localdate(), by=by)


def test_an_exception_needs_a_person_of_the_unit_a_reason_and_an_end(desks: Desks) -> None:
    with pytest.raises(Refused, match="不在"):
        grant(desks, desks.bureau)
    with pytest.raises(Refused, match="理由"):
        grant(desks, desks.teacher, reason=" ")
    for days in (-1, 61):
        with pytest.raises(Refused, match="以内"):
            grant(desks, desks.teacher, days=days)


def test_what_is_locked_leaves_the_todo(desks: Desks) -> None:
    period = desks.report.period
    today = timezone.localdate()
    move_days(period, due=today, locks_on=today, by=desks.office)
    assert waiting_for(desks.teacher).exists()
    type(period).objects.filter(pk=period.pk).update(locks_on=today - timedelta(days=1), due=today - timedelta(days=1))
    end_locked()
    assert not waiting_for(desks.teacher).exists()
