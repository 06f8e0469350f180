"""Giving numbers: once, at sign-off, without gaps (DOMAIN.md, the bulletin)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from bulletins.models import Issue, NumberCounter, NumberingScheme, Periodical
from portal.refusals import Refused


def scheme_on(periodical: Periodical, day: date) -> NumberingScheme:
    """The numbering in force for an issue dated ``day``. Raises Refused where none is."""
    scheme = periodical.schemes.filter(since__lte=day).order_by("-since").first()
    if scheme is None:
        raise Refused(f"{day.year}年还没有期号规则，请管理员先设置。")
    return scheme


def proposed_label(issue: Issue) -> str:
    """The label that the next sign-off would give (第17期); a proposal, nothing is reserved."""
    scheme = scheme_on(issue.periodical, issue.issue_date)
    year = scheme.year_of(issue.issue_date)
    counter = NumberCounter.objects.filter(periodical=issue.periodical, year=year or 0).first()
    return scheme.print_label((counter.last if counter else 0) + 1, year)


def take_number(periodical: Periodical, day: date) -> tuple[int, int | None, str]:
    """The next number, its year (None where numbers count on) and printed label.

    Must be called in the transaction that stores it: the counter's row stays locked until then, so
    that an undone sign-off gives its number back and two at once get two.
    """
    scheme = scheme_on(periodical, day)
    year = scheme.year_of(day)
    counter = _locked_counter(periodical, year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last, year, scheme.print_label(counter.last, year)


@transaction.atomic
def raise_counter(periodical: Periodical, number: int, year: int | None) -> None:
    """See to it that numbers up to ``number`` are never given again (a past issue came in)."""
    counter = _locked_counter(periodical, year)
    if counter.last < number:
        counter.last = number
        counter.save(update_fields=["last"])


def _locked_counter(periodical: Periodical, year: int | None) -> NumberCounter:
    NumberCounter.objects.get_or_create(periodical=periodical, year=year or 0)
    return NumberCounter.objects.select_for_update().get(periodical=periodical, year=year or 0)
