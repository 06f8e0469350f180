"""The faint 校样 behind every page of a proof: outlines, not text, so that nothing of it gets into copied text."""

from __future__ import annotations

from functools import lru_cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from portal.printing.fonts import Face, FontSet

ADDRESS = "portal:proof-mark"
WORD = "校样"
STYLE = f'@page {{ background: url("{ADDRESS}") center / 150mm no-repeat; }}'
_COLOUR = "#f8e8e8"
_SLANT = -35


def proof_mark(fonts: FontSet) -> tuple[str, bytes]:
    """Type and content of the picture, drawn from the face of the heads."""
    return "image/svg+xml", _drawing(fonts.head)


@lru_cache(maxsize=4)
def _drawing(face: Face) -> bytes:
    """SVG of the word, one em a character, slanted upwards."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        glyphs, cmap, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        shapes = []
        for place, char in enumerate(WORD):
            pen = SVGPathPen(glyphs)
            glyphs[cmap[ord(char)]].draw(pen)
            shapes.append(f'<path transform="translate({place * em} 0)" d="{pen.getCommands()}"/>')
    size = em * len(WORD)
    middle = em // 3
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<g fill="{_COLOUR}" transform="translate(0 {size // 2}) rotate({_SLANT} {em} 0) scale(1 -1) '
        f'translate(0 -{middle})">{"".join(shapes)}</g></svg>'
    ).encode()
