"""我的岗位, 临时B角, 代办 and 交接 on their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Acting, Post, User
from portal.accounts.roles import Role
from portal.accounts.services.acting import authorise_acting
from portal.accounts.services.handover import hand_over
from tests.factories import make_draft, make_user

SignIn = Callable[[User], Client]


@pytest.fixture
def span() -> dict[str, str]:
    today = timezone.localdate()
    return {"since": today.isoformat(), "until": (today + timedelta(days=7)).isoformat()}


def test_an_officer_names_a_deputy_by_user_name(officer: User, signed_in: SignIn, span: dict[str, str]) -> None:
    person = make_user(name="王五")
    client, unit = signed_in(officer), officer.posts_today[0].unit
    page = client.post(reverse("deputy", args=[unit.pk]), {"user": "王五"} | span)
    assert (page.status_code, "没有找到这个人" in page.content.decode()) == (422, True)
    client.post(reverse("deputy", args=[unit.pk]), {"user": person.username} | span)
    post = Post.objects.get(user=person)
    assert (post.unit, post.role) == (unit, Role.DEPUTY_OFFICER)
    client.post(reverse("deputy-end", args=[post.pk]))
    assert not Post.objects.filter(user=person).exists()


def test_a_colleague_is_found_by_name(officer: User, signed_in: SignIn, span: dict[str, str]) -> None:
    colleague = make_user(Role.STAFF, officer.posts_today[0].unit, name="赵六")
    signed_in(officer).post(reverse("acting-lend"), {"agent": "赵六", "reason": "外出培训"} | span)
    assert Acting.objects.get().agent == colleague
    words = signed_in(colleague).get(reverse("own-posts")).content.decode()
    assert f"代{officer.name}办理" in words


def test_an_admin_arranges_it_and_it_stands_with_the_person(
    officer: User, signed_in: SignIn, span: dict[str, str]
) -> None:
    agent, client = make_user(), signed_in(make_user(Role.ADMIN))
    client.post(reverse("acting-arrange", args=[officer.pk]), {"agent": agent.username} | span)
    acting = Acting.objects.get(principal=officer, agent=agent)
    for person in (officer, agent):
        assert "结束代办" in client.get(reverse("person", args=[person.pk])).content.decode()
    client.post(reverse("acting-end", args=[acting.pk]), {"next": reverse("person", args=[officer.pk])})
    assert not Acting.objects.exists()


def test_others_neither_see_nor_end_it(officer: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    acting = authorise_acting(principal=officer, agent=make_user(), since=today, until=today, by=officer)
    assert signed_in(make_user()).post(reverse("acting-end", args=[acting.pk])).status_code == 404


def test_the_handover_page_says_what_passes_and_begins_today(officer: User, signed_in: SignIn) -> None:
    make_draft(officer)
    page = signed_in(make_user(Role.ADMIN)).get(reverse("hand-over-post", args=[officer.posts.get().pk]))
    words = page.content.decode()
    assert "草稿1篇" in words
    assert f'value="{timezone.localdate().isoformat()}"' in words


def test_a_post_whose_successor_is_settled_is_neither_handed_over_nor_ended_again(
    officer: User, signed_in: SignIn
) -> None:
    post, successor = officer.posts.select_related("unit", "user").get(), make_user(name="孙七")
    hand_over(post, to=successor, by=None, since=timezone.localdate() + timedelta(days=5))
    words = signed_in(make_user(Role.ADMIN)).get(reverse("unit", args=[post.unit_id])).content.decode()
    assert "将由孙七接任" in words
    assert reverse("hand-over-post", args=[post.pk]) not in words
    assert reverse("end-post", args=[post.pk]) not in words
