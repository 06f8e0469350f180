"""督导、检查: preparing a visit, writing down what was found, giving the findings, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import (
    ChecklistLine,
    ChecklistTemplate,
    Correction,
    Finding,
    InspectedUnit,
    Inspection,
    InspectionItem,
)
from pilots.notices.inspection import tell_announced, tell_cancelled, tell_reported
from pilots.queries.inspection import possible_units
from pilots.states.inspection import PENDING_CORRECTIONS, RECORDING, InspectionState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.refusals import Refused
from portal.workflow import moving, started

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of a checklist as it was typed."""

    name: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class TypedFinding:
    """What was found about one line; ``result`` is a value of ``Finding.Result``, empty where nothing was said."""

    item: int
    result: str = ""
    remark: str = ""


@transaction.atomic
def plan_inspection(
    *, led_by: Unit, by: User, units: Iterable[Unit], lines: Sequence[TypedLine], **fields: Any
) -> Inspection:
    """A visit in preparation, with its own copy of a checklist. ``fields``: name, starts_on, ends_on, inspectors, note.

    Raises PermissionDenied for who does not inspect for ``led_by``, ValidationError by field.
    """
    if not by.has_perm("pilots.add_inspection", led_by):
        raise PermissionDenied
    inspection = Inspection(led_by=led_by, created_by=by, **fields)
    inspection.full_clean()
    inspection.save()
    _set_lines(inspection, lines)
    _set_units(inspection, units)
    started(inspection, "准备检查", by=by)
    return inspection


@transaction.atomic
def save_inspection(
    inspection: Inspection, *, by: User, units: Iterable[Unit], lines: Sequence[TypedLine], **fields: Any
) -> Inspection:
    """Change a visit in preparation. Raises Refused once it has been announced."""
    locked = locked_inspection(inspection, by)
    if locked.state != InspectionState.PREPARING:
        raise Refused(f"本次检查{locked.get_state_display()}，安排不能再改。")
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    _set_lines(locked, lines)
    _set_units(locked, units)
    record(locked, "pilots.inspection.update", "修改检查安排", by=by)
    return locked


@transaction.atomic
def delete_inspection(inspection: Inspection, *, by: User) -> None:
    """Throw away a visit that nobody was told of."""
    locked = locked_inspection(inspection, by)
    if locked.state != InspectionState.PREPARING:
        raise Refused("本次检查已经通知，不能删除。不再进行的，请“取消检查”。")
    record(locked, "pilots.inspection.delete", "删除检查", by=by)
    for row in locked.inspected.all():
        forget_owner(row)
    forget_owner(locked)
    locked.delete()


@transaction.atomic
def write_findings(
    inspected: InspectedUnit, *, by: User, visited_on: date | None, remark: str, findings: Iterable[TypedFinding]
) -> InspectedUnit:
    """What was found in one unit, as a whole or as far as it goes. Raises Refused once the findings were given."""
    inspection = _locked_recording(inspected, by)
    if visited_on and not inspection.starts_on <= visited_on <= inspection.ends_on:
        raise ValidationError({"visited_on": "检查日期不在本次检查的起止日期之内，请核对。"})
    if visited_on and visited_on > timezone.localdate():
        raise ValidationError({"visited_on": "检查日期在今天之后，请核对。"})
    own = set(inspection.items.values_list("pk", flat=True))
    rows = [row for row in findings if row.result and row.item in own]
    inspected.visited_on, inspected.remark = visited_on, remark.strip()
    inspected.save(update_fields=["visited_on", "remark"])
    inspected.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(inspected=inspected, item_id=row.item, result=row.result, remark=row.remark.strip()) for row in rows
    )
    record(inspected, "pilots.inspectedunit.findings", "记录检查情况", by=by)
    return inspected


@transaction.atomic
def ask_correction(inspected: InspectedUnit, *, by: User, what: str, due: date) -> Correction:
    """Something to be put right by ``due``; the unit learns of it with the findings."""
    _locked_recording(inspected, by)
    if due < timezone.localdate():
        raise ValidationError({"due": "整改期限已经过去，请改为今天或以后。"})
    if not what.strip():
        raise ValidationError({"what": "请写明要整改什么。"})
    correction = Correction(inspected=inspected, what=what.strip(), due=due)
    correction.full_clean(exclude=["answered_by"])
    correction.save()
    started(correction, "提出整改事项", by=by)
    return correction


@transaction.atomic
def drop_correction(correction: Correction, *, by: User) -> None:
    """Take it back before the findings are given."""
    _locked_recording(correction.inspected, by)
    record(correction.inspected, "pilots.correction.delete", "删去整改事项", by=by, what=correction.what[:200])
    correction.delete()


@transaction.atomic
def announce(inspection: Inspection, *, by: User) -> Inspection:
    """通知受检单位."""
    with moving(inspection, "announce", by=by) as locked:
        if locked.ends_on < timezone.localdate():
            raise Refused("检查的结束日期已经过去，请先改好日期再通知。")
    tell_announced(inspection)
    return inspection


@transaction.atomic
def report(inspection: Inspection, *, by: User) -> Inspection:
    """反馈检查情况: every unit was visited; from now on what has to be put right waits for them."""
    with moving(inspection, "report", by=by) as locked:
        missing = [row.unit.label for row in locked.inspected.select_related("unit") if row.visited_on is None]
        if missing:
            raise Refused(
                f"{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}还没有检查记录，请补上检查日期和结果。"
            )
        locked.reported_at = timezone.now()
    tell_reported(inspection)
    return inspection


@transaction.atomic
def close(inspection: Inspection, *, by: User) -> Inspection:
    """办结: refused while something has not been put right."""
    with moving(inspection, "close", by=by) as locked:
        pending = Correction.objects.filter(inspected__inspection=locked, state__in=PENDING_CORRECTIONS).count()
        if pending:
            raise Refused(f"还有{pending}项整改没有销号，全部销号后才能办结。")
    return inspection


@transaction.atomic
def cancel(inspection: Inspection, *, by: User, reason: str) -> Inspection:
    """取消检查; who had been told is told why."""
    known = inspection.state == InspectionState.ANNOUNCED
    with moving(inspection, "cancel", by=by, reason=reason):
        pass
    if known:
        tell_cancelled(inspection, reason.strip())
    return inspection


#: The acts of the transition table, by name; those with a reason take one.
ACTS: Mapping[str, Any] = {"announce": announce, "report": report, "close": close, "cancel": cancel}


@transaction.atomic
def save_checklist(
    template: ChecklistTemplate | None, *, by: User, name: str, is_active: bool, lines: Sequence[TypedLine]
) -> ChecklistTemplate:
    """A checklist to start from; inspections keep their own copies."""
    if not by.has_perm("pilots.manage_checklists"):
        raise PermissionDenied
    row = template or ChecklistTemplate()
    row.name, row.is_active = name.strip(), is_active
    row.full_clean()
    _check_lines(lines)
    row.save()
    row.lines.all().delete()
    ChecklistLine.objects.bulk_create(
        ChecklistLine(template=row, name=line.name, how=line.how, order=order) for order, line in enumerate(lines, 1)
    )
    record(row, "pilots.checklisttemplate.save", "保存检查清单", by=by)
    return row


def locked_inspection(inspection: Inspection, by: User) -> Inspection:
    """The row, locked, for who leads it. Raises PermissionDenied."""
    if not by.has_perm("pilots.manage_inspection", inspection):
        raise PermissionDenied
    return Inspection.objects.select_for_update(of=("self",)).select_related("led_by").get(pk=inspection.pk)


def _locked_recording(inspected: InspectedUnit, by: User) -> Inspection:
    locked = locked_inspection(inspected.inspection, by)
    if locked.state not in RECORDING:
        raise Refused(f"本次检查{locked.get_state_display()}，检查记录不能再改。")
    return locked


def _set_lines(inspection: Inspection, lines: Sequence[TypedLine]) -> None:
    _check_lines(lines)
    inspection.items.all().delete()
    InspectionItem.objects.bulk_create(
        InspectionItem(inspection=inspection, name=line.name, how=line.how, order=order)
        for order, line in enumerate(lines, 1)
    )


def _check_lines(lines: Sequence[TypedLine]) -> None:
    if not lines:
        raise ValidationError({"lines": "请至少填写一条检查内容。"})
    if len(lines) > MOST_ITEMS:
        raise ValidationError({"lines": f"检查内容最多{MOST_ITEMS}条，请合并后再保存。"})
    if any(len(line.name) > 100 or len(line.how) > 300 for line in lines):
        raise ValidationError({"lines": "检查内容每条不超过100字，检查方式不超过300字，请缩短。"})


def _set_units(inspection: Inspection, units: Iterable[Unit]) -> None:
    """The units visited; who stays on the list keeps what was found there."""
    chosen = {unit.pk: unit for unit in units}
    if not chosen:
        raise ValidationError({"units": "请选择受检单位。"})
    allowed = set(possible_units(inspection.led_by).filter(pk__in=chosen).values_list("pk", flat=True))
    outside = [str(unit) for pk, unit in chosen.items() if pk not in allowed]
    if outside:
        raise ValidationError({"units": f"“{outside[0]}”不在{inspection.led_by}的检查范围内，或已停用。"})
    present = set(inspection.inspected.values_list("unit", flat=True))
    for row in inspection.inspected.exclude(unit__in=chosen):
        forget_owner(row)
        row.delete()
    InspectedUnit.objects.bulk_create(
        InspectedUnit(inspection=inspection, unit_id=pk) for pk in chosen if pk not in present
    )
