"""公开审查 and 公开: the checklist with names, and the decision; and the office's list of what is checked."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bulletins.forms.public_review import ReviewItemsForm
from bulletins.queries.issue import final_rendition, the_periodical
from bulletins.queries.public_review import checklist_of
from bulletins.services.issue_chain import publish_issue
from bulletins.services.public_review import keep_items, tick_items
from bulletins.views.issue_chain import is_ready
from bulletins.views.issue_page import visible_issue
from portal.accounts.requests import demand, whole_numbers
from portal.answers import attempt
from portal.workflow import available

PUBLISHING = ("publish", "publish_corrected")


@require_http_methods(["GET", "POST"])
def issue_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item is ticked by somebody by name; only then can the issue be made public."""
    user, issue = visible_issue(request, pk)
    name = next((act.name for act in available(issue, user) if act.name in PUBLISHING), PUBLISHING[0])
    if request.method == "POST":
        ticked = set(whole_numbers(request.POST.getlist("item")))
        if not attempt(request, tick_items, issue, items=ticked, by=user):
            return redirect("issue", pk)
        if "publish" not in request.POST:
            messages.success(request, "审查记录已保存。")
            return redirect("issue-publish", pk)
        said = "已公开，任何人都可以在往期查询中看到本期。"
        return redirect("issue" if attempt(request, publish_issue, issue, by=user, said=said) else "issue-publish", pk)
    if not is_ready(request, issue, user, name):
        return redirect("issue", pk)
    context = {"issue": issue, "final": final_rendition(issue), "checklist": checklist_of(issue)}
    return render(request, "issues/publish.html", context)


@require_http_methods(["GET", "POST"])
def review_items(request: HttpRequest) -> HttpResponse:
    """What is checked before an issue becomes public: one item a line."""
    user = demand(request, "bulletins.manage_review_items")
    periodical = the_periodical()
    current = "\n".join(item.text for item in periodical.review_items.filter(is_active=True))
    form = ReviewItemsForm(request.POST or None, initial={"items": current})
    if request.method == "POST" and form.is_valid():
        try:
            keep_items(periodical, lines=form.cleaned_data["items"].splitlines(), by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "公开审查事项已保存，从下一次公开起使用。")
            return redirect("review-items")
    return render(request, "issues/review_items.html", {"form": form}, status=422 if form.errors else 200)
