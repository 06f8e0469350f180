from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Entry, PassageLock, Submission
from bulletins.queries.checking import examine_entry, examine_report
from bulletins.queries.marked import locks_of
from bulletins.services import marking as services
from bulletins.services.desk import edit_for_print
from bulletins.services.entry import edit_entry, place_submission, remove_entry
from bulletins.services.merging import merge_entries, restore_entry
from portal.accounts.models import User
from portal.audit.models import history
from portal.refusals import Refused
from tests.bulletins.chain import make_written, sent_for_review
from tests.factories import make_adopted, make_issue, make_report

SAID = "“要把教研做到课堂里去”"
TEXT = f"11月5日，校领导说：{SAID}。教师随后分组备课。"


@pytest.fixture
def entry(editor: User) -> Entry:
    made = make_written(editor).entries.get()
    return edit_entry(made, by=editor, lead="校领导听课。", text=TEXT, version=1)


def placed(editor: User, report: Submission) -> Entry:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    return place_submission(issue, submission=report, section=section, by=editor)


class TestLocking:
    def test_a_save_that_changes_the_passage_is_refused_and_shows_it(self, editor: User, entry: Entry) -> None:
        services.lock_passage(entry, passage=SAID, by=editor)
        changed = TEXT.replace("教研", "教学")
        with pytest.raises(services.PassageChanged, match="要把教研做到课堂里去"):
            edit_entry(entry, by=editor, lead="校领导听课。", text=changed, version=2)
        entry.refresh_from_db()
        assert entry.text == TEXT

    def test_the_words_around_it_may_change(self, editor: User, entry: Entry) -> None:
        services.lock_passage(entry, passage=SAID, by=editor)
        better = TEXT.replace("教师随后分组备课", "教师备课")
        assert edit_entry(entry, by=editor, lead="校领导听课。", text=better, version=2).text == better

    def test_after_release_it_may_change_and_who_released_it_is_kept(self, editor: User, entry: Entry) -> None:
        lock = services.lock_passage(entry, passage=SAID, by=editor)
        services.release_passage(entry, lock, by=editor)
        edit_entry(entry, by=editor, lead="校领导听课。", text="另一段话。", version=2)
        lock.refresh_from_db()
        assert lock.released_by == editor
        assert {row.label for row in history(entry)} == {"锁定原文", "解除锁定"}

    def test_what_does_not_stand_there_cannot_be_locked(self, editor: User, entry: Entry) -> None:
        for passage in ("没有的话", "", "  \n"):
            with pytest.raises(Refused):
                services.lock_passage(entry, passage=passage, by=editor)

    def test_locking_twice_is_locking_once(self, editor: User, entry: Entry) -> None:
        assert services.lock_passage(entry, passage=SAID, by=editor) == services.lock_passage(
            entry, passage=SAID, by=editor
        )

    def test_only_who_edits_locks_and_only_while_words_may_change(self, editor: User, reviewer: User) -> None:
        issue = make_written(editor)
        entry = issue.entries.get()
        with pytest.raises(PermissionDenied):
            services.lock_passage(entry, passage=entry.lead, by=reviewer)
        sent_for_review(issue)
        with pytest.raises(Refused, match="内容已锁定"):
            services.lock_passage(entry, passage=entry.lead, by=editor)


class TestLocksTravel:
    def test_from_the_report_into_the_entry_and_back(self, editor: User) -> None:
        report = make_adopted(editor, title="校领导听课", text=TEXT)
        services.lock_passage(report, passage=SAID, by=editor)
        entry = placed(editor, report)
        with pytest.raises(services.PassageChanged):
            edit_entry(entry, by=editor, lead=entry.lead, text="另一段话。", version=entry.version)
        remove_entry(entry, by=editor)
        assert [lock.passage for lock in locks_of(report)] == [SAID]

    def test_the_desk_refuses_as_well(self, editor: User) -> None:
        report = make_report(title="校领导听课", text=TEXT)
        services.lock_passage(report, passage=SAID, by=editor)
        with pytest.raises(services.PassageChanged):
            edit_for_print(report, by=editor, lead="听课。", text="另一段话。", version=report.version)
        report.refresh_from_db()
        assert report.print_text == ""

    def test_a_passage_lost_in_joining_does_not_block_the_entry(self, editor: User) -> None:
        report = make_adopted(editor, title="校领导听课", text=TEXT)
        services.lock_passage(report, passage="校领导听课。", by=editor)
        entry = placed(editor, report)
        Entry.objects.filter(pk=entry.pk).update(lead="开展系列活动。")
        assert edit_entry(entry, by=editor, lead="新话。", text=TEXT, version=entry.version).lead == "新话。"

    def test_a_lock_goes_with_its_entry(self, editor: User, entry: Entry) -> None:
        services.lock_passage(entry, passage=SAID, by=editor)
        remove_entry(entry, by=editor)
        assert not PassageLock.objects.exists()


def test_marks_made_on_entries_go_into_the_merged_one_and_back(editor: User) -> None:
    issue = make_written(editor, ("一。", "二。"))
    first, second = issue.entries.order_by("position")
    edit_entry(second, by=editor, lead="二。", text="会上布署了工作。", version=second.version)
    services.lock_passage(first, passage="一。", by=editor)
    second.refresh_from_db()
    (finding,) = [each for each in examine_entry(second, "", second.text).findings if each.rule == "listed"]
    services.waive_finding(second, rule=finding.rule, passage=finding.passage, by=editor)
    merged = merge_entries(issue, entries=[first.pk, second.pk], by=editor)
    assert [lock.passage for lock in locks_of(merged)] == ["一。"]
    assert "listed" not in {each.rule for each in examine_entry(merged, merged.lead, merged.text).findings}
    one, two = restore_entry(merged, by=editor)
    assert [len(locks_of(each)) for each in (one, two)] == [1, 0]
    assert examine_entry(two, two.lead, two.text).waived


class TestWaiving:
    def test_a_waived_finding_is_told_with_a_name_and_survives_edits_elsewhere(
        self, editor: User, entry: Entry
    ) -> None:
        text = "会上布署了下一步的工作。"
        (finding,) = [each for each in examine_entry(entry, "", text).findings if each.rule == "listed"]
        services.waive_finding(entry, rule=finding.rule, passage=finding.passage, by=editor)
        examined = examine_entry(entry, "新导语。", "11月6日，开会。" + "\n" + text)
        assert "listed" not in {each.rule for each in examined.findings}
        ((_, waiver),) = examined.waived
        assert waiver.by == editor
        services.take_back_waiver(entry, waiver, by=editor)
        assert "listed" in {each.rule for each in examine_entry(entry, "", text).findings}

    def test_it_says_nothing_about_the_same_slip_elsewhere(self, editor: User, entry: Entry) -> None:
        (finding,) = examine_entry(entry, "", "会上布署了工作。").findings
        services.waive_finding(entry, rule=finding.rule, passage=finding.passage, by=editor)
        assert examine_entry(entry, "", "随后布署了任务。").findings

    def test_it_travels_with_the_report(self, editor: User) -> None:
        report = make_adopted(editor, title="开会", text="会上布署了工作。")
        (finding,) = examine_report(report, "开会。", report.text, []).findings
        services.waive_finding(report, rule=finding.rule, passage=finding.passage, by=editor)
        entry = placed(editor, report)
        assert examine_entry(entry, entry.lead, entry.text).findings == ()
