"""Issues brought through the whole chain of sign-off, with small files in place of compiled ones."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bulletins.models import Issue, ReadershipLine, Rendition
from bulletins.queries.issue import final_rendition
from bulletins.queries.public_review import open_items
from bulletins.services import issue as services
from bulletins.services import issue_chain as chain
from bulletins.services.content import build_content
from bulletins.services.entry import add_entry
from bulletins.services.public_review import tick_items
from bulletins.services.readership import add_reader, send_issue
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role
from portal.notices.models import Notice
from tests.factories import make_issue, make_user


@cache
def small_pdf() -> bytes:
    """One empty page. What a file looks like inside is the business of the tests of ``layout``."""
    import io

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def office(role: str) -> User:
    """Who holds ``role`` in the office; somebody new if nobody does."""
    post = posts_on().filter(role=role).first()
    return post.user if post else make_user(role)


def store_rendition(issue: Issue, kind: str) -> Rendition:
    """A file as the worker would leave it, of exactly the words that the issue has now."""
    pdf = small_pdf()
    return Rendition.objects.create(
        issue=issue,
        kind=kind,
        file=default_storage.save(f"issues/{issue.pk}/{kind}/issue.pdf", ContentFile(pdf)),
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        pages=1,
        content_digest=issue.content_digest or build_content(issue).digest(),
    )


def make_signed(
    issue_date: date = date(2024, 12, 2),
    leads: tuple[str, ...] = ("举行集体备课。",),
    text: str = "12月1日，两校教师一起备课。",
    assembled: bool = False,
) -> Issue:
    """A signed issue whose entries have these leads and one text, all in its first section.

    Where it is ``assembled``, the adopted reports that wait are in it too.
    """
    editor, reviewer, issuer = office(Role.EDITOR), office(Role.REVIEWER), office(Role.ISSUER)
    issue = make_issue(editor, issue_date)
    section = issue.periodical.sections.earliest("order")
    for lead in leads:
        add_entry(issue, section=section, lead=lead, text=text, by=editor)
    if assembled:
        services.assemble_issue(issue, by=editor)
    chain.request_proof(issue, by=editor)
    store_rendition(issue, Rendition.Kind.PROOF)
    chain.send_for_review(issue, by=editor)
    chain.approve_issue(issue, by=reviewer)
    return chain.sign_issue(issue, by=issuer)


def make_printed(issue_date: date = date(2024, 12, 2), **words: object) -> Issue:
    """A printed issue with its final file; not public."""
    issue = make_signed(issue_date, **words)  # type: ignore[arg-type]
    chain.print_issue(issue, by=office(Role.EDITOR), printed_on=issue_date)
    if final_rendition(issue) is None:
        store_rendition(issue, Rendition.Kind.FINAL)
    return issue


def make_published(issue_date: date = date(2024, 12, 2), **words: object) -> Issue:
    """A published issue."""
    return publish(make_printed(issue_date, **words))


def publish(issue: Issue) -> Issue:
    """Tick the whole checklist and make the issue public."""
    reviewer = office(Role.REVIEWER)
    tick_items(issue, items=[item.pk for item in open_items(issue)], by=reviewer)
    return chain.publish_issue(issue, by=reviewer)


def sent_to(*units: Unit, leaders: tuple[User, ...] = ()) -> Issue:
    """A printed issue that went to these and to nobody else."""
    ReadershipLine.objects.all().delete()
    issue, editor = make_printed(), office(Role.EDITOR)
    for unit in units:
        add_reader(issue, by=editor, unit=unit)
    for leader in leaders:
        add_reader(issue, by=editor, leader=leader)
    send_issue(issue, by=editor)
    Notice.objects.exclude(occasion__endswith=":delivered").delete()
    return issue
