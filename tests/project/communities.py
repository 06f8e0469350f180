"""A community for the walk over all addresses: led by a school of the unit, with a certified exchange."""

from __future__ import annotations

from datetime import date

from pilots.models import CommunityDuty, CommunityRecordKind
from pilots.services.community_record import RecordFacts, save_record
from pilots.services.service_certificate import order_service_certificate
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from tests.factories import make_unit
from tests.factories.community import make_community, make_school


def community_of(unit: Unit, editor: User) -> dict[str, int | str]:
    """Ids that the addresses of 城乡共同体 need."""
    county = make_unit(UnitKind.COUNTY, "石桥县")
    lead, member = make_school(unit, "青山附属小学"), make_school(county, "石桥镇中心小学")
    community = make_community(county, lead=lead, members=[member])
    kind = CommunityRecordKind.objects.get(name="派出骨干教师")
    day = date(2025, 6, 30)
    facts = RecordFacts(kind=kind, giver=lead, taker=member, what="语文教师", start=date(2024, 9, 1), end=day)
    record = save_record(None, facts, community=community, by=editor)
    made = order_service_certificate(record, person="李老师", by=editor)
    return {
        "community": community.pk,
        "community_area": county.pk,
        "community_kind": community.kind_id,
        "community_duty": CommunityDuty.objects.earliest("order").pk,
        "community_record": record.pk,
        "service_token": made.token,
    }
