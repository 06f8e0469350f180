from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Entry, Issue
from bulletins.queries.issue import entries_of
from bulletins.queries.submission import unplaced_submissions
from bulletins.services import entry as services
from bulletins.services.saving import StaleSave
from portal.accounts.models import User
from portal.audit.models import history
from portal.refusals import Refused
from tests.bulletins.chain import make_written, sent_for_review
from tests.factories import make_adopted, make_issue, make_report


def leads(issue: Issue, section: str = "") -> list[str]:
    rows = entries_of(issue)
    return [entry.lead for entry in (rows.filter(section__name=section) if section else rows)]


def entry_with(issue: Issue, lead: str) -> Entry:
    return issue.entries.get(lead=lead)


def test_an_entry_can_be_written_by_hand_into_any_section(editor: User) -> None:
    issue = make_issue(editor)
    section = issue.periodical.sections.get(name="专家引领")
    services.add_entry(issue, section=section, lead="专家谈备课。", text="要点有三。", by=editor)
    assert leads(issue, "专家引领") == ["专家谈备课。"]


@pytest.mark.parametrize(
    ("lead", "text"), [("", "  \n"), ("长" * 201, "正文"), ("", "字" * 30_001), ("", "有\x00字符")]
)
def test_words_that_cannot_be_printed_are_refused(editor: User, lead: str, text: str) -> None:
    issue = make_issue(editor)
    with pytest.raises(ValidationError):
        services.add_entry(issue, section=issue.periodical.sections.earliest("order"), lead=lead, text=text, by=editor)


class TestEditing:
    def test_a_save_on_top_of_an_older_copy_overwrites_nothing(self, editor: User) -> None:
        entry = make_written(editor).entries.get()
        services.edit_entry(entry, by=editor, lead="同事的话。", text="", version=1)
        with pytest.raises(StaleSave) as caught:
            services.edit_entry(entry, by=editor, lead="我的话。", text="", version=1)
        assert caught.value.current.lead == "同事的话。"
        entry.refresh_from_db()
        assert (entry.lead, entry.version) == ("同事的话。", 2)

    def test_saving_the_same_words_again_is_no_conflict(self, editor: User) -> None:
        entry = make_written(editor).entries.get()
        services.edit_entry(entry, by=editor, lead="新话。", text="", version=1)
        assert services.edit_entry(entry, by=editor, lead="新话。", text="", version=1).version == 2

    def test_an_entry_taken_out_meanwhile_is_told(self, editor: User) -> None:
        entry = make_written(editor).entries.get()
        Entry.objects.filter(pk=entry.pk).delete()
        with pytest.raises(Refused, match="已被同事取出"):
            services.edit_entry(entry, by=editor, lead="新话。", text="", version=1)

    def test_after_sending_for_review_words_stay(self, editor: User) -> None:
        issue = sent_for_review(make_written(editor))
        with pytest.raises(Refused, match="内容已锁定"):
            services.edit_entry(issue.entries.get(), by=editor, lead="新话。", text="", version=1)

    def test_the_reviewer_does_not_edit(self, editor: User, reviewer: User) -> None:
        with pytest.raises(PermissionDenied):
            services.edit_entry(make_written(editor).entries.get(), by=reviewer, lead="新话。", text="", version=1)


class TestMoving:
    @pytest.mark.parametrize(
        ("position", "order"),
        [
            (0, ["三。", "一。", "二。"]),
            (1, ["一。", "三。", "二。"]),
            (99, ["一。", "二。", "三。"]),
            (None, ["一。", "二。", "三。"]),
        ],
    )
    def test_within_its_section(self, editor: User, position: int | None, order: list[str]) -> None:
        issue = make_written(editor, ("一。", "二。", "三。"))
        third = entry_with(issue, "三。")
        services.move_entry(third, section=third.section, position=position, by=editor)
        assert leads(issue) == order

    def test_to_another_section_between_its_entries(self, editor: User) -> None:
        issue = make_written(editor, ("一。", "二。"))
        other = issue.periodical.sections.get(name="他山之石")
        for lead in ("甲。", "乙。"):
            services.add_entry(issue, section=other, lead=lead, text="", by=editor)
        services.move_entry(entry_with(issue, "一。"), section=other, position=1, by=editor)
        assert leads(issue, "他山之石") == ["甲。", "一。", "乙。"]
        assert leads(issue, "省级动态") == ["二。"]

    def test_up_and_down_stop_at_the_ends(self, editor: User) -> None:
        issue = make_written(editor, ("一。", "二。"))
        services.shift_entry(entry_with(issue, "一。"), step=-1, by=editor)
        assert leads(issue) == ["一。", "二。"]
        services.shift_entry(entry_with(issue, "一。"), step=1, by=editor)
        assert leads(issue) == ["二。", "一。"]
        services.shift_entry(entry_with(issue, "一。"), step=1, by=editor)
        assert leads(issue) == ["二。", "一。"]

    def test_only_an_editor_moves(self, editor: User, issuer: User) -> None:
        entry = make_written(editor).entries.get()
        with pytest.raises(PermissionDenied):
            services.move_entry(entry, section=entry.section, by=issuer)


class TestPlacingAndTakingOut:
    def test_a_report_becomes_an_entry_where_it_was_put(self, editor: User) -> None:
        issue = make_written(editor, ("一。", "二。"))
        report = make_adopted(editor, title="新到")
        section = issue.periodical.sections.earliest("order")
        entry = services.place_submission(issue, submission=report, section=section, position=1, by=editor)
        assert leads(issue) == ["一。", "新到。", "二。"]
        assert list(entry.submissions.all()) == [report]

    def test_a_report_stands_in_one_issue_only(self, editor: User) -> None:
        report = make_adopted(editor)
        first, second = make_issue(editor), make_issue(editor)
        section = first.periodical.sections.earliest("order")
        services.place_submission(first, submission=report, section=section, by=editor)
        with pytest.raises(Refused, match="不在待编发之列"):
            services.place_submission(second, submission=report, section=section, by=editor)

    def test_what_is_not_adopted_is_not_placed(self, editor: User) -> None:
        issue = make_issue(editor)
        section = issue.periodical.sections.earliest("order")
        with pytest.raises(Refused):
            services.place_submission(issue, submission=make_report(), section=section, by=editor)

    def test_taking_out_frees_the_reports_and_keeps_the_words_in_the_record(self, editor: User) -> None:
        issue = make_issue(editor)
        report = make_adopted(editor, title="取出试试")
        section = issue.periodical.sections.earliest("order")
        entry = services.place_submission(issue, submission=report, section=section, by=editor)
        services.remove_entry(entry, by=editor)
        assert list(unplaced_submissions(issue)) == [report]
        row = history(issue).filter(action="bulletins.entry.remove").get()
        assert row.data["lead"] == "取出试试。"
        assert row.data["submissions"] == [report.pk]
