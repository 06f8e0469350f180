from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bulletins.models import Entry
from bulletins.services.issue import assemble_issue
from portal.accounts.models import User
from tests.factories import make_adopted, make_issue, make_report

SignIn = Callable[[User], Client]


def test_entries_ticked_on_the_board_are_shown_together_then_merged(editor: User, signed_in: SignIn) -> None:
    issue = make_issue(editor)
    for _ in range(2):
        make_adopted(editor)
    entries = assemble_issue(issue, by=editor)
    client = signed_in(editor)
    board = client.get(reverse("issue", args=[issue.pk])).content.decode()
    assert board.count('form="merge"') == 2
    chosen = {"entry": [entry.pk for entry in entries]}
    page = client.post(reverse("issue-merge", args=[issue.pk]), chosen)
    assert "合并后的文字" in page.content.decode()
    assert Entry.objects.count() == 2
    section = page.context["section"].pk
    client.post(reverse("issue-merge", args=[issue.pk]), chosen | {"section": section, "confirm": "1"})
    merged = Entry.objects.get()
    assert "由2条合并" in client.get(reverse("issue", args=[issue.pk])).content.decode()
    told = client.post(reverse("entry-restore", args=[merged.pk]), follow=True).content.decode()
    assert "已恢复原文" in told
    assert Entry.objects.count() == 2


def test_too_few_ticks_are_told(editor: User, signed_in: SignIn) -> None:
    issue = make_issue(editor)
    told = signed_in(editor).post(reverse("issue-merge", args=[issue.pk]), {"entry": "x"}, follow=True)
    assert "至少两条" in told.content.decode()


def test_reports_ticked_in_the_list_are_adopted_and_merged_into_the_chosen_issue(
    editor: User, signed_in: SignIn
) -> None:
    issue, reports = make_issue(editor), [make_report(), make_report()]
    client = signed_in(editor)
    chosen = {"report": [report.pk for report in reports]}
    page = client.post(reverse("desk-merge"), chosen)
    assert "还没有采用的稿件会一并采用" in page.content.decode()
    given = chosen | {"issue": issue.pk, "section": page.context["section"].pk, "confirm": "1"}
    answer = client.post(reverse("desk-merge"), given)
    assert answer["Location"] == reverse("entry-edit", args=[Entry.objects.get().pk])
    again = client.post(reverse("desk-merge"), given).content.decode()
    assert "不在待编发之列" in again


def test_without_an_open_issue_the_desk_says_what_to_do(editor: User, signed_in: SignIn) -> None:
    reports = [make_report().pk, make_report().pk]
    told = signed_in(editor).post(reverse("desk-merge"), {"report": reports}, follow=True).content.decode()
    assert "先在编印工作动态中新建一期" in told
