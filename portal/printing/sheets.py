"""Single sheets beside the issue (covers, contents, certificates): a body and a style sheet of their own, as PDF."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML

from .fetcher import OwnFilesOnly
from .fonts import Face, FontSet
from .glyphs import set_text
from .justify import chinese_justification
from .machine import VARIANT, font_config, font_rules, one_at_a_time


@dataclass(frozen=True, slots=True)
class Sheets:
    """Printed sheets: the file and how many pages it has."""

    pdf: bytes
    pages: int


def print_sheets(body: str, *, styles: Path, title: str, author: str, day: date, fonts: FontSet) -> Sheets:
    """Print an HTML body with the style sheet in the file ``styles``.

    The same body, fonts and day give the same bytes. Text in ``body`` must be escaped already (:func:`setter`).
    """
    text = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(author)}"><meta name="dcterms.created" content="{day.isoformat()}">'
        f'<meta name="dcterms.modified" content="{day.isoformat()}"></head><body>{body}</body></html>'
    )
    with one_at_a_time, chinese_justification():
        fetcher, config = OwnFilesOnly(fonts), font_config(fonts, os.getpid())
        rules = font_rules(fonts) + styles.read_text(encoding="utf-8")
        css = CSS(string=rules, font_config=config, url_fetcher=fetcher)
        document = HTML(string=text, url_fetcher=fetcher).render(
            font_config=config, stylesheets=[css], pdf_variant=VARIANT
        )
        identifier = hashlib.sha256(text.encode()).hexdigest()[:32].encode()
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
        return Sheets(pdf, len(document.pages))


def setter(fonts: FontSet) -> Callable[..., str]:
    """A function that sets a text as escaped HTML in a face (that of the text if none is given)."""

    def set_in(text: str, face: Face | None = None) -> str:
        return set_text(text, face or fonts.body, fonts)

    return set_in
