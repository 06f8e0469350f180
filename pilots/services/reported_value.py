"""Units report figures: a cell at a time, checked against the rules set for it, nothing lost, everything on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pilots.models import Indicator, ReportedValue, ValueComment, ValueRule
from pilots.notices.reported_value import tell_commented
from pilots.pace import plain
from pilots.queries.closing import closing_of
from pilots.queries.reported import entered_kinds, previous_entered
from pilots.services.locks import refuse_locked
from pilots.services.period_lock import keep_period_open
from pilots.value_rules import Reported, broken, overstepped, without_divisor
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.periods import Period, parse_period
from portal.refusals import Refused
from portal.text.typed import typed


class WantsReason(Refused):
    """The figure is out of the ordinary: it can stay with a reason."""


class Overtaken(Refused):
    """Somebody else has saved this figure in between; ``current`` is what stands now."""

    def __init__(self, sentence: str, current: ReportedValue) -> None:
        super().__init__(sentence)
        self.current = current


@transaction.atomic
def save_value(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    number: Decimal | None,
    below: Decimal | None = None,
    reason: str = "",
    version: int = 0,
    by: User,
) -> ReportedValue:
    """Keep what was typed for one unit and period; ``version`` is the one that was on the screen (0: none yet).

    Raises Overtaken, WantsReason, or Refused with a sentence: not asked of this unit, a period that has not begun, is
    locked or closed, a number below 0, a ratio that cannot be, a rule that is not kept. A closed period's figure is
    corrected, or supplied where it is missing, by the office alone, with a reason.
    """
    keep_period_open(period.key)
    value, reason = _row(indicator, unit, period), typed(reason)
    is_closed = closing_of(period.key) is not None
    _check_hand(value, period, reason, is_closed=is_closed, by=by)
    if value.version != version and value.pk is not None:
        raise Overtaken(_overtaken(value), value)
    _check_figure(value, number, below, reason)
    before = {} if value.pk is None else told(value)
    value.number, value.below, value.reason, value.by = number, below, reason, by
    value.version += 1
    value.full_clean()
    value.save()
    value.refresh_from_db()
    label = ("更正" if before else "补填") if is_closed else "填报"
    record(value, "pilots.reportedvalue.save", label, by=by, reason=value.reason, before=before, after=told(value))
    return value


@transaction.atomic
def comment_value(value: ReportedValue, *, text: str, by: User) -> ValueComment:
    """Say something on a figure; it changes nothing. Who entered it and who spoke on it before are told.

    Raises Refused for an empty text, ValidationError for one that is too long.
    """
    if not by.has_perm("pilots.comment_value"):
        raise PermissionDenied
    words = typed(text)
    if not words:
        raise Refused("请写下意见再提交。")
    comment = ValueComment(value=value, by=by, text=words)
    comment.full_clean()
    comment.save()
    record(value, "pilots.reportedvalue.comment", "填写意见", by=by, text=comment.text)
    tell_commented(comment)
    return comment


def told(value: ReportedValue) -> dict[str, str]:
    """Its numbers as the record keeps them."""
    parts = {"number": value.number, "below": value.below}
    return {name: plain(part) for name, part in parts.items() if part is not None}


def _row(indicator: Indicator, unit: Unit, period: Period) -> ReportedValue:
    """The row to be changed, held until the end of the transaction; a new one where there is none.

    The unit is held first: of two who fill in an empty cell the second finds what the first has saved.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    rows = ReportedValue.objects.select_for_update(of=("self",)).select_related("indicator", "unit", "by")
    found = rows.filter(indicator=indicator, unit=unit, key=period.key).first()
    days = (period.start, period.end + timedelta(days=1))
    return found or ReportedValue(indicator=indicator, unit=unit, key=period.key, during=days, version=0)


def _check_hand(value: ReportedValue, period: Period, reason: str, *, is_closed: bool, by: User) -> None:
    """Whether ``by`` may write this figure now."""
    indicator, unit = value.indicator, value.unit
    is_asked = indicator.is_active and indicator.is_reported and unit.kind == indicator.reported_by
    if not is_asked or indicator.period_kind not in entered_kinds(period):
        raise Refused(f"“{indicator}”不由{unit.label}在{period.label}填报，请刷新页面后再填。")
    if is_closed:
        if not by.has_perm("pilots.correct_closed_value"):
            raise Refused(f"{period.label}的数据已封存，不能再改。确需更正的，请与省协同提质办联系，说明理由。")
        if not reason:
            raise WantsReason(f"{period.label}的数据已封存，更正须写明理由；更正后请重新封存一版。")
        return
    if not by.has_perm("pilots.enter_value", value):
        raise PermissionDenied
    if period.start > timezone.localdate():
        raise Refused(f"{period.label}还没有开始，到时再填。")
    refuse_locked(unit, [period.end], by=by)


def _check_figure(value: ReportedValue, number: Decimal | None, below: Decimal | None, reason: str) -> None:
    """Whether the figure can stand; half a ratio is kept until the other half is there."""
    if any(part is not None and part < 0 for part in (number, below)):
        raise Refused("数值不能小于0，请核对。")
    if below is not None and not value.indicator.is_ratio:
        raise Refused(f"“{value.indicator}”不是比率，没有分母。")
    if number is None or (value.indicator.is_ratio and below is None):
        return
    now = Reported(number, below)
    if sentence := without_divisor(now):
        raise Refused(sentence)
    rules = list(value.indicator.rules.select_related("other"))
    others = _others(value)
    wrong = broken(rules, now, before=_before(value), others=others, unit=value.indicator.unit)
    wrong += overstepped(_bounded_by(value), now, others=others)
    if refusals := [one.sentence for one in wrong if one.refuses]:
        raise Refused("".join(refusals))
    if wrong and not reason:
        raise WantsReason("".join(one.sentence for one in wrong) + "请核对；确实如此的，请写明原因。")


def _bounded_by(value: ReportedValue) -> list[ValueRule]:
    """Rules of other indicators that must not be more than this one."""
    rules = ValueRule.objects.filter(other=value.indicator, kind=ValueRule.Kind.NOT_MORE, indicator__is_active=True)
    return list(rules.select_related("indicator"))


def _before(value: ReportedValue) -> Reported | None:
    """Last period's figure of the same unit."""
    period = parse_period(value.key)
    if period is None:
        return None
    rows = ReportedValue.objects.filter(indicator=value.indicator, unit=value.unit, key=previous_entered(period).key)
    found = rows.select_related("indicator").first()
    if found is None or found.number is None or not found.is_complete:
        return None
    return Reported(found.number, found.below)


def _others(value: ReportedValue) -> Mapping[int, Decimal]:
    rows = ReportedValue.objects.filter(unit=value.unit, key=value.key, number__isnull=False)
    return {pk: number for pk, number in rows.values_list("indicator", "number") if number is not None}


def _overtaken(value: ReportedValue) -> str:
    now = "、".join(told(value).values()) or "空"
    who = value.by or "别人"
    return f"{who}刚刚把这一格改成了{now}，您填的还没有保存。如以您的为准，请再填一次。"
