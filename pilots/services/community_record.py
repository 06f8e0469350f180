"""Writing what was done in a community: people sent and received, pairs, shared things, and words on a duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Community, CommunityDuty, CommunityRecord, CommunityRecordKind, DutyWords, Membership
from pilots.services.locks import refuse_locked
from portal.accounts.models import Unit, User
from portal.audit.models import record as audit
from portal.periods import Period
from portal.refusals import Refused
from portal.text.official import official_date

Side = CommunityRecordKind.Side
#: More people, lessons or things than this in one line are a slip of the finger.
MOST = 10_000
_FIELDS = ("kind", "giver", "taker", "what", "person", "subject", "number", "start", "end", "days")


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a form or a serializer hands over; see ``models.CommunityRecord``."""

    kind: CommunityRecordKind
    giver: Unit
    what: str
    start: date
    taker: Unit | None = None
    person: str = ""
    subject: str = ""
    number: int = 1
    end: date | None = None
    days: int | None = None


@transaction.atomic
def save_record(
    record: CommunityRecord | None, facts: RecordFacts, *, community: Community, by: User | None
) -> CommunityRecord:
    """Make or change a record. Raises ValidationError with a sentence per field.

    Both schools must be in the community on the first day, and the lead on the side that the kind asks for. Whoever
    writes for the community writes any record, a school those in which it takes part.
    """
    if record is None:
        record = CommunityRecord(community=community, created_by=by)
    else:
        record = CommunityRecord.objects.select_for_update(of=("self",)).select_related("community").get(pk=record.pk)
        _demand(record, by)
        _refuse_certified(record)
    is_new = record.pk is None
    changed = {name: getattr(record, name, None) for name in _FIELDS if is_new or _differs(record, facts, name)}
    for name in changed:
        setattr(record, name, getattr(facts, name))
    _demand(record, by)
    _check(record)
    _refuse_locked(record, changed, by=by)
    record.full_clean(exclude=["created_by"])
    record.save()
    verb = ("create", "登记共同体记录") if is_new else ("update", "修改共同体记录")
    audit(record, f"pilots.communityrecord.{verb[0]}", verb[1], by=by, kind=record.kind.name, number=record.number)
    return record


@transaction.atomic
def drop_record(record: CommunityRecord, *, by: User | None) -> None:
    """It was entered by mistake. What a certificate rests on stays."""
    record = CommunityRecord.objects.select_for_update(of=("self",)).select_related("community").get(pk=record.pk)
    _demand(record, by)
    _refuse_certified(record)
    refuse_locked(record.giver, [record.start], by=by)
    audit(
        record.community,
        "pilots.communityrecord.delete",
        "删除共同体记录",
        by=by,
        record=str(record),
        giver=record.giver.name,
        start=record.start.isoformat(),
    )
    record.delete()


@transaction.atomic
def set_duty_words(
    community: Community, *, duty: CommunityDuty, term: Period, text: str, by: User | None
) -> DutyWords | None:
    """The lead's few words on a duty in a term; none are taken away. Raises PermissionDenied, ValidationError."""
    if by is not None and not by.has_perm("pilots.write_for_community", community):
        raise PermissionDenied
    text = text.strip()
    rows = DutyWords.objects.filter(community=community, duty=duty, term=term.key)
    lead = Membership.objects.filter(community=community, role=Membership.Role.LEAD).select_related("school").first()
    if lead is not None:
        refuse_locked(lead.school, [term.start], by=by)
    before = rows.first()
    if (before.text if before else "") == text:
        return before
    audit(community, "pilots.community.words", "填写任务说明", by=by, duty=duty.name, term=term.key)
    if not text:
        rows.delete()
        return None
    words = before or DutyWords(community=community, duty=duty, term=term.key)
    words.text = text
    words.full_clean()
    words.save()
    return words


def _demand(record: CommunityRecord, by: User | None) -> None:
    if by is not None and not by.has_perm("pilots.write_record", record):
        raise PermissionDenied


def _differs(record: CommunityRecord, facts: RecordFacts, name: str) -> bool:
    return bool(getattr(record, name) != getattr(facts, name))


def _refuse_locked(record: CommunityRecord, before: dict[str, Any], *, by: User | None) -> None:
    """Nothing in a locked term changes. What goes on over terms is only ended: that day and the day before it count."""
    only_ended = set(before) <= {"end", "days"}
    days = [before.get("end"), record.end] if only_ended else [before.get("start"), record.start]
    refuse_locked(record.giver, days, by=by)


def _refuse_certified(record: CommunityRecord) -> None:
    if hasattr(record, "certificate"):
        raise Refused("已据此出具服务证明，这条记录不能再修改或删除。")


def _check(record: CommunityRecord) -> None:
    """Who stands on which side; the plain bounds are the database's."""
    if record.end is not None and record.end < record.start:
        raise ValidationError({"end": "结束日期早于开始日期，请核对。"})
    if record.number > MOST:
        raise ValidationError({"number": f"数量超过{MOST}，请核对。"})
    if record.taker is not None and record.taker == record.giver:
        raise ValidationError({"taker": "派出学校和接收学校不能是同一所。"})
    if record.taker is None and record.kind.shape == CommunityRecordKind.Shape.PEOPLE:
        raise ValidationError({"taker": "请选择接收学校。"})
    if record.days is not None and record.end is not None and record.days > (record.end - record.start).days + 1:
        raise ValidationError({"days": "实际天数超过了起止日期之间的天数，请核对。"})
    held = record.community.memberships.filter(during__contains=record.start)
    roles = dict(held.values_list("school", "role"))
    for field, school in (("giver", record.giver), ("taker", record.taker)):
        if school is not None and school.pk not in roles:
            day = official_date(record.start)
            raise ValidationError({field: f"“{school}”在{day}不在这个共同体中，请核对学校或日期。"})
    lead = Membership.Role.LEAD
    if record.kind.lead_side == Side.SENDS and roles[record.giver_id] != lead:
        raise ValidationError({"giver": f"“{record.kind}”由牵头校派出，请核对学校或类型。"})
    if record.kind.lead_side == Side.RECEIVES and roles.get(record.taker_id or 0) != lead:
        raise ValidationError({"taker": f"“{record.kind}”由牵头校接收，请核对学校或类型。"})
