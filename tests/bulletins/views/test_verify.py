"""The public page that a printed copy's code leads to."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bulletins.content import printed_entries
from bulletins.models import Correction, Issue
from bulletins.queries.issue import final_rendition
from bulletins.services.content import content_of
from bulletins.services.correction import correct_issue, void_issue
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.published import make_printed, make_published, make_signed, office
from tests.factories import make_issue

pytestmark = pytest.mark.django_db


def entry_key(issue: Issue) -> str:
    return printed_entries(content_of(issue))[0].key


def page(token: str) -> str:
    return reverse("verify", args=[token])


def test_sign_off_gives_an_issue_a_token_that_is_printed_as_an_address() -> None:
    issue = make_signed()
    assert len(issue.verify_token) == 16
    assert content_of(issue).verify_url.endswith(page(issue.verify_token))


def test_two_issues_have_two_tokens() -> None:
    assert make_signed().verify_token != make_signed().verify_token


def test_the_database_refuses_another_token() -> None:
    issue = make_signed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(verify_token="another")


def test_anybody_sees_number_days_pages_and_hash_of_a_printed_copy(client: Client) -> None:
    issue = make_printed()
    final = final_rendition(issue)
    assert final
    text = client.get(page(issue.verify_token)).content.decode()
    for told in (issue.label, "2024年12月2日", final.sha256, f"{final.pages}页", "有效"):
        assert told in text


def test_what_is_not_public_stays_so(client: Client) -> None:
    issue = make_printed(leads=("悄悄话。",))
    text = client.get(page(issue.verify_token)).content.decode()
    assert "悄悄话" not in text
    assert reverse("archive-issue", args=[issue.pk]) not in text


def test_a_public_issue_is_one_click_away(client: Client) -> None:
    issue = make_published()
    answer = client.get(page(issue.verify_token))
    assert reverse("archive-issue", args=[issue.pk]) in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_corrected_copy_leads_to_the_public_issue_that_says_so(client: Client, editor: User) -> None:
    issue = make_published(leads=("举行集体备课。",))
    notice = make_issue(editor, date(2024, 12, 16))
    correct_issue(issue, by=office(Role.REVIEWER), entry_key=entry_key(issue), wrong="12月1日", right="12月2日")
    text = client.get(page(issue.verify_token)).content.decode()
    assert "已更正" in text
    assert reverse("archive-issue", args=[notice.pk]) not in text  # it is not public yet
    published = make_published(date(2024, 12, 23))
    Correction.objects.update(notice=published.entries.first())
    assert reverse("archive-issue", args=[published.pk]) in client.get(page(issue.verify_token)).content.decode()


def test_a_voided_copy_is_told_as_void(client: Client) -> None:
    issue = make_printed()
    void_issue(issue, by=office(Role.ISSUER), reason="印错了。")
    text = client.get(page(issue.verify_token)).content.decode()
    assert "已作废" in text
    assert "印错了" not in text


def test_a_signed_issue_without_its_file_says_so(client: Client) -> None:
    assert "还没有制作完成" in client.get(page(make_signed().verify_token)).content.decode()


@pytest.mark.parametrize("token", ["unknown", "x" * 500, "%00", "工作动态", "'--"])
def test_an_unknown_code_gets_a_calm_answer(client: Client, token: str) -> None:
    answer = client.get(f"/verify/{token}/")
    assert answer.status_code == 404
    assert "没有查到这个核验码" in answer.content.decode()


def test_the_empty_token_of_old_issues_leads_nowhere(client: Client) -> None:
    assert client.get("/verify//").status_code in (302, 404)
