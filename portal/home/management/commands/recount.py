"""``manage.py recount``: count every kept figure from scratch and say where it is another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pilots.services.closing import Difference
from portal.home.services.recounting import everything_recounted

#: So many differences of one thing are told one by one.
TOLD = 50
ADVICE = "封存数据不同的，多是封存后补记或更正了记录，可在“数据封存”写明理由另存一版；其余请与维护人员联系。"


class Command(BaseCommand):
    help = "把封存数据、统计一览等留存的数字从头计算一遍，与留存的逐项核对；有不同的，退出状态为1。只核对，不改动"

    def handle(self, *args: Any, **options: Any) -> None:
        things, different = 0, 0
        for one in everything_recounted():
            things += 1
            different += bool(one.differences)
            self.stdout.write(f"{one.name}：{f'{len(one.differences)}处不同' if one.differences else '一致'}")
            for difference in one.differences[:TOLD]:
                self.stdout.write(f"  {_said(difference)}")
            if len(one.differences) > TOLD:
                self.stdout.write(f"  另有{len(one.differences) - TOLD}处，从略。")
        if different:
            raise CommandError(f"核对了{things}项，{different}项与留存的不同。{ADVICE}")
        self.stdout.write(f"核对了{things}项，全部一致。")


def _said(one: Difference) -> str:
    named = "，".join(part for part in (one.name, one.subject_name) if part)
    return f"{named or '整页'}：留存的是{one.stored or '空'}，现在算得{one.counted or '空'}"
