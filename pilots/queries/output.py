"""Where every list and look-up of outputs starts: the desk's, a unit's, and the public's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from alliances.rules.posts import reads_all
from pilots.models import Output, OutputKind, Task
from pilots.outputs import own_fields
from pilots.queries.reach import sharing_units
from pilots.queries.task import tasks_for
from pilots.states.output import COUNTED_OUTPUT, OutputState
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.accounts.queries.unit import within
from portal.accounts.roles import UNIT_ROLES


def output_kinds() -> QuerySet[OutputKind]:
    """Kinds in use, in order, each with its batch."""
    return OutputKind.objects.filter(is_active=True).select_related("batch")


def outputs_for(user: User) -> QuerySet[Output]:
    """The outputs that ``user`` may see: the office all; others their units' and those under them, and what has come
    of tasks they share in. What is public everybody sees on its own page, without names that were not chosen."""
    if reads_all(user):
        return Output.objects.all()
    if not sharing_units(user):
        return Output.objects.none()
    own = within(user.units_as(*UNIT_ROLES))
    shared = Q(state__in=COUNTED_OUTPUT, task__in=tasks_for(user).order_by())
    return Output.objects.filter(own | shared)


def listed_outputs(
    user: User,
    *,
    kind: int | None = None,
    batch: int | None = None,
    unit: int | None = None,
    area: int | None = None,
    state: str = "",
    year: int | None = None,
    text: str = "",
) -> QuerySet[Output]:
    """The list, the latest first; what was withdrawn only where it is asked for."""
    rows = outputs_for(user)
    rows = rows.filter(state=state) if state else rows.exclude(state=OutputState.WITHDRAWN)
    if kind:
        rows = rows.filter(kind=kind)
    if batch:
        rows = rows.filter(of_batch(batch))
    if unit:
        rows = rows.filter(unit=unit)
    if area:
        rows = rows.filter(within([area]))
    if year:
        rows = rows.filter(day__year=year)
    if text:
        words = ("name", "people", "subject", "unit__name", "school__name")
        rows = rows.filter(_any(words, text))
    return with_facts(rows).order_by("-day", "-pk")


def of_batch(batch: int) -> Q:
    """Outputs of a batch: by their kind, or, where that belongs to any batch, by their task."""
    return Q(kind__batch=batch) | Q(kind__batch__isnull=True, task__batch=batch)


def with_facts(rows: QuerySet[Output]) -> QuerySet[Output]:
    return rows.select_related("kind__batch", "unit__parent", "school", "task__batch")


def counts_by_kind(user: User) -> dict[int, tuple[int, int]]:
    """By kind: how many confirmed outputs ``user`` sees, and how many wait for confirmation. One query."""
    rows = outputs_for(user).order_by().values_list("kind")
    counted = Count("pk", filter=Q(state__in=COUNTED_OUTPUT))
    waiting = Count("pk", filter=Q(state=OutputState.PROPOSED))
    return {kind: (one, other) for kind, one, other in rows.annotate(counted=counted, waiting=waiting)}


def tasks_for_outputs(user: User) -> QuerySet[Task]:
    """Tasks from which something may be proposed: begun and not cancelled."""
    begun = (TaskState.UNDER_WAY, TaskState.AWAITING, TaskState.DONE)
    return tasks_for(user).filter(state__in=begun).select_related("unit").order_by("-due", "pk")


def public_outputs(*, kind: str = "", text: str = "") -> QuerySet[Output]:
    """What anybody may see. A search looks at what is shown only: names of persons only where they are."""
    rows = Output.objects.filter(state=OutputState.PUBLIC)
    if kind:
        rows = rows.filter(kind__code=kind)
    if text:
        shown = Q(name__icontains=text) & (Q(kind__names_person=False) | Q(shows_people=True))
        people = Q(people__icontains=text, shows_people=True)
        rows = rows.filter(shown | people | _any(("subject", "unit__name", "school__name"), text))
    return with_facts(rows).order_by("kind__order", "-day", "-pk")


@dataclass(frozen=True, slots=True)
class PublicOutput:
    """What the public page shows of an output: no person's name that its unit has not chosen to show."""

    pk: int
    kind: str
    name: str
    unit: str
    school: str
    subject: str
    people: str
    day: date
    link: str
    facts: list[tuple[str, Any]]


def shown_to_public(output: Output) -> PublicOutput:
    """An output of :func:`public_outputs` as anybody may see it."""
    shows, school = output.shows_people, output.school.name if output.school else ""
    name = output.name
    if output.kind.names_person and not shows:
        name = f"{school or output.unit.name}{output.subject}{output.kind.name}"
    return PublicOutput(
        pk=output.pk,
        kind=output.kind.name,
        name=name,
        unit=output.unit.name,
        school=school if school != name else "",
        subject=output.subject,
        people=output.people if shows else "",
        day=output.day,
        link=output.link,
        facts=own_facts(output, personal=shows),
    )


def own_facts(output: Output, *, personal: bool = True) -> list[tuple[str, Any]]:
    """Label and value of the kind's own columns that are filled in; personal ones only where asked for."""
    columns = own_fields(output.kind.fields)
    return [
        (column.label, output.data[column.name])
        for column in columns
        if output.data.get(column.name) and (personal or not column.personal)
    ]


def _any(fields: tuple[str, ...], text: str) -> Q:
    found = Q()
    for name in fields:
        found |= Q(**{f"{name}__icontains": text})
    return found
