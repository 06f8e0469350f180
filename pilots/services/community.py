"""Founding, renaming and ending a community. History is kept: nothing that held is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pilots.models import Community, CommunityKind, Membership
from pilots.notices.community import tell_community_ended, tell_founded
from pilots.services.membership import check_schools, in_another, lies_in, locked_community
from portal.accounts.models import Unit, User
from portal.audit.models import Entry, entry_of, record, record_all
from portal.refusals import Refused
from portal.saving import AT_ONCE, sentence_of
from portal.text.official import official_date

#: What the constraint ``community_name_once`` says, and what is said where another was quicker.
NAME_TAKEN = sentence_of(Community, "community_name_once")
QUICKER = "同名的共同体，或其中的学校，刚刚由别人登记。请重新核对。"


@transaction.atomic
def found_community(
    *,
    kind: CommunityKind,
    area: Unit,
    name: str,
    lead: Unit,
    members: Sequence[Unit],
    since: date,
    by: User | None,
) -> Community:
    """A new community 1+N of ``area`` from ``since`` on (S2 三（一）: N is one or more).

    Raises ValidationError with a sentence per field: no member, the lead among the members, a school closed, of
    another area, or in a community of this kind already; an area in which none of them lies.
    PermissionDenied for whom the area is not.
    """
    writer = CommunityWriter(by=by)
    writer.put(kind=kind, area=area, name=name, lead=lead, members=members, since=since)
    (community,) = writer.write()
    return community


class CommunityWriter:
    """Communities of many rows: each is checked as it comes, all are written together."""

    def __init__(self, *, by: User | None) -> None:
        self._by = by
        self._waiting: list[tuple[Community, list[Membership]]] = []
        self._named: dict[int, list[tuple[str, DateRange]]] = {}
        self._placed: dict[tuple[int, int], tuple[str, DateRange]] = {}

    def put(
        self, *, kind: CommunityKind, area: Unit, name: str, lead: Unit, members: Sequence[Unit], since: date
    ) -> None:
        """A new one. Raises as :func:`found_community` does; then nothing of it waits to be written."""
        members = list({school.pk: school for school in members}.values())
        community = Community(kind=kind, area=area, name=name.strip(), during=DateRange(since, None))
        self._check(community, lead, members)
        self._check_name(community)
        self._check_places(community, [lead], "lead")
        self._check_places(community, members, "members")
        roles = [(lead, Membership.Role.LEAD), *((school, Membership.Role.MEMBER) for school in members)]
        held = [
            Membership(community=community, kind=kind, school=school, role=role, during=community.during)
            for school, role in roles
        ]
        self._named[area.pk].append((community.name, community.during))
        self._placed |= {(kind.pk, one.school_id): (community.name, community.during) for one in held}
        self._waiting.append((community, held))

    @transaction.atomic
    def write(self) -> list[Community]:
        """Store what waits, in its order, and tell the schools."""
        waiting, self._waiting = self._waiting, []
        try:
            with transaction.atomic():
                communities = Community.objects.bulk_create([community for community, _ in waiting], AT_ONCE)
                Membership.objects.bulk_create([one for _, held in waiting for one in held], AT_ONCE)
        except IntegrityError as error:
            raise ValidationError({"name": [QUICKER]}) from error
        record_all(_founded(community, held, by=self._by) for community, held in waiting)
        for community, held in waiting:
            tell_founded(community, held, by=self._by)
        return communities

    def _check(self, community: Community, lead: Unit, members: Sequence[Unit]) -> None:
        if self._by is not None and not self._by.has_perm("pilots.found_community", community.area):
            raise PermissionDenied
        if not community.name:
            raise ValidationError({"name": "请填写共同体的名称。"})
        if not members:
            raise ValidationError({"members": "共同体至少要有一所成员校，请选择。"})
        if lead in members:
            raise ValidationError({"members": f"“{lead}”是牵头校，不能同时作成员校，请从成员校中去掉。"})
        check_schools(community.area, [lead], field="lead", by=self._by)
        check_schools(community.area, members, field="members", by=self._by)
        if self._by is not None and not any(lies_in(school, community.area) for school in (lead, *members)):
            raise ValidationError({"area": f"所选的学校都不在{community.area}，请选它们所在的县；跨县的选设区市。"})
        community.clean_fields(exclude=("kind", "area"))

    def _check_name(self, community: Community) -> None:
        """The names of an area are looked up once for all rows."""
        area = community.area_id
        if area not in self._named:
            self._named[area] = list(Community.objects.filter(area=area).values_list("name", "during"))
        if any(name == community.name and _meet(during, community.during) for name, during in self._named[area]):
            raise ValidationError({"name": [NAME_TAKEN]})

    def _check_places(self, community: Community, schools: Sequence[Unit], field: str) -> None:
        """The sentence for what the database would refuse: a school in two communities of a kind."""
        kind = community.kind
        found = Membership.objects.filter(kind=kind, school__in=schools, during__overlap=community.during)
        other = {one.school_id: one.community.name for one in found.select_related("community")}
        for school in schools:
            name, during = self._placed.get((kind.pk, school.pk), ("", None))
            if where := other.get(school.pk) or (name if during and _meet(during, community.during) else ""):
                raise ValidationError({field: [in_another(school, where, kind)]})


def _meet(one: DateRange, other: DateRange) -> bool:
    """Whether two times, each half-open, have a day in common."""
    return (one.upper is None or one.upper > other.lower) and (other.upper is None or other.upper > one.lower)


def _founded(community: Community, held: Sequence[Membership], *, by: User | None) -> Entry:
    lead, *members = [one.school.name for one in held]
    data = {"since": community.during.lower.isoformat(), "lead": lead, "members": members}
    return entry_of(community, "pilots.community.found", "建立共同体", by=by, data=data)


@transaction.atomic
def rename_community(community: Community, *, name: str, by: User | None) -> None:
    """Another name for it. Raises ValidationError where the area has one of that name."""
    found = locked_community(community, by=by)
    before, found.name = found.name, name.strip()
    if not found.name:
        raise ValidationError({"name": "请填写共同体的名称。"})
    if before == found.name:
        return
    found.full_clean()
    found.save()
    record(found, "pilots.community.rename", "共同体更名", by=by, before=before, after=found.name)


@transaction.atomic
def end_community(community: Community, *, last_day: date, reason: str, by: User | None) -> None:
    """End it and all its memberships; ``last_day`` is the last day on which they hold."""
    found = locked_community(community, by=by)
    end = last_day + timedelta(days=1)
    if not reason.strip():
        raise Refused("请写明结束共同体的理由。")
    if found.during.upper is not None:
        raise Refused(f"这个共同体已定于{official_date(found.during.upper - timedelta(days=1))}结束。")
    held = found.memberships.filter(during__endswith__gt=end) | found.memberships.filter(during__upper_inf=True)
    if late := held.filter(during__startswith__gte=end).select_related("school").first():
        raise ValidationError(
            {"last_day": f"“{late.school}”自{official_date(late.during.lower)}参加，结束日期不能早于这一天。"}
        )
    ended = list(held.select_related("school"))
    for membership in ended:
        membership.during = (membership.during.lower, end)
        membership.save(update_fields=["during"])
    found.during = (found.during.lower, end)
    found.save(update_fields=["during"])
    record(found, "pilots.community.end", "结束共同体", by=by, reason=reason, last_day=last_day.isoformat())
    schools = [membership.school for membership in ended]
    tell_community_ended(found, schools, last_day=last_day, reason=reason.strip(), by=by)
