"""合并编发 with credit, and 恢复原文."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Correction, Entry, Issue, Section, Submission
from bulletins.services.entry import add_entry, edit_entry, move_entry
from bulletins.services.issue import assemble_issue
from bulletins.services.issue_chain import sign_issue
from bulletins.services.joined_words import joined_words
from bulletins.services.merging import merge_entries, merge_reports, restore_entry
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.audit.models import history
from portal.refusals import Refused
from tests.bulletins.chain import approved
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit


@pytest.fixture
def issue(editor: User) -> Issue:
    return make_issue(editor)


def section(issue: Issue, place: int = 0) -> Section:
    return issue.periodical.sections.order_by("order")[place]


def from_units(issue: Issue, editor: User, *names: str) -> list[Entry]:
    """An issue assembled from one adopted report of each of these universities, in official order."""
    for number, name in enumerate(names):
        make_adopted(editor, make_officer(make_unit(name=name, official_order=number)), title=f"{name}开展教研")
    return assemble_issue(issue, by=editor)


def merge(issue: Issue, entries: list[Entry], by: User, **given: Section) -> Entry:
    return merge_entries(issue, entries=[entry.pk for entry in entries], by=by, **given)


class TestMerging:
    def test_every_unit_keeps_its_credit(self, issue: Issue, editor: User) -> None:
        merged = merge(issue, from_units(issue, editor, "甲大学", "乙大学"), editor)
        assert [entry.pk for entry in issue.entries.all()] == [merged.pk]
        assert [report.unit.name for report in merged.submissions.order_by("pk")] == ["甲大学", "乙大学"]
        assert merged.lead == "甲大学、乙大学开展协同提质活动。"
        assert merged.text.splitlines()[0].startswith("甲大学开展教研。")

    def test_each_report_counts_as_printed_after_sign_off(self, issue: Issue, editor: User, issuer: User) -> None:
        merge(issue, from_units(issue, editor, "甲大学", "乙大学"), editor)
        sign_issue(approved(issue), by=issuer)
        assert set(Submission.objects.values_list("state", flat=True)) == {SubmissionState.PRINTED}

    def test_it_stands_where_the_first_stood(self, issue: Issue, editor: User) -> None:
        first, second, third, fourth = from_units(issue, editor, "甲大学", "乙大学", "丙大学", "丁大学")
        merged = merge(issue, [second, fourth], editor)
        assert list(issue.entries.all()) == [first, merged, third]

    def test_across_sections_it_asks_which(self, issue: Issue, editor: User) -> None:
        (entry,) = from_units(issue, editor, "甲大学")
        other = add_entry(issue, section=section(issue, 3), lead="专家谈备课。", text="", by=editor)
        with pytest.raises(Refused, match="哪个栏目"):
            merge(issue, [entry, other], editor)
        assert merge(issue, [entry, other], editor, section=section(issue, 3)).section == section(issue, 3)

    def test_one_is_not_merged(self, issue: Issue, editor: User) -> None:
        with pytest.raises(Refused, match="至少选择两条"):
            merge(issue, from_units(issue, editor, "甲大学"), editor)

    def test_what_is_merged_is_restored_before_it_is_merged_again(self, issue: Issue, editor: User) -> None:
        first, second, third = from_units(issue, editor, "甲大学", "乙大学", "丙大学")
        merged = merge(issue, [first, second], editor)
        with pytest.raises(Refused, match="先对它恢复原文"):
            merge(issue, [merged, third], editor)
        assert issue.entries.count() == 2

    def test_a_correction_is_printed_on_its_own(self, issue: Issue, editor: User) -> None:
        """Merged, it would count as not printed, and be printed a second time."""
        old = make_issue(editor)
        notice = add_entry(issue, section=section(issue), lead="关于上一期的更正。", text="", by=editor)
        said = {"entry_key": "entry-1", "called": "开展教研", "wrong": "12月1日", "right": "12月2日"}
        correction = Correction.objects.create(issue=old, notice=notice, by=editor, **said)
        with pytest.raises(Refused, match="更正"):
            merge(issue, [*from_units(issue, editor, "甲大学"), notice], editor, section=section(issue))
        correction.refresh_from_db()
        assert correction.notice == notice

    def test_entries_of_another_issue_are_refused(self, issue: Issue, editor: User) -> None:
        other = add_entry(make_issue(editor), section=section(issue), lead="别的一期。", text="", by=editor)
        with pytest.raises(Refused, match="不在本期"):
            merge(issue, [*from_units(issue, editor, "甲大学"), other], editor)

    def test_a_whole_that_is_too_long_is_refused(self, issue: Issue, editor: User) -> None:
        texts = ["很" * 16_000, "长" * 16_000]
        rows = [add_entry(issue, section=section(issue), lead="", text=text, by=editor) for text in texts]
        with pytest.raises(Refused, match="请先缩短"):
            merge(issue, rows, editor)

    def test_an_issue_that_is_closed_is_left_alone(self, issue: Issue, editor: User) -> None:
        rows = from_units(issue, editor, "甲大学", "乙大学")
        approved(issue)
        with pytest.raises(Refused, match="已锁定"):
            merge(issue, rows, editor)

    def test_only_editors_merge(self, issue: Issue, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            merge(issue, from_units(issue, editor, "甲大学", "乙大学"), reviewer)


class TestRestoring:
    def test_everything_stands_as_before(self, issue: Issue, editor: User) -> None:
        rows = from_units(issue, editor, "甲大学", "乙大学", "丙大学")
        before = [(row.lead, row.text) for row in rows]
        restore_entry(merge(issue, [rows[0], rows[2]], editor), by=editor)
        after = list(issue.entries.all())
        assert [(row.lead, row.text) for row in after] == before
        assert [[report.unit.name for report in row.submissions.all()] for row in after] == [
            ["甲大学"],
            ["乙大学"],
            ["丙大学"],
        ]

    def test_words_edited_meanwhile_are_kept_in_the_record(self, issue: Issue, editor: User) -> None:
        merged = merge(issue, from_units(issue, editor, "甲大学", "乙大学"), editor)
        edit_entry(merged, by=editor, lead="改过的导语。", text="改过的正文。", version=merged.version)
        restore_entry(merged, by=editor)
        row = history(issue).filter(action="bulletins.entry.restore").get()
        assert row.data["text"] == "改过的正文。"

    def test_several_reports_of_one_unit_that_were_assembled_into_one_are_parted(
        self, issue: Issue, editor: User
    ) -> None:
        officer = make_officer()
        for title in ("联合备课", "送教下乡"):
            make_adopted(editor, officer, title=title)
        (joined,) = assemble_issue(issue, by=editor)
        assert [row.lead for row in restore_entry(joined, by=editor)] == ["联合备课。", "送教下乡。"]

    def test_parts_go_back_to_their_own_sections(self, issue: Issue, editor: User) -> None:
        (entry,) = from_units(issue, editor, "甲大学")
        other = add_entry(issue, section=section(issue, 3), lead="专家谈备课。", text="", by=editor)
        merged = merge(issue, [entry, other], editor, section=section(issue, 3))
        move_entry(merged, section=section(issue, 4), by=editor)
        names = {row.lead: row.section.name for row in restore_entry(merged, by=editor)}
        assert names["专家谈备课。"] == section(issue, 3).name

    def test_a_plain_entry_has_nothing_to_restore(self, issue: Issue, editor: User) -> None:
        (entry,) = from_units(issue, editor, "甲大学")
        with pytest.raises(Refused, match="不是合并编发"):
            restore_entry(entry, by=editor)

    def test_after_sign_off_it_is_too_late(self, issue: Issue, editor: User, issuer: User) -> None:
        merged = merge(issue, from_units(issue, editor, "甲大学", "乙大学"), editor)
        sign_issue(approved(issue), by=issuer)
        with pytest.raises(Refused, match="已锁定"):
            restore_entry(merged, by=editor)


class TestMergingReports:
    def test_reports_are_adopted_placed_and_merged_at_once(self, issue: Issue, editor: User) -> None:
        reports = [make_report(make_officer(make_unit(name=name))) for name in ("甲大学", "乙大学")]
        merged = merge_reports(issue, reports=[report.pk for report in reports], by=editor)
        assert set(merged.submissions.values_list("state", flat=True)) == {SubmissionState.ADOPTED}

    def test_all_of_it_or_nothing(self, issue: Issue, editor: User) -> None:
        placed, report = make_adopted(editor), make_report()
        assemble_issue(issue, by=editor)
        with pytest.raises(Refused, match="不在待编发之列"):
            merge_reports(issue, reports=[placed.pk, report.pk], by=editor)
        report.refresh_from_db()
        assert report.state == SubmissionState.IN_REVIEW

    def test_reports_for_different_sections_ask_which(self, issue: Issue, editor: User) -> None:
        reports = [make_report(), make_report(make_officer(make_unit(UnitKind.COUNTY)))]
        with pytest.raises(Refused, match="哪个栏目"):
            merge_reports(issue, reports=[report.pk for report in reports], by=editor)


class TestOfficialOrder:
    def test_a_second_assembling_puts_new_reports_where_they_belong(self, issue: Issue, editor: User) -> None:
        first, third = (
            make_officer(make_unit(name=name, official_order=at)) for name, at in (("甲大学", 1), ("丙大学", 3))
        )
        make_adopted(editor, first)
        make_adopted(editor, third)
        assemble_issue(issue, by=editor)
        make_adopted(editor, make_officer(make_unit(name="乙大学", official_order=2)))
        assemble_issue(issue, by=editor)
        units = [entry.submissions.get().unit.name for entry in issue.entries.all()]
        assert units == ["甲大学", "乙大学", "丙大学"]

    def test_the_editors_own_order_is_not_disturbed(self, issue: Issue, editor: User) -> None:
        first, second = from_units(issue, editor, "甲大学", "乙大学")
        move_entry(second, section=second.section, position=0, by=editor)
        make_adopted(editor, make_officer(make_unit(name="丙大学", official_order=9)))
        (third,) = assemble_issue(issue, by=editor)
        assert list(issue.entries.all()) == [second, first, third]


@pytest.mark.parametrize(
    ("units", "lead"),
    [(["甲大学"], "甲大学开展协同提质系列活动。"), (["甲", "乙"], "甲、乙开展协同提质活动。"), ([], "")],
)
def test_the_proposed_lead_names_the_units(units: list[str], lead: str) -> None:
    assert joined_words([("甲。", "正文一。"), ("乙。", "正文二。")], units)[0] == lead
