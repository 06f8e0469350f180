"""The figures that items are scored by: of the round's period, and of the base period where growth counts.

Counted by ``pilots.queries.standing.figures`` and nowhere else; a formula joins what is counted there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pilots.formula import DividedByZero, Formula, in_order, read_formula
from pilots.models import Assessment, AssessmentItem, Indicator, ItemScore, SchemeItem
from pilots.models.survey import FEW_ANSWERS
from pilots.queries.standing import figures, rows_url
from pilots.queries.survey import averages_of_scores
from portal.measures import UNIT, level_called
from portal.periods import Period, parse_period

Item = AssessmentItem | SchemeItem
#: What a score keeps of a figure: fourteen digits before the stop.
LARGEST = Decimal(10) ** 14
#: By code the figure, or a sentence why there is none.
Figures = dict[str, Decimal | str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one score rests on; ``gap`` says why ``figure`` or ``base`` is wanting."""

    figure: Decimal | None
    base: Decimal | None
    gap: str = ""


def subject_kind(share: str) -> str:
    """What an item's figure belongs to: a school, or for the joint part the community."""
    return "community" if share == AssessmentItem.Share.JOINT else UNIT


def indicators_of(kind: str) -> dict[str, Indicator]:
    """By code: the indicators in use that are counted for a school (``unit``), or for a community."""
    return {code: one for code, one in _ever_of(kind).items() if one.is_active}


def _ever_of(kind: str) -> dict[str, Indicator]:
    """The same with those that are out of use: a round that has opened goes on counting by them."""
    rows = Indicator.objects.all()
    return {one.code: one for one in rows if (level := level_called(one.level)) is not None and level.of == kind}


def _countable(items: Iterable[Item], kind: str) -> dict[str, Indicator]:
    """By code what formulas of ``items`` may name: all that is counted for the kind, and what the items score by."""
    return _ever_of(kind) | {item.indicator.code: item.indicator for item in items if item.indicator}


def formula_names(items: Iterable[Item]) -> dict[str, str]:
    """By code what the indicators are called that formulas of ``items`` name; no query where there is no formula."""
    formulas = [item.formula for item in items if item.formula]
    if not formulas:
        return {}
    rows = Indicator.objects.values_list("code", "name")
    return {code: name for code, name in rows if any(code in formula for formula in formulas)}


def formulas_of(items: Sequence[Item], indicators: Collection[str]) -> dict[str, Formula]:
    """The formulas of items of one kind by code, read. Raises FormulaError."""
    known = {item.code for item in items if item.is_counted} | set(indicators)
    uncounted = {item.code for item in items if not item.is_counted}
    own = [item for item in items if item.way == AssessmentItem.Way.FORMULA]
    return {item.code: read_formula(item.formula, known, uncounted=uncounted) for item in own}


def count_all(assessment: Assessment, scores: Sequence[ItemScore]) -> dict[int, Counted]:
    """By id of a score what it rests on today. Two counts for each different indicator and period."""
    items = list(assessment.items.select_related("indicator"))
    found: dict[int, Counted] = {}
    for kind in (UNIT, "community"):
        of_kind = [item for item in items if item.is_counted and subject_kind(item.share) == kind]
        own = [score for score in scores if score.item.is_counted and subject_kind(score.item.share) == kind]
        if of_kind and own:
            found |= _count_kind(assessment, of_kind, own, kind)
    surveyed = [score for score in scores if score.item.way == AssessmentItem.Way.SURVEY]
    return found | _surveyed([score.pk for score in surveyed])


def _count_kind(
    assessment: Assessment, items: Sequence[Item], scores: Sequence[ItemScore], kind: str
) -> dict[int, Counted]:
    pks = sorted({_subject(score) for score in scores})
    now = _by_subject(items, pks, parse_period(assessment.period), kind)
    wants_base = any(item.is_value_added for item in items)
    before = _by_subject(items, pks, parse_period(assessment.base_period), kind) if wants_base else {}
    return {score.pk: _counted(score, now, before) for score in scores}


def _counted(score: ItemScore, now: Mapping[int, Figures], before: Mapping[int, Figures]) -> Counted:
    figure, pk = now[_subject(score)][score.item.code], _subject(score)
    base = before[pk][score.item.code] if score.item.is_value_added else Decimal(0)
    gap = figure if isinstance(figure, str) else f"对比时段：{base}" if isinstance(base, str) else ""
    return Counted(
        None if isinstance(figure, str) else figure,
        base if score.item.is_value_added and isinstance(base, Decimal) else None,
        gap[:100],
    )


def _by_subject(items: Sequence[Item], pks: list[int], period: Period | None, kind: str) -> dict[int, Figures]:
    """For each subject the figure of each item."""
    if period is None:
        return {pk: {item.code: "没有对比时段" for item in items} for pk in pks}
    indicators = _countable(items, kind)
    formulas = formulas_of(items, indicators)
    wanted = {item.indicator.code for item in items if item.indicator and item.code not in formulas}
    wanted |= {code for formula in formulas.values() for code in formula.codes if code in indicators}
    counted = {code: figures(indicators[code], pks, period) for code in sorted(wanted)}
    return {pk: _of_subject(items, formulas, {code: values.get(pk) for code, values in counted.items()}) for pk in pks}


def _of_subject(
    items: Sequence[Item], formulas: Mapping[str, Formula], counted: Mapping[str, Decimal | None]
) -> Figures:
    """Items that are an indicator as it is; those with a formula after what they name."""
    found: Figures = {code: "没有填报，或分母为0" if value is None else value for code, value in counted.items()}
    found |= {item.code: found[item.indicator.code] for item in items if item.indicator and item.code not in formulas}
    for code in in_order(formulas):
        found[code] = _joined(formulas[code], found)
    return found


def _joined(formula: Formula, found: Figures) -> Decimal | str:
    known = {code: value for code in formula.codes if isinstance(value := found[code], Decimal)}
    for code in formula.codes:
        if code not in known:
            return f"{code}{found[code]}"
    try:
        value = formula.value(known)
    except DividedByZero:
        return "分母为0，无法计算"
    return value if abs(value) < LARGEST else "算得的数太大，请核对公式"


def _surveyed(scores: Collection[int]) -> dict[int, Counted]:
    """The average marks of the surveys that feed these scores; of few answers none."""
    found = {}
    for score, (answers, average) in averages_of_scores(scores).items():
        gap = "" if answers > FEW_ANSWERS else f"收到{answers}份答卷，多于{FEW_ANSWERS}份才计分"
        found[score] = Counted(average, None, gap)
    return found


def _subject(score: ItemScore) -> int:
    return score.school.school_id if score.school else score.assessed.community_id


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure behind a score: which indicator, over which period, and where its rows are."""

    indicator: Indicator
    period: Period
    url: str


def evidence_of(score: ItemScore) -> list[Evidence]:
    """The figures a counted score rests on, those of the base period after those of the round's."""
    assessment, kind = score.assessed.assessment, subject_kind(score.item.share)
    items = [item for item in assessment.items.select_related("indicator") if subject_kind(item.share) == kind]
    by_code = {item.code: item for item in items}
    indicators = _countable(items, kind)
    used = _indicators_behind(score.item.code, by_code, indicators)
    keys = [assessment.period, *([assessment.base_period] if score.item.is_value_added else [])]
    periods = [period for key in keys if (period := parse_period(key)) is not None]
    return [Evidence(one, period, rows_url(one, _subject(score), period)) for period in periods for one in used]


def _indicators_behind(
    code: str, items: Mapping[str, AssessmentItem], indicators: Mapping[str, Indicator]
) -> list[Indicator]:
    """The indicators that an item comes down to, each once."""
    formulas = formulas_of(list(items.values()), indicators)
    found: dict[str, Indicator] = {}
    open_codes, seen = [code], set()
    while open_codes:
        one = open_codes.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in formulas:
            open_codes += formulas[one].codes
        elif one in items and items[one].indicator is not None:
            found[one] = items[one].indicator  # type: ignore[assignment]
        elif one in indicators:
            found[one] = indicators[one]
    return list({indicator.pk: indicator for indicator in found.values()}.values())
