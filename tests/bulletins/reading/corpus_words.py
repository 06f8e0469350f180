"""Word files whose words matter: titles, headings, marks, tracked changes, notes, fields."""

from __future__ import annotations

from tests.bulletins.reading.word_case import (
    CHART,
    FIRST,
    FORMULA,
    IMAGE,
    NUMBERS,
    OBJECT,
    SECOND,
    SMART,
    TITLE,
    WordCase,
    changed,
    footnote,
    report,
)
from tests.bulletins.reading.word_files import (
    SPACES,
    InWord,
    by_hand,
    centred,
    drawn,
    line,
    numbered,
    relation,
    run,
    table,
    text_box,
)

WORDS: tuple[WordCase, ...] = (
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
            parts=NUMBERS,
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
            parts=NUMBERS
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
        lambda: by_hand(*report(numbered("听课", list_id=2), numbered("评课", list_id=3)), parts=NUMBERS),
        text=f"●听课\n五、评课\n{SECOND}",
        changes=("项目符号写成“●”", "自动编号写成文字"),
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
            parts={"word/footnotes.xml": footnote("其中一所为教学点。")},
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
        lambda: by_hand(*report(line(FIRST, inside=FORMULA + OBJECT + CHART + SMART), '<w:altChunk r:id="x"/>')),
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
        lambda: by_hand(*report(line(FIRST), drawn("p1"), centred("图1 上课")), strict=True, **IMAGE),
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
