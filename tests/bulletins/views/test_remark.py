"""The pages of 批示: writing, passing on, answering, the list."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.models import FollowUp, LeaderRemark
from bulletins.services.remark import pass_remark, write_remark
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.files.services import attach_file
from tests.bulletins.published import make_printed, office
from tests.factories import make_officer, make_user
from tests.portal.files.samples import picture, upload

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def leader(db: None) -> User:
    return make_user(Role.LEADER, name="张领导")


def passed_to(officer: User, leader: User) -> FollowUp:
    remark = write_remark(make_printed(), by=leader, text="请推广这一做法。")
    return pass_remark(remark, by=office(Role.EDITOR), units=[officer.posts_today[0].unit])[0]


def test_a_leader_writes_on_the_page_and_sees_the_answer(signed_in: SignIn, leader: User, officer: User) -> None:
    issue = make_printed()
    client = signed_in(leader)
    answer = client.post(reverse("remark-new", args=[issue.pk]), {"text": "请推广这一做法。"}, follow=True)
    assert "将转有关单位办理" in answer.text
    remark = LeaderRemark.objects.get()
    assert "批示人" not in client.get(reverse("remark-new", args=[issue.pk])).text, "he is not asked who he is"
    editor = signed_in(office(Role.EDITOR))
    unit = officer.posts_today[0].unit
    editor.post(reverse("remark-pass", args=[remark.pk]), {"units": [unit.pk], "request": "请于月底前推广。"})
    row = FollowUp.objects.get()
    page = signed_in(officer).get(reverse("follow-up", args=[row.pk])).text
    assert "请推广这一做法。" in page
    assert "请于月底前推广。" in page
    signed_in(officer).post(reverse("follow-up", args=[row.pk]), {"answer": "已在全县推广。"})
    assert "已在全县推广。" in client.get(reverse("remark", args=[remark.pk])).text


def test_the_office_records_from_paper_and_adds_the_scan(signed_in: SignIn, editor: User, officer: User) -> None:
    issue = make_printed()
    client = signed_in(editor)
    typed = {"leader_name": "李厅长", "written_on": issue.issue_date.isoformat(), "text": "已阅。"}
    client.post(reverse("remark-new", args=[issue.pk]), typed)
    remark = LeaderRemark.objects.get()
    scan = attach_file(owner=remark, upload=upload(picture(), "批示件.png"), by=editor)
    assert "批示件.png" in client.get(reverse("remark", args=[remark.pk])).text
    address = reverse("attachment", args=[scan.pk])
    assert signed_in(officer).get(address).status_code == 404
    pass_remark(remark, by=editor, units=[officer.posts_today[0].unit])
    assert signed_in(officer).get(address).status_code == 200
    assert signed_in(make_officer()).get(address).status_code == 404


def test_what_is_wanting_is_said_beside_the_field_and_nothing_typed_is_lost(signed_in: SignIn, editor: User) -> None:
    issue = make_printed()
    typed = {"written_on": issue.issue_date.isoformat(), "text": "请推广。"}
    answer = signed_in(editor).post(reverse("remark-new", args=[issue.pk]), typed)
    assert answer.status_code == 422
    assert "请选择或填写批示人。" in answer.text
    assert "请推广。" in answer.text


def test_a_refused_passing_on_keeps_what_was_typed(signed_in: SignIn, editor: User, leader: User) -> None:
    remark = write_remark(make_printed(), by=leader, text="请推广。")
    answer = signed_in(editor).post(reverse("remark-pass", args=[remark.pk]), {"request": "请于月底前办理。"})
    assert answer.status_code == 422
    assert "请选择由哪些单位办理。" in answer.text
    assert "请于月底前办理。" in answer.text


def test_a_unit_sees_its_own_answer_and_no_other(signed_in: SignIn, leader: User, officer: User) -> None:
    row = passed_to(officer, leader)
    other = make_officer()
    client = signed_in(other)
    assert client.get(reverse("follow-up", args=[row.pk])).status_code == 404
    assert client.get(reverse("remark", args=[row.remark_id])).status_code == 404
    assert client.get(reverse("remarks")).status_code == 403
    assert "没有转给本单位办理的批示" in client.get(reverse("follow-ups")).text
    assert "请推广这一做法。" in signed_in(officer).get(reverse("follow-ups")).text


def test_the_office_asks_for_more_and_closes(signed_in: SignIn, leader: User, officer: User) -> None:
    row = passed_to(officer, leader)
    signed_in(officer).post(reverse("follow-up", args=[row.pk]), {"answer": "已推广。"})
    editor = signed_in(office(Role.EDITOR))
    editor.post(reverse("follow-up-again", args=[row.pk]), {"reason": "请写明学校数。"})
    assert "请补充：请写明学校数。" in signed_in(officer).get(reverse("follow-up", args=[row.pk])).text
    answer = editor.post(reverse("remark-close", args=[row.remark_id]), follow=True)
    assert "已办结" in answer.text
    assert "反馈落实情况</button>" not in signed_in(officer).get(reverse("follow-up", args=[row.pk])).text


def test_the_list_is_narrowed_and_taken_along(signed_in: SignIn, leader: User, officer: User) -> None:
    row = passed_to(officer, leader)
    write_remark(row.remark.issue, by=leader, text="已阅。")
    client = signed_in(office(Role.EDITOR))
    page = client.get(reverse("remarks") + "?state=passed").text
    assert "请推广这一做法。" in page
    assert "已阅。" not in page
    answer = client.get(reverse("remarks-table") + "?state=passed")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [(line[4], line[6]) for line in rows[2:]] == [("请推广这一做法。", officer.posts_today[0].unit.name)]


def test_long_lists_ask_the_database_as_often_as_short_ones(signed_in: SignIn, leader: User, officer: User) -> None:
    issue, editor = make_printed(), office(Role.EDITOR)
    unit = officer.posts_today[0].unit
    pages = [(signed_in(editor), reverse("remarks")), (signed_in(officer), reverse("follow-ups"))]
    counts = []
    for number in (1, 29):
        for _ in range(number):
            pass_remark(write_remark(issue, by=leader, text="请推广。"), by=editor, units=[unit])
        for client, address in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
