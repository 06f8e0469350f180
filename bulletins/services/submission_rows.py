"""Typed rows of a report: shown while it is written, made into activities when it leaves the writer's hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from bulletins.models import Submission
from pilots.models import Activity
from pilots.queries.activity import Lookups, lookups, with_facts
from pilots.services.activity import drop_activity, save_activity
from pilots.services.activity_row import LABELS, Row, Understood, row_of, understand
from pilots.services.activity_text import date_text
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row and what was understood of it, for pages."""

    row: Row
    understood: Understood


def rows_of(submission: Submission) -> list[Row]:
    """What stands in the report's rows: as last typed, else its stored activities."""
    if submission.draft_rows is not None:
        return [Row.from_json(data) for data in submission.draft_rows]
    return [row_of(activity) for activity in with_facts(submission.activities.all())]


def shown_rows(rows: Sequence[Row], known: Lookups) -> list[ShownRow]:
    """The rows with their understanding, years being reckoned from today."""
    today = timezone.localdate()
    return [ShownRow(row, understand(row, known, today=today)) for row in rows]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One activity as a line of words for people; ``note`` says what is wrong or wanting in a draft."""

    kind: str
    date: str
    sessions: int
    place: str
    partners: str
    people: str
    batches: str
    note: str = ""


def fact_lines(submission: Submission) -> list[FactLine]:
    """The activities of a report, drafts as typed so far; a constant number of queries."""
    if submission.draft_rows is None:
        return stored_facts(submission)
    rows = [row for row in rows_of(submission) if not row.is_empty]
    return [_typed_line(shown) for shown in shown_rows(rows, lookups())] if rows else []


def stored_facts(submission: Submission) -> list[FactLine]:
    """The activities as they were recorded when the report left the unit; a constant number of queries."""
    return [_stored_line(activity) for activity in with_facts(submission.activities.all())]


def _stored_line(activity: Activity) -> FactLine:
    row = row_of(activity)
    return FactLine(
        kind=str(activity.kind or ""),
        date=row.date,
        sessions=activity.sessions,
        place=row.place,
        partners=row.partners,
        people=row.people,
        batches="、".join(batch.short_name for batch in activity.batches.all()),
    )


def _typed_line(shown: ShownRow) -> FactLine:
    row, facts = shown.row, shown.understood.facts
    when = date_text(facts.start, facts.end, facts.days, approximate=facts.is_approximate)
    missing = "和".join(shown.understood.missing)
    notes = [*shown.understood.errors.values(), f"还没有填{missing}。" if missing else ""]
    return FactLine(
        kind=str(facts.kind or ""),
        date=when or row.date,
        sessions=facts.sessions,
        place=row.place,
        partners=row.partners,
        people=row.people,
        batches="、".join(batch.short_name for batch in facts.batches),
        note="".join(notes),
    )


def add_rows(submission: Submission, activities: Sequence[int]) -> None:
    """Let the report tell of further stored activities, also among rows that were typed and are not settled yet."""
    submission.activities.add(*activities)
    if submission.draft_rows is not None:
        present = {data.get("activity") for data in submission.draft_rows}
        added = with_facts(Activity.objects.filter(pk__in=set(activities) - present))
        submission.draft_rows = [*submission.draft_rows, *(row_of(activity).to_json() for activity in added)]


def settle_rows(submission: Submission, *, by: User) -> None:
    """Make the typed rows the report's activities; call it on the locked row, which the caller saves.

    A row that was taken out withdraws its activity, unless another report tells of it too. Raises
    ValidationError with a sentence per row that is not complete; nothing is written then.
    """
    if submission.draft_rows is None:
        return
    rows = [row for row in rows_of(submission) if not row.is_empty]
    shown = shown_rows(rows, lookups()) if rows else []
    sentences = [sentence for number, row in enumerate(shown, 1) for sentence in _wanting(number, row.understood)]
    if sentences:
        raise ValidationError({"activities": sentences})
    stored = {activity.pk: activity for activity in submission.activities.all()}
    kept = []
    for row in shown:
        present = stored.pop(row.row.activity, None) if row.row.activity else None
        unit = present.unit if present else submission.unit  # a consolidated report tells of other units' activities
        kept.append(save_activity(present, row.understood.facts, unit=unit, by=by))
    submission.activities.set(kept)
    for activity in stored.values():
        if not activity.submissions.exists():
            drop_activity(activity, by=by)
    submission.draft_rows = None


def _wanting(number: int, understood: Understood) -> list[str]:
    sentences = [f"第{number}项活动的{LABELS[name]}：{error}" for name, error in understood.errors.items()]
    if understood.missing:
        missing = "和".join(understood.missing)
        sentences.append(f"第{number}项活动还没有填{missing}，请补上；若不是一项活动，请删去这一行。")
    return sentences
