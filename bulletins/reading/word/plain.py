"""A Word file as numbered paragraphs, the form in which past issues are read."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.reading.word.blocks import Paragraph, is_deleted, paragraphs_of
from bulletins.reading.word.content import read_content


@dataclass(frozen=True, slots=True)
class WordText:
    """Paragraphs in reading order, empty ones too; ``leftovers``: Chinese text of headers, footers, notes."""

    paragraphs: tuple[str, ...]
    leftovers: tuple[str, ...]


def read_word(source: bytes) -> WordText:
    """The text of a .docx, tracked insertions taken as done and deletions as gone, bold runs as ``**…**``.

    Automatic numbers and the ★ of a list are written out; other bullets are not.
    Raises UnreadableFile for what is no Word file, is broken, or is dangerous to unpack.
    """
    content = read_content(source, with_pictures=False)
    texts: list[str] = []
    open_line = False
    for paragraph in paragraphs_of(content.blocks):
        lines = _marked(paragraph).split("\n")
        if open_line:
            texts[-1] += lines.pop(0)
        texts += lines
        open_line = is_deleted(paragraph.marks)
    notes = [paragraph.text for blocks in content.notes.values() for paragraph in paragraphs_of(blocks)]
    return WordText(tuple(texts), (*content.sides, *(note.strip() for note in notes if note.strip())))


def _marked(paragraph: Paragraph) -> str:
    out = ""
    for words in paragraph.words:
        text = words.text.replace("\t", " ")
        if is_deleted(words.marks):
            continue
        if words.bold and text.strip():
            out = out[:-2] + text + "**" if out.endswith("**") else f"{out}**{text}**"
        else:
            out += text
    number = "" if paragraph.is_bullet and paragraph.number != "★" else paragraph.number
    return f"{number}{out}" if out.strip() else out
