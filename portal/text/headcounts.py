"""How many people a text tells of: several figures a text, each with who, how many, 人 or 人次 (S1).

``38名师范生`` · ``园长和教师代表72人次`` · ``等50余人参会`` · ``共计200余人`` · ``20多人`` · ``7位教师`` · ``共11人``.
Numbers per unit (每校3名) and set phrases (三位一体, 一人一案) are no head counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from portal.text.numbers import read_number
from portal.text.squeezed import Squeezed, squeeze

Measure = Literal["人", "人次"]
Exactness = Literal["exact", "余", "多", "约"]

_SUM = r"等|共(?:计|有|吸引|组织|邀请|培训|覆盖|惠及)?|总计|合计|累计|总数"
_NEAR = r"大约|约|近|超过|超|逾|达到?|不少于"
_COUNT = re.compile(
    rf"(?P<sum>(?:{_SUM}){{0,3}})(?P<near>(?:{_NEAR}){{0,2}})"
    r"(?P<number>(?<![\d第前./])\d[\d,，]{0,12}(?:\.\d+)?[百千万]?|(?<![第前几数〇零一二两三四五六七八九十百千万])[〇零一二两三四五六七八九十百千万]+)"
    r"(?P<more>[余多来])?(?P<myriad>万)?"
    r"(?P<measure>人次|人(?![民才类均物生士间口工事文体员数气心情力际一])|名(?!校(?!长)|单|牌|额|誉|词|次|列)|位(?!一体|置|于|居|列))"
    r"(?P<after>左右|上下|以上)?"
)
_REACH = 200  # how far in front of a figure its people may be named
_NO_FIGURE = frozenset(("百", "千", "万"))
_EACH = re.compile(r"(?:每[^，。；]{0,6}|各[^，。；]{0,6}(?:选派|派出|推荐|明确|遴选|派|选|报))$")
_FROM_PLACES = re.compile(r"来自.*的.*$")  # 来自甲县、乙县的校长: the list is of places, not of people
_STARTS = re.compile(r"^(?:以及|及|和|与|其中|参加|邀请|组织|吸引|来自|有|由|共)+")
_STOP = (
    r"共同|参加|参与|参会|参训|出席|前往|赶赴|走进|深入|来到|到|赴|在|开展|举行|进行|围绕|就|作[了题专报主为交经]|分享|交流|发言|"
    r"听课|观摩|分别|组成|担任|为|对|从|以|被|获|等|及|和|与|共|现场|齐聚|一行|授课|上课|讲[解授课]|展示|观看|聆听|接受|学习"
)
_WHO_AFTER = re.compile(rf"([\u4e00-\u9fff]{{2,15}}?)(?={_STOP}|[^\u4e00-\u9fff]|$)")


@dataclass(frozen=True, slots=True)
class HeadCount:
    """One figure. ``who`` may be empty; ``total`` says that it sums the groups named before it (等, 共, 共计).

    ``exactness``: 余 more than, 多 (来) somewhat more, 约 (近, 左右) about. ``text`` stands at ``span``.
    """

    who: str
    number: int
    measure: Measure
    exactness: Exactness
    total: bool
    text: str
    span: tuple[int, int]


def find_head_counts(text: str) -> tuple[HeadCount, ...]:
    """All head counts of ``text`` in order."""
    squeezed = squeeze(text)
    counts: list[HeadCount] = []
    last_end = 0
    for match in _COUNT.finditer(squeezed.text):
        count = _head_count(match, squeezed, last_end)
        if count is not None:
            counts.append(count)
            last_end = match.end()
    return tuple(counts)


def _head_count(match: re.Match[str], squeezed: Squeezed, last_end: int) -> HeadCount | None:
    number = _number(match)
    total = bool(match["sum"])
    before = squeezed.text[max(last_end, match.start() - _REACH) : match.start()]
    if number is None or (not total and _EACH.search(before)):
        return None
    measure: Measure = "人次" if match["measure"] == "人次" else "人"
    who = _who_after(squeezed.text, match) or _who_before(before, total=total)
    where = match.span()
    return HeadCount(who, number, measure, _exactness(match), total, squeezed.cut(*where), squeezed.span(*where))


def _number(match: re.Match[str]) -> int | None:
    written = match["number"]
    if (written in _NO_FIGURE and not (match["more"] or match["near"])) or (
        written == "一" and match["measure"] == "人"
    ):
        return None
    try:
        return read_number(written.rstrip(",，")) * (10_000 if match["myriad"] else 1)
    except ValueError:
        return None


def _exactness(match: re.Match[str]) -> Exactness:
    if match["more"]:
        return "余" if match["more"] == "余" else "多"
    if match["after"] == "以上" or re.search("超|逾|不少于", match["near"]):
        return "余"
    return "约" if match["after"] or re.search("约|近", match["near"]) else "exact"


def _who_after(text: str, match: re.Match[str]) -> str:
    """``38名师范生`` names its people behind 名 or 位."""
    if match["measure"] not in {"名", "位"}:
        return ""
    found = _WHO_AFTER.match(text, match.end())
    return found[1] if found else ""


def _who_before(before: str, *, total: bool) -> str:
    """``教师代表72人次`` names them in front; a sum takes the whole list, a single figure its last member.

    People from several places (来自甲县、乙县的校长56人) are one group.
    """
    clause = re.split(r"[，。；：！？\n]", before)[-1]
    if not total:
        group = _FROM_PLACES.search(clause)
        clause = group[0] if group else clause.split("、")[-1]
    return _STARTS.sub("", clause).removesuffix("等").strip("“”（）()、 ")
