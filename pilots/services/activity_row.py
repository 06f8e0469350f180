"""An activity as its unit types it: a row of texts, understood as facts, and facts written as a row.

People write ``10月28日至31日`` and ``师范生38人；共计200余人``; what cannot be understood stays as typed,
with a sentence on what to do. Nothing here writes to the database.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from pilots.models import Activity
from pilots.queries.activity import Lookups
from pilots.services.activity import Facts, People
from pilots.services.activity_text import date_text
from portal.accounts.models import Unit
from portal.text.dates import FoundDate, find_dates
from portal.text.headcounts import HeadCount as FoundHeadCount
from portal.text.headcounts import find_head_counts

#: What is typed into one cell each; ``batches`` is a list of its own.
ROW_FIELDS = ("activity", "kind", "date", "sessions", "place", "partners", "people", "source", "read")
_FACT_CELLS = ("kind", "date", "sessions", "place", "partners", "people", "batches")
LABELS = {
    "kind": "类型",
    "date": "日期",
    "sessions": "场次",
    "place": "地点",
    "partners": "参与单位",
    "people": "人员",
    "batches": "五个一批",
}
FIRST_YEAR = 2000
MOST_SESSIONS = 999
LONGEST_PLACE = 200
LONGEST_OTHERS = 300
LONGEST_WHO = 60
_TOTAL_BEFORE = re.compile(r"(?:等|共计?|总计|合计|累计|约|近|超过?)+$")
_CLAUSES = re.compile(r"[，,。：:！!]")
_MARKS = "，,。、（）() \t\u3000"
_LEADS = re.compile(r"^(?:以及|及|和|与|其中|另有|还有|另|含|参加|邀请|组织|吸引|来自|有|共)+")
_DIGITS = "〇零一二两三四五六七八九十百千万"
#: How people write that there were many without saying how many (学生一百多, 家长若干), or without 人 (学生120).
_AMOUNT = re.compile(
    rf"(?:若干|许多|众多|很多|不少|[数几][十百千万]+|[\d{_DIGITS}]+[多余来几])(?:[名位个人]|人次)?$"
    rf"|[\d{_DIGITS}]+(?:[名位个人]|人次)$|[^\d]\d+$|[{_DIGITS}]{{2,}}$"
)
#: What was done with the people; it is told in the words on the activity.
_DEED = re.compile(
    r"(?:共同|一同|一起)?(?:参[加与会训]|出席|前往|到|赴|在|听课|观摩|旁听|观看|聆听|接受|学习|交流|发言|授课|展示)"
)
_NAMED_AFTER = re.compile(r"[名位](?:左右|上下|以上)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed.

    ``key`` names it on its page, ``activity`` the stored activity it shows, ``kind`` and ``batches`` are ids
    as text. ``source`` is the passage it was read off, ``read`` the digest of its cells as read: a person has
    changed the row where they differ.
    """

    key: str
    activity: int | None = None
    kind: str = ""
    date: str = ""
    sessions: str = ""
    place: str = ""
    partners: str = ""
    people: str = ""
    batches: tuple[str, ...] = ()
    source: str = ""
    read: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was typed: such a row is no activity."""
        return self.activity is None and not any(getattr(self, name) for name in _FACT_CELLS if name != "sessions")

    @property
    def is_untouched(self) -> bool:
        """Read off the text and not changed by hand since."""
        return bool(self.read) and self.read == self.digest()

    def digest(self) -> str:
        """A short digest of the cells."""
        cells = "\x1f".join(str(getattr(self, name)) for name in _FACT_CELLS if name != "batches")
        return hashlib.sha256(f"{cells}\x1f{sorted(self.batches)}".encode()).hexdigest()[:12]

    def as_read(self) -> Row:
        """The same row, marked as read off a text and not yet touched."""
        return replace(self, read=self.digest())

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"batches": list(self.batches)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """The inverse of :meth:`to_json`; unknown keys are left out, so that old drafts stay readable."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**known | {"batches": tuple(data.get("batches", ()))})


@dataclass(slots=True)
class Understood:
    """What a row says: ``facts`` as far as it can be understood, a sentence per cell that cannot be.

    ``missing`` names what a report that leaves the unit must have and this row has not yet.
    """

    facts: Facts = field(default_factory=Facts)
    errors: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def understand(row: Row, lookups: Lookups, *, today: date) -> Understood:
    """Read the cells of ``row``; years that are not written follow from ``today``."""
    result = Understood()
    when = _when(row.date, today, result.errors)
    partners, others = split_partners(row.partners, lookups)
    place, other_partners = row.place.strip(), "、".join(others)
    if len(place) > LONGEST_PLACE:
        result.errors["place"] = f"地点超过{LONGEST_PLACE}字，请缩短。"
    if len(other_partners) > LONGEST_OTHERS:
        result.errors["partners"] = f"未登记的单位共超过{LONGEST_OTHERS}字，请缩短。"
    result.facts = Facts(
        kind=lookups.kinds.get(_number(row.kind)),
        start=when.start if when else None,
        end=when.end if when else None,
        days=when.days if when else (),
        is_approximate=when.approximate if when else False,
        sessions=_sessions(row.sessions, result.errors) or max(1, len(when.days) if when else 1),
        place=place[:LONGEST_PLACE],
        partners=partners,
        other_partners=other_partners[:LONGEST_OTHERS],
        people=read_people(row.people, result.errors),
        batches=[lookups.batches[pk] for pk in map(_number, row.batches) if pk in lookups.batches],
    )
    result.missing = [
        LABELS[name] for name, value in (("kind", result.facts.kind), ("date", row.date.strip())) if not value
    ]
    return result


def row_of(activity: Activity) -> Row:
    """A stored activity as its row; give it with its facts loaded (``queries.activity.with_facts``)."""
    names = [unit.name for unit in activity.partners.all()]
    others = [activity.other_partners] if activity.other_partners else []
    return Row(
        key=f"a{activity.pk}",
        activity=activity.pk,
        kind=str(activity.kind_id or ""),
        date=date_text(activity.start, activity.end, tuple(activity.days), approximate=activity.is_approximate),
        sessions=str(activity.sessions),
        place=activity.place,
        partners="、".join(names + others),
        people="；".join(str(count) for count in activity.head_counts.all()),
        batches=tuple(str(batch.pk) for batch in activity.batches.all()),
    )


def split_partners(text: str, lookups: Lookups) -> tuple[list[Unit], list[str]]:
    """Names parted by 、 or a comma: registered units, each once, and the other names as typed."""
    known: dict[int, Unit] = {}
    others: dict[str, None] = {}
    for name in (part.strip() for part in re.split(r"[、，,；;\n]", text)):
        unit = lookups.unit_named(name)
        if unit:
            known[unit.pk] = unit
        elif name:
            others[name] = None
    return list(known.values()), list(others)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _when(text: str, today: date, errors: dict[str, str]) -> FoundDate | None:
    if not text.strip():
        return None
    findings = find_dates(text, reference=today)
    if findings.problems:
        errors["date"] = findings.problems[0]
    elif not findings.dates:
        errors["date"] = "没有看懂日期，请写成“11月14日”“10月28日至31日”“11月1日和8日”或“11月上旬”。"
    else:
        when = _joined(findings.dates)
        if when and when.start.year >= FIRST_YEAR and when.end.year <= today.year + 1:
            return when
        errors["date"] = "年份不对，请核对。" if when else "这里有几段时间，请分几行填写，每行一项活动。"
    return None


def _joined(dates: tuple[FoundDate, ...]) -> FoundDate | None:
    """Single days written apart (11月1日；11月8日) are one list of days; several spans are several activities."""
    if len(dates) == 1:
        return dates[0]
    if any(found.approximate or (found.start != found.end and not found.days) for found in dates):
        return None
    days = sorted({day for found in dates for day in (found.days or (found.start,))})
    return replace(dates[0], start=days[0], end=days[-1], days=tuple(days))


def _sessions(text: str, errors: dict[str, str]) -> int | None:
    digits = text.strip().removesuffix("场次").removesuffix("次").removesuffix("场")
    if not digits:
        return None
    if digits.isdecimal() and 1 <= int(digits) <= MOST_SESSIONS:
        return int(digits)
    errors["sessions"] = f"场次请填1到{MOST_SESSIONS}的数字。"
    return None


def read_people(text: str, errors: dict[str, str]) -> tuple[People, ...]:
    """Who took part and how many; what cannot be understood is told in ``errors`` under ``people``."""
    people: list[People] = []
    for part in (part.strip() for part in re.split(r"[；;\n]", text)):
        found, unread = _people_of(part)
        people += found
        if unread:
            errors.setdefault("people", f"没有看懂“{unread[:20]}”，请写成“师范生38人；教师72人次；共计200余人”。")
    return tuple(people)


def _people_of(part: str) -> tuple[list[People], str]:
    """The head counts of ``part``, and the first words that would be lost: nobody would notice that they were."""
    counts = find_head_counts(part)
    if not counts:
        return [], part
    people: list[People] = []
    unread: list[str] = []
    end = 0
    for count in counts:
        before = part[end : count.span[0]]
        if len(counts) > 1:
            *told, last = _CLAUSES.split(before)
            before = "，".join([*filter(_says_who, told), _LEADS.sub("", last.strip(_MARKS))])
        unread += [words for words in re.split(r"[，,。、]", before)[:-1] if _AMOUNT.search(words.strip())]
        after, end = _who_after(part, count)
        people.append(_person(count, before, after))
    unread += [words for words in _CLAUSES.split(part[end:]) if _says_who(words)]
    return people, unread[0].strip(_MARKS) if unread else ""


def _who_after(part: str, count: FoundHeadCount) -> tuple[str, int]:
    """Who stands behind the figure (``38名师范生``), and where that ends."""
    found = re.compile(r"\s*" + r"\s*".join(map(re.escape, count.who))).match(part, count.span[1])
    if found and count.who and _NAMED_AFTER.search(count.text):
        return count.who, found.end()
    return "", count.span[1]


def _says_who(words: str) -> bool:
    """Whether ``words`` tell of people, and not only what was done (参加培训)."""
    words = words.strip(_MARKS)
    return bool(words) and (not _DEED.match(words) or bool(_AMOUNT.search(words)))


def _person(count: FoundHeadCount, before: str, after: str) -> People:
    who = _TOTAL_BEFORE.sub("", before.strip()).strip("，、 ")
    who = (_LEADS.sub("", who) if after else who) + after
    exactness = "" if count.exactness == "exact" else count.exactness
    return People(who[:LONGEST_WHO], count.number, count.measure, exactness, count.total)
