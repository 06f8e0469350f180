"""Bulk decisions: the rules of the single ones, a result per row, and undo while nobody has been told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletins.models import Bulk, BulkRow, Decision, Submission
from bulletins.services.assigning import assign_many
from bulletins.services.bulk import MOST_ROWS, decide_many
from bulletins.services.deciding import Order
from bulletins.services.desk import adopt_submission, edit_for_print, reopen_submission
from bulletins.services.entry import place_submission
from bulletins.services.points import Point, mark_of
from bulletins.services.submission import save_draft, withdraw_submission
from bulletins.services.undoing import undo_bulk
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_user

O = BulkRow.Outcome  # noqa: E741


def decide(reports: list[Submission], decision: Decision, by: User, *, reason: str = "", key: str = "k1") -> Bulk:
    return decide_many([Order(report.pk, decision, reason) for report in reports], by=by, key=key, label=decision.label)


def outcomes(bulk: Bulk) -> list[str]:
    return [row.outcome for row in bulk.rows.all()]


def states(*reports: Submission) -> list[str]:
    for report in reports:
        report.refresh_from_db()
    return [report.state for report in reports]


def told(report: Submission) -> int:
    """Messages about a report that people see by now."""
    return Notice.objects.filter(object_id=report.pk, ready_at__lte=timezone.now()).count()


def held_back(report: Submission) -> int:
    return Notice.objects.filter(object_id=report.pk, ready_at__gt=timezone.now()).count()


class TestDeciding:
    def test_several_reports_are_adopted_at_once_and_each_is_recorded(self, editor: User) -> None:
        one, two = make_report(), make_report()
        bulk = decide([one, two], Decision.ADOPT, editor)
        assert outcomes(bulk) == [O.DONE, O.DONE]
        assert states(one, two) == [SubmissionState.ADOPTED] * 2
        assert one.print_text
        row = history(one).first()
        assert row is not None
        assert (row.action, row.data["bulk"]) == ("bulletins.submission.adopt", bulk.pk)

    def test_nobody_is_told_while_it_can_be_undone(self, editor: User) -> None:
        report = make_report()
        decide([report], Decision.DECLINE, editor, reason="与往期重复。")
        assert (told(report), held_back(report)) == (0, 1)

    def test_what_has_moved_on_is_told_in_its_row_and_the_others_are_done(self, editor: User) -> None:
        officer = make_officer()
        good, gone = make_report(), make_report(officer)
        declined = make_report()
        decide([declined], Decision.DECLINE, editor, reason="不合适。", key="before")
        withdraw_submission(gone, by=officer)
        bulk = decide([good, gone, declined], Decision.ADOPT, editor)
        assert outcomes(bulk) == [O.DONE, O.REFUSED, O.REFUSED]
        said = [row.said for row in bulk.rows.all()]
        assert "撤回" in said[1]
        assert "未采用" in said[2]

    def test_a_report_that_stands_in_an_issue_is_not_returned(self, editor: User) -> None:
        report, issue = make_adopted(editor), make_issue(editor)
        place_submission(issue, submission=report, section=issue.periodical.sections.earliest("order"), by=editor)
        bulk = decide([report], Decision.RETURN, editor, reason="请补充。")
        assert outcomes(bulk) == [O.REFUSED]
        assert "取出" in bulk.rows.get().said

    def test_a_return_needs_its_reason_and_may_have_points(self, editor: User) -> None:
        report = make_report(text="第一段。\n第二段。")
        assert outcomes(decide([report], Decision.RETURN, editor)) == [O.REFUSED]
        order = Order(report.pk, Decision.RETURN, "请修改。", (Point(1, mark_of("第二段。"), "写明人数"),))
        decide_many([order], by=editor, key="k2", label="退回")
        assert [(point.quote, point.wish) for point in report.points.all()] == [("第二段。", "写明人数")]

    def test_nothing_chosen_or_too_much_is_refused_in_a_sentence(self, editor: User) -> None:
        with pytest.raises(Refused, match="没有选中稿件"):
            decide_many([], by=editor, key="k", label="采用")
        orders = [Order(pk, Decision.ADOPT) for pk in range(1, 501)]
        with pytest.raises(Refused, match=f"一次最多处理{MOST_ROWS}篇，您选了500篇"):
            decide_many(orders, by=editor, key="k", label="采用")
        assert not Bulk.objects.exists()

    def test_what_does_not_exist_is_passed_over(self, editor: User) -> None:
        report = make_report()
        bulk = decide_many(
            [Order(report.pk, Decision.ADOPT), Order(10**9, Decision.ADOPT)], by=editor, key="k", label="采用"
        )
        assert outcomes(bulk) == [O.DONE]

    def test_the_same_form_sent_twice_is_done_once(self, editor: User) -> None:
        report = make_report()
        first = decide([report], Decision.ADOPT, editor)
        reopen_submission(report, by=editor)
        assert decide([report], Decision.ADOPT, editor) == first
        assert states(report) == [SubmissionState.EDITING]

    def test_a_form_out_of_the_history_with_other_ticks_says_that_nothing_was_done(self, editor: User) -> None:
        first, second = make_report(), make_report()
        decide([first], Decision.ADOPT, editor)
        with pytest.raises(Refused, match="重新勾选"):
            decide([second], Decision.ADOPT, editor)
        with pytest.raises(Refused, match="重新勾选"):
            decide([first], Decision.DECLINE, editor, reason="不合适。")
        assert states(first, second) == [SubmissionState.ADOPTED, SubmissionState.IN_REVIEW]

    @pytest.mark.parametrize("key", ["", "\x00"])
    def test_a_form_without_a_key_is_an_act_of_its_own(self, editor: User, key: str) -> None:
        first, second = make_report(), make_report()
        assert decide([first], Decision.ADOPT, editor, key=key) != decide([second], Decision.ADOPT, editor, key=key)

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.STAFF])
    def test_only_editors_decide(self, db: None, role: Role) -> None:
        report = make_report()
        with pytest.raises(PermissionDenied):
            decide([report], Decision.ADOPT, make_user(role))

    def test_more_rows_cost_no_more_than_their_messages(self, editor: User) -> None:
        few, many = [make_report()], [make_report() for _ in range(6)]
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as one:
            decide(few, Decision.ADOPT, editor, key="a")
        with CaptureQueriesContext(connection) as six:
            decide(many, Decision.ADOPT, editor, key="b")
        apart = ("notices_", "accounts_post", "SAVEPOINT")  # each unit gets messages of its own
        own = [len([q for q in run if not any(word in q["sql"] for word in apart)]) for run in (one, six)]
        assert own[1] - own[0] <= 5  # and for each report it is asked what was joined into it


class TestUndo:
    @pytest.mark.parametrize("decision", [Decision.ADOPT, Decision.RETURN, Decision.DECLINE])
    def test_everything_stands_as_before_and_nobody_was_told(self, editor: User, decision: Decision) -> None:
        report = make_report()
        edit_for_print(report, by=editor, lead="导语。", text="编过的文字。", version=report.version)
        bulk = undo_bulk(decide([report], decision, editor, reason="理由。"), by=editor)
        assert outcomes(bulk) == [O.UNDONE]
        assert states(report) == [SubmissionState.EDITING]
        assert (report.print_lead, report.print_text, report.reason, report.decided_at) == (
            "导语。",
            "编过的文字。",
            "",
            None,
        )
        assert (told(report), held_back(report)) == (0, 0)
        assert [row.what for row in waiting_for(editor)] == ["处理来稿"]

    def test_a_report_nobody_had_opened_is_unopened_again(self, editor: User) -> None:
        report = make_report()
        undo_bulk(decide([report], Decision.ADOPT, editor), by=editor)
        assert states(report) == [SubmissionState.IN_REVIEW]
        assert report.print_text == ""

    def test_points_of_an_undone_return_are_gone_and_it_does_not_count(self, editor: User) -> None:
        report = make_report(text="第一段。")
        point = Point(0, mark_of("第一段。"), "写细些")
        bulk = decide_many([Order(report.pk, Decision.RETURN, "请改。", (point,))], by=editor, key="a", label="退回")
        undo_bulk(bulk, by=editor)
        assert not report.points.exists()
        decide_many([Order(report.pk, Decision.RETURN, "请改。", (point,))], by=editor, key="b", label="退回")
        assert report.points.get().round == 1

    def test_a_row_that_was_placed_meanwhile_stays_and_the_others_go_back(self, editor: User) -> None:
        placed, free, issue = make_report(), make_report(), make_issue(editor)
        bulk = decide([placed, free], Decision.ADOPT, editor)
        place_submission(issue, submission=placed, section=issue.periodical.sections.earliest("order"), by=editor)
        bulk = undo_bulk(bulk, by=editor)
        assert outcomes(bulk) == [O.KEPT, O.UNDONE]
        assert "已编入一期工作动态" in bulk.rows.all()[0].said
        assert states(placed, free) == [SubmissionState.ADOPTED, SubmissionState.IN_REVIEW]
        assert held_back(placed) == 1

    def test_a_unit_that_has_begun_to_write_keeps_its_words(self, editor: User) -> None:
        officer = make_officer()
        report = make_report(officer)
        bulk = decide([report], Decision.RETURN, editor, reason="请改。")
        report.refresh_from_db()
        save_draft(report, by=officer, title=report.title, text="改了。", version=report.version)
        bulk = undo_bulk(bulk, by=editor)
        assert "单位已经开始修改" in bulk.rows.get().said
        assert states(report) == [SubmissionState.RETURNED]

    def test_what_a_colleague_decided_anew_stays(self, editor: User) -> None:
        report = make_report()
        bulk = decide([report], Decision.ADOPT, editor)
        reopen_submission(report, by=editor)
        adopt_submission(report, by=editor)
        assert outcomes(undo_bulk(bulk, by=editor)) == [O.KEPT]

    def test_a_printed_report_stays(self, editor: User) -> None:
        report = make_report()
        bulk = decide([report], Decision.ADOPT, editor)
        Submission.objects.filter(pk=report.pk).update(state=SubmissionState.PRINTED)
        bulk = undo_bulk(bulk, by=editor)
        assert "已编发" in bulk.rows.get().said

    def test_only_who_did_it_undoes_it(self, editor: User) -> None:
        bulk = decide([make_report()], Decision.ADOPT, editor)
        with pytest.raises(Refused, match="只有本人可以撤销"):
            undo_bulk(bulk, by=make_user(Role.EDITOR))

    def test_after_its_time_it_stays(self, editor: User) -> None:
        bulk = decide([make_report()], Decision.ADOPT, editor)
        Bulk.objects.update(undo_until=timezone.now() - timedelta(seconds=1))
        with pytest.raises(Refused, match="已过可以撤销的时间"):
            undo_bulk(bulk, by=editor)

    def test_a_second_time_there_is_nothing_to_undo(self, editor: User) -> None:
        bulk = undo_bulk(decide([make_report()], Decision.ADOPT, editor), by=editor)
        with pytest.raises(Refused, match="已经撤销过"):
            undo_bulk(bulk, by=editor)


class TestAssigning:
    def test_it_waits_for_the_editor_by_name_and_for_nobody_else(self, editor: User) -> None:
        other, report = make_user(Role.EDITOR, name="王编辑"), make_report()
        bulk = assign_many([report.pk], to=other, by=editor, key="k")
        report.refresh_from_db()
        assert (outcomes(bulk), report.assigned_to) == ([O.DONE], other)
        assert not waiting_for(editor).exists()
        assert waiting_for(other).count() == 1
        message = Notice.objects.get(user=other)
        assert message.ready_at > timezone.now()

    def test_undoing_gives_it_back(self, editor: User) -> None:
        other, report = make_user(Role.EDITOR), make_report()
        bulk = undo_bulk(assign_many([report.pk], to=other, by=editor, key="k"), by=editor)
        report.refresh_from_db()
        assert (outcomes(bulk), report.assigned_to) == ([O.UNDONE], None)
        assert waiting_for(editor).count() == 1
        assert not Notice.objects.filter(user=other).exists()

    def test_undoing_leaves_what_a_colleague_gave_to_somebody_else(self, editor: User) -> None:
        first, second, report = make_user(Role.EDITOR), make_user(Role.EDITOR), make_report()
        bulk = assign_many([report.pk], to=first, by=editor, key="k")
        assign_many([report.pk], to=second, by=editor, key="k2")
        assert outcomes(undo_bulk(bulk, by=editor)) == [O.KEPT]
        report.refresh_from_db()
        assert report.assigned_to == second

    def test_who_is_no_editor_is_given_nothing(self, editor: User) -> None:
        with pytest.raises(Refused, match="不是编辑"):
            assign_many([make_report().pk], to=make_user(Role.REVIEWER), by=editor, key="k")

    def test_what_is_decided_needs_nobody(self, editor: User) -> None:
        report = make_report()
        decide([report], Decision.DECLINE, editor, reason="不合适。")
        bulk = assign_many([report.pk], to=editor, by=editor, key="k2")
        assert "未采用" in bulk.rows.get().said
