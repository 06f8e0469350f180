"""Word files as they reach the office, and what a reader takes each of them to say. All words are our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bulletins.reading.word_files import (
    OFFICIAL_NUMBERS,
    SPACES,
    InWord,
    by_hand,
    centred,
    drawn,
    drawn_the_old_way,
    line,
    numbered,
    picture,
    relation,
    run,
    table,
    text_box,
)

TITLE = "青石县请师范生进村小"
FIRST = "3月7日，青石师范学院38名师范生到青石县三所村小上课。"
SECOND = "校长、教师等50余人一起评课。"


@dataclass(frozen=True, slots=True)
class WordCase:
    """A Word file: ``captions`` of its pictures, ``changes`` (their names), ``notes`` (parts of them)."""

    name: str
    make: Callable[[], bytes]
    title: str = TITLE
    text: str = f"{FIRST}\n{SECOND}"
    captions: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def report(*blocks: str) -> tuple[str, ...]:
    """The title, these blocks, the closing sentence."""
    return (centred(TITLE), *blocks, line(SECOND))


def changed(kind: str, text: str, author: str = "王编辑") -> str:
    """Tracked words: ``ins``, ``del``, ``moveFrom`` or ``moveTo``."""
    tag = "w:delText" if kind in {"del", "moveFrom"} else "w:t"
    return f'<w:{kind} w:id="1" w:author="{author}">{run(text, tag=tag)}</w:{kind}>'


def _footnote(text: str) -> str:
    separator = f'<w:footnote w:id="-1" w:type="separator">{line("——")}</w:footnote>'
    return f'<w:footnotes {SPACES}>{separator}<w:footnote w:id="2">{line(text)}</w:footnote></w:footnotes>'


_IMAGE: dict[str, Any] = {
    "relations": relation("p1", "image", "media/image1.png"),
    "parts": {"word/media/image1.png": picture()},
}
_NUMBERS: dict[str, bytes | str] = {"word/numbering.xml": OFFICIAL_NUMBERS}
_FORMULA = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
_OBJECT = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>'
_CHART = '<w:r><w:drawing><a:graphic><c:chart r:id="x"/></a:graphic></w:drawing></w:r>'
_SMART = '<w:r><w:drawing><a:graphic><dgm:relIds r:dm="x"/></a:graphic></w:drawing></w:r>'

CORPUS: tuple[WordCase, ...] = (
    WordCase(
        "a plain report from Word, title centred",
        lambda: InWord().line(TITLE, centred=True, bold=True).line(FIRST).line(SECOND).saved(),
    ),
    WordCase(
        "the title in Word's own style, a subtitle with a dash",
        lambda: InWord().line(TITLE, style="Title").line("——春季行动").line(FIRST).line(SECOND).saved(),
        text=f"——春季行动\n{FIRST}\n{SECOND}",
    ),
    WordCase(
        "a title on two centred lines",
        lambda: by_hand(centred("青石县请师范生"), centred("进村小"), line(FIRST), line(SECOND)),
        changes=("标题合为一行",),
    ),
    WordCase(
        "no title: the file begins with its first sentence",
        lambda: InWord().line(FIRST).line(SECOND).saved(),
        title="",
    ),
    WordCase(
        "indents typed as blanks, empty lines between paragraphs",
        lambda: (
            InWord().line(f"  {TITLE}").line("").line(f"　　{FIRST}").line("").line("").line(f"　　{SECOND}").saved()
        ),
        changes=("去掉段首、段尾的空格", "去掉空行"),
    ),
    WordCase(
        "blanks inside dates and figures, half-width marks",
        lambda: (
            InWord()
            .line(TITLE)
            .line("3 月 7 日, 青石师范学院 38 名师范生到青石县三所村小上课.")
            .line("校长、教师等５０余人一起评课。")
            .saved()
        ),
        changes=("去掉日期、数字中的空格", "去掉文字之间的空格", "全角数字、字母改为半角", "半角标点改为全角"),
    ),
    WordCase(
        "official headings numbered by Word itself",
        lambda: by_hand(
            centred(TITLE),
            numbered("做法"),
            numbered("走进课堂", 1),
            numbered("先听课。", 2),
            numbered("再评课。", 2),
            numbered("一起备课", 1),
            numbered("每周一次。", 2),
            numbered("成效"),
            numbered("学生爱上课", 1),
            parts=_NUMBERS,
        ),
        text="一、做法\n（一）走进课堂\n1.先听课。\n2.再评课。\n（二）一起备课\n1.每周一次。\n二、成效\n（一）学生爱上课",
        changes=("自动编号写成文字",),
    ),
    WordCase(
        "official headings numbered by their style, as templates do",
        lambda: by_hand(
            centred(TITLE),
            line("做法", '<w:pStyle w:val="3"/>'),
            line(FIRST),
            line("成效", '<w:pStyle w:val="3"/>'),
            line(SECOND),
            parts=_NUMBERS
            | {
                "word/styles.xml": f'<w:styles {SPACES}><w:style w:styleId="3"><w:name w:val="heading 1"/>'
                '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
            },
        ),
        text=f"一、做法\n{FIRST}\n二、成效\n{SECOND}",
        changes=("自动编号写成文字",),
    ),
    WordCase(
        "headings typed by hand, one with the wrong mark",
        lambda: by_hand(*report(line("一. 做法"), line("(一)走进课堂"), line("1、先听课。"))),
        text=f"一、做法\n（一）走进课堂\n1.先听课。\n{SECOND}",
        changes=("去掉文字之间的空格", "序号改为公文写法", "半角标点改为全角"),
    ),
    WordCase(
        "a list with bullets, and one that starts at five",
        lambda: by_hand(*report(numbered("听课", list_id=2), numbered("评课", list_id=3)), parts=_NUMBERS),
        text=f"●听课\n五、评课\n{SECOND}",
        changes=("项目符号写成“●”", "自动编号写成文字"),
    ),
    WordCase(
        "a picture with its caption below",
        lambda: by_hand(*report(line(FIRST), drawn("p1"), centred("图1 师范生在上课")), **_IMAGE),
        captions=("图1 师范生在上课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture as WPS writes it, its caption not centred",
        lambda: by_hand(*report(line(FIRST), drawn_the_old_way("p1"), line("图为师范生在上课")), **_IMAGE),
        captions=("图为师范生在上课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture whose caption stands above it",
        lambda: by_hand(*report(line(FIRST), line("图2：评课"), drawn("p1")), **_IMAGE),
        captions=("图2：评课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture between two sentences, without caption",
        lambda: by_hand(*report(line(FIRST), drawn("p1")), **_IMAGE),
        captions=("",),
    ),
    WordCase(
        "pictures side by side in a table, captions in the row below",
        lambda: by_hand(
            *report(line(FIRST), table((drawn("p1"), drawn("p2")), ("上课", "评课"))),
            relations=relation("p1", "image", "media/a.png") + relation("p2", "image", "media/b.jpg"),
            parts={"word/media/a.png": picture(), "word/media/b.jpg": picture(kind="JPEG", colour="blue")},
        ),
        captions=("上课", "评课"),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture that is only linked",
        lambda: by_hand(
            *report(line(FIRST), drawn("p1", "link")),
            relations=relation("p1", "image", "http://pictures.invalid/a.png", outside=True),
        ),
        notes=("图片1处在文件之外，没有去取：http://pictures.invalid/a.png。",),
    ),
    WordCase(
        "a table of figures",
        lambda: InWord().line(TITLE).line(FIRST).table(("学校", "人数"), ("一小", "20"), ("二小", "18")).saved(),
        text=f"{FIRST}\n学校；人数\n一小；20\n二小；18",
        changes=("表格按行写成文字，单元格之间用“；”隔开",),
    ),
    WordCase(
        "a table with merged cells and another table inside",
        lambda: by_hand(
            *report(
                table(
                    (f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{line("青石县")}', "一小"),
                    (f"<w:tcPr><w:vMerge/></w:tcPr>{line()}", table(("上午", "语文"), ("下午", "数学")) + line()),
                )
            )
        ),
        text=f"青石县；一小\n青石县；上午、语文，下午、数学\n{SECOND}",
        changes=("表格按行写成文字，单元格之间用“；”隔开", "合并的单元格在每一行写出"),
    ),
    WordCase(
        "the article inside a form",
        lambda: by_hand(table(("标题", TITLE), ("正文", line(FIRST * 5) + line(SECOND)))),
        title="",
        text=f"标题；{TITLE}\n正文\n{FIRST * 5}\n{SECOND}",
        changes=("表格按行写成文字，单元格之间用“；”隔开",),
    ),
    WordCase(
        "a text box, written twice and read once",
        lambda: by_hand(*report(line(FIRST, inside=text_box("框中的话。")))),
        text=f"框中的话。\n{FIRST}\n{SECOND}",
        notes=("文本框1个",),
    ),
    WordCase(
        "tracked changes of an editor",
        lambda: by_hand(
            *report(
                line(
                    inside=run("3月")
                    + changed("del", "6")
                    + changed("ins", "7")
                    + run("日，青石师范学院38名师范生到青石县三所村小")
                    + changed("moveFrom", "上课。", "李审核")
                    + changed("moveTo", "上课。", "李审核")
                )
            )
        ),
        changes=(
            "采纳修订：删除（王编辑）",
            "采纳修订：插入（王编辑）",
            "采纳修订：删除（李审核）",
            "采纳修订：插入（李审核）",
        ),
        notes=("修订4处",),
    ),
    WordCase(
        "a paragraph and a row of a table deleted with tracking on",
        lambda: by_hand(
            *report(
                line(FIRST),
                line(inside=changed("del", "不要的话。"), properties='<w:rPr><w:del w:author="王编辑"/></w:rPr>'),
                table(("一小", "20"), row_properties='<w:trPr><w:del w:author="王编辑"/></w:trPr>'),
            )
        ),
        changes=("采纳修订：删除（王编辑）",),
        notes=("修订1处",),
    ),
    WordCase(
        "remarks, header, footer and hidden words stay out and are told",
        lambda: by_hand(
            *report(line(FIRST, inside=run("内部备注", "<w:vanish/>"))),
            parts={
                "word/comments.xml": f"<w:comments {SPACES}><w:comment>{line('请核对人数')}</w:comment></w:comments>",
                "word/header1.xml": f"<w:hdr {SPACES}>{line('青石县教体局')}</w:hdr>",
                "word/footer1.xml": f"<w:ftr {SPACES}>{line('第1页')}</w:ftr>",
            },
        ),
        notes=(
            "批注1条没有读入：请核对人数。",
            "隐藏文字1处没有读入：内部备注。",
            "页眉、页脚1处没有读入：青石县教体局。",
        ),
    ),
    WordCase(
        "a footnote goes into the text",
        lambda: by_hand(
            *report(line(FIRST, inside='<w:r><w:footnoteReference w:id="2"/></w:r>')),
            parts={"word/footnotes.xml": _footnote("其中一所为教学点。")},
        ),
        text=f"{FIRST}（注：其中一所为教学点。）\n{SECOND}",
        changes=("脚注、尾注写进正文",),
    ),
    WordCase(
        "a field, a link and a smart tag keep their words",
        lambda: by_hand(
            *report(
                line(
                    inside='<w:fldSimple w:instr=" DATE ">'
                    + run("3月7日")
                    + "</w:fldSimple><w:r><w:fldChar/></w:r>"
                    + run(' HYPERLINK "x" ', tag="w:instrText")
                    + '<w:hyperlink r:id="h1">'
                    + run("，青石师范学院")
                    + "</w:hyperlink><w:smartTag>"
                    + run("38名师范生")
                    + "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>"
                    + run("到青石县三所村小上课。")
                    + "</w:sdtContent></w:sdt>"
                )
            ),
            relations=relation("h1", "hyperlink", "http://school.invalid/", outside=True),
        ),
        notes=("网址链接1处，文字已保留，没有打开链接：http://school.invalid/。",),
    ),
    WordCase(
        "content controls around whole paragraphs, as in forms",
        lambda: by_hand(*report(f"<w:sdt><w:sdtPr/><w:sdtContent>{line(FIRST)}</w:sdtContent></w:sdt>")),
    ),
    WordCase(
        "what text cannot hold is told",
        lambda: by_hand(*report(line(FIRST, inside=_FORMULA + _OBJECT + _CHART + _SMART), '<w:altChunk r:id="x"/>')),
        notes=(
            "公式1处没有读入：a+b。",
            "嵌入的对象1处没有读入：Excel。",
            "图表1处没有读入。",
            "SmartArt 图形1处没有读入。",
            "另一份文件",
        ),
    ),
    WordCase(
        "a file in the strict form of the standard",
        lambda: by_hand(*report(line(FIRST), drawn("p1"), centred("图1 上课")), strict=True, **_IMAGE),
        captions=("图1 上课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "parts in UTF-16, the main part under another name",
        lambda: by_hand(*report(line(FIRST)), encoding="utf-16", main="word/document2.xml"),
    ),
    WordCase(
        "line breaks instead of paragraphs, soft hyphens and other invisible characters",
        lambda: by_hand(
            *report(
                line(inside=run("3月7日，青石师范学院38名\u200b师范生到青石县三所村小上课。") + "<w:r><w:br/></w:r>")
            )
        ),
        changes=("去掉看不见的字符", "去掉空行"),
    ),
    WordCase(
        "a template elsewhere is not fetched",
        lambda: by_hand(
            *report(line(FIRST)),
            parts={
                "word/settings.xml": f"<w:settings {SPACES}/>",
                "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships">{relation("t", "attachedTemplate", "http://evil.invalid/t.dotm", outside=True)}'
                "</Relationships>",
            },
        ),
        notes=("文件模板1处在文件之外，没有去取：http://evil.invalid/t.dotm。",),
    ),
    WordCase(
        "phonetic guides over characters are looks",
        lambda: by_hand(
            *report(
                line(
                    inside="<w:r><w:ruby><w:rt>"
                    + run("3yuè")
                    + "</w:rt><w:rubyBase>"
                    + run("3月")
                    + "</w:rubyBase></w:ruby></w:r>"
                    + run(FIRST.removeprefix("3月"))
                )
            )
        ),
    ),
)
