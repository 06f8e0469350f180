"""From rows to the plain data that is frozen and printed."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.models import Entry, Issue
from bulletins.queries.issue import entries_of
from bulletins.services.numbering import proposed_label
from bulletins.services.verifying import verify_address
from portal.text.structure import paragraphs


def entry_content(entry: Entry) -> EntryContent:
    return EntryContent(entry.lead.strip(), paragraphs(entry.text), f"entry-{entry.pk}")


def build_content(issue: Issue) -> IssueContent:
    """The issue as it stands in the rows, under the number it would get (拟第17期); empty sections are left out."""
    sections = tuple(
        SectionContent(section.name, tuple(entry_content(entry) for entry in entries))
        for section, entries in groupby(entries_of(issue), key=lambda entry: entry.section)
    )
    return IssueContent(
        masthead=issue.masthead,
        title=issue.periodical.title,
        label=f"拟{proposed_label(issue)}",
        office=issue.office,
        issue_date=issue.issue_date,
        sections=sections,
        report_to=issue.report_to,
        copy_to=issue.copy_to,
    )


def content_of(issue: Issue) -> IssueContent:
    """What is printed: the frozen content once signed, the rows before that."""
    if issue.content is None:
        return build_content(issue)
    address = verify_address(issue.verify_token)
    return replace(IssueContent.from_json(issue.content), printed_on=issue.printed_on, verify_url=address)
