"""A single report out of a .docx or .txt file, or out of pasted text: title, text, pictures, and what was changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bulletins.reading.captions import Captions
from bulletins.reading.changes import Change, rendered
from bulletins.reading.composing import Composed, Composer
from bulletins.reading.errors import UnreadableFile
from bulletins.reading.files import decode, is_word, refuse_other_kinds
from bulletins.reading.tidy import tidy
from bulletins.reading.titles import split_title
from bulletins.reading.word.blocks import WordContent
from bulletins.reading.word.content import read_content

MOST_TOLD = 5
"""So many remarks, addresses and the like are quoted; of more only the number is told."""
LONGEST_QUOTE = 40
NO_WORDS = "这个文件里没有文字，请选择有内容的 TXT 或 Word（.docx）文件。"
ONLY_PICTURES = "这个文件里只有图片，没有文字（可能是扫描件）。请上传可以编辑文字的 Word 文件，图片可以作为附件添加。"


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture of a Word file: the name of its part, its bytes, its caption (may be empty)."""

    name: str
    data: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a file or paste holds. ``raw`` is as it stood there; ``changes`` bring it to official form.

    ``is_titled`` says that the first line is the title. ``notes`` are sentences about what was left out.
    """

    raw: str
    is_titled: bool
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    pictures: tuple[ReadPicture, ...] = ()

    def words(self, refused: Collection[str] = ()) -> tuple[str, str]:
        """Title (empty where there is none) and text, without the changes whose keys are ``refused``."""
        text = rendered(self.raw, self.changes, refused)
        if not self.is_titled:
            return "", text
        title, _, body = text.partition("\n")
        return title.strip(), body.strip("\n")

    @property
    def title(self) -> str:
        return self.words()[0]

    @property
    def text(self) -> str:
        """The text without the title, paragraphs parted by ``\\n``."""
        return self.words()[1]

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column; pictures stay behind."""
        changes = [change.to_json() for change in self.changes]
        return {"raw": self.raw, "is_titled": self.is_titled, "changes": changes, "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ReadDocument:
        """What ``to_json`` wrote, without pictures."""
        changes = tuple(Change.from_json(change) for change in data["changes"])
        return cls(data["raw"], data["is_titled"], changes, tuple(data["notes"]))


def read_document(source: bytes, *, filename: str) -> ReadDocument:
    """A report's file, .docx or .txt; looks are dropped, wording stays, every change is told.

    Raises UnreadableFile, with a sentence for the user, for what is empty, too large, of another kind or dangerous.
    """
    refuse_other_kinds(source, filename=filename)
    if not is_word(source, filename=filename):
        read = read_pasted(decode(source))
        if not read.text:
            raise UnreadableFile(NO_WORDS)
        return read
    content = read_content(source)
    title, rest = split_title(content.blocks)
    composer = Composer(content.notes, Captions(content.blocks))
    if title:
        composer.title(title)
    composer.blocks(rest)
    composed = composer.composed()
    read = ReadDocument(
        raw=composed.raw,
        is_titled=bool(title),
        changes=tidy(composed.raw, composed.changes),
        notes=tuple(_notes(content, composed)),
        pictures=tuple(_pictures(content, composed)),
    )
    if not any(read.words()):
        raise UnreadableFile(ONLY_PICTURES if read.pictures else NO_WORDS)
    return read


def read_pasted(text: str) -> ReadDocument:
    """Text pasted from Word, WPS, WeChat or a PDF; its title is left to recognition."""
    raw = text.replace("**", "")
    return ReadDocument(raw, is_titled=False, changes=tidy(raw))


def _pictures(content: WordContent, composed: Composed) -> Iterator[ReadPicture]:
    seen = set()
    for picture, caption in composed.pictures:
        if picture.relation in content.pictures and picture.relation not in seen:
            seen.add(picture.relation)
            name, data = content.pictures[picture.relation]
            yield ReadPicture(name, data, re.sub(r"\s+", " ", caption))


def _notes(content: WordContent, composed: Composed) -> Iterator[str]:
    """What was left out, and what was read in a way that a reader may want to check."""
    tracked = sum(change.kind != "edit" for change in composed.changes)
    if tracked:
        yield f"文件里有修订{tracked}处，已按接受修订读入，可在下面逐处恢复。"
    if composed.boxes:
        yield f"文本框{composed.boxes}个，其中的文字按所在位置读入。"
    for what, count in Counter(missing.what for missing in composed.missing).items():
        texts = [missing.text for missing in composed.missing if missing.what == what and missing.text]
        yield _told(f"{what}{count}处没有读入", texts)
    yield from _told_if("批注", "条没有读入", content.comments)
    yield from _told_if("隐藏文字", "处没有读入", content.hidden)
    yield from _told_if("页眉、页脚", "处没有读入", content.sides)
    yield from _outside(content)
    lost = sum(not picture.linked and picture.relation not in content.pictures for picture, _ in composed.pictures)
    if lost:
        yield f"图片{lost}张在文件中找不到，没有取出。"


def _outside(content: WordContent) -> Iterator[str]:
    for kind in dict.fromkeys(kind for kind, _ in content.outside):
        targets = [target for other, target in content.outside if other == kind]
        kept = "，文字已保留，没有打开链接" if kind == "网址链接" else "在文件之外，没有去取"
        yield _told(f"{kind}{len(targets)}处{kept}", targets)


def _told_if(what: str, counted: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield _told(f"{what}{len(texts)}{counted}", texts)


def _told(sentence: str, texts: Sequence[str]) -> str:
    quoted = [text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}……" for text in texts[:MOST_TOLD] if text]
    more = "等" if len(texts) > MOST_TOLD else ""
    return f"{sentence}：{'；'.join(quoted)}{more}。" if quoted else f"{sentence}。"
