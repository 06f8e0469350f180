"""下级来稿: what units below and the unit's own staff have sent, and joining it into one report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bulletins.forms.collecting import CollectedFilterForm, JoinForm
from bulletins.forms.submission import FilterForm
from bulletins.queries.collecting import (
    EVERYTHING,
    TO_TAKE_UP,
    collected_submissions,
    collecting_units,
    county_submissions,
    drafts_to_join,
    schools_to_write_for,
    senders_to,
)
from bulletins.queries.submission import filter_submissions
from bulletins.services.collecting import join_reports
from bulletins.services.parts import dissolve
from bulletins.views.submission import theirs
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, tell
from portal.refusals import Refused


@require_safe
def collected(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; filters stay in the address. Who reports for the unit ticks what to join."""
    user = demand(request, "bulletins.add_submission")
    form = CollectedFilterForm(request.GET, senders=senders_to(user))
    narrowing = form.narrowing()
    state = narrowing.pop("state", TO_TAKE_UP)
    rows = filter_submissions(collected_submissions(user, state=state), **narrowing)
    collectors = collecting_units(user)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing) or state != TO_TAKE_UP,
        "may_join": bool(collectors),
        "drafts": drafts_to_join(collectors)[:PAGE_SIZE],
        "schools": schools_to_write_for(user),
    }
    return render(request, "collecting/list.html", context)


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """汇总为一篇: the chosen reports become one draft, which opens to be edited."""
    user = demand(request, "bulletins.add_submission")
    collectors = collecting_units(user)
    if not collectors:
        raise PermissionDenied
    rows = collected_submissions(user, state=EVERYTHING)
    form = JoinForm(request.POST, reports=rows, drafts=drafts_to_join(collectors))
    if not form.is_valid():
        for sentences in form.errors.values():
            for sentence in sentences:
                messages.error(request, str(sentence))
        return redirect("collected")
    reports, into = list(form.cleaned_data["report"]), form.cleaned_data["into"]
    desks = {report.at_id for report in reports}
    collector = next((unit for unit in collectors if unit.pk in desks), collectors[0])
    try:
        whole = join_reports(reports, collector=collector, by=user, into=into)
    except (Refused, ValidationError) as error:
        tell(request, error)
        return redirect("collected")
    messages.success(request, f"已汇总{len(reports)}篇，请编辑后报送。供稿单位会看到进展。")
    return redirect("submission-edit", whole.pk)


@require_POST
def take_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """拆开汇总: what was joined lies at the unit again; the draft keeps its text."""
    user, submission = theirs(request, pk)
    attempt(request, dissolve, submission, by=user, said="已拆开，各篇回到待汇总；这篇草稿的文字还在。")
    return redirect("submission", pk)


@require_safe
def counties(request: HttpRequest) -> HttpResponse:
    """所辖县区: what the counties of a prefecture have sent up, to be read."""
    user = demand(request, "bulletins.view_counties")
    form = FilterForm(request.GET)
    narrowing = form.narrowing()
    rows = filter_submissions(county_submissions(person(request)), **narrowing)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "collecting/counties.html", {"form": form, "page": page, "narrowed": bool(narrowing), "user": user}
    )
