"""Which font sets which part of the page, and which characters it has.

GB/T 9704-2012 asks for 小标宋 (masthead), 仿宋 (text), 黑体 and 楷体 (heads) and 宋体 (page numbers). An
office that owns the licensed fonts puts them in a folder; free Fandol fonts come next; Noto CJK SC, as
the system has it, sets whatever is left.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

logger = logging.getLogger(__name__)

_SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("~/.fonts").expanduser(),
)
_SUFFIXES = {".otf", ".ttf", ".ttc"}
_NAME_IDS = (1, 4, 6, 16)
_NO_SHAPE = frozenset(range(0x20)) | {0x7F}

# Names a font is known by, per part of the page, best first; blanks, - and _ are left out when comparing.
_KNOWN = {
    "body": (
        "仿宋gb2312",
        "fangsonggb2312",
        "fsgb2312",
        "方正仿宋",
        "fzfs",
        "simfang",
        "仿宋",
        "fangsong",
        "fandolfang",
    ),
    "title": ("方正小标宋", "fzxbs", "fzxbiaosong", "小标宋", "xiaobiaosong", "fandolsongbold"),
    "head": ("方正黑体", "fzht", "simhei", "黑体", "fandolheiregular"),
    "kai": ("楷体gb2312", "kaitigb2312", "方正楷体", "fzkt", "simkai", "楷体", "kaiti", "fandolkairegular"),
    "figure": ("方正书宋", "fzss", "simsun", "宋体", "fandolsongregular"),
}


class FontsMissing(Exception):
    """No font for Chinese was found; the message (Chinese) says what to install."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and the name the style sheet knows it by.

    ``index`` is its place in a collection file; a ``system`` face is found by its family name, any
    other is loaded from ``path``.
    """

    family: str
    path: Path
    index: int = 0
    system: bool = False

    @property
    def characters(self) -> frozenset[int]:
        """Code points this face has a shape for."""
        return _characters(self.path, self.index)

    @property
    def own_characters(self) -> frozenset[int]:
        """Code points that can be told apart in a PDF: of several sharing one shape only the usual one.

        Fonts draw ⼯ (a radical) and 工 with one shape; text copied from a PDF would mix them up.
        """
        return _own_characters(self.path, self.index)


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces of one page: masthead, text, heads, page numbers, and ``gaps`` for characters those lack."""

    body: Face
    title: Face
    head: Face
    kai: Face
    figure: Face
    gaps: tuple[Face, ...]

    @property
    def faces(self) -> tuple[Face, ...]:
        """Faces loaded from files of ours, each once."""
        named = (self.body, self.title, self.head, self.kai, self.figure)
        return tuple(dict.fromkeys(face for face in named if not face.system))

    @property
    def files(self) -> frozenset[Path]:
        """The only files that printing may read."""
        return frozenset(face.path for face in self.faces)


def find_fonts(*folders: Path | None) -> FontSet:
    """Choose a face for every part of the page.

    ``folders`` are searched in order (the office's own fonts, then those ``script/fonts`` fetched); in
    all of them licensed fonts come before Fandol. What no folder has is set in Noto CJK SC. Raises
    FontsMissing where neither is there.
    """
    gaps = _system_faces()
    found = _recognise([folder for folder in folders if folder])
    if not gaps and "body" not in found:
        raise FontsMissing("没有找到中文字体，请安装 fonts-noto-cjk，或将仿宋、小标宋、黑体字体文件放入字体目录。")
    serif = next((face for face in gaps if "Serif" in face.family), None) or found["body"]
    sans = next((face for face in gaps if "Sans" in face.family), None) or serif
    return FontSet(
        body=found.get("body", serif),
        title=found.get("title", serif),
        head=found.get("head", sans),
        kai=found.get("kai", serif),
        figure=found.get("figure", serif),
        gaps=tuple(gaps) or (found["body"],),
    )


def _recognise(folders: list[Path]) -> dict[str, Face]:
    """The best file for each part of the page among those in the folders."""
    best: dict[str, tuple[tuple[bool, int, int, str], Face]] = {}
    for place, folder in enumerate(folders):
        for path in sorted(folder.glob("*")):
            if path.suffix.lower() not in _SUFFIXES:
                continue
            part, rank = _part_of(path)
            if not part:
                continue
            key = ("fandol" in path.name.lower(), place, rank, path.name)
            if part not in best or key < best[part][0]:
                best[part] = (key, Face(f"Portal {part.title()}", path.resolve()))
    return {part: face for part, (_, face) in best.items()}


def _part_of(path: Path) -> tuple[str, int]:
    """The part of the page a font file is for and how good it is there (0 best); ``""`` for none."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            names = {font["name"].getDebugName(name) or "" for name in _NAME_IDS}
    except (TTLibError, OSError, KeyError, ValueError) as error:
        logger.warning("Font file %s cannot be read: %s", path.name, error)
        return "", 0
    plain = [re.sub(r"[\s_\-]", "", name).lower() for name in {*names, path.stem}]
    for part, known in _KNOWN.items():
        for rank, wanted in enumerate(known):
            if any(wanted in name for name in plain):
                return part, rank
    return "", 0


@lru_cache(maxsize=1)
def _system_faces() -> tuple[Face, ...]:
    """Noto Serif and Sans CJK SC as the system has them."""
    faces = []
    for family in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        stem = family.replace(" ", "").replace("SC", "")
        for path in _system_files(stem):
            index = _index_in(path, family)
            if index is not None:
                faces.append(Face(family, path, index, system=True))
                break
    return tuple(faces)


def _system_files(stem: str) -> Iterator[Path]:
    for folder in _SYSTEM_FOLDERS:
        if folder.is_dir():
            yield from sorted(folder.rglob(f"{stem}*-Regular.*"))


def _index_in(path: Path, family: str) -> int | None:
    """Where a collection file holds a family, or None."""
    index, count = 0, 1
    while index < count:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            count = getattr(font.reader, "numFonts", 1)
            if family in {font["name"].getDebugName(name) for name in (1, 16)}:
                return index
        index += 1
    return None


@lru_cache(maxsize=16)
def _cmap(path: Path, index: int) -> dict[int, str]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        cmap: dict[int, str] = font.getBestCmap() or {}
        return dict(cmap)


@lru_cache(maxsize=16)
def _characters(path: Path, index: int) -> frozenset[int]:
    return frozenset(code for code, glyph in _cmap(path, index).items() if glyph != ".notdef") - _NO_SHAPE


@lru_cache(maxsize=16)
def _own_characters(path: Path, index: int) -> frozenset[int]:
    usual: dict[str, int] = {}
    for code, glyph in _cmap(path, index).items():
        if code in _NO_SHAPE:
            continue
        known = usual.get(glyph)
        if known is None or _commonness(code) < _commonness(known):
            usual[glyph] = code
    return frozenset(usual.values())


def _commonness(code: int) -> tuple[bool, int]:
    """Order code points of one shape: the unified ideograph first, then the lowest number."""
    return not 0x4E00 <= code <= 0x9FFF, code
