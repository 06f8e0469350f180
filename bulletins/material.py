"""信息采用台账 and the certificates of what was printed: what of this app goes into 年终材料."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletins.ledger import PRINTED, ReportFacts
from bulletins.models import Certificate, Submission
from bulletins.queries.ledger import Narrowing, facts_within, own_units
from bulletins.sheets.report import COLUMNS, cells
from portal.accounts.queries.unit_tree import UnitTree
from portal.exchange.official import Sheet
from portal.material import MOST_NAMED, Item, Kept, Part, Scope, add_ledger, add_part, safe
from portal.text.named import named


def reports(scope: Scope, tree: UnitTree) -> list[ReportFacts]:
    """What the unit and those under it sent in during the year, as 采用台账 counts it, in order of sending."""
    own = own_units(scope.user)
    found = facts_within({scope.unit.pk}, Narrowing(scope.period), tree)
    return [one for one in reversed(found) if own is None or not own.isdisjoint(tree.path(one.unit, one.day))]


def _ledger(scope: Scope) -> Sequence[Sheet]:
    tree = UnitTree()
    return [Sheet("信息采用台账", COLUMNS, cells(reports(scope, tree), tree))]


def _printed(scope: Scope) -> list[int]:
    return [one.pk for one in reports(scope, UnitTree()) if one.state == PRINTED]


def _certificates(scope: Scope) -> list[Certificate]:
    """Those that have been made, in order of sending."""
    order = {pk: place for place, pk in enumerate(_printed(scope))}
    rows = Certificate.objects.filter(submission__in=list(order)).exclude(file="").select_related("submission__unit")
    return sorted(rows, key=lambda one: order[one.submission_id])


def _files(scope: Scope) -> Iterator[Item]:
    for number, one in enumerate(_certificates(scope), 1):
        name = f"{number:03} {safe(one.submission.unit.name)} {safe(str(one.submission))}.pdf"
        yield Kept(name, one.file, one.size)


def _missing(scope: Scope) -> Sequence[str]:
    have = {one.submission_id for one in _certificates(scope)}
    wanting = Submission.objects.filter(pk__in=set(_printed(scope)) - have).select_related("unit")
    names = [f"{one}（{one.unit}）" for one in wanting.defer("text", "print_text").order_by("submitted_at", "pk")]
    return [f"已编发、还没有出具采用证明的稿件：{named(names, MOST_NAMED, word='篇')}。"] if names else []


add_ledger(
    "reports", "信息采用台账", 50, count=lambda scope: len(reports(scope, UnitTree())), sheets=_ledger, word="篇"
)
add_part(
    Part(
        "certificates",
        "采用证明",
        110,
        "采用证明",
        lambda scope: len(_certificates(scope)),
        _files,
        missing=_missing,
    )
)
