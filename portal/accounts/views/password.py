"""A person's own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.forms.sign_in import ChangePasswordForm
from portal.accounts.requests import person
from portal.accounts.services.user import change_password as change
from portal.accounts.services.user import shortest_password


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """修改密码: the one page open to who still has a first password. Other sessions of the person end."""
    user = person(request)
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change(user, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "密码已修改，下次登录请用新密码。")
            return redirect("home")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "accounts/change_password.html",
        {"form": form, "first": user.must_change_password, "shortest": shortest_password()},
        status=status,
    )


change_password.before_password_change = True  # type: ignore[attr-defined]
