"""消息: the bell, the list, opening, and each person's own settings."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.notices.models import MailChoice
from portal.notices.queries.notice import mail_choice, unread_notices
from tests.factories import make_user
from tests.portal.notices.telling import tell

SignIn = Callable[[User], Client]


def test_the_bell_counts_what_is_unread(signed_in: SignIn) -> None:
    user = make_user()
    client = signed_in(user)
    assert "条未读" not in client.get(reverse("notices")).text
    tell(user)
    tell(user, occasion="returned:2")
    assert '2<span class="visually-hidden">条未读</span>' in client.get(reverse("notices")).text


def test_opening_a_message_marks_it_read_and_goes_where_it_points(signed_in: SignIn) -> None:
    user = make_user()
    tell(user, url="/reports/7/")
    answer = signed_in(user).get(reverse("notice", args=[user.notices.get().pk]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/reports/7/")
    assert not unread_notices(user).exists()


def test_nobody_opens_the_message_of_another(signed_in: SignIn) -> None:
    user = make_user()
    tell(user)
    assert signed_in(make_user()).get(reverse("notice", args=[user.notices.get().pk])).status_code == 404
    assert unread_notices(user).count() == 1


def test_a_message_never_leads_out_of_the_portal(signed_in: SignIn) -> None:
    user = make_user()
    tell(user, url="https://elsewhere.example/")
    answer = signed_in(user).get(reverse("notice", args=[user.notices.get().pk]))
    assert answer.headers["Location"] == reverse("notices")


def test_all_can_be_marked_as_read(signed_in: SignIn) -> None:
    user, other = make_user(), make_user()
    tell(user, other)
    answer = signed_in(user).post(reverse("notices-read"), follow=True)
    assert "已把1条消息标为已读。" in answer.text
    assert unread_notices(other).count() == 1


def test_the_list_can_show_only_what_is_unread(signed_in: SignIn) -> None:
    user = make_user()
    tell(user)
    client = signed_in(user)
    assert "送教下乡" in client.get(reverse("notices") + "?show=unread").text
    client.get(reverse("notice", args=[user.notices.get().pk]))
    assert "没有未读消息。" in client.get(reverse("notices") + "?show=unread").text
    assert "送教下乡" in client.get(reverse("notices")).text


def test_a_long_list_asks_the_database_as_often_as_a_short_one(signed_in: SignIn) -> None:
    user = make_user()
    client = signed_in(user)
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            tell(user, occasion=f"returned:{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("notices"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_everybody_sets_his_own_address_and_choice(signed_in: SignIn) -> None:
    user = make_user()
    client = signed_in(user)
    assert "邮箱" in client.get(reverse("notice-settings")).text
    client.post(reverse("notice-settings"), {"email": "a@example.cn", "mail": "daily"})
    user.refresh_from_db()
    assert (user.email, mail_choice(user)) == ("a@example.cn", MailChoice.DAILY)


def test_a_mistyped_address_is_refused_and_still_there(signed_in: SignIn) -> None:
    user = make_user()
    answer = signed_in(user).post(reverse("notice-settings"), {"email": "a@@example", "mail": "daily"})
    assert answer.status_code == 422
    assert "邮箱写法不对" in answer.text
    assert "a@@example" in answer.text
