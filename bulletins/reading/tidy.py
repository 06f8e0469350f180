"""Bringing text from Word, WPS, WeChat or a PDF to the form of official print, change by change.

Marks follow GB/T 15834 (full width in Chinese), figures GB/T 15835 (half width), headings GB/T 9704-2012 7.3.3
(``一、`` ``（一）`` ``1.``). Every change is told; none touches wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletins.reading.changes import Change, LineCounter, Piece, seen_places

MOST_OF_A_KIND = 40
"""So many changes of one kind are told one by one; nobody looks through more, so the rest are one."""

LONGEST_PASSAGE = 60
LONGEST_TIDIED = 60_000
"""No report is near so long; what is longer is left as it is."""

_CJK = "\u3400-\u9fff\u3007"
_WIDE = f"{_CJK}，。；：？！、（）“”‘’《》〈〉【】〔〕…—"
_BLANK = " \t\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
_LINE_END = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u200b\u200c\u2060\ufeff\u200e\u200f\u202a-\u202e\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_EDGES = re.compile(f"(?m)^[{_BLANK}]+|[{_BLANK}]+$")
_BLANKS = re.compile(f"[{_BLANK}]+")
_CHAIN = re.compile("[0-9０-９年月日号时分秒至到、.．:：%％余多名人次场期第个所位—－–~～-]{1,6}")
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．％]*[０-９Ａ-Ｚａ-ｚ％])?")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARK = re.compile(r"[,;:?!]")
_STOP = re.compile(rf"(?<=[{_CJK}）”》])\.(?=[{_BLANK}]{{0,9}}(?:[{_CJK}“”]|$))", re.MULTILINE)
_BRACKETS = re.compile(r"\(([^()\n]{0,200})\)")
_DOTS = re.compile(r"\.{3,}|。{3,}|…(?!…)(?<!……)")
_DASHES = re.compile(rf"(?<=[{_WIDE}])-{{2,}}(?=[{_WIDE}])")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?m)^{_NUMERAL}([.．，,])(?=[{_BLANK}]{{0,9}}[{_CJK}])"), "、"),
    (re.compile(rf"(?m)^[（(]{_NUMERAL}[）)]([、.．，])"), ""),
    (re.compile(rf"(?m)^\d{{1,2}}([、．，])(?=[{_BLANK}]{{0,9}}[{_CJK}])"), "."),
)
_WIDE_MARKS = str.maketrans(",;:?!", "，；：？！")
_AFTER_NUMBER = re.compile(
    rf"^(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]|\d{{1,2}}[.．、]|[（(]\d{{1,2}}[）)]|[①-⑳])[{_BLANK}]*$"
)

LINE_ENDS = "统一换行"
INVISIBLE = "去掉看不见的字符"
EDGES = "去掉段首、段尾的空格"
EMPTY_LINES = "去掉空行"
CELLS = "表格按行写成文字，单元格之间用“；”隔开"
NUMBER_BLANKS = "去掉日期、数字中的空格"
BLANKS = "去掉文字之间的空格"
ODD_BLANKS = "统一空格"
FIGURES = "全角数字、字母改为半角"
MARKS = "半角标点改为全角"
QUOTES = "直引号改为弯引号"
DOTS = "省略号、破折号改为规范写法"
HEADINGS = "序号改为公文写法"


@dataclass(frozen=True, slots=True)
class _Found:
    """A change in the text as seen: spans with what takes their place."""

    what: str
    spans: tuple[tuple[int, int, str], ...]


class _View:
    """The text as it reads with all earlier changes accepted, and where each character stands in ``raw``.

    Characters that earlier changes wrote are locked (place -1): nothing may be changed in them again.
    """

    def __init__(self, raw: str, done: Sequence[Change]) -> None:
        self.raw = raw
        edits = sorted(
            (piece for change in done if change.kind == "edit" for piece in change.pieces),
            key=lambda piece: (piece.start, piece.end),
        )
        chars: list[str] = []
        self.places: list[int] = []
        queue = iter(edits)
        piece = next(queue, None)
        for at in seen_places(raw, done):
            while piece is not None and piece.end <= at:
                self._lock(chars, piece)
                piece = next(queue, None)
            if piece is not None and piece.start <= at < piece.end:
                continue
            chars.append(raw[at])
            self.places.append(at)
        while piece is not None:
            self._lock(chars, piece)
            piece = next(queue, None)
        self.text = "".join(chars)
        self._taken = bytearray(place < 0 for place in self.places)

    def _lock(self, chars: list[str], piece: Piece) -> None:
        chars.extend(piece.after)
        self.places.extend([-1] * len(piece.after))

    def take(self, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
        """The spans as pieces of ``raw``, or nothing where one of them has been changed already."""
        spans = tuple(spans)
        if any(any(self._taken[start:end]) or start == end for start, end, _ in spans):
            return ()
        for start, end, _ in spans:
            self._taken[start:end] = b"\x01" * (end - start)
        return tuple(Piece(self.places[start], self.places[end - 1] + 1, after) for start, end, after in spans)


def tidy(raw: str, done: Sequence[Change] = ()) -> tuple[Change, ...]:
    """All changes that bring ``raw`` to official form, after those that are ``done``; these come first.

    A text beyond ``LONGEST_TIDIED`` is left as it is. Keys are unique among all changes given back.
    """
    if len(raw) > LONGEST_TIDIED:
        return tuple(done)
    view = _View(raw, done)
    lines = LineCounter(raw)
    changes = list(done)
    for found in _all_found(view.text):
        pieces = view.take(found.spans)
        if pieces:
            before, after = _passage(view.text, found.spans)
            changes.append(Change(f"c{len(changes)}", found.what, before, after, lines.told(pieces), "edit", pieces))
    return _bounded(changes)


def _all_found(text: str) -> Iterator[_Found]:
    """What to change, the most certain first: a later rule leaves alone what an earlier one has taken."""
    yield from _together(LINE_ENDS, ((*match.span(), "\n") for match in _LINE_END.finditer(text)))
    yield from _together(INVISIBLE, ((*match.span(), "") for match in _INVISIBLE.finditer(text)))
    yield from _cells(text)
    yield from _together(EDGES, ((*match.span(), "") for match in _EDGES.finditer(text)))
    yield from _together(EMPTY_LINES, ((at, at + 1, "") for at in _ends_of_empty_lines(text)))
    yield from _blanks(text)
    yield from _singly(FIGURES, ((*m.span(), m[0].translate(_TO_HALF)) for m in _FULL_WIDTH.finditer(text)))
    for pattern, mark in _HEADINGS:
        yield from _singly(HEADINGS, ((*match.span(1), mark) for match in pattern.finditer(text)))
    yield from _brackets(text)
    yield from _singly(DOTS, ((*match.span(), "……") for match in _DOTS.finditer(text) if _is_chinese(text, match)))
    yield from _singly(DOTS, ((*match.span(), "——") for match in _DASHES.finditer(text)))
    yield from _singly(MARKS, ((*m.span(), m[0].translate(_WIDE_MARKS)) for m in _marks(text)))
    yield from _singly(MARKS, ((*match.span(), "。") for match in _STOP.finditer(text)))
    yield from _quotes(text)


def _passage(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[str, str]:
    """The passage before and after; empty where it is longer than anybody looks at."""
    first, last = spans[0][0], spans[-1][1]
    if last - first > LONGEST_PASSAGE or "\n" in text[first:last]:
        return "", ""
    after, at = "", first
    for start, end, new in spans:
        after += text[at:start] + new
        at = end
    return text[first:last], after


def _together(what: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[_Found]:
    """What nobody sees one by one is one change."""
    found = tuple(spans)
    if found:
        yield _Found(what, found)


def _singly(what: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[_Found]:
    for span in spans:
        yield _Found(what, (span,))


def _ends_of_empty_lines(text: str) -> list[int]:
    """The ends of lines between others that hold nothing (blanks do not count)."""
    ends: list[int] = []
    at = text.find(text.strip()[:1])
    for line in text.strip().split("\n") if text.strip() else ():
        at += len(line) + 1
        if not line.strip():
            ends.append(at - 1)
    return ends


def _cells(text: str) -> Iterator[_Found]:
    """Rows of a pasted table: neighbouring lines with the same number of tabs inside."""
    rows: list[tuple[int, list[int]]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        tabs = [at + match.start() for match in re.finditer(r"(?<=[^\t])\t(?=[^\t])", line)]
        tabs = [tab for tab in tabs if not _AFTER_NUMBER.match(text[at:tab])]
        if rows and len(tabs) != len(rows[-1][1]):
            if len(rows) > 1:
                yield _Found(CELLS, tuple((tab, tab + 1, "；") for _, found in rows for tab in found))
            rows = []
        if tabs:
            rows.append((at, tabs))
        at += len(line) + 1


def _blanks(text: str) -> Iterator[_Found]:
    """Blanks beside Chinese go; those inside one date or figure are one change. Between Latin words one stays."""
    chain: list[tuple[int, int]] = []
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if not before or not after or "\n" in (before, after):
            continue
        is_span = (before in "-~" and after.isdigit()) or (before.isdigit() and after in "-~")
        if before.isascii() and after.isascii() and not is_span:
            if match[0] != " ":
                yield _Found(ODD_BLANKS, ((start, end, " "),))
            continue
        if chain and not _CHAIN.fullmatch(text[chain[-1][1] : start]):
            yield _chained(text, chain)
            chain = []
        chain.append((start, end))
    if chain:
        yield _chained(text, chain)


def _chained(text: str, chain: list[tuple[int, int]]) -> _Found:
    start, end = chain[0][0], chain[-1][1]
    in_figures = any(text[first - 1].isdigit() or text[last : last + 1].isdigit() for first, last in chain)
    return _Found(NUMBER_BLANKS if in_figures else BLANKS, ((start, end, _BLANKS.sub("", text[start:end])),))


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Half-width marks beside Chinese; not those between figures (12:30) or after a Latin word before one."""
    for match in _MARK.finditer(text):
        before = _near(text[max(0, match.start() - 3) : match.start()])[-1:]
        after = _near(text[match.end() : match.end() + 3])[:1]
        is_hour = match[0] == ":" and before.isdigit()
        if _is_wide(before) or (before and _is_wide(after) and not is_hour):
            yield match


def _near(text: str) -> str:
    return _BLANKS.sub("", text).strip("\n")


def _brackets(text: str) -> Iterator[_Found]:
    for match in _BRACKETS.finditer(text):
        start, end = match.span()
        chinese = any(_is_wide(char) for char in match[1])
        if chinese or (_is_wide(text[start - 1 : start]) and (match[1].isdigit() or _is_wide(text[end : end + 1]))):
            yield _Found(MARKS, ((start, start + 1, "（"), (end - 1, end, "）")))


def _quotes(text: str) -> Iterator[_Found]:
    """Straight quotation marks that pair up within their line, beside or around Chinese."""
    at = 0
    for line in text.split("\n"):
        for mark, pair in (('"', "“”"), ("'", "‘’")):
            places = [at + match.start() for match in re.finditer(mark, line)]
            if len(places) % 2 == 0:
                for first, last in zip(places[::2], places[1::2], strict=True):
                    if any(_is_wide(char) for char in text[first + 1 : last][:200]):
                        yield _Found(QUOTES, ((first, first + 1, pair[0]), (last, last + 1, pair[1])))
        at += len(line) + 1


def _is_chinese(text: str, match: re.Match[str]) -> bool:
    return _is_wide(text[match.start() - 1 : match.start()]) or _is_wide(text[match.end() : match.end() + 1])


def _is_wide(char: str) -> bool:
    return bool(char) and re.match(f"[{_WIDE}]", char) is not None


def _bounded(changes: list[Change]) -> tuple[Change, ...]:
    """No more than ``MOST_OF_A_KIND`` of one kind; the rest of a kind are joined into one change."""
    kinds: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.what, change.kind), []).append(change)
    out: list[Change] = []
    for (what, _), group in kinds.items():
        out += group[:MOST_OF_A_KIND]
        rest = group[MOST_OF_A_KIND:]
        if rest:
            pieces = tuple(piece for change in rest for piece in change.pieces)
            out.append(Change(rest[0].key, what, "", "", f"其余{len(rest)}处", rest[0].kind, pieces))
    return tuple(out)
