"""Keeping schemes of assessment: their items, and whether one can be used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from pilots.formula import FormulaError, in_order
from pilots.models import Scheme, SchemeItem
from pilots.models.scheme import ItemFields
from pilots.queries.assessed_figures import formulas_of, indicators_of, subject_kind
from pilots.scoring import number
from portal.accounts.models import User
from portal.audit.models import record
from portal.measures import level_called
from portal.refusals import Refused

#: What an item of a scheme and its copies carry.
ITEM_FIELDS = (
    "code",
    "name",
    "about",
    "weight",
    "share",
    "way",
    "indicator",
    "formula",
    "full_at",
    "zero_at",
    "is_value_added",
    "statements",
    "order",
)
#: Of a survey a mark of 1 gives no points and 5 gives all, unless the scheme says otherwise.
LOWEST_MARK, HIGHEST_MARK = 1, 5


@transaction.atomic
def save_scheme(scheme: Scheme | None, *, by: User, **fields: Any) -> Scheme:
    """Make or change a scheme. ``fields``: name, basis, note, full_points, is_active. Raises ValidationError."""
    _demand(by)
    row = scheme or Scheme(created_by=by)
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(exclude=["created_by"])
    row.save()
    record(row, "pilots.scheme.save", "保存考核方案", by=by)
    return row


@transaction.atomic
def copy_scheme(scheme: Scheme, *, by: User, name: str) -> Scheme:
    """A scheme of one's own to change, with the same items."""
    copy = save_scheme(None, by=by, name=name, basis=scheme.basis, note=scheme.note, full_points=scheme.full_points)
    SchemeItem.objects.bulk_create(
        SchemeItem(scheme=copy, **{field: getattr(item, field) for field in ITEM_FIELDS})
        for item in scheme.items.select_related("indicator")
    )
    return copy


@transaction.atomic
def save_item(item: SchemeItem | None, *, scheme: Scheme, by: User, **fields: Any) -> SchemeItem:
    """Make or change an item; ``fields`` are those of ``ITEM_FIELDS`` (the order may be left out).

    Raises ValidationError by field: a formula that names what is not there or itself, a figure without bounds.
    """
    _demand(by)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    row = item or SchemeItem(scheme=locked, order=_next_order(locked))
    before = row.code
    for name, value in fields.items():
        setattr(row, name, value)
    _tidy(row)
    others = [one for one in locked.items.select_related("indicator") if one.pk != row.pk]
    if same := next((one for one in others if one.code == row.code), None):
        raise ValidationError({"code": f"编号{row.code}已用于“{same.name}”，请换一个。"})
    row.full_clean()
    _check_way(row)
    _check_formulas(row, others, before)
    row.save()
    record(locked, "pilots.scheme.item", "保存考核内容", by=by, code=row.code, weight=str(row.weight))
    return row


@transaction.atomic
def delete_item(item: SchemeItem, *, by: User) -> None:
    """Take an item out. Raises Refused while a formula of another names it."""
    _demand(by)
    scheme = Scheme.objects.select_for_update().get(pk=item.scheme_id)
    others = [one for one in scheme.items.select_related("indicator") if one.pk != item.pk]
    for kind_items in _by_kind([*others, item]).values():
        for code, formula in formulas_of(kind_items, indicators_of(subject_kind(kind_items[0].share))).items():
            if item.code in formula.codes and code != item.code:
                raise Refused(f"{code}的公式用到了{item.code}，请先修改{code}的公式。")
    record(scheme, "pilots.scheme.drop_item", "删去考核内容", by=by, code=item.code, name=item.name)
    item.delete()


def problems_of(scheme: Scheme) -> list[str]:
    """Why the scheme cannot be used in an assessment, in sentences; none where it can."""
    items = list(scheme.items.all())
    found = []
    if not scheme.is_active:
        found.append("方案已停用。")
    total = sum((item.weight for item in items), Decimal(0))
    if total != scheme.full_points:
        found.append(f"各项分值合计{number(total)}分，应为{number(scheme.full_points)}分，请调整。")
    shares = {item.share for item in items}
    for share in (ItemFields.Share.LEAD, ItemFields.Share.MEMBER):
        if share not in shares:
            found.append(f"还没有“{share.label}”的考核内容。")
    return found


def _demand(by: User) -> None:
    if not by.has_perm("pilots.manage_schemes"):
        raise PermissionDenied


def _next_order(scheme: Scheme) -> int:
    return (scheme.items.aggregate(last=Max("order"))["last"] or 0) + 1


def _tidy(row: SchemeItem) -> None:
    """Keep only what the way of scoring uses."""
    ways = ItemFields.Way
    row.code, row.formula = row.code.strip().upper(), row.formula.strip()
    for name, using in ItemFields.WAYS_USING.items():
        if row.way not in using:
            field: Any = SchemeItem._meta.get_field(name)
            setattr(row, name, field.get_default())
    if row.way == ways.SURVEY:
        row.full_at = row.full_at if row.full_at is not None else HIGHEST_MARK
        row.zero_at = row.zero_at or LOWEST_MARK
        row.statements = "\n".join(line.strip() for line in row.statements.splitlines() if line.strip())


def _check_way(row: SchemeItem) -> None:
    ways = ItemFields.Way
    if row.way == ways.SURVEY and not row.statements:
        raise ValidationError({"statements": "请填写调查题目，一行一题。"})
    if not row.is_counted and row.way != ways.SURVEY:
        return
    if row.full_at is None:
        raise ValidationError({"full_at": "请填写满分值：达到多少得满分。"})
    if row.full_at == row.zero_at:
        raise ValidationError({"full_at": "满分值与零分值相同，无法按比例计分，请核对。"})
    if row.way == ways.INDICATOR:
        _check_indicator(row)


def _check_indicator(row: SchemeItem) -> None:
    if row.indicator is None:
        raise ValidationError({"indicator": "请选择指标。"})
    level, kind = level_called(row.indicator.level), subject_kind(row.share)
    if level is None or level.of != kind:
        whom = "共同体" if kind == "community" else "学校"
        raise ValidationError(
            {"indicator": f"指标“{row.indicator}”不是按{whom}统计的，不能用于“{row.get_share_display()}”。"}
        )


def _check_formulas(row: SchemeItem, others: list[SchemeItem], before: str) -> None:
    """All formulas of the scheme can be read with this item as it will be, and none leads back to itself."""
    for items in _by_kind([*others, row]).values():
        try:
            in_order(formulas_of(items, indicators_of(subject_kind(items[0].share))))
        except FormulaError as error:
            field = "formula" if row.way == ItemFields.Way.FORMULA else "code"
            told = str(error)
            if before and before != row.code and f"“{before}”" in told:
                told = f"别的公式用到了编号{before}，请先修改那些公式。"
            raise ValidationError({field: told}) from error


def _by_kind(items: list[SchemeItem]) -> dict[str, list[SchemeItem]]:
    found: dict[str, list[SchemeItem]] = {}
    for item in items:
        found.setdefault(subject_kind(item.share), []).append(item)
    return found
