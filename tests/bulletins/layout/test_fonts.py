"""The office's licensed fonts come first, then Fandol, then what the system has."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.layout import compile_pdf, find_fonts, missing_characters
from portal.printing import fonts as module
from portal.printing.glyphs import set_text


def make_font(path: Path, name: str, characters: str = "甲乙丙") -> Path:
    """A font of that name whose characters are all empty boxes of one em."""
    builder = FontBuilder(1000, isTTF=True)
    glyphs = [".notdef", *(f"u{ord(char):04X}" for char in characters)]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(char): f"u{ord(char):04X}" for char in characters})
    builder.setupGlyf({glyph: _box() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": name})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)
    return path


def _box() -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


@pytest.mark.parametrize(
    ("file", "name", "part"),
    [
        ("a.ttf", "仿宋_GB2312", "body"),
        ("FZFSK.TTF", "方正仿宋_GBK", "body"),
        ("simfang.ttf", "Regular", "body"),
        ("b.ttf", "方正小标宋简体", "title"),
        ("FZXBSJW.TTF", "FZXiaoBiaoSong-B05S", "title"),
        ("c.ttf", "楷体_GB2312", "kai"),
        ("d.ttf", "SimHei", "head"),
        ("FandolSong-Regular.otf", "FandolSong", "figure"),
        ("FandolSong-Bold.otf", "FandolSong Bold", "title"),
    ],
)
def test_a_font_is_recognised_by_its_file_or_its_name(tmp_path: Path, file: str, name: str, part: str) -> None:
    path = make_font(tmp_path / file, name)
    found = find_fonts(tmp_path)
    assert getattr(found, part).path == path
    assert found.files == {path}


def test_licensed_fonts_come_before_fandol_wherever_they_lie(tmp_path: Path) -> None:
    fandol, office = tmp_path / "fandol", tmp_path / "office"
    fandol.mkdir()
    office.mkdir()
    make_font(fandol / "FandolFang-Regular.otf", "FandolFang R")
    licensed = make_font(office / "x.ttf", "仿宋_GB2312")
    assert find_fonts(fandol, office).body.path == licensed
    assert find_fonts(office, fandol).body.path == licensed


def test_without_a_folder_or_with_a_missing_one_noto_is_used(tmp_path: Path) -> None:
    assert find_fonts().body.family == "Noto Serif CJK SC"
    assert find_fonts(None, tmp_path / "nowhere") == find_fonts()
    assert find_fonts().files == frozenset()


def test_a_file_that_is_no_font_and_an_unknown_font_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "仿宋_GB2312.ttf").write_bytes(b"not a font")
    make_font(tmp_path / "other.ttf", "Something Else")
    assert find_fonts(tmp_path) == find_fonts()


def test_what_a_licensed_font_lacks_is_set_in_noto(tmp_path: Path) -> None:
    make_font(tmp_path / "a.ttf", "仿宋_GB2312")
    fonts = find_fonts(tmp_path)
    assert set_text("甲丁乙", fonts.body, fonts) == '甲<span class="gap">丁</span>乙'


def test_an_issue_prints_in_a_licensed_font(tmp_path: Path, issue: IssueContent) -> None:
    make_font(tmp_path / "a.ttf", "仿宋_GB2312")
    fonts = find_fonts(tmp_path)
    short = IssueContent(
        "丁", "戊", "第1期", "己", issue.issue_date, (SectionContent("庚", (EntryContent("甲。", ("乙丙丁。",)),)),)
    )
    assert missing_characters(short, fonts) == []
    page: Any = pypdf.PdfReader(io.BytesIO(compile_pdf(short, fonts=fonts).pdf)).pages[0]
    names = [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]
    assert any("Portal-Body" in name for name in names)


def test_a_machine_without_chinese_fonts_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_SYSTEM_FOLDERS", (tmp_path,))
    module._system_faces.cache_clear()
    try:
        with pytest.raises(module.FontsMissing, match="fonts-noto-cjk"):
            find_fonts()
    finally:
        module._system_faces.cache_clear()
