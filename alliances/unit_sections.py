"""What a unit's page says of this app: its pairs, needs, meetings and joint bodies, plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from alliances.models import Invitation
from alliances.queries.body import bodies_for
from alliances.queries.meeting import meetings_for
from alliances.queries.need import needs_for
from alliances.queries.partnership import pairs_of, partnerships_for
from alliances.queries.plan import plans_for
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import within
from portal.registry import SECTION_LINES, SectionLine, add_unit_section, section_lines
from portal.text.official import official_date

#: Rows on the page; all of them stand in the list of pairs.
SHOWN = 10


def pairs(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The pairs of ``unit``, the latest first: who is paired is known to all, their pages open to those concerned."""
    rows = list(pairs_of(unit)[:SHOWN])
    if not rows:
        return None
    opened = set(partnerships_for(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {
        "pairs": [(row, row.county if row.university_id == unit.pk else row.university) for row in rows],
        "opened": opened,
    }


add_unit_section("结对", order=20, template="alliances/unit_section.html", data=pairs)


def needs(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """What the unit, or what stands under it, asked for, and what it took on; the latest first."""
    rows = needs_for(user).filter(within([unit]) | Q(taker=unit)).order_by("-created_at", "-pk")[:SHOWN]
    return section_lines(
        SectionLine(
            need.what,
            reverse("need", args=[need.pk]),
            " · ".join(str(one) for one in (need.kind, need.unit.label, need.taker and need.taker.label) if one),
            need.get_state_display(),
        )
        for need in rows
    )


add_unit_section("需求", order=22, template=SECTION_LINES, data=needs)


def meetings(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The joint bodies that the unit founded, and the latest meetings that it called or was invited to."""
    bodies = [
        SectionLine(body.name, reverse("body", args=[body.pk]), "联合机构")
        for body in bodies_for(user).filter(founders=unit)[:SHOWN]
    ]
    invited = Invitation.objects.filter(unit=unit).values("meeting")
    rows = meetings_for(user).filter(Q(host=unit) | Q(pk__in=invited)).order_by("-start", "-pk")[:SHOWN]
    held = [
        SectionLine(
            one.title,
            reverse("meeting", args=[one.pk]),
            f"{one.get_kind_display()} · {official_date(one.start)}",
            one.get_state_display(),
        )
        for one in rows
    ]
    return section_lines([*bodies, *held])


add_unit_section("会议和联合机构", order=24, template=SECTION_LINES, data=meetings)


def plans(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """Its 一县一案 or 一校一案, the latest school year first."""
    return section_lines(
        SectionLine(plan.title, reverse("plan", args=[plan.pk]), plan.year_label, plan.get_state_display())
        for plan in plans_for(user).filter(unit=unit).order_by("-school_year", "-pk")[:SHOWN]
    )


add_unit_section("详案", order=26, template=SECTION_LINES, data=plans)
