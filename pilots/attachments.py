"""Files of tasks (evidence of their milestones) and outputs: who sees and who adds them."""

from __future__ import annotations

from pilots.models import Output, Task
from pilots.queries.output import outputs_for
from pilots.queries.task import tasks_for
from pilots.states.output import OPEN_OUTPUT
from pilots.states.task import OPEN_TASK
from portal.files.registry import register


def task_closed(task: Task) -> str:
    if task.state in OPEN_TASK:
        return ""
    return f"任务现在是“{task.get_state_display()}”，附件不能再改。"


def output_closed(output: Output) -> str:
    if output.state in OPEN_OUTPUT:
        return ""
    return f"成果现在是“{output.get_state_display()}”，附件不能再改。"


register(Task, visible=tasks_for, writable="pilots.change_task", closed=task_closed)
register(Output, visible=outputs_for, writable="pilots.change_output", closed=output_closed)
