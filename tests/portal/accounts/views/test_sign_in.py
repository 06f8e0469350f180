"""Signing in: back to where one wanted to go, never elsewhere; a lock on the pair of name and address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from portal.accounts.models import User
from portal.accounts.services.user import open_account, reset_password, unlock_account, update_account
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def attempt(client: Client, user: User, password: str = PASSWORD, *, address: str = "10.0.0.1", next: str = "") -> int:
    data = {"username": user.username, "password": password, "next": next}
    return client.post(SIGN_IN, data, REMOTE_ADDR=address).status_code


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_offers_the_public_archive(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "登录名" in page
    assert 'href="/archive/"' in page


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client) -> None:
    user = make_user()
    sent_away = client.get("/waiting/?page=2")
    assert sent_away.headers["Location"] == "/sign-in/?next=/waiting/%3Fpage%3D2"
    assert 'value="/waiting/?page=2"' in client.get(sent_away.headers["Location"]).content.decode()
    answer = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": "/waiting/?page=2"})
    assert answer.headers["Location"] == "/waiting/?page=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/x", "javascript:alert(1)", "/\\example.org"]
)
def test_signing_in_never_leads_to_another_house(client: Client, elsewhere: str) -> None:
    user = make_user()
    answer = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_sound_alike(client: Client) -> None:
    user = make_user()
    wrong_password = client.post(SIGN_IN, {"username": user.username, "password": "wrong"})
    wrong_name = client.post(SIGN_IN, {"username": "nobody", "password": "wrong"})
    sentence = "登录名或密码不对"
    assert wrong_password.status_code == wrong_name.status_code == 422
    assert sentence in wrong_password.content.decode()
    assert sentence in wrong_name.content.decode()


def test_a_name_longer_than_any_is_answered_like_a_wrong_one(client: Client) -> None:
    answer = client.post(SIGN_IN, {"username": "长" * 100_000, "password": "长" * 100_000})
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.content.decode()


def test_who_is_switched_off_does_not_get_in(client: Client) -> None:
    user = update_account(make_user(), by=None, is_active=False)
    assert attempt(client, user) == 422
    assert not is_signed_in(client)


def test_five_wrong_passwords_lock_this_name_at_this_address_only(client: Client) -> None:
    user, colleague = make_user(), make_user()
    for _ in range(5):
        attempt(client, user, "wrong")
    answer = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert answer.status_code == 429
    assert "1小时后再试" in answer.content.decode()
    assert attempt(client, colleague) == 302, "a colleague at the same address gets in"
    client.logout()
    assert attempt(client, user, address="10.0.0.2") == 302, "the person gets in from elsewhere"


def test_behind_a_proxy_the_lock_goes_by_the_address_that_the_proxy_heard(client: Client, settings: Any) -> None:
    settings.PROXY_COUNT = 1
    user = make_user()

    def answer(password: str, heard: str) -> int:
        words = {"username": user.username, "password": password}
        return client.post(SIGN_IN, words, headers={"X-Forwarded-For": heard}).status_code

    for number in range(5):
        answer("wrong", f"192.0.2.{number}, 10.0.0.1")
    assert answer(PASSWORD, "192.0.2.99, 10.0.0.1") == 429, "made-up addresses in front of it change nothing"
    assert answer(PASSWORD, "10.0.0.2") == 302


@pytest.mark.parametrize("way", ["unlock", "reset"])
def test_an_admin_ends_the_lock(client: Client, way: str) -> None:
    user, password = make_user(), PASSWORD
    for _ in range(6):
        attempt(client, user, "wrong")
    if way == "unlock":
        unlock_account(user, by=None)
    else:
        password = reset_password(user, by=None)
    assert attempt(client, user, password) == 302


def test_signing_out_needs_a_click(signed_in: Callable[[User], Client]) -> None:
    client = signed_in(make_user())
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out/").headers["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_a_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    user, first = open_account(username="zhoumin", name="周敏", by=None)
    assert attempt(client, user, first) == 302
    assert client.get("/").headers["Location"] == "/password/"
    assert client.get("/waiting/").headers["Location"] == "/password/"
    assert "初始密码" in client.get("/password/").content.decode()
    new = "spring-river-27"
    answer = client.post("/password/", {"old": first, "new": new, "again": new})
    assert answer.headers["Location"] == "/"
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["密码已修改，下次登录请用新密码。"]
    assert client.get("/").status_code == 200, "the person stays signed in"


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", "spring-river-27", "spring-river-27", "原密码不对"),
        (PASSWORD, "spring-river-27", "spring-river-28", "两次输入的新密码不一样"),
        (PASSWORD, "abc", "abc", "太短"),
        ("", "spring-river-27", "spring-river-27", "请填写原密码"),
    ],
)
def test_a_refused_change_of_password_says_why(
    signed_in: Callable[[User], Client], old: str, new: str, again: str, sentence: str
) -> None:
    user = make_user()
    answer = signed_in(user).post("/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_unknown_addresses_are_closed_to_the_signed_out_and_missing_to_the_signed_in(
    client: Client, signed_in: Callable[[User], Client]
) -> None:
    assert client.get("/no-such-page/").headers["Location"] == "/sign-in/?next=/no-such-page/"
    answer = signed_in(make_user()).get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()
