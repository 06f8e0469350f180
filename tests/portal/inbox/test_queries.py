"""What waits for whom: by a post held today or by name; counts and lists agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bulletins.services.desk import return_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.services.post import end_post
from portal.inbox.queries import awaited_by, late, waiting_for
from portal.inbox.services import Wait, replace_waiting
from tests.factories import make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db

URL = "/"


def test_a_thing_waits_for_those_who_hold_the_post_in_that_unit_today() -> None:
    unit = make_unit()
    holder, elsewhere = make_user(Role.STAFF, unit), make_user(Role.STAFF, make_unit())
    replace_waiting(unit, [Wait("核对名单", "核对", URL, unit=unit, roles=(Role.STAFF,))])
    assert waiting_for(holder).count() == 1
    assert waiting_for(elsewhere).count() == 0
    end_post(holder.posts.get(), by=None)
    del holder.posts_today
    assert waiting_for(holder).count() == 0


def test_a_thing_may_wait_for_one_person_by_name() -> None:
    person = make_user()
    replace_waiting(person, [Wait("核对", "核对", URL, user=person)])
    assert waiting_for(person).get().title == "核对"
    assert not waiting_for(make_user()).exists()


def test_what_is_due_first_stands_first_and_what_has_no_end_last() -> None:
    person = make_user()
    dues = {"无期限": None, "后": date(2025, 2, 1), "先": date(2025, 1, 1)}
    for index, (title, due) in enumerate(dues.items()):
        other = make_unit(name=f"单位{index}")
        replace_waiting(other, [Wait(title, "办理", URL, user=person, due=due)])
    assert [row.title for row in waiting_for(person)] == ["先", "后", "无期限"]


def test_what_waits_is_replaced_as_a_whole() -> None:
    unit, person = make_unit(), make_user()
    replace_waiting(unit, [Wait("旧", "办理", URL, user=person)])
    replace_waiting(unit, [Wait("新", "办理", reverse("home"), user=person)])
    assert [row.title for row in waiting_for(person)] == ["新"]


class TestWhatOneWaitsFor:
    def test_a_report_at_the_office_is_awaited_by_its_unit_and_by_nobody_else(self, editor: User) -> None:
        officer = make_officer()
        report = make_report(officer)
        (row,) = awaited_by(officer)
        assert (row.title, row.holder) == (f"{report.unit}：{report}", "省协同提质办 · 编辑")
        assert not awaited_by(make_officer()).exists()
        assert not awaited_by(editor).exists()

    def test_what_waits_for_oneself_is_not_awaited(self, editor: User) -> None:
        officer = make_officer()
        return_submission(make_report(officer), by=editor, reason="请补充。")
        assert waiting_for(officer).count() == 1
        assert not awaited_by(officer).exists()

    def test_what_lies_with_several_posts_is_awaited_once(self, editor: User) -> None:
        officer = make_officer()
        return_submission(make_report(officer), by=editor, reason="请补充。")  # officer and deputy may mend it
        staff = make_user(Role.STAFF, officer.posts.get().unit)
        assert awaited_by(staff).count() == 1

    def test_late_is_what_was_due_before_today(self) -> None:
        person, today = make_user(), timezone.localdate()
        for days, title in ((-1, "昨天"), (0, "今天"), (1, "明天")):
            due = today + timedelta(days=days)
            replace_waiting(make_unit(), [Wait(title, "办理", URL, user=person, due=due)])
        assert [row.title for row in late(waiting_for(person))] == ["昨天"]
