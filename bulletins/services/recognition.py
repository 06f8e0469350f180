"""Reading activities off a report's stored text into its rows, which are saved with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from bulletins.models import Submission
from bulletins.services.reading import Merged, merge_rows, recognise, without_title
from bulletins.services.submission import save_draft
from bulletins.validators import MOST_ACTIVITIES
from pilots.queries.activity import Lookups
from pilots.services.activity_row import Row
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Recognition:
    """The report as saved, its rows with what is new among them, and sentences about dates that do not exist."""

    saved: Submission
    merged: Merged
    problems: tuple[str, ...]


def recognise_report(submission: Submission, *, by: User, rows: Sequence[Row], known: Lookups) -> Recognition:
    """Bring what the text tells of into ``rows``; an empty title is filled from the text. Nothing typed is lost."""
    today = timezone.localdate()
    read = recognise(submission.text, unit=submission.unit, lookups=known, today=today)
    merged = merge_rows(rows, read.rows, known, today=today)
    problems = read.problems
    if len(merged.rows) > MOST_ACTIVITIES:
        problems = (*problems, f"读出的活动有{len(merged.rows)}项，只列出前{MOST_ACTIVITIES}项。请分几篇报送。")
        merged = replace(merged, rows=merged.rows[:MOST_ACTIVITIES])
    title, text = submission.title, submission.text
    if not title.strip() and read.title:
        title, text = read.title, without_title(read.title, text)
    saved = save_draft(submission, by=by, title=title, text=text, version=submission.version, rows=merged.rows)
    return Recognition(saved, merged, problems)
