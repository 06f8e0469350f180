"""满意度调查: the list, one survey with its link and result, and the page that anybody with the link fills in."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.scheme import SurveyAnswerForm, SurveyFilter, SurveyForm
from pilots.models import Survey
from pilots.models.survey import FEW_ANSWERS
from pilots.queries.holding import holding_units
from pilots.queries.survey import listed_surveys, result_of_survey, surveys_for
from pilots.services import survey as services
from pilots.views.assessment import tabs
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, sentences
from portal.exchange.workbook import Column, as_download, write
from portal.printing.code import code_svg
from portal.refusals import Refused

#: Keeps the random number of a device; signed, so that nobody answers again by making one up.
DEVICE_COOKIE = "survey_device"
_TWO_YEARS = 2 * 366 * 24 * 3600
FIELDS = ("title", "about", "asks_words", "opens_on", "closes_on")


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """All that the person may see."""
    user, form = demand(request, "pilots.view_assessments"), SurveyFilter(request.GET)
    narrowing = form.narrowing()
    rows = listed_surveys(user, **narrowing)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "few": FEW_ANSWERS,
    } | tabs(user)
    return render(request, "surveys/list.html", context)


@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The link, its code, and the result once there are answers enough."""
    user, found = visible_survey(request, pk)
    context = {
        "survey": found,
        "address": address_of(found),
        "code": _code(found),
        "result": result_of_survey(found),
        "few": FEW_ANSWERS,
        "closed": services.why_closed(found),
        "may_manage": user.has_perm("pilots.manage_survey", found),
    }
    return render(request, "surveys/survey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A survey of its own, for no assessment."""
    user = demand(request, "pilots.add_assessment")
    return _form_page(request, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its days and, before the first answer, its statements."""
    user, found = visible_survey(request, pk)
    if not user.has_perm("pilots.manage_survey", found):
        raise PermissionDenied
    return _form_page(request, user, found)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody has answered."""
    user, found = visible_survey(request, pk)
    done = attempt(request, services.delete_survey, found, by=user, said="已删除。")
    return redirect("surveys") if done else redirect("survey", pk)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to print and hang up: the title and the code."""
    _, found = visible_survey(request, pk)
    return render(request, "surveys/sheet.html", {"survey": found, "address": address_of(found), "code": _code(found)})


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The result in Excel; with few answers nothing but their number."""
    _, found = visible_survey(request, pk)
    result = result_of_survey(found)
    labels = [label for label, _ in result.statements[0].counts] if result.statements else []
    columns = [Column("题目", 50), Column("平均分", 10), *(Column(label, 12) for label in labels)]
    rows = [(row.text, row.average, *(count for _, count in row.counts)) for row in result.statements]
    told = "" if result.is_shown else f"；多于{FEW_ANSWERS}份才显示结果"
    note = f"收到{result.answers}份答卷{told}。不记名。"
    return as_download(write(found.title, columns, rows, note=note), f"{found.title}结果.xlsx")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The public page. A device answers once: its browser holds a random number, of which only a hash is kept."""
    found = get_object_or_404(Survey, token=token)
    held = request.get_signed_cookie(DEVICE_COOKIE, default="") or ""
    device = held or secrets.token_urlsafe(24)
    form = SurveyAnswerForm(
        request.POST if request.method == "POST" else None,
        statements=found.statements,
        asks_words=found.asks_words,
    )
    context = {"survey": found, "form": form, "closed": services.why_closed(found)}
    if not context["closed"]:
        context["done"] = services.has_answered(found, device)
    status = 200
    if request.method == "POST":
        status = _take(found, form, held, context)
    response = render(request, "surveys/answer.html", context, status=status)
    response.set_signed_cookie(
        DEVICE_COOKIE,
        device,
        max_age=_TWO_YEARS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _take(found: Survey, form: SurveyAnswerForm, device: str, context: dict[str, object]) -> int:
    """Take what was posted; the answer's status. What was refused is told on the page."""
    if context["closed"] or (form.is_bound and context.get("done")):
        context["told"] = context["closed"] or "这台设备已经填过这份调查，谢谢您。每台设备只能填一次。"
        return 422
    if not form.is_valid():
        return 422
    if not device:  # the page before this one set it
        context["told"] = "您的浏览器没有允许保存标记，无法提交。请允许使用Cookie，或换一个浏览器再填。"
        return 422
    try:
        services.answer_survey(found, device=device, **form.answer())
    except (Refused, ValidationError) as error:
        context["told"] = "".join(sentences(error))
        return 422
    context["done"] = context["thanks"] = True
    return 200


def visible_survey(request: HttpRequest, pk: int) -> tuple[User, Survey]:
    """The person and a survey that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(surveys_for(user), pk=pk)


def address_of(found: Survey) -> str:
    """The whole address that people are given."""
    return f"{settings.SITE_URL}{reverse('survey-answer', args=[found.token])}"


def _code(found: Survey) -> str:
    drawn = code_svg(address_of(found), alternative="扫码填写调查")
    return mark_safe(drawn)  # noqa: S308  # our own drawing of our own address


def _form_page(request: HttpRequest, user: User, found: Survey | None) -> HttpResponse:
    posted, holders = request.method == "POST", [found.held_by] if found else holding_units(user)
    initial = {name: getattr(found, name) for name in FIELDS} if found else {}
    if found:
        initial |= {"statements": "\n".join(found.statements), "held_by": found.held_by_id}
    form = SurveyForm(request.POST if posted else None, initial=initial, holders=holders)
    if posted and form.is_valid():
        saved = form.call(services.save_survey, survey=found, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "调查已保存。")
            return redirect("survey", saved.pk)
    return render(request, "surveys/form.html", {"form": form, "survey": found}, status=422 if posted else 200)
