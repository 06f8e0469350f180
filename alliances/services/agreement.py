"""Every write to an agreement (签协议): recording what was signed, correcting it, renewing and ending it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import Agreement, AgreementParty, Commitment, Partnership
from alliances.notices.agreement import tell_ended, tell_ending, tell_recorded
from alliances.queries.agreement import agreements_to_remind_of
from alliances.states.term import Standing, term_of_days
from alliances.validators import check_term
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.inbox.models import Waiting
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import moving, renew_waits, started

#: A university, a county and perhaps those who signed along; more is a slip.
MOST_PARTIES, MOST_COMMITMENTS = 10, 60


@dataclass(frozen=True, slots=True)
class Party:
    """A party as it signed, and the unit that it is today, if it is one."""

    as_signed: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What ``unit`` promised; both sides where it is None."""

    text: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in an agreement, as a form or a serializer hands it over; both days of the term included."""

    title: str
    signed_on: date
    since: date
    until: date
    number: str = ""
    parties: Sequence[Party] = field(default_factory=tuple)
    commitments: Sequence[Promise] = field(default_factory=tuple)


@transaction.atomic
def record_agreement(partnership: Partnership, terms: Terms, *, by: User) -> Agreement:
    """Record what both sides have signed; the side that did not record it is told.

    Raises PermissionDenied for who works on neither side, ValidationError by field: a term that ends before it
    starts, or before the pair began, or overlaps another agreement's of the pair; signed on a day to come; fewer
    than two parties, a party of no name.
    """
    if not by.has_perm("alliances.record_agreement", Agreement(partnership=partnership)):
        raise PermissionDenied
    if partnership.has_ended:
        raise Refused("这一结对已经结束，不能再登记协议。")
    agreement = Agreement(partnership=partnership)
    _write(agreement, terms)
    started(agreement, "登记协议", by=by)
    tell_recorded(agreement, by=by)
    return agreement


def renew_agreement(agreement: Agreement, terms: Terms, *, by: User) -> Agreement:
    """The agreement that follows this one, which becomes 已续签; a pair whose term is shorter goes on as long."""
    with moving(agreement, "renew", by=by) as locked:
        if terms.since < locked.during.upper:
            raise ValidationError(
                {"since": f"原协议还在期内，续签应从{official_date(locked.during.upper)}或以后开始。"}
            )
        successor = Agreement(partnership=locked.partnership, previous=locked)
        _write(successor, terms)
        _prolong(locked.partnership, terms.until, by=by)
        started(successor, "续签协议", by=by)
        tell_recorded(successor, by=by)
    return successor


def correct_agreement(agreement: Agreement, terms: Terms, *, by: User) -> Agreement:
    """Mend what was typed wrongly. Commitments keep their place, so that items of the work list stay with theirs."""
    with moving(agreement, "correct", by=by) as locked:
        _write(locked, terms)
        if locked.standing != Standing.ENDING:
            locked.reminded_at = None  # with a later end, its end is still to be told
    return agreement


def end_agreement(agreement: Agreement, *, by: User, reason: str, last_day: date) -> Agreement:
    """Both sides end it before its time: ``last_day`` is the last on which it holds.

    Raises ValidationError by field where the day lies outside the term.
    """
    with moving(agreement, "end", by=by, reason=reason, last_day=last_day.isoformat()) as locked:
        if not locked.during.lower <= last_day < locked.during.upper:
            raise ValidationError({"last_day": "最后一天应在协议期限之内，请核对。"})
        locked.during = term_of_days(locked.during.lower, last_day)
        locked.end_reason = reason.strip()
        tell_ended(locked, by=by)
    return agreement


@transaction.atomic
def remind_of_endings() -> int:
    """Tell both sides once of every agreement that ends soon, and let it wait for them until its last day.

    Called by beat; returns how many were told of. What is over waits for nobody: the pair's page says what is next.
    """
    kind = ContentType.objects.get_for_model(Agreement)
    Waiting.objects.filter(content_type=kind, due__lt=timezone.localdate()).delete()
    rows = list(agreements_to_remind_of().select_for_update(of=("self",), skip_locked=True))
    for agreement in rows:
        agreement.reminded_at = timezone.now()
        agreement.save(update_fields=["reminded_at"])
        record(agreement, "alliances.agreement.remind", "到期提醒", by=None)
        renew_waits(agreement)
        tell_ending(agreement)
    return len(rows)


def _write(agreement: Agreement, terms: Terms) -> None:
    check_term(terms.since, terms.until)
    _check_days(agreement.partnership, terms)
    parties = [party for party in terms.parties if party.as_signed.strip()]
    promises = [promise for promise in terms.commitments if promise.text.strip()]
    if len(parties) < 2:
        raise ValidationError({"parties": "请按协议原文填写签约各方，至少两方。"})
    if len(parties) > MOST_PARTIES or len(promises) > MOST_COMMITMENTS:
        raise ValidationError(f"签约方最多{MOST_PARTIES}个，承诺最多{MOST_COMMITMENTS}条，请核对。")
    agreement.title, agreement.number = terms.title.strip(), terms.number.strip()
    agreement.signed_on = terms.signed_on
    agreement.during = term_of_days(terms.since, terms.until)
    agreement.full_clean()
    agreement.save()
    _keep_parties(agreement, parties)
    _keep_commitments(agreement, promises)


def _check_days(pair: Partnership, terms: Terms) -> None:
    """Slips of the year that nobody means: signed on a day to come, over before the two came together."""
    if terms.signed_on > timezone.localdate():
        raise ValidationError({"signed_on": "签订日期还没有到，请核对；还没有签的协议，签好后再登记。"})
    if terms.until < pair.during.lower:
        began = official_date(pair.during.lower)
        raise ValidationError({"until": f"协议期限在结对开始（{began}）之前就结束了，请核对。"})


def _keep_parties(agreement: Agreement, parties: Iterable[Party]) -> None:
    agreement.parties.all().delete()
    rows = [
        AgreementParty(agreement=agreement, order=order, as_signed=party.as_signed.strip(), unit=party.unit)
        for order, party in enumerate(parties, 1)
    ]
    for row in rows:
        row.full_clean(exclude=["agreement", "unit"])
    AgreementParty.objects.bulk_create(rows)


def _keep_commitments(agreement: Agreement, promises: Sequence[Promise]) -> None:
    """Make them exactly ``promises``. What is only reworded or moved stays the row to which the work list points."""
    left = list(agreement.commitments.all())
    rows: list[Commitment | None] = [_taken(left, promise, same_text=True) for promise in promises]
    for order, promise in enumerate(promises, 1):
        row = rows[order - 1] or _taken(left, promise, same_text=False) or Commitment(agreement=agreement)
        row.order, row.text, row.unit = order, promise.text.strip(), promise.unit
        row.full_clean(exclude=["agreement", "unit"])
        row.save()
    for row in left:
        row.delete()


def _taken(left: list[Commitment], promise: Promise, *, same_text: bool) -> Commitment | None:
    """The row of the same side (and the same words) that nobody has taken yet, taken out of ``left``."""
    unit = promise.unit.pk if promise.unit else None
    for row in left:
        if row.unit_id == unit and (not same_text or row.text == promise.text.strip()):
            left.remove(row)
            return row
    return None


def _prolong(pair: Partnership, until: date, *, by: User) -> None:
    """A pair runs at least as long as its agreement."""
    term = term_of_days(pair.during.lower, until)
    if pair.during.upper is not None and pair.during.upper < term.upper:
        pair.during = term
        pair.full_clean()
        pair.save(update_fields=["during"])
        record(pair, "alliances.partnership.renew", "随协议延长合作期限", by=by, until=until.isoformat())
