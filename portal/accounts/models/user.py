"""People who sign in. What a person may do follows from posts, not from flags on the account."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from portal.accounts.models.post import Post
from portal.accounts.models.unit import Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password it cannot sign in until one is set."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. ``name`` is how the person is shown to colleagues."""

    username = models.CharField("登录名", max_length=50, unique=True)
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("电话", max_length=30, blank=True, default="")
    email = models.EmailField("邮箱", blank=True, default="")
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def posts_today(self) -> list[Post]:
        """Posts held today with their units; read once per request."""
        today = timezone.localdate()
        return list(self.posts.filter(during__contains=today).select_related("unit"))

    def holds(self, *roles: str, unit: Unit | int | None = None) -> bool:
        """Whether one of ``roles`` is held today, in ``unit`` if one is given."""
        if not self.is_active:
            return False
        unit_id = unit.pk if isinstance(unit, Unit) else unit
        return any(post.role in roles and (unit_id is None or post.unit_id == unit_id) for post in self.posts_today)

    def units_as(self, *roles: str) -> list[Unit]:
        """Units in which one of ``roles`` is held today, without repeats, in official order."""
        units = {post.unit_id: post.unit for post in self.posts_today if post.role in roles}
        return sorted(units.values(), key=lambda unit: (unit.official_order, unit.name))

    def has_perm(self, permission: str, obj: object | None = None) -> bool:
        """Ask a rule by name (``bulletins.adopt_submission``); an account that is switched off may nothing."""
        return self.is_active and bool(rules.has_perm(permission, self, obj))
