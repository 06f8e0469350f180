"""Keeping the point rules (计分规则) and the switch of the ranking. What was in force stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.models import Periodical, PointRule, PointScheme, Section
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date


@dataclass(frozen=True, slots=True)
class TypedRule:
    """One rule as it was typed: what it is for and what it is worth."""

    act: str
    points: Decimal
    section: Section | None = None
    unit_kind: str = ""


@transaction.atomic
def add_scheme(*, since: date, note: str, rules: Sequence[TypedRule], by: User) -> PointScheme:
    """A new version, in force from ``since``. It must begin after the last one: what was counted stays counted.

    Raises ValidationError for no rule, two rules for the same, or a day that is taken or passed over.
    """
    _check(by)
    if not rules:
        raise ValidationError("请至少填写一行分值。")
    if len({(rule.act, rule.section, rule.unit_kind) for rule in rules}) < len(rules):
        raise ValidationError("有两行的事项、栏目和单位类别都相同，请只留一行。")
    last = PointScheme.objects.select_for_update().order_by("-since").first()
    if last is not None and since <= last.since:
        raise ValidationError(f"新的规则须从{official_date(last.since)}之后开始，以前的积分才不会变。")
    scheme = PointScheme(since=since, note=note.strip(), created_by=by)
    scheme.full_clean()
    scheme.save()
    PointRule.objects.bulk_create(
        PointRule(scheme=scheme, act=rule.act, section=rule.section, unit_kind=rule.unit_kind, points=rule.points)
        for rule in rules
    )
    record(scheme, "bulletins.pointscheme.create", "新设计分规则", by=by, since=since.isoformat(), rules=len(rules))
    return scheme


@transaction.atomic
def remove_scheme(scheme: PointScheme, *, by: User) -> None:
    """Take back a version that is not in force yet, or that was only made today. Raises Refused otherwise."""
    _check(by)
    locked = PointScheme.objects.select_for_update().get(pk=scheme.pk)
    today = timezone.localdate()
    if locked.since <= today and timezone.localdate(locked.created_at) < today:
        raise Refused("这套规则已经生效，不能删除。需要调整的，请新设一套从以后某天开始的规则。")
    record(locked, "bulletins.pointscheme.delete", "删除计分规则", by=by, since=locked.since.isoformat())
    locked.delete()


@transaction.atomic
def set_ranking(periodical: Periodical, *, shown: bool, by: User) -> None:
    """Show or hide places in the ledger; hidden unless the office wants them."""
    _check(by)
    locked = Periodical.objects.select_for_update().get(pk=periodical.pk)
    if locked.ranks_units != shown:
        locked.ranks_units = shown
        locked.save(update_fields=["ranks_units"])
        record(locked, "bulletins.periodical.ranking", "显示名次" if shown else "不显示名次", by=by)


def _check(by: User) -> None:
    if not by.has_perm("bulletins.keep_point_rules"):
        raise PermissionDenied
