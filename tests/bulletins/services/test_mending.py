from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Entry, Issue
from bulletins.queries.checking import examine_issue, tally
from bulletins.services import mending as services
from bulletins.services.entry import add_entry, edit_entry
from bulletins.services.marking import lock_passage
from portal.accounts.models import User
from portal.refusals import Refused
from tests.bulletins.chain import sent_for_review
from tests.factories import make_issue


def issue_of(editor: User, *texts: str) -> Issue:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    for text in texts:
        add_entry(issue, section=section, lead="备课。", text=text, by=editor)
    return issue


def first_fix(issue: Issue, entry: Entry) -> str:
    return next(each.id for each in examine_issue(issue)[entry.pk].findings if each.fix is not None)


def texts(issue: Issue) -> list[str]:
    return list(issue.entries.order_by("position").values_list("text", flat=True))


def test_one_click_mends_one_place_and_another_takes_it_back(editor: User) -> None:
    issue = issue_of(editor, "两校教师,一起备课。会上布署工作。")
    entry = issue.entries.get()
    row = services.mend_finding(entry, finding=first_fix(issue, entry), version=entry.version, by=editor)
    assert texts(issue) == ["两校教师，一起备课。会上布署工作。"]
    assert services.last_mending(issue) == row
    assert services.undo_mending(issue, row, by=editor) == 0
    assert texts(issue) == ["两校教师,一起备课。会上布署工作。"]
    assert services.last_mending(issue) is None


def test_a_stale_click_changes_nothing(editor: User) -> None:
    issue = issue_of(editor, "两校教师,一起备课。")
    entry = issue.entries.get()
    finding = first_fix(issue, entry)
    edit_entry(entry, by=editor, lead="备课。", text="新的，话,备课。", version=1)
    with pytest.raises(Refused, match="已有改动"):
        services.mend_finding(entry, finding=finding, version=1, by=editor)
    assert texts(issue) == ["新的，话,备课。"]


def test_all_of_a_kind_are_mended_at_once_and_taken_back_at_once(editor: User) -> None:
    issue = issue_of(editor, "甲校,乙校备课。", "丙校备课。", "丁校;戊校备课,评课。")
    row = services.mend_all(issue, rule="width", by=editor)
    assert row.data["places"] == 3
    assert texts(issue) == ["甲校，乙校备课。", "丙校备课。", "丁校；戊校备课，评课。"]
    last = issue.entries.order_by("position")[2]
    edit_entry(last, by=editor, lead="备课。", text="同事的话。", version=last.version)
    assert services.undo_mending(issue, row, by=editor) == 1
    assert texts(issue) == ["甲校,乙校备课。", "丙校备课。", "同事的话。"]


def test_twice_undone_is_refused(editor: User) -> None:
    issue = issue_of(editor, "甲校,乙校备课。")
    row = services.mend_all(issue, rule="width", by=editor)
    services.undo_mending(issue, row, by=editor)
    with pytest.raises(Refused, match="已经撤销"):
        services.undo_mending(issue, row, by=editor)


@pytest.mark.parametrize("rule", ["doubled", "listed", "nonsense"])
def test_what_needs_an_eye_is_not_mended_at_once(editor: User, rule: str) -> None:
    with pytest.raises(Refused):
        services.mend_all(issue_of(editor, "教师的的课。"), rule=rule, by=editor)


def test_quoted_and_locked_words_are_left_alone(editor: User) -> None:
    issue = issue_of(editor, "他说：“教师,学生。”甲校,乙校备课;散会。")
    lock_passage(issue.entries.get(), passage="备课;散会", by=editor)
    services.mend_all(issue, rule="width", by=editor)
    assert texts(issue) == ["他说：“教师,学生。”甲校，乙校备课;散会。"]


def test_only_an_editor_mends_and_only_an_open_issue(editor: User, reviewer: User) -> None:
    issue = issue_of(editor, "甲校,乙校备课。")
    with pytest.raises(PermissionDenied):
        services.mend_all(issue, rule="width", by=reviewer)
    row = services.mend_all(issue, rule="width", by=editor)
    sent_for_review(issue)
    with pytest.raises(Refused, match="内容已锁定"):
        services.undo_mending(issue, row, by=editor)


def test_the_badge_counts_what_is_open_and_what_is_surely_wrong(editor: User) -> None:
    issue = issue_of(editor, "甲校,乙校备课。", "丙校备课。")
    counted = tally(examine_issue(issue).values())
    assert (counted.open, counted.serious) == (1, 1)
