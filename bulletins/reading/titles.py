"""Which paragraphs of a Word file are its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletins.reading.word.blocks import Block, Paragraph

LONGEST_TITLE = 60
"""Two printed lines of 28 characters and a little."""
LOOKED_AT = 6
"""A title stands among the first paragraphs, if anywhere."""
MOST_LINES = 3

_STYLES = frozenset(("title", "标题", "大标题", "文章标题", "公文标题"))
_END = re.compile(r"[。；，：！？、,;:.!?]$")
_NO_TITLE = re.compile(r"[（(]|\d{4}\s*年|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|★|附件|通讯员|作者|供稿|来源")
_SIGNATURE = re.compile(r"(?:局|办|办公室|委员会|领导小组|信息员)$")


def split_title(blocks: Sequence[Block]) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The paragraphs of the title (none where there is none), and all other blocks in their order."""
    told = [block for block in blocks[:20] if isinstance(block, Paragraph) and block.text.strip()][:LOOKED_AT]
    title = _styled(told) or _by_form(told, has_more=_has_more(blocks, told[:1]))
    ids = {id(paragraph) for paragraph in title}
    return tuple(title), tuple(block for block in blocks if id(block) not in ids)


def _styled(told: list[Paragraph]) -> list[Paragraph]:
    """What the writer has set in the style of titles."""
    first = next((at for at, paragraph in enumerate(told) if paragraph.style in _STYLES), None)
    if first is None:
        return []
    lines = [told[first]]
    for paragraph in told[first + 1 :]:
        if paragraph.style not in _STYLES:
            break
        lines.append(paragraph)
    return lines[:MOST_LINES] if _length(lines[:MOST_LINES]) <= 2 * LONGEST_TITLE else lines[:1]


def _by_form(told: list[Paragraph], *, has_more: bool) -> list[Paragraph]:
    """A short first line without a stop; further lines if they are centred with it, or begin with a dash."""
    if not told or not has_more or not _reads_as_title(told[0]):
        return []
    lines = [told[0]]
    for paragraph in told[1:MOST_LINES]:
        text = paragraph.text.strip()
        belongs = told[0].is_centred and paragraph.is_centred and _reads_as_title(paragraph)
        if not (text.startswith(("——", "--")) or (belongs and not _SIGNATURE.search(text))):
            break
        if _length([*lines, paragraph]) > LONGEST_TITLE:
            break
        lines.append(paragraph)
    return lines


def _reads_as_title(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) <= LONGEST_TITLE and not (
        paragraph.number or paragraph.pictures or "。" in text or _END.search(text) or _NO_TITLE.match(text)
    )


def _length(lines: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text.strip()) for paragraph in lines)


def _has_more(blocks: Sequence[Block], first: Sequence[Paragraph]) -> bool:
    """Whether anything with text follows the first paragraph: a line alone is text."""
    return any(
        not isinstance(block, Paragraph) or block.text.strip()
        for block in blocks
        if not any(block is paragraph for paragraph in first)
    )
