from __future__ import annotations

from dataclasses import replace

from bulletins.content import IssueContent
from bulletins.services.content import build_content, content_of
from bulletins.services.entry import add_entry
from portal.accounts.models import User
from tests.bulletins.chain import make_written
from tests.bulletins.published import make_printed
from tests.factories import make_issue


def test_empty_sections_are_left_out_and_the_others_keep_their_order(editor: User) -> None:
    issue = make_issue(editor)
    for name in ("他山之石", "高校动态"):
        add_entry(issue, section=issue.periodical.sections.get(name=name), lead=f"{name}。", text="", by=editor)
    assert [section.name for section in build_content(issue).sections] == ["高校动态", "他山之石"]


def test_before_sign_off_the_number_is_a_proposal(editor: User) -> None:
    assert build_content(make_issue(editor)).label == "拟第1期"


def test_the_digest_is_of_the_words_not_of_number_and_date(editor: User) -> None:
    content = build_content(make_written(editor))
    assert replace(content, label="第9期", printed_on=content.issue_date).digest() == content.digest()
    assert replace(content, report_to="别人").digest() != content.digest()


def test_after_printing_the_frozen_words_carry_the_day_of_printing(editor: User) -> None:
    issue = make_printed()
    content = content_of(issue)
    assert (content.label, content.printed_on) == ("第1期", issue.printed_on)
    assert IssueContent.from_json(content.to_json()) == content
