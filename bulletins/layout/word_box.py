"""Rules around paragraphs, and a box at the foot of the page that holds the imprint in Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from portal.printing.word_styles import put_in_order

_EMU = 12_700  # to the point
_SHAPES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
#: Its foot is the text's, it takes the whole width, and text keeps above it.
_BOX = """
<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="114300" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0">
<wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:spAutoFit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>
"""


def put_into_box(anchor: Any, paragraphs: Sequence[Any], *, width: float, height: float) -> None:
    """Move paragraphs into a text box at the foot of the page on which ``anchor`` stands; measures in points."""
    text = _BOX.format(namespaces=_SHAPES, width=round(width * _EMU), height=round(height * _EMU))
    run = parse_xml("".join(text.splitlines(keepends=False)))
    inside = run.find(f".//{qn('w:txbxContent')}")
    for paragraph in paragraphs:
        inside.append(paragraph._p)
    anchor._p.append(run)


def rules(styled: Any, *, above: int = 0, below: int = 0, colour: str = "000000") -> None:
    """Rules over and under a paragraph or a paragraph style, in eighths of a point; 0 draws none."""
    properties = (styled._p if hasattr(styled, "_p") else styled.element).get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="1" w:color="{colour}"/>'
        for side, eighths in (("top", above), ("bottom", below))
        if eighths
    )
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    put_in_order(properties, borders)
