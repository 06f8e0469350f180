"""Signed-out visitors are sent to sign-in and back, for every address that is not public, existing or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

API_PREFIX = "/api/"


class SignInMiddleware:
    """Lets through what a view marks public (``login_not_required``) and the signed-in; sends the rest to sign in.

    The API answers 401 instead of a redirect. Who has been given a first password is sent to change it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        unknown = response.status_code == 404 and request.resolver_match is None
        if unknown and not request.user.is_authenticated:
            return self.refuse(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if request.path.startswith(API_PREFIX) and request.headers.get("Authorization"):
            return None  # the API checks the token itself
        if not request.user.is_authenticated:
            return self.refuse(request)
        if request.user.must_change_password and not getattr(view, "before_password_change", False):
            if request.path.startswith(API_PREFIX):
                return JsonResponse({"detail": "请先在网页上修改初始密码。"}, status=403)
            return redirect("change-password")
        return None

    def refuse(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API_PREFIX):
            return JsonResponse({"detail": "请先登录。"}, status=401)
        target = reverse("sign-in")
        if request.headers.get("HX-Request"):
            # A fragment cannot show the sign-in page: the browser itself goes there, and comes back to its page.
            back = request.headers.get("HX-Current-URL", "")
            response = HttpResponse(status=401)
            response["HX-Redirect"] = redirect_to_login(_path(back), target).url
            return response
        return redirect_to_login(request.get_full_path(), target)


def _path(url: str) -> str:
    """Path and query of the page a fragment belongs to; the sign-in view checks that it is ours."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "") or "/"
