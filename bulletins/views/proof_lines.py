"""The pages of a proof on the screen, each line of an entry leading to that entry."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from bulletins.models import Entry, Issue, Rendition

#: Added to an editor's address when it is opened from a proof, so that saving leads back there.
FROM_PROOF = "from=proof"


@dataclass(frozen=True, slots=True)
class Row:
    """A line on a page as SVG takes it, in per cent of the page."""

    x: str
    y: str
    width: str
    height: str


@dataclass(slots=True)
class Spot:
    """An entry on a page: where a click leads, what it is called, and its lines."""

    url: str
    label: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a proof with the entries on it."""

    number: int
    spots: list[Spot]


def sheets_of(issue: Issue, proof: Rendition, *, can_edit: bool) -> list[Sheet]:
    """The pages of ``proof``. Lines of entries that the issue no longer has lead nowhere; one query."""
    entries = {f"entry-{entry.pk}": entry for entry in issue.entries.only("pk", "lead", "text", "issue")}
    return [
        Sheet(number, _spots(proof.positions.get(str(number), []), entries, can_edit=can_edit))
        for number in range(1, proof.pages + 1)
    ]


def _spots(rows: list[list[str | float]], entries: dict[str, Entry], *, can_edit: bool) -> list[Spot]:
    spots: dict[str, Spot] = {}
    for key, *box in rows:
        entry = entries.get(str(key))
        if entry is not None:
            spot = spots.setdefault(str(key), _spot(entry, can_edit=can_edit))
            spot.rows.append(Row(*(f"{100 * float(part):.2f}%" for part in box)))
    return list(spots.values())


def _spot(entry: Entry, *, can_edit: bool) -> Spot:
    if can_edit:
        return Spot(f"{reverse('entry-edit', args=[entry.pk])}?{FROM_PROOF}", f"编辑：{entry}")
    return Spot(f"{reverse('issue', args=[entry.issue_id])}#entry-{entry.pk}", f"查看：{entry}")
