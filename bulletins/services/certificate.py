"""采用证明: ordering the certificate of a printed report."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import Certificate, EntrySource, Submission
from bulletins.services.verifying import new_token
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.queries.unit import name_on
from portal.audit.models import record
from portal.jobs.services import enqueue
from portal.refusals import Refused

CERTIFY = "certificate"
#: What names the issue: printed anew after 作废, the report is in another.
_ISSUE = ("periodical", "label", "issue_date")


@transaction.atomic
def order_certificate(submission: Submission, *, by: User) -> Certificate:
    """Have the certificate made; asked again it is the same one, unless the report is printed in another issue now.

    Raises Refused for a report that is not printed, PermissionDenied for whom it does not concern.
    """
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    place = placement_of_whole(locked)
    if locked.state != SubmissionState.PRINTED or place is None or place.entry.issue.content is None:
        raise Refused("稿件还没有编发，不能出具采用证明。")
    if not by.has_perm("bulletins.make_certificate", locked):
        raise PermissionDenied
    content = _content(locked, place)
    fields = {"token": new_token(), "content": content, "created_by": by}
    certificate, is_new = Certificate.objects.get_or_create(submission=locked, defaults=fields)
    if is_new:
        record(locked, "bulletins.submission.certify", "出具采用证明", by=by)
    elif any(certificate.content[name] != content[name] for name in _ISSUE):
        record(locked, "bulletins.submission.certify", "重新出具采用证明", by=by, before=certificate.content["label"])
        certificate.content, certificate.created_by, certificate.created_at = content, by, timezone.now()
        certificate.file = certificate.sha256 = ""
        certificate.save()
    if not certificate.file:
        key = f"certificate:{certificate.pk}:{certificate.created_at.isoformat()}"
        certificate.job = enqueue(kind=CERTIFY, key=key, payload={"certificate": certificate.pk}, by=by)
        certificate.save(update_fields=["job"])
    return certificate


def placement_of_whole(submission: Submission) -> EntrySource | None:
    """Where a report stands in an issue; of one that was joined into another, where that one stands."""
    whole: Submission | None = submission
    while whole is not None:
        places = EntrySource.objects.select_related("entry__section", "entry__issue__periodical")
        place = places.filter(submission=whole).first()
        if place is not None:
            return place
        whole = whole.part_of
    return None


def _content(submission: Submission, place: EntrySource) -> dict[str, object]:
    """``layout.certificate.CertificateContent`` as JSON; the unit as it was called when it sent the report in."""
    issue = place.entry.issue
    sent_on = timezone.localdate(submission.submitted_at)
    return {
        "unit": name_on(submission.unit, sent_on),
        "author": submission.author.name,
        "title": submission.title,
        "sent_on": sent_on.isoformat(),
        "periodical": f"{issue.masthead}{issue.periodical.title}",
        "label": issue.label,
        "issue_date": issue.issue_date.isoformat(),
        "section": place.entry.section.name,
        "office": issue.office,
        "day": timezone.localdate().isoformat(),
    }
