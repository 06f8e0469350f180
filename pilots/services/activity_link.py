"""Linking an activity with what it is evidence of."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from pilots.linking import linkable
from pilots.models import Activity, ActivityLink
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused


@transaction.atomic
def link_activity(activity: Activity, target: models.Model, *, by: User | None) -> ActivityLink:
    """Say that ``activity`` is evidence of ``target``; again changes nothing.

    Raises PermissionDenied for who takes no part in it, Refused for what ``by`` does not see. ``by`` None is the
    portal itself.
    """
    guard = linkable(type(target))
    if guard is None:
        raise Refused("活动不能与这类内容关联。")
    if by is not None:
        if not by.has_perm("pilots.link_activity", activity):
            raise PermissionDenied
        if not guard.visible(by).filter(pk=target.pk).exists():
            raise Refused("没有找到要关联的内容，请重新选择。")
    link, is_new = ActivityLink.objects.get_or_create(
        activity=activity,
        content_type=ContentType.objects.get_for_model(target),
        object_id=target.pk,
        defaults={"linked_by": by},
    )
    if is_new:
        record(activity, "pilots.activity.link", f"关联{guard.label}", by=by, target=str(target))
    return link


@transaction.atomic
def unlink_activity(link: ActivityLink, *, by: User) -> None:
    """Take a link away."""
    if not by.has_perm("pilots.link_activity", link.activity):
        raise PermissionDenied
    record(link.activity, "pilots.activity.unlink", "取消关联", by=by, target=str(link.target))
    link.delete()
