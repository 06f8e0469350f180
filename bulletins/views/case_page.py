"""What the page of one case shows, to whom: its unit, the office, or a reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bulletins.casebook import tallies, total
from bulletins.forms.case import AssignForm
from bulletins.models import Case, CaseReview
from bulletins.queries.case import latest_version, printings_of, reviews_of, words_for_writer
from bulletins.queries.case_experts import possible_experts
from bulletins.services.case import facts_above
from bulletins.services.case_file import pdf_progress
from bulletins.states.case import IN_LIBRARY, TO_DECIDE, WITH_WRITER, CaseState
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.audit.models import history
from portal.text.structure import blocks
from portal.workflow import available

#: What experts were asked and did is told to the office alone.
ABOUT_EXPERTS = ("bulletins.case.assign", "bulletins.case.score", "bulletins.case.release")


def case_page(request: HttpRequest, case: Case, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page; ``extra`` is what a refused step or form shows again."""
    user = person(request)
    sees_reviews = user.has_perm("bulletins.view_case_reviews")
    may_manage = user.has_perm("bulletins.manage_cases")
    changes = history(case) if sees_reviews else history(case).exclude(action__in=ABOUT_EXPERTS)
    steps = available(case, user)
    context: dict[str, Any] = {
        "case": case,
        "facts": facts_above(case),
        "blocks": blocks(case.text),
        "short": [part.shortfall for part in case.own_parts if part.shortfall] if case.state in WITH_WRITER else [],
        "steps": steps,
        "has_reasons": any(step.reason for step in steps),
        "may_write": case.state in WITH_WRITER and user.has_perm("bulletins.write_case", case),
        "may_delete": case.state == CaseState.DRAFT and user.has_perm("bulletins.write_case", case),
        "versions": list(case.versions.select_related("by").order_by("-number")),
        "said": words_for_writer(case),
        "changes": changes,
        "printings": printings_of(case),
        "sees_issues": user.has_perm("bulletins.view_issues"),
        "may_offer": may_manage and case.state in IN_LIBRARY,
        **(pdf_part(case, user) if case.state in IN_LIBRARY else {}),
        "is_stuck": case.state in WITH_WRITER and _is_stuck(case, steps),
    }
    if sees_reviews:
        context |= {"rounds": rounds_of(case)}
    if may_manage and case.state in TO_DECIDE:
        context |= {"assign_form": AssignForm(experts=possible_experts(case))}
    return render(request, "cases/case.html", context | extra, status=status)


def pdf_part(case: Case, user: User) -> dict[str, Any]:
    """What ``cases/_pdf.html`` shows inside the portal."""
    addresses = {"here": reverse("case", args=[case.pk]), "file": reverse("case-pdf", args=[case.pk])}
    return {"progress": pdf_progress(case, by=user), **addresses}


def rounds_of(case: Case) -> list[dict[str, Any]]:
    """Each version that was scored: its experts, their points and words, and what it comes to; the latest first."""
    latest = latest_version(case)
    by_version: dict[int, list[CaseReview]] = {}
    for review in reviews_of(case):
        by_version.setdefault(review.version.number, []).append(review)
    return [
        {
            "number": number,
            "is_latest": latest is not None and latest.number == number,
            "reviews": [(review, total(review.scores) if review.scored_at else None) for review in reviews],
            "tallies": tallies(case.own_criteria, [review.scores for review in reviews if review.scored_at]),
        }
        for number, reviews in sorted(by_version.items(), reverse=True)
    ]


def _is_stuck(case: Case, steps: list[Any]) -> bool:
    """It is written, and nobody before the page may send it: its unit lacks an approver."""
    names = {step.name for step in steps}
    return not any(part.shortfall for part in case.own_parts) and not names & {"send_to_approver", "submit"}
