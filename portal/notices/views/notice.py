"""消息: the list, opening one, and how a person wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.requests import PAGE_SIZE, person
from portal.accounts.services.user import update_account
from portal.notices.forms.settings import NoticeSettingsForm
from portal.notices.models import MailChoice
from portal.notices.queries.notice import mail_choice, notices_for, unread_notices, weekly_choice
from portal.notices.services.notice import choose_mail, choose_weekly, mark_read


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """All messages, or those not opened yet, the latest first."""
    user = person(request)
    only_unread = request.GET.get("show") == "unread"
    rows = unread_notices(user) if only_unread else notices_for(user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "only_unread": only_unread})


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a message: it is read from now on, and the page it is about comes up."""
    rows = notices_for(person(request)).filter(pk=pk)
    notice = get_object_or_404(rows)
    mark_read(rows)
    safe = url_has_allowed_host_and_scheme(notice.url, {request.get_host()}, require_https=request.is_secure())
    return redirect(notice.url if safe else "notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """全部标为已读."""
    count = mark_read(unread_notices(person(request)))
    messages.success(request, f"已把{count}条消息标为已读。" if count else "没有未读消息。")
    return redirect("notices")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """消息设置: the person's own address, and at once, daily or never."""
    user = person(request)
    initial = {"email": user.email, "mail": mail_choice(user), "weekly": weekly_choice(user)}
    form = NoticeSettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = form.call(update_account, user=user, by=user, email=form.cleaned_data["email"])
        if changed is not None:
            choose_mail(changed, MailChoice(form.cleaned_data["mail"]))
            choose_weekly(changed, form.cleaned_data["weekly"])
            messages.success(request, "消息设置已保存。")
            return redirect("notice-settings")
    context = {"form": form, "has_mail": bool(settings.EMAIL_URL), "digest_hour": settings.NOTICE_DIGEST_HOUR}
    return render(request, "notices/settings.html", context, status=422 if request.method == "POST" else 200)
