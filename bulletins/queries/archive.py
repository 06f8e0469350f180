"""Look-ups of the public archive. All of them start from ``public_issues``."""

from __future__ import annotations

import json

from django.db.models import F, Func, JSONField, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, ExtractYear

from bulletins.models import Issue, Rendition
from bulletins.queries.issue import public_issues
from bulletins.states import IssueState

#: Where the words of an issue stand in its frozen content.
WORDS = ("$.sections[*].entries[*].lead", "$.sections[*].entries[*].paragraphs[*]")


def archived_issues(*, year: int | None = None, text: str = "") -> QuerySet[Issue]:
    """Public issues, the latest first; of one year of the masthead's date, or with all words of ``text`` in them."""
    rows = public_issues()
    if year:
        rows = rows.filter(issue_date__year=year)
    words = text.split()
    if words:
        rows = rows.annotate(label_text=KT("content__label"), **_texts())
    for word in words:
        # Arrays are compared in their JSON form, so the word takes on that form too.
        inside = json.dumps(word, ensure_ascii=False)[1:-1]
        matches = Q(label_text__icontains=word)
        for name in _texts():
            matches |= Q(**{f"{name}__icontains": inside})
        rows = rows.filter(matches)
    return rows


def archived_years() -> list[int]:
    """Years in which public issues are dated, the latest first."""
    years = public_issues().order_by().annotate(of_year=ExtractYear("issue_date")).values_list("of_year", flat=True)
    return sorted(set(years), reverse=True)


def with_final_file(rows: QuerySet[Issue]) -> QuerySet[Issue]:
    """Issues with their final PDF as ``final_files`` (a list of none or one); one query more."""
    finals = Rendition.objects.filter(kind=Rendition.Kind.FINAL)
    return rows.prefetch_related(Prefetch("renditions", queryset=finals, to_attr="final_files"))


def final_file(issue: Issue) -> Rendition | None:
    """The final PDF of an issue that was read by ``with_final_file``; a voided one is not handed out."""
    if issue.state == IssueState.VOIDED:
        return None
    files: list[Rendition] = getattr(issue, "final_files", [])
    return files[0] if files else None


def neighbours(issue: Issue) -> tuple[Issue | None, Issue | None]:
    """The public issues before and after ``issue`` by the date of the masthead; two queries."""
    rows = public_issues().exclude(pk=issue.pk)
    same_day = Q(issue_date=issue.issue_date)
    place = issue.number or 0
    earlier = rows.filter(Q(issue_date__lt=issue.issue_date) | same_day & Q(number__lt=place))
    later = rows.filter(Q(issue_date__gt=issue.issue_date) | same_day & Q(number__gt=place))
    return earlier.first(), later.reverse().first()


def _texts() -> dict[str, Cast]:
    return {f"words_{number}": _texts_at(path) for number, path in enumerate(WORDS)}


def _texts_at(path: str) -> Cast:
    found = Func(
        F("content"),
        Value(path),
        function="jsonb_path_query_array",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )
    return Cast(found, TextField())
