"""How dates and numbers are written (GB/T 15835-2011; GB/T 9704-2012 7.3.5.4)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bulletins.checking.facts import FIELDS, CheckedText, Field, Spot, Surroundings, Weight
from portal.text.numbers import read_number

_FIGURES = "〇零○一二三四五六七八九"
_CHINESE_YEAR = re.compile(
    rf"[{_FIGURES}]{{4}}年(?:[一二三四五六七八九十]{{1,3}}月(?:[一二三四五六七八九十]{{1,3}}日)?)?"
)
_CHINESE_DAY = re.compile(r"(?<![一二三四五六七八九十年])[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日")
_PARTS = re.compile(rf"[{_FIGURES}十]+(?=[年月日])")
_DOTTED = re.compile(r"(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_SHORT_YEAR = re.compile(r"(?<![\d第])(\d{2})年(?=\d{1,2}月)")
_NOUGHT = re.compile(r"(?<!\d)0(?=\d(?:月|日))")
_DAY_BY_NUMBER = re.compile(r"(?<=月)(\d{1,2})号(?![楼院厅馆室线文])")
_DAY = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")
_SPAN = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日?(?:至|到|[-—～~])(?:(\d{1,2})月)?(\d{1,2})日")
_WEEKDAY = re.compile(r"[（(](?:星期|周)([一二三四五六日天])[）)]")
_WEEKDAYS = "一二三四五六日"
_TWICE_ABOUT = re.compile(
    r"(?:大约|约|近|超过|超|逾)(?=\d{1,9}(?:余|多)[个名位人次所场件篇项]|[一二三四五六七八九十百千万]{1,6}(?:余|多)[个名位人次所场件篇项])"
)
_ABOUT_AND_ABOUT = re.compile(r"(?:约|近|大约)\d{1,9}[个名位人次所场件篇项]{1,2}(左右|上下)")
_MORE_TWICE = re.compile(r"(?<=\d)(余多|多余)(?=[个名位人次所场])")
_PERCENT_RANGE = re.compile(r"(?<![\d.%])(\d{1,3}(?:\.\d{1,2})?)(?=[-—~～至]\d{1,3}(?:\.\d{1,2})?[%％])")
_CHINESE_COUNT = re.compile(
    r"(?<![第几数每近约上一二三四五六七八九十百千万〇零两])([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]百[〇零一二三四五六七八九十]{0,4})(?=(?:名|人次|位|所|场次)(?![义单家]))"
)


def dates(one: CheckedText, around: Surroundings) -> Iterator[Spot]:
    """Dates in another form than 2024年11月18日, and days that no calendar has."""
    for field in FIELDS:
        text = one.field(field)
        for match in (*_CHINESE_YEAR.finditer(text), *_CHINESE_DAY.finditer(text)):
            yield Spot(field, *match.span(), "公历年月日用阿拉伯数字（GB/T 15835-2011 4.1）。", _in_figures(match[0]))
        for match in _DOTTED.finditer(text):
            year, month, day = int(match[1]), int(match[3]), int(match[4])
            if _exists(year, month, day):
                yield Spot(field, *match.span(), "日期写成年月日的形式。", f"{year}年{month}月{day}日")
        for match in _SHORT_YEAR.finditer(text):
            full = around.reference.year // 100 * 100 + int(match[1])
            fix = f"{full}年" if full <= around.reference.year + 1 else None
            yield Spot(field, *match.span(), "年份不简写（GB/T 15835-2011 5.1.4）。", fix)
        for match in _NOUGHT.finditer(text):
            yield Spot(field, *match.span(), "月、日不加虚位0（GB/T 9704-2012 7.3.5.4）。", "")
        for match in _DAY_BY_NUMBER.finditer(text):
            yield Spot(field, *match.span(), "书面写“日”，不写“号”。", f"{match[1]}日", Weight.HINT)


def calendar(one: CheckedText, around: Surroundings) -> Iterator[Spot]:
    """Days that do not exist, weekdays that do not fit their day, spans that end before they begin."""
    for field in FIELDS:
        text = one.field(field)
        for match in _DAY.finditer(text):
            year = int(match[1]) if match[1] else around.reference.year
            if not _exists(year, int(match[2]), int(match[3])):
                yield Spot(field, *match.span(), f"“{match[0]}”在日历上不存在。")
        yield from _weekdays(field, text, around)
        yield from _spans(field, text)


def _weekdays(field: Field, text: str, around: Surroundings) -> Iterator[Spot]:
    if not _WEEKDAY.search(text):
        return
    found = {day.span[1]: day for day in around.dates(text)}
    for match in _WEEKDAY.finditer(text):
        day = found.get(match.start())
        named = match[1].replace("天", "日")
        if day is None or day.approximate or _WEEKDAYS[day.end.weekday()] == named:
            continue
        why = f"{day.end.year}年{day.end.month}月{day.end.day}日是星期{_WEEKDAYS[day.end.weekday()]}。"
        yield Spot(field, *match.span(), why)


def _spans(field: Field, text: str) -> Iterator[Spot]:
    for match in _SPAN.finditer(text):
        month, day, last_month, last_day = (int(part) if part else 0 for part in match.groups())
        wraps_year = last_month and month >= 11 and last_month <= 2
        if not wraps_year and (last_month or month, last_day) < (month, day):
            yield Spot(field, *match.span(), "结束日期早于开始日期。")


def numbers(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Approximations said twice, ranges of per cent, head counts in Chinese figures."""
    for field in FIELDS:
        text = one.field(field)
        for match in _TWICE_ABOUT.finditer(text):
            yield Spot(field, *match.span(), f"“{match[0]}”与后面的“余”“多”重复。", "")
        for match in _ABOUT_AND_ABOUT.finditer(text):
            yield Spot(field, match.start(1), match.end(1), f"前面已说大概，“{match[1]}”重复。", "")
        for match in _MORE_TWICE.finditer(text):
            yield Spot(field, *match.span(), "“余”“多”用一个。", "余")
        for match in _PERCENT_RANGE.finditer(text):
            yield Spot(field, *match.span(), "百分数的范围，前后都写%（GB/T 15835-2011 5.1.3）。", f"{match[1]}%")
        for match in _CHINESE_COUNT.finditer(text):
            fix = _value(match[1])
            if fix and not text[match.end(1) :].startswith(("多", "余")):
                yield Spot(
                    field, *match.span(1), "统计人数、次数用阿拉伯数字（GB/T 15835-2011 4.1.1）。", fix, Weight.HINT
                )


def _in_figures(text: str) -> str | None:
    try:
        return _PARTS.sub(lambda match: str(read_number(match[0])), text)
    except ValueError:
        return None


def _value(text: str) -> str | None:
    try:
        return str(read_number(text))
    except ValueError:
        return None


def _exists(year: int, month: int, day: int) -> bool:
    return date.min.year <= year <= date.max.year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
