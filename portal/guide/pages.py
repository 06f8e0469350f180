"""The user guide as files: ``docs/guide/*.md``, one per role, each saying itself whom and which pages it helps.

A file begins with ``# title`` and ``<!-- for: role role -->``; a chapter is ``## heading {#id}``, followed by
``<!-- pages: name name -->`` with the url names of the pages it explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from PIL import Image

FOLDER = settings.BASE_DIR / "docs" / "guide"
#: The order in which the guide's contents list its pages; a file that is not named here comes last.
ORDER = ("officer", "approver", "collector", "editor", "reviewer", "leader", "expert", "admin", "reader")

_TITLE = re.compile(r"^# (.+)$", re.M)
_FOR = re.compile(r"<!-- for: ([\w ]+) -->")
_CHAPTER = re.compile(r"^##+ (?P<heading>.+?) \{#(?P<id>[\w-]+)\}\n(?:<!-- pages: (?P<pages>[\w -]+) -->)?", re.M)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its anchor, and the url names of the pages that it explains."""

    id: str
    heading: str
    pages: frozenset[str]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One file of the guide: for holders of ``roles``; a page without roles is for everybody."""

    slug: str
    title: str
    roles: frozenset[str]
    chapters: tuple[Chapter, ...]
    source: str

    def chapter_for(self, url_name: str) -> Chapter | None:
        return next((chapter for chapter in self.chapters if url_name in chapter.pages), None)

    def html(self) -> str:
        """The page as HTML; the files are part of the project, so they are trusted."""
        return _rendered(self.source)


def guide_pages() -> tuple[GuidePage, ...]:
    """Every page of the guide, in the order of its contents."""
    return _read(FOLDER)


def guide_page(slug: str) -> GuidePage | None:
    return next((page for page in guide_pages() if page.slug == slug), None)


def help_address(url_name: str, roles: Iterable[str]) -> str:
    """Where the help button of the page ``url_name`` leads for a person with ``roles``.

    A chapter about the page in a guide of the person's own roles comes first, then one in any guide, then
    the person's guide, then the contents.
    """
    own: list[GuidePage] = []
    others: list[GuidePage] = []
    for page in guide_pages():
        (own if page.roles & set(roles) else others).append(page)
    for page in (*own, *others):
        chapter = page.chapter_for(url_name)
        if chapter is not None:
            return f"{reverse('guide-page', args=[page.slug])}#{chapter.id}"
    return reverse("guide-page", args=[own[0].slug]) if own else reverse("guide")


@cache
def _read(folder: Path) -> tuple[GuidePage, ...]:
    pages = [_page(path) for path in folder.glob("*.md")]
    return tuple(sorted(pages, key=lambda page: ORDER.index(page.slug) if page.slug in ORDER else len(ORDER)))


def _page(path: Path) -> GuidePage:
    source = path.read_text(encoding="utf-8")
    title = _TITLE.search(source)
    roles = _FOR.search(source)
    chapters = tuple(
        Chapter(match["id"], match["heading"], frozenset((match["pages"] or "").split()))
        for match in _CHAPTER.finditer(source)
    )
    return GuidePage(
        slug=path.stem,
        title=title[1] if title else path.stem,
        roles=frozenset(roles[1].split()) if roles else frozenset(),
        chapters=chapters,
        source=_TITLE.sub("", source, count=1),
    )


class _Addresses(Treeprocessor):
    """Files of the guide name each other as files (``editor.md``, ``pictures/desk.png``); the portal serves both."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if match := re.fullmatch(r"([\w-]+)\.md(#[\w-]+)?", target):
                link.set("href", reverse("guide-page", args=[match[1]]) + (match[2] or ""))
        for picture in root.iter("img"):
            name = picture.get("src", "").removeprefix("pictures/")
            picture.set("src", static(f"guide/{name}"))
            picture.set("loading", "lazy")
            # Room is kept for what comes later: a picture must not push away the chapter that was asked for.
            with Image.open(FOLDER / "pictures" / name) as opened:
                for side, length in zip(("width", "height"), opened.size, strict=True):
                    picture.set(side, str(length))
        for table in root.iter("table"):
            table.set("class", "table")


class _Ours(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.treeprocessors.register(_Addresses(md), "addresses", 1)


@cache
def _rendered(source: str) -> str:
    return markdown.markdown(source, extensions=["attr_list", "tables", _Ours()])
