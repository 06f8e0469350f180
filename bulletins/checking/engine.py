"""All rules in one table, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bulletins.checking import counts, days, doubled, listed, marks, names, numbers, people, repeats
from bulletins.checking.facts import CheckedText, Finding, Spot, Surroundings, Weight
from bulletins.checking.zones import held, touches

Single = Callable[[CheckedText, Surroundings], Iterable[Spot]]
Whole = Callable[[Sequence[CheckedText], Surroundings], Iterable[tuple[str, Spot]]]

#: So many characters on both sides of a finding are shown with it, and make it known again.
CONTEXT = 8
#: A text so broken that it has more is not mended by going through a list.
MOST_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding. ``find`` looks at one text, ``find_all`` at the whole issue; ``bulk``: all of them may be
    mended with one click, since the fix cannot change what is said."""

    name: str
    label: str
    weight: Weight
    find: Single | None = None
    find_all: Whole | None = None
    bulk: bool = False


RULES = (
    Rule("width", "全角半角", Weight.SERIOUS, marks.width, bulk=True),
    Rule("blanks", "多余空格", Weight.LIKELY, marks.blanks, bulk=True),
    Rule("pairs", "成对标点", Weight.SERIOUS, marks.pairs),
    Rule("rows", "标点连用", Weight.SERIOUS, marks.rows, bulk=True),
    Rule("stops", "句末标点", Weight.LIKELY, marks.stops),
    Rule("dates", "日期写法", Weight.LIKELY, numbers.dates, bulk=True),
    Rule("calendar", "日期有误", Weight.SERIOUS, numbers.calendar),
    Rule("numbers", "数字写法", Weight.LIKELY, numbers.numbers),
    Rule("doubled", "重复字词", Weight.SERIOUS, doubled.doubled),
    Rule("listed", "用词", Weight.SERIOUS, listed.listed_words),
    Rule("traditional", "繁体字", Weight.SERIOUS, listed.traditional, bulk=True),
    Rule("characters", "特殊字符", Weight.SERIOUS, listed.characters, bulk=True),
    Rule("unit_names", "单位名称", Weight.HINT, names.unit_names),
    Rule("posts", "人员职务", Weight.LIKELY, find_all=people.posts),
    Rule("days", "日期与收稿时间", Weight.HINT, days.days),
    Rule("sums", "人数合计", Weight.SERIOUS, counts.sums),
    Rule("lead_figures", "导语与正文数字", Weight.LIKELY, counts.lead_figures),
    Rule("source_figures", "数字与来稿", Weight.LIKELY, counts.source_figures),
    Rule("source_quotes", "引文与来稿", Weight.LIKELY, counts.source_quotes),
    Rule("same_event", "同一活动两个数", Weight.LIKELY, find_all=counts.same_event),
    Rule("repeats", "重复刊登", Weight.LIKELY, find_all=repeats.repeats),
)
RULE_BY_NAME = {rule.name: rule for rule in RULES}


def check(texts: Sequence[CheckedText], around: Surroundings, *, only: str | None = None) -> tuple[Finding, ...]:
    """Everything the rules see in ``texts``, in their order, and inside a text from its lead to its end.

    ``only`` names a key: the others are read, but only its findings are told. No error is raised for any
    text; of one text at most ``MOST_FINDINGS`` findings are told.
    """
    spots: dict[str, list[tuple[Rule, Spot]]] = {one.key: [] for one in texts}
    for rule in RULES:
        if rule.find is not None:
            for one in texts:
                if only in (None, one.key):
                    spots[one.key] += ((rule, spot) for spot in rule.find(one, around))
        elif rule.find_all is not None:
            for key, spot in rule.find_all(texts, around):
                spots[key].append((rule, spot))
    told = (finding for one in texts if only in (None, one.key) for finding in _told(one, spots[one.key]))
    return tuple(told)


def _told(one: CheckedText, spots: list[tuple[Rule, Spot]]) -> Iterator[Finding]:
    zones = {"lead": held(one.lead, one.locked), "text": held(one.text, one.locked)}
    spots.sort(key=lambda pair: (pair[1].field != "lead", pair[1].start, pair[1].end))
    for rule, spot in spots[:MOST_FINDINGS]:
        yield _finding(one, rule, spot, quoted=touches(zones[spot.field], spot.start, spot.end))


def _finding(one: CheckedText, rule: Rule, spot: Spot, *, quoted: bool) -> Finding:
    text = one.field(spot.field)
    return Finding(
        rule=rule.name,
        label=rule.label,
        why=spot.why,
        key=one.key,
        field=spot.field,
        start=spot.start,
        end=spot.end,
        excerpt=text[spot.start : spot.end],
        before=text[max(0, spot.start - CONTEXT) : spot.start].rpartition("\n")[2],
        after=text[spot.end : spot.end + CONTEXT].partition("\n")[0],
        fix=None if quoted else spot.fix,
        weight=spot.weight or rule.weight,
        quoted=quoted,
    )


def mended(one: CheckedText, findings: Iterable[Finding]) -> CheckedText:
    """``one`` with the fixes of ``findings`` (its own, of exactly these words) put in; overlapping ones: the first."""
    words = {"lead": one.lead, "text": one.text}
    free_from = {"lead": 0, "text": 0}
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start, each.end)):
        if finding.fix is not None and finding.start >= free_from[finding.field]:
            kept.append(finding)
            free_from[finding.field] = finding.end
    for finding in reversed(kept):  # from the end, so that places further left stay true
        text = words[finding.field]
        words[finding.field] = text[: finding.start] + str(finding.fix) + text[finding.end :]
    return replace(one, lead=words["lead"], text=words["text"])
