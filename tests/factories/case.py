"""Makers of cases (典型案例) in any state, through the portal's own services."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bulletins.models import Case, CaseFrame, CaseReview
from bulletins.services.case import CaseFacts, approve_case, begin_case, save_case, submit_case
from bulletins.services.case_desk import keep_case, publish_case
from bulletins.services.case_review import assign_experts, score_case
from bulletins.states.case import CaseState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from tests.factories import make_officer, make_unit, make_user

#: Long enough for every part of the frame that is shipped.
WORDS = {
    "背景意义": "城区学校和乡村学校师资相差很大。" * 8,
    "主要做法": "（一）定期会商。两地每季度开一次会，商定下一步的事。\n" + "教师轮流到对方学校上课、评课、备课。" * 30,
    "经验启示": "事情由双方一起定，做起来才有人负责。" * 10,
}


def the_frame() -> CaseFrame:
    """The one that the migration brings."""
    return CaseFrame.objects.get(name="典型案例")


def make_case(officer: User | None = None, title: str = "两地教师同备一堂课", **facts: Any) -> Case:
    """A complete draft of the officer's unit."""
    officer = officer or make_officer()
    unit: Unit = officer.posts_today[0].unit
    case = begin_case(frame=the_frame(), unit=unit, by=officer)
    fields: dict[str, Any] = {"topic": "教师发展", "texts": WORDS, "area": case.area} | facts
    return save_case(case, CaseFacts(title=title, **fields), by=officer, version=case.version)


def make_sent_case(officer: User | None = None, **facts: Any) -> Case:
    """A case that lies with the office, signed by its unit where that has an approver."""
    case = make_case(officer, **facts)
    submit_case(case, by=case.author)
    if case.state == CaseState.AWAITING_UNIT:
        approve_case(case, by=make_user(Role.UNIT_APPROVER, case.unit))
    return case


def make_expert(unit: Unit | None = None) -> User:
    """An expert of a unit without a part in anything."""
    return make_user(Role.EXPERT, unit or make_unit())


def ask(case: Case, *experts: User, by: User) -> list[CaseReview]:
    return assign_experts(case, experts=experts, due=timezone.localdate() + timedelta(days=7), by=by)


def score(review: CaseReview, share: str = "0.8", words: str = "做法具体，建议补充数据。") -> CaseReview:
    """Every criterion gets the same share of its points."""
    points = {one.name: Decimal(one.most) * Decimal(share) for one in review.version.case.own_criteria}
    return score_case(review, scores=points, words=words, by=review.expert)


def make_kept_case(editor: User, officer: User | None = None, **facts: Any) -> Case:
    """A case in the library, scored by one expert."""
    case = make_sent_case(officer, **facts)
    for review in ask(case, make_expert(), by=editor):
        score(review)
    return keep_case(Case.objects.get(pk=case.pk), by=editor)


def make_public_case(editor: User, officer: User | None = None, **facts: Any) -> Case:
    return publish_case(make_kept_case(editor, officer, **facts), by=make_user(Role.REVIEWER, the_office()))
