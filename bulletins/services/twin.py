"""Finding reports that tell the same, in a job right after one has come in; saying that two are none."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import Submission, Twin
from bulletins.queries.twin import Told, candidates, told_by
from bulletins.states import HAS_LEFT_UNIT
from portal.accounts.models import User
from portal.audit.models import record
from portal.jobs.models import Job
from portal.jobs.services import enqueue, finishing
from portal.text.likeness import likeness, shingles

TWINS = "twins"
#: Shares of common shingles (0–1). The same words: most of the shorter text. The same event: the day and the
#: units are common already, so a little is enough; two reports of one unit on one day must be more alike.
SAME_TEXT, SAME_EVENT, SAME_UNIT = 0.5, 0.12, 0.3


def order_twins(submission: Submission) -> Job:
    """Have a worker compare a report that has just left its unit; each coming in is compared once."""
    came = submission.submitted_at.isoformat() if submission.submitted_at else ""
    return enqueue(kind=TWINS, key=f"twins:{submission.pk}:{came}", payload={"submission": submission.pk}, by=None)


def run_twins(job: Job) -> None:
    """The job: flag the pairs. A report that was taken back meanwhile has none."""
    submission = Submission.objects.filter(pk=job.payload["submission"], state__in=HAS_LEFT_UNIT).first()
    with finishing(job):
        if submission is not None:
            look_for_twins(submission)


@transaction.atomic
def look_for_twins(submission: Submission) -> list[Twin]:
    """Flag every earlier report that tells the same; pairs flagged or dismissed before are left as they are."""
    others = candidates(submission)
    told = told_by([submission, *others])
    own = shingles(submission.title + submission.text)
    found = []
    for other in others:
        share = likeness(own, shingles(other.title + other.text))
        reason = _reason(told[submission.pk], told[other.pk], share, same_unit=other.unit_id == submission.unit_id)
        if reason:
            first, second = sorted((submission, other), key=lambda each: (each.submitted_at or timezone.now(), each.pk))
            if not Twin.objects.filter(first__in=(first, second), second__in=(first, second)).exists():
                found.append(Twin(first=first, second=second, reason=reason, likeness=round(share * 100)))
    return Twin.objects.bulk_create(found)


def _reason(one: Told, other: Told, share: float, *, same_unit: bool) -> str:
    if share >= SAME_TEXT:
        return Twin.Reason.TEXT
    enough = SAME_UNIT if same_unit else SAME_EVENT
    if one.days & other.days and len(one.units & other.units) >= (1 if same_unit else 2) and share >= enough:
        return Twin.Reason.EVENT
    return ""


@transaction.atomic
def dismiss_twin(twin: Twin, *, by: User) -> None:
    """不是重复: said by an editor, with his name; told in the records of both reports."""
    if not by.has_perm("bulletins.edit_submission", twin.second):
        raise PermissionDenied
    done = Twin.objects.filter(pk=twin.pk, dismissed_at__isnull=True)
    if done.update(dismissed_by=by, dismissed_at=timezone.now()):
        for one, other in ((twin.first, twin.second), (twin.second, twin.first)):
            record(one, "bulletins.submission.dismiss_twin", "判定不是重复", by=by, other=other.pk)
