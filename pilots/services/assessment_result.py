"""The result of a round as it is frozen when it is published: plain data and its SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pilots.models import Assessment
from pilots.queries.assessment import assessed_for, sees_whole
from pilots.queries.tally import CommunityTally, Line, SchoolTally, tallies
from pilots.scoring import number
from pilots.states.assessment import RESULT_KNOWN
from portal.accounts.models import User
from portal.text.digest import digest_of


def freeze(assessment: Assessment) -> tuple[dict[str, Any], str]:
    """The result and its digest. The same scores give the same digest."""
    result = result_of(assessment, tallies(assessment))
    return result, digest(result)


def digest(result: dict[str, Any]) -> str:
    return digest_of(result, compact=True)


def result_of(assessment: Assessment, communities: Sequence[CommunityTally]) -> dict[str, Any]:
    """What a round comes to, as text and numbers as text: names are kept as they are that day."""
    return {
        "name": assessment.name,
        "held_by": assessment.held_by.name,
        "scheme": assessment.scheme.name,
        "basis": assessment.scheme.basis,
        "period": assessment.period,
        "base_period": assessment.base_period,
        "items": [
            {"code": item.code, "name": item.name, "weight": number(item.weight), "share": item.share, "way": item.way}
            for item in assessment.items.all()
        ],
        "communities": [_community(one) for one in communities],
    }


def shown_result(found: Assessment, user: User) -> dict[str, Any]:
    """The result as far as the person sees it: the frozen one once published, else what it comes to now.

    While scores are made, only who follows the scoring gets points: the others get communities without any.
    """
    seen = set(assessed_for(user).filter(assessment=found).values_list("pk", flat=True))
    if found.result is not None:
        frozen: dict[str, Any] = found.result
        return frozen | {"communities": [one for one in frozen["communities"] if one["key"] in seen]}
    rows = [one for one in tallies(found) if one.assessed.pk in seen]
    if found.state not in RESULT_KNOWN:
        rows = [one for one in rows if sees_whole(user, one.assessed)]
    return result_of(found, rows)


def _community(one: CommunityTally) -> dict[str, Any]:
    return {
        "key": one.assessed.pk,
        "name": one.assessed.community.name,
        "area": one.assessed.community.area.name,
        "effort": number(one.effort),
        "improvement": number(one.improvement),
        "joint": number(one.joint),
        "total": number(one.total),
        "schools": [_school(school) for school in one.schools],
        "joint_lines": [_line(line) for line in one.joint_lines],
    }


def _school(school: SchoolTally) -> dict[str, Any]:
    return {
        "name": school.name,
        "is_lead": school.is_lead,
        "points": number(school.points),
        "lines": [_line(line) for line in school.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    score = line.score
    return {
        "key": score.pk,
        "code": line.item.code,
        "points": number(line.points),
        "worked_out": number(line.worked_out),
        "figure": _exact(score.figure),
        "base": _exact(score.base),
        "growth": _exact(score.growth),
        "spread": number(line.reviews.spread) if line.reviews else "",
        "before_objection": number(line.upheld.before) if line.upheld else "",
    }


def _exact(value: Decimal | None) -> str:
    return "" if value is None else number(value, 6)
