"""Every write to the work list (列清单): putting an item on it, changing it, doing it, ending it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import Commitment, Partnership, WorkItem, WorkItemSource
from alliances.notices.work_item import tell_giver, tell_owner, tell_unit
from alliances.validators import check_length
from portal.accounts.models import Unit, User
from portal.accounts.validators import WRONG_YEAR, is_sensible
from portal.refusals import Refused
from portal.workflow import moving, started


@transaction.atomic
def add_work_item(
    *,
    by: User,
    title: str,
    owner: Unit,
    due: date,
    partnership: Partnership | None = None,
    owner_post: str = "",
    detail: str = "",
    source: str = WorkItemSource.LIST,
    commitment: Commitment | None = None,
) -> WorkItem:
    """Put an item on the list of ``partnership``, or of the whole alliance (None); its owner is told.

    Raises PermissionDenied for who works on neither side, ValidationError by field: no title, an owner of neither
    side, a commitment of another pair. Refused where the pair is over or the commitment is on the list already.
    """
    if not by.has_perm("alliances.add_work_items", partnership):
        raise PermissionDenied
    return put_on_list(
        WorkItem(
            partnership=partnership,
            source=WorkItemSource.COMMITMENT if commitment else source,
            commitment=commitment,
            title=title,
            detail=detail,
            owner=owner,
            owner_post=owner_post,
            due=due,
        ),
        by=by,
    )


def put_on_list(item: WorkItem, *, by: User) -> WorkItem:
    """Check and save a new item; its owner is told. Whether ``by`` may do so, the calling service has asked."""
    item.title, item.detail, item.owner_post = item.title.strip(), item.detail.strip(), item.owner_post.strip()
    item.created_by = by
    _check(item)
    _check_origin(item)
    item.save()
    started(item, "列入工作清单", by=by)
    tell_owner(item, "work_item_given", by=by)
    return item


def change_work_item(
    item: WorkItem, *, by: User, title: str, owner: Unit, due: date, owner_post: str = "", detail: str = ""
) -> WorkItem:
    """Correct an open item; a new owner is given it, and the one before is told that it is his no more."""
    with moving(item, "change", by=by, due=due.isoformat(), owner=owner.name) as locked:
        before = locked.owner
        locked.title, locked.detail = title.strip(), detail.strip()
        locked.owner, locked.owner_post, locked.due = owner, owner_post.strip(), due
        _check(locked)
        locked.save()
        tell_owner(locked, "work_item_given" if before != owner else "work_item_changed", by=by)
        if before != owner:
            tell_unit(locked, before, "work_item_taken", by=by)
    return item


def start_work_item(item: WorkItem, *, by: User) -> WorkItem:
    """Somebody is at it."""
    with moving(item, "start", by=by):
        pass
    return item


def finish_work_item(item: WorkItem, *, by: User, result: str, done_on: date | None = None) -> WorkItem:
    """It is done, on ``done_on`` (today if not given), and this came of it. Evidence may be added, never must.

    Raises ValidationError by field: no word of what came of it, a day to come.
    """
    with moving(item, "finish", by=by) as locked:
        locked.done_on = done_on or timezone.localdate()
        locked.result = result.strip()
        if locked.done_on > timezone.localdate():
            raise ValidationError({"done_on": "完成日期还没有到，请核对。"})
        if not locked.result:
            raise ValidationError({"result": "请用一两句话写明完成情况。"})
        check_length("result", "完成情况", locked.result)
        tell_giver(locked, by=by)
    return item


def cancel_work_item(item: WorkItem, *, by: User, reason: str) -> WorkItem:
    """It is not needed any more; it stays on the list with the reason in its record."""
    with moving(item, "cancel", by=by, reason=reason) as locked:
        tell_owner(locked, "work_item_cancelled", by=by, reason=reason)
    return item


def reopen_work_item(item: WorkItem, *, by: User, reason: str) -> WorkItem:
    """It was called done or cancelled too early; the words of what came of it stay to be written on."""
    with moving(item, "reopen", by=by, reason=reason) as locked:
        locked.done_on = None
        tell_owner(locked, "work_item_reopened", by=by, reason=reason)
    return item


#: The service behind each button of the transition table.
ACTS: dict[str, Callable[..., WorkItem]] = {
    "start": start_work_item,
    "cancel": cancel_work_item,
    "reopen": reopen_work_item,
}


def _check(item: WorkItem) -> None:
    """What holds for every item, whoever writes it."""
    if not item.title:
        raise ValidationError({"title": "请填写事项。"})
    if not is_sensible(item.due):
        raise ValidationError({"due": WRONG_YEAR})
    check_length("detail", "具体要求", item.detail)
    pair, owner = item.partnership, item.owner
    sides = {pair.university_id, pair.county_id} if pair else set()
    if pair and not sides & {owner.pk, owner.parent_id}:
        raise ValidationError({"owner": "责任单位须是结对双方，或双方所属的学校。"})
    item.full_clean(exclude=["commitment"])


def _check_origin(item: WorkItem) -> None:
    if item.partnership and item.partnership.has_ended:
        raise Refused("这一结对已经结束，不能再增加工作事项。")
    commitment = item.commitment
    if commitment is None:
        return
    if item.partnership is None or commitment.agreement.partnership_id != item.partnership.pk:
        raise ValidationError({"commitment": "这条承诺不属于本结对的协议。"})
    if WorkItem.objects.filter(commitment=commitment).exists():
        raise Refused("这条承诺已经列入工作清单。")
