"""What every page of one issue needs: the issue as far as the person may see it, its chain and its actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.models import Entry, Issue, Section, Submission
from bulletins.queries.balance import balance_of
from bulletins.queries.checking import examine_issue, tally
from bulletins.queries.correction import corrections_of
from bulletins.queries.issue import (
    chain_of,
    entries_of,
    issues_for,
    records_of,
    section_by_kind,
    sent_back_with,
)
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.content import content_of
from bulletins.services.placing import PATH, official_place
from bulletins.states import NUMBERED_ISSUE, OPEN_ISSUE
from bulletins.views.extent import extent_of
from bulletins.views.proof_state import final_state, proof_state
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.workflow import available


@dataclass(frozen=True, slots=True)
class Item:
    """An entry on the board, the units whose reports it was made of, and whether it stands at an end."""

    entry: Entry
    credit: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section of the board with its entries; empty ones are shown as places to put something."""

    section: Section
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Printed:
    """An entry as it stands or was signed, with the units it came from."""

    content: EntryContent
    credit: str


@dataclass(frozen=True, slots=True)
class Pooled:
    """An adopted report that waits, and the section proposed for it."""

    submission: Submission
    section: Section | None


def visible_issue(request: HttpRequest, pk: int) -> tuple[User, Issue]:
    """The issue for who works with issues in the portal; 404 for anybody else."""
    user = person(request)
    if not user.has_perm("bulletins.view_issues"):
        raise Http404
    return user, get_object_or_404(issues_for(user), pk=pk)


def can_edit(issue: Issue, user: User) -> bool:
    return issue.state in OPEN_ISSUE and user.has_perm("bulletins.edit_issue", issue)


def page_of(issue: Issue, user: User) -> dict[str, Any]:
    """The whole page: facts, chain, proof or final file, and the board or the words as they stand."""
    content = content_of(issue)
    editing = can_edit(issue, user)
    entries = list(entries_of(issue))
    records = records_of(issue)
    context: dict[str, Any] = {
        "issue": issue,
        "label": content.label,
        "can_edit": editing,
        "actions": available(issue, user),
        "may_talk": user.has_perm("bulletins.view_desk"),
        "may_watch": user.has_perm("bulletins.view_readership"),
        "may_remark": user.has_perm("bulletins.write_remark", issue),
        "chain": chain_of(records),
        "records": records,
        "corrections": list(corrections_of(issue)) if issue.state in NUMBERED_ISSUE else [],
        "sent_back": sent_back_with(issue, records),
        "entry_count": sum(len(section.entries) for section in content.sections),
        "characters": sum(map(_length, content.sections)),
    }
    context |= file_of(issue, user, content)
    if issue.state not in NUMBERED_ISSUE:
        context["checks"] = tally(examine_issue(issue, entries).values())
        context["balance"] = balance_of(issue)
    if not editing:
        return context | {"content": content, "printed": printed_of(content, entries)}
    sections = list(issue.periodical.sections.all())
    return context | {"shelves": shelves_of(sections, entries), "sections": sections, "pool": pool_of(issue, sections)}


def shelves_of(sections: Iterable[Section], entries: list[Entry]) -> list[Shelf]:
    """Every section in order with its entries in order."""
    shelves = []
    for section in sections:
        inside = [entry for entry in entries if entry.section_id == section.pk]
        last = len(inside) - 1
        items = [Item(entry, _credit(entry), place == 0, place == last) for place, entry in enumerate(inside)]
        shelves.append(Shelf(section, items))
    return shelves


def printed_of(content: IssueContent, entries: list[Entry]) -> list[tuple[str, list[Printed]]]:
    """The words as they stand or were signed, section by section."""
    credits = {f"entry-{entry.pk}": _credit(entry) for entry in entries}
    return [
        (section.name, [Printed(entry, credits.get(entry.key, "")) for entry in section.entries])
        for section in content.sections
    ]


def file_of(issue: Issue, user: User, content: IssueContent | None = None) -> dict[str, Any]:
    """The proof and the pages so far while the words may change, the final file once they are signed."""
    if issue.state in NUMBERED_ISSUE:
        progress, final = final_state(issue)
        retry = final is None and issue.printed_on is not None and user.has_perm("bulletins.print_issue", issue)
        return {"progress": progress, "final": final, "can_retry": retry and progress.state != "running"}
    content = content or content_of(issue)
    proof = proof_state(issue, content)
    return {"proof": proof, "can_order": can_edit(issue, user), "extent": extent_of(issue, content, proof)}


def pool_of(issue: Issue, sections: list[Section]) -> list[Pooled]:
    """Reports that wait for an issue, each with its section; in the order in which they would be printed."""
    section_of = section_by_kind(sections)
    pool = [
        Pooled(report, section_of.get(report.unit.kind)) for report in unplaced_submissions(issue).select_related(PATH)
    ]
    return sorted(pool, key=_printed_place)


def _printed_place(pooled: Pooled) -> tuple[bool, int, tuple[tuple[int, str, int], ...]]:
    section = pooled.section
    return (section is None, section.order if section else 0, official_place(pooled.submission.unit))


def _length(section: SectionContent) -> int:
    return sum(len(entry.lead) + sum(map(len, entry.paragraphs)) for entry in section.entries)


def _credit(entry: Entry) -> str:
    """The units whose reports an entry was made of, each once, with the units that a consolidated report credits."""
    credited: dict[str, dict[str, None]] = {}
    for report in entry.submissions.all():
        below = credited.setdefault(report.unit.label, {})
        below.update(dict.fromkeys(part.unit.label for part in report.parts.all() if part.unit_id != report.unit_id))
    return "、".join(f"{unit}（{'、'.join(below)}供稿）" if below else unit for unit, below in credited.items())
