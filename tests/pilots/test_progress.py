"""正常 / 需关注 / 滞后 follow from milestones, pace and deadline alone."""

from __future__ import annotations

from datetime import date

import pytest

from pilots.progress import Plan, Standing, Step, Thresholds, expected_by, task_progress

LIMITS = Thresholds(late_milestones=2, late_days=30, attention_percent=90, late_percent=60)
START, DUE = date(2024, 9, 1), date(2024, 12, 9)  # a hundred days
TODAY = date(2024, 10, 20)  # the fiftieth


def plan(*steps: Step, reached: int = 0, goal: int | None = None) -> Plan:
    return Plan(START, DUE, steps, goal, "节课" if goal else "", reached)


def test_a_task_without_late_milestones_is_in_order() -> None:
    progress = task_progress(plan(Step("选题", date(2024, 9, 9), date(2024, 9, 8)), Step("磨课", TODAY)), TODAY, LIMITS)
    assert progress.standing == Standing.NORMAL
    assert progress.next_step == Step("磨课", TODAY)
    assert progress.why == ("没有过期的节点，进度符合期限。",)


def test_one_late_milestone_wants_attention_and_is_named() -> None:
    progress = task_progress(plan(Step("选题", date(2024, 10, 10))), TODAY, LIMITS)
    assert progress.standing == Standing.WATCH
    assert progress.why == ("1个节点已过期：“选题”（10天）。",)


def test_two_late_milestones_are_behind() -> None:
    steps = (Step("磨课", date(2024, 10, 19)), Step("选题", date(2024, 10, 10)))
    progress = task_progress(plan(*steps), TODAY, LIMITS)
    assert progress.standing == Standing.BEHIND
    assert progress.why[0].startswith("2个节点已过期：“选题”")


def test_one_milestone_that_is_late_for_long_is_behind() -> None:
    assert task_progress(plan(Step("选题", date(2024, 9, 20))), TODAY, LIMITS).standing == Standing.BEHIND
    assert task_progress(plan(Step("选题", date(2024, 9, 21))), TODAY, LIMITS).standing == Standing.WATCH


def test_a_milestone_done_late_counts_no_more() -> None:
    done = Step("选题", date(2024, 9, 9), date(2024, 10, 1))
    progress = task_progress(plan(done), TODAY, LIMITS)
    assert progress.standing == Standing.NORMAL
    assert progress.why == ("节点已全部完成，可以报请确认。",)


def test_with_all_milestones_done_but_the_goal_not_reached_nobody_is_told_to_hand_it_in() -> None:
    done = Step("选题", date(2024, 9, 9), date(2024, 9, 8))
    assert task_progress(plan(done, goal=20, reached=18), TODAY, LIMITS).why == ("节点已全部完成，目标还差2节课。",)
    assert task_progress(plan(done, goal=20, reached=20), TODAY, LIMITS).why == ("节点已全部完成，可以报请确认。",)


@pytest.mark.parametrize(
    ("reached", "standing"),
    [(9, Standing.NORMAL), (8, Standing.WATCH), (6, Standing.WATCH), (5, Standing.BEHIND)],
)
def test_the_goal_is_measured_by_the_days_gone(reached: int, standing: Standing) -> None:
    progress = task_progress(plan(goal=20, reached=reached), TODAY, LIMITS)
    assert (progress.expected, progress.standing) == (10, standing)


def test_the_sentence_names_goal_what_the_day_asks_and_what_is_there() -> None:
    progress = task_progress(plan(goal=20, reached=5), TODAY, LIMITS)
    assert progress.why == ("目标20节课，按时间应有10节课，已有5节课。",)


def test_the_worst_decides_and_everything_is_told() -> None:
    progress = task_progress(plan(Step("选题", date(2024, 10, 10)), goal=20, reached=1), TODAY, LIMITS)
    assert progress.standing == Standing.BEHIND
    assert len(progress.why) == 2


def test_past_its_deadline_a_task_is_behind_whatever_else() -> None:
    progress = task_progress(plan(), date(2024, 12, 10), LIMITS)
    assert progress.standing == Standing.BEHIND
    assert progress.why == ("已超过完成期限1天，还没有报请确认。",)


def test_on_its_last_day_a_task_is_in_time() -> None:
    assert task_progress(plan(), DUE, LIMITS).standing == Standing.NORMAL


def test_before_it_begins_nothing_is_asked_and_after_its_end_no_more_than_the_goal() -> None:
    assert expected_by(plan(goal=20), date(2024, 8, 1)) == 0
    assert expected_by(plan(goal=20), date(2025, 8, 1)) == 20
    assert expected_by(plan(), TODAY) is None
