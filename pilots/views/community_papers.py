"""A community's papers: 领导小组, plan, words on duties; and its area's policy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.community import GroupForm, PlanForm, PolicyForm, WordsForm, group_text
from pilots.models import CommunityDuty, CommunityKind, CommunityPolicy, DutyWords
from pilots.queries.community import communities_for, community_kinds, policies_of, possible_areas
from pilots.queries.community_term import current_schools
from pilots.services.community_papers import set_group, set_plan, set_policy
from pilots.services.community_record import set_duty_words
from pilots.views.community import asked_term, find_community, own_schools, writable_community
from portal.accounts.models import Unit
from portal.accounts.requests import demand, person, whole_number
from portal.periods import Period, parse_period, school_year_of


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a school year: everybody who sees the community reads it, the lead writes it."""
    user = person(request)
    found = find_community(user, pk)
    year = _school_year(request)
    present = found.plans.filter(school_year=year.key).first()
    may_write = user.has_perm("pilots.write_for_community", found)
    if request.method == "POST":
        demand(request, "pilots.write_for_community", obj=found)
    initial = {"text": present.text if present else ""}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.call(set_plan, community=found, school_year=year, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "规划已保存。")
            return redirect(f"{reverse('community-plan', args=[pk])}?year={year.key}")
    context = {
        "community": found,
        "plan": present,
        "year": year,
        "years": found.plans.values_list("school_year", flat=True),
        "form": form if may_write else None,
    }
    return render(request, "communities/plan.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The 领导小组 of the community, or of the school named in the address."""
    user, found = writable_community(request, pk, "pilots.write_in_community")
    school = None
    if key := request.GET.get("school"):
        school = next((one for one in current_schools(found) if one.pk == whole_number(key)), None)
        if school is None:
            raise Http404
    if school is None or school.pk not in own_schools(user, found):
        demand(request, "pilots.write_for_community", obj=found)
    form = GroupForm(request.POST if request.method == "POST" else None, initial={"text": group_text(found, school)})
    if request.method == "POST" and form.is_valid():
        form.call(set_group, community=found, school=school, by=user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "领导小组已保存。")
            return redirect("community", pk)
    heading = f"{school.label}领导小组" if school else "共同体领导小组"
    return _form_page(request, found, form, heading)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """The lead's words on a duty in a term."""
    user, found = writable_community(request, pk, "pilots.write_for_community")
    of, term = get_object_or_404(CommunityDuty, pk=duty), asked_term(request)
    present = DutyWords.objects.filter(community=found, duty=of, term=term.key).first()
    initial = {"text": present.text if present else ""}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.call(set_duty_words, community=found, duty=of, term=term, by=user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "说明已保存。")
            return redirect(f"{reverse('community', args=[pk])}?term={term.key}#duty-{of.pk}")
    return _form_page(request, found, form, f"{of}（{term.label}）", of.about)


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """What the areas call their communities, and their offices for each duty."""
    user = demand(request, "pilots.view_communities")
    rows = policies_of(communities_for(user), possible_areas(user))
    own = possible_areas(user)
    context = {
        "policies": [(row, row.area in own) for row in rows],
        "areas": own,
        "kinds": community_kinds(),
    }
    return render(request, "communities/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, area: int, kind: int) -> HttpResponse:
    """One area's policy for one kind."""
    user = person(request)
    where, of = get_object_or_404(Unit, pk=area), get_object_or_404(CommunityKind, pk=kind)
    demand(request, "pilots.found_community", obj=where)
    present = CommunityPolicy.objects.filter(area=where, kind=of).prefetch_related("offices").first()
    form = PolicyForm(request.POST if request.method == "POST" else None, policy=present)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = form.call(
            set_policy,
            area=where,
            kind=of,
            label=data["label"],
            document=data["document"],
            offices=form.offices(),
            by=user,
        )
        if saved is not None:
            messages.success(request, "已保存。")
            return redirect("community-policies")
    context = {
        "form": form,
        "heading": f"{where}：{of}",
        "back": reverse("community-policies"),
        "back_word": "地区政策",
    }
    return render(request, "communities/form.html", context, status=422 if form.is_bound else 200)


def _school_year(request: HttpRequest) -> Period:
    asked = parse_period(request.GET.get("year", ""))
    return school_year_of(asked.start if asked else timezone.localdate())


def _form_page(request: HttpRequest, community: object, form: object, heading: str, about: str = "") -> HttpResponse:
    context = {"community": community, "form": form, "heading": heading, "about": about}
    return render(request, "communities/form.html", context, status=422 if request.method == "POST" else 200)
