"""Entries among what can be found: as they stand while an issue is in the making, as signed after that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bulletins.content import LONGEST_CALL
from bulletins.findable.filters import ISSUE, state_wanted
from bulletins.models import Entry, EntrySource, Issue
from bulletins.queries.issue import issues_for
from pilots.models import Activity
from portal.accounts.models import Unit, User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_entries(ids: Sequence[int]) -> Iterable[Indexed]:
    entries = list(Entry.objects.filter(pk__in=ids))
    issues = Issue.objects.in_bulk({entry.issue_id for entry in entries})
    signed = {key: words for issue in issues.values() for key, words in _signed(issue)}
    for entry in entries:
        lead, text = signed.get(f"entry-{entry.pk}", (entry.lead, entry.text))
        title = lead.rstrip("。") or text[:LONGEST_CALL]
        yield Indexed(entry.pk, title, text, issues[entry.issue_id].issue_date)


def _signed(issue: Issue) -> Iterator[tuple[str, tuple[str, str]]]:
    """Words of the entries as they were frozen, by the entries' keys; later changes of a row are nobody's reading."""
    sections: list[dict[str, Any]] = issue.content["sections"] if issue.content else []
    for section in sections:
        for item in section["entries"]:
            yield item["key"], (item["lead"], "\n".join(item["paragraphs"]))


def entries_share(user: User, filters: Filters) -> list[Share]:
    """Entries of the issues that ``user`` may see."""
    rows = narrow_entries(Entry.objects.filter(issue__in=issues_for(user).order_by().values("pk")), filters)
    return [] if rows is None else [Share(rows)]


def narrow_entries(rows: QuerySet[Entry], filters: Filters) -> QuerySet[Entry] | None:
    """Entries that filters leave; None where one asks for a report's state."""
    state = state_wanted(filters, ISSUE)
    if state is None:
        return None
    if state:
        rows = rows.filter(issue__state=state)
    if section := filters.get("section"):
        rows = rows.filter(section__name=section)
    if unit := filters.get("unit"):
        rows = rows.filter(_of_unit(int(unit)))
    if batch := filters.get("batch"):
        told = Activity.objects.filter(batches=int(batch))
        rows = rows.filter(pk__in=EntrySource.objects.filter(submission__activities__in=told).values("entry"))
    return rows


def _of_unit(key: int) -> Q:
    """Entries made from the unit's reports; entries made from none (past issues) that begin with its name."""
    made = Q(pk__in=EntrySource.objects.filter(submission__unit=key).values("entry"))
    unit = Unit.objects.filter(pk=key).first()
    if unit is None:
        return made
    return made | Q(sources__isnull=True) & (Q(lead__startswith=unit.name) | Q(lead="", text__startswith=unit.name))


def describe_entries(user: User, ids: Sequence[int]) -> dict[int, Described]:
    """An entry leads to its place in its issue."""
    rows = Entry.objects.filter(pk__in=ids).select_related("issue__periodical", "section")
    return {
        entry.pk: Described(
            f"{issue_page(entry.issue, user)}#entry-{entry.pk}",
            (str(entry.issue), entry.section.name, official_date(entry.issue.issue_date)),
        )
        for entry in rows
    }


def issue_page(issue: Issue, user: User) -> str:
    """Where ``user`` reads an issue: who works on issues there, others in the archive or as it was sent to them."""
    if user.has_perm("bulletins.view_issues"):
        return reverse("issue", args=[issue.pk])
    return reverse("archive-issue" if issue.published_at else "received-issue", args=[issue.pk])


register_source(
    Source(
        name="entry",
        label="条目",
        order=30,
        model=Entry,
        watches=((Entry, "id"),),
        index=index_entries,
        shares=entries_share,
        describe=describe_entries,
    )
)
