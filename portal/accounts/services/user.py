"""Accounts: opening them, changing them, and giving a new password."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record

#: Letters and digits that are not mistaken for one another when read out over the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """A password that can be dictated: three groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    by: User | None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
) -> tuple[User, str]:
    """A new account and its first password, shown once; the person must change it at the first sign-in."""
    user = User(username=username.strip(), name=name.strip(), phone=phone, email=email)
    user.must_change_password = password is None
    first = password or random_password()
    user.set_password(first)
    user.full_clean()
    user.save()
    record(user, "accounts.user.open", "开通账号", by=by)
    return user, first


@transaction.atomic
def update_account(user: User, *, by: User | None, **fields: Any) -> User:
    """Change ``name``, ``phone``, ``email`` or ``is_active``."""
    user = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name, value in fields.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, fields[name])
    user.full_clean()
    user.save()
    if changed:
        record(user, "accounts.user.update", "修改账号", by=by, changed=changed)
    return user


@transaction.atomic
def reset_password(user: User, *, by: User | None) -> str:
    """Give ``user`` a new first password and return it; it must be changed at the next sign-in."""
    password = random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(user, "accounts.user.reset_password", "重置密码", by=by)
    return password


@transaction.atomic
def change_password(user: User, *, old: str, new: str) -> None:
    """A person's own change of password. Raises ValidationError with a sentence per field."""
    if not user.check_password(old):
        raise ValidationError({"old": "原密码不对，请重新输入。"})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise ValidationError({"new": error.messages}) from error
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user, "accounts.user.change_password", "修改密码", by=user)
