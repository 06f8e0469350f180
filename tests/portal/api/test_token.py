"""Tokens for programs: given, renewed and taken away on the server's command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import User
from portal.audit.models import history
from tests.factories import make_draft


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("api_token", *arguments, stdout=out)
    return out.getvalue().strip()


def status(token: str) -> int:
    return Client(headers={"Authorization": f"Token {token}"}).get("/api/v1/submissions/").status_code


def test_a_token_opens_what_its_owner_sees(officer: User) -> None:
    draft = make_draft(officer)
    client = Client(headers={"Authorization": f"Token {run(officer.username)}"})
    assert [row["id"] for row in client.get("/api/v1/submissions/").json()["results"]] == [draft.pk]


def test_a_token_is_given_once_and_recorded_once(officer: User) -> None:
    assert run(officer.username) == run(officer.username)
    assert [entry.label for entry in history(officer)].count("发放程序访问凭证") == 1


def test_a_renewed_token_ends_the_old_one(officer: User) -> None:
    old = run(officer.username)
    new = run(officer.username, "--renew")
    assert (status(old), status(new)) == (401, 200)


def test_a_revoked_token_opens_nothing(officer: User) -> None:
    token = run(officer.username)
    assert run(officer.username, "--revoke") == ""
    assert status(token) == 401


def test_who_may_not_sign_in_gets_no_token_and_has_none_that_works(officer: User) -> None:
    token = run(officer.username)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert status(token) == 401
    with pytest.raises(CommandError, match="没有可以登录的账号"):
        run(officer.username)


def test_an_unknown_name_gets_no_token(db: None) -> None:
    with pytest.raises(CommandError):
        run("nobody")
