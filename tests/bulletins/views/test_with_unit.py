"""What passes between office and unit on their pages: points ticked, comments answered, texts checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Confirmation, Submission
from bulletins.services.asking_units import ask_unit
from bulletins.services.comments import write_to_unit
from bulletins.services.desk import edit_for_print, return_submission
from bulletins.services.points import Point, mark_of
from bulletins.services.submission import submit_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_issue, make_officer, make_report, make_user

SignIn = Callable[[User], Client]


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def report(officer: User) -> Submission:
    return make_report(officer, text="第一段。\n第二段。")


class TestPoints:
    @pytest.fixture
    def returned(self, report: Submission, editor: User) -> Submission:
        points = [Point(1, mark_of("第二段。"), "写明人数")]
        return return_submission(report, by=editor, reason="请修改。", points=points)

    def test_they_stand_beside_the_text_and_are_ticked_without_leaving_it(
        self, returned: Submission, officer: User, signed_in: SignIn
    ) -> None:
        client, point = signed_in(officer), returned.points.get()
        page = client.get(reverse("submission-edit", args=[returned.pk])).content.decode()
        assert "写明人数" in page
        assert "还有1条没有勾选" in page
        data = {f"answer-{point.pk}": "done", f"reply-{point.pk}": "已写38人"}
        address = reverse("submission-points", args=[returned.pk])
        answer = client.post(address, data, headers={"HX-Request": "true"})
        assert answer.content.decode().strip() == "已保存。"
        point.refresh_from_db()
        assert (point.answer, point.reply) == ("done", "已写38人")

    def test_the_desk_sees_each_ticked_beside_what_changed(
        self, returned: Submission, officer: User, editor: User, signed_in: SignIn
    ) -> None:
        point = returned.points.get()
        data = {f"reply-{point.pk}": "名单还在核"}
        signed_in(officer).post(reverse("submission-points", args=[returned.pk]), data)
        submit_submission(returned, by=officer)
        page = signed_in(editor).get(reverse("desk-submission", args=[returned.pk])).content.decode()
        assert "第1次退回" in page
        assert "未改，已说明" in page
        assert "名单还在核" in page

    def test_an_endless_reply_is_refused_in_place(self, returned: Submission, officer: User, signed_in: SignIn) -> None:
        point = returned.points.get()
        data = {f"answer-{point.pk}": "kept", f"reply-{point.pk}": "长" * 600}
        address = reverse("submission-points", args=[returned.pk])
        answer = signed_in(officer).post(address, data, headers={"HX-Request": "true"})
        assert answer.status_code == 409
        assert "说明有600字" in answer.content.decode()


class TestComments:
    def test_the_unit_reads_and_answers(
        self, report: Submission, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        write_to_unit(report, by=editor, text="活动在哪一天？")
        client, address = signed_in(officer), reverse("submission-answer", args=[report.pk])
        assert "活动在哪一天？" in client.get(reverse("submission", args=[report.pk])).content.decode()
        refused = client.post(address, {"text": "长" * 20_000})
        assert refused.status_code == 409
        assert "长长长长" in refused.content.decode()
        assert "11月5日。" in client.post(address, {"text": "11月5日。"}, follow=True).content.decode()
        page = signed_in(editor).get(reverse("desk-submission", args=[report.pk])).content.decode()
        assert "11月5日。" in page

    def test_a_refused_comment_stays_in_its_field(self, report: Submission, editor: User, signed_in: SignIn) -> None:
        client = signed_in(editor)
        for name in ("desk-discuss", "desk-write"):
            answer = client.post(reverse(name, args=[report.pk]), {"text": "长" * 20_000})
            assert answer.status_code == 409
            assert "请缩短" in answer.content.decode()
            assert "长" * 20_000 in answer.content.decode()


class TestChecking:
    def test_the_unit_sees_only_the_text_and_the_difference_and_says_yes(
        self, report: Submission, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        edit_for_print(report, by=editor, lead="导语。", text="第二段改过。", version=report.version)
        asked = ask_unit(report, by=editor, note="人数对吗")
        client, address = signed_in(officer), reverse("confirmation", args=[asked.pk])
        page = client.get(address).content.decode()
        assert "第二段改过。" in page
        assert "人数对吗" in page
        page = client.post(address, {"answer": "agreed", "lead": "", "text": ""}, follow=True).content.decode()
        assert "已答复：同意" in page

    def test_corrections_stand_beside_and_are_taken_over(
        self, report: Submission, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        edit_for_print(report, by=editor, lead="导语。", text="共30人。", version=report.version)
        asked = ask_unit(report, by=editor)
        words = {"answer": "corrected", "lead": "导语。", "text": "共38人。", "remarks": "人数更正"}
        signed_in(officer).post(reverse("confirmation", args=[asked.pk]), words)
        client = signed_in(editor)
        page = client.get(reverse("desk-submission", args=[report.pk])).content.decode()
        assert "人数更正" in page
        assert "采纳单位的修改" in page
        client.post(reverse("confirmation-take-over", args=[asked.pk]))
        report.refresh_from_db()
        assert report.print_text == "共38人。"

    def test_an_answer_to_older_words_is_marked_so(
        self, report: Submission, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        edit_for_print(report, by=editor, lead="导语。", text="共30人。", version=report.version)
        asked = ask_unit(report, by=editor)
        edit_for_print(report, by=editor, lead="导语。", text="约30人。", version=report.version)
        signed_in(officer).post(reverse("confirmation", args=[asked.pk]), {"answer": "agreed"})
        page = signed_in(editor).get(reverse("desk-submission", args=[report.pk])).content.decode()
        assert "这个答复针对的是较早的文字" in page

    def test_strangers_find_nothing_and_staff_only_read(
        self, report: Submission, editor: User, signed_in: SignIn
    ) -> None:
        address = reverse("confirmation", args=[ask_unit(report, by=editor).pk])
        assert signed_in(make_officer()).get(address).status_code == 404
        staff = signed_in(make_user(Role.STAFF, report.unit))
        assert staff.get(address).status_code == 200
        assert staff.post(address, {"answer": "agreed"}).status_code == 403
        assert Confirmation.objects.get().answer == ""


def test_a_stale_save_of_the_masthead_shows_both_and_overwrites_nothing(editor: User, signed_in: SignIn) -> None:
    issue, client = make_issue(editor), signed_in(editor)
    address = reverse("issue-facts", args=[issue.pk])
    names = ("masthead", "office", "report_to", "copy_to", "version")
    typed = {name: getattr(issue, name) for name in names} | {
        "issue_date": "2024-12-02",
        "window_start": "2020-01-01",
        "window_end": "2099-12-31",
    }
    assert client.post(address, typed | {"office": "同事改的单位"}).status_code == 302
    answer = client.post(address, typed | {"office": "我改的单位"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "同事改的单位" in page
    assert 'value="我改的单位"' in page
    issue.refresh_from_db()
    assert issue.office == "同事改的单位"
    again = client.post(address, typed | {"office": "我改的单位", "version": issue.version})
    assert again.status_code == 302
