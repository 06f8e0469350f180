"""A 学期确认单 as an official Word document, as it was submitted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pilots.models import ProgressReport, ProgressVersion
from pilots.models.progress import WORDS
from portal.printing.circular import LOOKS
from portal.printing.word_styles import HEAD, LEFT, TEXT, Look, add_style, official_document, saved, writable
from portal.text.numbers import numeral
from portal.text.official import official_date

_HEADING = "一级标题"
NOTHING = "本期没有记录。"


def progress_docx(report: ProgressReport, version: ProgressVersion | None) -> bytes:
    """Sections with their lines and figures, then the unit's own words, from the content frozen in ``version``."""
    day = timezone.localdate(report.confirmed_at or report.submitted_at)
    title = f"{report.unit.name}{report.period.label}确认单"
    document = official_document(title=title, author=report.unit.name, day=day)
    for look in (*LOOKS, Look(_HEADING, font=HEAD, align=LEFT, indent=2, keep_next=True, level=1)):
        add_style(document, look)
    document.add_paragraph(writable(title), style="通报标题")
    content: dict[str, Any] = version.content if version else {"sections": [], "words": {}}
    parts = [(section["label"], _section(section)) for section in content["sections"]]
    parts += [(label, [content["words"].get(name) or "未填写。"]) for name, label in WORDS.items()]
    for number, (heading, lines) in enumerate(parts, 1):
        document.add_paragraph(writable(f"{numeral(number)}、{heading}"), style=_HEADING)
        for line in lines:
            document.add_paragraph(writable(line), style=TEXT)
    for line in (report.unit.name, f"{official_date(day)}确认" if report.confirmed_at else official_date(day)):
        document.add_paragraph(writable(line), style="落款")
    return saved(document)


def _section(section: dict[str, Any]) -> list[str]:
    figures = "，".join(f"{one['label']}{one['value']}{one['unit']}" for one in section["figures"])
    lines = [line["text"] for line in section["lines"]] or [NOTHING]
    return [*([f"{figures}。"] if figures else []), *lines]
