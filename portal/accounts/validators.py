"""What forms, tables and the API all ask of a day that somebody typed."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator

#: Days that a unit, a post, an activity or an issue can have; beyond them somebody mistyped the year.
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
WRONG_YEAR = "年份不对，请核对。"

#: Validators of every field that takes a day.
DAY_BOUNDS = (MinValueValidator(FIRST_DAY, WRONG_YEAR), MaxValueValidator(LAST_DAY, WRONG_YEAR))


def is_sensible(day: date) -> bool:
    """Whether ``day`` lies within what forms take."""
    return FIRST_DAY <= day <= LAST_DAY
