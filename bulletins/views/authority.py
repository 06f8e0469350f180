"""代签授权: the register of who may review or sign for whom, with the papers that say so."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.authority import AuthorityForm
from bulletins.models import SigningAuthority
from bulletins.queries.authority import authorities_for
from bulletins.services import authority as services
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, sentences
from portal.files.services import attach_file
from portal.refusals import Refused


@require_http_methods(["GET", "POST"])
def authorities(request: HttpRequest) -> HttpResponse:
    """The register; below it the form for who may enter one."""
    user = demand(request, "bulletins.view_authorities")
    may_give = user.has_perm("bulletins.manage_authorities")
    form = AuthorityForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_give:
            raise PermissionDenied
        if form.is_valid() and _given(form, user):
            messages.success(request, "代签授权已登记。")
            return redirect("authorities")
    context = {
        "form": form,
        "may_give": may_give,
        "page": Paginator(authorities_for(user), PAGE_SIZE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "issues/authorities.html", context, status=422 if form.errors else 200)


@require_POST
def authority_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back from today on."""
    user = person(request)
    authority = get_object_or_404(authorities_for(user), pk=pk)
    attempt(request, services.end_authority, authority, by=user, said="授权已收回。")
    return redirect("authorities")


def _given(form: AuthorityForm, user: User) -> bool:
    """Authority and paper together, or neither."""
    data = form.cleaned_data
    wanted: dict[str, object] = {name: data[name] for name in ("role", "since", "until", "basis")}
    try:
        with transaction.atomic():
            authority: SigningAuthority = services.give_authority(**wanted, **form.people(), by=user)  # type: ignore[arg-type]
            attach_file(owner=authority, upload=data["paper"], by=user)
    except ValidationError as error:
        form.add_error(None, error)
    except Refused as error:
        form.add_error("paper", sentences(error))
    else:
        return True
    return False
