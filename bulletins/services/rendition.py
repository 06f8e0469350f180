"""Ordering files and finding what was ordered: proofs of the words of the moment, the one final PDF."""

from __future__ import annotations

from bulletins.content import IssueContent
from bulletins.models import Issue, Rendition
from bulletins.queries.proof_rounds import reports_by_entry
from portal.accounts.models import User
from portal.jobs.models import Job
from portal.jobs.services import enqueue

COMPILE = "compile"


def order_proof(issue: Issue, content: IssueContent, *, by: User) -> Job:
    """Have a worker compile ``content`` as a proof. The same words asked for twice are one job.

    ``reports`` (an entry's key → keys of its reports) is kept along, so that a later proof knows merged entries again.
    """
    payload = {
        "issue": issue.pk,
        "kind": Rendition.Kind.PROOF,
        "content": content.to_json(),
        "reports": reports_by_entry(issue),
    }
    return enqueue(kind=COMPILE, key=proof_key(issue, content), payload=payload, by=by)


def order_final(issue: Issue, *, by: User | None) -> Job:
    """Have a worker compile the frozen content as the final PDF; asked again, it is tried again."""
    payload = {"issue": issue.pk, "kind": Rendition.Kind.FINAL}
    return enqueue(kind=COMPILE, key=f"final:{issue.pk}", payload=payload, by=by)


def picture_path(file: str, page: int) -> str:
    """Where the picture of ``page`` (from 1) of a proof lies in the store: beside its ``file``."""
    return f"{file.rsplit('/', 1)[0]}/page-{page}.png"


def proof_key(issue: Issue, content: IssueContent) -> str:
    """What makes two orders of a proof the same: the issue, its words, and the number it would get."""
    return f"proof:{issue.pk}:{content.digest()}:{content.label}"


def job_of(issue: Issue, kind: str, content: IssueContent | None = None) -> Job | None:
    """The compile job that matters for ``issue`` now, done or not.

    For a proof: the one of exactly ``content``, since the same words may return after other words were
    proofed; else the latest one.
    """
    jobs = Job.objects.filter(kind=COMPILE, payload__issue=issue.pk, payload__kind=kind)
    if content is not None:
        exact = jobs.filter(key=proof_key(issue, content)).first()
        if exact is not None:
            return exact
    return jobs.first()
