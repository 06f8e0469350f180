"""The office's decisions about a case: back to its unit, into the library, before the public and off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from bulletins.models import Case, CaseReview
from bulletins.notices.case import (
    tell_case_declined,
    tell_case_hidden,
    tell_case_kept,
    tell_case_published,
    tell_case_returned,
)
from bulletins.queries.case import latest_version
from bulletins.services.case_file import order_case_pdf
from portal.accounts.models import User
from portal.refusals import Refused
from portal.workflow import moving


def return_case(case: Case, *, by: User, reason: str) -> Case:
    """Back to its unit for another round, with why; experts who have not scored this version need not any more."""
    with moving(case, "return", by=by, reason=reason) as locked:
        _decided(locked, reason)
        _release_all(locked)
    tell_case_returned(case)
    return case


def keep_case(case: Case, *, by: User) -> Case:
    """Into the library. Raises Refused before experts have scored it, or while one still has to."""
    with moving(case, "keep", by=by) as locked:
        _require_scored(locked)
        _decided(locked)
        order_case_pdf(locked, by=by)
    tell_case_kept(case)
    return case


def decline_case(case: Case, *, by: User, reason: str) -> Case:
    """Not into the library, with why."""
    with moving(case, "decline", by=by, reason=reason) as locked:
        _decided(locked, reason)
        _release_all(locked)
    tell_case_declined(case)
    return case


def reopen_case(case: Case, *, by: User, reason: str) -> Case:
    """Take up a case anew that was kept or declined."""
    with moving(case, "reopen", by=by, reason=reason) as locked:
        locked.reason = ""
    return case


def publish_case(case: Case, *, by: User) -> Case:
    """Anybody may read it in the library from now on."""
    with moving(case, "publish", by=by) as locked:
        locked.published_at, locked.reason = timezone.now(), ""
        order_case_pdf(locked, by=by)
    tell_case_published(case)
    return case


def set_aside_case(case: Case, *, by: User, reason: str) -> Case:
    """It stays in the library and is not shown to the public for now; nobody is asked about it again."""
    with moving(case, "set_aside", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
    return case


def hide_case(case: Case, *, by: User, reason: str) -> Case:
    """Off the public pages, with why; it stays in the library."""
    with moving(case, "hide", by=by, reason=reason) as locked:
        locked.published_at, locked.reason = None, reason.strip()
    tell_case_hidden(case)
    return case


def _decided(case: Case, reason: str = "") -> None:
    case.decided_at, case.reason = timezone.now(), reason.strip()


def _require_scored(case: Case) -> None:
    """Experts have scored some version, and nobody is still at work on the latest."""
    reviews = CaseReview.objects.filter(version__case=case)
    if not reviews.filter(scored_at__isnull=False).exists():
        raise Refused("还没有专家评分，不能入库。请先安排专家评审。")
    if open_reviews := reviews.filter(version=latest_version(case), scored_at__isnull=True).count():
        raise Refused(f"还有{open_reviews}位专家没有评分。请等待评分，或取消他们的评审后再入库。")


def _release_all(case: Case) -> None:
    CaseReview.objects.filter(version__case=case, scored_at__isnull=True).delete()


#: Which service does which step of the office, by the names of the table; those with a reason take it as ``reason``.
DESK_STEPS: dict[str, Callable[..., Any]] = {
    "keep": keep_case,
    "return": return_case,
    "decline": decline_case,
    "reopen": reopen_case,
    "publish": publish_case,
    "set_aside": set_aside_case,
    "hide": hide_case,
}
