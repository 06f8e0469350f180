"""Look-ups of who receives an issue: groups as they are today, an issue's list, and what a person received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from alliances.queries.partnership import partnerships_on
from bulletins.models import Delivery, Issue, Periodical, ReaderGroup, ReadershipLine
from bulletins.rules import READER_ROLES
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import units
from portal.accounts.roles import Role, UnitKind
from portal.notices.models import MailState, Notice

GROUP_KINDS = {
    ReaderGroup.COUNTIES: UnitKind.COUNTY,
    ReaderGroup.UNIVERSITIES: UnitKind.UNIVERSITY,
    ReaderGroup.PREFECTURES: UnitKind.PREFECTURE,
    ReaderGroup.SCHOOLS: UnitKind.SCHOOL,
    ReaderGroup.PARTNERS: UnitKind.PARTNER,
}
#: The filter of recipients by kind: kinds of unit, and leaders.
LEADERS = "leader"
#: Units first, in the order of the register; leaders after them.
_KIND_PLACE = Case(
    *(When(unit__kind=kind, then=Value(place)) for place, kind in enumerate(UnitKind)),
    default=Value(len(UnitKind)),
    output_field=IntegerField(),
)


def leaders() -> QuerySet[User]:
    """Leaders who can sign in today."""
    posts = posts_on().filter(role=Role.LEADER)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def units_in(group: str) -> QuerySet[Unit]:
    """The units that ``group`` means today; none for the leaders."""
    if group == ReaderGroup.PAIRED_COUNTIES:
        return units().filter(kind=UnitKind.COUNTY, pk__in=partnerships_on().values("county"))
    if group == ReaderGroup.LEADERS:
        return Unit.objects.none()
    return units().filter(kind=GROUP_KINDS[ReaderGroup(group)])


def default_lines(periodical: Periodical) -> QuerySet[ReadershipLine]:
    """The list that each issue starts from, groups first."""
    rows = periodical.readership.select_related("unit", "leader")
    return rows.order_by(F("unit").asc(nulls_first=True), F("leader").asc(nulls_first=True), "pk")


def deliveries_of(issue: Issue) -> QuerySet[Delivery]:
    """All recipients of an issue in the order of the register, leaders last."""
    rows = issue.deliveries.select_related("unit__parent", "leader", "read_by", "receipt__by")
    return rows.order_by(_KIND_PLACE, "unit__official_order", "unit__name", "leader__name", "pk")


def filter_deliveries(
    rows: QuerySet[Delivery], *, kind: str = "", state: str = "", text: str = ""
) -> QuerySet[Delivery]:
    """Narrow a list of recipients; empty arguments narrow nothing."""
    if kind:
        rows = rows.filter(unit__isnull=True) if kind == LEADERS else rows.filter(unit__kind=kind)
    if text:
        rows = rows.filter(
            Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text) | Q(leader__name__icontains=text)
        )
    return rows.filter(STATES[state]) if state in STATES else rows


#: Where a recipient is. Leaders are read or unread, and never owe a receipt.
OWES_RECEIPT = Q(sent_at__isnull=False, unit__is_active=True, receipt__isnull=True)
STATES = {
    "unsent": Q(sent_at__isnull=True),
    "unread": Q(sent_at__isnull=False, read_at__isnull=True),
    "read": Q(read_at__isnull=False),
    "unconfirmed": OWES_RECEIPT,
    "confirmed": Q(receipt__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How far an issue has got: units and leaders are counted apart."""

    unsent: int
    units: int
    units_read: int
    confirmed: int
    unconfirmed: int
    leaders: int
    leaders_read: int

    @property
    def sent(self) -> int:
        return self.units + self.leaders


def figures_of(issue: Issue) -> Figures:
    """Counted from the rows that the table shows."""
    rows = list(issue.deliveries.select_related("receipt", "unit"))
    sent = [row for row in rows if row.sent_at]
    of_units = [row for row in sent if row.unit_id]
    shown = [row for row in sent if row.leader_id]
    confirmed = [row for row in of_units if hasattr(row, "receipt")]
    open_rows = [row for row in of_units if not hasattr(row, "receipt") and row.unit and row.unit.is_active]
    return Figures(
        unsent=len(rows) - len(sent),
        units=len(of_units),
        units_read=sum(1 for row in of_units if row.read_at),
        confirmed=len(confirmed),
        unconfirmed=len(open_rows),
        leaders=len(shown),
        leaders_read=sum(1 for row in shown if row.read_at),
    )


def delivered(issue: Issue) -> str:
    """The occasion of its messages: one message per person, whoever of his units received the issue."""
    return f"issue:{issue.pk}:delivered"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of the table: who of the unit is told, and what became of the e-mail, in words."""

    delivery: Delivery
    people: tuple[User, ...]
    mail: str


def recipients(issue: Issue, rows: Iterable[Delivery]) -> list[Recipient]:
    """Each recipient with people and e-mail; two queries, however many."""
    rows = list(rows)
    of_unit: dict[int, dict[int, User]] = defaultdict(dict)
    for post in posts_on().filter(unit__in=[row.unit_id for row in rows if row.unit_id], role__in=READER_ROLES):
        if post.user.is_active:
            of_unit[post.unit_id][post.user_id] = post.user
    told = dict(Notice.objects.filter(occasion=delivered(issue)).values_list("user", "mail"))
    lines = []
    for row in rows:
        people = (row.leader,) if row.leader else tuple(of_unit[row.unit_id or 0].values())
        mail = _mail_of([told[person.pk] for person in people if person.pk in told]) if row.sent_at else ""
        lines.append(Recipient(row, people, mail))
    return lines


def _mail_of(states: list[str]) -> str:
    """The e-mail of one recipient in a word: what went wrong first, then what went out."""
    if MailState.FAILED in states:
        return "未能送达"
    if MailState.SENT in states:
        return "已发送"
    if {MailState.AT_ONCE, MailState.DAILY, MailState.WAITING} & set(states):
        return "待发送"
    return "不发邮件" if states else "—"


def own_deliveries(user: User) -> QuerySet[Delivery]:
    """What was sent to ``user`` himself as a leader, or to the units he reads for."""
    mine = Q(unit__in=[unit.pk for unit in user.units_as(*READER_ROLES)])
    if user.holds(Role.LEADER):
        mine |= Q(leader=user)
    return Delivery.objects.filter(mine, sent_at__isnull=False)


def received_issues(user: User) -> QuerySet[Issue]:
    """Issues that were sent to ``user`` or his units, the latest first; whoever joins a unit later reads them too."""
    rows = Issue.objects.filter(pk__in=own_deliveries(user).values("issue")).select_related("periodical")
    return rows.order_by("-issue_date", "-number", "-pk")
