"""封存: freeze the figures of a period with a hash; correct them by a new version; count them anew and compare.

A closing holds, of every indicator in use that is reported or judged for just this period, the figure of everything
it is judged by in the whole programme. Whoever reads the figures of that period reads these (queries.standing).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pilots.models import ClosedFigure, FiguresClosing, Indicator
from pilots.pace import figure, plain
from pilots.queries.closing import closing_of
from pilots.queries.reported import entered_kinds
from pilots.queries.standing import counted_parts
from pilots.services.period_lock import hold_period
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.audit.models import record
from portal.measures import level_called
from portal.periods import Period
from portal.refusals import Refused

_CENTS, _FINE = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another when it is counted anew; empty where one of the two is not there."""

    name: str
    subject_name: str
    stored: str
    counted: str


@transaction.atomic
def close_figures(period: Period, *, reason: str = "", by: User) -> FiguresClosing:
    """Freeze ``period``; done again it is a correction, which wants a reason and something that has changed.

    Raises Refused for a period that is none of indicators, has not ended, or whose figures are the same.
    """
    if not by.has_perm("pilots.close_figures"):
        raise PermissionDenied
    if not entered_kinds(period):
        raise Refused("只能封存一个学期、一个学年或一年的数据，请重新选择。")
    if period.end >= timezone.localdate():
        raise Refused(f"{period.label}还没有结束，结束后再封存。")
    hold_period(period.key)  # of two who close, the second finds it closed; what is being saved is in it
    last = closing_of(period.key)
    if last is not None and not reason.strip():
        raise Refused(f"{period.label}已封存，更正须写明理由。")
    figures = counted_figures(period)
    if last is not None and not _differences(list(last.figures.all()), figures):
        raise Refused(f"重新计算的结果与已封存的第{last.version}版完全相同，不需要更正。")
    closing = _freeze(period, figures, version=last.version + 1 if last else 1, reason=reason.strip(), by=by)
    label = "更正封存" if last else "封存"
    record(closing, "pilots.figuresclosing.close", label, by=by, reason=closing.reason, digest=closing.digest)
    return closing


def counted_figures(period: Period) -> list[ClosedFigure]:
    """The figures of a period as they count now, unsaved, in their order."""
    found: list[ClosedFigure] = []
    kinds = entered_kinds(period)
    for indicator in Indicator.objects.filter(is_active=True, period_kind__in=kinds).order_by("code"):
        found += _of_indicator(indicator, period)
    return found


def recount(closing: FiguresClosing) -> list[Difference]:
    """Where counting from scratch gives something else than what is stored."""
    period = closing.span
    return _differences(list(closing.figures.all()), counted_figures(period))


def is_intact(closing: FiguresClosing) -> bool:
    """Whether the stored figures still give the hash that was written down."""
    return digest_of(closing.key, closing.version, closing.figures.all()) == closing.digest


def digest_of(key: str, version: int, figures: Iterable[ClosedFigure]) -> str:
    """SHA-256, in hex, of one JSON line for the closing and one for each figure, in UTF-8."""
    hashed = hashlib.sha256(json.dumps([key, version]).encode())
    for one in figures:
        numbers = [_text(part) for part in (one.above, one.below, one.value)]
        line = [one.code, one.name, one.measured_in, one.level, one.subject, one.subject_name, *numbers]
        hashed.update(b"\n" + json.dumps(line, ensure_ascii=False).encode())
    return hashed.hexdigest()


def _freeze(period: Period, figures: list[ClosedFigure], *, version: int, reason: str, by: User) -> FiguresClosing:
    closing = FiguresClosing(
        key=period.key,
        label=period.label,
        during=(period.start, period.end + timedelta(days=1)),
        version=version,
        reason=reason,
        digest=digest_of(period.key, version, figures),
        by=by,
    )
    closing.full_clean()
    closing.save()
    closing.refresh_from_db()
    for one in figures:
        one.closing = closing
    ClosedFigure.objects.bulk_create(figures, batch_size=2000)
    return closing


def _of_indicator(indicator: Indicator, period: Period) -> list[ClosedFigure]:
    level = level_called(indicator.level)
    office = the_office().pk
    subjects = level.within([office], period, "").get(office, ()) if level else ()
    parts = counted_parts(indicator, [subject.pk for subject in subjects], period)
    rows = []
    for subject in sorted(subjects, key=lambda one: one.pk):
        above, below = parts.get(subject.pk, (None, None))
        value = None if above is None else figure(above, below)
        rows.append(
            ClosedFigure(
                code=indicator.code,
                name=indicator.name,
                measured_in=indicator.unit,
                level=indicator.level,
                subject=subject.pk,
                subject_name=subject.name,
                above=_rounded(above, _CENTS),
                below=_rounded(below, _CENTS),
                value=_rounded(value, _FINE),
            )
        )
    return rows


def _differences(stored: Iterable[ClosedFigure], counted: Iterable[ClosedFigure]) -> list[Difference]:
    old = {(one.code, one.subject): one for one in stored}
    new = {(one.code, one.subject): one for one in counted}
    found = []
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        named = before or after
        if named is not None and _said(before) != _said(after):
            found.append(Difference(named.name, named.subject_name, _said(before), _said(after)))
    return found


def _said(one: ClosedFigure | None) -> str:
    """A figure with what it is made of; empty where nothing was there."""
    if one is None or one.above is None:
        return ""
    if one.below is None:
        return f"{plain(one.above)}{one.measured_in}"
    share = "无法计算（分母为0）" if one.value is None else f"{plain(one.value)}{one.measured_in}"
    return f"{share}（{plain(one.above)}／{plain(one.below)}）"


def _rounded(number: Decimal | int | None, to: Decimal) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(to)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
