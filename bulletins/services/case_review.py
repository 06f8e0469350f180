"""Experts and cases: whom the office asks, what they score, and who is let off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from bulletins.casebook import LONGEST_WORDS
from bulletins.models import Case, CaseReview
from bulletins.notices.case import tell_case_assigned
from bulletins.queries.case import latest_version
from bulletins.queries.case_experts import ties_to_case
from bulletins.states.case import CaseState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import moving


def assign_experts(case: Case, *, experts: Sequence[User], due: date, by: User) -> list[CaseReview]:
    """Ask experts to score the latest version until ``due``. Who is asked already is asked once.

    Raises Refused for who is no expert, and for an expert of a unit that has a part in the case.
    """
    if not experts:
        raise Refused("请至少选择一位专家。")
    if due < timezone.localdate():
        raise Refused(f"截止日期{official_date(due)}已经过去，请改为今天或以后。")
    made: list[CaseReview] = []
    with moving(case, "assign", by=by, experts=[expert.name for expert in experts]) as locked:
        version = latest_version(locked)
        if version is None:
            raise Refused("案例还没有报送，不能安排评审。")
        for expert in experts:
            require_unbiased(locked, expert)
            fields = {"due": due, "assigned_by": by}
            review, is_new = CaseReview.objects.get_or_create(version=version, expert=expert, defaults=fields)
            if is_new:
                made.append(review)
        if not made:
            raise Refused("所选专家都已在评审这一稿。")
    for review in made:
        tell_case_assigned(review)
    return made


def release_expert(review: CaseReview, *, by: User) -> None:
    """An expert need not score after all. Raises Refused once he has."""
    with moving(review.version.case, "release", by=by, expert=review.expert.name):
        gone = CaseReview.objects.filter(pk=review.pk, scored_at__isnull=True).delete()[0]
        if not gone:
            raise Refused("这位专家已经评分，评分保留，不能取消。")


def score_case(review: CaseReview, *, scores: Mapping[str, Decimal | None], words: str, by: User) -> CaseReview:
    """An expert's points for each criterion, and his words; he may change both until the office decides.

    Raises ValidationError with a sentence per criterion, Refused for an expert of a unit that has a part in the case.
    """
    if not by.has_perm("bulletins.score_case_review", review):
        raise PermissionDenied
    with moving(review.version.case, "score", by=by) as case:
        locked = (
            CaseReview.objects.select_for_update(of=("self",)).select_related("version").filter(pk=review.pk).first()
        )
        if locked is None or locked.version != latest_version(case):
            raise Refused("这一稿已不再评审，不用评分。")
        require_unbiased(case, by)
        locked.scores = _checked(case, scores)
        locked.words = _checked_words(words)
        locked.scored_at = timezone.now()
        locked.save()
    return locked


def require_unbiased(case: Case, expert: User) -> None:
    """Raises Refused where ``expert`` is none, wrote it, or has a post in a unit with a part in the case."""
    if not expert.holds(Role.EXPERT):
        raise Refused(f"{expert}现在不是专家，请先请管理员安排专家岗位。")
    if expert.pk in (case.author_id, case.keeper_id):
        raise Refused(f"{expert}撰写过本案例，不能评审。请另选专家。")
    if unit := ties_to_case(case, expert):
        raise Refused(f"{expert}在{unit}任职，与本案例有关，不能评审。请另选专家。")


def is_open_to_score(review: CaseReview) -> bool:
    """Whether its expert may still score or change his score."""
    case = review.version.case
    return case.state == CaseState.REVIEWING and latest_version(case) == review.version


def _checked(case: Case, scores: Mapping[str, Decimal | None]) -> dict[str, str]:
    """Points by criterion, exact to one decimal, as text for JSON."""
    wrong: list[str] = []
    found: dict[str, str] = {}
    for criterion in case.own_criteria:
        points = scores.get(criterion.name)
        if points is None:
            wrong.append(f"请给“{criterion.name}”评分。")
        elif not 0 <= points <= criterion.most:
            wrong.append(f"“{criterion.name}”的评分须在0到{criterion.most}分之间。")
        elif points != round(points, 1):
            wrong.append(f"“{criterion.name}”的评分最多一位小数。")
        else:
            found[criterion.name] = str(points)
    if wrong:
        raise ValidationError(wrong)
    return found


def _checked_words(words: str) -> str:
    words = words.strip()
    if not words:
        raise ValidationError("请写评审意见，撰写单位会看到意见，看不到姓名和分数。")
    if len(words) > LONGEST_WORDS:
        raise ValidationError(f"评审意见有{len(words)}字，超过{LONGEST_WORDS}字，请缩短。")
    if "\x00" in words:
        raise ValidationError("评审意见中有无法识别的字符，请重新输入。")
    return words
