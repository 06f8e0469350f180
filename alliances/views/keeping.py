"""What the office does with a pair itself, and both sides with their contacts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alliances.forms.partnership import ContactForm, EndForm, PartnershipForm, RenewTermForm
from alliances.models import Partnership
from alliances.queries.alliance import the_alliance
from alliances.queries.partnership import partnerships_for
from alliances.services import partnership as services
from portal.accounts.forms.base import PlainForm
from portal.accounts.models import User
from portal.accounts.requests import demand, person
from portal.answers import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_new(request: HttpRequest) -> HttpResponse:
    """建立结对."""
    user = demand(request, "alliances.manage_partnerships")
    alliance = the_alliance()
    if alliance is None:
        messages.info(request, "请先登记联盟，再建立结对。")
        return redirect("alliance-edit")
    form = PartnershipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["until"] = given["until"] + timedelta(days=1) if given["until"] else None
        made = form.call(services.pair_units, alliance=alliance, by=user, **given)
        if made is not None:
            messages.success(request, "已结对，双方会收到消息。")
            return redirect("partnership", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alliances/partnership_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """期限: prolong a pair or end it."""
    user, pair = _visible(request, pk)
    demand(request, "alliances.manage_partnerships")
    ending = request.POST.get("do") == "end"
    posted = request.POST if request.method == "POST" else None
    term_form, end_form = RenewTermForm(None if ending else posted), EndForm(posted if ending else None)
    if posted is not None and _kept(pair, user, term_form, end_form):
        messages.success(request, "结对已结束，双方会收到消息。" if ending else "合作期限已更新。")
        return redirect("partnership", pk)
    context: dict[str, Any] = {"pair": pair, "term_form": term_form, "end_form": end_form}
    return render(request, "alliances/partnership_keep.html", context, status=200 if posted is None else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """联系人: each side keeps its own."""
    user, pair = _visible(request, pk)
    demand(request, "alliances.work_on_partnership", obj=pair)
    form = ContactForm(request.POST if request.method == "POST" else None, pair=pair)
    if request.method == "POST" and form.is_valid():
        added = form.call(services.add_contact, pair=pair, by=user, **form.cleaned_data)
        if added is not None:
            messages.success(request, "联系人已增加。")
            return redirect("contacts", pk)
    context = {"pair": pair, "form": form, "contacts": pair.contacts.select_related("unit")}
    return render(request, "alliances/contacts.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """This is not whom one calls any more."""
    user, pair = _visible(request, pk)
    found = get_object_or_404(pair.contacts, pk=contact)
    attempt(request, services.remove_contact, found, by=user, said="联系人已删除。")
    return redirect("contacts", pk)


def _visible(request: HttpRequest, pk: int) -> tuple[User, Partnership]:
    user = person(request)
    return user, get_object_or_404(partnerships_for(user), pk=pk)


def _kept(pair: Partnership, user: User, term_form: RenewTermForm, end_form: EndForm) -> bool:
    """Do what the form that was sent asks for; says whether it was done."""
    form: PlainForm = end_form if end_form.is_bound else term_form
    service = services.end_partnership if end_form.is_bound else services.prolong_partnership
    return form.is_valid() and form.call(service, pair=pair, by=user, **form.cleaned_data) is not None
