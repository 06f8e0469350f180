"""典型案例, inside: the list, one case with its versions, beginning and writing one, and the steps of its table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletins.forms.case import CaseFilterForm, CaseForm, NewCaseForm, case_initial
from bulletins.models import Case
from bulletins.queries.case import cases_for, frames, listed_cases, with_facts
from bulletins.rules import UNIT_ROLES
from bulletins.services import case as services
from bulletins.services.case_desk import DESK_STEPS
from bulletins.states.case import IN_LIBRARY, WITH_WRITER
from bulletins.views.case_page import case_page, pdf_part
from portal.accounts.models import User
from portal.accounts.queries.unit import units
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, take_step
from portal.exchange.workbook import Column, as_download, write
from portal.text.official import official_date

COLUMNS = (
    Column("标题", 44),
    Column("牵头单位", 26),
    Column("合作单位", 32),
    Column("主题", 14),
    Column("学段", 10),
    Column("所在地区", 18),
    Column("状态", 12),
    Column("撰写人", 14),
    Column("报送时间", 16),
    Column("公开时间", 16),
)
#: Which service does which step of the table.
STEPS: dict[str, Any] = DESK_STEPS | {
    "send_to_approver": services.submit_case,
    "submit": services.submit_case,
    "approve": services.approve_case,
    "send_back": services.send_back_case,
    "withdraw": services.withdraw_case,
}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list, the latest change first; filters stay in the address. An expert's cases are those he reviews."""
    user = demand(request, "bulletins.view_cases", "bulletins.see_case_scoring")
    if not user.has_perm("bulletins.view_cases"):
        return redirect("case-reviews")
    form = CaseFilterForm(request.GET)
    context = {
        "form": form,
        "page": Paginator(listed_cases(user, **form.narrowing()), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(form.narrowing()),
        "may_add": user.has_perm("bulletins.add_case") and frames().exists(),
        "may_manage": user.has_perm("bulletins.manage_cases"),
    }
    return render(request, "cases/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel table."""
    user = demand(request, "bulletins.view_cases")
    rows = listed_cases(user, **CaseFilterForm(request.GET).narrowing())
    return as_download(write("典型案例", COLUMNS, (_row(case) for case in rows)), "典型案例.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """写案例: in which frame and for which unit; where there is one of each, the button alone."""
    user = demand(request, "bulletins.add_case")
    form = NewCaseForm(request.POST if request.method == "POST" else None, own=user.units_as(*UNIT_ROLES))
    if request.method == "POST" and form.is_valid():
        made = form.call(services.begin_case, by=user, **form.cleaned_data)
        if made is not None:
            return redirect("case-edit", made.pk)
    context = {"form": form, "frames": frames()}
    return render(request, "cases/new.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: its text, its way, what experts said, and for the office who scores it and how.

    While its PDF is being made the page asks again for that part alone.
    """
    user, found = visible_case(request, pk)
    if request.headers.get("HX-Request") == "true" and found.state in IN_LIBRARY:
        return render(request, "cases/_pdf.html", pdf_part(found, user))
    return case_page(request, found)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it left its unit, and what was changed since the one before."""
    _user, found = visible_case(request, pk)
    one = get_object_or_404(found.versions, number=number)
    earlier = found.versions.filter(number__lt=number).last()
    context = {"case": found, "version": one, "earlier": earlier, "pieces": services.changes_between(earlier, one)}
    return render(request, "cases/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on. A colleague's save in between is shown beside; nothing typed is lost."""
    user, found = visible_case(request, pk)
    demand(request, "bulletins.write_case", obj=found)
    if found.state not in WITH_WRITER:
        messages.info(request, f"案例现在是“{found.get_state_display()}”，不能修改。撤回或退回后可以修改。")
        return redirect("case", pk)
    if request.method != "POST":
        return _form_page(request, found, CaseForm(case=found, initial=case_initial(found)))
    form = CaseForm(request.POST, case=found)
    if not form.is_valid():
        return _form_page(request, found, form, status=422)
    saved = form.call(services.save_case, case=found, facts=form.facts(), by=user, version=form.cleaned_data["version"])
    if saved is None:
        return _refused(request, found, form)
    if request.POST.get("then") == "send" and attempt(request, services.submit_case, saved, by=user, said="已送出。"):
        return redirect("case", pk)
    if request.POST.get("then") != "send":
        messages.success(request, "已保存。")
    return redirect("case-edit", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a draft that never left its unit."""
    user, found = visible_case(request, pk)
    done = attempt(request, services.delete_case, found, by=user, said="草稿已删除。")
    return redirect("cases") if done else redirect("case", pk)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step of the table; a refused one shows the page again with the reason that was typed."""
    user, found = visible_case(request, pk)
    typed = take_step(request, found, name, STEPS, by=user)
    if typed is None:
        still_seen = cases_for(user).filter(pk=pk).exists()
        return redirect("case", pk) if still_seen else redirect("cases")
    return case_page(request, visible_case(request, pk)[1], status=422, **typed)


def visible_case(request: HttpRequest, pk: int) -> tuple[User, Case]:
    """The person and a case that he may read in all; 404 for anybody else."""
    user = person(request)
    return user, get_object_or_404(with_facts(cases_for(user)), pk=pk)


def _refused(request: HttpRequest, found: Case, form: CaseForm) -> HttpResponse:
    """What was typed stays; where somebody saved in between, his text stands beside and the next save goes over it."""
    found.refresh_from_db()
    is_stale = form.cleaned_data.get("version") != found.version
    if is_stale:
        data = request.POST.copy()
        data["version"] = str(found.version)
        form.data = data
    return _form_page(request, found, form, status=409, theirs=found if is_stale else None)


def _form_page(request: HttpRequest, found: Case, form: CaseForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    names = list(units().values_list("name", flat=True))
    user = person(request)
    may_send = user.has_perm("bulletins.send_case_to_approver", found) or user.has_perm("bulletins.submit_case", found)
    to_approver = user.has_perm("bulletins.send_case_to_approver", found)
    context = {"form": form, "case": found, "unit_names": names, "may_send": may_send, "to_approver": to_approver}
    return render(request, "cases/form.html", context | extra, status=status)


def _row(case: Case) -> list[object]:
    partners = [*(unit.name for unit in case.partners.all()), case.other_partners]
    return [
        str(case),
        case.unit.name,
        "、".join(name for name in partners if name),
        case.topic,
        case.get_stage_display(),
        case.area.name if case.area else "",
        case.get_state_display(),
        case.author.name,
        _day(case.submitted_at),
        _day(case.published_at),
    ]


def _day(moment: Any) -> str:
    return official_date(timezone.localdate(moment)) if moment else ""
