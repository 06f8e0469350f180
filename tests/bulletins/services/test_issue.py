from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from bulletins.models import Issue, Rendition
from bulletins.queries.issue import public_issues
from bulletins.services import issue as services
from bulletins.services import issue_chain as chain
from bulletins.services.entry import edit_entry
from bulletins.states import IssueState, SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.queries import waiting_for
from portal.jobs.models import Job, JobState
from portal.refusals import Refused, WrongState
from tests.bulletins.chain import approved, make_written, proofed, sent_for_review
from tests.bulletins.published import make_printed, make_signed, office, publish, store_rendition
from tests.factories import make_adopted, make_issue


def test_a_new_issue_starts_from_the_periodicals_masthead_and_waits_for_the_editor(editor: User) -> None:
    issue = make_issue(editor)
    assert (issue.masthead, issue.office) == (issue.periodical.masthead, issue.periodical.office)
    assert issue.state == IssueState.EDITING
    assert issue.number is None
    assert [waiting.what for waiting in waiting_for(editor)] == ["编辑本期"]


def test_only_an_editor_opens_an_issue(reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        make_issue(reviewer)


def test_a_window_that_ends_before_it_starts_is_refused(editor: User) -> None:
    issue = make_issue(editor)
    with pytest.raises(ValidationError, match="早于"):
        services.create_issue(
            periodical=issue.periodical,
            issue_date=date(2024, 12, 2),
            window_start=date(2024, 12, 2),
            window_end=date(2024, 12, 1),
            by=editor,
        )


def test_a_date_before_any_numbering_is_refused_with_a_sentence(editor: User) -> None:
    with pytest.raises(Refused, match="期号规则"):
        make_issue(editor, date(2019, 5, 1))


class TestReview:
    def test_review_needs_a_proof_of_exactly_the_present_words(self, editor: User) -> None:
        issue = proofed(make_written(editor))
        entry = issue.entries.get()
        edit_entry(entry, by=editor, lead="改过。", text=entry.text, version=entry.version)
        with pytest.raises(Refused, match="重新生成校样"):
            chain.send_for_review(issue, by=editor)
        proofed(issue)
        assert chain.send_for_review(issue, by=editor).state == IssueState.AWAITING_REVIEW

    def test_an_empty_issue_is_not_sent(self, editor: User) -> None:
        with pytest.raises(Refused, match="还没有条目"):
            chain.send_for_review(proofed(make_issue(editor)), by=editor)

    def test_words_that_come_back_after_a_change_need_no_new_proof(self, editor: User) -> None:
        issue = proofed(make_written(editor, ("原话。",)))
        entry = issue.entries.get()
        changed = edit_entry(entry, by=editor, lead="改过。", text=entry.text, version=entry.version)
        proofed(issue)
        edit_entry(entry, by=editor, lead="原话。", text=entry.text, version=changed.version)
        assert chain.send_for_review(issue, by=editor).state == IssueState.AWAITING_REVIEW

    def test_who_sends_back_says_why_and_the_editor_may_write_again(self, editor: User, reviewer: User) -> None:
        issue = sent_for_review(make_written(editor))
        with pytest.raises(Refused, match="理由"):
            chain.send_back_issue(issue, by=reviewer, reason=" ")
        chain.send_back_issue(issue, by=reviewer, reason="第二条人数有误")
        assert issue.state == IssueState.EDITING
        assert history(issue).first().reason == "第二条人数有误"  # type: ignore[union-attr]

    def test_the_reviewer_cannot_take_it_back_from_the_issuer(self, editor: User, reviewer: User) -> None:
        issue = approved(make_written(editor))
        with pytest.raises(PermissionDenied):
            chain.send_back_issue(issue, by=reviewer, reason="再想想")
        chain.send_back_issue(issue, by=office(Role.ISSUER), reason="请补充")
        assert issue.state == IssueState.EDITING

    def test_each_link_of_the_chain_is_somebody_elses(self, editor: User, reviewer: User, issuer: User) -> None:
        issue = sent_for_review(make_written(editor))
        for other in (editor, issuer):
            with pytest.raises(PermissionDenied):
                chain.approve_issue(issue, by=other)
        chain.approve_issue(issue, by=reviewer)
        for other in (editor, reviewer):
            with pytest.raises(PermissionDenied):
                chain.sign_issue(issue, by=other)


class TestSigning:
    def test_it_gives_the_number_and_freezes_the_words(self, editor: User, issuer: User) -> None:
        issue = chain.sign_issue(approved(make_written(editor)), by=issuer)
        assert (issue.number, issue.label) == (1, "第1期")
        assert issue.content is not None
        assert issue.content["sections"][0]["entries"][0]["lead"] == "两校一起备课。"
        assert issue.signed_at is not None

    def test_the_next_one_counts_on(self, editor: User) -> None:
        make_signed()
        assert make_signed(date(2024, 12, 16)).label == "第2期"

    def test_its_reports_become_printed(self, editor: User, issuer: User) -> None:
        report = make_adopted(editor)
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        chain.sign_issue(approved(issue), by=issuer)
        report.refresh_from_db()
        assert report.state == SubmissionState.PRINTED

    def test_a_second_click_finds_it_done_and_gives_no_second_number(self, editor: User, issuer: User) -> None:
        issue = approved(make_written(editor))
        chain.sign_issue(issue, by=issuer)
        with pytest.raises(WrongState, match="已签发"):
            chain.sign_issue(issue, by=issuer)
        issue.refresh_from_db()
        assert issue.number == 1

    def test_what_was_shown_must_be_what_is_signed(self, editor: User, issuer: User) -> None:
        issue = approved(make_written(editor))
        with pytest.raises(Refused, match="内容又改过"):
            chain.sign_issue(issue, by=issuer, seen="0" * 64)
        issue.refresh_from_db()
        assert issue.state == IssueState.AWAITING_SIGNATURE
        assert issue.number is None

    @pytest.mark.parametrize("column", ["number = 99", "content = '{}'", "issue_date = '2020-01-01'", "year = 1999"])
    def test_the_database_refuses_to_change_what_was_signed(self, editor: User, column: str) -> None:
        issue = make_signed()
        with (
            pytest.raises(IntegrityError, match="signed issue"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE bulletins_issue SET {column} WHERE id = %s", [issue.pk])  # noqa: S608

    def test_the_database_refuses_to_delete_it(self, editor: User) -> None:
        issue = make_signed()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM bulletins_issue WHERE id = %s", [issue.pk])

    def test_later_edits_of_rows_do_not_reach_the_signed_words(self, editor: User) -> None:
        issue = make_signed(leads=("签发的话。",))
        entry = issue.entries.get()
        with pytest.raises(Refused):
            edit_entry(entry, by=editor, lead="后来的话。", text="", version=entry.version)


class TestPrinting:
    def test_the_date_of_the_imprint_is_fixed_and_the_final_file_ordered(self, editor: User) -> None:
        issue = make_signed(date(2024, 12, 2))
        chain.print_issue(issue, by=editor, printed_on=date(2024, 12, 4))
        assert (issue.state, issue.printed_on) == (IssueState.PRINTED, date(2024, 12, 4))
        assert Job.objects.get(key=f"final:{issue.pk}").state == JobState.QUEUED

    def test_it_is_not_printed_before_its_own_date(self, editor: User) -> None:
        issue = make_signed(date(2024, 12, 2))
        with pytest.raises(Refused, match="早于报头日期"):
            chain.print_issue(issue, by=editor, printed_on=date(2024, 12, 1))
        assert Issue.objects.get(pk=issue.pk).printed_on is None

    def test_the_database_keeps_the_day_of_printing(self, editor: User) -> None:
        issue = make_printed()
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=issue.pk).update(printed_on=date(2025, 1, 1))

    def test_a_failed_final_file_is_tried_again_and_the_number_stays(self, editor: User) -> None:
        issue = make_signed()
        chain.print_issue(issue, by=editor, printed_on=issue.issue_date)
        Job.objects.filter(key=f"final:{issue.pk}").update(state=JobState.FAILED, attempts=5, error="出错")
        job = chain.retry_final(issue, by=editor)
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)
        issue.refresh_from_db()
        assert (issue.number, issue.state) == (1, IssueState.PRINTED)

    def test_a_finished_final_file_is_not_made_again(self, editor: User) -> None:
        with pytest.raises(Refused, match="不会再改动"):
            chain.retry_final(make_printed(), by=editor)

    def test_nothing_is_made_before_printing(self, editor: User) -> None:
        with pytest.raises(Refused, match="还没有印发"):
            chain.retry_final(make_signed(), by=editor)

    def test_who_may_not_print_may_not_retry(self, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            chain.retry_final(make_signed(), by=reviewer)


class TestPublishing:
    def test_it_waits_for_the_final_file(self, editor: User, reviewer: User) -> None:
        issue = make_signed()
        chain.print_issue(issue, by=editor, printed_on=issue.issue_date)
        with pytest.raises(Refused, match="还没有制作完成"):
            chain.publish_issue(issue, by=reviewer)
        store_rendition(issue, Rendition.Kind.FINAL)
        publish(issue)
        assert list(public_issues()) == [issue]

    def test_an_editor_does_not_publish(self, editor: User) -> None:
        with pytest.raises(PermissionDenied):
            chain.publish_issue(make_printed(), by=editor)
