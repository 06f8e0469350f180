"""Marks: half and full width, blanks, pairs, marks in a row, stops at the end (GB/T 15834-2011)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bulletins.checking.facts import FIELDS, CheckedText, Field, Spot, Surroundings, Weight
from bulletins.checking.zones import joined, touches
from portal.text.structure import blocks

_HAN = "\u3400-\u9fff"
_CHINESE = f"{_HAN}，。；：！？、“”‘’（）《》〈〉【】…—"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF = re.compile(r"[,;:?!()][ \u3000]{0,4}")
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_ADDRESS = re.compile(
    r"(?<![\w.+-])(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://[!-~]{1,300}|[\w.+-]{1,64}@[\w.-]{1,100}|www\.[!-~]{1,200})",
    re.ASCII,
)
_HALF_STOP = re.compile(rf"(?<=[{_HAN}”）])\.(?=\s|$|[{_HAN}])")
_FULL_CHARACTERS = re.compile("[０-９Ａ-Ｚａ-ｚ％．]+")
_BLANKS = re.compile(
    rf"(?<=[{_CHINESE}])[ \u3000\t\u00a0]+(?=[{_CHINESE}0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \u3000\t\u00a0]+(?=[{_CHINESE}])"
)
_ROW = re.compile("[，。；：、！？]{2,}")
_FIRST_MARK = re.compile("(?:^|(?<=\n))[，。；：、！？）》〉”]")
_LISTED = re.compile("(?<=[”》])、(?=[“《])")
_ENDS = "。！？…”）：；"
_LEAD_ENDS = "。！？…”：）"
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "「": "」", "『": "』"}
_LONGEST_PAIR = 500  # a longer one is left to a person
_OPENING = {close: opening for opening, close in _PAIRS.items()}
_SAME = {"(": "（", ")": "）"}  # width is another rule's business
#: What a pair becomes where it stands inside one of its own kind, or where the inner kind stands alone.
_INNER = {"《": "〈〉", "“": "‘’"}
_OUTER = {"〈": "《》"}


def width(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Half-width marks beside Chinese, full-width figures and letters."""
    for field in FIELDS:
        text = one.field(field)
        addresses = joined(match.span() for match in _ADDRESS.finditer(text))
        for match in _HALF.finditer(text):
            start, end = match.span()
            if _beside_chinese(text, start, end) and not touches(addresses, start, end):
                yield Spot(field, start, end, "中文里用全角标点。", _FULL[match[0][0]])
        for match in _HALF_STOP.finditer(text):
            yield Spot(field, *match.span(), "中文里用全角句号。", "。")
        for match in _FULL_CHARACTERS.finditer(text):
            yield Spot(field, *match.span(), "数字和字母用半角。", unicodedata.normalize("NFKC", match[0]))
        yield from _straight_quotes(field, text)


def _beside_chinese(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \u3000")[-1:]
    after = text[end : end + 1]
    if text[start] in ",:" and before.isdecimal() and after.isdecimal():
        return False
    return bool(_IS_CHINESE.match(before) or _IS_CHINESE.match(after))


def _straight_quotes(field: Field, text: str) -> Iterator[Spot]:
    at = 0
    for line in text.split("\n"):
        places = [place for place, char in enumerate(line) if char == '"']
        for number, place in enumerate(places):
            if _IS_CHINESE.search(line[max(0, place - 1) : place + 2]):
                fix = "“”"[number % 2] if len(places) % 2 == 0 else None
                yield Spot(field, at + place, at + place + 1, "中文里用弯引号“”。", fix)
        at += len(line) + 1


def blanks(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Blanks that type-setting left between Chinese characters, or between these and figures."""
    for field in FIELDS:
        for match in _BLANKS.finditer(one.field(field)):
            yield Spot(field, *match.span(), "汉字之间、汉字与数字之间不空格。", "")


def pairs(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Quotes and brackets that lack their other half, stand wrongly inside each other, or hold nothing."""
    for field in FIELDS:
        at = 0
        for line in one.field(field).split("\n"):
            yield from _pairs_of(field, line, at)
            at += len(line) + 1


def _pairs_of(field: Field, line: str, at: int) -> Iterator[Spot]:
    opened: list[tuple[str, int]] = []
    depth: Counter[str] = Counter()
    for place, raw in enumerate(line):
        mark = _SAME.get(raw, raw)
        if mark in _PAIRS:
            opened.append((mark, place))
            depth[mark] += 1
        elif mark in _OPENING and not _is_apostrophe(line, place):
            opening = _OPENING[mark]
            if not depth[opening]:
                yield Spot(field, at + place, at + place + 1, f"“{raw}”前面没有配对的“{opening}”。")
                continue
            while opened[-1][0] != opening:
                yield _lone(field, at, *opened[-1])
                depth[opened.pop()[0]] -= 1
            _, start = opened.pop()
            depth[opening] -= 1
            wrong = _closed(line[start : place + 1] if place - start < 3 else "", opening, opened, depth)
            if wrong:
                marks = wrong[1]
                fix = marks[0] + line[start + 1 : place] + marks[1] if marks and place - start < _LONGEST_PAIR else None
                yield Spot(field, at + start, at + place + 1, wrong[0], fix)
    for mark, place in opened:
        yield _lone(field, at, mark, place)


def _lone(field: Field, at: int, mark: str, place: int) -> Spot:
    return Spot(field, at + place, at + place + 1, f"“{mark}”没有配对的“{_PAIRS[mark]}”。")


def _closed(short: str, mark: str, around: list[tuple[str, int]], depth: Counter[str]) -> tuple[str, str] | None:
    """What is wrong with a pair of ``mark`` inside the open marks ``around``, and the marks it should have.

    ``short`` is the pair itself where it is next to empty.
    """
    if short and not short[1:-1].strip():
        return "括号或引号里没有内容。", ""
    if mark in _INNER and around and around[-1][0] == mark and depth[mark] % 2 == 1:
        marks = _INNER[mark]
        return f"{mark}{_PAIRS[mark]}里面再用时写成{marks}（GB/T 15834-2011 4.8、4.15）。", marks
    if mark in _OUTER and not depth["《"] and not depth["〈"]:
        marks = _OUTER[mark]
        return f"〈〉只用在《》里面，单独用时写成{marks}。", marks
    return None


def _is_apostrophe(line: str, place: int) -> bool:
    return line[place] == "’" and line[place - 1 : place].isascii() and place > 0


def rows(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Marks in a row, a paragraph that begins with a mark, 、 between quotes or titles."""
    for field in FIELDS:
        text = one.field(field)
        for match in _ROW.finditer(text):
            marks = set(match[0])
            if not marks <= {"！", "？"}:
                yield Spot(field, *match.span(), "标点重复。", match[0][0] if len(marks) == 1 else None)
        for match in _FIRST_MARK.finditer(text):
            yield Spot(field, *match.span(), "段首不应是这个标点，可能缺字。")
        for match in _LISTED.finditer(text):
            why = "并列的引号之间、书名号之间通常不用顿号（GB/T 15834-2011 4.5.3.5）。"
            yield Spot(field, *match.span(), why, "", Weight.HINT)


def stops(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """A lead or a paragraph without a mark at its end: a stop was forgotten, or words were lost."""
    lead = one.lead.rstrip()
    if lead and lead[-1] not in _LEAD_ENDS:
        yield Spot("lead", len(lead) - 1, len(lead), "导语末尾缺少句号。", lead[-1] + "。")
    at = 0
    for line in one.text.split("\n"):
        bare = line.rstrip(" \u3000")
        if bare and bare[-1] not in _ENDS and blocks(line)[0].kind == "paragraph" and not _is_heading(bare):
            last = at + len(bare) - 1
            fix = None if bare[-1] in "，、" else bare[-1] + "。"
            yield Spot("text", last, last + 1, "段末缺少标点，可能缺字。", fix)
        at += len(line) + 1


def _is_heading(line: str) -> bool:
    return len(line) < 15 and not re.search("[，。；]", line)
