"""Lists of pilots as tables: 试点县 and 试点学校, with the days from and to which they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from pilots.models import SelectionRound
from pilots.queries.pilot import MODELS, pilots_for
from pilots.services.pilot import enter_pilot, withdraw_pilot
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.exchange.sheet import Field, Sheet, Values, day, text, unit
from portal.refusals import Refused

ONE_DAY = timedelta(days=1)


class _Pilots(Sheet):
    """The register of one level. A row enters a pilot by the paper it rests on, or ends one that holds."""

    level: str
    unit_kind: UnitKind
    back, back_label = "pilots", "试点名单"
    take, see = "pilots.manage_pilots", "pilots.view_pilots"
    note = (
        "带*的必须填写。单位可填全称、简称、别名、编码或拼音；几个单位同名的，前面加上上级单位名称。\n"
        "已登记的按单位和开始日期识别；退出试点的，填写截止日期（含当天）和退出理由。"
    )
    key_fields = ("unit", "since")

    def fields(self) -> Sequence[Field]:
        return (
            unit("unit", "单位", required=True),
            day("since", "开始日期", required=True),
            day("until", "截止日期"),
            text("basis", "依据", 40, once=True),
            text("reason", "退出理由", 30),
        )

    def things(self, user: User) -> Iterable[Any]:
        return pilots_for(user, self.level)

    def values(self, thing: Any) -> Values:
        until = thing.during.upper - ONE_DAY if thing.during.upper else None
        return {
            "unit": thing.unit,
            "since": thing.during.lower,
            "until": until,
            "basis": thing.basis,
            "reason": thing.withdrawn_reason,
        }

    def find(self, values: Values, by: User) -> Any:
        if values["unit"].kind != self.unit_kind:
            raise ValidationError({"单位": f"“{values['unit']}”不是{self.unit_kind.label}，不能列入这份名单。"})
        on_day = Q(unit=values["unit"], during__startswith=values["since"])
        return MODELS[self.level]._default_manager.filter(on_day).select_related("unit__parent").first()

    def make(self, values: Values, by: User) -> None:
        if values["reason"]:
            raise ValidationError({"退出理由": "这个单位还不是试点，请先登记，再办理退出。"})
        enter_pilot(values["unit"], by=by, since=values["since"], until=values["until"], basis=values["basis"])

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        if values["until"] is None or "until" not in changed:
            raise Refused("退出理由须与截止日期一起填写；已退出的，理由不能再改。")
        withdraw_pilot(thing, by=by, last_day=values["until"], reason=values["reason"])


class PilotCounties(_Pilots):
    key, label, level, unit_kind = "pilot-counties", "试点县（市、区）", SelectionRound.Level.COUNTY, UnitKind.COUNTY


class PilotSchools(_Pilots):
    key, label, level, unit_kind = "pilot-schools", "试点学校", SelectionRound.Level.SCHOOL, UnitKind.SCHOOL
