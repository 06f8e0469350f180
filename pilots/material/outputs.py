"""成果台账, and the evidence of outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from pilots.models import Output
from pilots.queries.figures import outputs_behind
from pilots.queries.output import outputs_for, with_facts
from pilots.sheets.output import COLUMNS, row
from pilots.states.output import OutputState
from portal.exchange.official import Sheet
from portal.files.queries import attachments_of_owners
from portal.material import MOST_NAMED, Item, Part, Scope, add_ledger, add_part, count_files, kept_files
from portal.text.named import named


def outputs(scope: Scope) -> QuerySet[Output]:
    """The confirmed outputs that the unit's figure of the year is made of."""
    behind = outputs_behind(scope.unit.pk, scope.period).order_by().values("pk")
    return with_facts(outputs_for(scope.user).filter(pk__in=behind)).order_by("kind__order", "day", "pk")


def _ledger(scope: Scope) -> Sequence[Sheet]:
    return [Sheet("成果台账", COLUMNS, (row(output) for output in outputs(scope)))]


def _files(scope: Scope) -> Iterator[Item]:
    return kept_files(outputs(scope), lambda one: f"{one.kind.name} {one.name}")


def _missing(scope: Scope) -> Sequence[str]:
    rows, days = outputs(scope), (scope.period.start, scope.period.end)
    bare = rows.filter(link="").exclude(pk__in=attachments_of_owners(rows).order_by().values("object_id"))
    waiting = outputs_for(scope.user).filter(unit__in=scope.units, day__range=days, state=OutputState.PROPOSED)
    said = []
    if names := [f"{one.name}（{one.unit}）" for one in waiting.select_related("unit")]:
        said.append(f"还没有确认、因而没有计入的成果：{named(names, MOST_NAMED, word='项')}。")
    if names := [f"{one.name}（{one.unit}）" for one in bare]:
        said.append(f"没有附件和链接的成果：{named(names, MOST_NAMED, word='项')}。")
    return said


add_ledger("outputs", "成果台账", 30, count=lambda scope: outputs(scope).count(), sheets=_ledger, missing=_missing)
add_part(Part("output-files", "成果材料", 150, "成果材料", lambda scope: count_files(outputs(scope)), _files))
