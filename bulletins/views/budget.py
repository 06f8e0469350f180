"""The usual number of pages of an issue, changed from the issue's own page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bulletins.forms.budget import UsualPagesForm
from bulletins.services.budget import set_usual_pages
from bulletins.views.issue_page import visible_issue
from portal.answers import attempt


@require_http_methods(["GET", "POST"])
def issue_usual_pages(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the usual number of pages, on the way from an issue and back."""
    user, issue = visible_issue(request, pk)
    if not user.has_perm("bulletins.edit_issue", issue):
        raise PermissionDenied
    form = UsualPagesForm(request.POST or None, initial={"pages": issue.periodical.usual_pages})
    if request.method == "POST" and form.is_valid():
        attempt(request, set_usual_pages, issue.periodical, by=user, said="通常页数已保存。", **form.cleaned_data)
        return redirect("issue", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "issues/usual_pages.html", {"issue": issue, "form": form}, status=status)
