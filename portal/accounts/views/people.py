"""人员: accounts, their first passwords, and what posts a person holds."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.forms.user import EditAccountForm, OpenAccountForm, PeopleFilter
from portal.accounts.models import User
from portal.accounts.queries.acting import actings_of
from portal.accounts.queries.post import listed_people, people_for, posts_of
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.accounts.services.user import admit_person, reset_password, unlock_account, update_account
from portal.answers import attempt


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """All accounts, narrowed by text, post and whether they work."""
    user = demand(request, "accounts.manage_users")
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(listed_people(user, **wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"form": form, "page": page})


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One person with all posts, past ones too."""
    found = _find(request, pk)
    context = {"person": found, "posts": posts_of(found), "today": timezone.localdate()}
    context["actings"] = actings_of(found)
    return render(request, "accounts/person.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """开通账号: the first password is shown once, on the page that answers."""
    by = demand(request, "accounts.manage_users")
    initial = {"unit": request.GET.get("unit"), "role": request.GET.get("role"), "since": timezone.localdate()}
    form = OpenAccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.call(admit_person, by=by, **form.cleaned_data)
        if made:
            return _password_page(request, *made, heading="账号已开通")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/person_form.html", {"form": form, "new": True}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, telephone, and whether the account works."""
    found = _find(request, pk)
    initial = {name: getattr(found, name) for name in ("name", "phone", "email", "is_active")}
    form = EditAccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.call(update_account, user=found, by=person(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "已保存。")
            return redirect("person", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/person_form.html", {"form": form, "person": found}, status=status)


@never_cache
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """重置密码: a new first password, shown once."""
    found = _find(request, pk)
    given: list[str] = []
    if not attempt(request, lambda: given.append(reset_password(found, by=person(request)))):
        return redirect("person", pk)
    return _password_page(request, found, given[0], heading="密码已重置")


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """解除锁定 after too many wrong passwords."""
    found = _find(request, pk)
    attempt(request, unlock_account, found, by=person(request), said=f"{found}现在可以重新登录。")
    return redirect("person", pk)


def _find(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(people_for(person(request)), pk=pk)


def _password_page(request: HttpRequest, user: User, password: str, *, heading: str) -> HttpResponse:
    return render(request, "accounts/first_password.html", {"person": user, "password": password, "heading": heading})
