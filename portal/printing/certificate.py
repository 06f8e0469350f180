"""A certificate on one page: title, paragraphs, who signs, the day, and a code under which anybody verifies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from portal.text.official import official_date

from .code import code_svg
from .fonts import FontSet
from .sheets import Sheets, print_sheets, setter

_STYLES = Path(__file__).with_name("certificate.css")


def print_certificate(
    title: str, paragraphs: Sequence[str], *, signed: Sequence[str], day: date, address: str, fonts: FontSet
) -> Sheets:
    """Print it; ``signed`` are the lines above the day, ``address`` is where it is verified."""
    text = setter(fonts)
    code = code_svg(address, alternative=f"扫码核验：{address}")
    body = (
        f"<h1>{text(title, fonts.title)}</h1>"
        + "".join(f"<p class='text'>{text(paragraph)}</p>" for paragraph in (*paragraphs, "特此证明。"))
        + "".join(f"<p class='signed'>{text(line)}</p>" for line in signed)
        + f"<p class='day'>{official_date(day)}</p>"
        + f"<div class='verify'><div class='code'>{code}</div>"
        + f"<p>{text('扫描二维码可核验本证明。')}<br>{text(address)}</p></div>"
    )
    return print_sheets(body, styles=_STYLES, title=title, author=signed[-1], day=day, fonts=fonts)
