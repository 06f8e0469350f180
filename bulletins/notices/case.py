"""Messages about cases: to those who report for the unit, and to the experts who are asked to score."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from bulletins.models import Case, CaseReview
from portal.accounts.models import User
from portal.notices.audience import reporters_of
from portal.notices.services import send_notice
from portal.text.official import official_date


def tell_case_sent_back(case: Case) -> None:
    """The unit's own approver wants it changed."""
    _tell(case, "case_sent_back")


def tell_case_returned(case: Case) -> None:
    _tell(case, "case_returned")


def tell_case_kept(case: Case) -> None:
    _tell(case, "case_kept")


def tell_case_declined(case: Case) -> None:
    _tell(case, "case_declined")


def tell_case_published(case: Case) -> None:
    _tell(case, "case_published")


def tell_case_hidden(case: Case) -> None:
    _tell(case, "case_hidden")


def tell_case_assigned(review: CaseReview) -> None:
    """An expert is asked; he learns of the case when he opens it."""
    send_notice(
        occasion=f"case-review:{review.pk}",
        about=review.version.case,
        to=[review.expert],
        template="case_assigned",
        context={"title": review.version.title, "due": official_date(review.due)},
        url=reverse("case-review", args=[review.pk]),
        why="省协同提质办请您评审典型案例",
    )


def _tell(case: Case, template: str) -> None:
    people: Iterable[User] = {user.pk: user for user in (*reporters_of(case.unit), case.author)}.values()
    send_notice(
        occasion=f"case:{case.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=case,
        to=people,
        template=template,
        context={"case": case, "reason": case.reason},
        url=reverse("case", args=[case.pk]),
        why="您负责本单位的案例报送",
    )
