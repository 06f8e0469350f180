"""Open the account of the first administrator of an empty portal; all others are opened on its pages."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.queries.post import has_post
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.accounts.services.user import admit_person


class Command(BaseCommand):
    help = "Open the account USERNAME for the first administrator and print its first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="how the person is called, such as 王小明")

    def handle(self, *args: Any, **options: Any) -> None:
        office = the_office()
        if has_post(office, Role.ADMIN):
            raise CommandError("已有管理员在任，请由管理员在“人员”页面开通账号。")
        try:
            user, password = admit_person(
                username=options["username"], name=options["name"], unit=office, role=Role.ADMIN, by=None
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"登录名：{user.username}\n初始密码：{password}（首次登录时须修改）")
