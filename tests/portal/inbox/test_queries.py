"""What waits for whom: by a post held today or by name; counts and lists agree."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from portal.accounts.roles import Role
from portal.accounts.services.post import end_post
from portal.inbox.queries import waiting_for
from portal.inbox.services import Wait, replace_waiting
from tests.factories import make_unit, make_user

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
