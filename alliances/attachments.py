"""Files of agreements (the signed paper), work items (evidence) and plans: who sees and who adds them."""

from __future__ import annotations

from alliances.models import Agreement, JointBody, JointMeeting, Plan, WorkItem
from alliances.queries.agreement import agreements_for
from alliances.queries.body import bodies_for
from alliances.queries.meeting import meetings_for
from alliances.queries.plan import plans_for
from alliances.queries.work_item import work_items_for
from alliances.states.meeting import MeetingState
from alliances.states.plan import PlanState
from alliances.states.work_item import WorkItemState
from portal.files.registry import register


def item_cancelled(item: WorkItem) -> str:
    """Evidence often comes after the work is done; for what was cancelled there is none."""
    return "这项工作已取消，附件不能再改。" if item.state == WorkItemState.CANCELLED else ""


def plan_settled(plan: Plan) -> str:
    """What others have read stays as it was."""
    return "方案已经定稿，附件不能再改；要修改请先点“修订”。" if plan.state == PlanState.SETTLED else ""


def meeting_over(meeting: JointMeeting) -> str:
    """What was sent to all stays as it was sent."""
    if meeting.state in (MeetingState.PLANNED, MeetingState.HELD):
        return ""
    return f"会议现在是“{meeting.get_state_display()}”，附件不能再改。"


register(Agreement, visible=agreements_for, writable="alliances.record_agreement")
register(WorkItem, visible=work_items_for, writable="alliances.do_work_item", closed=item_cancelled)
register(Plan, visible=plans_for, writable="alliances.write_plan", closed=plan_settled)
register(JointMeeting, visible=meetings_for, writable="alliances.manage_meeting", closed=meeting_over)
register(JointBody, visible=bodies_for, writable="alliances.manage_bodies")
