"""Steps of an issue's chain for tests, each done by whoever may do it."""

from __future__ import annotations

from datetime import date

from bulletins.models import Issue, Rendition
from bulletins.services import issue_chain as services
from bulletins.services.entry import add_entry
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.published import office, store_rendition
from tests.factories import make_issue


def make_written(
    editor: User, leads: tuple[str, ...] = ("两校一起备课。",), issue_date: date = date(2024, 12, 2)
) -> Issue:
    """An open issue with entries written by hand in its first section."""
    issue = make_issue(editor, issue_date)
    section = issue.periodical.sections.earliest("order")
    for lead in leads:
        add_entry(issue, section=section, lead=lead, text="12月1日，教师分组说课。", by=editor)
    return issue


def proofed(issue: Issue) -> Issue:
    """In proof, with a small file in place of the compiled one."""
    services.request_proof(issue, by=office(Role.EDITOR))
    store_rendition(issue, Rendition.Kind.PROOF)
    return issue


def sent_for_review(issue: Issue) -> Issue:
    return services.send_for_review(proofed(issue), by=office(Role.EDITOR))


def approved(issue: Issue) -> Issue:
    return services.approve_issue(sent_for_review(issue), by=office(Role.REVIEWER))
