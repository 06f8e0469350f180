"""Sending issues out: the list each starts from, its own list, 发送, reading, 签收 and the kind reminder."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bulletins.models import Delivery, Issue, Periodical, ReaderGroup, ReadershipLine, Receipt
from bulletins.notices.readership import tell_delivered
from bulletins.queries.issue import final_rendition
from bulletins.queries.outstanding import open_receipts, owed_receipts
from bulletins.queries.readership import default_lines, leaders, own_deliveries, units_in
from bulletins.services.content import content_of
from bulletins.states import IN_FORCE_ISSUE
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.notices.reminding import Reminded, remind
from portal.notices.services import mark_seen
from portal.refusals import Refused


@transaction.atomic
def add_default_reader(
    periodical: Periodical, *, by: User, group: str = "", unit: Unit | None = None, leader: User | None = None
) -> None:
    """Put groups, units and leaders on the list that every issue starts from; what stands there already stays."""
    _may_edit(by)
    lines = [ReadershipLine(periodical=periodical, group=group)] if group else []
    lines += [ReadershipLine(periodical=periodical, unit=unit)] if unit else []
    lines += [ReadershipLine(periodical=periodical, leader=leader)] if leader else []
    if not lines:
        raise Refused("请先选择要加入的范围、单位或领导。")
    ReadershipLine.objects.bulk_create(lines, ignore_conflicts=True)
    record(periodical, "bulletins.readership.add", "加入默认发送范围", by=by, names=[str(line) for line in lines])


@transaction.atomic
def remove_default_reader(line: ReadershipLine, *, by: User) -> None:
    """Take a line off the list that every issue starts from; issues that have their list keep it."""
    _may_edit(by)
    record(line.periodical, "bulletins.readership.remove", "移出默认发送范围", by=by, names=[str(line)])
    line.delete()


def copy_readership(issue: Issue) -> int:
    """Give ``issue`` the list of its periodical as it is today, in the caller's transaction; returns its length."""
    unit_ids: set[int] = set()
    leader_ids: set[int] = set()
    for line in default_lines(issue.periodical):
        if line.group == ReaderGroup.LEADERS:
            leader_ids.update(leaders().values_list("pk", flat=True))
        elif line.group:
            unit_ids.update(units_in(line.group).values_list("pk", flat=True))
        elif line.unit and line.unit.is_active:
            unit_ids.add(line.unit.pk)
        elif line.leader and line.leader.is_active:
            leader_ids.add(line.leader.pk)
    return _put(issue, unit_ids, leader_ids)


@transaction.atomic
def fill_readership(issue: Issue, *, by: User) -> int:
    """按默认范围填入: for an issue that was printed before it had a list, or whose list was emptied."""
    locked = _sendable(issue, by=by)
    before = locked.deliveries.count()
    copy_readership(locked)
    added = locked.deliveries.count() - before
    record(locked, "bulletins.issue.readership", "按默认范围填入发送范围", by=by, added=added)
    return added


@transaction.atomic
def add_reader(issue: Issue, *, by: User, group: str = "", unit: Unit | None = None, leader: User | None = None) -> int:
    """Put more recipients on an issue's list; sent once already, it goes to the new ones with the next 发送."""
    locked = _sendable(issue, by=by)
    unit_ids = {unit.pk} if unit else set()
    leader_ids = {leader.pk} if leader else set()
    if group == ReaderGroup.LEADERS:
        leader_ids.update(leaders().values_list("pk", flat=True))
    elif group:
        unit_ids.update(units_in(group).values_list("pk", flat=True))
    if not group and not unit_ids and not leader_ids:
        raise Refused("请先选择要加入的范围、单位或领导。")
    before = locked.deliveries.count()
    _put(locked, unit_ids, leader_ids)
    added = locked.deliveries.count() - before
    if not added:
        raise Refused("所选的已经都在本期发送范围内，没有重复加入。")
    record(locked, "bulletins.issue.readership", "加入发送范围", by=by, added=added)
    return added


@transaction.atomic
def remove_reader(delivery: Delivery, *, by: User) -> None:
    """Take a recipient off an issue's list before it is sent."""
    locked = _sendable(delivery.issue, by=by)
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if row.sent_at:
        raise Refused(f"本期已经发送给{row.unit or row.leader}，不能再移出。")
    record(locked, "bulletins.issue.readership", "移出发送范围", by=by, name=str(row.unit or row.leader))
    row.delete()


@transaction.atomic
def send_issue(issue: Issue, *, by: User) -> int:
    """发送 to everybody on the list who has not got it yet; returns how many recipients that were.

    From now on they read the issue in the portal, public or not. Raises Refused before 印发, while the
    final file is being made, with nobody on the list, and where all have got it.
    """
    locked = _sendable(issue, by=by)
    if final_rendition(locked) is None:
        raise Refused("正式文件还没有制作完成，请稍候再发送。")
    if not locked.deliveries.exists():
        raise Refused("本期发送范围还是空的，请先加入收件单位或领导。")
    active = Q(unit__is_active=True) | Q(leader__is_active=True)
    rows = list(locked.deliveries.filter(active, sent_at__isnull=True).select_related("leader", "unit"))
    if not rows:
        raise Refused("本期已经发送给范围内的全部单位和领导，没有重复发送。")
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
    tell_delivered(locked, rows, content_of(locked))
    units = sum(1 for row in rows if row.unit_id)
    record(locked, "bulletins.issue.send", "发送", by=by, units=units, leaders=len(rows) - units)
    return len(rows)


@transaction.atomic
def note_reading(issue: Issue, *, by: User) -> None:
    """Somebody of the recipient has opened the issue: the first time counts, and its messages are read."""
    own_deliveries(by).filter(issue=issue, read_at__isnull=True).update(read_at=timezone.now(), read_by=by)
    mark_seen(about=issue, by=by)


@transaction.atomic
def confirm_delivery(delivery: Delivery, *, by: User, remark: str = "") -> Receipt:
    """签收 for the unit. Raises PermissionDenied for a leader and for who is not of the unit; once is enough."""
    locked = Delivery.objects.select_for_update(of=("self",)).select_related("issue", "unit").get(pk=delivery.pk)
    if not by.has_perm("bulletins.confirm_delivery", locked):
        raise PermissionDenied
    if locked.sent_at is None:
        raise Refused("本期还没有发送给贵单位。")
    present = Receipt.objects.filter(delivery=locked).select_related("by").first()
    if present is not None:
        raise Refused(f"{locked.unit}已由{present.by}签收，不必重复签收。")
    receipt = Receipt(delivery=locked, by=by, remark=remark.strip())
    receipt.full_clean(exclude=["at"])
    receipt.save()
    record(locked.issue, "bulletins.issue.receipt", "签收", by=by, unit=str(locked.unit), remark=receipt.remark)
    return receipt


@transaction.atomic
def remind_readers(issue: Issue, *, by: User) -> Reminded:
    """温馨提示 to the units that have not confirmed; leaders are never chased.

    Raises Refused where all have confirmed; says who was told, and who was not and why.
    """
    locked = _sendable(issue, by=by)
    rows = list(open_receipts().filter(issue=locked))
    if not rows:
        raise Refused("没有需要提示的单位：已发送的单位都已签收。")
    return remind(owed_receipts(rows), by=by)


def _put(issue: Issue, unit_ids: Iterable[int], leader_ids: Iterable[int]) -> int:
    rows = [Delivery(issue=issue, unit_id=pk) for pk in sorted(unit_ids)]
    rows += [Delivery(issue=issue, leader_id=pk) for pk in sorted(leader_ids)]
    return len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))


def _may_edit(by: User) -> None:
    if not by.has_perm("bulletins.edit_readership"):
        raise PermissionDenied


def _sendable(issue: Issue, *, by: User) -> Issue:
    """The locked row of an issue that is printed and holds good."""
    locked = Issue.objects.select_for_update(of=("self",)).select_related("periodical").get(pk=issue.pk)
    if not by.has_perm("bulletins.send_issue", locked):
        raise PermissionDenied
    if locked.printed_on is None:
        raise Refused("本期还没有印发。请先印发，再确定发送范围并发送。")
    if locked.state not in IN_FORCE_ISSUE:
        raise Refused(f"本期现在是“{locked.get_state_display()}”，不能再发送。")
    return locked
