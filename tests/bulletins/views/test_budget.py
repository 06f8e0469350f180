from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Issue
from bulletins.services.entry import add_entry
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.audit.models import history
from tests.bulletins.chain import make_written, proofed, sent_for_review
from tests.bulletins.published import make_signed
from tests.factories import make_issue, make_officer, make_report, make_unit

SignIn = Callable[[User], Client]


def page(client: Client, issue: Issue) -> str:
    return client.get(reverse("issue", args=[issue.pk])).content.decode()


def budget(client: Client, issue: Issue, pages: str) -> str:
    address = reverse("issue-usual-pages", args=[issue.pk])
    return client.post(address, {"pages": pages}, follow=True).content.decode()


def test_before_a_proof_pages_are_an_estimate(editor: User, signed_in: SignIn) -> None:
    shown = page(signed_in(editor), make_issue(editor))
    assert "<strong>约1页</strong>" in shown
    assert "通常8页，还可编约7页" in shown
    assert "按字数估算" in shown
    assert "还没有签发过的期次" in shown


def test_a_current_proof_counts_and_an_edit_makes_it_an_estimate_again(editor: User, signed_in: SignIn) -> None:
    issue = proofed(make_written(editor))
    client = signed_in(editor)
    assert "<strong>1页</strong>" in page(client, issue)
    assert "按最新校样计" in page(client, issue)
    entry = issue.entries.get()
    words = {"lead": "改过。", "text": "正文。" * 2000, "version": "1"}
    saved = client.post(reverse("entry-edit", args=[entry.pk]), words, headers={"HX-Request": "true"})
    assert 'id="issue-extent" hx-swap-oob="true"' in saved.content.decode()
    assert "超出约" in saved.content.decode()


def test_the_usual_number_is_changed_by_the_editor_and_recorded(editor: User, signed_in: SignIn) -> None:
    issue = make_issue(editor)
    shown = budget(signed_in(editor), issue, "1")
    assert "通常页数已保存。" in shown
    assert "通常1页，正好" in shown
    assert history(issue.periodical).get().data == {"old": 8, "new": 1}


@pytest.mark.parametrize("typed", ["0", "201", "八", ""])
def test_nonsense_is_refused_with_what_was_typed(editor: User, signed_in: SignIn, typed: str) -> None:
    issue = make_issue(editor)
    shown = budget(signed_in(editor), issue, typed)
    assert 'class="text-danger' in shown
    assert f'value="{typed}"' in shown or not typed
    issue.periodical.refresh_from_db()
    assert issue.periodical.usual_pages == 8


def test_others_at_the_desk_see_the_balance_and_do_not_change_it(
    editor: User, reviewer: User, signed_in: SignIn
) -> None:
    issue = sent_for_review(make_written(editor))
    shown = page(signed_in(reviewer), issue)
    assert "篇幅与覆盖" in shown
    assert "改页数" not in shown
    address = reverse("issue-usual-pages", args=[issue.pk])
    assert signed_in(reviewer).post(address, {"pages": "4"}).status_code == 403


def test_a_signed_issue_needs_no_balance(editor: User, signed_in: SignIn) -> None:
    assert "篇幅与覆盖" not in page(signed_in(editor), make_signed())


def test_units_not_printed_lately_lead_to_their_waiting_reports(editor: User, signed_in: SignIn) -> None:
    make_signed(leads=("省里开会。",))
    county = make_unit(UnitKind.COUNTY, "石桥县")
    report = make_report(make_officer(county), title="送教下乡")
    issue = make_issue(editor)
    shown = page(signed_in(editor), issue)
    assert "石桥县" in shown
    assert f'<a href="{reverse("desk-submission", args=[report.pk])}">送教下乡</a>' in shown


def test_what_is_represented_is_named_in_words(editor: User, signed_in: SignIn) -> None:
    make_unit(UnitKind.UNIVERSITY, "山溪大学")
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    add_entry(issue, section=section, lead="山溪大学开展联合教研。", text="正文。", by=editor)
    shown = page(signed_in(editor), issue)
    assert "1个单位，0个设区市，五个一批涉及0项" in shown
    assert "<dd>山溪大学</dd>" in shown
    assert "联盟高校1个" in shown
