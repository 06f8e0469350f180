"""Issues among what can be found: by number, dates and what stands in masthead and imprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from bulletins.findable.entry import issue_page
from bulletins.findable.filters import ISSUE, state_wanted
from bulletins.models import Entry, Issue
from bulletins.queries.issue import issues_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_issues(ids: Sequence[int]) -> Iterable[Indexed]:
    for issue in Issue.objects.filter(pk__in=ids).select_related("periodical"):
        printed = f"{official_date(issue.printed_on)}印发" if issue.printed_on else ""
        lines = (
            f"{issue.masthead}{issue.periodical.title}",
            f"{issue.office} {official_date(issue.issue_date)} {printed}",
            *(f"{word}：{line}" for word, line in (("报", issue.report_to), ("送", issue.copy_to)) if line),
        )
        yield Indexed(issue.pk, str(issue), "\n".join(lines), issue.issue_date)


def entries_with(ids: Sequence[int]) -> dict[str, list[int]]:
    """Date, sign-off and number of an issue stand in the rows of its entries too."""
    return {"entry": list(Entry.objects.filter(issue__in=ids).values_list("pk", flat=True))}


def issues_share(user: User, filters: Filters) -> list[Share]:
    rows = narrow_issues(issues_for(user), filters)
    return [] if rows is None else [Share(rows)]


def narrow_issues(rows: QuerySet[Issue], filters: Filters) -> QuerySet[Issue] | None:
    """Issues that filters leave; a whole issue is of no unit and no batch."""
    state = state_wanted(filters, ISSUE)
    if state is None or filters.get("unit") or filters.get("batch"):
        return None
    if state:
        rows = rows.filter(state=state)
    if section := filters.get("section"):
        rows = rows.filter(pk__in=Entry.objects.filter(section__name=section).values("issue"))
    return rows


def describe_issues(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        issue.pk: Described(issue_page(issue, user), (official_date(issue.issue_date), issue.get_state_display()))
        for issue in Issue.objects.filter(pk__in=ids)
    }


register_source(
    Source(
        name="issue",
        label="工作动态",
        order=40,
        model=Issue,
        watches=((Issue, "id"),),
        index=index_issues,
        shares=issues_share,
        describe=describe_issues,
        dependants=entries_with,
    )
)
