"""Held decisions: the desk's own until they are sent together, with a result per row."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import BulkRow, Decision, HeldDecision
from bulletins.queries.desk import held_for
from bulletins.queries.submission import unit_history
from bulletins.services.desk import adopt_submission, decline_submission
from bulletins.services.held import drop_held, hold_decision, send_held
from bulletins.services.points import Point, mark_of
from bulletins.services.submission import submit_submission, withdraw_submission
from bulletins.services.undoing import undo_bulk
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_report, make_user

TEXT = "第一段。\n第二段。"
POINT = Point(0, mark_of("第一段。"), "写明时间")


def test_nothing_leaves_the_desk_while_it_is_held(editor: User) -> None:
    officer = make_officer()
    report = make_report(officer)
    hold_decision(report, by=editor, decision=Decision.DECLINE, reason="与往期重复。")
    report.refresh_from_db()
    assert (report.state, report.reason) == (SubmissionState.IN_REVIEW, "")
    assert not Notice.objects.exists()
    assert "hold" not in " ".join(unit_history(report).values_list("action", flat=True))
    assert not held_for(officer).exists()
    assert held_for(editor).count() == 1


def test_it_can_be_changed_and_dropped(editor: User) -> None:
    report = make_report(text=TEXT)
    hold_decision(report, by=editor, decision=Decision.RETURN, reason="请改。", points=[POINT])
    hold_decision(report, by=make_user(Role.EDITOR), decision=Decision.ADOPT)
    held = HeldDecision.objects.get()
    assert (held.decision, held.points) == ("adopt", [])
    drop_held(report, by=editor)
    with pytest.raises(Refused, match="没有暂存的决定"):
        drop_held(report, by=editor)


def test_several_are_sent_together_each_with_its_own_reason(editor: User) -> None:
    adopted, returned, declined = make_report(), make_report(text=TEXT), make_report()
    hold_decision(adopted, by=editor, decision=Decision.ADOPT)
    hold_decision(returned, by=editor, decision=Decision.RETURN, reason="请改。", points=[POINT])
    hold_decision(declined, by=editor, decision=Decision.DECLINE, reason="不合适。")
    bulk = send_held([adopted.pk, returned.pk, declined.pk], by=editor, key="k")
    assert {row.outcome for row in bulk.rows.all()} == {BulkRow.Outcome.DONE}
    for report, state, reason in (
        (adopted, SubmissionState.ADOPTED, ""),
        (returned, SubmissionState.RETURNED, "请改。"),
        (declined, SubmissionState.DECLINED, "不合适。"),
    ):
        report.refresh_from_db()
        assert (report.state, report.reason) == (state, reason)
    assert returned.points.get().wish == "写明时间"
    assert not HeldDecision.objects.exists()


def test_what_moved_on_meanwhile_is_told_in_its_row_and_stays_held(editor: User) -> None:
    officer = make_officer()
    anew, decided = make_report(officer), make_report()
    for report in (anew, decided):
        hold_decision(report, by=editor, decision=Decision.ADOPT)
    withdraw_submission(anew, by=officer)
    submit_submission(anew, by=officer)
    decline_submission(decided, by=editor, reason="不合适。")
    assert list(HeldDecision.objects.values_list("submission", flat=True)) == [anew.pk]
    bulk = send_held([anew.pk], by=editor, key="k")
    row = bulk.rows.get()
    assert (row.outcome, "又重新报送过" in row.said) == (BulkRow.Outcome.REFUSED, True)
    assert HeldDecision.objects.count() == 1


def test_undoing_holds_them_again(editor: User) -> None:
    report = make_report(text=TEXT)
    hold_decision(report, by=editor, decision=Decision.RETURN, reason="请改。", points=[POINT])
    undo_bulk(send_held([report.pk], by=editor, key="k"), by=editor)
    held = HeldDecision.objects.get()
    assert (held.decision, held.reason, len(held.points)) == ("return", "请改。", 1)
    assert not Notice.objects.filter(ready_at__lte=timezone.now()).exists()


def test_only_what_could_be_decided_now_is_held(editor: User) -> None:
    report = make_report(text=TEXT)
    with pytest.raises(Refused, match="理由"):
        hold_decision(report, by=editor, decision=Decision.RETURN)
    gone = Point(7, mark_of("没有这一段。"), "改")
    with pytest.raises(Refused, match="正文已经变化，第8段"):
        hold_decision(report, by=editor, decision=Decision.RETURN, reason="请改。", points=[gone])
    adopt_submission(report, by=editor)
    with pytest.raises(WrongState):
        hold_decision(report, by=editor, decision=Decision.ADOPT)
    with pytest.raises(PermissionDenied):
        hold_decision(make_report(), by=make_user(Role.REVIEWER), decision=Decision.ADOPT)


def test_what_the_database_has_no_place_for_is_dropped_from_a_held_point(editor: User) -> None:
    report = make_report(text=TEXT)
    points = [Point(0, POINT.mark, "写明\x00时间"), Point(1, mark_of("第二段。"), "\x00")]
    hold_decision(report, by=editor, decision=Decision.RETURN, reason="请改。", points=points)
    assert [point["wish"] for point in HeldDecision.objects.get().points] == ["写明时间"]
