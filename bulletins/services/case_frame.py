"""The office's writes to frames of cases: their parts, criteria and topics. Cases that were begun keep theirs."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from bulletins.casebook import LONGEST_HINT, LONGEST_NAME, LONGEST_PART, MOST_POINTS, Criterion, Part
from bulletins.models import CaseFrame
from portal.accounts.models import User
from portal.audit.models import record

MOST_LINES = 20


@transaction.atomic
def save_frame(
    frame: CaseFrame | None,
    *,
    name: str,
    parts: Sequence[Part],
    criteria: Sequence[Criterion],
    topics: Sequence[str],
    is_active: bool = True,
    by: User,
) -> CaseFrame:
    """Make a frame or change one. Raises ValidationError with a sentence for whatever does not fit."""
    if not by.has_perm("bulletins.manage_cases"):
        raise PermissionDenied
    saved = CaseFrame.objects.select_for_update().get(pk=frame.pk) if frame else CaseFrame()
    wrong = [*_names("组成部分", [part.name for part in parts]), *_names("评审标准", [one.name for one in criteria])]
    wrong += [*_names("主题", topics), *_bounds(parts), *_points(criteria)]
    if wrong:
        raise ValidationError(wrong)
    saved.name, saved.is_active, saved.topics = name.strip(), is_active, list(topics)
    saved.parts = [{key: value for key, value in part.to_json().items() if key != "text"} for part in parts]
    saved.criteria = [one.to_json() for one in criteria]
    saved.full_clean()
    saved.save()
    record(saved, "bulletins.caseframe.save", "修改案例框架" if frame else "新建案例框架", by=by)
    return saved


def _names(what: str, names: Sequence[str]) -> list[str]:
    """Names stand for what is written and scored under them, so there is one of each."""
    if not names:
        return [f"请至少填写一项{what}。"]
    if len(names) > MOST_LINES:
        return [f"{what}最多{MOST_LINES}项，现有{len(names)}项。"]
    twice = sorted({name for name in names if list(names).count(name) > 1})
    long = [name[:10] for name in names if len(name) > LONGEST_NAME]
    wrong = [f"{what}“{name}”写了两次，请改成不同的名称。" for name in twice]
    return wrong + [f"{what}“{name}…”的名称超过{LONGEST_NAME}字，请缩短。" for name in long]


def _bounds(parts: Sequence[Part]) -> list[str]:
    wrong = [f"“{part.name}”的字数下限高于上限，请核对。" for part in parts if part.least > part.most]
    wrong += [
        f"“{part.name}”的字数上限须在1到{LONGEST_PART}之间。" for part in parts if not 0 < part.most <= LONGEST_PART
    ]
    return wrong + [
        f"“{part.name}”的提示超过{LONGEST_HINT}字，请缩短。" for part in parts if len(part.hint) > LONGEST_HINT
    ]


def _points(criteria: Sequence[Criterion]) -> list[str]:
    return [f"“{one.name}”的满分须在1到{MOST_POINTS}之间。" for one in criteria if not 0 < one.most <= MOST_POINTS]
