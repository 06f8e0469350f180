"""登记完成: which activity a need became."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from alliances.models import Need
from alliances.queries.need import needs_for
from alliances.states.need import NeedState
from pilots.forms.order import NewActivityForm, PresentActivityForm
from pilots.services.order import finish_with_activity, finish_with_new_activity
from portal.accounts.models import User
from portal.accounts.requests import person


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the activity, or record it here; nothing is typed that was settled before."""
    user = person(request)
    need = get_object_or_404(needs_for(user), pk=pk)
    if not user.has_perm("alliances.settle_need", need):
        raise PermissionDenied
    if need.state != NeedState.ARRANGED:
        messages.info(request, f"这项需求现在是“{need.get_state_display()}”，不能登记完成。")
        return redirect("need", pk)
    is_new = request.POST.get("how") == "new"
    posted = request.POST if request.method == "POST" else None
    present = PresentActivityForm(None if is_new else posted, need=need)
    new = NewActivityForm(posted if is_new else None, need=need)
    if posted is not None and _finished(need, user, new if is_new else present):
        messages.success(request, "已登记完成，对方会收到消息。")
        return redirect("need", pk)
    context = {"need": need, "present": present, "new": new}
    return render(request, "needs/finish.html", context, status=200 if posted is None else 422)


def _finished(need: Need, user: User, form: PresentActivityForm | NewActivityForm) -> bool:
    if not form.is_valid():
        return False
    service = finish_with_new_activity if isinstance(form, NewActivityForm) else finish_with_activity
    return form.call(service, need=need, by=user, **form.cleaned_data) is not None
