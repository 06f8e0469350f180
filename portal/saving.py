"""Saving what somebody else may be entering at the same moment."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, models, transaction

#: Rows in one statement, where many are written together.
AT_ONCE = 1_000


def save_checked(obj: models.Model, *, exclude: Collection[str] | None = None) -> None:
    """``full_clean`` and ``save``. Of two who save at once what may be there once, the second reads why it is refused.

    Raises ValidationError with the sentence of the constraint, also where the other row came in after the check.
    """
    obj.full_clean(exclude=exclude)
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError:
        obj.full_clean(exclude=exclude)  # the other row can be seen by now
        raise


def sentence_of(model: type[models.Model], constraint: str) -> str:
    """What the constraint of this name says of a row that breaks it, for checks that look at many rows together."""
    return next(str(one.violation_error_message) for one in model._meta.constraints if one.name == constraint)
