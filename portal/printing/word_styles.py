"""An official document in Word: page, fonts, page numbers, and styles an office can change by their Chinese names.

Written for Word, WPS and LibreOffice alike: nothing here needs a newer format than Word 2007's. Fonts are
named as offices know them; the font table tells each program what to take where one is missing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, HEAD, KAI, FIGURE = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
#: What a machine may have instead, best first.
_OTHERWISE = {
    BODY: "仿宋,FangSong,STFangsong,FandolFang",
    TITLE: "方正小标宋_GBK,小标宋体,华文中宋,宋体,FandolSong",
    HEAD: "SimHei,STHeiti,FandolHei",
    KAI: "楷体,KaiTi,STKaiti,FandolKai",
    FIGURE: "SimSun,STSong",
}
RED = RGBColor(0xE6, 0x00, 0x12)
#: GB/T 9704-2012, 5.2: 22 lines of 28 characters; offices set them 28 points apart (固定值).
TEXT_SIZE, FIGURE_SIZE = Pt(16), Pt(14)
#: Twentieths of a point behind each character of the text, so that 28 of them fill 156 mm.
TIGHTER = -5
TEXT = "公文正文"

#: The order of properties in a paragraph, then in a run (ECMA-376-1, 17.3.1.26 and 17.3.2.28), as far as used here.
ORDER = (
    *("pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "shd", "tabs", "autoSpaceDE", "autoSpaceDN"),
    *("snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr"),
)
RUN_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "color", "spacing", "w", "kern", "position", "sz", "szCs", "lang")

LEFT, RIGHT, CENTRE, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: its font, size and place; ``indent`` is the first line's, in characters."""

    name: str
    font: str = BODY
    size: float = 16
    align: Any = BOTH
    line: float = 28
    indent: int = 0
    red: bool = False
    before: float = 0
    after: float = 0
    keep_next: bool = False
    level: int = 0


def official_document(*, title: str, author: str, day: date) -> Any:
    """An empty document on the official page, with page numbers — 1 — and the style of its text.

    ``day`` is the day of its properties: the same content gives the same document whenever it is made.
    """
    document = Document()
    moment = datetime(day.year, day.month, day.day)
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, author, author, ""
    about.created = about.modified = moment
    about.language = "zh-CN"
    _name_substitutes(document)
    _set_page(document)
    add_style(document, Look(TEXT, indent=2))
    _number_pages(document)
    return document


def add_style(document: Any, look: Look) -> Any:
    """Add a paragraph style; the office finds it in the list of styles under ``look.name``."""
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = None
    style.quick_style = True
    set_font(style, look.font, look.size, red=look.red)
    if look.size == TEXT_SIZE.pt:
        put_in_order(style.element.get_or_add_rPr(), _element("w:spacing", val=TIGHTER))
    shape = style.paragraph_format
    shape.alignment = look.align
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.widow_control = False
    shape.keep_with_next = look.keep_next
    properties = style.element.get_or_add_pPr()
    for script in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no room between Chinese and figures, as in print
        put_in_order(properties, _element(script, val=0))
    if look.indent:
        indent = {"firstLineChars": look.indent * 100, "firstLine": int(look.size * 20) * look.indent}
        put_in_order(properties, _element("w:ind", **indent))
    if look.level:
        put_in_order(properties, _element("w:outlineLvl", val=look.level - 1))
    return style


def put_in_order(properties: Any, element: Any) -> None:
    """Add a property of a paragraph (or run) where the format wants it: Word refuses a file out of order."""
    name = element.tag.rpartition("}")[2]
    order = RUN_ORDER if properties.tag == qn("w:rPr") else ORDER
    later = order[order.index(name) + 1 :]
    properties.insert_element_before(element, *(f"w:{one}" for one in later))


def add_character_style(document: Any, name: str) -> Any:
    """A bold run's style."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.bold = True
    style.quick_style = True
    return style


def set_font(styled: Any, font: str, size: float, *, red: bool = False) -> None:
    """Set Chinese, Latin and figures in one font."""
    styled.font.size = Pt(size)
    styled.font.name = font
    styled.font.color.rgb = RED if red else RGBColor(0, 0, 0)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)


def writable(text: str) -> str:
    """The text without what XML cannot hold, and without tabs and line ends, which Word would act on."""
    kept = (" " if char in "\t\r\n" else char for char in text)
    return "".join(char for char in kept if char >= " " and char not in "\ufffe\uffff")


def saved(document: Any) -> bytes:
    """The document as a file; without the library's own picture of an empty page, which would be shown as ours."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _element(name: str, **attributes: object) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _set_page(document: Any) -> None:
    """A4 with the margins of GB/T 9704-2012, 5.2.1, on a grid of lines."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch=579))
    normal = document.styles["Normal"]
    set_font(normal, BODY, 16)
    normal.paragraph_format.space_after = Pt(0)


def _number_pages(document: Any) -> None:
    """7.5: — 1 — at the outer edge, one character in, 7 mm below the text."""
    document.settings.odd_and_even_pages_header_footer = True
    add_style(document, Look("页码", font=FIGURE, size=14, line=14, align=RIGHT))
    section = document.sections[0]
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["页码"]
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.left_indent, shape.right_indent = (FIGURE_SIZE, None) if align == LEFT else (None, FIGURE_SIZE)
        paragraph.add_run("— ")
        for kind in ("begin", "", "end"):
            run = paragraph.add_run()
            if kind:
                run._r.append(_element("w:fldChar", fldCharType=kind))
            else:
                run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'))
        paragraph.add_run(" —")


def _name_substitutes(document: Any) -> None:
    """Put our fonts and their substitutes into the font table."""
    parts = document.part.package.iter_parts()
    table = next(part for part in parts if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in _OTHERWISE.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())
