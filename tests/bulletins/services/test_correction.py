"""更正 and 作废: a number is never used again, and printed words never change."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.content import printed_entries
from bulletins.models import Issue, Submission
from bulletins.queries.correction import corrections_in, corrections_of
from bulletins.queries.issue import public_issues
from bulletins.services.content import content_of
from bulletins.services.correction import correct_issue, void_issue
from bulletins.services.entry import remove_entry
from bulletins.services.issue import assemble_issue
from bulletins.services.issue_chain import publish_issue, sign_issue
from bulletins.states import IssueState, SubmissionState
from portal.accounts.models import User
from portal.refusals import Refused, WrongState
from tests.bulletins.chain import approved
from tests.bulletins.published import make_printed, make_published, make_signed, publish
from tests.factories import make_adopted, make_issue


def correct(issue: Issue, by: User, wrong: str = "12月1日", right: str = "12月2日") -> None:
    correct_issue(issue, by=by, entry_key=printed_entries(content_of(issue))[0].key, wrong=wrong, right=right)


class TestCorrection:
    def test_it_is_printed_in_the_open_issue_and_both_name_the_other(self, editor: User, reviewer: User) -> None:
        old, following = make_published(), make_issue(editor, date(2024, 12, 9))
        correct(old, reviewer)
        entry = following.entries.get()
        assert entry.section.name == "更正"
        assert str(old) in entry.lead
        assert "“12月1日”应为“12月2日”" in entry.text
        assert corrections_of(old).get().notice == entry
        assert corrections_in(following)[f"entry-{entry.pk}"].issue == old

    def test_the_printed_words_stay_and_the_state_says_corrected(self, reviewer: User) -> None:
        issue = make_published()
        before = content_of(issue)
        correct(issue, reviewer)
        issue.refresh_from_db()
        assert issue.state == IssueState.CORRECTED
        assert content_of(issue) == before
        assert list(public_issues()) == [issue]

    def test_without_an_open_issue_it_waits_for_the_next_one(self, editor: User, reviewer: User) -> None:
        correct(make_published(), reviewer)
        assert make_issue(editor, date(2024, 12, 9)).entries.get().section.name == "更正"

    def test_taken_out_of_an_issue_it_waits_again_and_comes_with_the_next_assembling(
        self, editor: User, reviewer: User
    ) -> None:
        following = make_issue(editor, date(2024, 12, 9))
        correct(make_published(), reviewer)
        remove_entry(following.entries.get(), by=editor)
        assemble_issue(following, by=editor)
        assert following.entries.get().section.name == "更正"

    def test_an_issue_can_be_corrected_again(self, reviewer: User) -> None:
        issue = make_published()
        correct(issue, reviewer)
        correct(issue, reviewer, "两校", "三校")
        assert corrections_of(issue).count() == 2

    def test_words_that_were_not_printed_there_cannot_be_corrected(self, reviewer: User) -> None:
        with pytest.raises(ValidationError, match="没有这段文字"):
            correct(make_published(), reviewer, "9月9日")

    def test_a_correction_changes_something(self, reviewer: User) -> None:
        with pytest.raises(ValidationError, match="相同"):
            correct(make_published(), reviewer, right="12月1日")

    def test_an_issue_that_is_not_printed_is_edited_instead(self, reviewer: User) -> None:
        issue = make_signed()
        with pytest.raises(WrongState):
            correct(issue, reviewer)

    def test_an_editor_does_not_publish_corrections(self, editor: User) -> None:
        with pytest.raises(PermissionDenied):
            correct(make_published(), editor)

    def test_corrected_before_it_was_public_it_stays_inside_until_published(self, reviewer: User) -> None:
        issue = make_printed()
        correct(issue, reviewer)
        assert not public_issues().exists()
        publish(issue)
        assert issue.state == IssueState.CORRECTED
        assert list(public_issues()) == [issue]
        with pytest.raises(PermissionDenied):
            publish_issue(issue, by=reviewer)


class TestVoid:
    def test_its_number_is_kept_and_not_given_again(self, editor: User, issuer: User) -> None:
        first = make_signed()
        void_issue(first, by=issuer, reason="印错了期号")
        first.refresh_from_db()
        second = make_signed(date(2024, 12, 9))
        assert (first.state, first.void_reason) == (IssueState.VOIDED, "印错了期号")
        assert second.number == (first.number or 0) + 1

    def test_its_reports_wait_for_another_issue(self, editor: User, issuer: User) -> None:
        report = make_adopted(editor)
        issue = make_issue(editor)
        assemble_issue(issue, by=editor)
        sign_issue(approved(issue), by=issuer)
        report.refresh_from_db()
        assert report.state == SubmissionState.PRINTED
        void_issue(issue, by=issuer, reason="内容有误")
        report = Submission.objects.get(pk=report.pk)
        assert report.state == SubmissionState.ADOPTED
        other = make_issue(editor, date(2024, 12, 9))
        assert [list(entry.submissions.all()) for entry in assemble_issue(other, by=editor)] == [[report]]

    def test_a_correction_that_it_was_to_print_waits_for_the_next(
        self, editor: User, reviewer: User, issuer: User
    ) -> None:
        old, following = make_published(), make_issue(editor, date(2024, 12, 9))
        correct(old, reviewer)
        sign_issue(approved(following), by=issuer)
        void_issue(following, by=issuer, reason="内容有误")
        assert corrections_of(old).get().notice is None

    def test_it_needs_a_reason(self, issuer: User) -> None:
        with pytest.raises(Refused, match="理由"):
            void_issue(make_signed(), by=issuer, reason=" ")

    def test_only_the_issuer_voids(self, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            void_issue(make_signed(), by=reviewer, reason="内容有误")

    def test_it_cannot_be_undone(self, issuer: User, reviewer: User) -> None:
        issue = make_published()
        void_issue(issue, by=issuer, reason="内容有误")
        with pytest.raises(WrongState):
            correct(issue, reviewer)
        with pytest.raises(WrongState):
            void_issue(issue, by=issuer, reason="再来一次")
