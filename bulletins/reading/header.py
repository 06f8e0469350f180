"""The head of an issue: masthead, number, issuing office, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bulletins.reading.errors import UnreadableIssue
from bulletins.reading.lines import Line, NumberLabel, dated, number_label
from bulletins.reading.log import ReadingLog
from portal.text.numbers import read_number
from portal.text.official import parse_official_date

_TITLE = re.compile(r"(.*?)(工作动态|工作简报|工作通讯|工作专报|简报|动态|通讯|专报)")
_ABOVE = re.compile(r"内部|机密|秘密|特急|加急|注意|编号|No|NO|№|\d")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the red rule; ``strays`` are lines that belong to none of it."""

    masthead: str
    title: str
    label: str
    number: int
    year: int | None
    office: str
    issue_date: date
    strays: tuple[Line, ...]


def read_header(lines: list[Line], log: ReadingLog) -> Header:
    """Read the lines above the first section.

    Raises UnreadableIssue where masthead, number or date are missing or the date is none of the calendar.
    """
    at, label = _find_number(lines)
    masthead, title, above = _masthead(lines[:at], log)
    office, issue_date, below = _office_and_date(lines[at + 1 :], log)
    number = read_number(label.number)
    return Header(masthead, title, label.label, number, label.year, office, issue_date, (*above, *below))


def _find_number(lines: list[Line]) -> tuple[int, NumberLabel]:
    for at, line in enumerate(lines):
        label = number_label(line)
        if label is not None:
            return at, label
    raise UnreadableIssue("没有找到期号，请在刊头下面单独一行写明，如“第16期”或“〔2023〕第2期”，再重新导入。")


def _masthead(lines: list[Line], log: ReadingLog) -> tuple[str, str, list[Line]]:
    """Masthead, title and stray lines: the title ends the masthead's last line or has one of its own."""
    if not lines:
        raise UnreadableIssue(
            "没有找到刊头，请在期号上面写明，如“江西省高校与县域基础教育协同提质行动 工作动态”，再重新导入。"
        )
    at, before, title = _title(lines)
    upper = [line for line in lines[:at] if not _ABOVE.match(line.plain)]
    if len(upper) + bool(before) > 1:
        log.note(upper[0].number, "masthead put together from several lines")
    strays = [line for line in lines if line not in upper and line is not lines[at]]
    masthead = "".join(line.plain for line in upper) + before
    if not masthead:
        masthead, title = title, ""
        log.problem(lines[at].number, f"only one part of the masthead found: {masthead}")
    return masthead, title, strays


def _title(lines: list[Line]) -> tuple[int, str, str]:
    """Index of the line that holds the title, what stands before it there, and the title."""
    for at in range(len(lines) - 1, -1, -1):
        match = _TITLE.fullmatch(lines[at].plain)
        if match:
            return at, match[1], match[2]
    last = lines[-1]
    parts = last.raw.replace("**", "").rsplit(maxsplit=1)
    if len(lines) == 1 and len(parts) == 2:
        return 0, parts[0], parts[1]
    return len(lines) - 1, "", last.plain


def _office_and_date(lines: list[Line], log: ReadingLog) -> tuple[str, date, list[Line]]:
    office: Line | None = None
    office_text = ""
    issue_date: date | None = None
    strays: list[Line] = []
    for line in lines:
        found = dated(line) if issue_date is None else None
        if found is not None and not (found[0] and office):
            office_text = found[0] or office_text
            issue_date = official(found[1], "成文日期")
        elif office is None and issue_date is None and not office_text:
            office, office_text = line, line.plain
        elif not office_text:
            office_text = line.plain
            log.note(line.number, "issuing office found below the date")
        else:
            strays.append(line)
    if issue_date is None:
        raise UnreadableIssue("没有找到成文日期，请在编发单位后面写明，如“2024年11月18日”，再重新导入。")
    return office_text, issue_date, strays


def official(text: str, what: str) -> date:
    """The date that ``text`` names; raises UnreadableIssue, naming ``what``, where there is no such day."""
    try:
        value = parse_official_date(text)
    except ValueError:
        value = None
    if value is None:
        raise UnreadableIssue(f"{what}“{text}”在日历上不存在，请改正后重新导入。")
    return value
