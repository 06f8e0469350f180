"""An issue as an HTML document: masthead, sections, entries, imprint. Everything in it is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from bulletins.content import EntryContent, IssueContent
from portal.printing.code import code_svg
from portal.printing.fonts import Face, FontSet
from portal.printing.glyphs import missing, set_text
from portal.text.official import official_date

from .embolden import can_embolden
from .setting import IMPRINT_SIZE, ORIGIN_SIZE, beside_size, head_level, programme_size, title_size

LAST_PARAGRAPH = "text-end"
NOTHING_YET = "（本期暂无内容）"


@dataclass(frozen=True, slots=True)
class Fit:
    """How tightly a page is set: height of a grid line (pt), lines kept together, what stays with the imprint."""

    line: float = 28.99
    keep: int = 1
    hold_imprint: bool = False


def entry_keys(issue: IssueContent) -> dict[str, str]:
    """For every entry in order its anchor in the document and its key (``entry-3`` where it has none)."""
    entries = [entry for section in issue.sections for entry in section.entries]
    return {f"item-{place}": entry.key or f"entry-{place}" for place, entry in enumerate(entries, start=1)}


def body(issue: IssueContent, *, proof: bool, fonts: FontSet) -> str:
    """What stands between the document's head and its end; the same however tightly the page is set."""
    page = _Page(issue, fonts, proof=proof)
    return f"{page.header()}{page.main()}"


def document(issue: IssueContent, body: str, *, fonts: FontSet, fit: Fit, created: date) -> str:
    """The document around a body made by :func:`body`, without styles; ``created`` goes into its properties."""
    title = escape(f"{issue.masthead}{issue.title}{issue.label}")
    day = created.isoformat()
    hold = " hold" if fit.hold_imprint else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN" style="--line:{fit.line}pt;--keep:{fit.keep}"><head>'
        f'<meta charset="utf-8"><title>{title}</title><meta name="author" content="{escape(issue.office)}">'
        f'<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}">'
        f'</head><body class="{_leads(fonts)}{hold}">{body}</body></html>'
    )


def with_styles(markup: str, styles: str) -> str:
    """The document with its styles inside, so that it can be printed from alone."""
    return markup.replace("</head>", f"<style>{styles}</style></head>", 1)


def missing_in(issue: IssueContent, fonts: FontSet) -> Iterator[str]:
    """Characters of an issue that no font has, as they occur."""
    for text, face in _texts(issue, fonts):
        yield from missing(text, face, fonts)


def _texts(issue: IssueContent, fonts: FontSet) -> Iterator[tuple[str, Face]]:
    """Every printed text of an issue with the face it is set in."""
    yield issue.masthead, fonts.title
    yield issue.title, fonts.title
    for text in (issue.label, issue.office):
        yield text, fonts.body
    for section in issue.sections:
        yield section.name, fonts.head
        for entry in section.entries:
            yield entry.lead, _lead_face(fonts)
            for paragraph in entry.paragraphs:
                yield paragraph, _paragraph_face(paragraph, fonts)[1]
    yield issue.report_to, fonts.body
    yield issue.copy_to, fonts.body


def _lead_face(fonts: FontSet) -> Face:
    """Leads stand in the bold of the text face; 黑体 where no bold can be had."""
    return fonts.body if fonts.body.system or can_embolden() else fonts.head


def _leads(fonts: FontSet) -> str:
    """The class that says how leads are made bold: a real bold, a stroked one, or 黑体."""
    if fonts.body.system:
        return "bold-leads"
    return "stroked-leads" if can_embolden() else "head-leads"


def _paragraph_face(text: str, fonts: FontSet) -> tuple[str, Face]:
    """The class and face of a paragraph: text, or a head inside an entry."""
    kinds = ("", fonts.body), ("first-head", fonts.head), ("second-head", fonts.kai)
    return kinds[head_level(text)]


@dataclass(frozen=True, slots=True)
class _Page:
    """The pieces of one document."""

    issue: IssueContent
    fonts: FontSet
    proof: bool

    def text(self, text: str, face: Face | None = None) -> str:
        return set_text(text, face or self.fonts.body, self.fonts)

    def header(self) -> str:
        """Programme name and title in red, the number, office and date above the red rule."""
        issue, title = self.issue, self.fonts.title
        day = official_date(issue.issue_date)
        office_size = beside_size(issue.office, ORIGIN_SIZE, day)
        return "".join(
            (
                f'<header><p class="programme" style="font-size:{programme_size(issue.masthead):.2f}pt">',
                f"{self.text(issue.masthead, title)}</p>",
                f'<h1 style="font-size:{title_size(issue.title):.2f}pt">{self.text(issue.title, title)}</h1>',
                f'<p class="number">{self.text(issue.label)}</p>',
                f'<p class="origin"><span style="font-size:{office_size:.2f}pt">',
                f'{self.text(issue.office)}</span><span class="day">{day}</span></p></header>',
            )
        )

    def main(self) -> str:
        """All sections; the last paragraph carries the imprint, which floats to the foot of its page."""
        anchors = iter(entry_keys(self.issue))
        blocks: list[str] = []
        for section in self.issue.sections:
            entries = "".join(self._entry(entry, next(anchors)) for entry in section.entries)
            head = self.text(f"【{section.name}】", self.fonts.head)
            blocks.append(f"<section><h2>{head}</h2>{entries}</section>")
        if not any(section.entries for section in self.issue.sections):
            blocks.append(f"<p>{self.text(NOTHING_YET) if self.proof else ''}</p>")
        return f"<main>{self._with_imprint(''.join(blocks))}</main>"

    def _with_imprint(self, blocks: str) -> str:
        """Mark the last paragraph and put the imprint at its end."""
        start, end = blocks.rindex("<p"), blocks.rindex("</p>")
        marked = f'{blocks[:start]}<p id="{LAST_PARAGRAPH}"{blocks[start + 2 : end]}'
        return f"{marked}{self._imprint()}{blocks[end:]}"

    def _entry(self, entry: EntryContent, anchor: str) -> str:
        """One ★ item; the lead and the first paragraph share a line."""
        first, *others = entry.paragraphs or ("",)
        opening = self.text(first)
        if entry.lead:
            opening = f'<span class="lead">{self.text("★" + entry.lead, _lead_face(self.fonts))}</span>{opening}'
        else:
            opening = f'<span class="item">{self.text("★")}</span>{opening}'
        return f'<article id="{anchor}"><p>{opening}</p>{"".join(map(self._paragraph, others))}</article>'

    def _paragraph(self, text: str) -> str:
        kind, face = _paragraph_face(text, self.fonts)
        return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{self.text(text, face)}</p>"

    def _imprint(self) -> str:
        """版记 (GB/T 9704-2012, 7.4): readers, then office and day of printing on one row."""
        issue = self.issue
        readers = [(word, text) for word, text in (("报", issue.report_to), ("送", issue.copy_to)) if text.strip()]
        rows = "".join(f'<span class="row">{word}：{self.text(text)}</span>' for word, text in readers)
        code = self._code()
        if code:
            block = f'<span class="readers coded"><span class="rows">{rows}</span>{code}</span>'
        else:
            block = f'<span class="readers">{rows}</span>' if rows else ""
        if issue.printed_on:
            printed = f"{official_date(issue.printed_on)}印发"
        else:
            printed = "　　年　月　日印发" if self.proof else ""
        size = beside_size(issue.office, IMPRINT_SIZE, printed)
        return (
            f'<span class="imprint">{block}<span class="printed">'
            f'<span style="font-size:{size:.2f}pt">{self.text(issue.office)}</span>'
            f'<span class="day">{printed}</span></span></span>'
        )

    def _code(self) -> str:
        """The code that verifies a copy; in a proof an empty box of its size, so that pages break alike."""
        if self.issue.verify_url:
            drawing = code_svg(self.issue.verify_url, alternative=f"扫码核验：{self.issue.verify_url}")
            return f'<span class="code">{drawing}</span>'
        return '<span class="code to-come"></span>' if self.proof else ""
