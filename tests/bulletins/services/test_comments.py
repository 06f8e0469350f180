"""Comments: what is said inside the office reaches no unit, by no way; what is said to a unit it can answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from bulletins.models import OfficeComment, Submission
from bulletins.queries.comment import office_comments, unit_comments
from bulletins.services.comments import LONGEST_COMMENT, answer_office, discuss, write_to_unit
from bulletins.services.desk import return_submission
from bulletins.services.entry import place_submission, remove_entry
from bulletins.services.submission import withdraw_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_user

SignIn = Callable[[User], Client]
WORD, REST = "内部暗语甲乙丙", "别处没有的后半句"


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def report(officer: User) -> Submission:
    return make_report(officer)


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("subject", flat=True))


class TestInside:
    def test_who_is_mentioned_gets_a_message_ticked_or_typed(
        self, report: Submission, editor: User, reviewer: User, issuer: User
    ) -> None:
        discuss(report, by=editor, text="@省办审核 请看第二段。", mentions=[issuer.pk])
        assert len(told(reviewer)) == len(told(issuer)) == 1
        assert told(editor) == []
        comment = office_comments(editor, report).get()
        assert set(comment.mentions.all()) == {reviewer, issuer}

    def test_a_mention_of_somebody_who_cannot_read_it_is_refused(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        User.objects.filter(pk=officer.pk).update(name="刘信息")
        with pytest.raises(Refused, match="刘信息看不到内部讨论"):
            discuss(report, by=editor, text="@刘信息 请改。")
        discuss(report, by=editor, text="找人@一下。", mentions=[officer.pk])
        assert not Notice.objects.filter(user=officer).exists()

    def test_a_longer_name_that_begins_alike_is_meant_as_it_stands(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        User.objects.filter(pk=officer.pk).update(name="张三")
        colleague = make_user(Role.REVIEWER, name="张三丰")
        discuss(report, by=editor, text="@张三丰请看。")
        assert len(told(colleague)) == 1

    @pytest.mark.parametrize(("text", "said"), [("  ", "请先写下内容"), ("长" * 20_000, f"超过{LONGEST_COMMENT}字")])
    def test_nothing_and_too_much_are_refused(self, report: Submission, editor: User, text: str, said: str) -> None:
        with pytest.raises(Refused, match=said):
            discuss(report, by=editor, text=text)

    def test_on_an_issue_and_its_entries_and_after_an_entry_is_gone(self, editor: User) -> None:
        issue, adopted = make_issue(editor), make_adopted(editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=adopted, section=section, by=editor)
        discuss(issue, by=editor, text="整期太长。")
        discuss(entry, by=editor, text="这一条太长。")
        assert office_comments(editor, entry).count() == 1
        remove_entry(entry, by=editor)
        assert office_comments(editor, issue).count() == 2

    def test_only_the_desk_writes_and_reads(self, report: Submission, editor: User, officer: User) -> None:
        for nobody in (officer, make_user(Role.LEADER), make_user(Role.AUDITOR), make_user(Role.ADMIN)):
            with pytest.raises(PermissionDenied):
                discuss(report, by=nobody, text="说一句。")
        discuss(report, by=editor, text="说一句。")
        assert not office_comments(officer, report).exists()
        assert not office_comments(make_user(Role.LEADER), report).exists()

    def test_nothing_of_it_reaches_the_unit_by_any_way(
        self, report: Submission, editor: User, reviewer: User, officer: User, signed_in: SignIn
    ) -> None:
        discuss(report, by=editor, text=f"{WORD}，{REST}", mentions=[reviewer.pk, officer.pk])
        write_to_unit(report, by=editor, text="请补图。")
        return_submission(report, by=editor, reason="请修改。")
        client = signed_in(officer)
        addresses = [
            reverse("submission", args=[report.pk]),
            reverse("submission-edit", args=[report.pk]),
            reverse("submission-preview", args=[report.pk]),
            reverse("submissions"),
            reverse("home"),
            reverse("waiting"),
            reverse("notices"),
            reverse("search") + f"?q={WORD}",
            reverse("api-submission", args=[report.pk]),
            reverse("api-submissions") + f"?text={WORD}",
        ]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert REST not in answer.content.decode(), address
        for address in ("desk-submission", "desk-discuss"):
            assert client.get(reverse(address, args=[report.pk])).status_code in (404, 405)
        assert not Notice.objects.filter(user=officer, body__contains=REST).exists()
        assert not any(REST in message.body for message in mail.outbox)
        assert OfficeComment.objects.count() == 1


class TestToTheUnit:
    def test_the_officer_is_told_and_answers(self, report: Submission, editor: User, officer: User) -> None:
        write_to_unit(report, by=editor, text="活动在哪一天？")
        assert len(told(officer)) == 1
        answer = answer_office(report, by=officer, text="11月5日。")
        assert answer.from_unit
        assert len(told(editor)) == 1
        assert [comment.text for comment in unit_comments(officer, report)] == ["活动在哪一天？", "11月5日。"]

    def test_others_see_and_say_nothing(self, report: Submission, editor: User) -> None:
        write_to_unit(report, by=editor, text="活动在哪一天？")
        stranger = make_officer()
        assert not unit_comments(stranger, report).exists()
        with pytest.raises(PermissionDenied):
            answer_office(report, by=stranger, text="不知道。")
        with pytest.raises(PermissionDenied):
            write_to_unit(report, by=make_user(Role.AUDITOR), text="说一句。")

    def test_without_a_word_from_the_office_there_is_nothing_to_answer(self, report: Submission, officer: User) -> None:
        with pytest.raises(Refused, match="不需要答复"):
            answer_office(report, by=officer, text="在吗？")

    def test_people_of_the_unit_can_be_mentioned_and_nobody_else(
        self, report: Submission, editor: User, reviewer: User
    ) -> None:
        writer = make_user(Role.STAFF, report.unit, name="王老师")
        write_to_unit(report, by=editor, text="@王老师 请补照片。")
        assert len(told(writer)) == 1
        with pytest.raises(Refused, match="省办审核看不到"):
            write_to_unit(report, by=editor, text="@省办审核 看看。")

    def test_a_report_that_was_taken_back_is_written_about_no_more(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        withdraw_submission(report, by=officer)
        with pytest.raises(Refused, match="撤回"):
            write_to_unit(report, by=editor, text="活动在哪一天？")
