"""Calling a meeting (联席会议、协调会), moving it, holding it, sending its minutes, or cancelling it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import AgendaItem, Invitation, JointBody, JointMeeting, Partnership
from alliances.notices.meeting import tell_invited
from alliances.rules.meeting import hosting_units
from alliances.states.meeting import MeetingState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.refusals import Refused
from portal.workflow import moving, renew_waits, started

LONGEST_MINUTES = 20_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting as a form or a serializer hands it over; ``agenda`` are rows of point and speaker."""

    title: str
    start: date
    end: date | None = None
    kind: str = JointMeeting.Kind.JOINT
    begins_at: time | None = None
    place: str = ""
    body: JointBody | None = None
    agenda: Sequence[tuple[str, str]] = ()


@transaction.atomic
def call_meeting(
    host: Unit,
    planned: Planned,
    *,
    by: User,
    invited: Iterable[Unit] = (),
    partnership: Partnership | None = None,
    minutes: str = "",
) -> JointMeeting:
    """A meeting of ``invited``, of ``host`` and of both sides of ``partnership``; they are told.

    One that is over already is recorded as held, and needs its minutes. Raises PermissionDenied for who may call
    none for ``host``, ValidationError by field.
    """
    if host not in hosting_units(by):
        raise PermissionDenied
    if partnership and not by.has_perm("alliances.work_on_partnership", partnership):
        raise PermissionDenied
    meeting = JointMeeting(host=host, partnership=partnership, created_by=by, minutes=minutes.strip())
    _check_day(planned, meeting.minutes)
    meeting.state = MeetingState.HELD if meeting.minutes else MeetingState.PLANNED
    _write(meeting, planned)
    units = _sides(meeting) | {unit.pk for unit in invited}
    Invitation.objects.bulk_create(Invitation(meeting=meeting, unit_id=pk) for pk in sorted(units))
    started(meeting, "补登会议" if meeting.minutes else "召集会议", by=by)
    if meeting.state == MeetingState.PLANNED:
        tell_invited(meeting, units - {host.pk}, "meeting_called", by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: JointMeeting, planned: Planned, *, by: User, invited: Iterable[Unit]) -> JointMeeting:
    """Move a planned meeting or invite others; everybody concerned is told."""
    locked = _locked(meeting, MeetingState.PLANNED, by=by)
    if (planned.end or planned.start) < timezone.localdate():
        raise ValidationError({"start": "会议日期已经过去。已经召开的，请点“登记召开”；改期的，请填新的日期。"})
    before = (locked.start, locked.end, locked.begins_at, locked.place)
    _write(locked, planned)
    present = set(locked.invitations.values_list("unit", flat=True))
    wanted = _sides(locked) | {unit.pk for unit in invited}
    locked.invitations.filter(unit__in=present - wanted).delete()
    Invitation.objects.bulk_create(Invitation(meeting=locked, unit_id=pk) for pk in sorted(wanted - present))
    record(locked, "alliances.jointmeeting.update", "修改会议", by=by)
    renew_waits(locked)
    tell_invited(locked, wanted - present, "meeting_called", by=by)
    tell_invited(locked, present - wanted, "meeting_not_needed", by=by)
    if before != (locked.start, locked.end, locked.begins_at, locked.place):
        tell_invited(locked, (wanted & present) - {locked.host_id}, "meeting_changed", by=by)
    return locked


def hold_meeting(meeting: JointMeeting, *, by: User) -> JointMeeting:
    """It has taken place: minutes, attendance and decisions can be written."""
    with moving(meeting, "hold", by=by) as locked:
        if locked.start > timezone.localdate():
            raise Refused("还没有到会议日期。提前召开的，请先修改日期。")
    return meeting


def send_minutes(meeting: JointMeeting, *, by: User) -> JointMeeting:
    """纪要已发: all who were invited are told, and minutes and decisions stay as they are."""
    with moving(meeting, "send_minutes", by=by) as locked:
        if not locked.minutes.strip():
            raise Refused("还没有写纪要。请先填写纪要，再发出。")
        locked.minutes_sent_at = timezone.now()
        tell_invited(locked, locked.invitations.values_list("unit", flat=True), "meeting_minutes", by=by)
    return meeting


def cancel_meeting(meeting: JointMeeting, *, by: User, reason: str) -> JointMeeting:
    """It will not take place; all who were invited are told why."""
    with moving(meeting, "cancel", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        invited = locked.invitations.exclude(unit=locked.host).values_list("unit", flat=True)
        tell_invited(locked, invited, "meeting_cancelled", by=by)
    return meeting


def _locked(meeting: JointMeeting, state: str, *, by: User) -> JointMeeting:
    """The row, locked, if ``by`` keeps it and it is in ``state``."""
    locked = JointMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not by.has_perm("alliances.manage_meeting", locked):
        raise PermissionDenied
    if locked.state != state:
        raise Refused(f"会议现在是“{locked.get_state_display()}”，不能再改。")
    return locked


def _check_day(planned: Planned, minutes: str) -> None:
    """A meeting of the past without minutes is a slip, and so are minutes of one to come."""
    today = timezone.localdate()
    if (planned.end or planned.start) < today and not minutes:
        raise ValidationError({"minutes": "会议日期已经过去，补登会议请填写纪要；还没有召开的，请改日期。"})
    if planned.start > today and minutes:
        raise ValidationError({"minutes": "会议还没有召开，纪要请在会后填写。"})
    if len(minutes) > LONGEST_MINUTES:
        raise ValidationError({"minutes": f"纪要有{len(minutes)}字，超过{LONGEST_MINUTES}字，请作为附件添加。"})


def _write(meeting: JointMeeting, planned: Planned) -> None:
    for name in ("title", "start", "kind", "begins_at", "place", "body"):
        value = getattr(planned, name)
        setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    meeting.end = planned.end or planned.start
    meeting.full_clean()
    meeting.save()
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, text=text, speaker=speaker)
        for order, (text, speaker) in enumerate(planned.agenda)
    )


def _sides(meeting: JointMeeting) -> set[int]:
    """Who takes part without being asked: the host, and both sides of the pair."""
    pair = meeting.partnership
    return {meeting.host_id} | ({pair.university_id, pair.county_id} if pair else set())
