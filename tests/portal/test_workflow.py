"""The one way in which anything changes state, tried on reports: table, permission, record, what waits."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.models import Submission
from bulletins.services.desk import adopt_submission, decline_submission, return_submission
from bulletins.states import ISSUE_TRANSITIONS, SUBMISSION_TRANSITIONS, IssueState, SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for
from portal.refusals import Refused, WrongState
from portal.workflow import Transition, available, check, moving
from tests.factories import make_draft, make_officer, make_report, make_user

pytestmark = pytest.mark.django_db


class MayAnything:
    """Somebody whom no permission stops."""

    def has_perm(self, permission: str, obj: object) -> bool:
        return True


@pytest.mark.parametrize("table", [SUBMISSION_TRANSITIONS, ISSUE_TRANSITIONS], ids=["reports", "issues"])
def test_a_table_names_each_move_once_and_knows_only_states_there_are(table: tuple[Transition, ...]) -> None:
    states = {*SubmissionState.values} if table is SUBMISSION_TRANSITIONS else {*IssueState.values}
    assert len({row.name for row in table}) == len(table)
    for row in table:
        assert {*row.sources, row.target, *row.others} <= states
        assert row.sources
    first = next(iter(SubmissionState.values if table is SUBMISSION_TRANSITIONS else IssueState.values))
    assert states == {first} | {row.target for row in table}, "every state but the first can be reached"


@pytest.mark.parametrize(
    ("state", "row"), list(product(SubmissionState.values, SUBMISSION_TRANSITIONS)), ids=lambda value: str(value)[:40]
)
def test_a_move_is_possible_from_its_sources_and_refused_from_every_other_state(state: str, row: Transition) -> None:
    """The permission is settled first, so that only the state decides here."""
    report = Submission(state=state)

    anybody = cast(User, MayAnything())
    if state in row.sources:
        check(report, row, by=anybody, reason="理由")
    else:
        with pytest.raises(WrongState, match="刷新页面"):
            check(report, row, by=anybody, reason="理由")


def test_who_lacks_the_permission_is_refused_before_the_state_is_told(officer: User) -> None:
    report = make_report(officer)
    with pytest.raises(PermissionDenied):
        adopt_submission(report, by=officer)
    report.refresh_from_db()
    assert report.state == SubmissionState.IN_REVIEW


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_return_without_a_reason_is_refused_and_leaves_no_trace(editor: User, reason: str) -> None:
    report = make_report()
    rows = history(report).count()
    with pytest.raises(Refused, match="理由"):
        return_submission(report, by=editor, reason=reason)
    report.refresh_from_db()
    assert report.state == SubmissionState.IN_REVIEW
    assert history(report).count() == rows


@pytest.mark.parametrize(("reason", "sentence"), [("请补充。" * 600, "理由有2400字"), ("请补\x00充。", "无法识别")])
def test_a_reason_without_end_or_sense_is_refused_in_a_sentence(editor: User, reason: str, sentence: str) -> None:
    report = make_report()
    with pytest.raises(Refused, match=sentence):
        return_submission(report, by=editor, reason=reason)
    report.refresh_from_db()
    assert report.state == SubmissionState.IN_REVIEW


def test_a_move_leaves_who_what_from_where_to_where_and_why(editor: User) -> None:
    report = make_report()
    return_submission(report, by=editor, reason="请补充参加人数。")
    entry = history(report)[0]
    assert (entry.by, entry.by_name, entry.label) == (editor, editor.name, "退回修改")
    assert (entry.from_state, entry.to_state) == (SubmissionState.IN_REVIEW, SubmissionState.RETURNED)
    assert entry.reason == "请补充参加人数。"


def test_the_second_of_two_decisions_is_told_that_the_first_was_quicker(editor: User) -> None:
    report = make_report()
    stale = Submission.objects.get(pk=report.pk)
    decline_submission(report, by=editor, reason="与上一期重复。")
    with pytest.raises(WrongState, match="未采用"):
        return_submission(Submission.objects.get(pk=stale.pk), by=editor, reason="请修改。")


def test_what_waits_moves_from_the_desk_to_the_unit_and_away(editor: User, officer: User) -> None:
    report = make_report(officer)
    assert [row.what for row in waiting_for(editor)] == ["处理来稿"]
    assert not waiting_for(officer).exists()
    return_submission(report, by=editor, reason="请补充。")
    assert not waiting_for(editor).exists()
    assert [row.what for row in waiting_for(officer)] == ["修改后重报"]


def test_nothing_is_written_when_the_service_fails_in_the_middle(editor: User) -> None:
    report = make_report()
    before = (history(report).count(), Waiting.objects.count())

    def fail_in_the_middle() -> Any:
        with moving(report, "adopt", by=editor) as locked:
            locked.title = "改到一半"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    report.refresh_from_db()
    assert report.state == SubmissionState.IN_REVIEW
    assert report.title != "改到一半"
    assert (history(report).count(), Waiting.objects.count()) == before


def test_buttons_are_read_off_the_table_for_the_person_and_the_state(editor: User) -> None:
    officer = make_officer()
    report = make_report(officer)
    assert [row.name for row in available(report, editor)] == ["adopt", "return", "decline"]
    assert [row.name for row in available(report, officer)] == ["withdraw"]
    assert available(report, make_user(Role.AUDITOR)) == []
    assert [row.name for row in available(make_draft(make_officer()), editor)] == []
