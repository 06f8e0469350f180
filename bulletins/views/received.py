"""收阅工作动态: issues that were sent to a person's units or to a leader; reading and 签收."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bulletins.forms.readership import ConfirmForm
from bulletins.models import Issue
from bulletins.queries.issue import final_rendition
from bulletins.queries.readership import own_deliveries, received_issues
from bulletins.queries.received import received_of
from bulletins.queries.remark import follow_ups_for, remarks_on
from bulletins.services.content import content_of
from bulletins.services.readership import confirm_delivery, note_reading
from bulletins.states import IN_FORCE_ISSUE
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt


@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """What was sent here, the latest first."""
    user = demand(request, "bulletins.view_received")
    page = Paginator(received_issues(user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = received_of(user, page.object_list)
    context = {"page": page, "rows": rows, "has_follow_ups": follow_ups_for(user).exists()}
    return render(request, "received/list.html", context)


@require_GET
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue to read, for nobody but its readership; opening it is noted."""
    user = person(request)
    found = get_object_or_404(received_issues(user), pk=pk)
    note_reading(found, by=user)
    return render(request, "received/issue.html", _page(found, user, ConfirmForm()))


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """签收 for one unit."""
    user = person(request)
    row = get_object_or_404(own_deliveries(user).select_related("issue__periodical", "unit"), pk=pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return render(request, "received/issue.html", _page(row.issue, user, form, typed_for=row.pk), status=422)
    attempt(request, confirm_delivery, row, by=user, said="已签收，谢谢。", remark=form.cleaned_data["remark"])
    return redirect("received-issue", row.issue_id)


def _page(found: Issue, user: User, form: ConfirmForm, *, typed_for: int | None = None) -> dict[str, Any]:
    content = content_of(found)
    return {
        "issue": found,
        "content": content,
        "corrections": list(found.corrections.all()),
        "received": received_of(user, [found])[0],
        "final": final_rendition(found) if found.state in IN_FORCE_ISSUE else None,
        "form": form,
        "typed_for": typed_for,
        "may_remark": user.has_perm("bulletins.write_remark", found),
        "remarks": remarks_on(found, user),
        "follow_ups": follow_ups_for(user).filter(remark__issue=found),
    }
