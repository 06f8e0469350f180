"""For which units activities count, worked out from who took part and where units stood on the first day."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from pilots.states.activity import COUNTED, ActivityState
from portal.measures import figures_changed

#: Own rows, partners, and both again from the other side's joined record; then up the tree (school → office) as it
#: was on the day. ``%(which)s`` is NULL for all.
_CREDITS = """
WITH counted AS (
    SELECT id, start, unit_id FROM pilots_activity
    WHERE state = ANY(%(counted)s) AND (%(which)s::bigint[] IS NULL OR id = ANY(%(which)s))
),
records AS (
    SELECT id AS record_id, id AS activity_id, start, unit_id FROM counted
    UNION ALL
    SELECT j.id, c.id, c.start, j.unit_id FROM pilots_activity j JOIN counted c ON c.id = j.joined_into_id
    WHERE j.state = %(joined)s
),
own AS (
    SELECT activity_id, start, unit_id FROM records
    UNION
    SELECT r.activity_id, r.start, p.unit_id FROM records r
    JOIN pilots_activity_partners p ON p.activity_id = r.record_id
)
SELECT own.activity_id, up.unit_id, own.start, bool_or(up.is_direct)
FROM own
LEFT JOIN accounts_unitplacement one ON one.unit_id = own.unit_id AND one.during @> own.start
LEFT JOIN accounts_unitplacement two ON two.unit_id = one.parent_id AND two.during @> own.start
LEFT JOIN accounts_unitplacement three ON three.unit_id = two.parent_id AND three.during @> own.start
CROSS JOIN LATERAL (
    VALUES (own.unit_id, true), (one.parent_id, false), (two.parent_id, false), (three.parent_id, false)
) up(unit_id, is_direct)
WHERE up.unit_id IS NOT NULL
GROUP BY own.activity_id, up.unit_id, own.start
"""
_WRITTEN = f"INSERT INTO pilots_activitycredit (activity_id, unit_id, start, is_direct) {_CREDITS}"
#: What is kept and not worked out, and the other way round.
_DIFFERENT = f"""
WITH fresh (activity_id, unit_id, start, is_direct) AS ({_CREDITS}),
kept AS (SELECT activity_id, unit_id, start, is_direct FROM pilots_activitycredit)
SELECT activity_id, unit_id, true FROM (TABLE kept EXCEPT TABLE fresh) gone
UNION ALL
SELECT activity_id, unit_id, false FROM (TABLE fresh EXCEPT TABLE kept) wanting
ORDER BY 1, 2, 3
"""  # noqa: S608  # of our own words alone


@transaction.atomic
def renew_credits(activities: Collection[int] | None = None) -> None:
    """Work out afresh for which units these activities (by id; all if None) count. Two statements.

    Called by every service that changes who took part, when, or whether an activity counts; by whoever writes many
    activities at once; and for a unit whose place in the tree was changed.
    """
    which = None if activities is None else sorted(activities)
    if which == []:
        return
    with connection.cursor() as cursor:
        if which is None:
            cursor.execute("DELETE FROM pilots_activitycredit")
        else:
            cursor.execute("DELETE FROM pilots_activitycredit WHERE activity_id = ANY(%s)", [which])
        cursor.execute(_WRITTEN, _asked(which))
    figures_changed()


def wrong_credits() -> list[tuple[int, int, bool]]:
    """Where working out afresh gives something else than what is kept: activity, unit, and whether the row is one
    that is kept (True) or one that is wanting. Changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, _asked(None))
        return list(cursor.fetchall())


def _asked(which: list[int] | None) -> dict[str, list[int] | list[ActivityState] | str | None]:
    return {"which": which, "counted": sorted(COUNTED), "joined": ActivityState.JOINED.value}


def renew_credits_of_units(units: Collection[int]) -> None:
    """The places of units in the tree have changed: what they and those under them took part in counts anew above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT activity_id FROM pilots_activitycredit WHERE unit_id = ANY(%s)", [sorted(units)]
        )
        touched = [pk for (pk,) in cursor.fetchall()]
    renew_credits(touched)
