"""Signing in and out, and the lock after too many wrong passwords."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.forms.sign_in import SignInForm


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; afterwards to ``next`` where that is an address of ours, else to the work desk."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(target)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in.html", {"form": form, "next": _asked_for(request)}, status=status)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session. By POST only, so that no link or picture can sign a person out."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Called by django-axes when this name is locked for this address; says how long to wait. Answers 429."""
    wait = get_cool_off(request)
    minutes = int(wait.total_seconds() // 60) if wait else 0
    context = {
        "form": SignInForm(request),
        "next": _asked_for(request),
        "failures": settings.AXES_FAILURE_LIMIT,
        "wait": f"{minutes // 60}小时" if minutes >= 60 and minutes % 60 == 0 else f"{minutes}分钟",
    }
    return render(request, "accounts/sign_in.html", context, status=429)


def _asked_for(request: HttpRequest) -> str:
    """The page a person wanted before signing in, if it is ours; empty otherwise."""
    url = str(request.POST.get("next") or request.GET.get("next") or "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else ""


def _target(request: HttpRequest) -> str:
    return _asked_for(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
