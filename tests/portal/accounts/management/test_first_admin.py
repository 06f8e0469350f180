"""An empty portal gets its first administrator from the command line, and only its first."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_first_administrator_signs_in_changes_the_password_and_registers_units() -> None:
    said = StringIO()
    call_command("first_admin", "wang", "王管理", stdout=said)
    password = said.getvalue().split("初始密码：")[1].split("（")[0]
    client = Client()
    client.post("/sign-in/", {"username": "wang", "password": password})
    assert client.get("/units/").headers["Location"] == "/password/"
    new = "Jiangxi-2024-xietong"
    client.post("/password/", {"old": password, "new": new, "again": new})
    assert client.get("/units/").status_code == 200


def test_a_portal_with_an_administrator_gets_no_second_one_this_way() -> None:
    make_user(Role.ADMIN)
    with pytest.raises(CommandError, match="已有管理员在任"):
        call_command("first_admin", "wang", "王管理")
    assert not User.objects.filter(username="wang").exists()


def test_a_user_name_in_use_is_refused_with_a_sentence() -> None:
    taken = make_user()
    with pytest.raises(CommandError, match="登录名"):
        call_command("first_admin", taken.username, "王管理")
