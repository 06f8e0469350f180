"""An issue that is not public is nowhere to be found: no page, file, list, feed, search or API tells of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bulletins.models import Issue
from bulletins.queries.issue import final_rendition
from portal.accounts.models import User
from tests.bulletins.published import make_printed, make_published, make_signed
from tests.factories import make_issue, make_officer

pytestmark = pytest.mark.django_db

SECRET = "绝无仅有的一句话"
LISTS = ("/archive/", f"/archive/?q={SECRET}", "/archive/?q=第1期", "/archive/?year=2024", "/archive/feed.atom")
STAGES: dict[str, Callable[[User], Issue]] = {
    "in the making": make_issue,
    "signed": lambda _: make_signed(leads=(f"{SECRET}。",)),
    "printed": lambda _: make_printed(leads=(f"{SECRET}。",)),
}


def told(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "")  # what was asked for may be repeated


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("signed_out", [True, False], ids=["a visitor", "an officer"])
def test_what_is_not_public_is_nowhere(
    stage: str, signed_out: bool, editor: User, signed_in: Callable[[User], Client]
) -> None:
    issue = STAGES[stage](editor)
    client = Client() if signed_out else signed_in(make_officer())
    for path in LISTS:
        page = told(client, path)
        assert SECRET not in page
        assert f"/archive/{issue.pk}/" not in page
        assert "2024年12月2日" not in page
    final = final_rendition(issue)
    tag = {"If-None-Match": f'"{final.sha256}"'} if final else {}
    for path in (f"/archive/{issue.pk}/", f"/archive/{issue.pk}/pdf/"):
        assert client.get(path, headers=tag).status_code == 404
        assert client.head(path).status_code == 404
    hidden = (302, 401) if signed_out else (403, 404)
    for path in (f"/issues/{issue.pk}/", f"/issues/{issue.pk}/pdf/", f"/issues/{issue.pk}/proof/"):
        assert client.get(path).status_code in hidden
    for path in (f"/api/v1/issues/{issue.pk}/", f"/api/v1/issues/{issue.pk}/pdf/"):
        assert client.get(path).status_code in hidden
    if not signed_out:
        assert client.get("/api/v1/issues/").json()["results"] == []


def test_what_is_public_is_found_by_the_same_questions(client: Client) -> None:
    issue = make_published(leads=(f"{SECRET}。",))
    for path in LISTS:
        assert f"/archive/{issue.pk}/" in told(client, path)
    for path in (f"/archive/{issue.pk}/", f"/archive/{issue.pk}/pdf/"):
        assert client.get(path).status_code == 200
