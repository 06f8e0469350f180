from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bulletins.models import Issue
from portal.accounts.models import User
from tests.bulletins.published import make_published

SignIn = Callable[[User], Client]


def at(name: str, issue: Issue) -> str:
    return reverse(name, args=[issue.pk])


def test_a_correction_stands_on_the_page_of_the_issue_and_in_the_archive(
    editor: User, reviewer: User, signed_in: SignIn
) -> None:
    issue = make_published()
    client = signed_in(reviewer)
    key = client.get(at("issue-correct", issue)).context["form"].fields["entry_key"].choices[1][0]
    words = {"entry_key": key, "wrong": "12月1日", "right": "12月2日"}
    wrong = client.post(at("issue-correct", issue), words | {"wrong": "没有的话"})
    assert wrong.status_code == 422
    assert "没有的话" in wrong.content.decode()
    done = client.post(at("issue-correct", issue), words, follow=True).content.decode()
    assert "将列入下一期" in done
    for page in (done, Client().get(f"/archive/{issue.pk}/").content.decode()):
        assert "“12月1日”应为“12月2日”" in page
        assert "更正" in page


def test_a_voided_issue_is_listed_but_not_handed_out(issuer: User, signed_in: SignIn) -> None:
    issue = make_published()
    told = signed_in(issuer).post(at("issue-void", issue), {"reason": "印错了"}, follow=True).content.decode()
    assert "期号保留" in told
    page = Client().get(f"/archive/{issue.pk}/").content.decode()
    assert "本期已作废" in page
    assert "印错了" in page
    assert "pdf" not in page
    assert Client().get(f"/archive/{issue.pk}/pdf/").status_code == 404
    assert "已作废" in Client().get("/archive/").content.decode()
    assert signed_in(issuer).get(at("issue-pdf", issue)).status_code == 200
