"""Communities as a table: one row each, with lead and members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from pilots.models import Community, Membership
from pilots.queries.community import communities_for, community_kinds, with_schools
from pilots.services.community import CommunityWriter
from pilots.services.membership import add_member
from portal.accounts.models import User
from portal.exchange.sheet import Field, GatheredSheet, Values, choice, day, text, unit, units


class Communities(GatheredSheet):
    """Communities that hold today. New rows found them; a row of one that is there may bring it new members."""

    key, label, back, back_label = "communities", "共同体", "communities", "城乡共同体"
    take, see = "pilots.found_community", "pilots.view_communities"
    note = (
        "带*的必须填写。单位可填全称、简称、别名、编码或拼音；几所学校同名的，前面加上县名。成员校之间用“、”隔开。\n"
        "已建立的共同体按地区和名称识别，可以增加成员校，加入日期不填则自导入当天起。更换牵头校、成员校退出要写明理由，请在共同体页面办理。"
    )
    key_fields = ("area", "name")
    writer = CommunityWriter
    titles = {"school": "成员校", "since": "建立日期"}

    def fields(self) -> Sequence[Field]:
        return (
            unit("area", "地区", 18, required=True),
            text("name", "名称", 34, required=True),
            choice("kind", "类型", {kind.name: kind for kind in community_kinds()}, required=True),
            unit("lead", "牵头校", required=True),
            units("members", "成员校", 50, required=True),
            day("since", "建立日期", required=True),
            day("joined", "加入日期", once=True),
        )

    def name(self, values: Values) -> str:
        return str(values.get("name", ""))

    def things(self, user: User) -> Iterable[Community]:
        return with_schools(communities_for(user).filter(during__contains=timezone.localdate()))

    def values(self, thing: Any) -> Values:
        held = thing.schools_now
        lead = next((row.school for row in held if row.role == Membership.Role.LEAD), None)
        members = tuple(row.school for row in held if row.role == Membership.Role.MEMBER)
        facts = {"area": thing.area, "name": thing.name, "kind": thing.kind, "since": thing.during.lower}
        return facts | {"lead": lead, "members": members}

    def find(self, values: Values, by: User) -> Community | None:
        area = values["area"].pk

        def own() -> QuerySet[Community]:
            return communities_for(by).filter(area=area, during__contains=timezone.localdate()).order_by()

        pk = self.known(area, (values["name"],), own, "name")
        return with_schools(communities_for(by).filter(pk=pk)).first() if pk else None

    def make(self, values: Values, by: User) -> None:
        names = ("kind", "area", "name", "lead", "members", "since")
        self._writer.put(**{name: values[name] for name in names})

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        if fixed := [one.column.title for one in self.fields() if one.name in changed - {"members"}]:
            raise ValidationError({fixed[0]: "与已建立的共同体不一致。这一项不能用表格修改，请在共同体页面办理。"})
        before = self.values(thing)["members"]
        if gone := [school.name for school in before if school not in values["members"]]:
            sentence = f"表中没有现在的成员校“{'、'.join(gone)}”。成员校退出请在共同体页面办理，这里请照写。"
            raise ValidationError({"members": sentence})
        self._writer.write()  # a school of a row above is in its community by now, and in no second one
        since = values.get("joined") or timezone.localdate()
        for school in values["members"]:
            if school not in before:
                add_member(thing, school=school, since=since, by=by)
