"""Surveys and what came of them: results only above few answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from alliances.rules.posts import reads_all
from pilots.models import Survey
from pilots.models.survey import FEW_ANSWERS, MARKS
from pilots.queries.assessment import scores_for
from pilots.queries.holding import holding_units
from pilots.scoring import mean
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class StatementResult:
    """One statement: its average mark, and how many gave each (5 first)."""

    text: str
    average: Decimal
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a survey came to. With few answers nothing but their number is told."""

    answers: int
    average: Decimal | None
    statements: tuple[StatementResult, ...]
    words: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        return self.answers > FEW_ANSWERS


def surveys_for(user: User) -> QuerySet[Survey]:
    """The office all; a bureau its own; whoever sees a score also the survey that feeds it."""
    rows = Survey.objects.select_related("held_by", "score__assessed__assessment")
    if reads_all(user):
        return rows
    scores = scores_for(user).filter(item__way="survey").order_by().values("pk")
    return rows.filter(Q(held_by__in=holding_units(user)) | Q(score__in=scores))


def listed_surveys(user: User, *, text: str = "") -> QuerySet[Survey]:
    """The list with how many have answered (``answered``)."""
    rows = surveys_for(user).annotate(answered=Count("answers")).order_by("-opens_on", "-pk")
    return rows.filter(title__icontains=text.strip()) if text.strip() else rows


def result_of_survey(survey: Survey) -> SurveyResult:
    """The result; above few answers only, so that nobody can be recognised."""
    answers = list(survey.answers.values_list("marks", "words"))
    if len(answers) <= FEW_ANSWERS:
        return SurveyResult(len(answers), None, (), ())
    marks = [row for row, _ in answers]
    return SurveyResult(
        len(answers),
        mean([Decimal(mark) for row in marks for mark in row]),
        tuple(_statement(text, [row[place] for row in marks]) for place, text in enumerate(survey.statements)),
        tuple(words for _, words in answers if words),
    )


def _statement(text: str, marks: Sequence[int]) -> StatementResult:
    count = Counter(marks)
    average = mean([Decimal(mark) for mark in marks]) or Decimal(0)
    return StatementResult(text, average, tuple((label, count[mark]) for mark, label in MARKS))
