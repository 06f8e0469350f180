"""How far a compile is, said so that a page can show it: nothing here waits for a worker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from bulletins.content import IssueContent
from bulletins.models import Issue, Rendition
from bulletins.queries.issue import asked_at, final_rendition, latest_proof, proof_of
from bulletins.services.content import build_content
from bulletins.services.rendition import job_of
from portal.jobs.models import Job
from portal.jobs.progress import PATIENCE, Progress, job_progress


@dataclass(frozen=True, slots=True)
class ProofState:
    """The proof that matters now: the one of exactly the present words (``is_current``), else the latest."""

    progress: Progress
    rendition: Rendition | None
    is_current: bool
    digest: str

    @property
    def pages(self) -> range:
        return range(1, self.rendition.pages + 1) if self.rendition else range(0)


def progress_of(job: Job | None, issue: Issue, kind: str) -> Progress:
    """What a page says of ``job``; it is slow where the person who asked for it has waited long."""
    progress = job_progress(job)
    if job is None or progress.state != "waiting":
        return progress
    asked = asked_at(issue, kind) or job.created_at
    return replace(progress, is_slow=timezone.now() - asked > PATIENCE)


def proof_state(issue: Issue, content: IssueContent | None = None) -> ProofState:
    """The proof of an issue whose words are still in rows; ``content`` saves building it a second time."""
    content = content or build_content(issue)
    digest = content.digest()
    exact = proof_of(issue, digest)
    if exact is not None:
        return ProofState(Progress("done", 100), exact, True, digest)
    job = job_of(issue, Rendition.Kind.PROOF, content)
    return ProofState(progress_of(job, issue, Rendition.Kind.PROOF), latest_proof(issue), False, digest)


def final_state(issue: Issue) -> tuple[Progress, Rendition | None]:
    """The final file of a printed issue, or how far it is."""
    final = final_rendition(issue)
    if final is not None:
        return Progress("done", 100), final
    return progress_of(job_of(issue, Rendition.Kind.FINAL), issue, Rendition.Kind.FINAL), None
