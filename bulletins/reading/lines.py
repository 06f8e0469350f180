"""The lines of a file as an issue uses them: blanks of type-setting gone, each line known for what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletins.reading.files import SourceText
from bulletins.reading.log import ReadingLog
from portal.text.clean import squeeze_blanks

_HEAD = re.compile(r"[#*\s]*【([^【】★]{1,20})】[*\s]*(.*)")
_STAR = re.compile(r"(\*\*)?\s*★\s*")
_NUMBER = re.compile(
    r"拟?(?:[〔\[［【（(](\d{4})[〕\]］】）)]|(\d{4})年)?[总第]{0,2}第?(\d{1,5}|[〇零一二两三四五六七八九十百千]{1,8})期(?:[（(]总第\d+期[）)])?"
)
_DATE = re.compile(
    r"(.*?)([\d〇零○一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)(印发)?"
)
_IMPRINT = re.compile(r"(抄报|抄送|分送|报|送)[：:](.*)")
_PAGE_NUMBER = re.compile(r"[—–\-―－·]+\d{1,4}[—–\-―－·]+|第\d{1,4}页(?:[，,/]?共\d{1,4}页)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, its text as it stands (``raw``) and without needless blanks (``text``).

    ``head`` is the name of the section it opens (else empty). ``starred`` says that it began with ★,
    which ``text`` lacks.
    """

    number: int
    raw: str
    text: str
    head: str = ""
    starred: bool = False

    @property
    def opens(self) -> bool:
        """Whether a section or an entry begins here."""
        return bool(self.head) or self.starred

    @property
    def plain(self) -> str:
        """The text without ``**``."""
        return self.text.replace("**", "")

    @property
    def had_blanks(self) -> bool:
        """Whether blanks were taken out of the text (those beside a ★ do not count)."""
        return squeeze_blanks(self.raw) != self.raw


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """The number line: ``第16期`` or ``〔2023〕第2期`` (then with its year)."""

    label: str
    number: str
    year: int | None


def as_lines(source: SourceText, log: ReadingLog) -> list[Line]:
    """Every line but page numbers, which are noted; a head with text behind it becomes two lines."""
    lines: list[Line] = []
    for item in source.lines:
        if _PAGE_NUMBER.fullmatch(re.sub(r"\s", "", item.text)):
            log.note(item.number, f"page number {item.text} left out")
            continue
        head = _HEAD.fullmatch(item.text)
        if head is None:
            lines.append(_text_line(item.number, item.text))
            continue
        lines.append(
            Line(
                item.number,
                head[1].strip(),
                squeeze_blanks(head[1].strip()),
                head=squeeze_blanks(head[1].strip()),
            )
        )
        if head[2]:
            log.note(item.number, "text after the section head read as a line of its own")
            lines.append(_text_line(item.number, head[2]))
    return lines


def _text_line(number: int, text: str) -> Line:
    star = _STAR.match(text)
    raw = (star[1] or "") + text[star.end() :] if star else text.lstrip("# ")
    raw = raw.removeprefix("****")  # a bold ★ before a plain lead leaves an empty pair
    return Line(number, raw, squeeze_blanks(raw), starred=star is not None)


def number_label(line: Line) -> NumberLabel | None:
    """The number that ``line`` consists of, counted within a year (S0) or on (S1), or None."""
    match = _NUMBER.fullmatch(line.plain)
    if match is None:
        return None
    year = match[1] or match[2]
    return NumberLabel(line.plain, match[3], int(year) if year else None)


def dated(line: Line) -> tuple[str, str, bool] | None:
    """For a line that ends in a date: what stands before it, the date, whether 印发 follows; else None."""
    match = _DATE.fullmatch(line.plain)
    return (match[1], match[2], bool(match[3])) if match else None


def imprint_word(line: Line) -> tuple[str, str] | None:
    """For a 报：/送： line of the imprint its word and what follows the colon; else None."""
    match = _IMPRINT.fullmatch(line.plain)
    return (match[1], match[2]) if match else None
