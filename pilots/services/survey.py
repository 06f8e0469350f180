"""满意度调查: making one, and taking an answer from whoever has the link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pilots.models import Survey, SurveyAnswer
from pilots.models.survey import MARKS
from pilots.queries.holding import holding_units
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date

MOST_STATEMENTS = 20
LONGEST_STATEMENT = 100
LONGEST_WORDS = 500
_MARKS = {mark for mark, _ in MARKS}


@transaction.atomic
def save_survey(survey: Survey | None, *, by: User, held_by: Unit, statements: Sequence[str], **fields: Any) -> Survey:
    """Make a survey or change one. ``fields``: title, about, asks_words, opens_on, closes_on.

    With the first answer the statements are fixed: what was answered must be what is shown. Raises ValidationError.
    """
    row = _locked(survey, by) if survey else Survey(held_by=held_by, created_by=by)
    if survey is None and held_by not in holding_units(by):
        raise PermissionDenied
    asked = [one.strip() for one in statements if one.strip()]
    _check_statements(asked)
    if row.pk and asked != row.statements and row.answers.exists():
        raise ValidationError({"statements": "已有人作答，题目不能再改。如需换题，请另建一份调查。"})
    row.statements = asked
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(exclude=["statements", "created_by"])
    row.save()
    record(row, "pilots.survey.save", "保存满意度调查", by=by)
    return row


@transaction.atomic
def delete_survey(survey: Survey, *, by: User) -> None:
    """Throw away a survey of one's own that nobody has answered."""
    row = _locked(survey, by)
    if row.score_id:
        raise Refused("这份调查用于考核，不能删除。")
    if row.answers.exists():
        raise Refused("已有人作答，不能删除。不再收集的，请把截止日期改为今天或更早。")
    record(row, "pilots.survey.delete", "删除满意度调查", by=by, title=row.title)
    row.delete()


@transaction.atomic
def answer_survey(survey: Survey, *, device: str, marks: Sequence[int], words: str) -> SurveyAnswer:
    """Take one answer. ``device`` is the random number that the visitor's browser holds; only its hash is kept.

    Raises Refused where the survey is not open or the device has answered, ValidationError for what is wanting.
    """
    if sentence := why_closed(survey):
        raise Refused(sentence)
    if len(marks) != len(survey.statements) or any(mark not in _MARKS for mark in marks):
        raise ValidationError("还有题目没有选，请每题选一项。")
    if len(words) > LONGEST_WORDS or "\x00" in words:
        raise ValidationError(f"意见建议请用通常的文字，不超过{LONGEST_WORDS}字。")
    try:
        with transaction.atomic():
            return SurveyAnswer.objects.create(
                survey=survey,
                device=device_hash(survey, device),
                marks=list(marks),
                words=words.strip() if survey.asks_words else "",
            )
    except IntegrityError as error:
        raise Refused("这台设备已经填过这份调查，谢谢您。每台设备只能填一次。") from error


def has_answered(survey: Survey, device: str) -> bool:
    return SurveyAnswer.objects.filter(survey=survey, device=device_hash(survey, device)).exists()


def device_hash(survey: Survey, device: str) -> str:
    """Differs from survey to survey, so that answers of one device cannot be laid side by side."""
    return salted_hmac(f"survey:{survey.pk}", device, algorithm="sha256").hexdigest()


def why_closed(survey: Survey) -> str:
    """Why nobody can answer today, in a sentence; empty where one can."""
    today = timezone.localdate()
    if today < survey.opens_on:
        return f"这份调查从{official_date(survey.opens_on)}开始，请到时再填写。"
    if today > survey.closes_on:
        return f"这份调查已于{official_date(survey.closes_on)}结束，谢谢您的关心。"
    return ""


def _locked(survey: Survey, by: User) -> Survey:
    row = Survey.objects.select_for_update(of=("self",)).select_related("held_by").get(pk=survey.pk)
    if not by.has_perm("pilots.manage_survey", row):
        raise PermissionDenied
    return row


def _check_statements(asked: Sequence[str]) -> None:
    if not asked:
        raise ValidationError({"statements": "请填写调查题目，一行一题。"})
    if len(asked) > MOST_STATEMENTS:
        raise ValidationError({"statements": f"题目最多{MOST_STATEMENTS}道，题目多了少有人填完。"})
    if any(len(one) > LONGEST_STATEMENT for one in asked):
        raise ValidationError({"statements": f"每题不超过{LONGEST_STATEMENT}字，请缩短。"})
