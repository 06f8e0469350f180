"""One board: every section worked out for one thing and one period, from what each area counts."""

from __future__ import annotations

from datetime import date

from portal.accounts.queries.unit_tree import one_tree
from portal.home.boards.adoption import adoption_of
from portal.home.boards.batches import batch_lines_of
from portal.home.boards.facts import Board
from portal.home.boards.headline import headline_of
from portal.home.boards.late import late_on
from portal.home.boards.months import months_table
from portal.home.boards.quotas import quotas_on
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.periods import Period, standing_day


@one_tree()
def board_of(subject: BoardSubject, period: Period, today: date) -> Board:
    """The board as it stands ``today``, or as the period left it. Queries do not grow with units or activities.

    How running tasks stand, and what is late, is a matter of today whatever the period: the lists behind say so, too.
    """
    day = standing_day(period, today)
    quotas = quotas_on(subject, period, day)
    adopted, adoption = adoption_of(subject, period, day)
    has_batches = subject.kind != COMMUNITY
    return Board(
        subject=subject.key,
        name=subject.name,
        kind=subject.level,
        period=period.key,
        period_label=period.label,
        day=day,
        headline=[*headline_of(subject, period), *adopted],
        batches=batch_lines_of(subject, period, today, quotas) if has_batches else [],
        quotas=[quota for _, quota in quotas],
        months=months_table(subject, period, day),
        adoption=adoption,
        late=late_on(subject, period, today, [quota for _, quota in quotas]),
    )
