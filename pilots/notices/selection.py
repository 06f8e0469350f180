"""Messages about rounds of selection and their candidates; each person hears once of one event."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from pilots.models import Candidate, SelectionRound
from pilots.queries.selection import recommenders
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import units
from portal.accounts.roles import SPEAKING_ROLES, UnitKind
from portal.notices.audience import holders
from portal.notices.services import send_notice

WHY_ASKED = "您所在单位可以推荐候选单位"
WHY_UNIVERSITY = "您所在高校参加遴选"
WHY_RECOMMENDED = "您所在单位作了这一推荐"
WHY_CHOSEN = "您所在单位参加了遴选"


def tell_opened(round: SelectionRound) -> None:
    """Those who recommend: prefectures, or pilot counties."""
    _tell_round(round, recommenders(round), "round_opened", "opened", WHY_ASKED)


def tell_closed(round: SelectionRound) -> None:
    """The universities can look at the candidates side by side."""
    _tell_round(round, units().filter(kind=UnitKind.UNIVERSITY), "round_closed", "closed", WHY_UNIVERSITY)


def tell_published(round: SelectionRound) -> None:
    """Everybody who was part of it: who recommended and who was a candidate."""
    rows = round.candidates.select_related("unit", "recommended_by")
    concerned = {unit.pk: unit for row in rows for unit in (row.recommended_by, row.unit)}
    _tell_round(round, concerned.values(), "round_published", "published", WHY_CHOSEN)


def tell_decided(candidate: Candidate, template: str) -> None:
    """``candidate_confirmed``, ``candidate_returned`` or ``candidate_declined``: to who recommended it."""
    send_notice(
        occasion=f"candidate:{candidate.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=candidate,
        to=holders(*SPEAKING_ROLES, units=[candidate.recommended_by]),
        template=template,
        context={"candidate": candidate},
        url=reverse("candidate", args=[candidate.pk]),
        why=WHY_RECOMMENDED,
    )


def _tell_round(round: SelectionRound, told: Iterable[Unit], template: str, event: str, why: str) -> None:
    people: list[User] = holders(*SPEAKING_ROLES, units=told)
    send_notice(
        occasion=f"round:{round.pk}:{event}:{timezone.now().timestamp():.6f}",
        about=round,
        to=people,
        template=template,
        context={"round": round},
        url=reverse("round", args=[round.pk]),
        why=why,
    )
