"""Where every look-up of cases starts: their units', the office's, the experts' and the public's."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alliances.rules.posts import reads_all
from bulletins.models import Case, CaseFrame, CaseReview, CaseVersion, EntryCase
from bulletins.queries.issue import public_issues
from bulletins.rules import READER_ROLES, UNIT_ROLES
from bulletins.states.case import IN_LIBRARY, SEEN_BY_OFFICE, TO_DECIDE, CaseState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order, units, within
from portal.accounts.roles import UnitKind
from portal.search.finding import matching
from portal.text.wanted import Wanted

#: It has left its unit at least once.
SENT_ONCE = Q(submitted_at__isnull=False)


def frames() -> QuerySet[CaseFrame]:
    """The frames in which a new case can be written."""
    return CaseFrame.objects.filter(is_active=True)


def cases_for(user: User) -> QuerySet[Case]:
    """The cases that ``user`` may read in all: the office and its readers what has left its unit, others those of
    their own units; partners what has left the lead unit. What is public everybody reads in the library."""
    if reads_all(user):
        own = Q(unit__in=user.units_as(*UNIT_ROLES))
        return Case.objects.filter(SENT_ONCE & Q(state__in=SEEN_BY_OFFICE) | own)
    mine = user.units_as(*UNIT_ROLES)
    shared = user.units_as(*READER_ROLES)
    joined = Case.partners.through.objects.filter(case=OuterRef("pk"), unit__in=shared)
    return Case.objects.filter(Q(unit__in=mine) | Exists(joined) & Q(state__in=SEEN_BY_OFFICE))


def cases_open_to(user: User) -> QuerySet[Case]:
    """The same, and for an expert what he is asked to score: whose files he may open."""
    asked = reviews_for(user).values("version__case")
    return Case.objects.filter(Q(pk__in=cases_for(user).order_by().values("pk")) | Q(pk__in=asked))


def findable_cases(user: User) -> QuerySet[Case]:
    """What ``user`` may find: his own to read, and what is public."""
    return Case.objects.filter(Q(state=CaseState.PUBLIC) | Q(pk__in=cases_for(user).order_by().values("pk")))


def listed_cases(
    user: User,
    *,
    state: str = "",
    topic: str = "",
    stage: str = "",
    area: int | None = None,
    unit: int | None = None,
    text: str = "",
) -> QuerySet[Case]:
    """The list, the latest change first; empty arguments narrow nothing."""
    rows = narrowed(cases_for(user), topic=topic, stage=stage, area=area)
    if state:
        rows = rows.filter(state=state)
    if unit:
        rows = rows.filter(unit=unit)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(unit__name__icontains=text) | Q(partners__name__icontains=text))
        rows = rows.distinct()
    return with_facts(rows).order_by("-updated_at", "-pk")


def with_facts(rows: QuerySet[Case]) -> QuerySet[Case]:
    """With what a line or a page shows; one query more for the partners."""
    return rows.select_related("unit__parent", "area", "author", "keeper", "frame", "call").prefetch_related("partners")


def narrowed(rows: QuerySet[Case], *, topic: str = "", stage: str = "", area: int | None = None) -> QuerySet[Case]:
    if topic:
        rows = rows.filter(topic=topic)
    if stage:
        rows = rows.filter(stage=stage)
    if area:
        rows = rows.filter(within([area], through="area"))
    return rows


def own_cases(user: User) -> QuerySet[Case]:
    """Whose outcome his units wait for."""
    return Case.objects.filter(unit__in=user.units_as(*UNIT_ROLES))


def case_areas() -> QuerySet[Unit]:
    """Areas a case can tell of, in official order: prefectures, counties, and partners of the programme."""
    return units().filter(kind__in=(UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.PARTNER)).order_by(*official_order())


def public_cases(
    *, topic: str = "", stage: str = "", area: int | None = None, wanted: Wanted | None = None
) -> QuerySet[Case]:
    """The library as anybody reads it, the latest first; ``wanted`` are words that must all be in it."""
    rows = narrowed(Case.objects.filter(state=CaseState.PUBLIC), topic=topic, stage=stage, area=area)
    if wanted is not None:
        rows = rows.filter(pk__in=matching("case", wanted))
    return with_facts(rows).order_by("-published_at", "-pk")


def public_topics() -> list[str]:
    """Topics of public cases by how often they occur."""
    rows = Case.objects.filter(state=CaseState.PUBLIC).exclude(topic="").order_by().values_list("topic")
    return [topic for topic, _count in rows.annotate(count=Count("pk")).order_by("-count", "topic")]


def public_areas() -> QuerySet[Unit]:
    """Areas of which public cases tell, with what stands above them, in official order."""
    told = Case.objects.filter(state=CaseState.PUBLIC, area__isnull=False).order_by().values("area")
    told_of = Unit.objects.filter(pk__in=told)
    above = Unit.objects.filter(kind="prefecture", pk__in=told_of.values("parent"))
    return Unit.objects.filter(Q(pk__in=told_of.values("pk")) | Q(pk__in=above.values("pk"))).order_by(
        *official_order()
    )


def reviews_for(user: User) -> QuerySet[CaseReview]:
    """What the office has asked ``user`` to score, as long as he is an expert; the next to fall due first."""
    rows = CaseReview.objects.filter(expert=user).select_related("version__case__unit", "version__case__area")
    return rows.order_by("-scored_at", "due", "pk") if user.has_perm("bulletins.see_case_scoring") else rows.none()


def reviews_of(case: Case) -> list[CaseReview]:
    """All that experts were asked about a case, by version; for the office alone."""
    rows = CaseReview.objects.filter(version__case=case).select_related("expert", "version", "assigned_by")
    return list(rows.order_by("version__number", "pk"))


def latest_version(case: Case) -> CaseVersion | None:
    return case.versions.order_by("-number").first()


def words_for_writer(case: Case) -> list[tuple[int, list[str]]]:
    """What experts said of each version the office has decided about: by its number, without names or points.

    Of the version that lies with the office now nothing is told yet. The order is that of the words themselves, so
    that it tells nothing of who was asked first.
    """
    rows = CaseReview.objects.filter(version__case=case, scored_at__isnull=False).exclude(words="")
    latest = latest_version(case)
    if latest is not None and case.state in TO_DECIDE:
        rows = rows.exclude(version=latest)
    said: dict[int, list[str]] = {}
    for number, words in rows.order_by("-version__number").values_list("version__number", "words"):
        said.setdefault(number, []).append(words)
    return [(number, sorted(words)) for number, words in said.items()]


def printings_of(case: Case, *, public: bool = False) -> QuerySet[EntryCase]:
    """Entries of the bulletin made from a case; for the public those of public issues."""
    rows = EntryCase.objects.filter(case=case).select_related("entry__issue__periodical", "entry__section")
    return rows.filter(entry__issue__in=public_issues().order_by().values("pk")) if public else rows


def counts_of_unit(user: User, unit: Unit) -> dict[str, int]:
    """Of the cases that ``unit`` leads or shares in: how many ``user`` may find, in the library, and public."""
    return _of_unit(user, unit).aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(state__in=IN_LIBRARY)),
        public=Count("pk", filter=Q(state=CaseState.PUBLIC)),
    )


def latest_of_unit(user: User, unit: Unit, most: int = 10) -> list[Case]:
    return list(_of_unit(user, unit).select_related("unit").order_by("-updated_at", "-pk")[:most])


def _of_unit(user: User, unit: Unit) -> QuerySet[Case]:
    """What ``unit`` leads or shares in."""
    return findable_cases(user).filter(Q(unit=unit) | Q(pk__in=Case.objects.filter(partners=unit).values("pk")))
