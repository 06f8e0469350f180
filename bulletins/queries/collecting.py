"""Look-ups of 汇总转报: what lies at a collecting unit, what was joined into a report, and who is credited."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from bulletins.models import Submission
from bulletins.queries.submission import of_counties, submissions_for
from bulletins.rules import UNIT_ROLES
from bulletins.states import SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, Role, UnitKind
from portal.reviews.queries.route import collected_units

#: The states filter beside single states: what is still to be taken up, and everything.
TO_TAKE_UP, EVERYTHING = "", "all"
#: What waits for the officer: what was kept has been dealt with.
WAITING = (SubmissionState.HANDED_IN, SubmissionState.COLLECTING)
#: Parts of parts of parts: staff's draft, school, county, prefecture; the bound only guards against damaged data.
DEEPEST = 4


def collected_submissions(user: User, *, state: str = TO_TAKE_UP) -> QuerySet[Submission]:
    """What units below and the units' own staff have sent to the units of ``user`` (下级来稿), the latest first."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    came = ~Q(unit=F("at")) | Q(state=SubmissionState.HANDED_IN) | Q(part_of__unit=F("unit"))
    rows = submissions_for(user).filter(Q(at__in=units) & came)
    if state == TO_TAKE_UP:
        rows = rows.filter(state__in=WAITING)
    elif state != EVERYTHING:
        rows = rows.filter(state=state)
    return rows.order_by(F("submitted_at").desc(nulls_first=True), "-updated_at", "-pk")


def collects_for(user: User) -> bool:
    """Whether a unit of ``user`` collects: from units below it, or from staff of its own, now or earlier."""
    units = user.units_as(*UNIT_ROLES)
    collects = any(collected_units(unit).exists() or has_staff(unit) for unit in units)
    return collects or collected_submissions(user, state=EVERYTHING).exists()


def collecting_units(user: User) -> list[Unit]:
    """The units for which ``user`` may take up, join and send on what has come."""
    return user.units_as(*REPORTING_ROLES)


def senders_to(user: User) -> QuerySet[Unit]:
    """Units from which something has come to the units of ``user``, in official order."""
    return Unit.objects.filter(pk__in=collected_submissions(user, state=EVERYTHING).order_by().values("unit"))


def has_staff(unit: Unit) -> bool:
    """Whether somebody writes for the unit who does not report for it."""
    posts = posts_on().filter(unit=unit, user__is_active=True)
    officers = posts.filter(role__in=REPORTING_ROLES).values("user")
    return posts.filter(role=Role.STAFF).exclude(user__in=officers).exists()


def schools_to_write_for(user: User) -> list[Unit]:
    """The units below for which ``user`` may write (代写), in official order."""
    return [school for unit in user.units_as(*REPORTING_ROLES) for school in collected_units(unit)]


def drafts_to_join(collectors: list[Unit]) -> QuerySet[Submission]:
    """Drafts of collecting units into which further reports can be joined, the latest first."""
    states = (SubmissionState.DRAFT, SubmissionState.RETURNED)
    return Submission.objects.filter(unit__in=collectors, state__in=states).order_by("-updated_at", "-pk")


def county_submissions(user: User) -> QuerySet[Submission]:
    """What the counties below the prefectures of ``user`` have sent up, the latest first; to be read only."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES) if unit.kind == UnitKind.PREFECTURE]
    return submissions_for(user).filter(of_counties(units)).order_by("-submitted_at", "-pk")


def parts_of(submission: Submission) -> list[Submission]:
    """What was joined into a report, in official order; one query."""
    rows = submission.parts.select_related("unit", "author")
    return sorted(rows, key=lambda part: (part.unit.official_order, part.unit.name, part.pk))


@dataclass(frozen=True, slots=True)
class Credits:
    """Whose words a report holds beside its own unit's: units, and writers of its own unit by name."""

    units: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = (("供稿", self.units), ("撰稿", self.writers))
        return "；".join(f"{label}：{'、'.join(names)}" for label, names in shown if names)


def credits_of(submission: Submission) -> Credits:
    """Everybody who contributed, through however many desks; a query a level."""
    units: dict[str, None] = {}
    writers: dict[str, None] = {}
    level = parts_of(submission)
    for _ in range(DEEPEST):
        if not level:
            break
        for part in level:
            if part.unit_id != submission.unit_id:
                units[part.unit.name] = None
            else:
                writers[part.author.name] = None
        below = Submission.objects.filter(part_of__in=level).select_related("unit", "author")
        level = list(below.order_by("unit__official_order", "unit__name", "pk"))
    return Credits(tuple(units), tuple(writers))
