"""Files of activities, tasks (evidence of their milestones), outputs and figures: who sees and who adds them."""

from __future__ import annotations

from pilots.models import Activity, CommunityPlan, ItemScore, Output, ReportedValue, Task
from pilots.queries.activity_list import activities_for
from pilots.queries.assessment import scores_for
from pilots.queries.closing import closing_of
from pilots.queries.community import plans_for
from pilots.queries.output import outputs_for
from pilots.queries.reported import values_for
from pilots.queries.task import tasks_for
from pilots.services.self_assessment import writing_closed
from pilots.states.activity import ActivityState
from pilots.states.output import OPEN_OUTPUT
from pilots.states.task import OPEN_TASK
from portal.files.registry import register


def activity_closed(activity: Activity) -> str:
    return "活动已撤销登记，附件不能再改。" if activity.state == ActivityState.WITHDRAWN else ""


def task_closed(task: Task) -> str:
    if task.state in OPEN_TASK:
        return ""
    return f"任务现在是“{task.get_state_display()}”，附件不能再改。"


def output_closed(output: Output) -> str:
    if output.state in OPEN_OUTPUT:
        return ""
    return f"成果现在是“{output.get_state_display()}”，附件不能再改。"


def value_closed(value: ReportedValue) -> str:
    return "这一期的数据已封存，佐证材料不能再改。" if closing_of(value.key) else ""


register(Activity, visible=activities_for, writable="pilots.link_activity", closed=activity_closed)
register(Task, visible=tasks_for, writable="pilots.change_task", closed=task_closed)
register(Output, visible=outputs_for, writable="pilots.change_output", closed=output_closed)
register(CommunityPlan, visible=plans_for, writable="pilots.write_plan")
register(ItemScore, visible=scores_for, writable="pilots.assess_itself", closed=writing_closed)
register(ReportedValue, visible=values_for, writable="pilots.enter_value", closed=value_closed)
