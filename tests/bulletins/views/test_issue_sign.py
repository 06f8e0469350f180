from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Issue
from bulletins.services.content import build_content
from portal.accounts.models import User
from tests.bulletins.chain import approved, make_written, sent_for_review
from tests.factories import PASSWORD
from tests.portal.files.samples import picture, upload

SignIn = Callable[[User], Client]


def at(name: str, issue: Issue) -> str:
    return reverse(name, args=[issue.pk])


def test_signing_asks_for_the_password_again(editor: User, issuer: User, signed_in: SignIn) -> None:
    issue = approved(make_written(editor))
    client = signed_in(issuer)
    for typed, said in (("", "再输入一次"), ("wrong-password", "密码不对")):
        answer = client.post(at("issue-sign", issue), {"password": typed})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    issue.refresh_from_db()
    assert issue.number is None


def test_guessing_the_password_locks_it_as_at_the_door(editor: User, issuer: User, signed_in: SignIn) -> None:
    issue = approved(make_written(editor))
    client = signed_in(issuer)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(at("issue-sign", issue), {"password": "wrong-password"})
    client.post(at("issue-sign", issue), {"password": PASSWORD, "seen": build_content(issue).digest()})
    issue.refresh_from_db()
    assert issue.number is None


def test_what_no_page_showed_is_not_signed(editor: User, issuer: User, signed_in: SignIn) -> None:
    issue = approved(make_written(editor))
    answer = signed_in(issuer).post(at("issue-sign", issue), {"password": PASSWORD}, follow=True)
    assert "您看到的校样之后，内容又改过" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.number is None


def test_a_signed_sheet_is_entered_with_its_scan(editor: User, signed_in: SignIn) -> None:
    issue = sent_for_review(make_written(editor))
    client = signed_in(editor)
    assert "签批单" in client.get(at("issue-sheet", issue)).content.decode()
    today = timezone.localdate().isoformat()
    sheet = {"reviewer": "王审核", "reviewed_on": today, "issuer": "李签发", "signed_on": today}
    wrong = client.post(at("issue-sign-on-paper", issue), sheet)
    assert wrong.status_code == 422
    assert "王审核" in wrong.content.decode()
    done = client.post(at("issue-sign-on-paper", issue), sheet | {"scan": upload(picture(), "单.png")}, follow=True)
    assert "期号为第1期" in done.content.decode()
    assert "纸质签批单" in done.content.decode()
