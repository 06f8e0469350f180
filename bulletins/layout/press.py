"""Printing: the document laid out until it fits well, then written as a tagged PDF, the same bytes every time."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bulletins.content import IssueContent
from portal.printing.fetcher import OwnFilesOnly
from portal.printing.fonts import FontSet, find_fonts
from portal.printing.justify import chinese_justification
from portal.printing.machine import VARIANT, font_config, font_rules, one_at_a_time

from . import markup, proofmark
from .embolden import stroked_text
from .markup import Fit, entry_keys, missing_in
from .positions import Spot, line_positions

# Tried in order until text stands above the imprint on the last page. GB/T 9704-2012, 5.2.4 wants pages
# filled to the last of 22 lines, so single lines at page ends are allowed first; then they are not, which
# may take lines over to the imprint; then 23 and 24 lines a page; at last one line is taken over by force.
LADDER = (Fit(), Fit(keep=2), Fit(27.73), Fit(26.57), Fit(hold_imprint=True))

_STYLES = Path(__file__).with_name("page.css")


@dataclass(frozen=True, slots=True)
class CompiledPdf:
    """A printed issue.

    ``html`` is the document it was printed from, ``steps`` seconds by step (markup, fonts, layout, write),
    ``entry_pages`` the page (from 1) on which each entry starts, by its key, ``positions`` where their lines
    stand (:func:`line_positions`), ``fit`` the setting used.
    """

    pdf: bytes
    pages: int
    html: str
    steps: dict[str, float] = field(compare=False)
    entry_pages: dict[str, int] = field(default_factory=dict)
    fit: Fit = LADDER[0]
    positions: dict[str, list[Spot]] = field(default_factory=dict)


def render_html(issue: IssueContent, *, proof: bool = False, fonts: FontSet) -> str:
    """The issue as one HTML document with its styles, in the normal setting; for print, not for the screen."""
    body = markup.body(issue, proof=proof, fonts=fonts)
    text = markup.document(issue, body, fonts=fonts, fit=LADDER[0], created=_day(issue, None))
    return markup.with_styles(text, _style_sheet(fonts, proof))


def missing_characters(issue: IssueContent, fonts: FontSet) -> list[str]:
    """Characters of an issue that no font has, each once, in order; they print as 〓."""
    return list(dict.fromkeys(missing_in(issue, fonts)))


def compile_pdf(
    issue: IssueContent, *, proof: bool = False, fonts: FontSet | None = None, created: date | None = None
) -> CompiledPdf:
    """Print an issue as PDF/UA-1; the same issue, fonts and day give the same bytes.

    ``proof`` puts 校样 behind every page. ``created`` is the day in the file's properties (else the
    day of printing, else of the issue). Raises FontsMissing where the machine has no Chinese font.
    """
    fonts = fonts or find_fonts()
    day = _day(issue, created)
    clock = _Clock()
    body = markup.body(issue, proof=proof, fonts=fonts)
    clock.lap("markup")
    with one_at_a_time, chinese_justification(), stroked_text(), _tidy_memory():
        tools = _tools(fonts, proof, os.getpid())
        clock.lap("fonts")
        for fit in LADDER:
            text = markup.document(issue, body, fonts=fonts, fit=fit, created=day)
            laid_out = tools.lay_out(text)
            if markup.LAST_PARAGRAPH in laid_out.pages[-1].anchors:
                break
        clock.lap("layout")
        identifier = hashlib.sha256(text.encode()).hexdigest()[:32].encode()
        pdf: bytes = laid_out.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
        clock.lap("write")
        pages, entry_pages = len(laid_out.pages), _entry_pages(issue, laid_out.pages)
        positions = line_positions(laid_out.pages, entry_keys(issue))
        del laid_out
    html = markup.with_styles(text, _style_sheet(fonts, proof))
    return CompiledPdf(pdf, pages, html, clock.steps, entry_pages, fit, positions)


@contextmanager
def _tidy_memory() -> Iterator[None]:
    """Give the page's boxes back at once: they refer to each other, and left to chance a worker grows by a third.

    With the collector paused they stay in its youngest generation, which is quick to go through.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if was_enabled:
            gc.enable()


def _day(issue: IssueContent, created: date | None) -> date:
    return created or issue.printed_on or issue.issue_date


@lru_cache(maxsize=8)
def _style_sheet(fonts: FontSet, proof: bool) -> str:
    """The page's styles with the font files of this machine."""
    return "\n".join([font_rules(fonts), _STYLES.read_text(encoding="utf-8"), proofmark.STYLE if proof else ""])


@dataclass(frozen=True, slots=True)
class _Tools:
    """What is the same for every issue and costs time to make: fonts loaded, styles parsed."""

    font_config: FontConfiguration
    styles: CSS
    fetcher: OwnFilesOnly

    def lay_out(self, text: str) -> Any:
        """WeasyPrint's laid-out document."""
        html = HTML(string=text, url_fetcher=self.fetcher)
        return html.render(font_config=self.font_config, stylesheets=[self.styles], pdf_variant=VARIANT)


@lru_cache(maxsize=4)
def _tools(fonts: FontSet, proof: bool, process: int) -> _Tools:
    """Tools of one process; a forked worker makes its own, since font maps do not survive a fork."""
    pictures = {proofmark.ADDRESS: proofmark.proof_mark(fonts)} if proof else {}
    fetcher = OwnFilesOnly(fonts, pictures)
    config = font_config(fonts, process)
    styles = CSS(string=_style_sheet(fonts, proof), font_config=config, url_fetcher=fetcher)
    return _Tools(config, styles, fetcher)


def _entry_pages(issue: IssueContent, pages: list[Any]) -> dict[str, int]:
    """The first page that carries each entry's anchor."""
    starts: dict[str, int] = {}
    keys = entry_keys(issue)
    for number, page in enumerate(pages, start=1):
        for anchor in page.anchors:
            if anchor in keys:
                starts.setdefault(keys[anchor], number)
    return starts


class _Clock:
    """Seconds spent by step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, step: str) -> None:
        """Count the time since the last lap toward a step."""
        now = perf_counter()
        self.steps[step] = self.steps.get(step, 0.0) + now - self._last
        self._last = now
