"""学期确认单, the list: one's own on top, what waits for one's review, filters, bulk approval, Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.progress_report import ReportFilterForm
from pilots.models import ProgressReport
from pilots.queries.progress_report import listed_progress, own_open_reports, to_review_by
from pilots.services.progress_report import approve_many
from portal.accounts.requests import PAGE_SIZE, person, whole_numbers
from portal.answers import tell
from portal.exchange.workbook import Column, as_download, write
from portal.refusals import Refused

#: An address with more filters than that is none of ours.
LONGEST_FILTERS = 1_000

COLUMNS = (
    Column("单位", 30),
    Column("类别", 14),
    Column("填报期", 24),
    Column("状态", 14),
    Column("所在单位", 20),
    Column("提交时间", 18),
    Column("是否按时", 10),
    Column("确认时间", 18),
    Column("一人审核", 10),
    Column("需要留意", 60),
)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Everything one sees, what wants a look first; filters stay in the address."""
    user = person(request)
    form = ReportFilterForm(request.GET, user=user)
    rows = listed_progress(user, **form.narrowing())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    mine = set(
        to_review_by(user).filter(pk__in=[report.pk for report in page.object_list]).values_list("pk", flat=True)
    )
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "mine": mine,
        "may_approve": any(report.pk in mine and report.is_clean for report in page.object_list),
        "own": own_open_reports(user)[:10],
        "may_read_pilots": user.has_perm("pilots.view_pilots"),
        "may_manage": user.has_perm("pilots.manage_reporting"),
        "today": timezone.localdate(),
    }
    return render(request, "progress/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as narrowed on the page, for Excel."""
    user = person(request)
    rows = listed_progress(user, **ReportFilterForm(request.GET, user=user).narrowing())
    data = write("学期确认单", COLUMNS, _cells(rows))
    return as_download(data, f"学期确认单{timezone.localdate():%Y%m%d}.xlsx")


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """批量通过 of what is ticked; each that did not pass is named with its reason."""
    user = person(request)
    chosen = whole_numbers(request.POST.getlist("chosen"))
    try:
        passed, refused = approve_many(chosen, by=user)
    except Refused as error:
        tell(request, error)
        return redirect(_back(request))
    if passed:
        messages.success(request, f"已通过{passed}份。")
    names = dict(listed_progress(user).filter(pk__in=refused).values_list("pk", "unit__name"))
    for pk, why in refused.items():
        messages.error(request, f"{names.get(pk, '一份确认单')}未通过：{why}")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list with the filters it had."""
    _, _, filters = request.POST.get("next", "").partition("?")
    kept = QueryDict(filters[:LONGEST_FILTERS]).urlencode()
    return reverse("progress-reports") + (f"?{kept}" if kept else "")


def _cells(rows: QuerySet[ProgressReport]) -> Iterator[list[object]]:
    today = timezone.localdate()
    for report in rows.iterator(chunk_size=500):
        yield [
            report.unit.name,
            report.unit.get_kind_display(),
            report.period.label,
            report.get_state_display(),
            report.at.name if report.at else "",
            _moment(report.submitted_at),
            report.punctuality(today),
            _moment(report.confirmed_at),
            "是" if report.has_lone_desk else "",
            "\n".join(f"{one['kind']}：{one['text']}" for one in report.findings),
        ]


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
