"""How spans of days are told: the last day included, unknown beginnings left out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.accounts.services.unit_registrar import LONG_AGO
from portal.accounts.templatetags.spans import span


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2023, 9, 1), date(2024, 9, 1), "2023年9月1日至2024年8月31日"),
        (date(2023, 9, 1), None, "2023年9月1日起"),
        (LONG_AGO, date(2024, 9, 1), "至2024年8月31日"),
        (LONG_AGO, None, "一直"),
    ],
)
def test_a_span_is_told_as_people_say_it(start: date, end: date | None, told: str) -> None:
    assert span(DateRange(start, end)) == told
