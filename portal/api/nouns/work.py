"""Activities, tasks with their outputs, and targets with their pace."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from pilots.models import Activity, Indicator, Output, Target, Task
from pilots.pace import PaceState
from pilots.queries.activity_list import activities_for
from pilots.queries.output import outputs_for
from pilots.queries.standing import Overview, Standing, overviews
from pilots.queries.standing_seen import standings_for
from pilots.queries.target import indicators, targets_for
from pilots.queries.task import progress_of, tasks_for, with_progress
from pilots.services import activity, activity_answer, output, task_progress
from portal.accounts.models import User
from portal.api.noun import Computed, Noun, acts


def _sentences(**given: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), **given)


class PaceSerializer(serializers.Serializer[Any]):
    """How one thing stands against a target."""

    id = serializers.IntegerField(source="subject.pk", help_text="单位或共同体的编号")
    name = serializers.CharField(source="subject.name", help_text="名称")
    state = serializers.CharField(source="pace.state", help_text="进展")
    state_label = serializers.CharField(source="pace.state.label", help_text="进展（文字）")
    reached = serializers.FloatField(source="pace.reached", allow_null=True, help_text="已完成")
    expected = serializers.FloatField(source="pace.expected", help_text="到今天应完成")
    forecast = serializers.FloatField(source="pace.forecast", allow_null=True, help_text="按现在的进度到期末预计")
    days_left = serializers.IntegerField(source="pace.days_left", help_text="距截止的天数")
    words = serializers.CharField(source="pace.words", help_text="用文字说")


def _task_standing(rows: Sequence[Any], user: User) -> dict[int, dict[str, Any]]:
    today = timezone.localdate()
    found = {}
    for row in rows:
        progress = progress_of(row, today)
        found[row.pk] = {
            "reached": row.reached,
            "standing": str(progress.standing) if progress else None,
            "standing_label": progress.standing.label if progress else None,
            "why": list(progress.why) if progress else [],
        }
    return found


def _target_pace(rows: Sequence[Any], user: User) -> dict[int, dict[str, Any]]:
    shown = overviews(rows)
    seen = standings_for(user, shown)
    return {one.target.pk: _summed_up(one, seen[one.target.pk]) for one in shown}


def _summed_up(one: Overview, seen: Sequence[Standing]) -> dict[str, Any]:
    return {
        "period": one.period.label,
        "pace_state": str(one.state),
        "pace_label": PaceState(one.state).label,
        "total": one.total,
        "total_unit": one.total_unit,
        "holds_for": len(one.standings),
        "behind": len(one.late),
        "standings": seen,
    }


WORK = (
    Noun(
        "activities",
        "活动",
        Activity,
        activities_for,
        fields=(
            "unit",
            "kind",
            "state",
            "start",
            "end",
            "is_approximate",
            "sessions",
            "place",
            "about",
            "partners",
            "other_partners",
            "batches",
        ),
        filters={name: name for name in ("unit", "kind", "state")}
        | {"batch": "batches", "partner": "partners", "team": "expert_teams"},
        day="start",
        area="unit",
        text=("place", "about"),
        detail=("days", "recorded_at", "answer_due"),
        inside={"head_counts": ("who", "number", "measure", "exactness", "is_total")},
        acts=acts(
            {
                "confirm": activity_answer.confirm_activity,
                "object": activity_answer.object_to_activity,
                "settle": activity_answer.settle_activity,
                "withdraw": activity.withdraw_activity,
            }
        ),
    ),
    Noun(
        "tasks",
        "五个一批任务",
        Task,
        lambda user: with_progress(tasks_for(user)),
        fields=("title", "batch", "unit", "state", "start", "due", "goal", "goal_word", "done_on"),
        filters={"batch": "batch", "unit": "unit", "state": "state", "partner": "partners", "school": "schools"},
        day="due",
        area="unit",
        text=("title", "description"),
        detail=("description", "partners", "schools"),
        inside={"milestones": ("what", "due", "done_on", "evidence")},
        acts=acts(
            {
                "start": task_progress.start_task,
                "hand_in": task_progress.hand_in_task,
                "take_back": task_progress.take_back_task,
                "confirm": task_progress.confirm_task,
                "send_back": task_progress.send_back_task,
                "reopen": task_progress.reopen_task,
                "cancel": task_progress.cancel_task,
                "resume": task_progress.resume_task,
            }
        ),
        computed=Computed(
            {
                "reached": (serializers.IntegerField, "已确认的成果数"),
                "standing": (serializers.CharField, "进展，由节点和进度算出"),
                "standing_label": (serializers.CharField, "进展（文字）"),
                "why": (_sentences, "为什么"),
            },
            _task_standing,
        ),
    ),
    Noun(
        "outputs",
        "成果",
        Output,
        outputs_for,
        fields=("name", "kind", "unit", "task", "state", "day", "school", "subject", "people", "link"),
        filters={name: name for name in ("kind", "unit", "task", "state", "school")} | {"batch": "kind__batch"},
        day="day",
        area="unit",
        text=("name", "people", "subject"),
        detail=("data",),
        acts=acts(
            {
                "propose": output.propose_again,
                "confirm": output.confirm_output,
                "send_back": output.send_back_output,
                "publish": output.publish_output,
                "hide": output.hide_output,
                "withdraw": output.withdraw_output,
                "strike": output.strike_output,
            }
        ),
    ),
    Noun(
        "indicators",
        "指标",
        Indicator,
        lambda user: indicators() if user.has_perm("pilots.view_targets") else indicators().none(),
        fields=(
            "code",
            "name",
            "definition",
            "clause",
            "direction",
            "unit",
            "is_ratio",
            "period_kind",
            "force",
            "usual_value",
            "is_active",
        ),
        filters={name: name for name in ("code", "period_kind", "force", "is_active")},
        text=("name", "definition"),
    ),
    Noun(
        "targets",
        "目标",
        Target,
        targets_for,
        fields=("indicator", "area", "among", "value", "force", "during", "basis"),
        filters={"indicator": "indicator", "force": "force"},
        area="area",
        computed=Computed(
            {
                "period": (serializers.CharField, "现在计算的时间段"),
                "pace_state": (serializers.CharField, "进展"),
                "pace_label": (serializers.CharField, "进展（文字）"),
                "total": (serializers.FloatField, "合计"),
                "total_unit": (serializers.CharField, "合计的单位"),
                "holds_for": (serializers.IntegerField, "对多少个单位或共同体有效"),
                "behind": (serializers.IntegerField, "其中滞后的个数"),
            },
            _target_pace,
        ),
        computed_detail=Computed({"standings": (partial(PaceSerializer, many=True), "每个单位或共同体的进展")}),
    ),
)
