"""Reports among what can be found. The unit finds its own words, the desk the words edited for print as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bulletins.findable.filters import REPORT, state_wanted
from bulletins.models import Section, Submission
from bulletins.queries.submission import LEFT_UNIT, submissions_for
from pilots.models import Activity
from portal.accounts.models import User
from portal.search.models import Audience
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_submissions(ids: Sequence[int]) -> Iterable[Indexed]:
    """One row of a report that the office has not edited; else one of the unit's words and one of all words."""
    for report in Submission.objects.filter(pk__in=ids):
        day = timezone.localdate(report.submitted_at or report.created_at)
        texts = {Audience.ALL: report.text}
        if report.print_lead or report.print_text:
            edited = "\n".join((report.print_lead, report.print_text, report.text))
            texts = {Audience.UNIT: report.text, Audience.OFFICE: edited}
        for audience, text in texts.items():
            yield Indexed(report.pk, str(report), text, day, audience, report.unit_id)


def submissions_share(user: User, filters: Filters) -> list[Share]:
    """The reports that ``user`` may see; only who works at the desk reads the office's words of them."""
    reads_desk = user.has_perm("bulletins.view_desk")
    audiences = (Audience.ALL, Audience.OFFICE if reads_desk else Audience.UNIT)
    rows = narrow_submissions(submissions_for(user), filters)
    return [] if rows is None else [Share(rows, audiences)]


def narrow_submissions(rows: QuerySet[Submission], filters: Filters) -> QuerySet[Submission] | None:
    """Reports that filters leave; None where one asks for an issue's state."""
    state = state_wanted(filters, REPORT)
    if state is None:
        return None
    if state:
        rows = rows.filter(state=state)
    if unit := filters.get("unit"):
        rows = rows.filter(unit=int(unit))
    if batch := filters.get("batch"):
        activities = Activity.objects.filter(batches=int(batch))
        rows = rows.filter(
            pk__in=Submission.activities.through.objects.filter(activity__in=activities).values("submission")
        )
    if section := filters.get("section"):
        rows = rows.filter(in_section(section))
    return rows


def in_section(name: str) -> Q:
    """Reports that stand in a section, or that would by their unit's kind where they stand in none yet."""
    kinds = [kind for section in Section.objects.filter(name=name) for kind in section.unit_kinds]
    return Q(placement__entry__section__name=name) | Q(placement__isnull=True, unit__kind__in=kinds)


def describe_submissions(user: User, ids: Sequence[int]) -> dict[int, Described]:
    """A report leads to the desk for who works there, else to its own page."""
    reads_desk = user.has_perm("bulletins.view_desk")
    described = {}
    for report in Submission.objects.filter(pk__in=ids).select_related("unit").annotate(has_left=LEFT_UNIT):
        page = "desk-submission" if reads_desk and report.has_left else "submission"
        day = report.submitted_at or report.created_at
        facts = (report.unit.label, official_date(timezone.localdate(day)), report.get_state_display())
        described[report.pk] = Described(reverse(page, args=[report.pk]), facts)
    return described


register_source(
    Source(
        name="report",
        label="稿件",
        order=20,
        model=Submission,
        watches=((Submission, "id"),),
        index=index_submissions,
        shares=submissions_share,
        describe=describe_submissions,
    )
)
