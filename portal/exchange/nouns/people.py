"""People and their posts as a table: one row per post, or per person without one."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Post, Unit, User
from portal.accounts.queries.post import listed_people
from portal.accounts.roles import Role
from portal.accounts.services.post import end_post, give_post
from portal.accounts.services.user import open_account, update_account
from portal.exchange.cells import choice, day, shown
from portal.exchange.names import Names
from portal.exchange.plan import Change, Fate, Taken
from portal.exchange.workbook import Column, Row
from portal.text.official import official_date

ROLES = {str(label): value for value, label in Role.choices}
COLUMNS = (
    Column("登录名", 18, required=True),
    Column("姓名", 14, required=True),
    Column("电话", 18),
    Column("邮箱", 26),
    Column("单位", 34),
    Column("岗位", 16, choices=tuple(ROLES)),
    Column("开始日期", 14),
    Column("截止日期", 14),
)
NOTE = (
    "带*的必须填写。单位可填全称、简称、别名、编码或拼音。一个人有几个岗位就写几行；开始日期不填则自导入当天起，截止日期含当天。\n"
    "已开通的账号按登录名识别，空着的格子保持原样。信息员换人时：原信息员一行填截止日期，接任的一行填开始日期，两行放在同一张表里。"
)
#: Fields of an account with their headings.
PLAIN = {"name": "姓名", "phone": "电话", "email": "邮箱"}


class People:
    """Accounts and posts: the administrator's alone."""

    key, label, back, back_label = "people", "人员与岗位", "people", "人员"
    take = see = "accounts.manage_users"
    columns, note = COLUMNS, NOTE

    def export(self, user: User) -> Iterator[list[object]]:
        return export(user)

    def taker(self, by: User) -> PeopleTaker:
        return PeopleTaker(by)


def export(user: User) -> Iterator[list[object]]:
    """Accounts in use with today's posts, with the same columns as the table that is taken in."""
    for person in listed_people(user, active="yes"):
        about = [person.username, person.name, person.phone, person.email]
        posts: list[Post] = person.posts_now  # type: ignore[attr-defined]
        for post in posts:
            last = _last_day(post)
            days = [post.during.lower.isoformat(), last.isoformat() if last else ""]
            yield [*about, post.unit.name, post.get_role_display(), *days]
        if not posts:
            yield [*about, "", "", "", ""]


class PeopleTaker:
    """Opens accounts that are not there yet, mends those that are, gives posts and sets their ends."""

    titles = {
        "username": "登录名",
        "unit": "单位",
        "role": "岗位",
        "since": "开始日期",
        "until": "截止日期",
        "last_day": "截止日期",
        "user": "登录名",
        **PLAIN,
    }

    def __init__(self, by: User) -> None:
        self.by = by
        self.names = Names()
        self.opened: list[tuple[str, str]] = []
        self.seed = secrets.token_urlsafe(32)
        self._people = {user.username.lower(): user for user in User.objects.all()}
        self._posts: dict[tuple[int, int, str], list[Post]] = {}
        for post in Post.objects.select_related("user", "unit"):
            self._keep(post)
        self._seen: dict[tuple[str, str, str], int] = {}

    def name_of(self, row: Row) -> str:
        return row.cells.get("姓名") or row.cells.get("登录名", "")

    def take(self, row: Row) -> Taken:
        cells = row.cells
        unit = self.names.find(cells.get("单位", ""), "单位")
        role = choice(cells, "岗位", ROLES)
        since, until = day(cells, "开始日期"), day(cells, "截止日期")
        _check(cells, unit, role)
        self._once(row, unit, role)
        known = self._people.get(cells["登录名"].lower())
        opened = len(self.opened)
        try:
            with transaction.atomic():
                user, changes = self._mend(known, cells) if known else (self._open(cells), [])
                if unit is not None:
                    changes += self._post(user, unit, role, since, until)
        except ValidationError:
            self._forget(cells, known, opened)
            raise
        fate = Fate.NEW if known is None else Fate.CHANGED if changes else Fate.SAME
        return Taken(user.name, fate, tuple(changes) if known else ())

    def finish(self) -> None:
        """Every row is written when it is taken: posts depend on those above."""

    def _once(self, row: Row, unit: Unit | None, role: str) -> None:
        key = (row.cells["登录名"].lower(), unit.name if unit else "", role)
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            raise ValidationError({"登录名": f"与第{first}行重复，请只保留一行。"})

    def _open(self, cells: dict[str, str]) -> User:
        if not re.fullmatch(r"[A-Za-z0-9._@+-]{1,50}", cells["登录名"]):
            raise ValidationError({"登录名": "登录名只能用字母、数字和 . _ @ + - ，不超过50个字符。"})
        user, _ = open_account(username=cells["登录名"], by=self.by, seed=self.seed, **_plain(cells))
        self._people[user.username.lower()] = user
        self.opened.append((user.username, user.name))
        return user

    def _mend(self, user: User, cells: dict[str, str]) -> tuple[User, list[Change]]:
        changed = {name: value for name, value in _plain(cells).items() if getattr(user, name) != value}
        changes = [Change(PLAIN[name], shown(getattr(user, name)), shown(value)) for name, value in changed.items()]
        if changed:
            user = update_account(user, by=self.by, **changed)
            self._people[user.username.lower()] = user
        return user, changes

    def _post(self, user: User, unit: Unit, role: str, since: date | None, until: date | None) -> list[Change]:
        held = self._held(user, unit, role, since)
        if held is None:
            post = give_post(user=user, unit=unit, role=role, by=self.by, since=since, until=until)
            self._keep(post)
            return [Change("岗位", "", f"{unit.label}{post.get_role_display()}")]
        if since is not None and since != held.during.lower:
            start = official_date(held.during.lower)
            raise ValidationError({"开始日期": f"此人已自{start}起担任该岗位，请改为这个日期，或空着。"})
        last = _last_day(held)
        if until is None or until == last:
            return []
        end_post(held, by=self.by, last_day=until)
        held.refresh_from_db()
        return [Change("截止日期", official_date(last) if last else "长期", official_date(until))]

    def _held(self, user: User, unit: Unit, role: str, since: date | None) -> Post | None:
        """The post that the row speaks of: one that is not over when the row's begins."""
        begin = since or timezone.localdate()
        posts = self._posts.get((user.pk, unit.pk, role), [])
        return next((post for post in posts if post.during.upper is None or post.during.upper > begin), None)

    def _keep(self, post: Post) -> None:
        self._posts.setdefault((post.user_id, post.unit_id, post.role), []).append(post)

    def _forget(self, cells: dict[str, str], known: User | None, opened: int) -> None:
        """A refused row leaves no trace here either: its savepoint is rolled back."""
        del self.opened[opened:]
        key = cells["登录名"].lower()
        if known is None:
            self._people.pop(key, None)
        else:
            self._people[key] = known


def _check(cells: dict[str, str], unit: Unit | None, role: str) -> None:
    if role and unit is None:
        raise ValidationError({"单位": "填写了岗位，请写明在哪个单位。"})
    if unit is not None and not role:
        raise ValidationError({"岗位": "填写了单位，请写明岗位。"})
    if cells.get("邮箱"):
        try:
            validate_email(cells["邮箱"])
        except ValidationError as error:
            raise ValidationError({"邮箱": "邮箱写法不对，请核对，如 name@example.cn。"}) from error


def _plain(cells: dict[str, str]) -> dict[str, Any]:
    read = {name: cells.get(title, "") for name, title in PLAIN.items()}
    return {name: value for name, value in read.items() if value}


def _last_day(post: Post) -> date | None:
    return post.during.upper - timedelta(days=1) if post.during.upper else None
