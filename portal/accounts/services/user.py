"""Accounts: opening them, changing them, and giving a new password."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from axes.utils import reset as unlock
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from portal.accounts.models import Unit, User
from portal.accounts.services.post import give_post
from portal.audit.models import record

#: Letters and digits that are not mistaken for one another when read out over the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


#: Rounds of the hash of a first password.
QUICK_ROUNDS = 20_000


def random_password() -> str:
    """A password that can be dictated: three groups of four."""
    return _dictated([secrets.choice(_ALPHABET) for _ in range(12)])


def first_password(seed: str, username: str) -> str:
    """The first password of ``username`` among accounts opened together: it follows from a random ``seed``.

    So it can be told later, once, by who kept the seed; neither the seed nor the secret key gives it away alone.
    """
    number = int.from_bytes(salted_hmac("portal.accounts.first-password", f"{seed}:{username}").digest())
    letters = []
    for _ in range(12):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return _dictated(letters)


def _dictated(letters: list[str]) -> str:
    text = "".join(letters)
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    by: User | None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    seed: str = "",
) -> tuple[User, str]:
    """A new account and its first password, shown once; the person must change it at the first sign-in.

    With a ``seed`` it is :func:`first_password`, else random. A ``password`` that is given need not be changed.
    """
    username = username.strip()
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": f"登录名“{username}”已有人使用，请换一个。"})
    user = User(username=username, name=name.strip(), phone=phone, email=email)
    user.must_change_password = password is None
    first = password or (first_password(seed, username) if seed else random_password())
    if password is None:
        user.password = _hash_of_random(first)
    else:
        user.set_password(first)
    user.full_clean()
    user.save()
    record(user, "accounts.user.open", "开通账号", by=by)
    return user, first


@transaction.atomic
def admit_person(
    *,
    username: str,
    name: str,
    by: User | None,
    phone: str = "",
    email: str = "",
    unit: Unit | None = None,
    role: str = "",
    since: date | None = None,
    until: date | None = None,
) -> tuple[User, str]:
    """Open an account and, where ``unit`` is given, give its first post: both or neither."""
    user, password = open_account(username=username, name=name, by=by, phone=phone, email=email)
    if unit is not None:
        give_post(user=user, unit=unit, role=role, by=by, since=since, until=until)
    return user, password


@transaction.atomic
def update_account(user: User, *, by: User | None, **fields: Any) -> User:
    """Change ``name``, ``phone``, ``email`` or ``is_active``. Nobody switches off his own account."""
    if by is not None and by.pk == user.pk and fields.get("is_active") is False:
        raise ValidationError({"is_active": "不能停用自己的账号，请由另一位管理员办理。"})
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
    """Give ``user`` a new first password and return it; it must be changed at the next sign-in.

    A lock after wrong passwords ends with it. Raises ValidationError for an account that is switched off.
    """
    if not user.is_active:
        raise ValidationError("账号已停用，请先恢复可登录，再重置密码。")
    password = random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    unlock(username=user.username)
    record(user, "accounts.user.reset_password", "重置密码", by=by)
    return password


@transaction.atomic
def unlock_account(user: User, *, by: User | None) -> None:
    """End the lock after too many wrong passwords, at every address."""
    unlock(username=user.username)
    record(user, "accounts.user.unlock", "解除锁定", by=by)


def shortest_password() -> int:
    """Characters that a password must have, as the settings say."""
    return max(getattr(validator, "min_length", 1) for validator in get_default_password_validators())


@transaction.atomic
def change_password(user: User, *, old: str, new: str) -> None:
    """A person's own change of password. Raises ValidationError with a sentence per field."""
    if not user.check_password(old):
        raise ValidationError({"old": "原密码不对，请重新输入。"})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise ValidationError({"new": [_why_weak(reason) for reason in error.error_list]}) from error
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user, "accounts.user.change_password", "修改密码", by=user)


def _hash_of_random(password: str) -> str:
    """A quick hash for a password of 59 bits, which no guessing finds: a table opens hundreds of accounts.

    The first sign-in hashes it anew at full strength (Django sees the other number of rounds).
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=QUICK_ROUNDS)
    return make_password(password)


def _why_weak(reason: ValidationError) -> str:
    """Django's reason in our words: its own are only partly translated."""
    at_least = (reason.params or {}).get("min_length", "")
    sentences = {
        "password_too_short": f"新密码太短，至少要{at_least}个字符。",
        "password_too_common": "新密码太常见，容易被猜中，请换一个。",
        "password_entirely_numeric": "新密码不能全是数字，请加上字母。",
        "password_too_similar": "新密码与登录名或姓名太像，请换一个。",
    }
    return sentences.get(reason.code or "", reason.messages[0])
