"""What this app adds to a unit's page, and what it counts for units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from bulletins.queries.case import cases_for, counts_of_unit, latest_of_unit
from bulletins.queries.unit_share import address_of_printed, count_printed, reports_of, rows_of_printed
from portal.accounts.models import Unit, User
from portal.measures import Measure, add_measure
from portal.registry import add_unit_section


def cases_of_unit(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The cases a unit leads or shares in, as far as ``user`` may find them, each with where he reads it."""
    counts = counts_of_unit(user, unit)
    if not counts["all"]:
        return None
    latest = latest_of_unit(user, unit)
    own = set(cases_for(user).filter(pk__in=[case.pk for case in latest]).values_list("pk", flat=True))
    lines = [(case, reverse("case" if case.pk in own else "public-case", args=[case.pk])) for case in latest]
    return {"counts": counts, "cases": lines}


add_unit_section("信息报送", order=70, template="submissions/unit_section.html", data=reports_of)
add_unit_section("典型案例", order=75, template="cases/unit_section.html", data=cases_of_unit)
add_measure(
    Measure(
        "bulletins.printed",
        "编发稿件",
        "篇",
        count_printed,
        rows_of_printed,
        address_of_printed,
        meaning="在时段内报送、已编入签发的一期的稿件，单位归属以报送当天为准。",
    )
)
