"""Writing down joint bodies (S4: 改革中心)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import JointBody
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.saving import save_checked


@transaction.atomic
def save_body(
    body: JointBody | None,
    *,
    by: User,
    name: str,
    founders: Iterable[Unit],
    since: date,
    other_founders: str = "",
    leads: str = "",
    duties: str = "",
) -> JointBody:
    """Enter a joint body or correct it; ``leads`` are posts. Raises ValidationError by field."""
    if not by.has_perm("alliances.manage_bodies", body):
        raise PermissionDenied
    founding = list(founders)
    if len(founding) + bool(other_founders.strip()) < 2:
        raise ValidationError({"founders": "联合机构由两个以上单位发起，请填写各发起单位。"})
    if since > timezone.localdate():
        raise ValidationError({"since": "成立日期在今天之后，请核对。"})
    is_new, body = body is None, body or JointBody()
    body.name, body.since = name.strip(), since
    body.other_founders, body.leads, body.duties = other_founders.strip(), leads.strip(), duties.strip()
    save_checked(body)
    body.founders.set(founding)
    action, label = ("create", "登记联合机构") if is_new else ("update", "修改联合机构")
    record(body, f"alliances.jointbody.{action}", label, by=by)
    return body
