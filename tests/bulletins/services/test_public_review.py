"""公开审查: a checklist with names before an issue becomes public."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Issue
from bulletins.queries.issue import the_periodical
from bulletins.queries.public_review import checklist_of, open_items
from bulletins.services.issue_chain import publish_issue
from bulletins.services.public_review import keep_items, tick_items
from portal.accounts.models import User
from portal.refusals import Refused
from tests.bulletins.published import make_printed, make_published


def keys(issue: Issue) -> list[int]:
    return [item.pk for item in open_items(issue)]


def test_publishing_waits_for_every_item_and_names_what_is_missing(reviewer: User) -> None:
    issue = make_printed()
    first, *_, last = open_items(issue)
    tick_items(issue, items=keys(issue)[:-1], by=reviewer)
    with pytest.raises(Refused, match=str(last)) as refusal:
        publish_issue(issue, by=reviewer)
    assert str(first) not in str(refusal.value)


def test_two_people_may_share_the_checking_and_each_tick_has_its_name(reviewer: User, issuer: User) -> None:
    issue = make_printed()
    first, *rest = keys(issue)
    tick_items(issue, items=[first], by=reviewer)
    tick_items(issue, items=rest, by=issuer)
    publish_issue(issue, by=issuer)
    assert [checked.tick.by for checked in checklist_of(issue) if checked.tick] == [reviewer] + [issuer] * len(rest)


def test_ones_own_tick_can_be_taken_back_a_colleagues_not(reviewer: User, issuer: User) -> None:
    issue = make_printed()
    first, second, *_ = keys(issue)
    tick_items(issue, items=[first], by=reviewer)
    tick_items(issue, items=[second], by=issuer)
    tick_items(issue, items=[], by=issuer)
    ticked = [checked.item.pk for checked in checklist_of(issue) if checked.tick]
    assert ticked == [first]


def test_a_public_issue_keeps_its_record(reviewer: User) -> None:
    with pytest.raises(Refused, match="已经公开"):
        tick_items(make_published(), items=[], by=reviewer)


def test_an_editor_does_not_review(editor: User) -> None:
    with pytest.raises(PermissionDenied):
        tick_items(make_printed(), items=[], by=editor)


def test_the_office_keeps_the_list(reviewer: User) -> None:
    keep_items(the_periodical(), lines=["图片可以公开", " ", "姓名已核对", "图片可以公开"], by=reviewer)
    issue = make_printed()
    assert [str(item) for item in open_items(issue)] == ["图片可以公开", "姓名已核对"]


@pytest.mark.parametrize("lines", [["字" * 101], [f"第{number}项" for number in range(31)]])
def test_a_list_that_nobody_would_read_is_refused(reviewer: User, lines: list[str]) -> None:
    with pytest.raises(ValidationError):
        keep_items(the_periodical(), lines=lines, by=reviewer)
