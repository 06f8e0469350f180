"""计分规则: its versions, a new one, and the switch of the ranking."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.point_rules import RuleRows, SchemeForm, typed_rules
from bulletins.models import PointScheme
from bulletins.queries.issue import the_periodical
from bulletins.services.point_rules import add_scheme, remove_scheme, set_ranking
from portal.accounts.requests import demand
from portal.answers import attempt, tell
from portal.refusals import Refused


@require_http_methods(["GET", "POST"])
def point_rules(request: HttpRequest) -> HttpResponse:
    """The versions, the latest first, and a form for the next."""
    user = demand(request, "bulletins.keep_point_rules")
    form = SchemeForm(request.POST or None, initial={"since": timezone.localdate()})
    rows = RuleRows(request.POST or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            add_scheme(rules=typed_rules(rows), by=user, **form.cleaned_data)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "已保存，台账从这天起按新规则计分。")
            return redirect("point-rules")
    schemes = PointScheme.objects.prefetch_related("rules__section").select_related("created_by")
    context = {"form": form, "rows": rows, "schemes": schemes, "ranks_units": the_periodical().ranks_units}
    return render(request, "ledger/rules.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def point_rules_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a version that is not in force yet."""
    user = demand(request, "bulletins.keep_point_rules")
    attempt(request, remove_scheme, get_object_or_404(PointScheme, pk=pk), by=user, said="已删除。")
    return redirect("point-rules")


@require_POST
def ranking(request: HttpRequest) -> HttpResponse:
    """Show or hide places."""
    user = demand(request, "bulletins.keep_point_rules")
    shown = request.POST.get("shown") == "1"
    said = "台账现在显示名次。" if shown else "台账不再显示名次。"
    attempt(request, set_ranking, the_periodical(), shown=shown, by=user, said=said)
    return redirect("point-rules")
