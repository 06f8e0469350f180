"""操作记录: read by the auditor and the security officer only, narrowed, taken along."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import record
from tests.factories import make_report, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.AUDITOR, 200), (Role.SECURITY, 200), (Role.ADMIN, 403), (Role.EDITOR, 403)]
)
@pytest.mark.parametrize("page", ["/audit/", "/audit/export/"])
def test_the_record_is_read_by_those_who_watch_and_nobody_else(
    signed_in: SignIn, role: Role, status: int, page: str
) -> None:
    assert signed_in(make_user(role)).get(page).status_code == status


def test_the_record_is_narrowed_by_person_act_thing_and_day(signed_in: SignIn) -> None:
    client = signed_in(make_user(Role.AUDITOR))
    user = make_user(name="周敏")
    record(user, "test.act", "重置密码", by=user)
    record(user, "test.act", "修改账号", by=None)

    def lines(query: str) -> int:
        return int(client.get(f"/audit/?{query}").context["page"].paginator.count)

    assert lines("person=周敏") == 1
    assert lines("act=修改账号") == 1
    assert lines("thing=周敏") == 2
    assert lines("thing=周敏&until=2020-01-01") == 0
    assert lines("thing=周敏&since=2020-01-01") == 2
    assert lines("thing=没有的") == 0
    assert "没有操作记录" in client.get("/audit/?thing=没有的").content.decode()


def test_the_list_asks_no_more_with_more_rows(signed_in: SignIn, django_assert_max_num_queries: Any) -> None:
    client = signed_in(make_user(Role.AUDITOR))
    make_report()
    with django_assert_max_num_queries(12) as first:
        client.get("/audit/")
    for _ in range(30):
        record(make_user(), "test.act", "试验", by=None)
    with django_assert_max_num_queries(len(first)):
        client.get("/audit/")


def test_the_table_taken_along_holds_the_same_rows_and_no_formula(signed_in: SignIn) -> None:
    user = make_user(name="=1+1")
    record(user, "test.act", "试验", by=user, reason="@SUM(A1)")
    answer = signed_in(make_user(Role.AUDITOR)).get("/audit/export/?act=试验")
    sheet: Any = load_workbook(io.BytesIO(answer.content)).active
    row = list(sheet[3])
    assert [cell.value for cell in row[1:]] == ["=1+1", "试验", "人员", "=1+1", "@SUM(A1)"]
    assert {cell.data_type for cell in row} == {"s"}
