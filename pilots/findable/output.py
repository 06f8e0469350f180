"""Outputs (成果) among what can be found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from pilots.models import Output
from pilots.queries.output import of_batch, outputs_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_outputs(ids: Sequence[int]) -> Iterable[Indexed]:
    for output in Output.objects.filter(pk__in=ids).select_related("kind", "unit", "school"):
        school = output.school.name if output.school else ""
        own = " ".join(str(value) for value in output.data.values())
        lines = (output.kind.name, output.unit.name, school, output.subject, output.people, own)
        yield Indexed(
            output.pk, output.name, "\n".join(line for line in lines if line), output.day, unit_id=output.unit_id
        )


def outputs_share(user: User, filters: Filters) -> list[Share]:
    """States and sections are of reports and issues: who asks for one asks for no output."""
    if filters.get("state") or filters.get("section"):
        return []
    rows = outputs_for(user)
    if unit := filters.get("unit"):
        rows = rows.filter(unit=int(unit))
    if batch := filters.get("batch"):
        rows = rows.filter(of_batch(int(batch)))
    return [Share(rows)]


def describe_outputs(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        output.pk: Described(
            reverse("output", args=[output.pk]),
            (output.kind.name, output.unit.label, official_date(output.day), output.get_state_display()),
        )
        for output in Output.objects.filter(pk__in=ids).select_related("kind", "unit")
    }


register_source(
    Source(
        name="output",
        label="成果",
        order=65,
        model=Output,
        watches=((Output, "id"),),
        index=index_outputs,
        shares=outputs_share,
        describe=describe_outputs,
    )
)
