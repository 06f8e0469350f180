"""结对合作: the list of pairs, and the page that shows where one stands and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.forms.partnership import PartnershipFilterForm
from alliances.measures import rows_of_pairs
from alliances.models import Partnership
from alliances.queries.agreement import agreements_of_pair
from alliances.queries.meeting import meetings_of_pair
from alliances.queries.need import needs_of_pair
from alliances.queries.partnership import listed_partnerships, partnerships_for
from alliances.queries.plan import plans_of_pair, units_to_plan_for
from alliances.queries.steps import Next, agreed_to, next_thing, steps_of, with_steps
from alliances.queries.work_item import late_first
from alliances.states.term import last_day
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, person
from portal.exchange.workbook import Column, as_download, write
from portal.notices.services import mark_seen

#: So many items stand on a pair's page; the whole list has a page of its own.
ITEMS_SHOWN = 15
COLUMNS = (
    Column("高校", 26),
    Column("结对地区", 26),
    Column("所在设区市", 16),
    Column("起始日期", 14),
    Column("截止日期", 14),
    Column("状态", 12),
    Column("进展", 12),
    Column("协议截止日期", 14),
    Column("工作事项", 10),
    Column("未完成", 10),
    Column("已逾期", 10),
    Column("结束原因", 30),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The pairs that the person may see, each with its step and what is late; filters stay in the address."""
    user = person(request)
    form, rows = _narrowed(request, user)
    page = Paginator(with_steps(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(pair, steps_of(pair), agreed_to(pair)) for pair in page],
        "narrowed": bool(form.narrowing()),
        "may_add": user.has_perm("alliances.manage_partnerships"),
    }
    return render(request, "alliances/partnerships.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list for Excel."""
    _form, rows = _narrowed(request, person(request))
    data = write("结对合作", COLUMNS, _cells(with_steps(rows)))
    return as_download(data, f"结对合作{timezone.localdate():%Y%m%d}.xlsx")


def _narrowed(request: HttpRequest, user: User) -> tuple[PartnershipFilterForm, QuerySet[Partnership]]:
    """The list as the address narrows it, or what one figure is made of, pairs of the past among them."""
    form = PartnershipFilterForm(request.GET)
    if (figure := form.figure()) is not None:
        return form, partnerships_for(user).filter(pk__in=rows_of_pairs(*figure))
    return form, listed_partnerships(user, **form.filters())


@require_safe
def partnership(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair in one screen: steps, the next thing, agreement, work list, plans, contacts."""
    user = person(request)
    pair = get_object_or_404(with_steps(partnerships_for(user)), pk=pk)
    mark_seen(about=pair, by=user)
    works = user.has_perm("alliances.work_on_partnership", pair)
    agreements = agreements_of_pair(pair)
    coming = next_thing(pair)
    context = {
        "pair": pair,
        "steps": steps_of(pair),
        "next": coming,
        "next_button": _button(pair, coming, agreements, user) if works else None,
        "agreements": agreements,
        "items": late_first(pair.work_items.select_related("owner"))[:ITEMS_SHOWN],
        "plans": plans_of_pair(pair, user),
        "pair_needs": needs_of_pair(pair, user),
        "pair_meetings": meetings_of_pair(pair, user),
        "contacts": pair.contacts.select_related("unit"),
        "may_work": works and not pair.has_ended,
        "may_call": works and not pair.has_ended and user.has_perm("alliances.add_meeting"),
        "may_manage": user.has_perm("alliances.manage_partnerships"),
    }
    return render(request, "alliances/partnership.html", context)


def _button(pair: Any, coming: Next, agreements: list[Any], user: User) -> tuple[str, str] | None:
    """What the next thing is done with by somebody who works on the pair: label and address.

    ``agreements`` are the pair's, the latest first.
    """
    if coming == Next.PLAN:
        writes = pair.county in units_to_plan_for(user)
        return ("起草详案", reverse("plan-new") + f"?unit={pair.county_id}") if writes else None
    if coming == Next.NEEDS:
        return ("提出需求", reverse("need-new")) if user.has_perm("alliances.add_need") else None
    if coming == Next.RENEW:
        return "续签协议", reverse("agreement-renew", args=[agreements[0].pk])
    if coming == Next.AGREEMENT:
        return "登记协议", reverse("agreement-new", args=[pair.pk])
    if coming == Next.LIST:
        return "列入清单", reverse("work-item-new", args=[pair.pk])
    if coming == Next.LATE:
        return "查看逾期事项", reverse("work-items") + f"?partnership={pair.pk}&state=late"
    return None


def _cells(rows: Iterable[Any]) -> Iterator[list[object]]:
    for pair in rows:
        current = next((shown.step.label for shown in steps_of(pair) if shown.is_current), "四步到位")
        yield [
            pair.university.name,
            pair.county.name,
            pair.county.parent.name if pair.county.parent else "",
            pair.during.lower,
            last_day(pair.during),
            pair.standing.label,
            current,
            agreed_to(pair),
            pair.item_count,
            pair.open_count,
            pair.late_count,
            pair.end_reason,
        ]
