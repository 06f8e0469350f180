"""How often something was held: ``先后两次``, ``17场次``, ``三期``. Sessions, not reports, count toward quotas (S2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.text.numbers import read_number
from portal.text.squeezed import squeeze

_SESSIONS = re.compile(
    r"(?P<number>(?<![\d第每首这那此该到足于少.])\d{1,4}|(?<![第每首这那此该上下新到足于少几数〇零一二两三四五六七八九十百])[一二两三四五六七八九十百]+)"
    r"[余多]?(?P<unit>场次|场(?![景地馆所域面合])|批次|次(?![数要性])|期(?![间望末中初刊工])|轮(?![岗训换流]))"
)


@dataclass(frozen=True, slots=True)
class SessionCount:
    """``number`` sessions, counted in ``unit`` (场次, 场, 批次, 次, 期, 轮); ``text`` stands at ``span``."""

    number: int
    unit: str
    text: str
    span: tuple[int, int]


def find_sessions(text: str) -> tuple[SessionCount, ...]:
    """All counts of sessions in ``text``; ordinals (第二次, 下一轮), quotas (不少于8次) and head counts are none."""
    squeezed = squeeze(text)
    return tuple(
        SessionCount(
            read_number(match["number"]), match["unit"], squeezed.cut(*match.span()), squeezed.span(*match.span())
        )
        for match in _SESSIONS.finditer(squeezed.text)
    )
