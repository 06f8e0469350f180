"""Taking in a past issue as it was published: rows for the desk, and the frozen content as read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.models import Entry, Issue, Periodical, Section
from bulletins.reading import ReadIssue, read_issue
from bulletins.services.content import content_of
from bulletins.services.numbering import raise_counter
from bulletins.services.rendition import order_final
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.validators import WRONG_YEAR, is_sensible
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import started


@dataclass(frozen=True, slots=True)
class Imported:
    """The issue in the portal, whether it is new there, and what reading it had to repair or could not place."""

    issue: Issue
    is_new: bool
    read: ReadIssue


@transaction.atomic
def import_issue(source: bytes, *, filename: str, periodical: Periodical, by: User | None) -> Imported:
    """Take in a .txt or .docx file of one issue, and have its PDF made.

    The same file again gives the issue already there. Raises UnreadableIssue where the file is no
    issue, Refused where the number is taken by another text or a part is longer than its place.
    """
    read = read_issue(source, filename=filename)
    _check_bounds(read)
    raise_counter(periodical, read.number, read.year)  # locks the counter: two imports at once queue up here
    present = Issue.objects.filter(periodical=periodical, number=read.number, year=read.year).first()
    if present is not None:
        if present.content_digest == read.content.digest():
            return Imported(present, False, read)
        raise Refused(f"{present.label}已在系统中，内容与这份文件不同，没有导入。请核对期号或文件。")
    return Imported(_store(periodical, read, by), True, read)


def _check_bounds(read: ReadIssue) -> None:
    """What was read fits the fields that keep it. Raises Refused with a sentence for the first that does not."""
    content = read.content
    for day in (content.issue_date, content.printed_on):
        if day and not is_sensible(day):
            raise Refused(f"文件中的日期“{official_date(day)}”{WRONG_YEAR}")
    for model, name, text in _bounded(content):
        field = model._meta.get_field(name)
        if len(text) > field.max_length:
            raise Refused(
                f"文件中“{text[:12]}……”一处有{len(text)}字，作为{field.verbose_name}最多{field.max_length}字。"
                "请核对文件中的换行、★和粗体。"
            )


def _bounded(content: IssueContent) -> Iterator[tuple[Any, str, str]]:
    """The texts whose fields have a length: model, field, text."""
    for name in ("masthead", "office", "report_to", "copy_to"):
        yield Issue, name, getattr(content, name)
    for section in content.sections:
        for entry in section.entries:
            yield Entry, "lead", entry.lead


def _store(periodical: Periodical, read: ReadIssue, by: User | None) -> Issue:
    content = read.content
    issue = Issue.objects.create(
        periodical=periodical,
        masthead=content.masthead,
        office=content.office,
        issue_date=content.issue_date,
        window_start=content.issue_date,
        window_end=content.issue_date,
        report_to=content.report_to,
        copy_to=content.copy_to,
        printed_on=content.printed_on,
    )
    frozen = replace(content, sections=tuple(_store_section(issue, section) for section in content.sections))
    issue.number, issue.year = read.number, read.year
    issue.content, issue.content_digest = frozen.to_json(), content.digest()
    issue.state = IssueState.PRINTED if content.printed_on else IssueState.SIGNED
    issue.save()
    started(issue, "补录往期", by=by)
    if issue.state == IssueState.PRINTED:
        order_final(issue, by=by)
    return issue


def _store_section(issue: Issue, content: SectionContent) -> SectionContent:
    section = _section_named(issue.periodical, content.name)
    position = issue.entries.filter(section=section).count()
    entries = Entry.objects.bulk_create(
        Entry(
            issue=issue, section=section, position=position + offset, lead=entry.lead, text="\n".join(entry.paragraphs)
        )
        for offset, entry in enumerate(content.entries)
    )
    return SectionContent(
        content.name, tuple(_keyed(entry, row) for entry, row in zip(content.entries, entries, strict=True))
    )


def _keyed(content: EntryContent, entry: Entry) -> EntryContent:
    return replace(content, key=f"entry-{entry.pk}")


def _section_named(periodical: Periodical, name: str) -> Section:
    """The section of this name; one that is new to the periodical is added after the others."""
    last = periodical.sections.aggregate(last=Max("order"))["last"] or 0
    section, _ = Section.objects.get_or_create(periodical=periodical, name=name, defaults={"order": last + 1})
    return section


def summary(imported: Imported) -> dict[str, object]:
    """What ``import_issue --json`` prints; others script against these names."""
    issue, content = imported.issue, content_of(imported.issue)
    return {
        "id": issue.pk,
        "number": issue.number,
        "year": issue.year,
        "label": issue.label,
        "date": issue.issue_date.isoformat(),
        "printed_on": issue.printed_on.isoformat() if issue.printed_on else None,
        "sections": [{"name": section.name, "entries": len(section.entries)} for section in content.sections],
        "notes": list(imported.read.notes),
        "problems": list(imported.read.problems),
    }
