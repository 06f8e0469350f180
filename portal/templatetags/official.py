"""Filters and tags that every template has: official forms of what people read, and the line icons."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.text import official

register = template.Library()


@register.filter
def official_date(value: date | datetime | None) -> str:
    """``2024年11月18日`` (GB/T 9704-2012, 7.3.5.4: Arabic numerals, no leading zero); empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return official.official_date(value)


@register.filter
def official_moment(value: datetime | None) -> str:
    """``2024年11月18日 9:05``."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{official_date(local)} {local:%H:%M}"


@register.filter
def begins(value: str, start: str) -> bool:
    """Whether ``value`` begins with ``start``; for marking the present place in the navigation."""
    return value.startswith(start)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon from our sprite ``static/img/icons.svg``; decoration only, so hidden from readers of the screen."""
    return format_html(
        '<svg class="icon-line" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )
