"""``script/bench search``: how long the database takes to search 200,000 reports, against reading them all.

The searches go the way of the page 查找: all its statements, with what the reader may see, counts of every kind and
fifty finds; only the database's time is counted.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db.models import Q

from script.house.bench_reports import fill

ROWS = 200_000
ROUNDS = 3
SCANS = 12
#: Pages that are asked for.
PAGES = (1, 1, 1, 3)

#: What is looked for: in nearly all texts, in many, in some, in few, in none; short and long words, a spelling.
QUERIES = (
    "协同 提质 教师 活动 学校 开展 课 备课 教研 讲座 座谈 数学 物理 书法 同课异构 联合教研 走教 支教 家访 校长 园长 "
    "皮影 傩舞 陨石 候鸟 漆器 协同提质 單元整體設計 命题研究 青山 云溪学院 qsxy 赵晨曦 钱雨桐 孙立群 量子 海啸 鲸"
)
PAIRS = ("青山 物理", "教师 傩舞", "协同 机器人", "活动 陨石", "走教 音乐", "集体备课 数学 青年教师", '"每月轮流"')


def bench_search() -> dict[str, Any]:
    """Fill the database, search it, and scan it for some of the same words.

    ``p95_ms`` is over all searches, of an editor who sees every report, of an officer who sees his unit's, with and
    without filters. ``scan_over_index`` is the median over words of the scan's time divided by the search's.
    """
    begun = time.perf_counter()
    people = fill(ROWS)
    filled = time.perf_counter() - begun
    searches = _searches(people)
    for search in searches:
        search()  # once uncounted: the pages of the index that everybody uses are in memory
    times = [_milliseconds(search) for _ in range(ROUNDS) for search in searches]
    ratios = [scan / max(index, 0.01) for index, scan in _against_scans(people[0])]
    return {
        "rows": ROWS,
        "p95_ms": round(statistics.quantiles(times, n=100)[94], 1),
        "scan_over_index": round(statistics.median(ratios), 1),
        "median_ms": round(statistics.median(times), 1),
        "longest_ms": round(max(times), 1),
        "searches": len(times),
        "fill_seconds": round(filled),
    }


def _searches(people: Sequence[Any]) -> list[Callable[[], None]]:
    """Every word for both readers, some narrowed by a unit, a period or a state, some further down the pages."""
    from portal.search.finding import arms_for, find
    from portal.search.keys import Period
    from portal.text.wanted import read_query

    unit = str(people[1].posts_today[0].unit_id)
    narrowed: list[tuple[dict[str, str], Period]] = [
        ({}, Period()),
        ({}, Period(date(2023, 1, 1), date(2023, 6, 30))),
        ({"unit": unit}, Period()),
        ({"state": "report:declined"}, Period()),
    ]

    def search(user: Any, query: str, filters: dict[str, str], period: Period, page: int) -> Callable[[], None]:
        return lambda: _find(user, query, filters, period, page)

    def _find(user: Any, query: str, filters: dict[str, str], period: Period, page: int) -> None:
        find(arms_for(user, filters), read_query(query), period=period, page=page, size=50)

    found = []
    for number, query in enumerate((*QUERIES.split(), *PAIRS)):
        for user in people:
            found.append(search(user, query, {}, Period(), PAGES[number % len(PAGES)]))
            found.append(search(user, query, *narrowed[number % len(narrowed)], 1))
    return found


def _against_scans(editor: Any) -> Iterator[tuple[float, float]]:
    """Milliseconds of a search in reports with the index, and of reading every text that the editor may see.

    Both give a page and a count; the scan's count is of all finds, as a list without an index has it.
    """
    from bulletins.queries.submission import submissions_for
    from portal.search.finding import arms_for, find
    from portal.search.keys import Period
    from portal.text.wanted import read_query

    words = [query for number, query in enumerate(QUERIES.split()) if number % 3 == 0][:SCANS]
    for word in words:

        def search(word: str = word) -> None:
            arms = [arm for arm in arms_for(editor, {}) if arm.source.name == "report"]
            find(arms, read_query(word), period=Period(), page=1, size=50)

        def scan(word: str = word) -> None:
            rows = submissions_for(editor).filter(Q(text__contains=word) | Q(title__contains=word))
            rows.count()
            list(rows.order_by("-submitted_at")[:50])

        yield min(_milliseconds(search) for _ in range(ROUNDS)), _milliseconds(scan)


def _milliseconds(search: Callable[[], None]) -> float:
    """The time that the database takes for all statements of ``search``."""
    with _timed() as times:
        search()
    return sum(times) * 1000


@contextmanager
def _timed() -> Iterator[list[float]]:
    from django.db import connection

    times: list[float] = []

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            times.append(time.perf_counter() - begun)

    with connection.execute_wrapper(run):
        yield times
