from __future__ import annotations

from datetime import date

from bulletins.queries.issue import chain_of, issues_for, next_window, records_of, sent_back_with
from bulletins.services import issue_chain as services
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.chain import make_written, sent_for_review
from tests.bulletins.published import make_published, make_signed
from tests.factories import make_issue, make_user


def test_the_desk_sees_all_a_leader_what_is_signed_others_what_is_public(editor: User, officer: User) -> None:
    open_one, signed, public = make_issue(editor), make_signed(), make_published(date(2024, 12, 9))
    leader = make_user(Role.LEADER)
    assert set(issues_for(editor)) == {open_one, signed, public}
    assert set(issues_for(leader)) == {signed, public}
    assert set(issues_for(officer)) == {public}


def test_the_chain_names_who_did_each_link_and_begins_anew_when_sent_back(editor: User, reviewer: User) -> None:
    issue = sent_for_review(make_written(editor))
    assert [(link.label, link.name) for link in chain_of(records_of(issue))][:2] == [
        ("送审", "省办编辑"),
        ("审核通过", ""),
    ]
    services.send_back_issue(issue, by=reviewer, reason="人数不符")
    records = records_of(issue)
    assert all(not link.name for link in chain_of(records))
    back = sent_back_with(issue, records)
    assert back is not None
    assert back.reason == "人数不符"


def test_the_next_window_begins_the_day_after_the_last(editor: User) -> None:
    today = date(2024, 12, 20)
    assert next_window(today) == (date(2024, 12, 1), today)
    periodical = make_issue(editor).periodical
    periodical.issues.update(window_start=date(2024, 11, 1), window_end=date(2024, 12, 5))
    assert next_window(today) == (date(2024, 12, 6), today)
    periodical.issues.update(window_end=date(2025, 1, 31))
    assert next_window(today) == (date(2025, 2, 1), date(2025, 2, 1))
