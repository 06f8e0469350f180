"""Needs (需求) among what can be found: by what is ordered, in which subject, by whom and who comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone

from alliances.models import Need
from alliances.queries.need import needs_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_needs(ids: Sequence[int]) -> Iterable[Indexed]:
    for need in Need.objects.filter(pk__in=ids).select_related("unit", "kind", "taker"):
        taker = need.taker.name if need.taker else ""
        lines = (need.kind.name, need.unit.name, taker, need.subject, need.details, need.visitors, need.arrangement)
        text = "\n".join(line for line in lines if line)
        yield Indexed(need.pk, need.what, text, timezone.localdate(need.created_at), unit_id=need.unit_id)


def needs_share(user: User, filters: Filters) -> list[Share]:
    """States and sections are of reports and issues, batches of what comes of a need: who asks for one finds none."""
    if any(filters.get(name) for name in ("state", "section", "batch")):
        return []
    rows = needs_for(user)
    if unit := filters.get("unit"):
        rows = rows.filter(unit=int(unit))
    return [Share(rows)]


def describe_needs(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        need.pk: Described(
            reverse("need", args=[need.pk]),
            (need.unit.label, f"{official_date(timezone.localdate(need.created_at))}提出", need.get_state_display()),
        )
        for need in Need.objects.filter(pk__in=ids).select_related("unit")
    }


register_source(
    Source(
        name="need",
        label="需求",
        order=70,
        model=Need,
        watches=((Need, "id"),),
        index=index_needs,
        shares=needs_share,
        describe=describe_needs,
    )
)
