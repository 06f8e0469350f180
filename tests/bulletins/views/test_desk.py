from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Submission
from bulletins.services.desk import edit_for_print, return_submission
from bulletins.services.entry import place_submission
from bulletins.services.submission import save_draft, submit_submission
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_adopted, make_draft, make_issue, make_officer, make_report, make_unit, make_user

SignIn = Callable[[User], Client]


def page_of(submission: Submission) -> str:
    return reverse("desk-submission", args=[submission.pk])


def act(submission: Submission, name: str) -> str:
    return reverse("desk-act", args=[submission.pk, name])


class TestTheList:
    def test_it_shows_what_is_undecided_unless_asked_for_more(self, editor: User, signed_in: SignIn) -> None:
        make_report(title="刚到的稿件")
        make_adopted(editor, title="采用的稿件")
        client = signed_in(editor)
        undecided = client.get(reverse("desk")).content.decode()
        assert "刚到的稿件" in undecided
        assert "采用的稿件" not in undecided
        everything = client.get(reverse("desk"), {"state": "all"}).content.decode()
        assert "采用的稿件" in everything
        assert "采用的稿件" in client.get(reverse("desk"), {"state": "adopted"}).content.decode()

    def test_drafts_never_show(self, editor: User, signed_in: SignIn) -> None:
        make_draft(make_officer(), title="还在写的稿件")
        assert "还在写的稿件" not in signed_in(editor).get(reverse("desk"), {"state": "all"}).content.decode()

    def test_it_narrows_by_kind_unit_period_and_text(self, editor: User, signed_in: SignIn) -> None:
        county = make_unit(UnitKind.COUNTY, "丙县")
        make_report(make_officer(county), title="县里来稿")
        make_report(make_officer(make_unit(name="甲大学")), title="大学来稿")
        client = signed_in(editor)
        tomorrow = timezone.localdate() + timedelta(days=1)
        for query, shown in (
            ({"unit_kind": "county"}, True),
            ({"unit": county.pk}, True),
            ({"text": "县里"}, True),
            ({"until": tomorrow.isoformat()}, True),
            ({"since": tomorrow.isoformat()}, False),
            ({"unit_kind": "university"}, False),
        ):
            page = client.get(reverse("desk"), query).content.decode()
            assert ("县里来稿" in page) is shown, query

    def test_a_wrong_date_is_told_and_narrows_nothing(self, editor: User, signed_in: SignIn) -> None:
        make_report(title="刚到的稿件")
        page = signed_in(editor).get(reverse("desk"), {"since": "去年", "state": ""}).content.decode()
        assert "日期请写成" in page
        assert "刚到的稿件" in page

    def test_with_nothing_it_says_what_to_expect(self, editor: User, signed_in: SignIn) -> None:
        assert "没有待处理的稿件" in signed_in(editor).get(reverse("desk")).content.decode()

    def test_thirty_reports_cost_no_more_queries_than_one(self, editor: User, signed_in: SignIn) -> None:
        client, officer = signed_in(editor), make_officer()
        make_report(officer)
        client.get(reverse("desk"))
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(reverse("desk"))
        for _ in range(29):
            make_report(officer)
        with CaptureQueriesContext(connection) as thirty:
            page = client.get(reverse("desk")).content.decode()
        assert "共30篇" in page
        assert len(thirty) == len(one)

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR])
    def test_the_desk_is_open_to_those_who_work_at_it(self, signed_in: SignIn, role: str, db: None) -> None:
        assert signed_in(make_user(role)).get(reverse("desk")).status_code == 200

    @pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.SECURITY])
    def test_and_to_nobody_else(self, signed_in: SignIn, role: str, officer: User) -> None:
        report = make_report(officer)
        for user in (make_user(role), officer):
            client = signed_in(user)
            assert client.get(reverse("desk")).status_code == 403
            assert client.get(page_of(report)).status_code == 404
            assert client.post(act(report, "adopt")).status_code == 404


class TestOneReport:
    def test_the_units_text_stands_beside_a_proposal(self, editor: User, signed_in: SignIn) -> None:
        report = make_report(title="开展送教", text="原文一段。")
        page = signed_in(editor).get(page_of(report)).content.decode()
        assert "开展送教。" in page
        assert page.count("原文一段。") == 2
        assert "修改对照" not in page

    def test_saving_keeps_the_units_text_and_shows_what_was_changed(self, editor: User, signed_in: SignIn) -> None:
        report = make_report(title="开展送教", text="原文，共三十人。")
        client = signed_in(editor)
        client.post(page_of(report), {"lead": "开展送教。", "text": "原文，共五十人。", "version": report.version})
        report.refresh_from_db()
        assert (report.text, report.print_text) == ("原文，共三十人。", "原文，共五十人。")
        assert report.state == SubmissionState.EDITING
        page = client.get(page_of(report)).content.decode()
        assert "</span>三</del>" in page
        assert "</span>五</ins>" in page

    def test_saving_and_adopting_is_one_click(self, editor: User, signed_in: SignIn) -> None:
        report = make_report()
        words = {"lead": "新导语。", "text": "新正文。", "version": report.version, "then": "adopt"}
        signed_in(editor).post(page_of(report), words)
        report.refresh_from_db()
        assert (report.state, report.print_lead) == (SubmissionState.ADOPTED, "新导语。")

    def test_two_editors_in_one_report_the_second_sees_both_texts(self, editor: User, signed_in: SignIn) -> None:
        report = make_report()
        version = report.version
        edit_for_print(report, by=editor, lead="同事的导语。", text="同事的正文。", version=version)
        mine = {"lead": "我的导语。", "text": "我的正文。", "version": version}
        response = signed_in(editor).post(page_of(report), mine)
        page = response.content.decode()
        assert response.status_code == 409
        assert "同事的正文。" in page
        assert "我的正文。</textarea>" in page
        report.refresh_from_db()
        assert report.print_text == "同事的正文。"
        signed_in(editor).post(page_of(report), mine | {"version": report.version})
        report.refresh_from_db()
        assert report.print_text == "我的正文。"

    def test_words_that_are_too_long_come_back_with_a_sentence(self, editor: User, signed_in: SignIn) -> None:
        report = make_report()
        words = {"lead": "长" * 201, "text": "正文", "version": report.version}
        response = signed_in(editor).post(page_of(report), words)
        assert response.status_code == 422
        assert "导语有201字" in response.content.decode()
        assert "长" * 201 in response.content.decode()

    def test_what_comes_back_shows_what_the_unit_changed(self, editor: User, signed_in: SignIn) -> None:
        officer = make_officer()
        report = make_report(officer, title="开展送教", text="先后听课三节。")
        return_submission(report, by=editor, reason="请核对节数")
        report.refresh_from_db()
        save_draft(report, by=officer, title="开展送教", text="先后听课四节。", version=report.version)
        report.refresh_from_db()
        submit_submission(report, by=officer)
        page = signed_in(editor).get(page_of(report)).content.decode()
        assert "退回后单位的修改" in page
        assert "</span>三</del>" in page
        assert "</span>四</ins>" in page

    def test_a_placed_report_is_edited_in_its_issue(self, editor: User, signed_in: SignIn) -> None:
        report, issue = make_adopted(editor), make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        place_submission(issue, submission=report, section=section, by=editor)
        client = signed_in(editor)
        page = client.get(page_of(report)).content.decode()
        assert "已编入" in page
        assert '<textarea name="text"' not in page
        words = {"lead": "", "text": "硬要改。", "version": report.version}
        assert client.post(page_of(report), words).status_code == 409

    def test_one_goes_from_report_to_report_within_the_filter(self, editor: User, signed_in: SignIn) -> None:
        first, second, third = make_report(), make_report(), make_report()
        for back, report in enumerate((first, second, third)):
            moment = timezone.now() - timedelta(hours=back)
            Submission.objects.filter(pk=report.pk).update(submitted_at=moment)
        page = signed_in(editor).get(page_of(second), {"state": "all"}).content.decode()
        assert f'href="{page_of(first)}?state=all" rel="prev"' in page
        assert f'href="{page_of(third)}?state=all" rel="next"' in page

    def test_many_activities_cost_no_more_queries(self, editor: User, signed_in: SignIn) -> None:
        few, many = make_report(), make_report()
        activity = many.activities.get()
        for _ in range(10):
            activity.pk = None
            activity.save()
            many.activities.add(activity)
        client = signed_in(editor)
        client.get(page_of(few))
        with CaptureQueriesContext(connection) as one:
            client.get(page_of(few))
        with CaptureQueriesContext(connection) as ten:
            client.get(page_of(many))
        assert len(ten) == len(one)


class TestDecisions:
    @pytest.mark.parametrize(
        ("name", "state"),
        [
            ("adopt", SubmissionState.ADOPTED),
            ("return", SubmissionState.RETURNED),
            ("decline", SubmissionState.DECLINED),
        ],
    )
    def test_the_editor_decides(self, editor: User, signed_in: SignIn, name: str, state: str) -> None:
        report = make_report()
        response = signed_in(editor).post(act(report, name), {"reason": "写明理由"})
        report.refresh_from_db()
        assert response.status_code == 302
        assert report.state == state

    @pytest.mark.parametrize("name", ["return", "decline"])
    def test_a_reason_is_asked_for(self, editor: User, signed_in: SignIn, name: str) -> None:
        report = make_report()
        response = signed_in(editor).post(act(report, name), {"reason": ""})
        assert response.status_code == 409
        assert "理由，对方会看到" in response.content.decode()
        report.refresh_from_db()
        assert report.state == SubmissionState.IN_REVIEW

    def test_a_typed_reason_is_not_lost_when_a_colleague_was_quicker(self, editor: User, signed_in: SignIn) -> None:
        report, issue = make_adopted(editor), make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        place_submission(issue, submission=report, section=section, by=editor)
        response = signed_in(editor).post(act(report, "return"), {"reason": "打了很久的理由"})
        assert response.status_code == 409
        assert "打了很久的理由" in response.content.decode()

    def test_a_decision_can_be_taken_back(self, editor: User, signed_in: SignIn) -> None:
        report = make_adopted(editor)
        signed_in(editor).post(act(report, "reopen"))
        report.refresh_from_db()
        assert report.state == SubmissionState.EDITING

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.ISSUER, Role.AUDITOR])
    @pytest.mark.parametrize("name", ["adopt", "return", "decline"])
    def test_who_only_reads_the_desk_does_not_decide(self, signed_in: SignIn, db: None, role: str, name: str) -> None:
        report, client = make_report(), signed_in(make_user(role))
        assert client.post(act(report, name), {"reason": "理由"}).status_code == 403
        words = {"lead": "", "text": "改。", "version": 1}
        assert client.post(page_of(report), words).status_code == 403
        report.refresh_from_db()
        assert report.state == SubmissionState.IN_REVIEW

    def test_an_unknown_act_is_not_there_and_reading_does_nothing(self, editor: User, signed_in: SignIn) -> None:
        report, client = make_report(), signed_in(editor)
        assert client.post(act(report, "mark_printed")).status_code == 404
        assert client.get(act(report, "adopt")).status_code == 405
