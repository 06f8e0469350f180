"""A case (典型案例) in print and in Word: title, lines about it, parts with their heads (GB/T 9704-2012, 7.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.text.digest import digest_of
from portal.text.official import official_date
from portal.text.structure import blocks

if TYPE_CHECKING:
    from portal.printing.fonts import FontSet
    from portal.printing.sheets import Sheets

_STYLES = Path(__file__).with_name("case.css")
#: Kinds of block as the style sheet and the styles in Word call them.
_CLASSES = {"heading1": "head", "heading2": "second", "heading3": "third", "item": "text", "paragraph": "text"}


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What is set: ``facts`` are lines of label and words, ``text`` all parts under their headings."""

    title: str
    facts: tuple[tuple[str, str], ...]
    text: str
    office: str
    day: date

    @property
    def digest(self) -> str:
        """Names exactly these words; the day aside, on which they were put into the library."""
        return digest_of(asdict(self) | {"day": ""})


def case_pdf(content: CaseContent, *, fonts: FontSet) -> Sheets:
    """Print it; the same content and fonts give the same bytes. Loads the printing machinery: a worker's errand."""
    from portal.printing.sheets import print_sheets, setter

    text = setter(fonts)
    faces = {"head": fonts.head, "second": fonts.kai}
    lines = "".join(f"<p class='fact'>{text(f'{label}：{words}')}</p>" for label, words in content.facts)
    body = "".join(
        f"<p class='{escape(kind)}'>{text(words, faces.get(kind))}{text(run_on)}</p>"
        for kind, words, run_on in _lines(content)
    )
    foot = f"<p class='foot'>{text(f'{content.office}　{official_date(content.day)}收入案例库')}</p>"
    return print_sheets(
        f"<h1>{text(content.title, fonts.title)}</h1><div class='facts'>{lines}</div>{body}{foot}",
        styles=_STYLES,
        title=content.title,
        author=content.office,
        day=content.day,
        fonts=fonts,
    )


def case_docx(content: CaseContent) -> bytes:
    """The case as an editable .docx with the look of an official document."""
    from portal.printing.word_styles import official_document, saved

    document = official_document(title=content.title, author=content.office, day=content.day)
    _fill(document, content)
    return saved(document)


def _lines(content: CaseContent) -> Iterator[tuple[str, str, str]]:
    """Each paragraph of the text: what it is, its words, and what follows a head in its line."""
    for block in blocks(content.text):
        yield _CLASSES[block.kind], block.text, block.run_on


def _fill(document: Any, content: CaseContent) -> None:
    from portal.printing.word_styles import CENTRE, HEAD, KAI, LEFT, RIGHT, TEXT, TITLE, Look, add_style, writable

    looks = {
        "案例标题": Look("案例标题", font=TITLE, size=22, align=CENTRE, line=36, after=14),
        "案例信息": Look("案例信息", font=KAI, align=LEFT, indent=2),
        "head": Look("一级标题", font=HEAD, indent=2, keep_next=True, level=1),
        "second": Look("二级标题", font=KAI, indent=2, level=2),
        "foot": Look("落款", align=RIGHT, before=28),
    }
    for look in looks.values():
        add_style(document, look)
    document.add_paragraph(writable(content.title), style="案例标题")
    for label, words in content.facts:
        document.add_paragraph(writable(f"{label}：{words}"), style="案例信息")
    for kind, words, run_on in _lines(content):
        style = looks[kind].name if kind in looks and not run_on else TEXT
        paragraph = document.add_paragraph(style=style)
        paragraph.add_run(writable(words)).bold = bool(run_on)
        paragraph.add_run(writable(run_on))
    document.add_paragraph(writable(f"{content.office}　{official_date(content.day)}收入案例库"), style="落款")
