"""请单位核稿: the text as sent, one answer, and never over newer words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Confirmation, EntrySource, Submission
from bulletins.queries.confirmation import asked_about, asked_of, confirmations_for
from bulletins.services.asking_units import answer_question, ask_about_entry, ask_unit, is_outdated
from bulletins.services.desk import edit_for_print, return_submission
from bulletins.services.entry import add_entry, edit_entry, place_submission, remove_entry
from bulletins.services.merging import merge_entries
from bulletins.services.taking_over import take_over
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.bulletins.published import make_signed
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_user

A = Confirmation.Answer


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def report(officer: User, editor: User) -> Submission:
    report = make_report(officer)
    return edit_for_print(report, by=editor, lead="导语。", text="编过的文字。", version=report.version)


def errands(user: User) -> list[str]:
    return [row.what for row in waiting_for(User.objects.get(pk=user.pk))]


class TestAtTheDesk:
    def test_the_unit_is_asked_about_the_words_as_they_stand(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        asked = ask_unit(report, by=editor, note="人数对吗")
        edit_for_print(report, by=editor, lead="导语。", text="又改了。", version=report.version)
        asked = confirmations_for(officer).get()
        assert (asked.lead, asked.text, asked.note) == ("导语。", "编过的文字。", "人数对吗")
        assert is_outdated(asked)
        assert "核对编发文字" in errands(officer)
        assert Notice.objects.filter(user=officer, subject__startswith="请核对编发文字").count() == 1

    def test_a_yes_settles_it(self, report: Submission, editor: User, officer: User) -> None:
        asked = answer_question(ask_unit(report, by=editor), by=officer, agrees=True)
        assert (asked.answer, asked.answered_by) == (A.AGREED, officer)
        assert "核对编发文字" not in errands(officer)
        assert Notice.objects.filter(user=editor).count() == 1
        with pytest.raises(Refused, match="已经答复过“同意”"):
            answer_question(asked, by=officer, agrees=False, lead="导语。", text="改。")

    def test_corrections_are_taken_over_with_one_click(self, report: Submission, editor: User, officer: User) -> None:
        asked = ask_unit(report, by=editor)
        answer_question(asked, by=officer, agrees=False, lead="导语。", text="改对的文字。", remarks="人数有误")
        take_over(asked, by=editor)
        report.refresh_from_db()
        assert report.print_text == "改对的文字。"
        with pytest.raises(Refused, match="又改过"):
            take_over(asked, by=editor)

    def test_newer_words_of_the_office_are_not_overwritten(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        asked = ask_unit(report, by=editor)
        edit_for_print(report, by=editor, lead="导语。", text="办公室后来改的。", version=report.version)
        answer_question(asked, by=officer, agrees=False, lead="导语。", text="单位改的。")
        with pytest.raises(Refused, match="以免覆盖新的文字"):
            take_over(asked, by=editor)
        report.refresh_from_db()
        assert report.print_text == "办公室后来改的。"

    def test_remarks_alone_are_an_answer_and_nothing_at_all_is_none(
        self, report: Submission, editor: User, officer: User
    ) -> None:
        asked = ask_unit(report, by=editor)
        same: dict[str, Any] = {"by": officer, "agrees": False, "lead": "导语。", "text": "编过的文字。"}
        with pytest.raises(ValidationError, match="文字没有改动"):
            answer_question(asked, **same)
        answer_question(asked, **same, remarks="请删去第二句。")
        with pytest.raises(Refused, match="没有可以采纳的内容"):
            take_over(asked, by=editor)

    def test_asking_again_closes_the_open_question(self, report: Submission, editor: User, officer: User) -> None:
        first = ask_unit(report, by=editor)
        second = ask_unit(report, by=editor)
        first.refresh_from_db()
        assert (first.answer, second.round) == (A.CLOSED, 2)
        assert errands(officer).count("核对编发文字") == 1
        with pytest.raises(Refused, match="不必再答"):
            answer_question(first, by=officer, agrees=True)

    def test_a_return_makes_the_answer_needless(self, report: Submission, editor: User, officer: User) -> None:
        asked = ask_unit(report, by=editor)
        return_submission(report, by=editor, reason="请重写。")
        asked.refresh_from_db()
        assert asked.answer == A.CLOSED
        assert "核对编发文字" not in errands(officer)

    def test_what_stands_in_an_issue_is_asked_about_there(self, editor: User) -> None:
        adopted, issue = make_adopted(editor), make_issue(editor)
        place_submission(issue, submission=adopted, section=issue.periodical.sections.earliest("order"), by=editor)
        with pytest.raises(Refused, match="在编印页面"):
            ask_unit(adopted, by=editor)

    def test_who_may_ask_and_answer(self, report: Submission, editor: User, officer: User) -> None:
        with pytest.raises(PermissionDenied):
            ask_unit(report, by=make_user(Role.REVIEWER))
        asked = ask_unit(report, by=editor)
        for nobody in (make_officer(), editor, make_user(Role.STAFF, report.unit)):
            with pytest.raises(PermissionDenied):
                answer_question(asked, by=nobody, agrees=True)
        answer_question(asked, by=make_user(Role.UNIT_APPROVER, report.unit), agrees=True)


class TestInAnIssue:
    def test_each_unit_of_an_entry_is_asked_about_the_whole_entry(self, editor: User) -> None:
        one, two = make_adopted(editor), make_adopted(editor)
        issue = make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=one, section=section, by=editor)
        EntrySource.objects.create(entry=entry, submission=two)
        asked = ask_about_entry(entry, by=editor)
        assert {row.submission_id for row in asked} == {one.pk, two.pk}
        assert {row.text for row in asked} == {entry.text}

    def test_a_correction_goes_into_the_entry(self, editor: User, officer: User) -> None:
        adopted, issue = make_adopted(editor, officer), make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=adopted, section=section, by=editor)
        (asked,) = ask_about_entry(entry, by=editor)
        answer_question(asked, by=officer, agrees=False, lead="", text="单位改的。")
        take_over(asked, by=editor)
        entry.refresh_from_db()
        assert entry.text == "单位改的。"

    def test_an_entry_edited_meanwhile_is_said_to_be_newer(self, editor: User, officer: User) -> None:
        adopted, issue = make_adopted(editor, officer), make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=adopted, section=section, by=editor)
        ask_about_entry(entry, by=editor)
        edit_entry(entry, by=editor, lead="新导语。", text="新文字。", version=entry.version)
        assert is_outdated(asked_of(adopted).get())

    def test_a_question_asked_at_the_desk_goes_along_into_the_issue(self, editor: User, officer: User) -> None:
        adopted, issue = make_adopted(editor, officer), make_issue(editor)
        asked = ask_unit(adopted, by=editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=adopted, section=section, by=editor)
        answer_question(asked, by=officer, agrees=False, lead=asked.lead, text="单位改的。")
        assert list(asked_about(entry)) == [asked]
        take_over(asked, by=editor)
        entry.refresh_from_db()
        assert entry.text == "单位改的。"

    def test_an_answer_after_merging_is_heard_and_marked_as_older(self, editor: User, officer: User) -> None:
        issue = make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        reports = [make_adopted(editor, officer), make_adopted(editor)]
        entries = [place_submission(issue, submission=each, section=section, by=editor) for each in reports]
        (asked,) = ask_about_entry(entries[0], by=editor)
        merge_entries(issue, entries=[each.pk for each in entries], section=section, by=editor)
        asked = answer_question(asked, by=officer, agrees=True)
        assert asked.answer == A.AGREED
        assert is_outdated(confirmations_for(officer).get())

    def test_an_entry_taken_out_needs_no_answer(self, editor: User, officer: User) -> None:
        adopted, issue = make_adopted(editor, officer), make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        entry = place_submission(issue, submission=adopted, section=section, by=editor)
        (asked,) = ask_about_entry(entry, by=editor)
        remove_entry(entry, by=editor)
        with pytest.raises(Refused, match="不必再"):
            answer_question(asked, by=officer, agrees=True)
        assert "核对编发文字" not in errands(officer)

    def test_an_entry_written_by_hand_has_no_unit_to_ask(self, editor: User) -> None:
        issue = make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        with pytest.raises(Refused, match="编辑撰写"):
            ask_about_entry(add_entry(issue, section=section, lead="导语。", text="", by=editor), by=editor)

    def test_a_signed_issue_asks_nobody(self, editor: User) -> None:
        entry = make_signed().entries.first()
        assert entry is not None
        with pytest.raises(Refused, match="内容已锁定"):
            ask_about_entry(entry, by=editor)
