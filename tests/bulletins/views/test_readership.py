"""The pages of sending out: the office's table, the default list, and what a reader sees and does."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.findable.entry import issue_page
from bulletins.models import Issue, ReadershipLine
from bulletins.queries.issue import the_periodical
from bulletins.services.readership import add_reader, send_issue
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.bulletins.published import make_printed, make_signed, office, publish
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def listed(*units: Unit) -> Issue:
    """A printed issue with exactly these units on its list."""
    ReadershipLine.objects.all().delete()
    issue = make_printed()
    for unit in units:
        add_reader(issue, by=office(Role.EDITOR), unit=unit)
    return issue


def sent(*units: Unit) -> Issue:
    issue = listed(*units)
    send_issue(issue, by=office(Role.EDITOR))
    return issue


class TestTheOffice:
    def test_the_issues_page_leads_to_its_readership(self, signed_in: SignIn, editor: User) -> None:
        issue = make_printed()
        address = reverse("issue-readership", args=[issue.pk])
        assert address in signed_in(editor).get(reverse("issue", args=[issue.pk])).text
        unprinted = make_signed()
        assert "发送和签收" not in signed_in(editor).get(reverse("issue", args=[unprinted.pk])).text

    def test_adding_sending_and_seeing_how_far_it_is(self, signed_in: SignIn, editor: User) -> None:
        unit = make_unit(name="青山师范大学")
        issue = listed()
        client, address = signed_in(editor), reverse("issue-readership", args=[issue.pk])
        assert "按默认范围填入" in client.get(address).text
        client.post(address, {"unit": unit.pk})
        page = client.get(address).text
        assert "青山师范大学" in page
        assert "没有可登录的人员" in page
        assert "发送（1）" in page
        answer = client.post(reverse("issue-send", args=[issue.pk]), follow=True)
        assert "已发送。" in answer.text
        assert "温馨提示（1）" in answer.text

    def test_a_click_on_the_reminder_says_who_got_it_and_who_did_not(self, signed_in: SignIn, editor: User) -> None:
        officer = make_officer()
        issue = sent(officer.posts_today[0].unit, make_unit(name="青山师范大学"))
        answer = signed_in(editor).post(reverse("issue-remind", args=[issue.pk]), follow=True)
        assert f"已提醒1人：{officer.name}。" in answer.text
        assert "未提醒（没有可登录的人员）：青山师范大学。" in answer.text

    def test_a_choice_of_nothing_is_answered_with_what_to_do(self, signed_in: SignIn, editor: User) -> None:
        issue = listed()
        answer = signed_in(editor).post(reverse("issue-readership", args=[issue.pk]), {})
        assert answer.status_code == 422
        assert "请先选择要加入的范围、单位或领导。" in answer.text

    def test_before_printing_the_page_says_what_comes_first(self, signed_in: SignIn, editor: User) -> None:
        issue = make_signed()
        client = signed_in(editor)
        assert "本期还没有印发" in client.get(reverse("issue-readership", args=[issue.pk])).text
        answer = client.post(reverse("issue-send", args=[issue.pk]), follow=True)
        assert "请先印发" in answer.text

    def test_the_table_can_be_narrowed_and_taken_along(self, signed_in: SignIn, editor: User) -> None:
        issue = sent(make_unit(name="青山师范大学"), make_unit(UnitKind.COUNTY, name="青原区"))
        client = signed_in(editor)
        page = client.get(reverse("issue-readership", args=[issue.pk]) + "?kind=county")
        assert "青原区" in page.text
        assert 'class="cell-title">青山师范大学' not in page.text
        answer = client.get(reverse("issue-readership-table", args=[issue.pk]) + "?kind=county")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
        assert [row[0] for row in rows[2:]] == ["青原区"]

    def test_a_long_table_asks_the_database_as_often_as_a_short_one(self, signed_in: SignIn, editor: User) -> None:
        issue = sent(make_officer().posts_today[0].unit)
        client, address = signed_in(editor), reverse("issue-readership", args=[issue.pk])
        with CaptureQueriesContext(connection) as short:
            client.get(address)
        for _ in range(30):
            add_reader(issue, by=editor, unit=make_officer().posts_today[0].unit)
        send_issue(issue, by=editor)
        with CaptureQueriesContext(connection) as long:
            client.get(address)
        assert len(long) == len(short)

    def test_the_default_list_is_kept_on_a_page(self, signed_in: SignIn, editor: User) -> None:
        client, address = signed_in(editor), reverse("readership")
        assert "全部县（市、区）" in client.get(address).text
        client.post(address, {"group": "schools"})
        line = the_periodical().readership.get(group="schools")
        assert line.get_group_display() in client.get(address).text
        client.post(reverse("readership-remove", args=[line.pk]))
        assert not ReadershipLine.objects.filter(pk=line.pk).exists()


class TestTheReader:
    def test_reads_the_issue_and_its_file_before_it_is_public(self, signed_in: SignIn) -> None:
        officer, stranger = make_officer(), make_officer()
        issue = sent(officer.posts_today[0].unit)
        client = signed_in(officer)
        assert str(issue) in client.get(reverse("received")).text
        assert "举行集体备课。" in client.get(reverse("received-issue", args=[issue.pk])).text
        assert client.get(reverse("issue-pdf", args=[issue.pk])).status_code == 200
        for name in ("received-issue", "issue-pdf"):
            assert signed_in(stranger).get(reverse(name, args=[issue.pk])).status_code == 404
        for name in ("archive-issue", "archive-pdf"):
            for visitor in (client, Client()):
                assert visitor.get(reverse(name, args=[issue.pk])).status_code == 404, "the archive is what is public"

    def test_the_desk_page_of_a_reader_leads_to_what_he_may_open(self, signed_in: SignIn) -> None:
        officer = make_officer()
        issue = sent(officer.posts_today[0].unit)
        assert reverse("received-issue", args=[issue.pk]) in signed_in(officer).get(reverse("home")).text

    def test_finds_it_by_searching_and_is_led_to_where_he_may_read_it(self, editor: User) -> None:
        officer = make_officer()
        issue = sent(officer.posts_today[0].unit)
        assert issue_page(issue, officer) == reverse("received-issue", args=[issue.pk])
        assert issue_page(issue, editor) == reverse("issue", args=[issue.pk])
        assert issue_page(publish(issue), officer) == reverse("archive-issue", args=[issue.pk])

    def test_confirms_with_one_click(self, signed_in: SignIn, editor: User) -> None:
        officer = make_officer()
        issue = sent(officer.posts_today[0].unit)
        row = issue.deliveries.get()
        answer = signed_in(officer).post(reverse("received-confirm", args=[row.pk]), {"remark": "收到"}, follow=True)
        assert "已签收，谢谢。" in answer.text
        again = signed_in(officer).post(reverse("received-confirm", args=[row.pk]), follow=True)
        assert "不必重复签收" in again.text
        assert "收到" in signed_in(editor).get(reverse("issue-readership", args=[issue.pk])).text

    def test_a_remark_that_is_too_long_is_refused_and_still_there(self, signed_in: SignIn) -> None:
        officer = make_officer()
        row = sent(officer.posts_today[0].unit).deliveries.get()
        answer = signed_in(officer).post(reverse("received-confirm", args=[row.pk]), {"remark": "很" * 201})
        assert answer.status_code == 422
        assert "备注最多200字" in answer.text
        assert "很" * 201 in answer.text

    def test_a_leader_is_shown_it_without_a_receipt(self, signed_in: SignIn) -> None:
        leader = make_user(Role.LEADER)
        issue = listed()
        add_reader(issue, by=office(Role.EDITOR), leader=leader)
        send_issue(issue, by=office(Role.EDITOR))
        page = signed_in(leader).get(reverse("received-issue", args=[issue.pk])).text
        assert "不需要签收" in page
        assert ">签收</button>" not in page
        assert "写批示" in page
        row = issue.deliveries.get()
        assert signed_in(leader).post(reverse("received-confirm", args=[row.pk])).status_code == 403

    def test_an_empty_list_says_where_else_to_look(self, signed_in: SignIn, officer: User) -> None:
        assert "还没有收到工作动态" in signed_in(officer).get(reverse("received")).text

    def test_many_issues_ask_the_database_as_often_as_one(self, signed_in: SignIn) -> None:
        officer = make_officer()
        sent(officer.posts_today[0].unit)
        client = signed_in(officer)
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("received"))
            counts.append(len(queries))
            for _ in range(4):
                sent(officer.posts_today[0].unit)
        assert counts[0] == counts[1]
