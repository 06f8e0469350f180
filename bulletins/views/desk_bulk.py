"""Bulk decisions on the desk's list: doing them, what became of each row, and undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bulletins.forms.desk import DeskFilterForm
from bulletins.models import Bulk, BulkRow, Decision
from bulletins.queries.desk import bulks_for, desk_submissions, editors
from bulletins.services.assigning import assign_many
from bulletins.services.bulk import MOST_ROWS, decide_many
from bulletins.services.deciding import Order
from bulletins.services.undoing import undo_bulk
from bulletins.views.desk import desk_list
from portal.accounts.models import User
from portal.accounts.requests import demand, whole_number, whole_numbers
from portal.answers import attempt, tell
from portal.refusals import Refused

#: Who edits a report is chosen by id; this gives it back to all editors.
NOBODY = "nobody"


@require_POST
def desk_bulk(request: HttpRequest) -> HttpResponse:
    """Decide on the chosen reports, or on all that the filters leave; then show what became of each."""
    user = demand(request, "bulletins.decide_in_bulk")
    chosen = chosen_reports(request, user)
    try:
        bulk = _act(request, user, chosen)
    except Refused as error:
        tell(request, error)
        reasons = {name: request.POST.get(f"reason_{name}", "") for name in Decision.values}
        return desk_list(request, user, status=409, chosen=chosen, reasons=reasons)
    return redirect("desk-bulk-result", bulk.pk)


def chosen_reports(request: HttpRequest, user: User) -> list[int]:
    """The reports ticked on the page, or all that its filters leave: one more than may be handled at most."""
    if "all" in request.POST:
        form = DeskFilterForm(request.GET or None)
        rows = desk_submissions(user, **form.narrowing())
        return list(rows.values_list("pk", flat=True)[: MOST_ROWS + 1])
    return whole_numbers(request.POST.getlist("report"))


def _act(request: HttpRequest, user: User, chosen: list[int]) -> Bulk:
    key, name = request.POST.get("key", ""), request.POST.get("act", "")
    if name == Decision.ASSIGN:
        wanted = request.POST.get("editor", "")
        if wanted == NOBODY:
            return assign_many(chosen, to=None, by=user, key=key)
        editor = editors().filter(pk=whole_number(wanted) or 0).first()
        if editor is None:
            raise Refused("请选择把稿件分给哪位编辑。")
        return assign_many(chosen, to=editor, by=user, key=key)
    if name not in (Decision.ADOPT, Decision.RETURN, Decision.DECLINE):
        raise Refused("请选择要做的事：采用、退回修改、不予采用或分给编辑。")
    decision, reason = Decision(name), request.POST.get(f"reason_{name}", "")
    if decision != Decision.ADOPT and not reason.strip():
        raise Refused(f"请写明“{decision.label}”的理由，各单位都会看到。")
    return decide_many([Order(pk, decision, reason) for pk in chosen], by=user, key=key, label=decision.label)


@require_GET
def desk_bulk_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each report; until its time is over, with the button to undo."""
    user = demand(request, "bulletins.view_desk")
    bulk = get_object_or_404(bulks_for(user), pk=pk)
    rows = list(bulk.rows.select_related("submission__unit"))
    context = {
        "bulk": bulk,
        "rows": rows,
        "counts": [
            (BulkRow.Outcome(outcome).label, sum(row.outcome == outcome for row in rows))
            for outcome in BulkRow.Outcome.values
            if any(row.outcome == outcome for row in rows)
        ],
        "can_undo": bulk.by_id == user.pk and bulk.undone_at is None and timezone.now() < bulk.undo_until,
        "is_over": timezone.now() >= bulk.undo_until,
    }
    return render(request, "desk/bulk.html", context)


@require_POST
def desk_bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo it, row by row as far as possible."""
    user = demand(request, "bulletins.decide_in_bulk")
    bulk = get_object_or_404(bulks_for(user), pk=pk)
    if attempt(request, undo_bulk, bulk, by=user):
        kept = bulk.rows.filter(outcome=BulkRow.Outcome.KEPT).count()
        said = f"已撤销，有{kept}篇未能撤销，原因见下表。" if kept else "已全部撤销，单位没有收到通知。"
        messages.success(request, said)
    return redirect("desk-bulk-result", pk)
