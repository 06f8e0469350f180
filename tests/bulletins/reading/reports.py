"""Reports and what a reader finds in them by hand: entries of the real issues where at hand, and our own always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletins.reading import KnownBatch, KnownKind, KnownUnit, read_issue
from tests.bulletins.reading.issues import SAMPLES

UNIT_NAMES = (
    ("江西师范大学", "江西师大"),
    ("江西科技师范大学",),
    ("井冈山大学",),
    ("豫章师范学院",),
    ("九江学院",),
    ("宜春学院",),
    ("湖口县",),
    ("瑞昌市", "瑞昌"),
    ("青原区",),
    ("安义县",),
    ("红谷滩区",),
    ("上高县",),
    ("萍乡市",),
    ("青石县", "青石"),
)
UNITS = tuple(KnownUnit(at, names) for at, names in enumerate(UNIT_NAMES, start=1))
KINDS = (
    KnownKind(1, "联合教研", ("教研活动",)),
    KnownKind(2, "座谈会", ("座谈",)),
    KnownKind(3, "专题讲座", ("讲堂", "报告")),
    KnownKind(4, "送教下乡", ("送教",)),
    KnownKind(5, "培训"),
    KnownKind(6, "授牌启动", ("授牌", "启动会")),
    KnownKind(7, "制度文件印发", ("印发",)),
    KnownKind(8, "成果汇报"),
)
BATCHES = (KnownBatch(1, "打造一批优质学校", ("优质学校",)), KnownBatch(2, "建立一批教研联合体", ("教研联合体",)))


@dataclass(frozen=True)
class Fact:
    """One activity: first day, last day, sessions, place, kind, and (number, measure, exactness) of its people."""

    start: date
    end: date
    sessions: int = 1
    place: str = ""
    kind: int | None = None
    people: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """A report, the day it came in, and the facts told by hand."""

    title: str
    text: str
    today: date
    facts: tuple[Fact, ...]


def _day(month: int, day: int, year: int = 2024) -> date:
    return date(year, month, day)


_WINTER = Report(
    "江西科技师范大学为青石县开展系列送教",
    "江西科技师范大学为青石县开展系列送教。12月28日至30日，专家团队先后三次前往青石县第一小学开展联合教研，"
    "12名师范生、教师代表 45 人次参与。1月3日和6日，学校在青石县教育体育局举行座谈会，校长、教研员等30多人参会。"
    "6日下午，启动会召开，共计110余人参加。下一步，双方将于3月1日续签协议。",
    _day(1, 8, 2025),
    (
        Fact(_day(12, 28), _day(12, 30), 3, "青石县第一小学", 1, ((12, "人", "exact"), (45, "人次", "exact"))),
        Fact(_day(1, 3, 2025), _day(1, 6, 2025), 2, "青石县教育体育局", 2, ((30, "人", "多"),)),
        Fact(_day(1, 6, 2025), _day(1, 6, 2025), 1, "", 6, ((110, "人", "余"),)),
    ),
)

_REAL_FACTS: dict[str, tuple[Fact, ...]] = {
    "豫章师范学院赴": (
        Fact(_day(10, 23), _day(10, 30), 2, "安义县幼儿园", None, ((38, "人", "exact"), (72, "人次", "exact"))),
        Fact(_day(10, 25), _day(10, 25), 1, "红谷滩区云溪幼儿园", None, ((7, "人", "exact"), (24, "人", "exact"))),
        Fact(_day(11, 1), _day(11, 1), 1, "红谷滩区第二小学"),
    ),
    "江西科技师范大学": (
        Fact(_day(10, 28), _day(10, 31), 1, "萍乡市", 5),
        Fact(_day(11, 5), _day(11, 5), 1, "红谷滩区实验学校", None, ((11, "人", "exact"),)),
        Fact(_day(11, 7), _day(11, 7), 1, "", 8),
    ),
    "九江学院赴": (
        Fact(_day(11, 1), _day(11, 8), 2, "湖口县教体局和瑞昌市教育局", 2, ((20, "人", "多"),)),
        Fact(_day(11, 7), _day(11, 7), 1, "瑞昌市", 3, ((200, "人", "余"),)),
    ),
    "上高县开展": (
        Fact(_day(10, 31), _day(10, 31)),
        Fact(_day(10, 21), _day(11, 8), 17, "", 4),
        Fact(_day(11, 8), _day(11, 8), 1, "", 6, ((120, "人", "exact"),)),
    ),
    "井冈山大学在": (
        Fact(_day(10, 28), _day(10, 28), 1, "青原区幼儿园教育集团", 1),
        Fact(_day(10, 30), _day(10, 30), 1, "井冈山大学附属中学", 6),
        Fact(_day(10, 30), _day(10, 30), 1, "", 3),
    ),
    "宜春学院组织": (
        Fact(_day(11, 1), _day(11, 1), 1, "靖安县"),
        Fact(_day(11, 2), _day(11, 2), 1, "上高县", 5, ((4, "人", "exact"), (200, "人", "余"))),
    ),
    "安义县举办": (Fact(_day(11, 2), _day(11, 2), 1, "", 3, ((300, "人", "余"),)),),
    "江西师范大学召开": (Fact(_day(11, 11), _day(11, 11), 1, "", None, ((50, "人", "余"),)),),
    "2023年11月15日": (Fact(_day(11, 15, 2023), _day(11, 16, 2023), 1, "", 5, ((190, "人", "余"),)),),
}


def entry_texts() -> list[tuple[str, date]]:
    """Every entry of every issue at hand as one text, with the date of its issue."""
    issues = [read_issue(sample.source, filename="a.txt").content for sample in SAMPLES]
    return [
        (entry.lead + "\n".join(entry.paragraphs), issue.issue_date)
        for issue in issues
        for section in issue.sections
        for entry in section.entries
    ]


def _reports() -> list[Report]:
    found = [
        Report(start, text, today, facts)
        for text, today in entry_texts()
        for start, facts in _REAL_FACTS.items()
        if text.startswith(start)
    ]
    return [_WINTER, *found]


REPORTS = _reports()
