"""Accounts: first passwords, changes, and who may switch whom off."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.services.user import (
    QUICK_ROUNDS,
    admit_person,
    change_password,
    open_account,
    random_password,
    reset_password,
    update_account,
)
from tests.factories import PASSWORD, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def test_a_new_account_has_a_first_password_that_must_be_changed() -> None:
    user, password = open_account(username="zhoumin", name="周敏", by=None)
    assert user.check_password(password)
    assert user.must_change_password


def test_a_first_password_is_hashed_quickly_and_at_full_strength_from_the_first_sign_in_on(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user, password = open_account(username="zhoumin", name="周敏", by=None)
    assert f"${QUICK_ROUNDS}$" in user.password
    assert not user.check_password("wrong")
    assert user.check_password(password)
    user.refresh_from_db()
    assert f"${PBKDF2PasswordHasher.iterations}$" in user.password


def test_a_first_password_can_be_read_out_without_confusion() -> None:
    passwords = {random_password() for _ in range(50)}
    assert len(passwords) == 50
    assert not set("01oil") & set("".join(passwords))


def test_a_user_name_is_used_once_whatever_its_case() -> None:
    open_account(username="zhoumin", name="周敏", by=None)
    with pytest.raises(ValidationError, match="已有人使用"):
        open_account(username="ZhouMin", name="周民", by=None)


def test_account_and_post_come_together_or_not_at_all() -> None:
    unit = make_officer().posts_today[0].unit
    with pytest.raises(ValidationError, match="已有信息员"):
        admit_person(username="new", name="新人", by=None, unit=unit, role=Role.INFORMATION_OFFICER)
    assert not User.objects.filter(username="new").exists()
    user, _ = admit_person(username="new", name="新人", by=None, unit=make_unit(), role=Role.INFORMATION_OFFICER)
    assert user.holds(Role.INFORMATION_OFFICER)


def test_a_reset_password_replaces_the_old_one_and_must_be_changed() -> None:
    user = make_user()
    password = reset_password(user, by=None)
    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(PASSWORD)
    assert user.must_change_password


def test_an_account_that_is_switched_off_gets_no_new_password() -> None:
    user = update_account(make_user(), by=None, is_active=False)
    with pytest.raises(ValidationError, match="已停用"):
        reset_password(user, by=None)


def test_nobody_switches_off_his_own_account() -> None:
    admin = make_user(Role.ADMIN)
    with pytest.raises(ValidationError, match="不能停用自己"):
        update_account(admin, by=admin, is_active=False)
    assert update_account(admin, by=admin, is_active=True, phone="0791-1234567").phone == "0791-1234567"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong", "spring-river-27", "old"), (PASSWORD, "12345678901", "new"), (PASSWORD, "abc", "new")],
)
def test_a_change_of_password_needs_the_old_one_and_a_sound_new_one(old: str, new: str, field: str) -> None:
    user = make_user()
    with pytest.raises(ValidationError) as refusal:
        change_password(user, old=old, new=new)
    assert list(refusal.value.message_dict) == [field]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_who_is_switched_off_may_nothing_whatever_posts_he_holds() -> None:
    admin = make_user(Role.ADMIN)
    assert admin.has_perm("accounts.manage_units")
    admin = update_account(admin, by=None, is_active=False)
    assert not admin.has_perm("accounts.manage_units")
