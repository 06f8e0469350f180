"""A bound volume (合订本): cover, contents and index around the issues' own pages, one running number over all.

The issues' pages are taken as they were printed, with their own numbers. Every issue begins on a right-hand
page, so that printed on both sides its numbers stay at the outer edge.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2

from portal.printing.fonts import FontSet
from portal.printing.sheets import Sheets, print_sheets, setter
from portal.text.official import official_date

_STYLES, _STAMP = (Path(__file__).with_name(name) for name in ("volume.css", "stamp.css"))
#: Of the running number, in points: how wide a figure is, how far above the paper's edge it stands.
FIGURE_WIDTH, NUMBER_FOOT = 5.2, 46.0
#: Told after each issue that is put in: how many there are so far.
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BoundEntry:
    """An entry in the contents: its section, how it is called, its page within the issue (from 1), its units."""

    section: str
    called: str
    page: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundIssue:
    """An issue with its final file. ``pdf`` is read when it is needed: a year of issues is not held at once.

    ``note`` stands in the contents beside the number (已更正).
    """

    label: str
    issue_date: date
    entries: tuple[BoundEntry, ...]
    pages: int
    pdf: Callable[[], bytes]
    note: str = ""


@dataclass(frozen=True, slots=True)
class VolumeContent:
    """What a volume binds. ``left_out`` are sentences about numbers that are not in it (voided ones)."""

    masthead: str
    title: str
    name: str
    since: date
    until: date
    office: str
    day: date
    issues: tuple[BoundIssue, ...]
    left_out: tuple[str, ...] = ()
    unit_order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundVolume:
    """The file, its pages, and the running number of each issue's first page, by label."""

    pdf: bytes
    pages: int
    first_pages: dict[str, int]


def bind_volume(content: VolumeContent, *, fonts: FontSet, told: Told = lambda count: None) -> BoundVolume:
    """Make the volume; raises ValueError where it binds no issue."""
    if not content.issues:
        raise ValueError("a volume binds at least one issue")
    printer = _Printer(content, fonts)
    before = printer.front([0] * len(content.issues)).pages  # numbers change no line, so the count holds
    starts = _first_pages(content.issues, before)
    front, index = printer.front(starts), printer.index(starts)
    book, figures = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(printer.figures().pdf)
    try:
        _add(book, front.pdf, figures)
        for count, (issue, start) in enumerate(zip(content.issues, starts, strict=True), 1):
            _blank_until(book, start - 1, figures)
            _add(book, issue.pdf(), figures)
            told(count)
        _blank_until(book, _odd(len(book) + 1) - 1, figures)
        _add(book, index.pdf, figures)
        target = io.BytesIO()
        book.save(target)
        labels = [issue.label for issue in content.issues]
        return BoundVolume(target.getvalue(), len(book), dict(zip(labels, starts, strict=True)))
    finally:
        figures.close()
        book.close()


def _odd(number: int) -> int:
    return number if number % 2 else number + 1


def _first_pages(issues: Sequence[BoundIssue], before: int) -> list[int]:
    """The running number of each issue's first page, always odd."""
    starts = []
    following = before + 1
    for issue in issues:
        starts.append(_odd(following))
        following = starts[-1] + issue.pages
    return starts


def _add(book: pypdfium2.PdfDocument, pdf: bytes, figures: pypdfium2.PdfDocument) -> None:
    """Add a file's pages with their running numbers. They are stamped before: in a large book it takes far longer."""
    source = pypdfium2.PdfDocument(pdf)
    try:
        _stamp(source, figures, after=len(book))
        book.import_pages(source)
    finally:
        source.close()


def _blank_until(book: pypdfium2.PdfDocument, pages: int, figures: pypdfium2.PdfDocument) -> None:
    """Add empty A4 pages until there are so many."""
    while len(book) < pages:
        blank = pypdfium2.PdfDocument.new()
        blank.new_page(595.28, 841.89)
        _stamp(blank, figures, after=len(book))
        book.import_pages(blank)
        blank.close()


def _stamp(source: pypdfium2.PdfDocument, figures: pypdfium2.PdfDocument, *, after: int) -> None:
    """Write running numbers on all pages but the cover, put together from drawings of the ten figures."""
    drawings = [figures.page_as_xobject(figure, source) for figure in range(10)]
    for place, page in enumerate(source):
        number = str(after + place + 1)
        left = (page.get_width() - len(number) * FIGURE_WIDTH) / 2
        for at, figure in enumerate(number if number != "1" else ""):
            drawing = drawings[int(figure)].as_pageobject()
            drawing.set_matrix(pypdfium2.PdfMatrix().translate(left + at * FIGURE_WIDTH, NUMBER_FOOT))
            page.insert_obj(drawing)
        page.gen_content()
        page.close()
    for drawing in drawings:
        drawing.close()


class _Printer:
    """The sheets of one volume that are not an issue's own."""

    def __init__(self, content: VolumeContent, fonts: FontSet) -> None:
        self.content, self.fonts = content, fonts
        self.text = setter(fonts)

    def front(self, starts: Sequence[int]) -> Sheets:
        """Cover and contents, with the running number of every entry."""
        blocks = [self._cover(), f"<h2>{self.text('目　录', self.fonts.head)}</h2>"]
        for issue, start in zip(self.content.issues, starts, strict=True):
            blocks.append(self._contents_of(issue, start))
        blocks += [f'<p class="void">{self.text(sentence)}</p>' for sentence in self.content.left_out]
        return self._print("".join(blocks))

    def index(self, starts: Sequence[int]) -> Sheets:
        """Units in official order, each with the numbers and pages at which it stands."""
        places: dict[str, list[str]] = {}
        for issue, start in zip(self.content.issues, starts, strict=True):
            for entry in issue.entries:
                for unit in entry.units:
                    places.setdefault(unit, []).append(f"{issue.label}\u2003{start + entry.page - 1}")
        order = {unit: place for place, unit in enumerate(self.content.unit_order)}
        ordered = sorted(places.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
        lines = [self._indexed(unit, found) for unit, found in ordered]
        nothing = f"<p>{self.text('没有可以列出的单位。')}</p>"
        head = f"<h2>{self.text('单位索引', self.fonts.head)}</h2>"
        hint = f"<p>{self.text('单位后为期号和合订本页码。')}</p>"
        return self._print(f'{head}{hint}<div class="index">{"".join(lines) or nothing}</div>')

    def _indexed(self, unit: str, places: list[str]) -> str:
        """A unit and its places; a number stays with its page."""
        found = "；".join(f"<span>{self.text(place)}</span>" for place in places)
        return f'<p><span class="unit">{self.text(unit, self.fonts.head)}</span>　{found}</p>'

    def figures(self) -> Sheets:
        """A page for each of the ten figures."""
        return self._print("".join(f"<p>{figure}</p>" for figure in range(10)), styles=_STAMP)

    def _print(self, body: str, *, styles: Path = _STYLES) -> Sheets:
        content = self.content
        title = f"{content.masthead}{content.title}{content.name}"
        return print_sheets(body, styles=styles, title=title, author=content.office, day=content.day, fonts=self.fonts)

    def _cover(self) -> str:
        content, title = self.content, self.fonts.title
        numbers = [content.issues[0].label, content.issues[-1].label]
        issues = numbers[0] if len(content.issues) == 1 else f"{numbers[0]}至{numbers[1]}"
        return (
            f'<section class="cover"><p class="programme">{self.text(content.masthead, title)}</p>'
            f'<h1>{self.text(content.title, title)}</h1><p class="name">{self.text(content.name, self.fonts.kai)}</p>'
            f'<p class="range">{self.text(issues)}</p>'
            f'<p class="office">{self.text(content.office)}<br>{official_date(content.day)}</p></section>'
        )

    def _contents_of(self, issue: BoundIssue, start: int) -> str:
        """The issue, its sections and entries, each with its page."""
        head = f"{issue.label}（{official_date(issue.issue_date)}）{issue.note}"
        lines = [f'<div class="number">{self._line(self.text(head, self.fonts.head), start)}</div>']
        section = ""
        for entry in issue.entries:
            if entry.section != section:
                section = entry.section
                lines.append(f'<p class="section">{self.text(f"【{section}】", self.fonts.kai)}</p>')
            called = self._line(self.text(entry.called), start + entry.page - 1 if start else 0)
            lines.append(f'<div class="entry">{called}</div>')
        return f'<section class="issue">{"".join(lines)}</section>'

    def _line(self, called: str, page: int) -> str:
        """A text, dots, and a page at the right edge."""
        return f'<p class="line" data-at=" {page}">{called}</p>'
