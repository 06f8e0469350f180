"""A report that arrives whole, with the facts of its activities: how programs hand one in."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from bulletins.models import Submission
from bulletins.services.submission import create_submission
from pilots.services.activity import Facts, save_activity
from portal.accounts.models import Unit, User


@transaction.atomic
def create_with_facts(*, unit: Unit, by: User, title: str, text: str, activities: Sequence[Facts] = ()) -> Submission:
    """A new draft of ``unit`` with its activities, all or nothing.

    Raises PermissionDenied for who does not work for the unit, and ValidationError with sentences by field;
    those of the n-th activity begin with ``第n项活动``.
    """
    submission = create_submission(unit=unit, by=by, title=title, text=text)
    for number, facts in enumerate(activities, 1):
        try:
            activity = save_activity(None, facts, unit=unit, by=by)
        except ValidationError as error:
            raise ValidationError(
                {"activities": [f"第{number}项活动：{sentence}" for sentence in error.messages]}
            ) from error
        submission.activities.add(activity)
    return submission
