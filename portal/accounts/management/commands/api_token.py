"""Give a person's programs a token for the API, give a new one, or take it away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rest_framework.authtoken.models import Token

from portal.accounts.models import User
from portal.audit.models import record


class Command(BaseCommand):
    help = "Print the API token of USERNAME; --renew gives a new one, --revoke takes it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--renew", action="store_true", help="the old token stops working at once")
        choice.add_argument("--revoke", action="store_true", help="no token is left")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"没有可以登录的账号“{options['username']}”。")
        if options["renew"] or options["revoke"]:
            Token.objects.filter(user_id=user.pk).delete()
        if options["revoke"]:
            record(user, "accounts.token.revoke", "收回程序访问凭证", by=None)
            return
        token, created = Token.objects.get_or_create(user_id=user.pk)
        if created:
            record(user, "accounts.token.give", "发放程序访问凭证", by=None)
        self.stdout.write(token.key)
