"""People who sign in. What a person may do follows from posts, not from flags on the account."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from portal.accounts.models.post import Post
from portal.accounts.models.unit import Unit
from portal.accounts.roles import SEPARATED_ROLES, is_conferred


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

    #: Whose post the last permission granted rests on, where it is not one's own (代办); the record says so.
    acts_as: User | None = None
    _only_own = False

    @cached_property
    def posts_today(self) -> list[Post]:
        """Posts held today with their units, one's own and those of whom one acts for; read once per request.

        One's own come first. A post that is another's has ``acting_id`` set, and ``user`` is that other. Admin,
        security and auditor act for nobody, even where they were asked to before they became that.
        """
        today = timezone.localdate()
        to_me = models.Q(user__acted_for__agent=self.pk, user__acted_for__during__contains=today)
        rows = Post.objects.filter(during__contains=today).annotate(
            acting=models.FilteredRelation("user__acted_for", condition=to_me),
            acting_id=models.F("acting__pk"),
            acting_by_holder=models.Q(acting__given_by=models.F("user")),
        )
        rows = rows.filter(models.Q(user=self) | models.Q(acting_id__isnull=False, user__is_active=True))
        posts = [
            post
            for post in rows.select_related("unit", "user")
            if post.user_id == self.pk or is_conferred(post.role, by_holder=post.acting_by_holder)
        ]
        if any(post.user_id == self.pk and post.role in SEPARATED_ROLES for post in posts):
            posts = [post for post in posts if post.user_id == self.pk]
        return sorted(posts, key=lambda post: post.user_id != self.pk)

    @property
    def hands(self) -> list[int]:
        """In whose hands a thing is that he does now: his, and his for whom he acts as the last permission had it."""
        return [self.pk] if self.acts_as is None else [self.pk, self.acts_as.pk]

    @property
    def own_posts(self) -> list[Post]:
        """Posts held today in one's own right."""
        return [post for post in self.posts_today if post.user_id == self.pk]

    @property
    def acted_posts(self) -> list[Post]:
        """Posts of others in which one acts today."""
        return [post for post in self.posts_today if post.user_id != self.pk]

    def holds(self, *roles: str, unit: Unit | int | None = None, not_of: Collection[int | None] = ()) -> bool:
        """Whether one of ``roles`` is held today, in ``unit`` if one is given; posts of ``not_of`` aside."""
        if not self.is_active:
            return False
        unit_id = unit.pk if isinstance(unit, Unit) else unit
        found = [
            post
            for post in (self.own_posts if self._only_own else self.posts_today)
            if post.role in roles and (unit_id is None or post.unit_id == unit_id) and post.user_id not in not_of
        ]
        if found:
            own = any(post.user_id == self.pk for post in found)
            self.acts_as = None if own else found[0].user
        return bool(found)

    def units_as(self, *roles: str) -> list[Unit]:
        """Units in which one of ``roles`` is held today, without repeats, in official order."""
        units = {post.unit_id: post.unit for post in self.posts_today if post.role in roles}
        return sorted(units.values(), key=lambda unit: (unit.official_order, unit.name))

    def has_perm(self, permission: str, obj: object | None = None) -> bool:
        """Ask a rule by name (``bulletins.adopt_submission``); an account that is switched off may nothing.

        One's own posts are asked first: only what they do not grant is done for somebody else.
        """
        if not self.is_active:
            return False
        if self._only_own or not self.acted_posts:
            return bool(rules.has_perm(permission, self, obj))
        before, self._only_own = self.acts_as, True
        try:
            granted = bool(rules.has_perm(permission, self, obj))
        finally:
            self._only_own = False
        if granted:
            self.acts_as = None
            return True
        granted = bool(rules.has_perm(permission, self, obj))
        if not granted:
            self.acts_as = before
        return granted
