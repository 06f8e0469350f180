"""Word files with pictures and tables."""

from __future__ import annotations

from tests.bulletins.reading.word_case import (
    FIRST,
    IMAGE,
    SECOND,
    TITLE,
    WordCase,
    report,
)
from tests.bulletins.reading.word_files import (
    InWord,
    by_hand,
    centred,
    drawn,
    drawn_the_old_way,
    line,
    picture,
    relation,
    table,
)

PARTS: tuple[WordCase, ...] = (
    WordCase(
        "a picture with its caption below",
        lambda: by_hand(*report(line(FIRST), drawn("p1"), centred("图1 师范生在上课")), **IMAGE),
        captions=("图1 师范生在上课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture as WPS writes it, its caption not centred",
        lambda: by_hand(*report(line(FIRST), drawn_the_old_way("p1"), line("图为师范生在上课")), **IMAGE),
        captions=("图为师范生在上课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture whose caption stands above it",
        lambda: by_hand(*report(line(FIRST), line("图2：评课"), drawn("p1")), **IMAGE),
        captions=("图2：评课",),
        changes=("图片说明移到图片下（附件中）",),
    ),
    WordCase(
        "a picture between two sentences, without caption",
        lambda: by_hand(*report(line(FIRST), drawn("p1")), **IMAGE),
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
)
