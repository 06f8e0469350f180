"""Who has to do something about a case."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import Case
from bulletins.queries.case import latest_version, own_cases
from bulletins.services.case_answer import follow_case
from bulletins.states.case import CASE_TRANSITIONS, CaseState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def case_waits(case: Case) -> Iterable[Wait]:
    """The approver signs, the editor has it scored, each expert scores, the editor decides, who wrote mends."""
    title, url = f"{case.unit}：{case}", reverse("case", args=[case.pk])
    match case.state:
        case CaseState.AWAITING_UNIT:
            yield Wait(title, "审核本单位案例", url, unit=case.unit, roles=(Role.UNIT_APPROVER,))
        case CaseState.RETURNED:
            yield Wait(title, "修改后重报案例", url, unit=case.unit, roles=tuple(sorted(REPORTING_ROLES)))
        case CaseState.SENT:
            yield Wait(title, "安排案例评审", url, unit=the_office(), roles=(Role.EDITOR,))
        case CaseState.REVIEWING:
            yield from _reviewing(case, title, url)
        case CaseState.KEPT if not case.reason:
            office = the_office()
            yield Wait(title, "决定案例是否公开", url, unit=office, roles=(Role.REVIEWER, Role.ISSUER))


def _reviewing(case: Case, title: str, url: str) -> Iterable[Wait]:
    """The experts who have not scored the latest version; once all have, the editor decides."""
    version = latest_version(case)
    open_reviews = list(version.reviews.filter(scored_at__isnull=True).select_related("expert")) if version else []
    for review in open_reviews:
        page = reverse("case-review", args=[review.pk])
        yield Wait(str(case), "评审案例", page, user=review.expert, due=review.due)
    if not open_reviews:
        yield Wait(title, "决定案例是否入库", url, unit=the_office(), roles=(Role.EDITOR,))


def follow(case: Case, by: User) -> None:
    """The call that it answers."""
    follow_case(case)


register(Case, Workflow("案例", CASE_TRANSITIONS, case_waits, follow))
add_awaited(Case, own_cases)
