"""Cases (典型案例) among what can be found: by their title, units and every part of their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone

from bulletins.models import Case
from bulletins.queries.case import cases_for, findable_cases
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_cases(ids: Sequence[int]) -> Iterable[Indexed]:
    for case in Case.objects.filter(pk__in=ids).select_related("unit", "area").prefetch_related("partners"):
        partners = [unit.name for unit in case.partners.all()]
        area = case.area.name if case.area else ""
        about = " ".join(word for word in (case.unit.name, *partners, case.other_partners, case.topic, area) if word)
        day = timezone.localdate(case.published_at or case.submitted_at or case.created_at)
        yield Indexed(case.pk, str(case), f"{case.text}\n{about}", day, unit_id=case.unit_id)


def cases_share(user: User, filters: Filters) -> list[Share]:
    """States, sections and batches are of reports and issues: who asks for one asks for no case."""
    if any(filters.get(name) for name in ("state", "section", "batch")):
        return []
    rows = findable_cases(user)
    if unit := filters.get("unit"):
        rows = rows.filter(unit=int(unit))
    return [Share(rows)]


def describe_cases(user: User, ids: Sequence[int]) -> dict[int, Described]:
    """A case leads to its own page for who works with it, else to the public one."""
    own = set(cases_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    described = {}
    for case in Case.objects.filter(pk__in=ids).select_related("unit"):
        day = timezone.localdate(case.published_at or case.submitted_at or case.created_at)
        facts = (case.unit.label, official_date(day), case.get_state_display())
        described[case.pk] = Described(reverse("case" if case.pk in own else "public-case", args=[case.pk]), facts)
    return described


register_source(
    Source(
        name="case",
        label="典型案例",
        order=25,
        model=Case,
        watches=((Case, "id"), (Case.partners.through, "case_id")),
        index=index_cases,
        shares=cases_share,
        describe=describe_cases,
    )
)
