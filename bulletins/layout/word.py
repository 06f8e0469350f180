"""An issue as an editable Word file with the look of the print.

No code is printed in it: the code vouches for the final file, and this one is made to be changed.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from bulletins.content import EntryContent, IssueContent
from portal.printing.page import TEXT_WIDTH
from portal.printing.word_styles import (
    CENTRE,
    HEAD,
    KAI,
    LEFT,
    TEXT,
    TITLE,
    Look,
    add_character_style,
    add_style,
    official_document,
    put_in_order,
    saved,
    writable,
)
from portal.text.official import official_date

from .setting import (
    IMPRINT_SIZE,
    ORIGIN_SIZE,
    PROGRAMME_SIZE,
    TITLE_SIZE,
    TITLE_SPACING,
    beside_size,
    ems,
    head_level,
    programme_size,
    title_size,
)
from .word_box import put_into_box, rules

LEAD, IMPRINT, END = "导语", "版记", "文末"
IMPRINT_LINE = 24
#: Where the day of printing is still to be written.
NO_DAY_YET = "　　年　月　日"
_LOOKS = (
    Look("报头", font=TITLE, size=PROGRAMME_SIZE, align=CENTRE, line=36, red=True, before=6),
    Look("刊名", font=TITLE, size=TITLE_SIZE, align=CENTRE, line=92, red=True),
    Look("期号", align=CENTRE, line=52),
    Look("编印单位和日期", align=LEFT, before=10, after=28),
    Look("栏目", font=HEAD, align=LEFT, keep_next=True, level=1),
    Look("条目", indent=2),
    Look("条内一级标题", font=HEAD, indent=2, keep_next=True, level=2),
    Look("条内二级标题", font=KAI, indent=2, keep_next=True, level=3),
    Look(IMPRINT, size=IMPRINT_SIZE, align=LEFT, line=IMPRINT_LINE),
    Look(END, size=1, line=1),
)
_HEADS = {0: TEXT, 1: "条内一级标题", 2: "条内二级标题"}
#: One character of room inside the red rule.
_INSET = 16.0


def issue_docx(issue: IssueContent) -> bytes:
    """The issue as a .docx: masthead, sections, ★ entries, imprint at the foot of the last page."""
    title = f"{issue.masthead}{issue.title}{issue.label}"
    document = official_document(title=title, author=issue.office, day=issue.printed_on or issue.issue_date)
    for look in _LOOKS:
        add_style(document, look)
    add_character_style(document, LEAD)
    rules(document.styles["编印单位和日期"], below=18, colour="E60012")
    _masthead(document, issue)
    for section in issue.sections:
        _paragraph(document, "栏目", f"【{section.name}】")
        for entry in section.entries:
            _entry(document, entry)
    _imprint(document, issue)
    return saved(document)


def _paragraph(holder: Any, style: str, text: str = "") -> Any:
    return holder.add_paragraph(writable(text), style=style)


def _masthead(document: Any, issue: IssueContent) -> None:
    """Programme and title in red, the number, then office and day above the red rule."""
    programme = _paragraph(document, "报头", issue.masthead)
    _shrink(programme, programme_size(issue.masthead), PROGRAMME_SIZE)
    title = _paragraph(document, "刊名", issue.title)
    size = title_size(issue.title)
    _shrink(title, size, TITLE_SIZE)
    for run in title.runs:
        _spread(run, size * TITLE_SPACING)
    _paragraph(document, "期号", issue.label)
    day = official_date(issue.issue_date)
    origin = _paragraph(document, "编印单位和日期", issue.office)
    _shrink(origin, beside_size(issue.office, ORIGIN_SIZE, day), ORIGIN_SIZE)
    shape = origin.paragraph_format
    shape.tab_stops.add_tab_stop(Pt(TEXT_WIDTH - _INSET), WD_TAB_ALIGNMENT.RIGHT)
    # The rule is as wide as the text, so the inset is made of a blank and not of an indent.
    origin.runs[0].text = f"\u3000{origin.runs[0].text}"
    origin.add_run(f"\t{day}")


def _entry(document: Any, entry: EntryContent) -> None:
    """One ★ item; the lead is bold, and the first paragraph runs on behind it."""
    first, *others = entry.paragraphs or ("",)
    opening = document.add_paragraph(style="条目")
    if entry.lead:
        opening.add_run(writable(f"★{entry.lead}"), style=LEAD).bold = True
        opening.add_run(writable(first))
    else:
        opening.add_run(writable(f"★{first}"))
    for text in others:
        _paragraph(document, _HEADS[head_level(text)], text)


def _imprint(document: Any, issue: IssueContent) -> None:
    """版记 (GB/T 9704-2012, 7.4): a text box at the foot of the last page, rules around, a thin one between.

    It hangs on a paragraph of its own, one point high: on the page where the text ends, unless that is full.
    """
    readers = [f"{word}：{text}" for word, text in (("报", issue.report_to), ("送", issue.copy_to)) if text.strip()]
    day = official_date(issue.printed_on) if issue.printed_on else NO_DAY_YET
    readers_rows = [_paragraph(document, IMPRINT, text) for text in readers]
    for row in readers_rows:
        shape = row.paragraph_format
        shape.left_indent, shape.first_line_indent = Pt(3 * IMPRINT_SIZE), Pt(-2 * IMPRINT_SIZE)
        shape.right_indent = Pt(IMPRINT_SIZE)
    last = _paragraph(document, IMPRINT, issue.office)
    _shrink(last, beside_size(issue.office, IMPRINT_SIZE, f"{day}印发"), IMPRINT_SIZE)
    last.paragraph_format.left_indent = Pt(IMPRINT_SIZE)
    last.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH - IMPRINT_SIZE), WD_TAB_ALIGNMENT.RIGHT)
    last.add_run(f"\t{day}印发")
    rows = [_rule(document, 8), *readers_rows, *([_rule(document, 6)] if readers else []), last, _rule(document, 8)]
    height = sum(_lines_of(text) for text in readers) * IMPRINT_LINE + IMPRINT_LINE + 8
    put_into_box(_paragraph(document, END), rows, width=TEXT_WIDTH, height=height)


def _rule(document: Any, eighths: int) -> Any:
    """A rule as wide as the text, on a paragraph of its own: those of text are set in from the edge."""
    paragraph = _paragraph(document, END)
    rules(paragraph, below=eighths)
    return paragraph


def _lines_of(text: str) -> int:
    """How many rows of the imprint a text fills: its first begins at the edge, the others under the names."""
    return max(1, ceil((ems(text) - 2) * IMPRINT_SIZE / (TEXT_WIDTH - 4 * IMPRINT_SIZE)))


def _shrink(paragraph: Any, size: float, usual: float) -> None:
    """Set a text that is too long for its row smaller than its style."""
    if size < usual:
        for run in paragraph.runs:
            run.font.size = Pt(round(size * 2) / 2)


def _spread(run: Any, points: float) -> None:
    """Room behind every character."""
    spacing = f'<w:spacing {nsdecls("w")} w:val="{round(points * 20)}"/>'
    put_in_order(run._r.get_or_add_rPr(), parse_xml(spacing))
