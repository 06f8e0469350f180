"""Points of a return: what the office wants changed in which paragraph, and how the unit answers each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import ReturnPoint, Submission
from bulletins.services.saving import locked_submission, require
from bulletins.states import WITH_UNIT
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.refusals import Refused
from portal.text.structure import paragraphs
from portal.text.typed import typed

LONGEST_WISH = 500


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it was written: the paragraph's place (from 0) in the unit's text, the mark of the words it was
    written beside (:func:`mark_of`), and what is to be changed."""

    paragraph: int
    mark: str
    wish: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """How the unit answers a point: ``answer`` is a ``ReturnPoint.Answer``, ``reply`` says why not."""

    answer: str
    reply: str = ""


def mark_of(paragraph: str) -> str:
    """Tells a paragraph from what may later stand in its place."""
    return hashlib.sha256(paragraph.encode()).hexdigest()[:12]


def new_points(submission: Submission, points: Iterable[Point], *, number: int, by: User) -> list[ReturnPoint]:
    """The rows of points that still fit the text, unsaved, for return ``number``.

    Raises Refused where a point is too long, or its paragraph is no longer what it was written beside.
    """
    text = paragraphs(submission.text)
    rows = []
    for point in points:
        wish = typed(point.wish)
        if not wish:
            continue
        if len(wish) > LONGEST_WISH:
            raise Refused(f"第{point.paragraph + 1}段的意见有{len(wish)}字，超过{LONGEST_WISH}字，请缩短。")
        if point.paragraph >= len(text) or mark_of(text[point.paragraph]) != point.mark:
            raise Refused(f"正文已经变化，第{point.paragraph + 1}段不再是您写意见时的文字。请对照现在的正文重新标注。")
        quote = text[point.paragraph]
        rows.append(
            ReturnPoint(submission=submission, round=number, paragraph=point.paragraph, quote=quote, wish=wish, by=by)
        )
    return rows


def returns_of(reports: Iterable[int]) -> dict[int, int]:
    """By report, how often the office has returned it for good; what was undone does not count. One query."""
    actions = ("bulletins.submission.return", "bulletins.submission.undo")
    rows = Entry.objects.filter(object_id__in=reports, action__in=actions)
    counts: dict[int, int] = {}
    for pk, action, data in rows.values_list("object_id", "action", "data"):
        step = 1 if action == actions[0] else -1 if data.get("undone") == "return" else 0
        counts[pk or 0] = counts.get(pk or 0, 0) + step
    return counts


@transaction.atomic
def answer_points(submission: Submission, *, by: User, answers: Mapping[int, PointAnswer]) -> Sequence[ReturnPoint]:
    """Store how the unit answers the points of the latest return, by id; other ids are passed over.

    Raises Refused where a point is left as it is without a word why, and where the report has moved on.
    """
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    require(locked, locked.state in WITH_UNIT, "答复退回意见")
    points = list(locked.points.filter(round=latest_round(locked)))
    changed = [point for point in points if point.pk in answers and _differs(point, answers[point.pk])]
    for point in changed:
        given = answers[point.pk]
        if given.answer not in ReturnPoint.Answer.values:
            raise Refused("请选择“已改”或“不改，说明理由”。")
        if len(given.reply) > LONGEST_WISH:
            raise Refused(f"说明有{len(given.reply)}字，超过{LONGEST_WISH}字，请缩短。")
        point.answer, point.reply = given.answer, typed(given.reply)
        point.answered_by, point.answered_at = by, timezone.now()
    ReturnPoint.objects.bulk_update(changed, ["answer", "reply", "answered_by", "answered_at"])
    return points


def latest_round(submission: Submission) -> int:
    """The latest return that had points; 0 where none had."""
    return submission.points.values_list("round", flat=True).first() or 0


def _differs(point: ReturnPoint, given: PointAnswer) -> bool:
    return (point.answer, point.reply) != (given.answer, given.reply.strip())
