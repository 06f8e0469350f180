"""A single report out of a .txt or .docx file, as plain text."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.reading.files import load_lines
from portal.text.clean import clean_text


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """``text``: paragraphs parted by ``\\n``, official headings as written. ``notes``: what was left out or changed."""

    text: str
    notes: tuple[str, ...]


def read_document(source: bytes, *, filename: str) -> ReadDocument:
    """The text of a report's file; bold and other looks are dropped, wording and marks stay.

    Raises UnreadableFile, with a sentence for the user, for what is empty, too large, of another kind or dangerous.
    """
    loaded = load_lines(source, filename=filename)
    cleaned = clean_text("\n".join(line.text.replace("**", "") for line in loaded.lines))
    notes = [f"{change.label}：{change.count}处" for change in cleaned.changes]
    notes += [f"页眉、页脚或注释中的文字没有读入：{text}" for text in loaded.leftovers]
    return ReadDocument(cleaned.text, tuple(notes))
