"""The policy that goes out with every page forbids code and style inside it, and any other host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.files.services import attach_file
from tests.bulletins.published import make_published
from tests.factories import make_draft
from tests.portal.files.samples import picture, upload

SignIn = Callable[[User], Client]


def policy(client: Client, address: str) -> dict[str, list[str]]:
    """The directives of an answer, each with its sources."""
    header = client.get(address).headers["Content-Security-Policy"]
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def check(directives: dict[str, list[str]]) -> None:
    """Nothing but what lies on our own host; code and style from files only."""
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    allowed = {"'self'", "'none'", "data:"}
    assert {source for sources in directives.values() for source in sources} <= allowed
    assert all("data:" not in sources for name, sources in directives.items() if name != "img-src")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/archive/", "/archive/999999/", "/archive/feed.atom"])
def test_public_pages_carry_the_policy(client: Client, address: str) -> None:
    check(policy(client, address))


def test_a_public_issue_carries_the_policy(client: Client, db: None) -> None:
    issue = make_published()
    for part in ("", "pdf/"):
        check(policy(client, f"/archive/{issue.pk}/{part}"))


@pytest.mark.parametrize("address", ["/", "/waiting/", "/reports/", "/issues/", "/no/such/page/", "/api/v1/"])
def test_pages_of_the_portal_carry_it_also_where_they_refuse(address: str, officer: User, signed_in: SignIn) -> None:
    check(policy(signed_in(officer), address))


def test_an_attachment_carries_it_and_is_never_taken_for_something_else(officer: User, signed_in: SignIn) -> None:
    attachment = attach_file(owner=make_draft(officer), upload=upload(picture(), "照片.png"), by=officer)
    client = signed_in(officer)
    check(policy(client, f"/files/{attachment.pk}/"))
    assert client.get(f"/files/{attachment.pk}/")["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_pages_are_not_shown_inside_other_sites_and_tell_them_no_addresses(client: Client) -> None:
    answer = client.get("/sign-in/")
    assert answer["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert answer["Referrer-Policy"] == "same-origin"
