"""Reports told twice, side by side on the desk's page of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bulletins.models import Submission, Twin
from bulletins.queries.submission import received_submissions
from bulletins.queries.twin import twins_of
from bulletins.services.twin import dismiss_twin
from portal.accounts.models import User
from portal.accounts.requests import demand, person
from portal.answers import attempt
from portal.text.likeness import common_passages

#: Beside so many other reports nobody compares; the likest stand first.
MOST_SHOWN = 5
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A report and its twin: both texts in pieces, each with whether it stands in the other too."""

    twin: Twin
    other: Submission
    own: Pieces
    others: Pieces


def twins_beside(submission: Submission, user: User) -> dict[str, Any]:
    """What the page of a report shows of its twins, as far as the person may see them."""
    twins = list(twins_of(submission))
    seen = {
        each.pk: each for each in received_submissions(user).filter(pk__in=[_other(each, submission) for each in twins])
    }
    open_pairs = [each for each in twins if each.dismissed_at is None and _other(each, submission) in seen]
    return {
        "twins": [_pair(each, submission, seen[_other(each, submission)]) for each in open_pairs[:MOST_SHOWN]],
        "dismissed": [each for each in twins if each.dismissed_at is not None],
        "can_dismiss": user.has_perm("bulletins.edit_submission", submission),
    }


@require_POST
def twin_dismiss(request: HttpRequest, pk: int, twin: int) -> HttpResponse:
    """不是重复."""
    if not person(request).has_perm("bulletins.view_desk"):
        raise Http404
    submission = get_object_or_404(received_submissions(person(request)), pk=pk)
    user = demand(request, "bulletins.edit_submission", obj=submission)
    pair = get_object_or_404(twins_of(submission), pk=twin)
    attempt(request, dismiss_twin, pair, by=user, said="已记为不是重复。")
    return redirect("desk-submission", pk)


def _other(twin: Twin, submission: Submission) -> int:
    return twin.second_id if twin.first_id == submission.pk else twin.first_id


def _pair(twin: Twin, submission: Submission, other: Submission) -> Pair:
    common = common_passages(submission.text, other.text)
    own = [(passage.first, passage.first + passage.length) for passage in common]
    others = sorted((passage.second, passage.second + passage.length) for passage in common)
    return Pair(twin, other, list(_pieces(submission.text, own)), list(_pieces(other.text, others)))


def _pieces(text: str, common: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in common:
        if start > at:
            yield text[at:start], False
        if end > at:
            yield text[max(start, at) : end], True
            at = end
    if at < len(text):
        yield text[at:], False
