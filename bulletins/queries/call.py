"""Where every list and look-up of calls starts: the office's side and the units'."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from bulletins.models import Call, CallTarget, Case, Submission
from bulletins.rules import UNIT_ROLES
from bulletins.states import KNOWN_TO_UNITS, WITH_UNIT, CallState, SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import official_order, units, within
from portal.accounts.roles import REPORTING_ROLES, UnitKind

#: The unit has not sent it off, or has taken it back.
INSIDE_UNIT = (SubmissionState.DRAFT, SubmissionState.HANDED_IN, SubmissionState.AWAITING_UNIT)
#: A report that answers: it has left the unit, and the unit has not taken it back. What the office returned and is
#: with the unit's approver again has been answered once already.
ANSWERS = Q(submitted_at__isnull=False) & (
    ~Q(state__in=INSIDE_UNIT) | Q(state=SubmissionState.AWAITING_UNIT, decided_at__isnull=False)
)
#: Neither a report nor a word that there will be none.
SILENT = Q(answered_at__isnull=True, no_report_at__isnull=True)
IN_TIME = Q(answered_at__date__lte=F("call__deadline"))


def calls_for(user: User) -> QuerySet[Call]:
    """The calls that ``user`` may see: the office's people all, a unit's people those that it was sent."""
    if user.has_perm("bulletins.view_calls"):
        return Call.objects.all()
    own = CallTarget.objects.filter(unit__in=user.units_as(*UNIT_ROLES)).values("call")
    return Call.objects.filter(state__in=KNOWN_TO_UNITS, pk__in=own)


def listed_calls(user: User, *, state: str = "", kind: str = "", text: str = "") -> QuerySet[Call]:
    """The office's list with counts: how many were asked, how many answered, said 本次无稿, or are silent."""
    if not user.has_perm("bulletins.view_calls"):
        return Call.objects.none()
    rows = Call.objects.select_related("created_by")
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(topic__icontains=text) | Q(wanted__icontains=text))
    answered = Q(targets__answered_at__isnull=False)
    none = Q(targets__answered_at__isnull=True, targets__no_report_at__isnull=False)
    return rows.annotate(
        asked=Count("targets"),
        answered=Count("targets", filter=answered),
        without=Count("targets", filter=none),
        silent=Count("targets", filter=~answered & ~none & Q(targets__unit__is_active=True)),
    ).order_by("-created_at", "-pk")


def own_targets(user: User) -> QuerySet[CallTarget]:
    """What the units of ``user`` were asked, the nearest deadline of open calls first."""
    units_of_user = user.units_as(*UNIT_ROLES)
    rows = CallTarget.objects.filter(unit__in=units_of_user, call__state__in=KNOWN_TO_UNITS)
    return rows.select_related("call", "unit")


def listed_own_targets(user: User, *, show: str = "") -> QuerySet[CallTarget]:
    """The unit's list: by default what is open, else (``all``) everything, the latest first."""
    rows = own_targets(user)
    if show != "all":
        return rows.filter(call__state=CallState.SENT).order_by("call__deadline", "-call__sent_at", "pk")
    return rows.order_by("-call__sent_at", "pk")


def points_on_desk(user: User) -> QuerySet[CallTarget]:
    """报送要点 that are open, for the work desks of the units asked: until the end of the month they are for."""
    month = timezone.localdate().replace(day=1)
    rows = own_targets(user).filter(call__kind=Call.Kind.POINTS, call__state=CallState.SENT)
    return rows.filter(call__deadline__gte=month).order_by("call__deadline", "pk")


def answers_of(target: CallTarget) -> Q:
    """Which reports count as this unit's answers: those to the call; for 报送要点 also any sent in since."""
    named = Q(call=target.call_id)
    if target.call.kind == Call.Kind.POINTS and target.call.sent_at:
        named |= Q(call__isnull=True, submitted_at__gte=target.call.sent_at)
    return Q(unit=target.unit_id) & named


def reports_to(target: CallTarget) -> QuerySet[Submission]:
    """The unit's reports to this call in all states, as its own people see them; the latest first."""
    return Submission.objects.filter(answers_of(target)).select_related("author").order_by("-updated_at", "-pk")


def cases_to(target: CallTarget) -> QuerySet[Case]:
    """The unit's cases that answer this call, in all states; the latest first."""
    rows = Case.objects.filter(call=target.call_id, unit=target.unit_id).select_related("author")
    return rows.order_by("-updated_at", "-pk")


def answering(target: CallTarget) -> QuerySet[Submission] | QuerySet[Case]:
    """What counts as this unit's answer: reports, or cases, that have left it and were not taken back."""
    if target.call.kind == Call.Kind.CASE:
        return cases_to(target).order_by().filter(submitted_at__isnull=False)
    return Submission.objects.filter(answers_of(target) & ANSWERS)


def linkable_drafts(target: CallTarget) -> QuerySet[Submission]:
    """Reports still with the unit that answer no call yet."""
    rows = Submission.objects.filter(unit=target.unit_id, call__isnull=True, state__in=WITH_UNIT)
    return rows.exclude(title="", text="").order_by("-updated_at", "-pk")


def reporting_units() -> QuerySet[Unit]:
    """Units in use with somebody who reports for them today (报送要点 go to all of these)."""
    officers = posts_on().filter(role__in=REPORTING_ROLES, user__is_active=True)
    return units().exclude(kind=UnitKind.PROVINCE_OFFICE).filter(pk__in=officers.values("unit"))


def possible_targets(
    *, kinds: Iterable[str] = (), areas: Iterable[Unit] = (), picked: Iterable[Unit] = (), only_reporting: bool = False
) -> QuerySet[Unit]:
    """Units in use that a choice means: those of ``kinds`` within ``areas`` (either alone narrows), and ``picked``.

    An area is a prefecture: itself, its counties, and what stands under these.
    """
    kinds, areas, named = list(kinds), list(areas), [unit.pk for unit in picked]
    rows = units().exclude(kind=UnitKind.PROVINCE_OFFICE)
    chosen = rows if kinds or areas else rows.none()
    if kinds:
        chosen = chosen.filter(kind__in=kinds)
    if areas:
        chosen = chosen.filter(within(areas, ""))
    if only_reporting:
        chosen = chosen.filter(pk__in=reporting_units().values("pk"))
    return rows.filter(Q(pk__in=chosen.values("pk")) | Q(pk__in=named))


def reporters_of(asked: Iterable[int]) -> dict[int, list[User]]:
    """By unit: who reports for it today and can sign in, the officer before the deputy. One query."""
    found: dict[int, list[User]] = {}
    posts = posts_on().filter(unit__in=asked, role__in=REPORTING_ROLES, user__is_active=True)
    for post in posts.order_by("-role", "pk"):
        people = found.setdefault(post.unit_id, [])
        if post.user not in people:
            people.append(post.user)
    return found


def in_official_order(rows: QuerySet[CallTarget]) -> QuerySet[CallTarget]:
    """Targets by kind of unit and official order, with what stands above each unit."""
    return rows.select_related("unit__parent", "call").order_by(*official_order("unit__"))
