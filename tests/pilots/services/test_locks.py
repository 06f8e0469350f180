"""After the lock nothing of the period changes, but for whom the office has named, and only until his day is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots.models import Activity, ActivityKind, ProgressReport, ReportingException, ReportingPeriod
from pilots.services.activity import Facts, change_activity, record_activity
from pilots.services.activity_answer import (
    end_locked_objections,
    lapse_silent,
    object_to_activity,
    settle_activity,
)
from pilots.services.locks import refuse_locked
from pilots.services.progress_report import return_report, submit_report
from pilots.services.progress_waits import end_locked
from pilots.services.reporting import grant_exception, move_days
from pilots.states.activity import ActivityState
from pilots.states.progress import ProgressState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_officer, make_user
from tests.factories.activity import make_recorded
from tests.factories.progress import Desks, day_in, make_desks, open_past

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    """A school whose past period is locked since yesterday."""
    desks = make_desks(open_now=False)
    open_past(desks.office)
    return desks


@dataclass
class Recorded:
    """What a school recorded with a partner, of whom nothing was heard, before the period was locked."""

    desks: Desks
    activity: Activity
    partner: User


@pytest.fixture
def recorded(desks: Desks) -> Recorded:
    period, partner = desks.report.period, make_officer()
    type(period).objects.update(locks_on=timezone.localdate())
    unit = partner.posts_today[0].unit
    activity = make_recorded(desks.school, unit, day=day_in(period))
    type(period).objects.update(locks_on=timezone.localdate() - timedelta(days=1))
    return Recorded(desks, activity, partner)


def before_the_lock(recorded: Recorded, act: Callable[[], object]) -> None:
    periods = ReportingPeriod.objects
    periods.update(locks_on=timezone.localdate())
    act()
    periods.update(locks_on=timezone.localdate() - timedelta(days=1))


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


def test_what_is_confirmed_is_returned_before_somebody_is_named(desks: Desks) -> None:
    ProgressReport.objects.filter(pk=desks.report.pk).update(state=ProgressState.CONFIRMED)
    with pytest.raises(Refused, match="确认单已确认，请先退回，再指名开通。"):
        grant(desks, desks.teacher)
    assert not ReportingException.objects.exists()


def test_who_gets_a_locked_sheet_back_is_told_who_opens_it(desks: Desks) -> None:
    def told(reason: str) -> str:
        return_report(desks.report, turn=desks.report.turn, by=desks.bureau, reason=reason)
        return Notice.objects.filter(user=desks.teacher, subject__contains="被退回").earliest("-pk").body

    day = timezone.localdate()
    ReportingPeriod.objects.update(locks_on=day)
    submit_report(desks.report, by=desks.teacher)
    assert "请修改后再次提交。" in told("缺一次。")
    submit_report(desks.report, by=desks.teacher)
    ReportingPeriod.objects.update(locks_on=day - timedelta(days=1))
    shut = told("还缺一次。")
    assert "本期已锁定，省协同提质办指名开通后才能修改。" in shut
    assert "请修改后" not in shut
    grant(desks, desks.teacher)
    submit_report(desks.report, by=desks.teacher)
    assert "请修改后再次提交。" in told("再缺一次。")


def test_what_is_locked_leaves_the_todo(desks: Desks) -> None:
    period = desks.report.period
    today = timezone.localdate()
    move_days(period, due=today, locks_on=today, by=desks.office)
    assert waiting_for(desks.teacher).exists()
    type(period).objects.filter(pk=period.pk).update(locks_on=today - timedelta(days=1), due=today - timedelta(days=1))
    end_locked()
    assert not waiting_for(desks.teacher).exists()


class TestAnActivityOfALockedTerm:
    """Whatever asks for its facts to be changed is refused, so nobody is asked and no page offers it."""

    def test_a_partner_objects_no_more_and_is_not_asked(self, recorded: Recorded) -> None:
        with pytest.raises(Refused, match="本期已锁定，活动不再修改；确需更正的"):
            object_to_activity(recorded.activity, by=recorded.partner, reason="日期不对。")
        assert waiting_for(recorded.partner).filter(what="核对活动").exists()
        assert lapse_silent() == 1
        assert not waiting_for(recorded.partner).filter(what="核对活动").exists()
        recorded.activity.refresh_from_db()
        assert recorded.activity.state == ActivityState.LAPSED

    def test_an_objection_from_before_waits_for_nobody_and_may_still_be_settled(self, recorded: Recorded) -> None:
        before_the_lock(recorded, lambda: object_to_activity(recorded.activity, by=recorded.partner, reason="不对。"))
        assert waiting_for(recorded.desks.teacher).filter(what="答复异议").exists()
        assert end_locked_objections() == 1
        assert end_locked_objections() == 0
        assert not waiting_for(recorded.desks.teacher).filter(what="答复异议").exists()
        assert settle_activity(recorded.activity, by=recorded.partner).state == ActivityState.AGREED

    def test_nobody_is_asked_of_what_somebody_named_puts_right(self, recorded: Recorded) -> None:
        grant(recorded.desks, recorded.desks.teacher)
        facts = Facts(
            kind=recorded.activity.kind,
            start=recorded.activity.start,
            end=recorded.activity.end,
            partners=[recorded.partner.posts_today[0].unit],
        )
        changed = change_activity(recorded.activity, replace(facts, sessions=2), by=recorded.desks.teacher)
        made = record_activity(facts, unit=recorded.desks.school, by=recorded.desks.teacher)
        for activity in (changed, made):
            assert (activity.state, activity.answer_due) == (ActivityState.RECORDED, None)

    def test_its_page_offers_nothing_that_is_refused(self, recorded: Recorded, client: Client) -> None:
        address = reverse("activity", args=[recorded.activity.pk])
        for user in (recorded.desks.teacher, recorded.partner):
            client.force_login(user)
            page = client.get(address).content.decode()
            assert "本期已锁定，活动不再修改；确需更正的，请联系省协同提质办指名开通。" in page
            assert not any(word in page for word in ("撤销登记", "提出异议", ">修改</a>"))
        client.force_login(recorded.desks.teacher)
        assert client.get(reverse("activity-edit", args=[recorded.activity.pk])).headers["Location"] == address

    def test_its_page_offers_all_to_who_was_named(self, recorded: Recorded, client: Client) -> None:
        grant(recorded.desks, recorded.desks.teacher)
        client.force_login(recorded.desks.teacher)
        page = client.get(reverse("activity", args=[recorded.activity.pk])).content.decode()
        assert "撤销登记" in page
        assert ">修改</a>" in page
        assert "本期已锁定" not in page
