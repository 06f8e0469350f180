"""Word files are read whole and safely."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from bulletins.reading import UnreadableFile, UnreadableIssue, read_document, read_issue
from tests.bulletins.reading.issues import PLAIN

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT_BOX = f"""<w:p {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><mc:AlternateContent>
 <mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></wps:txbx>
 </mc:Choice><mc:Fallback><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
_TRACKED = f"""<w:p {_W}><w:ins><w:r><w:t>新写的</w:t></w:r></w:ins>
<w:del><w:r><w:delText>删去的</w:delText></w:r></w:del><w:r><w:t>文字。</w:t></w:r></w:p>"""


def word_file(text: str) -> bytes:
    """A Word file as a secretary makes it: ``**`` as bold runs, imprint in a table, page number at the foot."""
    document = Document()
    above, imprint = text.strip().split("报：")
    for line in filter(None, above.split("\n")):
        paragraph = document.add_paragraph()
        for at, piece in enumerate(line.split("**")):
            paragraph.add_run(piece).bold = at % 2 == 1
    rows = [line for line in f"报：{imprint}".split("\n") if line]
    table = document.add_table(rows=len(rows), cols=1)
    for row, line in zip(table.rows, rows, strict=True):
        row.cells[0].text = line
    document.sections[0].footer.paragraphs[0].text = "第1页"
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def test_an_issue_in_word_is_the_issue_in_text() -> None:
    from_word = read_issue(word_file(PLAIN), filename="第3期.docx")
    assert from_word.content == read_issue(PLAIN.encode(), filename="a.txt").content
    assert from_word.problems == ()


def test_text_boxes_tables_and_tracked_changes_are_read_as_printed() -> None:
    document = Document()
    body = document.element.body
    body.insert(0, parse_xml(_TEXT_BOX))
    body.insert(1, parse_xml(_TRACKED))
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "表格里的字"
    text = read_document(saved(document), filename="a.docx").text
    assert text == "框内文字\n新写的文字。\n表格里的字"


def test_a_single_report_keeps_paragraphs_and_official_headings() -> None:
    document = Document()
    for line in ("青石县送教小结", "一、做法", "（一）走村小。三所学校都去了。"):
        document.add_paragraph(line).runs[0].bold = True
    document.sections[0].header.paragraphs[0].text = "内部资料"
    read = read_document(saved(document), filename="a.docx")
    assert (read.title, read.text) == ("青石县送教小结", "一、做法\n（一）走村小。三所学校都去了。")
    assert read.notes == ("页眉、页脚1处没有读入：内部资料。",)


def test_text_in_the_footer_of_an_issue_is_told() -> None:
    document = Document(io.BytesIO(word_file(PLAIN)))
    document.sections[0].footer.paragraphs[0].text = "编辑部电话见封底"
    issue = read_issue(saved(document), filename="a.docx")
    assert issue.problems == ("text outside the body of the Word file, not taken in: 编辑部电话见封底",)


def test_the_star_of_a_bullet_list_is_the_star_of_an_entry() -> None:
    document = Document(io.BytesIO(word_file(PLAIN.replace("★", "").replace("**", ""))))
    lists = document.part.numbering_part.element
    for xml in (
        f'<w:abstractNum {_W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:lvlText w:val="★"/></w:lvl></w:abstractNum>',
        f'<w:num {_W} w:numId="78"><w:abstractNumId w:val="77"/></w:num>',
    ):
        lists.append(parse_xml(xml))
    for paragraph in document.paragraphs:
        if "3月" in paragraph.text and "【" not in paragraph.text and len(paragraph.text) > 20:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {_W}><w:numId w:val="78"/></w:numPr>'))
    issue = read_issue(saved(document), filename="a.docx")
    assert [len(section.entries) for section in issue.content.sections] == [2, 1]
    assert not any("★" in note for note in issue.notes)


_DEEP = b"<a>" * 50_000 + b"</a>" * 50_000
_ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><d>&a;&b;</d>'


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"not a zip at all", "不是可用的 Word"),
        (packed(other=b"<a/>"), "不是可用的 Word"),
        (packed(word__document=b"<broken"), "不是可用的 Word"),
        (packed(word__document=_DEEP), "不是可用的 Word"),
        (packed(word__document=_ENTITIES), "不是可用的 Word"),
        (packed(word__document=b"<a>" + b" " * 5_000_000 + b"</a>"), "异常庞大"),
        (packed(**{f"part{at}": b"" for at in range(2100)}), "异常庞大"),
        (word_file(PLAIN)[:-400], "不是可用的 Word"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "另存为 .docx"),
    ],
)
def test_what_is_no_word_file_or_dangerous_is_refused_in_plain_words(source: bytes, words: str) -> None:
    for reading, error in ((read_issue, UnreadableIssue), (read_document, UnreadableFile)):
        with pytest.raises(error) as caught:
            reading(source, filename="a.docx")
        assert words in caught.value.message_zh
