"""How spans of days are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from django import template

from portal.accounts.services.unit_registrar import LONG_AGO
from portal.templatetags.official import official_date

register = template.Library()


class Span(Protocol):
    """A half-open range of days, as the database keeps it."""

    lower: date | None
    upper: date | None


@register.filter
def span(during: Span) -> str:
    """``2023年9月1日至2024年8月31日``, the last day included; an open end is ``起``, an unknown start is left out."""
    start = "" if during.lower is None or during.lower <= LONG_AGO else official_date(during.lower)
    last = official_date(during.upper - timedelta(days=1)) if during.upper else ""
    if start and last:
        return f"{start}至{last}"
    if last:
        return f"至{last}"
    return f"{start}起" if start else "一直"
