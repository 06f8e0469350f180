"""The bulk bar of the desk's list, its result page and undo; the page of held decisions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Bulk, HeldDecision, Submission
from bulletins.services.points import mark_of
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_report, make_unit, make_user

SignIn = Callable[[User], Client]


def state(report: Submission) -> str:
    report.refresh_from_db()
    return report.state


class TestBulk:
    def test_ticked_reports_are_decided_on_and_the_result_can_be_undone(self, editor: User, signed_in: SignIn) -> None:
        one, two, other = make_report(), make_report(), make_report()
        client = signed_in(editor)
        data = {"report": [one.pk, two.pk], "act": "return", "reason_return": "请补充。", "key": "k"}
        answer = client.post(reverse("desk-bulk"), data, follow=True)
        page = answer.content.decode()
        assert "已办理<strong> 2 </strong>篇" in page
        assert "以前可以撤销" in page
        assert [state(report) for report in (one, two, other)] == ["returned", "returned", "in_review"]
        page = client.post(reverse("desk-bulk-undo", args=[Bulk.objects.get().pk]), follow=True).content.decode()
        assert "已全部撤销，单位没有收到通知" in page
        assert state(one) == SubmissionState.IN_REVIEW

    def test_all_that_the_filter_leaves_is_taken(self, editor: User, signed_in: SignIn) -> None:
        county = make_report(make_officer(make_unit(UnitKind.COUNTY, "丙县")))
        university = make_report()
        client = signed_in(editor)
        client.post(reverse("desk-bulk") + "?unit_kind=county", {"all": "1", "act": "adopt", "key": "k"})
        assert (state(county), state(university)) == (SubmissionState.ADOPTED, SubmissionState.IN_REVIEW)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"act": "adopt"}, "没有选中稿件"),
            ({"act": "adopt", "report": list(range(1, 501))}, "一次最多处理200篇，您选了500篇"),
            ({"act": "adopt", "report": ["x", "9" * 30, ""]}, "没有选中稿件"),
            ({"act": "nonsense", "report": [1]}, "请选择要做的事"),
            ({"act": "return", "report": [1]}, "请写明“退回修改”的理由"),
            ({"act": "assign", "report": [1], "editor": "0"}, "请选择把稿件分给哪位编辑"),
        ],
    )
    def test_what_cannot_be_done_is_told_in_a_sentence(
        self, editor: User, signed_in: SignIn, data: dict[str, object], said: str
    ) -> None:
        answer = signed_in(editor).post(reverse("desk-bulk"), data | {"key": "k"})
        assert answer.status_code == 409
        assert said in answer.content.decode()

    def test_a_refused_form_keeps_what_was_ticked_and_typed(self, editor: User, signed_in: SignIn) -> None:
        report = make_report()
        data = {"report": [report.pk], "act": "nonsense", "reason_return": "打了很久的理由", "key": "k"}
        page = signed_in(editor).post(reverse("desk-bulk"), data).content.decode()
        assert "打了很久的理由" in page
        assert f'value="{report.pk}" aria-label="选中《{report}》" checked' in page

    def test_another_person_sees_the_result_and_cannot_undo(self, editor: User, signed_in: SignIn) -> None:
        report = make_report()
        signed_in(editor).post(reverse("desk-bulk"), {"report": [report.pk], "act": "adopt", "key": "k"})
        bulk, other = Bulk.objects.get(), signed_in(make_user(Role.EDITOR))
        assert "本人可以撤销" in other.get(reverse("desk-bulk-result", args=[bulk.pk])).content.decode()
        page = other.post(reverse("desk-bulk-undo", args=[bulk.pk]), follow=True).content.decode()
        assert "只有本人可以撤销" in page
        assert state(report) == SubmissionState.ADOPTED

    def test_who_only_reads_has_no_bar_and_no_way(self, signed_in: SignIn, db: None) -> None:
        report, client = make_report(), signed_in(make_user(Role.REVIEWER))
        assert 'id="bulk"' not in client.get(reverse("desk")).content.decode()
        data = {"report": [report.pk], "act": "adopt", "key": "k"}
        assert client.post(reverse("desk-bulk"), data).status_code == 403

    def test_the_result_of_many_rows_asks_no_more(self, editor: User, signed_in: SignIn) -> None:
        client, officer = signed_in(editor), make_officer()
        counts = []
        for many in (1, 8):
            reports = [make_report(officer).pk for _ in range(many)]
            data = {"report": reports, "act": "adopt", "key": f"k{many}"}
            address = client.post(reverse("desk-bulk"), data)["Location"]
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_one_is_given_to_me_and_the_filter_finds_it(self, editor: User, signed_in: SignIn) -> None:
        mine, other, client = make_report(title="我的一篇"), make_report(title="另外一篇"), signed_in(editor)
        client.post(reverse("desk-assign", args=[mine.pk]), {"editor": editor.pk, "key": "k"})
        page = client.get(reverse("desk"), {"assigned": "me"}).content.decode()
        assert "我的一篇" in page
        assert other.title not in page
        page = client.get(reverse("desk"), {"assigned": "nobody"}).content.decode()
        assert "另外一篇" in page
        assert "我的一篇" not in page


class TestHeld:
    def test_a_return_with_points_is_held_shown_changed_and_sent(self, editor: User, signed_in: SignIn) -> None:
        officer = make_officer()
        report, client = make_report(officer, text="第一段。\n第二段。"), signed_in(editor)
        typed = {
            "decision": "return",
            "reason": "请看各段意见。",
            "wish-1": "写明人数",
            "mark-1": mark_of("第二段。"),
        }
        client.post(reverse("desk-hold", args=[report.pk]), typed)
        page = client.get(reverse("desk-submission", args=[report.pk])).content.decode()
        assert "已暂存：退回修改" in page
        assert "写明人数</textarea>" in page
        assert "请看各段意见。</textarea>" in page
        assert "暂存：退回修改" in client.get(reverse("desk")).content.decode()
        assert "已暂存" not in signed_in(officer).get(reverse("submission", args=[report.pk])).content.decode()
        page = client.post(reverse("desk-held"), {"report": [report.pk], "key": "k"}, follow=True).content.decode()
        assert "发出暂存决定的结果" in page
        assert state(report) == SubmissionState.RETURNED
        assert not HeldDecision.objects.exists()

    def test_points_for_words_that_are_gone_come_back_typed(self, editor: User, signed_in: SignIn) -> None:
        report = make_report(text="只有一段。")
        typed = {"reason": "请改。", "wish-4": "这一段写细", "mark-4": mark_of("从前的一段。")}
        answer = signed_in(editor).post(reverse("desk-act", args=[report.pk, "return"]), typed)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "正文已经变化，第5段" in page
        assert "这一段写细" in page
        assert state(report) == SubmissionState.IN_REVIEW

    def test_empty_lines_count_as_no_paragraphs_beside_which_such_words_could_stand(
        self, editor: User, signed_in: SignIn
    ) -> None:
        report = make_report(text="第一段。\n\n\n\n第二段。")
        typed = {"reason": "请改。", "wish-3": "这一段写细", "mark-3": mark_of("从前的一段。")}
        page = signed_in(editor).post(reverse("desk-act", args=[report.pk, "return"]), typed).content.decode()
        assert "这一段写细" in page

    def test_sending_nothing_is_told(self, editor: User, signed_in: SignIn) -> None:
        answer = signed_in(editor).post(reverse("desk-held"), {"key": "k"})
        assert answer.status_code == 409
        assert "没有选中稿件" in answer.content.decode()

    def test_with_nothing_held_the_page_says_how(self, editor: User, signed_in: SignIn) -> None:
        assert "没有暂存的决定" in signed_in(editor).get(reverse("desk-held")).content.decode()
