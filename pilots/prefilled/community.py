"""What a school gave and received in its communities beside activities: people, pairs, shared things."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from pilots.models import CommunityRecord
from pilots.models.community_record import CommunityRecordKind
from pilots.prefill import Figure, Line, Section, register
from portal.accounts.models import Unit
from portal.periods import Period


def rows(unit: Unit, period: Period) -> list[Line]:
    found = _records(unit, period).select_related("kind", "giver", "taker").order_by("kind__order", "start", "pk")
    return [Line(f"community-record:{one.pk}", _text(one), one.giver_id, _address(one, unit)) for one in found]


def figures(unit: Unit, period: Period) -> list[Figure]:
    people = _records(unit, period).filter(kind__shape=CommunityRecordKind.Shape.PEOPLE)
    sent = people.filter(giver=unit).aggregate(all=Sum("number"))["all"] or 0
    received = people.filter(taker=unit).aggregate(all=Sum("number"))["all"] or 0
    return [Figure("people_sent", "派出人员", sent, "人"), Figure("people_received", "接收人员", received, "人")]


def _records(unit: Unit, period: Period) -> QuerySet[CommunityRecord]:
    """Those that were going on at some day of the period."""
    rows = CommunityRecord.objects.filter(Q(giver=unit) | Q(taker=unit), start__lte=period.end)
    return rows.filter(Q(end__gte=period.start) | Q(end=None))


def _address(record: CommunityRecord, unit: Unit) -> str:
    """Its form, for the school that gave: the other side asks it."""
    return reverse("community-record", args=[record.pk]) if record.giver_id == unit.pk else ""


def _text(record: CommunityRecord) -> str:
    way = f"{record.giver.label}→{record.taker.label}" if record.taker else record.giver.label
    return f"{record.kind}：{record.what}（{way}，{record.number}{record.kind.measure}）"


register(Section("community", "共同体", 40, rows, figures))
