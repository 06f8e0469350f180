"""A list to choose from that is written at once says what Django's own says."""

from __future__ import annotations

from django import forms
from django.test.html import parse_html

from portal.accounts.forms.base import PlainSelect

CHOICES = [("", "不对比"), ("学期", [("2024-1", "<第一>"), ("2024-2", "第二")]), ("年份", [(2024, "2024年")])]


def test_it_is_the_list_that_django_writes() -> None:
    for value in ("", "2024-2", 2024, "unknown", None):
        own, usual = (
            kind(choices=CHOICES, attrs={"class": "form-select"}).render("period", value, {"id": "id_period"})
            for kind in (PlainSelect, forms.Select)
        )
        assert parse_html(own) == parse_html(usual)


def test_what_is_chosen_is_marked() -> None:
    html = PlainSelect(choices=CHOICES).render("period", "2024-2")
    assert '<option value="2024-2" selected>第二</option>' in html
    assert "&lt;第一&gt;" in html
