"""A community's term in one look: under each duty what was done and what is missing (S2 三)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from pilots.models import (
    Activity,
    Community,
    CommunityDuty,
    CommunityPlan,
    CommunityRecord,
    CommunityRecordKind,
    DutyOffice,
    DutyWords,
    GroupSeat,
    Membership,
    Target,
)
from pilots.queries.community import policy_of
from pilots.queries.community_activities import activities_of
from pilots.queries.standing import Standing, standings_of
from portal.accounts.models import Unit
from portal.measures import Subject
from portal.periods import Period, school_year_of

Side = CommunityRecordKind.Side


@dataclass(slots=True)
class DutyShown:
    """One duty in a term: the area's offices, what was done, the lead's words, and sentences on what is missing."""

    duty: CommunityDuty
    offices: DutyOffice | None = None
    activities: list[Activity] = field(default_factory=list)
    records: list[CommunityRecord] = field(default_factory=list)
    words: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def sessions(self) -> list[tuple[str, int]]:
        """How often each kind of activity took place."""
        count: Counter[str] = Counter()
        for one in self.activities:
            count[str(one.kind)] += one.sessions
        return list(count.items())

    @property
    def totals(self) -> list[tuple[str, int, str]]:
        """Each kind of record with the sum of its numbers and what they are counted in."""
        count: Counter[CommunityRecordKind] = Counter()
        for one in self.records:
            count[one.kind] += one.number
        return [(kind.name, number, kind.measure) for kind, number in count.items()]


@dataclass(frozen=True, slots=True)
class TermShown:
    """What the community's page shows of a term. ``other`` are activities of kinds that belong to no duty."""

    duties: list[DutyShown]
    other: list[Activity]
    plan: CommunityPlan | None
    groups: list[tuple[Unit | None, list[GroupSeat]]]


def term_of_community(community: Community, term: Period, schools: list[Unit]) -> TermShown:
    """``schools`` are those of today, the lead first. A constant number of queries."""
    plan = community.plans.filter(school_year=school_year_of(term.start).key).first()
    groups = groups_of(community, schools)
    duties = {
        duty.pk: DutyShown(duty) for duty in CommunityDuty.objects.prefetch_related("activity_kinds", "record_kinds")
    }
    homes = {kind.pk: shown for shown in duties.values() for kind in shown.duty.activity_kinds.all()}
    other: list[Activity] = []
    for activity in activities_of(community, term).select_related("kind", "unit").prefetch_related("partners"):
        home = homes.get(activity.kind_id or 0)
        (home.activities if home else other).append(activity)
    for record in records_in(community, term):
        duties[record.kind.duty_id].records.append(record)
    for words in DutyWords.objects.filter(community=community, term=term.key):
        duties[words.duty_id].words = words.text
    policy = policy_of(community)
    for office in policy.offices.all() if policy else ():
        duties[office.duty_id].offices = office
    for shown in duties.values():
        shown.missing = _missing(shown, term, plan, groups)
    return TermShown(list(duties.values()), other, plan, groups)


def records_in(community: Community, period: Period) -> QuerySet[CommunityRecord]:
    """Records whose span touches ``period``, the latest first."""
    going_on = Q(end__isnull=True) | Q(end__gte=period.start)
    rows = community.records.filter(going_on, start__lte=period.end)
    return rows.select_related("kind", "giver", "taker", "certificate", "community").order_by("-start", "-pk")


def groups_of(community: Community, schools: list[Unit]) -> list[tuple[Unit | None, list[GroupSeat]]]:
    """The community's own 领导小组 first, then each school's; empty where none is written down. One query."""
    seats: dict[int | None, list[GroupSeat]] = {}
    for seat in community.seats.all():
        seats.setdefault(seat.school_id, []).append(seat)
    return [(None, seats.get(None, [])), *((school, seats.get(school.pk, [])) for school in schools)]


def _missing(
    shown: DutyShown, term: Period, plan: CommunityPlan | None, groups: list[tuple[Unit | None, list[GroupSeat]]]
) -> list[str]:
    """What a duty still wants, in sentences. Nothing recorded is told; whether it is enough, targets say."""
    missing = []
    if shown.duty.is_organising:
        if plan is None or not plan.text:
            missing.append(f"还没有{school_year_of(term.start).label}的规划。")
        without = [school.label if school else "共同体" for school, seats in groups if not seats]
        if without:
            missing.append(f"还没有登记领导小组：{'、'.join(without)}。")
    elif not shown.activities and not shown.records and not shown.words:
        missing.append("本学期还没有记录。")
    sides = {kind.lead_side for kind in shown.duty.record_kinds.all() if kind.lead_side}
    done = {record.kind.lead_side for record in shown.records}
    if Side.SENDS in sides - done and shown.records:
        missing.append("牵头校还没有选派干部教师。")
    if Side.RECEIVES in sides - done and shown.records:
        missing.append("成员校还没有选派人员到牵头校锻炼。")
    return missing


def quotas_of(community: Community, term: Period, today: date) -> list[tuple[Target, Standing]]:
    """Targets that hold for it, with its pace in ``term`` (of one that has ended, at its end)."""
    above = community.area.parent_id
    areas = [community.area_id, *([above] if above else [])]
    if above and community.area.parent and community.area.parent.parent_id:
        areas.append(community.area.parent.parent_id)
    subject = Subject(community.pk, community.name)
    day = min(max(today, term.start), term.end)
    standings = standings_of("community", subject, areas, day)
    return [(target, one) for target, one in standings if target.among in ("", community.kind.name)]


def current_schools(community: Community) -> list[Unit]:
    """Its schools of today as ``with_schools`` has read them, the lead first."""
    memberships: list[Membership] = community.schools_now  # type: ignore[attr-defined]
    return [membership.school for membership in memberships]
