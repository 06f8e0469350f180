"""A whole Word document out of its archive: body, notes, headers, remarks, pictures, what lies outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bulletins.reading.word.archive import Relation, WordArchive, opened
from bulletins.reading.word.blocks import Block, WordContent, paragraphs_of
from bulletins.reading.word.names import W, value
from bulletins.reading.word.numbering import Numbering
from bulletins.reading.word.parsing import Parser

_CHINESE = re.compile("[\u4e00-\u9fff]")
_PAGE_NUMBER = re.compile(r"第?\d*页?[，,/ ]*共?\d*页?")
_OUTSIDE = {"hyperlink": "网址链接", "attachedTemplate": "文件模板", "image": "图片", "oleObject": "对象"}


def read_content(source: bytes, *, with_pictures: bool = True) -> WordContent:
    """Everything that a .docx holds for its readers, tracked changes as they are.

    Raises UnreadableFile for what is no Word file, is broken, locked, or dangerous to unpack.
    """
    with opened(source) as archive:
        parser = Parser(Numbering(_side(archive, "numbering"), styles := _side(archive, "styles")), _names(styles))
        content = WordContent(blocks=parser.blocks(_body(archive)))
        content.notes = dict(_notes(archive, parser))
        content.sides = tuple(_sides(archive, parser))
        content.comments = tuple(_comments(archive, parser))
        content.hidden = tuple(parser.hidden)
        relations = archive.relations()
        content.outside = tuple(_outside(archive, relations))
        if with_pictures:
            content.pictures = dict(_pictures(archive, relations))
        return content


def _body(archive: WordArchive) -> Element:
    body = archive.body()
    if body.tag != f"{W}document":
        raise KeyError("document")
    return body


def _side(archive: WordArchive, name: str) -> Element | None:
    return next((archive.tree(part) for part in archive.beside(rf"{name}\d*")), None)


def _names(styles: Element | None) -> dict[str, str]:
    """What people call the styles, by id, lower case: ids are numbers in files of WPS."""
    found = () if styles is None else styles.iter(f"{W}style")
    return {value(style, "styleId"): value(style.find(f"{W}name")).lower() for style in found}


def _notes(archive: WordArchive, parser: Parser) -> Iterator[tuple[tuple[str, str], tuple[Block, ...]]]:
    for kind in ("footnote", "endnote"):
        root = _side(archive, f"{kind}s")
        for note in () if root is None else root.findall(f"{W}{kind}"):
            if value(note, "type") in {"", "normal"}:
                yield (kind, value(note, "id")), parser.blocks(note)


def _sides(archive: WordArchive, parser: Parser) -> Iterator[str]:
    """Chinese text of headers and footers that is no page number, each once."""
    seen = set()
    for part in archive.beside(r"(?:header|footer)\d*"):
        root = archive.tree(part)
        for paragraph in () if root is None else paragraphs_of(parser.blocks(root)):
            text = paragraph.text.strip()
            if _CHINESE.search(text) and not _PAGE_NUMBER.fullmatch(text) and text not in seen:
                seen.add(text)
                yield text


def _comments(archive: WordArchive, parser: Parser) -> Iterator[str]:
    root = _side(archive, "comments")
    for comment in () if root is None else root.findall(f"{W}comment"):
        yield "".join(paragraph.text for paragraph in paragraphs_of(parser.blocks(comment))).strip()


def _outside(archive: WordArchive, relations: dict[str, Relation]) -> Iterator[tuple[str, str]]:
    """What the file refers to outside itself, as kind in words and address; never fetched."""
    settings = next(iter(archive.beside(r"settings\d*")), None)
    found = [*relations.values(), *(archive.relations(settings).values() if settings else ())]
    for relation in found:
        if relation.external:
            yield _OUTSIDE.get(relation.kind, "外部内容"), relation.target


def _pictures(archive: WordArchive, relations: dict[str, Relation]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for key, relation in relations.items():
        if relation.kind == "image" and not relation.external and relation.target in archive.names:
            yield key, (relation.target.rpartition("/")[2], archive.data(relation.target))
