"""温馨提示: one message for everything that lies with a person, at most one a day (DOMAIN.md, "Report once").

Apps say what there is (:func:`add_reminders`), by the calendar and in whose hands; here it is joined by person,
told, and written down with each thing. Leaders are never chased; who cannot sign in is not told. The calendar comes
once a day from ``REMINDER_HOUR`` on; a click on a page goes through the same door (:func:`remind`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role
from portal.audit.models import Entry, entry_of, record_all
from portal.jobs.models import Job
from portal.jobs.services import enqueue, finishing
from portal.notices.models import Notice
from portal.notices.services.notice import Words, render, send_each
from portal.text.named import named

REMIND = "remind-units"
NOBODY, TODAY_ALREADY, LEADER = "没有可登录的人员", "今天已提醒过", "领导不作提醒"
#: Names in a sentence; beyond, it says how many there are.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a unit has yet to do, and in whose hands it is.

    ``thing`` is the object whose record says who was reminded; ``todo`` follows ``name`` in the subject
    (约稿“秋季教研” + 等待报送). ``nobody`` is what the office reads where the unit has no such people.
    """

    thing: models.Model
    unit: Unit
    people: Sequence[User]
    name: str
    todo: str
    url: str
    until: date | None = None
    nobody: str = NOBODY

    @property
    def key(self) -> tuple[str, int, int]:
        return self.thing._meta.label_lower, self.thing.pk, self.unit.pk


#: What the calendar asks for on a day; and everything that lies with some people, whatever the day.
Due = Callable[[date], Iterable[Owed]]
Outstanding = Callable[[Collection[User]], Iterable[Owed]]

_sources: list[tuple[Due, Outstanding]] = []


def add_reminders(due: Due, outstanding: Outstanding) -> None:
    """Register what an app reminds of; called once, from its ``ready``. Either asks a constant number of queries.

    ``outstanding`` may name further people beside those asked for: they are not told for that.
    """
    _sources.append((due, outstanding))


@dataclass(slots=True)
class Reminded:
    """Who was reminded, and who was not and why; people by name, units without anybody by the unit's."""

    told: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, name: str, why: str) -> None:
        self.left_out.setdefault(why, []).append(name)

    def sentences(self) -> list[str]:
        """For the page of who clicked."""
        told = f"已提醒{len(self.told)}人：{named(self.told, SHOWN, word='人')}。"
        first = told if self.told else "这次没有需要提醒的人。"
        return [first, *(f"未提醒（{why}）：{named(names, SHOWN)}。" for why, names in self.left_out.items())]


def order_reminders() -> None:
    """What beat asks for: once a day from the set hour on; a beat that was down makes up for it on the same day."""
    now = timezone.localtime()
    if now.hour >= settings.REMINDER_HOUR:
        enqueue(kind=REMIND, key=f"{REMIND}:{now.date()}", payload={}, by=None)


def run_reminders(job: Job) -> None:
    """The day's reminders, all in one go."""
    with finishing(job):
        remind_due()


def remind_due() -> Reminded:
    """What the calendar asks for today, of all apps."""
    today = timezone.localdate()
    return remind([owed for due, _outstanding in _sources for owed in due(today)], by=None)


@transaction.atomic
def remind(cause: Iterable[Owed], *, by: User | None) -> Reminded:
    """Tell everybody behind ``cause`` of all that lies with him, and write it down with each of these things.

    ``by`` is who clicked, None for the calendar. A constant number of queries, however many people.
    """
    day, cause = timezone.localdate(), list(cause)
    behind = _by_person(cause)
    result = Reminded()
    for owed in {(owed.unit.pk, owed.nobody): owed for owed in cause if not _reached(owed)}.values():
        result.leave_out(owed.unit.name, owed.nobody)
    leaders, done = _leaders(behind), _reminded_on(day, behind)
    for user in behind:
        if user.pk in leaders:
            result.leave_out(user.name, LEADER)
        elif user.pk in done:
            result.leave_out(user.name, TODAY_ALREADY)
    lists = _everything([user for user in behind if user.pk not in leaders | done], cause)
    send_each(occasion=_occasion(day), words={user: _words(user, owed, day) for user, owed in lists.items()})
    result.told = [user.name for user in lists]
    _write_down(lists, by=by)
    return result


def reminded_since(model: type[models.Model], day: date) -> models.QuerySet[Entry, Any]:
    """Keys (``object_id``) of the things of ``model`` that the calendar brought to mind on ``day`` or later.

    Clicks do not count: they may have reached only some of those in whose hands the thing is.
    """
    kind = ContentType.objects.get_for_model(model)
    start = timezone.make_aware(datetime.combine(day, time()))
    rows = Entry.objects.filter(content_type=kind, action=_action(model), by__isnull=True, at__gte=start)
    return rows.filter(object_id__isnull=False).values("object_id")


def _everything(people: Collection[User], cause: Iterable[Owed]) -> dict[User, list[Owed]]:
    """By person: what gave the occasion and whatever else lies with him, what has the nearest day first."""
    found = list(cause)
    if people:
        found += [owed for _due, outstanding in _sources for owed in outstanding(people)]
    lists = _by_person({owed.key: owed for owed in found}.values())
    return {user: sorted(lists[user], key=lambda owed: owed.until or date.max) for user in people}


def _by_person(things: Iterable[Owed]) -> dict[User, list[Owed]]:
    found: dict[User, list[Owed]] = {}
    for owed in things:
        for user in _reached(owed):
            found.setdefault(user, []).append(owed)
    return found


def _reached(owed: Owed) -> list[User]:
    return [user for user in owed.people if user.is_active]


def _leaders(people: Collection[User]) -> set[int]:
    return set(posts_on().filter(role=Role.LEADER, user__in=people).values_list("user", flat=True))


def _occasion(day: date) -> str:
    return f"reminder:{day}"


def _reminded_on(day: date, people: Collection[User]) -> set[int]:
    rows = Notice.objects.filter(occasion=_occasion(day), user__in=people)
    return set(rows.values_list("user", flat=True))


def _words(user: User, things: Sequence[Owed], day: date) -> Words:
    subject, body = render("reminder", {"things": things, "today": day})
    units = "、".join(dict.fromkeys(owed.unit.label for owed in things))
    # Where there are several, 待办事项 lists them: the portal's own page, no app's.
    url = things[0].url if len(things) == 1 else reverse("waiting")
    return Words(about=user, subject=subject, body=body, url=url, why=f"这些事项在{units}由您办理"[:200])


def _write_down(lists: Mapping[User, Iterable[Owed]], *, by: User | None) -> None:
    """One row with each thing: who was reminded for which unit."""
    told: dict[models.Model, list[dict[str, str]]] = {}
    for user, things in lists.items():
        for owed in things:
            told.setdefault(owed.thing, []).append({"unit": owed.unit.label, "person": user.name})
    record_all(
        entry_of(thing, _action(type(thing)), "温馨提示", by=by, data={"told": people})
        for thing, people in told.items()
    )


def _action(model: type[models.Model]) -> str:
    return f"{model._meta.label_lower}.remind"
