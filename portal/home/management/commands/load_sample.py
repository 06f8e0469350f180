"""``manage.py load_sample``: the sample programme, for a demonstration only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.accounts.models import User
from portal.home.sample.activities import record_activities_of_term
from portal.home.sample.assessments import assess_communities
from portal.home.sample.batches import plan_batches
from portal.home.sample.calls import ask_units
from portal.home.sample.cases import tell_cases
from portal.home.sample.collecting import collect_reports
from portal.home.sample.communities import bring_together
from portal.home.sample.cooperation import cooperate
from portal.home.sample.figures import report_figures
from portal.home.sample.partnerships import run_pairs
from portal.home.sample.pilots import select_pilots
from portal.home.sample.play import Play
from portal.home.sample.progress import report_on_terms
from portal.home.sample.readership import send_out
from portal.home.sample.scale import grow, size_at
from portal.home.sample.two_areas import join_two_areas

DEFAULT_FILE = "var/sample-accounts.txt"


class Command(BaseCommand):
    help = "载入示例数据（仅供演示），登录名和随机密码写入文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", type=Path, default=settings.BASE_DIR / DEFAULT_FILE, help=f"default {DEFAULT_FILE}"
        )
        parser.add_argument(
            "--scale", type=int, default=1, help="20 为全省规模：100个县、2000所学校、60000项活动；1 为示例本身"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("示例数据只供演示，正式系统中不能载入。")
        if options["scale"] < 1:
            raise CommandError("规模至少为1。")
        if User.objects.filter(username="bianji").exists():
            self.stdout.write("示例数据已载入过，没有重复载入。")
        else:
            self._load(options["accounts"])
        if options["scale"] > 1:
            added = grow(size_at(options["scale"]))
            self.stdout.write("示例数据已扩充：" + "，".join(f"{what}{number}" for what, number in added.items()))

    def _load(self, accounts: Path) -> None:
        if User.objects.exists():
            raise CommandError("系统中已有人员，示例数据只能载入空的系统。")
        with transaction.atomic():  # all of it or nothing: half a programme could not be loaded again
            play = Play()
            play.perform()
            ask_units(play)
            send_out(play)
            collect_reports(play)
            plan_batches(play)
            select_pilots(play)
            run_pairs(play)
            bring_together(play)
            record_activities_of_term(play)
            cooperate(play)
            join_two_areas(play)
            report_figures(play)
            assess_communities(play)  # before terms are reported on and locked: it tells of last year's activities
            report_on_terms(play)
            tell_cases(play)
            _write_accounts(accounts, play.accounts)
        self.stdout.write(f"示例数据已载入，登录名和密码见 {accounts}")


def _write_accounts(path: Path, accounts: list[tuple[str, str, str]]) -> None:
    """Readable by the owner alone: the passwords open accounts of a running portal."""
    lines = ["示例账号（仅供演示）", "登录名\t密码\t岗位", *("\t".join(row) for row in accounts)]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
