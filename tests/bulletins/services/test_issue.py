from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bulletins.models import Issue, Rendition
from bulletins.queries.issue import entries_of, public_issues
from bulletins.services import issue as services
from bulletins.services.entry import add_entry, edit_entry, move_entry
from bulletins.services.submission import decline_submission
from bulletins.states import IssueState, SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from portal.inbox.queries import waiting_for
from portal.jobs.models import Job, JobState
from portal.workflow import Refused, WrongState
from tests.bulletins.chain import approved, make_written, proofed, sent_for_review
from tests.bulletins.published import make_printed, make_signed, office, store_rendition
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit


def leads_by_section(issue: Issue) -> list[tuple[str, str]]:
    return [(entry.section.name, entry.lead) for entry in entries_of(issue)]


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


class TestAssembling:
    def test_reports_go_to_the_section_of_their_units_kind_in_official_order(self, editor: User) -> None:
        second = make_unit(UnitKind.UNIVERSITY, "乙大学", official_order=20)
        first = make_unit(UnitKind.UNIVERSITY, "甲大学", official_order=10)
        county = make_unit(UnitKind.COUNTY, "丙县")
        for unit in (second, county, first):
            make_adopted(editor, make_officer(unit), title=f"{unit}开展教研")
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert leads_by_section(issue) == [
            ("高校动态", "甲大学开展教研。"),
            ("高校动态", "乙大学开展教研。"),
            ("市县动态", "丙县开展教研。"),
        ]

    def test_a_prefecture_stands_before_its_counties_and_these_before_the_next_prefecture(self, editor: User) -> None:
        late = make_unit(UnitKind.PREFECTURE, "后市", official_order=2)
        early = make_unit(UnitKind.PREFECTURE, "前市", official_order=1)
        units = [
            late,
            make_unit(UnitKind.COUNTY, "后县", parent=late, official_order=1),
            make_unit(UnitKind.COUNTY, "前二县", parent=early, official_order=9),
            make_unit(UnitKind.COUNTY, "前一县", parent=early, official_order=8),
            early,
        ]
        for unit in units:
            make_adopted(editor, make_officer(unit), title=unit.name)
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["前市。", "前一县。", "前二县。", "后市。", "后县。"]

    def test_a_school_stands_behind_its_county_not_among_the_prefectures(self, editor: User) -> None:
        city = make_unit(UnitKind.PREFECTURE, "某市", official_order=5)
        county = make_unit(UnitKind.COUNTY, "某县", parent=city, official_order=1)
        school = make_unit(UnitKind.SCHOOL, "某校", parent=county, official_order=1)
        other = make_unit(UnitKind.PREFECTURE, "另市", official_order=3)
        for unit in (school, county, city, other):
            make_adopted(editor, make_officer(unit), title=unit.name)
        issue = make_issue(editor)
        services.assemble_issue(issue, by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["另市。", "某市。", "某县。", "某校。"]

    def test_the_reports_of_one_unit_become_one_entry_under_a_lead_that_names_it(self, editor: User) -> None:
        officer = make_officer(make_unit(name="甲大学"))
        make_adopted(editor, officer, title="送教", text="先送教。")
        make_adopted(editor, officer, title="教研", text="后教研。")
        (entry,) = services.assemble_issue(make_issue(editor), by=editor)
        assert entry.lead == "甲大学开展协同提质系列活动。"
        assert entry.text == "先送教。\n后教研。"
        assert entry.sources.count() == 2

    def test_what_is_placed_stays_and_a_second_time_brings_nothing_new(self, editor: User) -> None:
        make_adopted(editor, title="甲")
        issue = make_issue(editor)
        (entry,) = services.assemble_issue(issue, by=editor)
        elsewhere = issue.periodical.sections.get(name="他山之石")
        move_entry(entry, section=elsewhere, position=0, by=editor)
        assert services.assemble_issue(issue, by=editor) == []
        assert leads_by_section(issue) == [("他山之石", "甲。")]

    def test_what_came_in_after_the_window_waits_for_the_next_issue(self, editor: User) -> None:
        make_adopted(editor)
        yesterday = timezone.localdate() - timedelta(days=1)
        issue = make_issue(editor)
        facts = {name: getattr(issue, name) for name in ("masthead", "office", "report_to", "copy_to", "issue_date")}
        services.update_issue(issue, by=editor, window_start=yesterday, window_end=yesterday, **facts)
        assert services.assemble_issue(issue, by=editor) == []

    def test_undecided_and_declined_reports_stay_out(self, editor: User) -> None:
        make_report()
        decline_submission(make_report(), by=editor, reason="与主题无关")
        assert services.assemble_issue(make_issue(editor), by=editor) == []

    def test_new_entries_stand_behind_those_that_were_left_after_taking_out(self, editor: User) -> None:
        issue = make_written(editor, ("一。", "二。", "三。", "四。"))
        for entry in list(entries_of(issue))[:3]:
            entry.delete()
        section = issue.periodical.sections.earliest("order")
        add_entry(issue, section=section, lead="五。", text="", by=editor)
        assert [lead for _, lead in leads_by_section(issue)] == ["四。", "五。"]

    def test_an_issue_sent_for_review_takes_no_more_reports(self, editor: User, reviewer: User) -> None:
        issue = sent_for_review(make_written(editor))
        make_adopted(editor)
        with pytest.raises(Refused, match="内容已锁定"):
            services.assemble_issue(issue, by=editor)

    def test_only_an_editor_assembles(self, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            services.assemble_issue(make_issue(editor), by=reviewer)


class TestReview:
    def test_review_needs_a_proof_of_exactly_the_present_words(self, editor: User) -> None:
        issue = proofed(make_written(editor))
        entry = issue.entries.get()
        edit_entry(entry, by=editor, lead="改过。", text=entry.text, version=entry.version)
        with pytest.raises(Refused, match="重新生成校样"):
            services.send_for_review(issue, by=editor)
        proofed(issue)
        assert services.send_for_review(issue, by=editor).state == IssueState.AWAITING_REVIEW

    def test_an_empty_issue_is_not_sent(self, editor: User) -> None:
        with pytest.raises(Refused, match="还没有条目"):
            services.send_for_review(proofed(make_issue(editor)), by=editor)

    def test_words_that_come_back_after_a_change_need_no_new_proof(self, editor: User) -> None:
        issue = proofed(make_written(editor, ("原话。",)))
        entry = issue.entries.get()
        changed = edit_entry(entry, by=editor, lead="改过。", text=entry.text, version=entry.version)
        proofed(issue)
        edit_entry(entry, by=editor, lead="原话。", text=entry.text, version=changed.version)
        assert services.send_for_review(issue, by=editor).state == IssueState.AWAITING_REVIEW

    def test_who_sends_back_says_why_and_the_editor_may_write_again(self, editor: User, reviewer: User) -> None:
        issue = sent_for_review(make_written(editor))
        with pytest.raises(Refused, match="理由"):
            services.send_back_issue(issue, by=reviewer, reason=" ")
        services.send_back_issue(issue, by=reviewer, reason="第二条人数有误")
        assert issue.state == IssueState.EDITING
        assert history(issue).first().reason == "第二条人数有误"  # type: ignore[union-attr]

    def test_the_reviewer_cannot_take_it_back_from_the_issuer(self, editor: User, reviewer: User) -> None:
        issue = approved(make_written(editor))
        with pytest.raises(PermissionDenied):
            services.send_back_issue(issue, by=reviewer, reason="再想想")
        services.send_back_issue(issue, by=office(Role.ISSUER), reason="请补充")
        assert issue.state == IssueState.EDITING

    def test_each_link_of_the_chain_is_somebody_elses(self, editor: User, reviewer: User, issuer: User) -> None:
        issue = sent_for_review(make_written(editor))
        for other in (editor, issuer):
            with pytest.raises(PermissionDenied):
                services.approve_issue(issue, by=other)
        services.approve_issue(issue, by=reviewer)
        for other in (editor, reviewer):
            with pytest.raises(PermissionDenied):
                services.sign_issue(issue, by=other)


class TestSigning:
    def test_it_gives_the_number_and_freezes_the_words(self, editor: User, issuer: User) -> None:
        issue = services.sign_issue(approved(make_written(editor)), by=issuer)
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
        services.sign_issue(approved(issue), by=issuer)
        report.refresh_from_db()
        assert report.state == SubmissionState.PRINTED

    def test_a_second_click_finds_it_done_and_gives_no_second_number(self, editor: User, issuer: User) -> None:
        issue = approved(make_written(editor))
        services.sign_issue(issue, by=issuer)
        with pytest.raises(WrongState, match="已签发"):
            services.sign_issue(issue, by=issuer)
        issue.refresh_from_db()
        assert issue.number == 1

    def test_what_was_shown_must_be_what_is_signed(self, editor: User, issuer: User) -> None:
        issue = approved(make_written(editor))
        with pytest.raises(Refused, match="内容又改过"):
            services.sign_issue(issue, by=issuer, seen="0" * 64)
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
        services.print_issue(issue, by=editor, printed_on=date(2024, 12, 4))
        assert (issue.state, issue.printed_on) == (IssueState.PRINTED, date(2024, 12, 4))
        assert Job.objects.get(key=f"final:{issue.pk}").state == JobState.QUEUED

    def test_it_is_not_printed_before_its_own_date(self, editor: User) -> None:
        issue = make_signed(date(2024, 12, 2))
        with pytest.raises(Refused, match="早于报头日期"):
            services.print_issue(issue, by=editor, printed_on=date(2024, 12, 1))
        assert Issue.objects.get(pk=issue.pk).printed_on is None

    def test_the_database_keeps_the_day_of_printing(self, editor: User) -> None:
        issue = make_printed()
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=issue.pk).update(printed_on=date(2025, 1, 1))

    def test_a_failed_final_file_is_tried_again_and_the_number_stays(self, editor: User) -> None:
        issue = make_signed()
        services.print_issue(issue, by=editor, printed_on=issue.issue_date)
        Job.objects.filter(key=f"final:{issue.pk}").update(state=JobState.FAILED, attempts=5, error="出错")
        job = services.retry_final(issue, by=editor)
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)
        issue.refresh_from_db()
        assert (issue.number, issue.state) == (1, IssueState.PRINTED)

    def test_a_finished_final_file_is_not_made_again(self, editor: User) -> None:
        with pytest.raises(Refused, match="不会再改动"):
            services.retry_final(make_printed(), by=editor)

    def test_nothing_is_made_before_printing(self, editor: User) -> None:
        with pytest.raises(Refused, match="还没有印发"):
            services.retry_final(make_signed(), by=editor)

    def test_who_may_not_print_may_not_retry(self, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            services.retry_final(make_signed(), by=reviewer)


class TestPublishing:
    def test_it_waits_for_the_final_file(self, editor: User, reviewer: User) -> None:
        issue = make_signed()
        services.print_issue(issue, by=editor, printed_on=issue.issue_date)
        with pytest.raises(Refused, match="还没有制作完成"):
            services.publish_issue(issue, by=reviewer)
        store_rendition(issue, Rendition.Kind.FINAL)
        services.publish_issue(issue, by=reviewer)
        assert list(public_issues()) == [issue]

    def test_an_editor_does_not_publish(self, editor: User) -> None:
        with pytest.raises(PermissionDenied):
            services.publish_issue(make_printed(), by=editor)
