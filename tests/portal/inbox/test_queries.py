"""What waits for whom: by a post held today or by name; counts and lists agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bulletins.services.desk import return_submission
from portal.accounts.models import User
from portal.accounts.roles import DOING_ROLES, Role, UnitKind
from portal.accounts.services.post import end_post
from portal.inbox.queries import awaited_by, late, opened_by, waiting_for
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


class TestWithWhomItLies:
    """One of several rows that wait for the same stands for all; what it says of its holder is true of them all."""

    def test_a_post_that_somebody_holds_is_named_rather_than_the_first_that_may_do_it(self, editor: User) -> None:
        officer = make_officer()
        unit = officer.posts.get().unit
        return_submission(make_report(officer), by=editor, reason="请补充。")  # officer and deputy may mend it
        assert held_for(make_user(Role.STAFF, unit)) == [f"{unit.label} · 信息员"]

    def test_all_posts_that_are_held_are_named_the_deputy_beside_the_officer_not(self) -> None:
        asker, unit = make_officer(), make_unit()
        for role in (Role.INFORMATION_OFFICER, Role.STAFF):
            make_user(role, unit)
        report = make_report(asker)
        replace_waiting(report, [Wait("稿件", "办理", URL, unit=unit, roles=DOING_ROLES)])
        assert held_for(asker) == [f"{unit.label} · 信息员、工作人员"]

    def test_a_desk_that_nobody_holds_says_so(self) -> None:
        asker, unit = make_officer(), make_unit()
        gone = make_user(Role.UNIT_APPROVER, unit)
        report = make_report(asker)
        replace_waiting(report, [Wait("稿件", "办理", URL, unit=unit, roles=(Role.UNIT_APPROVER,))])
        assert held_for(asker) == [f"{unit.label} · 单位审核人"]
        gone.is_active = False
        gone.save(update_fields=["is_active"])
        assert held_for(asker) == [f"{unit.label}（现在无人任职）"]

    @pytest.mark.parametrize(("number", "words"), [(2, "甲大、乙大"), (5, "甲大等5个单位")])
    def test_what_waits_for_several_units_names_them_or_their_number(self, number: int, words: str) -> None:
        asker = make_officer()
        units = [make_unit(UnitKind.UNIVERSITY, name=f"{letter}大") for letter in "甲乙丙丁戊"[:number]]
        make_user(Role.STAFF, units[-1])
        report = make_report(asker)
        replace_waiting(report, [Wait("需求", "认领", URL, unit=unit, roles=DOING_ROLES) for unit in units])
        assert held_for(asker) == [words]

    def test_people_are_named_as_themselves(self) -> None:
        asker, first, second = make_officer(), make_user(), make_user()
        report = make_report(asker)
        replace_waiting(report, [Wait("稿件", "评分", URL, user=one) for one in (first, second)])
        assert held_for(asker) == [f"{first}、{second}"]

    def test_a_list_takes_the_same_number_of_queries_however_long(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        asker = make_officer()
        for number in (1, 12):
            for _ in range(number):
                replace_waiting(make_report(asker), [Wait("稿件", "办理", URL, unit=make_unit(), roles=DOING_ROLES)])
            rows = list(awaited_by(asker))
            with django_assert_num_queries(2):
                assert len(opened_by(asker, rows)) == len(rows)


def held_for(user: User) -> list[str]:
    return [row.holder for row in opened_by(user, awaited_by(user))]
