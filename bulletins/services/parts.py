"""A report and what was joined into it: parts share its fate, and can be taken out while it is being written."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Submission
from bulletins.notices.collecting import tell_fate, untell_fate
from bulletins.services.saving import locked_submission
from bulletins.states import ALONG, WITH_UNIT, SubmissionState
from pilots.services.activity_row import Row
from portal.accounts.models import User
from portal.refusals import Refused
from portal.workflow import moving, workflow_of


def follow_parts(whole: Submission, by: User) -> None:
    """Bring what was joined into ``whole`` into the state that follows from its own; they are locked in turn."""
    name = ALONG[SubmissionState(whole.state)]
    target = workflow_of(whole).find(name).target
    for part in whole.parts.exclude(state=target).order_by("pk"):
        untell_fate(part)
        with moving(part, name, by=by, whole=whole.pk, title=whole.title) as locked:
            locked.decided_at = whole.decided_at
            locked.reason = whole.reason if whole.state == SubmissionState.DECLINED else ""
        tell_fate(part, whole)


def free_part(part: Submission, *, by: User) -> Submission:
    """移出汇总: it lies at the collecting unit again, as if it had not been joined."""
    with transaction.atomic():
        lock_whole(part)
        with moving(part, "free", by=by) as locked:
            detach(locked)
            if locked.submitted_at is None:  # a draft of the unit's own staff
                locked.state = SubmissionState.HANDED_IN
    return part


def free_parts(whole: Submission, *, by: User) -> None:
    """Free everything that was joined into a draft that is being thrown away."""
    for part in whole.parts.order_by("pk"):
        free_part(part, by=by)


@transaction.atomic
def dissolve(whole: Submission, *, by: User) -> None:
    """Take a consolidated draft apart; its text stays with the collecting unit as an ordinary draft."""
    locked = locked_submission(whole)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    if locked.state not in WITH_UNIT:
        raise Refused(f"汇总稿现在是“{locked.get_state_display()}”，不能拆开。撤回或退回后可以。")
    free_parts(locked, by=by)


def lock_whole(part: Submission) -> None:
    """Lock the report that ``part`` was joined into before the part itself. Raises Refused once it is under way."""
    part.refresh_from_db()
    if part.part_of is None:
        return
    whole = locked_submission(part.part_of)
    if whole.state not in WITH_UNIT:
        raise Refused(f"这篇稿件已汇总到《{whole}》，后者现在是“{whole.get_state_display()}”，不能再移出。")


def detach(part: Submission) -> None:
    """Take the locked ``part`` and its activities out of the report it was joined into; its words stay there."""
    whole = part.part_of
    if whole is None:
        return
    others = whole.parts.exclude(pk=part.pk)
    leaving = set(part.activities.exclude(submissions__in=others).values_list("pk", flat=True))
    whole.activities.remove(*leaving)
    if whole.draft_rows is not None:
        whole.draft_rows = [data for data in whole.draft_rows if Row.from_json(data).activity not in leaving]
        whole.version += 1
        whole.save(update_fields=["draft_rows", "version", "updated_at"])
    part.part_of = None
