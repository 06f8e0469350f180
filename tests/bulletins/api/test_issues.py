"""Issues over the API."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.published import make_published
from tests.factories import make_issue, make_user

SignIn = Callable[[User], Client]
LIST = "/api/v1/issues/"


def test_a_unit_sees_what_is_published_and_the_desk_everything(signed_in: SignIn, officer: User, editor: User) -> None:
    published, in_the_making = make_published(), make_issue(editor)
    assert [row["id"] for row in signed_in(officer).get(LIST).json()["results"]] == [published.pk]
    assert signed_in(editor).get(LIST).json()["count"] == 2
    assert signed_in(officer).get(f"{LIST}{in_the_making.pk}/").status_code == 404


def test_the_content_is_what_was_signed(signed_in: SignIn, officer: User) -> None:
    issue = make_published(leads=("两校同上一堂课。",))
    answer = signed_in(officer).get(f"{LIST}{issue.pk}/").json()
    assert answer["content"]["sections"][0]["entries"][0]["lead"] == "两校同上一堂课。"
    assert answer["content"]["issue_date"] == answer["issue_date"] == issue.issue_date.isoformat()
    assert answer["pdf"]["sha256"] == issue.renditions.get(kind="final").sha256


def test_the_pdf_is_the_final_file(signed_in: SignIn, officer: User) -> None:
    issue = make_published()
    answer = signed_in(officer).get(f"{LIST}{issue.pk}/pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"


def test_an_issue_in_the_making_has_no_pdf_yet(signed_in: SignIn, editor: User) -> None:
    issue = make_issue(editor)
    client = signed_in(editor)
    assert client.get(f"{LIST}{issue.pk}/").json()["pdf"] is None
    assert client.get(f"{LIST}{issue.pk}/pdf/").status_code == 404


def test_the_detail_names_what_may_be_done_next(signed_in: SignIn, editor: User) -> None:
    issue = make_issue(editor)
    auditor = make_user(Role.AUDITOR)
    next_acts = signed_in(editor).get(f"{LIST}{issue.pk}/").json()["actions"]
    assert [row["name"] for row in next_acts] == ["proof", "send_for_review"]
    assert signed_in(auditor).get(f"{LIST}{issue.pk}/").json()["actions"] == []


def test_the_list_is_narrowed_by_year_and_state(signed_in: SignIn, officer: User) -> None:
    issue = make_published()
    client = signed_in(officer)
    assert client.get(LIST, {"year": str(issue.issue_date.year), "state": "published"}).json()["count"] == 1
    assert client.get(LIST, {"year": 1999}).json()["count"] == 0
    assert client.get(LIST, {"year": "今年"}).status_code == 400


def test_the_list_asks_as_often_for_ten_issues_as_for_one(signed_in: SignIn, officer: User) -> None:
    client = signed_in(officer)
    make_published()
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(9):
        make_published()
    with CaptureQueriesContext(connection) as ten:
        assert client.get(LIST).json()["count"] == 10
    assert len(ten) == len(one)
