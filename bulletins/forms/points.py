"""Reading points of a return, and a unit's answers to them, off a posted page."""

from __future__ import annotations

from django.http import QueryDict

from bulletins.models import ReturnPoint
from bulletins.services.points import Point, PointAnswer
from portal.accounts.requests import whole_number


def points_from(data: QueryDict) -> tuple[Point, ...]:
    """``wish-<n>`` is what was written beside paragraph n, ``mark-<n>`` tells which words stood there."""
    points = []
    for name in data:
        number = whole_number(name.removeprefix("wish-"))
        wish = str(data[name]).replace("\r\n", "\n").strip()
        if name.startswith("wish-") and number is not None and wish:
            points.append(Point(number, data.get(f"mark-{number}", ""), wish))
    return tuple(sorted(points, key=lambda point: point.paragraph))


def answers_from(data: QueryDict) -> dict[int, PointAnswer]:
    """``answer-<id>`` is how a point was answered, ``reply-<id>`` the word why. A word alone means: not changed."""
    answers = {}
    for name in data:
        pk = whole_number(name.removeprefix("reply-"))
        if name.startswith("reply-") and pk is not None:
            reply = str(data[name]).replace("\r\n", "\n").strip()
            answer = data.get(f"answer-{pk}", "")
            answers[pk] = PointAnswer(answer or (ReturnPoint.Answer.KEPT if reply else ""), reply)
    return answers
