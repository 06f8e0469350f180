"""What the desk, a leader and a unit wait for of one another, and where each of them opens it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Rendition
from bulletins.services import issue_chain as chain
from bulletins.services.entry import add_entry
from bulletins.services.remark import answer_follow_up, pass_remark, write_remark
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox.queries import awaited_by, opened_by, waiting_for
from tests.bulletins.published import make_printed, store_rendition
from tests.factories import make_issue, make_officer, make_report, make_user

pytestmark = pytest.mark.django_db


def awaited(user: User) -> list[tuple[str, str, str]]:
    """What is to be done, with whom it lies, and the page on which the user opens it."""
    return [(row.what, row.holder, row.url) for row in opened_by(user, awaited_by(user))]


def test_a_report_at_the_desk_opens_for_its_unit_on_its_own_page(editor: User, client: Client) -> None:
    officer = make_officer()
    report = make_report(officer)
    own = reverse("submission", args=[report.pk])
    assert awaited(officer) == [("处理来稿", "省协同提质办 · 编辑", own)]
    assert [row.url for row in opened_by(editor, waiting_for(editor))] == [reverse("desk-submission", args=[report.pk])]
    client.force_login(officer)
    assert own in client.get(reverse("waiting"), {"show": "awaited"}).content.decode()
    assert client.get(own).status_code == 200


def test_an_issue_sent_for_review_is_awaited_by_its_editor(editor: User, reviewer: User) -> None:
    issue = make_issue(editor)
    add_entry(issue, section=issue.periodical.sections.earliest("order"), lead="集体备课。", text="备课。", by=editor)
    assert awaited(editor) == []
    chain.request_proof(issue, by=editor)
    store_rendition(issue, Rendition.Kind.PROOF)
    chain.send_for_review(issue, by=editor)
    assert [(what, holder) for what, holder, _url in awaited(editor)] == [("审核本期", "省协同提质办 · 办公室审核")]
    assert awaited(reviewer) == []


def test_an_answer_to_a_remark_is_awaited_by_desk_and_leader_on_the_remarks_page() -> None:
    leader, officer = make_user(Role.LEADER, name="张领导"), make_officer()
    unit = officer.posts_today[0].unit
    issue = make_printed()
    editor = make_user(Role.EDITOR)
    remark = write_remark(issue, by=leader, text="请推广这一做法。")
    (follow_up,) = pass_remark(remark, by=editor, units=[unit])
    page = reverse("remark", args=[remark.pk])
    asked = {("反馈落实情况", page)}
    for user in (leader, editor):
        assert {(what, url) for what, _holder, url in awaited(user) if what == "反馈落实情况"} == asked
    assert awaited(make_user(Role.LEADER)) == awaited(make_user(Role.AUDITOR)) == []
    answer_follow_up(follow_up, by=officer, answer="已在全县推广。")
    assert awaited(leader) == []
