"""A report begun from activities recorded before: nothing is typed twice (DOMAIN.md, Report once, use thrice)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from bulletins.models import Submission
from bulletins.services.submission import create_submission
from bulletins.validators import LONGEST_TITLE
from pilots.models import Activity
from pilots.queries.activity import with_facts
from pilots.queries.activity_list import activities_for
from pilots.services.activity_row import row_of
from pilots.states.activity import KEPT
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES
from portal.refusals import Refused


@transaction.atomic
def report_from_activities(pks: Iterable[int], *, by: User) -> Submission:
    """A draft that tells of the activities, which stay its facts; the person's own unit's only, of one unit.

    Raises Refused with a sentence where none is chosen, or they are of several units.
    """
    rows = activities_for(by).filter(pk__in=list(pks), state__in=KEPT, unit__in=by.units_as(*UNIT_ROLES))
    chosen = list(with_facts(rows).order_by("start", "pk"))
    if not chosen:
        raise Refused("请先勾选本单位登记的活动，再生成稿件。")
    if len({activity.unit_id for activity in chosen}) > 1:
        raise Refused("所选活动属于几个单位，请分别生成稿件。")
    unit = chosen[0].unit
    kinds = "、".join(dict.fromkeys(str(activity.kind) for activity in chosen))
    text = "\n".join(_sentence(activity) for activity in chosen)
    title = f"{unit.label}开展{kinds}"[:LONGEST_TITLE]
    submission = create_submission(unit=unit, by=by, title=title, text=text)
    submission.activities.set(chosen)
    return submission


def _sentence(activity: Activity) -> str:
    """The facts as one sentence to begin with; how it went the writer tells."""
    row = row_of(activity)
    beside = f"与{row.partners}" if row.partners else ""
    where = f"在{row.place}" if row.place else ""
    parts = [
        row.date,
        f"{activity.unit.label}{beside}{where}开展{activity.kind}",
        f"内容是{activity.about.rstrip('。')}" if activity.about else "",
        f"共{activity.sessions}场次" if activity.sessions > 1 else "",
        f"{row.people.replace('；', '、')}参加" if row.people else "",
    ]
    return "，".join(part for part in parts if part) + "。"
