"""协议: an agreement's page, recording it, correcting, renewing and ending it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.forms.agreement import AgreementForm, initial_of
from alliances.forms.partnership import EndForm
from alliances.models import Agreement, Partnership
from alliances.queries.agreement import agreements_for
from alliances.queries.partnership import partnerships_for
from alliances.services import agreement as services
from alliances.states.agreement import AgreementState
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.audit.models import history
from portal.notices.services import mark_seen


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: parties as signed, term, what each side promised and whether it is on the list, the paper."""
    user, found = _visible(request, pk)
    mark_seen(about=found, by=user)
    return _page(request, user, found)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a pair has signed."""
    user = person(request)
    pair = get_object_or_404(partnerships_for(user), pk=pk)
    _demand(user, Agreement(partnership=pair))
    form = AgreementForm(request.POST if request.method == "POST" else None, pair=pair)
    if request.method == "POST" and form.is_valid():
        made = form.call(services.record_agreement, partnership=pair, terms=form.terms(), by=user)
        if made is not None:
            messages.success(request, "协议已登记。请在本页添加签字盖章的扫描件。")
            return redirect("agreement", made.pk)
    return _form_page(request, form, pair, "登记协议")


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """更正: what was typed wrongly."""
    user, found = _open(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AgreementForm(data, pair=found.partnership, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        saved = form.call(services.correct_agreement, agreement=found, terms=form.terms(), by=user)
        if saved is not None:
            messages.success(request, "修改已保存。")
            return redirect("agreement", pk)
    return _form_page(request, form, found.partnership, "更正协议", found)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """续签: the next agreement, starting from the words of this one."""
    user, found = _open(request, pk)
    next_day = found.during.upper
    initial = initial_of(found) | {"number": "", "signed_on": None, "since": next_day, "until": None}
    form = AgreementForm(request.POST if request.method == "POST" else None, pair=found.partnership, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.call(services.renew_agreement, agreement=found, terms=form.terms(), by=user)
        if made is not None:
            messages.success(request, "续签的协议已登记，原协议期满后自动接上。")
            return redirect("agreement", made.pk)
    return _form_page(request, form, found.partnership, "续签协议", found)


@require_POST
def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """终止 before its time."""
    user, found = _visible(request, pk)
    _demand(user, found)
    form = EndForm(request.POST)
    if form.is_valid() and form.call(services.end_agreement, agreement=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "协议已终止，对方会收到消息。")
        return redirect("agreement", pk)
    found.refresh_from_db()
    return _page(request, user, found, status=422, end_form=form)


def _visible(request: HttpRequest, pk: int) -> tuple[User, Agreement]:
    user = person(request)
    return user, get_object_or_404(agreements_for(user), pk=pk)


def _open(request: HttpRequest, pk: int) -> tuple[User, Agreement]:
    user, found = _visible(request, pk)
    _demand(user, found)
    return user, found


def _demand(user: User, agreement: Agreement) -> None:
    if not user.has_perm("alliances.record_agreement", agreement):
        raise PermissionDenied


def _page(request: HttpRequest, user: User, found: Agreement, *, status: int = 200, **extra: Any) -> HttpResponse:
    pair = found.partnership
    context = {
        "agreement": found,
        "pair": pair,
        "parties": found.parties.select_related("unit"),
        "commitments": found.commitments.select_related("unit", "work_item"),
        "successor": Agreement.objects.filter(previous=found).first(),
        "may_change": found.state == AgreementState.SIGNED and user.has_perm("alliances.record_agreement", found),
        "may_list": user.has_perm("alliances.add_work_items", pair) and not pair.has_ended,
        "end_form": EndForm(initial={"last_day": found.during.upper - timedelta(days=1)}),
        "changes": history(found),
    }
    return render(request, "alliances/agreement.html", context | extra, status=status)


def _form_page(
    request: HttpRequest, form: AgreementForm, pair: Partnership, heading: str, agreement: Agreement | None = None
) -> HttpResponse:
    context = {"form": form, "pair": pair, "heading": heading, "agreement": agreement}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliances/agreement_form.html", context, status=status)
