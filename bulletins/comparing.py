"""What was changed between two proofs of an issue: entries, and what stands around them. Pure.

Entries are the same where their key is; merging and 恢复原文 give new keys, so such entries are known by the
reports they were made of, or by words that one holds of the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bulletins.content import EntryContent, IssueContent
from portal.text.official import official_date

#: By an entry's key the reports it was made of.
Reports = Mapping[str, Collection[int]]


class Kind(StrEnum):
    """What became of an entry; one may have been moved and edited."""

    ADDED = "新增"
    REMOVED = "取出"
    MERGED = "合并"
    RESTORED = "恢复原文"
    MOVED = "移动"
    EDITED = "修改"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry where it stands: its section and number there, its place among all entries (from 0), its words."""

    section: str
    number: int
    place: int
    content: EntryContent

    @property
    def key(self) -> str:
        return self.content.key or f"place-{self.place}"

    @property
    def text(self) -> str:
        """Lead and paragraphs as one text, a line each paragraph."""
        return self.content.lead + "\n".join(self.content.paragraphs)

    @property
    def called(self) -> str:
        return self.content.called


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What happened to one entry: what it was (``before``; several where they were merged) and what it is.

    ``after`` holds several entries where a merged one was parted again.
    """

    kinds: tuple[Kind, ...]
    before: tuple[Placed, ...]
    after: tuple[Placed, ...]

    @property
    def words(self) -> tuple[str, str]:
        return "\n".join(one.text for one in self.before), "\n".join(one.text for one in self.after)


@dataclass(frozen=True, slots=True)
class AroundChange:
    """A line of masthead or imprint that reads differently."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, in the order in which the later proof prints it; what is gone comes last."""

    around: tuple[AroundChange, ...]
    entries: tuple[EntryChange, ...]

    def __len__(self) -> int:
        return len(self.around) + len(self.entries)


def compare(before: IssueContent, after: IssueContent, *, was: Reports, now: Reports) -> Changes:
    """What the second proof changed in the first; ``was`` and ``now`` say which reports their entries came from."""
    return Changes(_around(before, after), _entries(_placed(before), _placed(after), was, now))


def _around(before: IssueContent, after: IssueContent) -> tuple[AroundChange, ...]:
    return tuple(
        AroundChange(label, old, new)
        for (label, old), (_, new) in zip(_around_of(before), _around_of(after), strict=True)
        if old != new
    )


def _around_of(content: IssueContent) -> tuple[tuple[str, str], ...]:
    return (
        ("报头", content.masthead),
        ("刊名", content.title),
        ("期号", content.label),
        ("编印单位", content.office),
        ("报头日期", official_date(content.issue_date)),
        ("报", content.report_to),
        ("送", content.copy_to),
    )


def _placed(content: IssueContent) -> dict[str, Placed]:
    rows = [
        (section.name, number, entry)
        for section in content.sections
        for number, entry in enumerate(section.entries, start=1)
    ]
    placed = [Placed(name, number, place, entry) for place, (name, number, entry) in enumerate(rows)]
    return {one.key: one for one in placed}


def _entries(
    before: dict[str, Placed], after: dict[str, Placed], was: Reports, now: Reports
) -> tuple[EntryChange, ...]:
    gone = [one for key, one in before.items() if key not in after]
    fresh = [one for key, one in after.items() if key not in before]
    pairs = [((before[key],), (after[key],)) for key in after if key in before]
    changes = [_told_as(olds, news) for olds, news in _regrouped(gone, fresh, was, now)]
    moved = _moved([(olds[0], news[0]) for olds, news in pairs])
    changes += [_of_pair(*olds, *news, is_moved=news[0].key in moved) for olds, news in pairs]
    told = [change for change in changes if change.kinds]
    return tuple(sorted(told, key=lambda change: (not change.after, (change.after or change.before)[0].place)))


def _regrouped(
    gone: list[Placed], fresh: list[Placed], was: Reports, now: Reports
) -> list[tuple[tuple[Placed, ...], tuple[Placed, ...]]]:
    """Old and new entries that belong together, each once: merged ones, parted ones, and those that stand alone."""
    groups: list[tuple[tuple[Placed, ...], tuple[Placed, ...]]] = []
    left = list(gone)
    for new in fresh:
        olds = tuple(old for old in left if _belong(old, new, was, now))
        left = [old for old in left if old not in olds]
        groups.append((olds, (new,)))
    lone = [news[0] for olds, news in groups if not olds]
    for old, parts in ((olds[0], news) for olds, news in list(groups) if len(olds) == 1):
        others = tuple(new for new in lone if _belong(old, new, was, now))
        if others:
            groups = [group for group in groups if group[1] != parts and group[1][0] not in others]
            groups.append(((old,), parts + others))
    return groups + [((old,), ()) for old in left]


def _belong(old: Placed, new: Placed, was: Reports, now: Reports) -> bool:
    """One was made of the other: they share a report, or one holds the other's words."""
    if set(was.get(old.key, ())) & set(now.get(new.key, ())):
        return True
    first, second = (_bare(one) for one in (old, new))
    return bool(first and second) and (first in second or second in first)


def _bare(one: Placed) -> str:
    return "".join("".join(one.content.paragraphs).split()) or one.content.lead


def _told_as(olds: tuple[Placed, ...], news: tuple[Placed, ...]) -> EntryChange:
    if not olds:
        return EntryChange((Kind.ADDED,), olds, news)
    if not news:
        return EntryChange((Kind.REMOVED,), olds, news)
    if len(olds) > 1:
        return EntryChange((Kind.MERGED,), olds, news)
    if len(news) > 1:
        return EntryChange((Kind.RESTORED,), olds, news)
    return _of_pair(*olds, *news, is_moved=False)


def _of_pair(old: Placed, new: Placed, *, is_moved: bool) -> EntryChange:
    """An entry that is still there."""
    kinds = (Kind.MOVED,) * (is_moved or old.section != new.section) + (Kind.EDITED,) * (old.text != new.text)
    return EntryChange(kinds, (old,), (new,))


def _moved(pairs: Sequence[tuple[Placed, Placed]]) -> set[str]:
    """The fewest entries that must have moved for the others to keep their order."""
    stay = _longest_rise([old.place for old, _ in pairs])
    return {new.key for index, (_, new) in enumerate(pairs) if index not in stay}


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest rising row within ``numbers`` (all different)."""
    tails: list[int] = []
    ends: list[int] = []
    earlier: dict[int, int | None] = {}
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        earlier[index] = ends[at - 1] if at else None
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    stay: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        stay.add(step)
        step = earlier[step]
    return stay
