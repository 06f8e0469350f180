"""Look-ups of what was done in communities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilots.models import CommunityRecord, CommunityRecordKind, Membership, ServiceCertificate
from pilots.queries.community import communities_for
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES, UnitKind


def records_for(user: User) -> QuerySet[CommunityRecord]:
    """Records of the communities that ``user`` may see."""
    rows = CommunityRecord.objects.filter(community__in=communities_for(user).order_by().values("pk"))
    return rows.select_related("community__area", "community__kind", "kind__duty", "giver", "taker", "certificate__job")


def record_kinds() -> QuerySet[CommunityRecordKind]:
    """Kinds in use, by duty."""
    return CommunityRecordKind.objects.filter(is_active=True).select_related("duty").order_by("duty__order", "order")


def people_sent(records: Iterable[CommunityRecord]) -> list[tuple[str, int, str]]:
    """Kinds of exchange with how many people and in which posts: 派出骨干教师, 3, 语文教师、数学教师."""
    numbers: Counter[str] = Counter()
    posts: dict[str, dict[str, None]] = {}
    for record in records:
        if record.kind.shape == CommunityRecordKind.Shape.PEOPLE:
            numbers[record.kind.name] += record.number
            posts.setdefault(record.kind.name, {})[record.what] = None
    return [(kind, number, "、".join(posts[kind])) for kind, number in numbers.items()]


def certificates_for(user: User) -> QuerySet[ServiceCertificate]:
    """服务证明 that ``user`` may give out: the office's all; others those of communities that their bureau founded or
    their school leads today, and of service in their own school. The rows for which ``certify_service`` holds.
    """
    rows = ServiceCertificate.objects.select_related("record__kind", "record__community", "record__taker", "job")
    if user.has_perm("pilots.found_any_community"):
        return rows
    own = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    led = Membership.objects.filter(
        role=Membership.Role.LEAD, school__in=own, during__contains=timezone.localdate()
    ).order_by()
    county = Q(record__community__area__kind=UnitKind.COUNTY, record__community__area__parent__in=own)
    founded = Q(record__community__area__in=own) | county
    return rows.filter(founded | Q(record__taker__in=own) | Q(record__community__in=led.values("community")))


def certificate_by_token(token: str) -> ServiceCertificate | None:
    """The certificate that carries ``token``."""
    return ServiceCertificate.objects.filter(token=token).first()
