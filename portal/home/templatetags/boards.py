"""How a figure of a board is written wherever it stands."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.home.boards.facts import Figure

register = template.Library()


@register.simple_tag
def figure(shown: Figure) -> SafeString:
    """The figure with its definition; it opens its rows, unless there are none."""
    if shown.url and shown.number:
        return format_html('<a href="{}" title="{}">{}</a>', shown.url, shown.meaning, shown.text)
    return format_html('<span title="{}">{}</span>', shown.meaning, shown.text)
