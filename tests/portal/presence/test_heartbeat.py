"""Who else has a text open: named to those who have it open too, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.presence.models import Presence
from portal.presence.services import heartbeat, place_of, place_on, ticket
from tests.factories import make_user

SignIn = Callable[[User], Client]
HERE, ELSEWHERE = "bulletins.entry:1:words", "bulletins.entry:2:words"


@pytest.fixture
def others(db: None) -> list[User]:
    return [make_user(name="张三"), make_user(name="李四")]


def test_who_comes_second_sees_who_is_there_and_the_first_learns_of_him(others: list[User]) -> None:
    first, second = others
    assert heartbeat(HERE, by=first) == []
    assert heartbeat(HERE, by=second) == ["张三"]
    assert heartbeat(HERE, by=first) == ["李四"]


def test_another_text_is_another_place(others: list[User]) -> None:
    first, second = others
    heartbeat(HERE, by=first)
    assert heartbeat(ELSEWHERE, by=second) == []


def test_who_has_gone_is_forgotten_after_a_while(others: list[User]) -> None:
    first, second = others
    heartbeat(HERE, by=first)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert heartbeat(HERE, by=second) == []
    heartbeat(ELSEWHERE, by=first)
    assert list(Presence.objects.filter(user=first).values_list("place", flat=True)) == [ELSEWHERE]


def test_a_heartbeat_is_one_statement_and_one_row(others: list[User]) -> None:
    heartbeat(HERE, by=others[0])
    with CaptureQueriesContext(connection) as queries:
        heartbeat(HERE, by=others[0])
    assert len(queries) == 1
    assert Presence.objects.count() == 1


def test_a_page_reports_with_its_ticket(others: list[User], signed_in: SignIn) -> None:
    first, second = others
    heartbeat(place_of(the_office(), "words"), by=first)
    answer = signed_in(second).post(reverse("presence"), {"ticket": ticket(the_office(), "words", second)})
    assert "张三正在编辑" in answer.content.decode()


def test_a_ticket_of_somebody_else_or_made_up_tells_nothing(others: list[User], signed_in: SignIn) -> None:
    first, second = others
    stolen = ticket(the_office(), "words", first)
    assert place_on(stolen, second) == ""
    for bad in (stolen, "", "nonsense", f"{stolen}x"):
        answer = signed_in(second).post(reverse("presence"), {"ticket": bad})
        assert (answer.status_code, answer.content) == (204, b"")
    assert not Presence.objects.exists()


def test_a_page_whose_session_has_ended_is_not_led_away(others: list[User]) -> None:
    answer = Client().post(
        reverse("presence"), {"ticket": ticket(the_office(), "words", others[0])}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 204
    assert "HX-Redirect" not in answer.headers
