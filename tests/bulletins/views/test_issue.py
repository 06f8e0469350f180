from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Issue
from bulletins.services.collecting import forward_report
from bulletins.services.desk import adopt_submission
from bulletins.services.issue import assemble_issue
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.chain import approved, make_written, sent_for_review
from tests.bulletins.collecting import make_county
from tests.bulletins.published import make_printed, make_published, make_signed
from tests.factories import PASSWORD, make_adopted, make_issue, make_user

SignIn = Callable[[User], Client]
READERS = [Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR]
OUTSIDERS = [Role.ADMIN, Role.SECURITY]


def at(name: str, issue: Issue, *more: object) -> str:
    return reverse(name, args=[issue.pk, *more])


class TestTheList:
    def test_an_editor_without_issues_is_told_how_to_begin(self, editor: User, signed_in: SignIn) -> None:
        page = signed_in(editor).get(reverse("issues")).content.decode()
        assert "新建一期后" in page

    def test_it_shows_number_state_and_dates(self, editor: User, signed_in: SignIn) -> None:
        make_issue(editor, date(2024, 12, 16))
        make_printed(date(2024, 12, 2))
        page = signed_in(editor).get(reverse("issues")).content.decode()
        for words in ("第1期", "已印发", "签发时编号", "编辑中", "2024年12月16日"):
            assert words in page

    def test_thirty_issues_cost_no_more_queries_than_one(self, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        make_issue(editor)
        client.get(reverse("issues"))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("issues"))
        for _ in range(29):
            make_issue(editor)
        with CaptureQueriesContext(connection) as thirty:
            client.get(reverse("issues"))
        assert len(thirty) == len(one)

    def test_a_leader_sees_what_is_signed(self, editor: User, signed_in: SignIn) -> None:
        open_one, signed = make_issue(editor), make_signed()
        client = signed_in(make_user(Role.LEADER))
        assert client.get(reverse("issues")).status_code == 200
        assert client.get(at("issue", open_one)).status_code == 404
        assert client.get(at("issue", signed)).status_code == 200

    @pytest.mark.parametrize("role", OUTSIDERS)
    def test_it_is_not_for_others(self, editor: User, officer: User, signed_in: SignIn, role: str) -> None:
        public = make_published()
        for user in (make_user(role), officer):
            assert signed_in(user).get(reverse("issues")).status_code == 403
            assert signed_in(user).get(at("issue", public)).status_code == 404


class TestOpeningOne:
    def test_it_proposes_a_window_and_opens_the_issue(self, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        page = client.get(reverse("issue-new")).content.decode()
        assert timezone.localdate().isoformat() in page
        days = {"window_start": "2024-11-01", "window_end": "2024-11-30", "issue_date": "2024年12月2日"}
        response = client.post(reverse("issue-new"), days)
        issue = Issue.objects.get()
        assert response["Location"] == at("issue", issue)
        assert (issue.window_end, issue.issue_date) == (date(2024, 11, 30), date(2024, 12, 2))

    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            ({"window_start": "2024-12-01", "window_end": "2024-11-01", "issue_date": "2024-12-02"}, "早于开始日期"),
            ({"window_start": "去年", "window_end": "2024-11-01", "issue_date": "2024-12-02"}, "日期请写成"),
            ({"window_start": "2019-01-01", "window_end": "2019-02-01", "issue_date": "2019-02-02"}, "还没有期号规则"),
            ({"window_start": "2024-11-01", "window_end": "9999-12-31", "issue_date": "2024-12-02"}, "年份不对"),
        ],
    )
    def test_wrong_days_come_back_with_a_sentence(
        self, editor: User, signed_in: SignIn, days: dict[str, str], sentence: str
    ) -> None:
        response = signed_in(editor).post(reverse("issue-new"), days)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Issue.objects.exists()

    def test_a_reviewer_opens_none(self, reviewer: User, signed_in: SignIn) -> None:
        assert signed_in(reviewer).get(reverse("issue-new")).status_code == 403
        assert signed_in(reviewer).post(reverse("issue-new"), {}).status_code == 403


class TestItsPage:
    @pytest.mark.parametrize("role", READERS)
    def test_everyone_at_the_desk_reads_it(self, editor: User, signed_in: SignIn, role: str) -> None:
        issue = sent_for_review(make_written(editor, ("大家都读的一条。",)))
        page = signed_in(make_user(role)).get(at("issue", issue)).content.decode()
        assert "大家都读的一条。" in page
        assert "拟第1期" in page

    def test_only_the_editor_of_an_open_issue_gets_its_tools(
        self, editor: User, reviewer: User, signed_in: SignIn
    ) -> None:
        issue = make_written(editor)
        assert "一键组稿" in signed_in(editor).get(at("issue", issue)).content.decode()
        assert "一键组稿" not in signed_in(reviewer).get(at("issue", issue)).content.decode()
        sent_for_review(issue)
        assert "一键组稿" not in signed_in(editor).get(at("issue", issue)).content.decode()

    def test_a_countys_entry_names_the_schools_that_it_credits(self, editor: User, signed_in: SignIn) -> None:
        county = make_county()
        adopt_submission(forward_report(county.report(), by=county.officer), by=editor)
        issue = make_issue(editor)
        assemble_issue(issue, by=editor)
        page = signed_in(editor).get(at("issue", issue)).content.decode()
        assert f"来稿：青山县（{county.schools[0].label}供稿）" in page

    def test_entries_name_the_units_they_came_from(self, editor: User, signed_in: SignIn) -> None:
        report = make_adopted(editor)
        issue = make_issue(editor)
        client = signed_in(editor)
        client.post(at("issue-assemble", issue))
        assert f"来稿：{report.unit.label}" in client.get(at("issue", issue)).content.decode()

    def test_after_sign_off_the_signed_words_show(self, editor: User, signed_in: SignIn) -> None:
        issue = make_signed(leads=("签发的话。",))
        issue.entries.update(lead="后来在库里动过的话。")
        page = signed_in(editor).get(at("issue", issue)).content.decode()
        assert "签发的话。" in page
        assert "后来在库里动过的话。" not in page

    def test_the_chain_shows_names_and_times(self, editor: User, signed_in: SignIn) -> None:
        issue = make_signed()
        page = signed_in(editor).get(at("issue", issue)).content.decode()
        chain = page[page.index('class="chain') :]
        chain = chain[: chain.index("</ol>")]
        assert chain.count('class="done"') == 3
        assert editor.name in chain

    def test_thirty_entries_and_reports_cost_no_more_queries_than_one(self, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        issue = make_issue(editor)
        make_adopted(editor)
        client.post(at("issue-assemble", issue))
        make_adopted(editor)
        client.get(at("issue", issue))
        with CaptureQueriesContext(connection) as few:
            client.get(at("issue", issue))
        for _ in range(15):
            make_adopted(editor)
        client.post(at("issue-assemble", issue))
        for _ in range(15):
            make_adopted(editor)
        with CaptureQueriesContext(connection) as many:
            client.get(at("issue", issue))
        assert len(many) == len(few)

    def test_facts_are_changed_while_it_is_open(self, editor: User, signed_in: SignIn) -> None:
        issue = make_written(editor)
        facts = {
            "masthead": "某行动",
            "office": "某办公室",
            "issue_date": "2024-12-03",
            "window_start": "2024-11-01",
            "window_end": "2024-11-30",
            "report_to": "领导",
            "copy_to": "",
            "version": "1",
        }
        client = signed_in(editor)
        assert client.post(at("issue-facts", issue), facts).status_code == 302
        issue.refresh_from_db()
        assert (issue.masthead, issue.copy_to, issue.issue_date) == ("某行动", "", date(2024, 12, 3))
        wrong = client.post(at("issue-facts", issue), facts | {"masthead": "", "office": "打好的字"})
        assert wrong.status_code == 422
        assert "打好的字" in wrong.content.decode()
        sent_for_review(issue)
        client.post(at("issue-facts", issue), facts | {"masthead": "再改"})
        issue.refresh_from_db()
        assert issue.masthead == "某行动"


class TestTheChain:
    def test_from_proof_to_public(self, editor: User, reviewer: User, issuer: User, signed_in: SignIn) -> None:
        issue = approved(make_written(editor))
        page = signed_in(issuer).get(at("issue-sign", issue))
        assert "校样第1页" in page.content.decode()
        seen = page.context["proof"].digest
        second_look = {"seen": seen, "password": PASSWORD}
        said = signed_in(issuer).post(at("issue-sign", issue), second_look, follow=True).content.decode()
        assert "期号为第1期" in said
        again = signed_in(issuer).post(at("issue-sign", issue), second_look, follow=True).content.decode()
        assert "没有重复编号" in again
        early = signed_in(editor).post(at("issue-print", issue), {"printed_on": "2024-12-01"})
        assert early.status_code == 422
        assert "早于报头日期" in early.content.decode()
        signed_in(editor).post(at("issue-print", issue), {"printed_on": "2024-12-04"})
        issue.refresh_from_db()
        assert (issue.state, issue.printed_on) == (IssueState.PRINTED, date(2024, 12, 4))
        waiting = signed_in(reviewer).post(at("issue-publish", issue), {"publish": "1"}, follow=True).content.decode()
        assert "还没有制作完成" in waiting

    def test_publishing_asks_first(self, editor: User, reviewer: User, signed_in: SignIn) -> None:
        issue = make_printed()
        client = signed_in(reviewer)
        page = client.get(at("issue-publish", issue))
        assert "公开审查" in page.content.decode()
        items = [checked.item.pk for checked in page.context["checklist"]]
        told = client.post(at("issue-publish", issue), {"item": items[:-1], "publish": "1"}, follow=True)
        assert "公开审查还没有完成" in told.content.decode()
        assert told.content.decode().count("省办审核，") == len(items) - 1  # the ticks are kept, with a name
        client.post(at("issue-publish", issue), {"item": items, "publish": "1"})
        issue.refresh_from_db()
        assert issue.state == IssueState.PUBLISHED

    def test_a_typed_reason_comes_back_when_the_issue_has_moved_on(
        self, editor: User, reviewer: User, signed_in: SignIn
    ) -> None:
        issue = sent_for_review(make_written(editor))
        response = signed_in(reviewer).post(at("issue-act", issue, "send_back"), {"reason": ""})
        assert response.status_code == 409
        assert "请写明" in response.content.decode()

    @pytest.mark.parametrize(
        ("name", "allowed"),
        [
            ("proof", {Role.EDITOR}),
            ("send_for_review", {Role.EDITOR}),
            ("approve", {Role.REVIEWER}),
            ("send_back", set()),
        ],
    )
    def test_acts_are_for_those_whose_turn_it_is(
        self, editor: User, signed_in: SignIn, name: str, allowed: set[str]
    ) -> None:
        issue = make_written(editor)
        for role in (*READERS, Role.LEADER, *OUTSIDERS):
            user = editor if role == Role.EDITOR else make_user(role)
            answer = signed_in(user).post(at("issue-act", issue, name), {"reason": "理由"}).status_code
            if role in allowed:
                assert answer in (302, 409), role
            else:
                assert answer == (403 if role in READERS else 404), role

    @pytest.mark.parametrize(
        ("name", "allowed"),
        [
            ("issue-sign", {Role.ISSUER}),
            ("issue-print", {Role.EDITOR, Role.ISSUER}),
            ("issue-publish", {Role.REVIEWER, Role.ISSUER}),
        ],
    )
    def test_weighty_pages_open_only_for_those_who_may(
        self, editor: User, signed_in: SignIn, name: str, allowed: set[str]
    ) -> None:
        issue = make_signed()
        for role in (*READERS, Role.LEADER):
            answer = signed_in(make_user(role)).get(at(name, issue)).status_code
            assert (answer in (200, 302)) is (role in allowed), role
            if role not in allowed:
                assert answer == 403

    def test_an_act_before_its_time_is_told_calmly(self, editor: User, issuer: User, signed_in: SignIn) -> None:
        issue = make_written(editor)
        page = signed_in(issuer).get(at("issue-sign", issue), follow=True).content.decode()
        assert "不能“签发”" in page

    def test_an_unknown_act_is_not_there(self, editor: User, signed_in: SignIn) -> None:
        assert signed_in(editor).post(at("issue-act", make_issue(editor), "print")).status_code == 404


class TestTheFinalFile:
    def test_it_is_loaded_down_under_a_speaking_name(self, editor: User, officer: User, signed_in: SignIn) -> None:
        issue = make_printed()
        response = signed_in(editor).get(at("issue-pdf", issue))
        assert response["Content-Type"] == "application/pdf"
        assert "%E7%AC%AC1%E6%9C%9F.pdf" in response["Content-Disposition"]
        assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
        assert signed_in(officer).get(at("issue-pdf", issue)).status_code == 404

    def test_before_it_is_made_there_is_none(self, editor: User, signed_in: SignIn) -> None:
        assert signed_in(editor).get(at("issue-pdf", make_signed())).status_code == 404

    def test_its_page_shows_hash_pages_and_size(self, editor: User, signed_in: SignIn) -> None:
        issue = make_printed()
        page = signed_in(editor).get(at("issue", issue)).content.decode()
        assert issue.renditions.get(kind="final").sha256 in page
