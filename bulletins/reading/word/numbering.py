"""Automatic numbers of paragraphs, which Word and WPS keep beside the text, written out as on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bulletins.reading.word.names import W, value

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_STARS = {"★", "\uf0ab"}
_DEEPEST = 12
"""So many styles may stand on one another; a ring of styles ends here."""


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a paragraph; ``is_bullet`` for a mark that counts nothing."""

    text: str
    is_bullet: bool = False


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    suffix: str = "tab"


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document as they come."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {} if styles is None else {value(style, "styleId"): style for style in styles.iter(f"{W}style")}
        self._abstracts = _abstracts(numbering)
        self._lists = {} if numbering is None else self._read_lists(numbering)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Element) -> Number | None:
        """The number before ``paragraph``, which counts from now on; None where it has none."""
        list_id, depth = self._place(paragraph)
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return None
        if level.form == "bullet":
            return Number("★" if level.text in _STARS else "●", is_bullet=True)
        counts = self._count(list_id, numbered, depth)
        text = re.sub(r"%(\d)", lambda match: self._figure(numbered, counts, int(match[1]) - 1), level.text)
        if not text.strip():
            return None
        needs_blank = level.suffix != "nothing" and text[-1].isascii() and text[-1].isalnum()
        return Number(f"{text} " if needs_blank else text)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list and level of a paragraph, by itself or through its style."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        own = properties.find(f"{W}numPr")
        style = value(properties.find(f"{W}pStyle"))
        list_id = "" if own is None else value(own.find(f"{W}numId"))
        depth = "" if own is None else value(own.find(f"{W}ilvl"))
        if not list_id:
            list_id, styled = self._of_style(style)
            depth = depth or styled
        if list_id and not depth:
            depth = self._level_of_style(list_id, style)
        return list_id, int(depth) if depth.isdecimal() else 0

    def _of_style(self, style: str) -> tuple[str, str]:
        for _ in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return "", ""
            numbered = found.find(f"{W}pPr/{W}numPr")
            if numbered is not None and value(numbered.find(f"{W}numId")):
                return value(numbered.find(f"{W}numId")), value(numbered.find(f"{W}ilvl"))
            style = value(found.find(f"{W}basedOn"))
        return "", ""

    def _level_of_style(self, list_id: str, style: str) -> str:
        """A level may name the style whose paragraphs it numbers."""
        numbered = self._lists.get(list_id)
        abstract = self._abstracts.get(numbered.abstract) if numbered else None
        for level in [] if abstract is None else abstract.findall(f"{W}lvl"):
            if style and value(level.find(f"{W}pStyle")) == style:
                return value(level, "ilvl")
        return ""

    def _count(self, list_id: str, numbered: _List, depth: int) -> dict[int, int]:
        """Lists made from one pattern count on together, unless one says where it starts."""
        counts = self._counts.setdefault(numbered.abstract, {})
        if (list_id, depth) not in self._begun and depth in numbered.starts:
            counts.pop(depth, None)
        self._begun.add((list_id, depth))
        level = numbered.levels[depth]
        counts[depth] = counts[depth] + 1 if depth in counts else numbered.starts.get(depth, level.start)
        for deeper in [other for other in counts if other > depth]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or depth < restart:
                counts.pop(deeper)
        return counts

    def _figure(self, numbered: _List, counts: dict[int, int], depth: int) -> str:
        level = numbered.levels.get(depth, _Level())
        return in_figures(counts.get(depth, level.start), level.form)

    def _read_lists(self, numbering: Element) -> dict[str, _List]:
        lists = {}
        for number in numbering.findall(f"{W}num"):
            abstract = self._linked(value(number.find(f"{W}abstractNumId")))
            found = self._abstracts.get(abstract)
            if found is None:
                continue
            numbered = _List(abstract, {int(value(lvl, "ilvl") or 0): _level(lvl) for lvl in found.findall(f"{W}lvl")})
            for override in number.findall(f"{W}lvlOverride"):
                _override(numbered, override)
            lists[value(number, "numId")] = numbered
        return lists

    def _linked(self, abstract: str) -> str:
        """A pattern may only point to a style of lists, which another pattern defines."""
        found = self._abstracts.get(abstract)
        link = "" if found is None else value(found.find(f"{W}numStyleLink"))
        if not link:
            return abstract
        pairs = self._abstracts.items()
        return next((key for key, other in pairs if value(other.find(f"{W}styleLink")) == link), abstract)


def _abstracts(numbering: Element | None) -> dict[str, Element]:
    found = [] if numbering is None else numbering.findall(f"{W}abstractNum")
    return {value(abstract, "abstractNumId"): abstract for abstract in found}


def _level(element: Element) -> _Level:
    start, restart = value(element.find(f"{W}start")), value(element.find(f"{W}lvlRestart"))
    return _Level(
        start=int(start) if start.isdecimal() else 1,
        form=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")),
        restart=int(restart) if restart.isdecimal() else None,
        suffix=value(element.find(f"{W}suff")) or "tab",
    )


def _override(numbered: _List, override: Element) -> None:
    depth = int(value(override, "ilvl") or 0)
    own = override.find(f"{W}lvl")
    if own is not None:
        numbered.levels[depth] = _level(own)
    start = value(override.find(f"{W}startOverride"))
    if start.isdecimal():
        numbered.starts[depth] = int(start)


def in_figures(number: int, form: str) -> str:
    """``number`` in one of Word's forms of numbers; plain figures for a form that no Chinese paper uses."""
    maker = _FORMS.get(form)
    return maker(number) if maker and 0 < number < 10_000 else ("" if form == "none" else str(number))


def chinese(number: int) -> str:
    """``12`` → ``十二``, ``101`` → ``一百零一``."""
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        out += sign * times
    return out


def _letters(number: int) -> str:
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def _each_digit(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _from(first: str, most: int) -> Callable[[int], str]:
    """Signs that stand one after another, such as ①②③; beyond the last, plain figures."""
    return lambda number: chr(ord(first) + number - 1) if number <= most else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _each_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _each_digit("０１２３４５６７８９"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _each_digit(_DIGITS),
    "japaneseDigitalTenThousand": _each_digit(_DIGITS),
    "taiwaneseDigital": _each_digit(_DIGITS),
    "chineseLegalSimplified": lambda number: chinese(number).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    ),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "ideographEnclosedCircle": _from("㊀", 10),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "none": lambda number: "",
}
