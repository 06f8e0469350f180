"""From Word's XML to blocks: paragraphs, tables, text boxes, pictures, tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element

from bulletins.reading.word.blocks import (
    Block,
    Box,
    Cell,
    Inline,
    Mark,
    Missing,
    NoteMark,
    Paragraph,
    Picture,
    Row,
    Table,
    Words,
    is_deleted,
)
from bulletins.reading.word.names import DGM, MC, A, C, M, O, R, V, W, is_on, value
from bulletins.reading.word.numbering import Numbering

_TRACKED = {
    f"{W}ins": "insert",
    f"{W}moveTo": "insert",
    f"{W}cellIns": "insert",
    f"{W}del": "delete",
    f"{W}moveFrom": "delete",
    f"{W}cellDel": "delete",
}
_NO_TEXT = frozenset(f"{W}{name}" for name in ("rPr", "pPr", "instrText", "delInstrText", "sdtPr", "sdtEndPr", "rt"))
_CHARS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}br": "\n", f"{W}cr": "\n"}
_SYMBOL_STAR = {"F0AB", "2605"}  # Wingdings' star and the plain one
_INSERTED_FILE = Missing("嵌在文中的另一份文件，请在 Word 中打开并另存一次，再上传")
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}

_OBJECTS = frozenset((f"{W}object", f"{W}control"))
_DRAWN = _OBJECTS | {f"{W}drawing", f"{W}pict"}
_PICTURES = frozenset((f"{A}blip", f"{V}imagedata"))
_T = TypeVar("_T")

Marks = tuple[Mark, ...]


class Parser:
    """Reads the XML of one document; numbers count on from paragraph to paragraph."""

    def __init__(self, numbering: Numbering, styles: dict[str, str]) -> None:
        self._numbering = numbering
        self._styles = styles
        self.hidden: list[str] = []

    def blocks(self, node: Element, marks: Marks = ()) -> tuple[Block, ...]:
        """The blocks inside ``node``, whatever wraps them (content controls, tracked changes, custom XML)."""
        return tuple(self._blocks(node, marks))

    def _blocks(self, node: Element, marks: Marks) -> Iterator[Block]:
        for child in node:
            if child.tag == f"{W}p":
                yield self._paragraph(child, marks)
            elif child.tag == f"{W}tbl":
                yield Table(tuple(self._rows(child, marks)))
            elif child.tag == f"{W}altChunk":
                yield Paragraph((_INSERTED_FILE,))
            elif child.tag == f"{MC}AlternateContent":
                yield from _first(self._blocks(way, marks) for way in _ways(child))
            elif child.tag not in _NO_TEXT:
                yield from self._blocks(child, _with(marks, child))

    def _rows(self, table: Element, marks: Marks) -> Iterator[Row]:
        for child in table:
            if child.tag == f"{W}tr":
                properties = child.find(f"{W}trPr")
                own: Marks = ()
                for change in [] if properties is None else properties:
                    own = _with(own, change)
                yield Row(tuple(self._cells(child, marks)), own)
            elif child.tag != f"{W}tblPr":
                yield from self._rows(child, marks)

    def _cells(self, row: Element, marks: Marks) -> Iterator[Cell]:
        for child in row:
            if child.tag == f"{W}tc":
                merge = child.find(f"{W}tcPr/{W}vMerge")
                continues = merge is not None and value(merge) != "restart"
                yield Cell(self.blocks(child, marks), continues)
            elif child.tag != f"{W}trPr":
                yield from self._cells(child, marks)

    def _paragraph(self, paragraph: Element, marks: Marks) -> Paragraph:
        inlines = tuple(self._inlines(paragraph, marks))
        properties = paragraph.find(f"{W}pPr")
        end = marks
        for change in [] if properties is None else properties.findall(f"{W}rPr/*"):
            end = _with(end, change)
        words = [inline for inline in inlines if isinstance(inline, Words)]
        gone = is_deleted(end) and all(is_deleted(run.marks) for run in words)
        number = None if gone else self._numbering.next(paragraph)
        style = "" if properties is None else value(properties.find(f"{W}pStyle"))
        return Paragraph(
            inlines=inlines,
            number=number.text if number else "",
            is_bullet=bool(number and number.is_bullet),
            style=self._styles.get(style, style),
            is_centred=properties is not None and value(properties.find(f"{W}jc")) == "center",
            marks=end,
        )

    def _inlines(self, node: Element, marks: Marks) -> Iterator[Inline]:
        for child in node:
            if child.tag == f"{W}r":
                yield from self._run(child, marks)
            elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
                yield Missing("公式", "".join(text.text or "" for text in child.iter(f"{M}t")))
            elif child.tag == f"{MC}AlternateContent":
                yield from self._either(child, marks, bold=False)
            elif child.tag not in _NO_TEXT and child.tag not in _DRAWN and child.tag != f"{W}p":
                yield from self._inlines(child, _with(marks, child))

    def _run(self, run: Element, marks: Marks) -> Iterator[Inline]:
        bold = _is_bold(run)
        inlines = list(_joined(self._pieces(run, marks, bold=bold)))
        if is_on(run.find(f"{W}rPr/{W}vanish")):
            hidden = "".join(inline.text for inline in inlines if isinstance(inline, Words))
            if hidden.strip() and not is_deleted(marks):
                self.hidden.append(hidden.strip())
            return
        yield from inlines

    def _pieces(self, run: Element, marks: Marks, *, bold: bool) -> Iterator[Inline]:
        for child in run:
            if child.tag in {f"{W}t", f"{W}delText"}:
                yield Words(child.text or "", bold, marks)
            elif child.tag in _CHARS:
                yield Words(_CHARS[child.tag], bold, marks)
            elif child.tag == f"{W}sym":
                code = value(child, "char").upper()
                yield Words("★" if code in _SYMBOL_STAR else chr(int(code or "FFFD", 16)), bold, marks)
            elif child.tag in _NOTES:
                yield NoteMark((_NOTES[child.tag], value(child, "id")))
            elif child.tag == f"{W}ruby":
                base = child.find(f"{W}rubyBase")
                yield from self._inlines(base, marks) if base is not None else ()
            elif child.tag == f"{MC}AlternateContent":
                yield from self._either(child, marks, bold=bold)
            elif child.tag in _DRAWN:
                yield from self._drawn(child, marks)

    def _either(self, node: Element, marks: Marks, *, bold: bool) -> Iterator[Inline]:
        """Word writes many things twice, for newer and older programs: the first way that says anything counts."""
        for way in _ways(node):
            for inlines in (self._pieces(way, marks, bold=bold), self._inlines(way, marks), self._drawn(way, marks)):
                if found := list(inlines):
                    yield from found
                    return

    def _drawn(self, node: Element, marks: Marks) -> Iterator[Inline]:
        """Pictures, text boxes and what text cannot hold, in a drawing of either kind (DrawingML, VML)."""
        if node.tag in _OBJECTS:
            embedded = next(node.iter(f"{O}OLEObject"), None)
            program = "" if embedded is None else embedded.get("ProgID", "")
            yield Missing("公式" if "Equation" in program else "嵌入的对象", program.partition(".")[0])
            return
        for child in node:
            if child.tag == f"{W}txbxContent":
                yield Box(self.blocks(child, marks))
            elif child.tag in _PICTURES:
                yield from _picture(child, marks)
            elif child.tag == f"{DGM}relIds":
                yield Missing("SmartArt 图形")
            elif child.tag == f"{C}chart" or child.tag.endswith("/chartex}chart"):
                yield Missing("图表")
            elif child.tag == f"{V}textpath" and child.get("string"):
                yield Box((Paragraph((Words(child.get("string", ""), marks=marks),)),))
            elif child.tag == f"{MC}AlternateContent":
                yield from _first(self._drawn(way, marks) for way in _ways(child))
            else:
                yield from self._drawn(child, marks)


def _first(ways: Iterable[Iterator[_T]]) -> list[_T]:
    """The first of several readings that holds anything; the later ones are not even begun."""
    return next(filter(None, map(list, ways)), [])


def _ways(node: Element) -> Iterator[Element]:
    """The newer ways first, the fallback last."""
    yield from node.findall(f"{MC}Choice")
    yield from node.findall(f"{MC}Fallback")


def _with(marks: Marks, element: Element) -> Marks:
    """``marks`` and, if ``element`` is a tracked change, that one."""
    kind = _TRACKED.get(element.tag)
    if kind is None:
        return marks
    return (*marks, Mark("insert" if kind == "insert" else "delete", value(element, "author")))


def _joined(inlines: Iterator[Inline]) -> Iterator[Inline]:
    """Neighbouring words of one run as one."""
    held: Words | None = None
    for inline in inlines:
        if held is not None and isinstance(inline, Words) and (inline.bold, inline.marks) == (held.bold, held.marks):
            held = Words(held.text + inline.text, held.bold, held.marks)
            continue
        if held is not None:
            yield held
        held = inline if isinstance(inline, Words) else None
        if held is None:
            yield inline
    if held is not None:
        yield held


def _picture(element: Element, marks: Marks) -> Iterator[Picture]:
    """Embedded (``r:embed``, VML's ``r:id``) or only linked (``r:link``, ``r:href``)."""
    inside = element.get(f"{R}embed") or element.get(f"{R}id")
    outside = element.get(f"{R}link") or element.get(f"{R}href")
    if inside or outside:
        yield Picture(inside or outside or "", linked=not inside, marks=marks)


def _is_bold(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    if mark is not None:
        return is_on(mark)
    return value(run.find(f"{W}rPr/{W}rStyle")) == "Strong"
