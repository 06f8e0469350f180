"""Characters and words that stand twice by a slip of the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.checking.facts import FIELDS, CheckedText, Spot, Surroundings, Weight

#: Characters that never stand twice in a row, each with what before or after it makes two words of the pair
#: (目的的, 为了了解, 在在校, 参与与, 结对对接 …). Reduplications (刚刚, 谢谢, 家家) use other characters.
_SLIPS = (
    r"(?<!目)的的(?!确)",
    r"(?<![不为])了了(?!解|结|却)",
    r"(?<!的)是是(?!非|否)",
    r"(?<![存现内正潜所])在在(?!校|职|线|场|编|岗|读|建|籍|册)",
    r"(?<![参赋给])与与",
    r"(?<![温祥谐平柔缓暖调融饱总])和和(?!谐|美|睦|平|气|善)",
    r"把把(?!关|握)",
    r"被被",
    r"(?<![合一])并并",
    r"(?<!以)及及(?!时|格|早)",
    r"(?<![自理])由由",
    r"(?<![关对至由基等属处位大小低高终便利善敢勇乐])于于(?!都)",
    r"(?<![可所予足得难加用借给])以以(?!及|来|往|上|下|内|外|后|前)",
    r"或或",
    r"也也",
    r"等等等",
    r"们们",
    r"(?<![有沿执意味随看对向跟])着着(?!力|手|眼|重|装|陆|落)",
)
_SLIP = re.compile("|".join(f"(?:{slip})" for slip in _SLIPS))
_THREE = re.compile(r"([\u4e00-\u9fff])\1{2,}")
_WORD_TWICE = re.compile(r"(?=([\u4e00-\u9fff])(?!\1))([\u4e00-\u9fff]{2,8})\2")
#: Words that are said twice on purpose, or that end one name and begin the next (教师教育教育集团).
_TWICE_BY_RIGHT = frozenset(
    (
        "研究",
        "商量",
        "讨论",
        "学习",
        "交流",
        "思考",
        "非常",
        "十分",
        "许多",
        "很多",
        "彻底",
        "教育",
        "行动",
        "管理",
        "实践",
    )
)


def doubled(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """的的, 协同协同: what is left is proposed."""
    for field in FIELDS:
        text = one.field(field)
        for match in _SLIP.finditer(text):
            yield Spot(
                field, *match.span(), f"“{match[0]}”可能多打了字。", match[0][:1] if len(match[0]) == 2 else "等等"
            )
        for match in _THREE.finditer(text):
            if match[1] not in "等":
                yield Spot(field, *match.span(), f"“{match[1]}”连写了{len(match[0])}次。", match[1])
        for match in _WORD_TWICE.finditer(text):
            word = match[2]
            if word not in _TWICE_BY_RIGHT and word[0] not in "一每多":
                yield Spot(field, *match.span(), f"“{word}”连写了两次。", word, Weight.LIKELY)
