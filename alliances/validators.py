"""What forms, services and the API all ask of what somebody typed about a pair."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from portal.accounts.validators import WRONG_YEAR, is_sensible

#: Details and summaries are read on a screen, the whole document comes as a file.
LONGEST_WORDS = 2_000


def check_length(field: str, label: str, text: str, most: int = LONGEST_WORDS) -> None:
    """Raise ValidationError where ``text`` is longer than anybody reads on a page."""
    if len(text) > most:
        raise ValidationError({field: f"{label}有{len(text)}字，超过{most}字，请缩短。"})


def check_term(since: date, until: date) -> None:
    """Raise ValidationError where a term, both days included, ends before it starts, or a year is a slip."""
    for field, day in (("since", since), ("until", until)):
        if not is_sensible(day):
            raise ValidationError({field: WRONG_YEAR})
    if until < since:
        raise ValidationError({"until": "结束日期早于开始日期，请核对。"})
