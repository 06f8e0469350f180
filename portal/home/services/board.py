"""Boards are worked out by a worker and kept, so that they open at once and are seconds old.

After each commit that changes facts the mark moves on and one job is asked for, however many changes there were.
Nothing is locked in anybody's transaction. A beat looks every minute whether something was missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from portal.accounts.queries.unit import the_office
from portal.audit.models import Entry
from portal.home.boards.board import board_of
from portal.home.boards.facts import Board, Map, from_json, to_json
from portal.home.boards.maps import USUAL, map_of
from portal.home.boards.subjects import BoardSubject, of_unit, subject_called
from portal.home.models import FactsMark, Snapshot
from portal.jobs.models import Job, JobState
from portal.jobs.services import enqueue, finishing
from portal.periods import Period, parse_period, term_of

RENEW_BOARDS = "renew-boards"
#: What somebody has looked at within this time is kept up to date; the rest is worked out when it is opened.
LOOKED_AT = timedelta(hours=1)
#: The time of the last look is written down no more often than this.
LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """What a page shows, when it was worked out, and whether facts have changed since."""

    board: Board
    computed_at: datetime
    is_outdated: bool


def shown_board(subject: BoardSubject, period: Period) -> ShownBoard:
    """The board as it was worked out last; at once where it is new, or small and out of date."""
    snapshot, outdated = _opened(subject, period, "")
    return ShownBoard(from_json(Board, snapshot.content), snapshot.computed_at, outdated)


def kept_board(subject: BoardSubject, period: Period) -> Board | None:
    """The board as it is kept, nothing worked out for it; one query."""
    snapshot = Snapshot.objects.filter(**_key(subject, period, "")).first()
    return from_json(Board, snapshot.content) if snapshot else None


def shown_map(subject: BoardSubject, period: Period, figure: str) -> Map | None:
    """The same for its map; None where there is no such figure, or nothing inside."""
    snapshot, _ = _opened(subject, period, figure)
    return from_json(Map, snapshot.content) if snapshot.content else None


def note_change() -> None:
    """Facts have changed: after the commit, each statement by itself."""
    FactsMark.objects.update(number=F("number") + 1, changed_at=timezone.now())
    if Snapshot.objects.exists():
        order_renewal()


def order_renewal() -> None:
    """One job, unless one is waiting already: that one will see all that was committed until now."""
    if not Job.objects.filter(kind=RENEW_BOARDS, state=JobState.QUEUED).exists():
        enqueue(kind=RENEW_BOARDS, key=f"boards:{timezone.now().isoformat()}", payload={}, by=None)


def renew_boards(job: Job) -> None:
    """Work out afresh what is out of date and looked at, the leaders' page first."""
    for snapshot in _to_renew():
        subject, period = subject_called(snapshot.subject), parse_period(snapshot.period)
        if subject is None or period is None:
            snapshot.delete()
        else:
            work_out(subject, period, snapshot.figure)
    with finishing(job):
        Job.objects.filter(kind=RENEW_BOARDS, state=JobState.DONE).delete()


def look_after_boards() -> None:
    """What beat asks for: the leaders' page is there and of today, and no change was missed."""
    mark, newest = _mark(), Entry.objects.aggregate(at=Max("at"))["at"]
    if newest is not None and newest > mark.changed_at:
        note_change()
        mark = _mark()
    leaders = [snapshot for snapshot in _leaders() if not is_outdated(snapshot, mark)]
    if len(leaders) < len(_LEADERS):
        order_renewal()


def work_out(subject: BoardSubject, period: Period, figure: str = "") -> Snapshot:
    """Work out a board, or its map where ``figure`` is given, and keep it; an older result never replaces a newer."""
    mark, today, now = _mark().number, timezone.localdate(), timezone.now()
    fresh = {"content": facts_of(subject, period, figure, today), "mark": mark, "day": today, "computed_at": now}
    of_this = _key(subject, period, figure)
    if not Snapshot.objects.filter(**of_this, mark__lte=mark).update(**fresh):
        Snapshot.objects.bulk_create([Snapshot(**of_this, **fresh)], ignore_conflicts=True)
    return Snapshot(**of_this, **fresh)


def facts_of(subject: BoardSubject, period: Period, figure: str, today: date) -> dict[str, Any]:
    """A board, or its map where ``figure`` is given, counted from scratch, as it is kept; empty where there is none."""
    facts = map_of(subject, figure, period, today) if figure else board_of(subject, period, today)
    return to_json(facts) if facts else {}


def current_snapshots() -> QuerySet[Snapshot]:
    """Those that no change of facts has left behind: counted now, they are the same."""
    return Snapshot.objects.filter(mark=_mark().number, day=timezone.localdate()).order_by(
        "subject", "period", "figure"
    )


def is_outdated(snapshot: Snapshot, mark: FactsMark) -> bool:
    """Facts have changed since it was begun, or a day has passed."""
    return snapshot.mark < mark.number or snapshot.day != timezone.localdate()


#: The parts of the leaders' page that are always kept ready.
_LEADERS = ("", USUAL)


def _opened(subject: BoardSubject, period: Period, figure: str) -> tuple[Snapshot, bool]:
    """What is kept, the look written down, and whether it is out of date.

    The office's may be seconds old; whatever is smaller is made at once.
    """
    rows = Snapshot.objects.filter(**_key(subject, period, figure))
    snapshot, now = rows.first(), timezone.now()
    outdated = snapshot is not None and is_outdated(snapshot, _mark())
    if snapshot is None or (outdated and not subject.is_office):
        snapshot, outdated = work_out(subject, period, figure), False
    if snapshot.opened_at is None or now - snapshot.opened_at > LOOK:
        rows.update(opened_at=now)
    if outdated:
        order_renewal()
    return snapshot, outdated


def _key(subject: BoardSubject, period: Period, figure: str) -> dict[str, str]:
    """The columns by which a snapshot is known."""
    return {"subject": subject.key, "period": period.key, "figure": figure}


def _mark() -> FactsMark:
    return FactsMark.objects.get()


def _leaders() -> QuerySet[Snapshot]:
    period = term_of(timezone.localdate())
    return Snapshot.objects.filter(subject=of_unit(the_office()).key, period=period.key, figure__in=_LEADERS)


def _to_renew() -> list[Snapshot]:
    """The leaders' page, made where it is not there yet, then what else was looked at lately."""
    subject, period, mark = of_unit(the_office()), term_of(timezone.localdate()), _mark()
    there = {snapshot.figure: snapshot for snapshot in _leaders()}
    leaders = [
        there.get(figure) or Snapshot(subject=subject.key, period=period.key, figure=figure, mark=-1)
        for figure in _LEADERS
    ]
    others = Snapshot.objects.filter(opened_at__gte=timezone.now() - LOOKED_AT).exclude(
        Q(pk__in=[one.pk for one in leaders if one.pk])
    )
    found = [*leaders, *others.order_by("-opened_at")]
    return [one for one in found if one.pk is None or is_outdated(one, mark)]
