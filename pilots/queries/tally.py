"""What an assessment comes to: every score with what it rests on, and the sums of each community.

The only place where points are added up; page, sheet, Word, Excel and the frozen result show what is worked out here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from pilots.models import AssessedCommunity, Assessment, AssessmentItem, ItemScore, Objection, Reviewer, ReviewerScore
from pilots.scoring import Reviews, joined, linear, mean
from pilots.states.assessment import RESULT_KNOWN, ObjectionState

Share = AssessmentItem.Share
Way = AssessmentItem.Way


@dataclass(frozen=True, slots=True)
class Line:
    """One score: its points (None: none yet, and ``gap`` says why) and what was worked out from figures or reviews.

    ``upheld`` is the objection by which the points became what they are, if one did.
    """

    score: ItemScore
    points: Decimal | None
    worked_out: Decimal | None
    reviews: Reviews | None
    gap: str
    upheld: Objection | None = None

    @property
    def item(self) -> AssessmentItem:
        return self.score.item

    @property
    def is_settled(self) -> bool:
        """The county, or who holds the round, has set points of its own."""
        return self.score.county_points is not None and self.score.county_points != self.worked_out


@dataclass(frozen=True, slots=True)
class SchoolTally:
    """One school: its own part (努力值 of the lead, 提升值 of a member); ``wanting`` lines have no points yet."""

    pk: int
    name: str
    is_lead: bool
    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        return _sum(self.lines)


@dataclass(frozen=True, slots=True)
class CommunityTally:
    """One community: the lead's 努力值, the members' 提升值 on average, the part they share, and all of it."""

    assessed: AssessedCommunity
    schools: tuple[SchoolTally, ...]
    joint_lines: tuple[Line, ...]

    @property
    def lead(self) -> SchoolTally | None:
        return next((school for school in self.schools if school.is_lead), None)

    @property
    def members(self) -> tuple[SchoolTally, ...]:
        return tuple(school for school in self.schools if not school.is_lead)

    @property
    def effort(self) -> Decimal:
        return self.lead.points if self.lead else Decimal(0)

    @property
    def improvement(self) -> Decimal:
        return mean([member.points for member in self.members]) or Decimal(0)

    @property
    def joint(self) -> Decimal:
        return _sum(self.joint_lines)

    @property
    def total(self) -> Decimal:
        return self.effort + self.improvement + self.joint

    @property
    def lines(self) -> list[Line]:
        return [*self.joint_lines, *(line for school in self.schools for line in school.lines)]

    @property
    def wanting(self) -> list[Line]:
        """Scores without points."""
        return [line for line in self.lines if line.points is None]


def tallies(assessment: Assessment, assessed: Iterable[AssessedCommunity] | None = None) -> list[CommunityTally]:
    """The communities of a round, or those given, in official order. A constant number of queries."""
    rows = assessment.communities.select_related("community__area", "assessment")
    if assessed is not None:
        rows = rows.filter(pk__in=[one.pk for one in assessed])
    communities = list(rows.prefetch_related("schools__school"))
    handed_in = ReviewerScore.objects.filter(reviewer__handed_in_at__isnull=False)
    scores = ItemScore.objects.filter(assessed__in=communities).select_related("item__indicator", "school__school")
    by_community: dict[int, list[Line]] = defaultdict(list)
    found = {one.pk: one for one in communities}
    upheld = Objection.objects.filter(state=ObjectionState.UPHELD)
    behind = (Prefetch("reviews", handed_in, to_attr="given"), Prefetch("objections", upheld, to_attr="upheld"))
    for score in scores.prefetch_related(*behind):
        score.assessed = found[score.assessed_id]
        by_community[score.assessed_id].append(_line(score, assessment))
    return [_tally(one, by_community[one.pk]) for one in communities]


def line_of(score: ItemScore) -> Line:
    """One score alone."""
    given = ReviewerScore.objects.filter(score=score, reviewer__handed_in_at__isnull=False)
    score.given = list(given)  # type: ignore[attr-defined]  # as the prefetches above name them
    score.upheld = list(score.objections.filter(state=ObjectionState.UPHELD))  # type: ignore[attr-defined]
    return _line(score, score.assessed.assessment)


def reviewers_of(assessed: AssessedCommunity) -> list[Reviewer]:
    """Who scores a community, with what each gave: for who holds the round only."""
    rows = assessed.reviewers.select_related("user").prefetch_related("scores")
    return list(rows)


def counted_value(score: ItemScore) -> Decimal | None:
    """What is turned into points: the figure, or its growth since the base period (增值评价)."""
    return score.growth if score.item.is_value_added else score.figure


def _line(score: ItemScore, assessment: Assessment) -> Line:
    reviews = joined([one.points for one in score.given])  # type: ignore[attr-defined]
    worked_out = _worked_out(score, reviews)
    points = score.points if assessment.state in RESULT_KNOWN else _points(score, worked_out)
    upheld: list[Objection] = score.upheld  # type: ignore[attr-defined]
    gap = "" if points is not None else _gap(score)
    return Line(score, points, worked_out, reviews, gap, upheld[-1] if upheld else None)


def _worked_out(score: ItemScore, reviews: Reviews | None) -> Decimal | None:
    """The points that follow from figures, marks, reviews, or what the school gave itself."""
    item = score.item
    if item.way == Way.SELF:
        return score.self_points
    if item.way == Way.REVIEW:
        return reviews.average if reviews else None
    value = counted_value(score)
    if value is None or item.full_at is None:
        return None
    return linear(value, zero_at=item.zero_at, full_at=item.full_at, weight=item.weight)


def _points(score: ItemScore, worked_out: Decimal | None) -> Decimal | None:
    return worked_out if score.county_points is None else score.county_points


def _gap(score: ItemScore) -> str:
    match score.item.way:
        case Way.SELF:
            return "还没有自评"
        case Way.REVIEW:
            return "还没有专家评分"
    return score.gap or "还没有取数"


def _tally(assessed: AssessedCommunity, lines: list[Line]) -> CommunityTally:
    own: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        own[line.score.school_id].append(line)
    schools = tuple(
        SchoolTally(row.pk, row.school.label, row.is_lead, tuple(own[row.pk])) for row in assessed.schools.all()
    )
    return CommunityTally(assessed, schools, tuple(own[None]))


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.points for line in lines if line.points is not None), Decimal(0))
