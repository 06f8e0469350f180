"""Surveys and what came of them: results only above few answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from alliances.rules.posts import reads_all
from pilots.models import Survey, SurveyAnswer
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


def averages_of_scores(scores: Collection[int]) -> dict[int, tuple[int, Decimal | None]]:
    """By each of ``scores`` (ids) how many have answered the survey that feeds it, and the average mark as its page
    tells it: None with few answers. One query."""
    marks: dict[int, list[Sequence[int]]] = {score: [] for score in scores}
    for score, given in SurveyAnswer.objects.filter(survey__score__in=marks).values_list("survey__score", "marks"):
        marks[score].append(given)
    return {score: (len(given), _average(given)) for score, given in marks.items()}


def _average(answers: Sequence[Sequence[int]]) -> Decimal | None:
    """Of all marks given; above few answers only, so that nobody can be recognised."""
    return mean([Decimal(mark) for marks in answers for mark in marks]) if len(answers) > FEW_ANSWERS else None


def result_of_survey(survey: Survey) -> SurveyResult:
    """The result; above few answers only, so that nobody can be recognised."""
    answers = list(survey.answers.values_list("marks", "words"))
    if len(answers) <= FEW_ANSWERS:
        return SurveyResult(len(answers), None, (), ())
    marks = [row for row, _ in answers]
    return SurveyResult(
        len(answers),
        _average(marks),
        tuple(_statement(text, [row[place] for row in marks]) for place, text in enumerate(survey.statements)),
        tuple(words for _, words in answers if words),
    )


def _statement(text: str, marks: Sequence[int]) -> StatementResult:
    count = Counter(marks)
    average = mean([Decimal(mark) for mark in marks]) or Decimal(0)
    return StatementResult(text, average, tuple((label, count[mark]) for mark, label in MARKS))
