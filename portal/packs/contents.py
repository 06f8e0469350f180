"""00 目录: what is in the pack with its counts, and a page of what is wanting and who lacks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.material import Scope
from portal.printing.circular import LOOKS, add_table
from portal.printing.word_styles import HEAD, LEFT, TEXT, Look, add_style, official_document, saved, writable
from portal.text.official import official_date

_HEADING = "一级标题"
COMPLETE = "本年度应有的材料没有发现缺项。"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents: a part, where it lies, how much it is about, how many files, what is wanting."""

    label: str
    folder: str
    count: int
    word: str
    files: int
    missing: Sequence[str]


def contents_docx(scope: Scope, listed: Sequence[Listed], lost: Sequence[str]) -> bytes:
    """The document. ``lost`` are files that the store does not hold any more, by their name in the pack."""
    title = f"{scope.unit.name}{scope.period.label}年终材料目录"
    document = official_document(title=title, author=scope.unit.name, day=scope.day)
    for look in (*LOOKS, Look(_HEADING, font=HEAD, align=LEFT, indent=2, keep_next=True, level=1)):
        add_style(document, look)
    document.add_paragraph(writable(title), style="通报标题")
    told = f"截至{official_date(scope.day)}，由{scope.user}制作，只收入制作人有权查看的内容。"
    document.add_paragraph(writable(told), style=TEXT)
    frame = ("报告框架", "01 报告框架", "1份", "1")
    rows = [frame, *((one.label, one.folder, _count(one), str(one.files)) for one in listed)]
    add_table(document, ("内容", "位置", "数量", "文件数"), rows)
    _missing(document, listed, lost)
    return saved(document)


def _count(one: Listed) -> str:
    return f"{one.count}{one.word}" if one.count else "无"


def _missing(document: Any, listed: Sequence[Listed], lost: Sequence[str]) -> None:
    add = document.add_paragraph
    add("缺项清单", style="通报标题").paragraph_format.page_break_before = True
    groups = [(one.label, one.missing) for one in listed if one.missing]
    if lost:
        groups.append(("服务器上没有找到的文件（请联系上传的单位补传）", list(lost)))
    if not groups:
        add(COMPLETE, style=TEXT)
    for number, (label, sentences) in enumerate(groups, 1):
        add(writable(f"{number}. {label}"), style=_HEADING)
        for sentence in sentences:
            add(writable(sentence), style=TEXT)
