"""Where an event took place, as far as the sentence says so: 在…举行, 赴…, 前往…, 到…."""

from __future__ import annotations

import re

from bulletins.reading.units import UnitMatcher

_VERB = (
    r"开展|举行|举办|召开|进行|参加|参与|就|指导|调研|考察|走访|交流|座谈|组织|实施|启动|学习|参观|观摩|送教|授牌|授课|作|为|"
    r"了解|成立|揭牌|签订|签约|顺利|隆重|成功|正式|圆满|主持"
)
_PLACE = re.compile(
    r"(?:(?<![存正现旨所实])在|奔?赴|前往|走进|深入|来到|走访|(?<![达得感受看学想做遇收提直听找来])到)"
    rf"(?P<place>[^，。；！？：“”《》（）\n]{{2,30}}?)(?=[，。；！？：“”（\n]|{_VERB}|$)"
)
_LOOKS_LIKE_PLACE = re.compile(
    r"(?:[县市区镇乡村校学院园馆厅室局]|街道|中心|集团|基地|礼堂|会场|操场|[一二三四五六七八九十][中小])$"
)
_NO_PLACE = frozenset(("学校", "学院", "大学", "校园", "全县", "全市", "全区", "各校", "教学"))


def find_place(text: str, matcher: UnitMatcher) -> str:
    """The first stretch of ``text`` that reads as a place or names a known unit; empty where there is none."""
    for match in _PLACE.finditer(text):
        place = re.sub(r"[ \t\u3000]", "", match["place"])
        if place in _NO_PLACE:
            continue
        if _LOOKS_LIKE_PLACE.search(place) or _names_unit_at_end(place, matcher):
            return place
    return ""


def _names_unit_at_end(place: str, matcher: UnitMatcher) -> bool:
    return any(mention.span[1] == len(place) for mention in matcher.find(place))
