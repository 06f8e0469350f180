"""Makers of Word files: as Word writes them (python-docx), and by hand, as WPS and others do."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from PIL import Image

W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W_SPACE}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

#: A numbering part with the three levels of official headings (list 1), bullets (2), a list that starts at 5 (3).
OFFICIAL_NUMBERS = f"""<w:numbering {SPACES}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf06c"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def run(text: str, properties: str = "", tag: str = "w:t") -> str:
    """A run of text in XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><{tag} xml:space="preserve">{text}</{tag}></w:r>'


def line(text: str = "", properties: str = "", *, inside: str = "") -> str:
    """A paragraph in XML: ``text`` as one run, or ready-made runs ``inside``."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inside}</w:p>"


def numbered(text: str, depth: int = 0, list_id: int = 1) -> str:
    """A paragraph that Word numbers by itself."""
    return line(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def centred(text: str) -> str:
    return line(text, '<w:jc w:val="center"/>')


def table(*rows: tuple[str, ...], row_properties: str = "") -> str:
    """A table; a cell that begins with ``<`` is XML (its blocks, cell properties first), else text."""
    told = ("".join(f"<w:tc>{cell if cell.startswith('<') else line(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row_properties}{cells}</w:tr>' for cells in told)}</w:tbl>"


def drawn(relation: str, how: str = "embed") -> str:
    """A paragraph with a picture as newer programs write it."""
    blip = f'<pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic>'
    graphic = f"<a:graphic><a:graphicData>{blip}</a:graphicData></a:graphic>"
    return line(inside=f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>")


def drawn_the_old_way(relation: str) -> str:
    """A paragraph with a picture as older programs and WPS write it (VML)."""
    shape = f'<v:shape><v:imagedata r:id="{relation}" o:title="x"/></v:shape>'
    return line(inside=f"<w:r><w:pict>{shape}</w:pict></w:r>")


def text_box(text: str) -> str:
    """A text box, written twice as Word does: for itself and for older programs."""
    words = f"<w:txbxContent>{line(text)}</w:txbxContent>"
    newer = f"<w:drawing><wp:anchor><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    older = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{newer}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def relation(key: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{_KINDS}/{kind}" Target="{target}"{mode}/>'


def by_hand(
    *blocks: str,
    relations: str = "",
    parts: dict[str, bytes | str] | None = None,
    main: str = "word/document.xml",
    main_type: str = _MAIN_TYPE,
    encoding: str = "utf-8",
    strict: bool = False,
) -> bytes:
    """A .docx of these blocks; ``parts`` are further parts by name."""
    document = f"<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    if strict:
        for word, old in (("wordprocessingml", "/2006/main"), ("drawingml", "/2006/main")):
            space = f"http://schemas.openxmlformats.org/{word}{old}"
            document = document.replace(space, f"http://purl.oclc.org/ooxml/{word}/main")
        document = document.replace(_KINDS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    top = f'<Relationships xmlns="{_RELATIONS}">{relation("r1", "officeDocument", main)}</Relationships>'
    types = f'<Types xmlns="{_TYPES}"><Override PartName="/{main}" ContentType="{main_type}"/></Types>'
    folder, _, name = main.rpartition("/")
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": top,
        main: f'<?xml version="1.0" encoding="{encoding}"?>{document}'.encode(encoding),
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    }
    return packed(members | (parts or {}))


def packed(members: dict[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture(width: int = 40, height: int = 30, kind: str = "PNG", colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


class InWord:
    """A file as Word makes it, line by line; every method gives the file itself back."""

    def __init__(self) -> None:
        self.document: Any = Document()

    def line(self, text: str, *, style: str | None = None, centred: bool = False, bold: bool = False) -> InWord:
        paragraph = self.document.add_paragraph(text, style=style)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for piece in paragraph.runs:
            piece.bold = bold
        return self

    def xml(self, block: str) -> InWord:
        """A block in XML at the end."""
        element = parse_xml(block.replace(">", f" {SPACES}>", 1) if " xmlns:" not in block else block)
        self.document.element.body.insert(len(self.document.element.body) - 1, element)
        return self

    def picture(self, **looks: Any) -> InWord:
        self.document.add_picture(io.BytesIO(picture(**looks)))
        return self

    def table(self, *rows: tuple[str, ...]) -> InWord:
        made = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for cells, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        return self

    def above_and_below(self, header: str, footer: str) -> InWord:
        section = self.document.sections[0]
        section.header.paragraphs[0].text, section.footer.paragraphs[0].text = header, footer
        return self

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()
