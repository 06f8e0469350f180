"""The one way in which anything changes state.

An app declares a :class:`Workflow` (its transition table, and what waits for whom in a state) for a
model with a ``state`` field. ``moving`` locks the row, checks the table and the permission, lets the
service change fields, and writes state, audit row and Waiting rows in one transaction. Buttons on
pages and actions in the API are read off the same table through :func:`available`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from portal.accounts.models import User
from portal.audit.models import Entry, entry_of, record, record_all
from portal.inbox.services import Wait, replace_waiting, replace_waiting_of
from portal.refusals import Refused, WrongState

M = TypeVar("M", bound=models.Model)

#: A reason is read in a list and mostly a sentence or two.
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a transition table.

    ``permission`` is asked by name. ``reason`` says that a reason must be given. ``confirm`` is the
    sentence a page shows before it is done; ``style`` is how weighty its button looks; what only
    happens along with something else is no button. Where the way forks (a report goes to its county or to
    the office), ``others`` are the states that the service may choose instead of ``target`` by setting them
    on the locked row.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str
    reason: bool = False
    confirm: str = ""
    style: str = "secondary"
    is_button: bool = True
    others: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Workflow:
    """The transition table of one model, and ``waits``: what waits for whom when it is in its state.

    ``follow(obj, by)`` brings in step what hangs on the object, after every step and in its transaction.
    """

    noun: str
    transitions: tuple[Transition, ...]
    waits: Callable[[Any], Iterable[Wait]]
    follow: Callable[[Any, User], None] | None = None

    def find(self, name: str) -> Transition:
        return next(transition for transition in self.transitions if transition.name == name)


_workflows: dict[type[models.Model], Workflow] = {}


def register(model: type[models.Model], workflow: Workflow) -> None:
    """Declare the workflow of ``model``; called once, from the app's ``ready``."""
    _workflows[model] = workflow


def workflow_of(obj: models.Model) -> Workflow:
    return _workflows[type(obj)]


def available(obj: Any, user: User) -> list[Transition]:
    """The transitions that ``user`` may do with ``obj`` as it stands, in the order of the table."""
    return [
        transition
        for transition in workflow_of(obj).transitions
        if transition.is_button and obj.state in transition.sources and user.has_perm(transition.permission, obj)
    ]


@contextmanager
def moving(obj: M, name: str, *, by: User, reason: str = "", **data: Any) -> Iterator[M]:
    """Lock ``obj``, let the caller change the locked row's fields, and put it into its next state.

    Yields the locked row; ``obj`` itself is refreshed at the end. ``data`` goes into the audit row.
    Raises WrongState, PermissionDenied, or Refused where a reason is missing; nothing is written then.
    """
    workflow = workflow_of(obj)
    transition = workflow.find(name)
    with transaction.atomic():
        locked: Any = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        check(locked, transition, by=by, reason=reason)
        before = locked.state
        yield locked
        if locked.state not in transition.others:
            locked.state = transition.target
        locked.save()
        record(
            locked,
            f"{locked._meta.label_lower}.{name}",
            transition.label,
            by=by,
            from_state=before,
            to_state=locked.state,
            reason=reason,
            **data,
        )
        replace_waiting(locked, workflow.waits(locked))
        if workflow.follow is not None:
            workflow.follow(locked, by)
    obj.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Move:
    """One object's part in a bulk act: which transition, why, and what goes into its audit row."""

    pk: int
    name: str
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def move_all(
    rows: models.QuerySet[M],
    moves: Iterable[Move],
    *,
    by: User,
    change: Callable[[M, Move], None],
    fields: Iterable[str],
) -> tuple[list[M], dict[int, str]]:
    """Many transitions at once, by the rules of :func:`moving`: the rows are locked, written and recorded together.

    ``rows`` is what ``by`` may see, with whatever ``change`` looks at selected along. ``change`` writes ``fields``
    of one object or raises Refused. Returns what was moved, and by id the sentence why anything else was not.
    """
    workflow, wanted = _workflows[rows.model], {move.pk: move for move in moves}
    moved: list[M] = []
    refused: dict[int, str] = {}
    entries = []
    with transaction.atomic():
        found: dict[int, Any] = {
            obj.pk: obj for obj in rows.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
        }
        for pk, move in wanted.items():
            try:
                entries.append(_moved(found.get(pk), move, workflow, by=by, change=change))
            except Refused as error:
                refused[pk] = str(error)
            else:
                moved.append(found[pk])
        if moved:
            rows.model._default_manager.bulk_update(moved, ["state", *fields])
            record_all(entries)
            replace_waiting_of(rows.model, {obj.pk: workflow.waits(obj) for obj in moved})
        if workflow.follow is not None:
            for obj in moved:
                workflow.follow(obj, by)
    return moved, refused


def _moved(obj: Any, move: Move, workflow: Workflow, *, by: User, change: Callable[[Any, Move], None]) -> Entry:
    """Put a locked object into its next state in memory; returns what is to be recorded of it."""
    if obj is None:
        raise Refused(f"{workflow.noun}已不在您的列表中，可能已被撤回。")
    transition = workflow.find(move.name)
    check(obj, transition, by=by, reason=move.reason)
    before = obj.state
    change(obj, move)
    if obj.state not in transition.others:
        obj.state = transition.target
    return entry_of(
        obj,
        f"{obj._meta.label_lower}.{move.name}",
        transition.label,
        by=by,
        from_state=before,
        to_state=obj.state,
        reason=move.reason,
        data=move.data,
    )


def check(obj: Any, transition: Transition, *, by: User, reason: str = "") -> None:
    """Raise what stands in the way of ``transition``, in the order in which a person would care."""
    if not by.has_perm(transition.permission, obj):
        raise PermissionDenied
    if obj.state not in transition.sources:
        raise WrongState(
            f"{workflow_of(obj).noun}现在是“{obj.get_state_display()}”，不能再“{transition.label}”。"
            "可能已由同事处理，请刷新页面查看。"
        )
    if transition.reason and not reason.strip():
        raise Refused(f"请写明“{transition.label}”的理由，对方会看到。")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"理由有{len(reason)}字，超过{LONGEST_REASON}字，请缩短。")
    if "\x00" in reason:
        raise Refused("理由中有无法识别的字符，请重新输入。")


def started(obj: models.Model, label: str, *, by: User | None) -> None:
    """Record that ``obj`` has come into being in its first state, and what waits since."""
    started_all([obj], label, by=by)


def started_all(objs: Sequence[models.Model], label: str, *, by: User | None) -> None:
    """The same for many of one model, in a handful of statements beside what their waits look up."""
    if not objs:
        return
    action = f"{objs[0]._meta.label_lower}.create"
    record_all(entry_of(obj, action, label, by=by, to_state=getattr(obj, "state", ""), data={}) for obj in objs)
    replace_waiting_of(type(objs[0]), {obj.pk: workflow_of(obj).waits(obj) for obj in objs})


def renew_waits(obj: Any) -> None:
    """Let wait for people what follows from ``obj`` as it stands now; for changes that are no transition."""
    replace_waiting(obj, workflow_of(obj).waits(obj))
