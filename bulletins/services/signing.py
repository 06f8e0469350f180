"""Signing what leaves a unit, and keeping how it was signed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bulletins.models import SignOff, Submission
from bulletins.queries.signing import words_digest
from bulletins.rules import has_one_post_holder, only_he_wrote, reports_for_unit, writes_for_school
from portal.accounts.models import User


def sign(submission: Submission, way: str, *, by: User, name: str = "", on: date | None = None) -> SignOff:
    """Keep that the words of ``submission`` were signed today by ``by``, or on paper by ``name`` on a day."""
    return SignOff.objects.create(
        submission=submission,
        way=way,
        name=name or str(by),
        signed_on=on or timezone.localdate(),
        digest=words_digest(submission.title, submission.text),
        by=by,
    )


def way_of_sending(submission: Submission, by: User) -> SignOff.Way:
    """How a report that needs no approver was signed by who sends it."""
    if writes_for_school(by, submission) and not reports_for_unit(by, submission):
        return SignOff.Way.FOR_SCHOOL
    if only_he_wrote(by, submission) and has_one_post_holder(submission.unit_id):
        return SignOff.Way.ALONE
    return SignOff.Way.OFFICER
