"""Verifying a printed copy by the code in its imprint: open to anybody, and silent about all else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bulletins.models import Certificate, Issue
from bulletins.queries.archive import final_file
from bulletins.queries.verifying import (
    certificate_by_token,
    is_public,
    issue_by_token,
    issue_certified,
    public_notices,
    standing_of,
)

#: Longer than any token: a longer address is none of ours and asks the database nothing.
LONGEST_TOKEN = 32


@login_not_required
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What a copy must say to be genuine; the same calm answer for every token that is not ours."""
    if len(token) <= LONGEST_TOKEN and "\x00" not in token:
        if issue := issue_by_token(token):
            return _quietly(render(request, "verify/issue.html", _of_issue(issue)))
        if certificate := certificate_by_token(token):
            return _quietly(render(request, "verify/certificate.html", _of_certificate(certificate)))
    return _quietly(render(request, "verify/unknown.html", status=404))


def _of_issue(issue: Issue) -> dict[str, Any]:
    return {
        "issue": issue,
        "standing": standing_of(issue),
        "final": final_file(issue),
        "is_public": is_public(issue),
        "notices": public_notices(issue),
    }


def _of_certificate(certificate: Certificate) -> dict[str, Any]:
    issue = issue_certified(certificate)
    return {
        "certificate": certificate,
        "content": certificate.content,
        "issue": issue,
        "standing": standing_of(issue),
        "is_public": is_public(issue),
    }


def _quietly(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and never an old answer: the standing may change."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
