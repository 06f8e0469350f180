"""What of pairs, needs, work lists and meetings goes into 年终材料."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from alliances.models import Agreement, JointMeeting, Need, Partnership, WorkItem
from alliances.queries.agreement import agreements_for
from alliances.queries.meeting import meetings_for, with_papers
from alliances.queries.need import needs_for
from alliances.queries.partnership import partnerships_for
from alliances.queries.work_item import late_items, work_items_for
from alliances.sheets import meeting, need, work_item
from alliances.states.meeting import STANDING_MEETING, MeetingState
from alliances.states.need import OPEN_NEED
from portal.exchange.official import Sheet
from portal.files.queries import attachments_of_owners
from portal.material import MOST_NAMED, Item, Part, Scope, add_ledger, add_part, kept_files
from portal.text.named import named


def _pairs(scope: Scope, through: str = "") -> Q:
    """What narrows to the pairs on either side of which the unit, or one under it, stands."""
    units = scope.units
    return Q(**{f"{through}university__in": units}) | Q(**{f"{through}county__in": units})


def _in_year(scope: Scope, field: str) -> Q:
    return Q(**{f"{field}__range": (scope.period.start, scope.period.end)})


def needs(scope: Scope) -> QuerySet[Need]:
    """Asked for by the units or taken by them, in the year or planned for it."""
    units = scope.units
    rows = needs_for(scope.user).filter(Q(unit__in=units) | Q(taker__in=units))
    return rows.filter(_in_year(scope, "created_at__date") | _in_year(scope, "planned_on")).order_by("created_at", "pk")


def work(scope: Scope) -> QuerySet[WorkItem]:
    """Items of the units or of their pairs that were due or done in the year."""
    rows = work_items_for(scope.user).filter(Q(owner__in=scope.units) | _pairs(scope, "partnership__"))
    return rows.filter(_in_year(scope, "due") | _in_year(scope, "done_on")).order_by("due", "pk")


def meetings(scope: Scope) -> QuerySet[JointMeeting]:
    """Meetings that the units called, were invited to or that their pairs held; none that was called off."""
    units = scope.units
    rows = meetings_for(scope.user).filter(_in_year(scope, "start"), state__in=STANDING_MEETING)
    invited = JointMeeting.objects.filter(invitations__unit__in=units).values("pk")
    mine = Q(host__in=units) | Q(pk__in=invited) | _pairs(scope, "partnership__")
    return rows.filter(mine).order_by("start", "pk")


def agreements(scope: Scope) -> QuerySet[Agreement]:
    """Agreements that were in force on a day of the year."""
    rows = agreements_for(scope.user).filter(_pairs(scope, "partnership__"), during__overlap=scope.days)
    return rows.order_by("signed_on", "pk")


def pairs(scope: Scope) -> QuerySet[Partnership]:
    return partnerships_for(scope.user).filter(_pairs(scope), during__overlap=scope.days)


def _open_needs(scope: Scope) -> Sequence[str]:
    rows = needs(scope).filter(state__in=OPEN_NEED)
    waiting = [f"{one.what}（{one.unit}，{one.get_state_display()}）" for one in rows]
    late = [f"{one.title}（{one.owner}）" for one in work(scope).filter(late_items(scope.day))]
    return [
        *([f"还没有办结的需求：{named(waiting, MOST_NAMED, word='项')}。"] if waiting else []),
        *([f"超过期限还没有完成的工作事项：{named(late, MOST_NAMED, word='项')}。"] if late else []),
    ]


def _no_minutes(scope: Scope) -> Sequence[str]:
    held = meetings(scope).filter(state=MeetingState.HELD)
    return (
        [f"已召开、纪要还没有发出的会议：{named((f'{one.title}（{one.host}）' for one in held), MOST_NAMED)}。"]
        if held
        else []
    )


def _no_paper(scope: Scope) -> Sequence[str]:
    rows = agreements(scope)
    bare = rows.exclude(pk__in=attachments_of_owners(rows).order_by().values("object_id"))
    without = pairs(scope).exclude(pk__in=rows.order_by().values("partnership"))
    return [
        *([f"本年度没有有效协议的结对：{named(without, MOST_NAMED)}。"] if without else []),
        *([f"没有上传协议文件的协议：{named((one.title for one in bare), MOST_NAMED)}。"] if bare else []),
    ]


def _needs_and_work(scope: Scope) -> Sequence[Sheet]:
    return (
        Sheet("需求台账", need.COLUMNS, need.cells(needs(scope))),
        Sheet("工作清单台账", work_item.COLUMNS, work_item.cells(work(scope))),
    )


def _agreement_files(scope: Scope) -> Iterator[Item]:
    return kept_files(agreements(scope), lambda one: one.title)


add_ledger(
    "needs",
    "需求与工作清单台账",
    60,
    count=lambda scope: needs(scope).count() + work(scope).count(),
    sheets=_needs_and_work,
    missing=_open_needs,
)
add_ledger(
    "meetings",
    "会议台账",
    70,
    count=lambda scope: meetings(scope).count(),
    sheets=lambda scope: [Sheet("会议台账", meeting.COLUMNS, meeting.cells(with_papers(meetings(scope))))],
    word="次",
    missing=_no_minutes,
)
add_part(
    Part(
        "agreements",
        "协议",
        120,
        "协议",
        lambda scope: agreements(scope).count(),
        _agreement_files,
        missing=_no_paper,
    )
)
