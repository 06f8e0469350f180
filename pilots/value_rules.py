"""What a reported figure breaks of the rules set for it, in sentences. Pure: reads no database.

Also how a figure is typed: people paste from Excel and from Word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pilots.models.reported import ValueRule
from pilots.pace import figure, plain
from portal.refusals import Refused

#: What the column holds: twelve digits before the stop.
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Reported:
    """One unit's figure of an indicator: ``below`` is what it is divided by, of a ratio."""

    number: Decimal
    below: Decimal | None = None

    @property
    def figure(self) -> Decimal | None:
        return figure(self.number, self.below)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is not kept, said to whoever typed; ``refuses``: it cannot stay so, whatever the reason."""

    sentence: str
    refuses: bool


def typed_number(text: str) -> Decimal | None:
    """The number that was typed or pasted, None for an empty cell. Raises Refused with a sentence for anything else."""
    plain_text = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").rstrip("%").strip()
    if not plain_text:
        return None
    try:
        number = Decimal(plain_text)
    except InvalidOperation as error:
        raise Refused(f"“{text[:20]}”不是数字，请只填数字。") from error
    if not number.is_finite() or number >= _MOST:
        raise Refused("这个数太大了，请核对。")
    if number < 0:
        raise Refused("数值不能小于0，请核对。")
    if number != number.quantize(Decimal("0.01")):
        raise Refused("最多保留两位小数。")
    return number


def without_divisor(now: Reported) -> str:
    """What is wrong with a ratio whose denominator is 0: nothing where there was nobody at all, else it cannot be."""
    if now.below is not None and not now.below and now.number:
        return "分母为0时算不出比例，请核对分母。确实没有统计对象的，分子、分母都填0。"
    return ""


def broken(
    rules: Iterable[ValueRule], now: Reported, *, before: Reported | None, others: Mapping[int, Decimal], unit: str
) -> list[Broken]:
    """Every rule that ``now`` breaks. ``before`` is last period's figure, ``others`` the numbers of other indicators
    of the same unit and period by id; ``unit`` is what the figure is counted in."""
    found = []
    for rule in rules:
        sentence = _SENTENCES[rule.kind](rule, now, before, others, unit)
        if sentence:
            found.append(Broken(sentence, rule.effect == ValueRule.Effect.REFUSE))
    return found


def overstepped(rules: Iterable[ValueRule], now: Reported, *, others: Mapping[int, Decimal]) -> list[Broken]:
    """The same from the other side: ``rules`` of other indicators are bounded by ``now``; those already filled in
    that would be more break them."""
    found = []
    for rule in rules:
        number = others.get(rule.indicator_id)
        if number is not None and number > now.number:
            sentence = f"“{rule.indicator}”已填{plain(number)}，不能大于这里的{plain(now.number)}。"
            found.append(Broken(sentence, rule.effect == ValueRule.Effect.REFUSE))
    return found


def _range(rule: ValueRule, now: Reported, before: Reported | None, others: Mapping[int, Decimal], unit: str) -> str:
    figure = now.figure
    if figure is None:
        return ""
    if rule.low is not None and figure < rule.low:
        return f"{plain(figure)}{unit}小于通常的下限{plain(rule.low)}{unit}。"
    if rule.high is not None and figure > rule.high:
        return f"{plain(figure)}{unit}大于通常的上限{plain(rule.high)}{unit}。"
    return ""


def _not_more(rule: ValueRule, now: Reported, before: Reported | None, others: Mapping[int, Decimal], unit: str) -> str:
    if rule.other_id is None:
        is_more = now.below is not None and now.number > now.below
        return f"分子{plain(now.number)}不能大于分母{plain(now.below or Decimal(0))}。" if is_more else ""
    bound = others.get(rule.other_id)
    if bound is None or now.number <= bound:
        return ""
    return f"{plain(now.number)}不能大于“{rule.other}”的{plain(bound)}。"


def _change(rule: ValueRule, now: Reported, before: Reported | None, others: Mapping[int, Decimal], unit: str) -> str:
    old, new = before.figure if before else None, now.figure
    if not old or new is None:
        return ""
    off = (new - old) * 100 / old
    if abs(off) <= (rule.percent or 0):
        return ""
    way = "增加" if off > 0 else "减少"
    return f"上期{plain(old)}{unit}，本期{plain(new)}{unit}，{way}{abs(off):.0f}%，超过{rule.percent}%。"


_SENTENCES = {
    ValueRule.Kind.RANGE.value: _range,
    ValueRule.Kind.NOT_MORE.value: _not_more,
    ValueRule.Kind.CHANGE.value: _change,
}
