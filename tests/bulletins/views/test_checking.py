from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Issue, Waiver
from bulletins.services.entry import add_entry
from bulletins.services.mending import last_mending
from portal.accounts.models import User
from tests.bulletins.chain import proofed, sent_for_review
from tests.factories import make_issue

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def issue_of(editor: User, *texts: str) -> Issue:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    for text in texts:
        add_entry(issue, section=section, lead="备课。", text=text, by=editor)
    return issue


def post(client: Client, name: str, issue: Issue, **data: object) -> str:
    answer = client.post(reverse(name, args=[issue.pk]), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestThePageOfAnIssue:
    def test_a_click_mends_and_another_undoes(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        client = signed_in(editor)
        entry = issue.entries.get()
        page = client.get(reverse("issue-checks", args=[issue.pk])).content.decode()
        assert "改为“，”" in page
        page = post(client, "issue-mend", issue, entry=entry.pk, version=entry.version, finding="width.text.2")
        assert "没有发现问题" in page
        row = last_mending(issue)
        assert row is not None
        page = post(client, "issue-unmend", issue, row=row.pk)
        assert "已撤销" in page
        assert "改为“，”" in page

    def test_all_of_a_kind_at_once(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。", "丙校;丁校备课。")
        page = signed_in(editor).get(reverse("issue-checks", args=[issue.pk])).content.decode()
        assert "全部改好" in page
        post(signed_in(editor), "issue-mend", issue, rule="width")
        assert list(issue.entries.values_list("text", flat=True)) == ["甲校，乙校备课。", "丙校；丁校备课。"]

    def test_a_finding_is_let_pass_with_a_name_and_told_again(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        client, entry = signed_in(editor), issue.entries.get()
        page = post(client, "issue-waive", issue, entry=entry.pk, finding="width.text.2")
        assert "已由省办编辑忽略" in page
        waiver = Waiver.objects.get()
        page = post(client, "issue-waive", issue, entry=entry.pk, waiver=waiver.pk)
        assert "改为“，”" in page
        assert not Waiver.objects.exists()

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("issue-mend", {"rule": "nonsense"}),
            ("issue-mend", {"finding": "nonsense", "version": "x"}),
            ("issue-unmend", {"row": "x"}),
            ("issue-waive", {"finding": ""}),
        ],
    )
    def test_a_stale_or_odd_click_is_answered_in_words(
        self, editor: User, signed_in: SignIn, name: str, data: dict[str, str]
    ) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        page = post(signed_in(editor), name, issue, entry=issue.entries.get().pk, **data)
        assert "alert-danger" in page

    def test_the_reviewer_reads_and_has_no_buttons(self, editor: User, reviewer: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        sent_for_review(issue)
        page = signed_in(reviewer).get(reverse("issue-checks", args=[issue.pk])).content.decode()
        assert "中文里用全角标点" in page
        assert "忽略</button>" not in page

    def test_it_asks_the_same_number_of_questions_for_many(self, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        counts = []
        for issue in (issue_of(editor, "甲校,乙校备课。"), issue_of(editor, *["甲校,乙校备课。"] * 30)):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(reverse("issue-checks", args=[issue.pk]))
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_an_issue_without_entries_says_what_to_do(self, editor: User, signed_in: SignIn) -> None:
        page = signed_in(editor).get(reverse("issue-checks", args=[make_issue(editor).pk])).content.decode()
        assert "请先组稿" in page


class TestTheBadge:
    def test_the_issue_tells_how_many_mistakes_are_left(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        page = signed_in(editor).get(reverse("issue", args=[issue.pk])).content.decode()
        assert "1处错误" in page

    def test_sending_for_review_warns_and_does_not_block(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "甲校,乙校备课。")
        proofed(issue)
        answer = signed_in(editor).post(reverse("issue-act", args=[issue.pk, "send_for_review"]), follow=True)
        assert "还有1处错误没有处理" in answer.content.decode()
        issue.refresh_from_db()
        assert issue.state == "awaiting_review"


class TestBesideAnEntry:
    TEXT = "甲校,乙校备课。11月28日，评课。11月30日，总结。"

    def aids(self, client: Client, issue: Issue, text: str = TEXT, **data: str) -> str:
        entry = issue.entries.get()
        given = {"lead": entry.lead, "text": text, "version": entry.version} | data
        answer = client.post(reverse("entry-aids", args=[entry.pk]), given, headers=HTMX)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_a_fix_goes_into_the_form_unsaved(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "旧文字。")
        page = self.aids(signed_in(editor), issue, fix="width.text.2")
        assert "甲校，乙校备课" in page
        assert "data-changed" in page
        assert issue.entries.get().text == "旧文字。"

    def test_a_proposal_is_accepted_by_a_click(self, editor: User, signed_in: SignIn) -> None:
        page = self.aids(signed_in(editor), issue_of(editor, "旧文字。"), shorten="date.text.18")
        assert "评课。30日，总结。" in page

    def test_a_button_of_older_words_changes_nothing(self, editor: User, signed_in: SignIn) -> None:
        page = self.aids(signed_in(editor), issue_of(editor, "旧文字。"), fix="width.text.9")
        assert "文字已有改动" in page
        assert "甲校,乙校备课" in page

    def test_locking_and_releasing(self, editor: User, signed_in: SignIn) -> None:
        issue, client = issue_of(editor, self.TEXT), signed_in(editor)
        page = self.aids(client, issue, lock="", passage="乙校备课")
        assert "省办编辑锁定" in page
        lock = issue.entries.get().passagelocks.get()
        entry = issue.entries.get()
        refused = client.post(
            reverse("entry-edit", args=[entry.pk]),
            {"lead": entry.lead, "text": "另一段。", "version": entry.version},
            headers=HTMX,
        )
        assert refused.status_code == 409
        assert "乙校备课”已由省办编辑锁定为原文" in refused.content.decode()
        assert "没有锁定的文字" in self.aids(client, issue, unlock=str(lock.pk))

    def test_quotes_are_offered_for_locking(self, editor: User, signed_in: SignIn) -> None:
        issue = issue_of(editor, "他说：“要把教研做到课堂里去，落到孩子身上。”")
        entry = issue.entries.get()
        page = signed_in(editor).get(reverse("entry-edit", args=[entry.pk])).content.decode()
        assert "锁定这段引文" in page

    def test_it_works_as_a_whole_page(self, editor: User, signed_in: SignIn) -> None:
        entry = issue_of(editor, "旧文字。").entries.get()
        data = {"lead": entry.lead, "text": self.TEXT, "version": entry.version, "fix": "width.text.2"}
        answer = signed_in(editor).post(reverse("entry-aids", args=[entry.pk]), data)
        assert "甲校，乙校备课" in answer.content.decode()
        assert "<html" in answer.content.decode()

    def test_words_that_cannot_be_printed_come_back_with_the_reason(self, editor: User, signed_in: SignIn) -> None:
        entry = issue_of(editor, "旧文字。").entries.get()
        answer = signed_in(editor).post(reverse("entry-aids", args=[entry.pk]), {"lead": "", "text": ""})
        assert answer.status_code == 422
