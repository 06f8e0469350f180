"""What a meeting leaves behind: minutes, who came, what was decided, and the work that came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from alliances.models import Decision, Invitation, JointMeeting, WorkItem, WorkItemSource
from alliances.services.meeting import LONGEST_MINUTES
from alliances.services.work_item import put_on_list
from alliances.states.meeting import MeetingState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.refusals import Refused


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that was decided, as a form hands it over. ``owner`` None is refused in a sentence."""

    text: str
    owner: Unit | None
    owner_post: str = ""
    due: date | None = None


@transaction.atomic
def write_papers(
    meeting: JointMeeting,
    *,
    by: User,
    minutes: str,
    attendance: Mapping[int, tuple[str, str]],
    decisions: Sequence[Decided],
) -> JointMeeting:
    """Minutes, attendance (by invitation: whether, and who by posts) and decisions of a meeting that was held.

    What has become work already stays. Raises Refused before it was held and once the minutes were sent,
    ValidationError for a decision without an owner.
    """
    locked = JointMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not by.has_perm("alliances.manage_meeting", locked):
        raise PermissionDenied
    if locked.state != MeetingState.HELD:
        raise Refused(f"会议现在是“{locked.get_state_display()}”，不能填写纪要。")
    locked.minutes = minutes.strip()
    if len(locked.minutes) > LONGEST_MINUTES:
        raise ValidationError({"minutes": f"纪要超过{LONGEST_MINUTES}字，请缩短，或作为附件添加。"})
    locked.save(update_fields=["minutes", "updated_at"])
    _write_attendance(locked, attendance)
    _write_decisions(locked, decisions)
    record(locked, "alliances.jointmeeting.papers", "填写纪要", by=by)
    return locked


@transaction.atomic
def make_work_of(decision: Decision, *, by: User) -> WorkItem:
    """转为工作事项: the decision stands on the work list of the pair, of the alliance, or of those who met.

    Raises PermissionDenied for who does not keep the meeting or its pair's list; Refused for what is on it already,
    has no day, or falls to a unit that had no part in a meeting without a pair.
    """
    locked = Decision.objects.select_for_update(of=("self",)).select_related("meeting", "owner").get(pk=decision.pk)
    if not by.has_perm("alliances.make_work_of_meeting", locked.meeting):
        raise PermissionDenied
    if locked.work_item_id is not None:
        raise Refused("这件议定事项已经列入工作清单。")
    if locked.due is None:
        raise Refused("请先给这件议定事项填写完成期限，再列入工作清单。")
    if not _falls_to_who_met(locked) and not by.has_perm("alliances.add_work_items", None):
        raise Refused(f"“{locked.owner}”没有参加这次会议。请先与其商定，或改由参会单位办理。")
    item = WorkItem(
        partnership=locked.meeting.partnership,
        source=WorkItemSource.MEETING,
        title=locked.text,
        owner=locked.owner,
        owner_post=locked.owner_post,
        due=locked.due,
    )
    locked.work_item = put_on_list(item, by=by)
    locked.save(update_fields=["work_item"])
    record(locked.meeting, "alliances.jointmeeting.work", "议定事项列入工作清单", by=by, item=item.pk)
    return item


def _falls_to_who_met(decision: Decision) -> bool:
    """A pair's list checks its owners itself; else it must be somebody invited, or a unit right under one."""
    if decision.meeting.partnership_id is not None:
        return True
    return decision.meeting.invitations.filter(unit__in=[decision.owner_id, decision.owner.parent_id or 0]).exists()


def _write_attendance(meeting: JointMeeting, attendance: Mapping[int, tuple[str, str]]) -> None:
    rows = list(meeting.invitations.filter(pk__in=attendance))
    for row in rows:
        row.attendance, row.people = attendance[row.pk]
        row.full_clean(validate_unique=False)
    Invitation.objects.bulk_update(rows, ["attendance", "people"])


def _write_decisions(meeting: JointMeeting, decisions: Sequence[Decided]) -> None:
    """The rows that are no work yet are written anew, after those that are."""
    kept = meeting.decisions.filter(work_item__isnull=False).count()
    meeting.decisions.filter(work_item__isnull=True).delete()
    for order, row in enumerate(decisions, kept):
        if row.owner is None:
            raise ValidationError({"decisions": f"议定事项“{row.text[:20]}”没有责任单位，请填写由谁办理。"})
        decision = Decision(
            meeting=meeting,
            order=order,
            text=row.text.strip(),
            owner=row.owner,
            owner_post=row.owner_post.strip(),
            due=row.due,
        )
        if decision.due and decision.due < meeting.start:
            raise ValidationError({"decisions": f"议定事项“{decision.text[:20]}”的完成期限早于会议日期，请核对。"})
        decision.full_clean()
        decision.save()
