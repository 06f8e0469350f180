"""编印工作动态: the list of issues, opening one, its page, the facts around its entries, assembling."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.issue import IssueFactsForm, NewIssueForm
from bulletins.models import Issue
from bulletins.queries.issue import issues_with_counts, next_window, the_periodical
from bulletins.services.issue import assemble_issue, create_issue, update_issue
from bulletins.services.saving import StaleSave
from bulletins.views.issue_page import can_edit, page_of, visible_issue
from portal.accounts.requests import PAGE_SIZE, demand
from portal.answers import tell
from portal.refusals import Refused


@require_GET
def issues(request: HttpRequest) -> HttpResponse:
    """All issues that the person may see, the latest first."""
    user = demand(request, "bulletins.view_issues")
    page = Paginator(issues_with_counts(user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_open": user.has_perm("bulletins.edit_issue"),
        "sees_authorities": user.has_perm("bulletins.view_authorities"),
        "keeps_review_items": user.has_perm("bulletins.manage_review_items"),
    }
    return render(request, "issues/list.html", context)


@require_http_methods(["GET", "POST"])
def issue_new(request: HttpRequest) -> HttpResponse:
    """新建一期 for a collection window; what is proposed suits the usual case."""
    user = demand(request, "bulletins.edit_issue")
    today = timezone.localdate()
    start, end = next_window(today)
    form = NewIssueForm(request.POST or None, initial={"window_start": start, "window_end": end, "issue_date": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_issue(periodical=the_periodical(), by=user, **form.cleaned_data)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "已新建一期。可以一键组稿，也可以逐篇编入。")
            return redirect("issue", made.pk)
    return render(request, "issues/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_GET
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: the board while its words may change, the words as they stand afterwards."""
    user, one = visible_issue(request, pk)
    return render(request, "issues/issue.html", page_of(one, user))


@require_http_methods(["GET", "POST"])
def issue_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Masthead, date, collection window and imprint of an open issue."""
    user, one = visible_issue(request, pk)
    if not user.has_perm("bulletins.edit_issue", one):
        raise PermissionDenied
    if not can_edit(one, user):
        messages.error(request, f"本期现在是“{one.get_state_display()}”，内容已锁定。")
        return redirect("issue", pk)
    form = IssueFactsForm(request.POST) if request.method == "POST" else IssueFactsForm.of(one)
    if request.method == "POST" and form.is_valid():
        try:
            update_issue(one, by=user, **form.cleaned_data)
        except StaleSave as stale:
            return _both_facts(request, stale.current, form)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "已保存。")
            return redirect("issue", pk)
    context = {"form": form, "issue": one}
    return render(request, "issues/facts.html", context, status=422 if request.method == "POST" else 200)


def _both_facts(request: HttpRequest, current: Issue, form: IssueFactsForm) -> HttpResponse:
    """A colleague was quicker: what is stored beside what was typed, field by field; nothing is overwritten."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = IssueFactsForm(data)
    rows = [
        (form.fields[name].label, getattr(current, name), form.cleaned_data[name])
        for name in IssueFactsForm.field_order
        if name != "version" and getattr(current, name) != form.cleaned_data[name]
    ]
    context = {"form": again, "issue": current, "differing": rows}
    return render(request, "issues/facts.html", context, status=409)


@require_POST
def issue_assemble(request: HttpRequest, pk: int) -> HttpResponse:
    """一键组稿; a second time adds only what has come in since."""
    user, one = visible_issue(request, pk)
    try:
        entries = assemble_issue(one, by=user)
    except Refused as error:
        tell(request, error)
    else:
        said = (
            f"编入{len(entries)}条，已按栏目和单位顺序排好。" if entries else "没有新的待编发稿件，现有条目保持不变。"
        )
        messages.success(request, said)
    return redirect("issue", pk)
