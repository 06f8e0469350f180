"""A person's post, the same throughout an issue; later bare mentions are fine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletins.checking.facts import FIELDS, CheckedText, Field, Spot, Surroundings

_POST = (
    "(?:书记|常委|委员|厅长|省长|市长|县长|区长|校长|院长|园长|局长|处长|"
    "科长|股长|所长|部长|主任|主席|会长|理事长|组长|巡视员|教授|研究员|教研员|秘书长)"
)
_TITLE = re.compile(
    r"(?:常务)?副?(?:党[委组总支]{0,2}|纪委|工委|[省市县区校]委|宣传|组织|统战)?(?:常务)?副?" + _POST + "$"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴"
    "霍涂苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景宫费卜冷晏席卫米柏宗瞿桂佟臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝"
)
_POSTED = re.compile(f"{_POST}(?=[{_SURNAMES}][\u4e00-\u9fff])")
_CHAIN = 40  # how far in front of a name its posts may begin
_BREAK = re.compile(
    r"[，。；：！？（）()“”\n]|(?:由|与|和|及|请|向|受|对|邀请|特邀|经|在|听取|会见|以及|参加|主持|代表)"
)
#: What follows a name: a verb, a mark, or another name.
_AFTER = re.compile(
    r"[，。；、：！？（）“”\n]|$|等|和|与|及|以及|一行|在|到|赴|为|对|率|带|作|出席|主持|参加|讲|"
    r"授|走访|调研|会见|指出|强调|表示|宣布|介绍|致辞|分别|陪同|应邀|前往|深入|传达|就|代表|同志|说|向|"
    r"亲|还|也|先后|随后|担任|给|从|围绕|结合|要求|希望|分享|主讲|开展|进行|带队|带领|率队|率领|组织|"
    r"共同|现场|全程|专程|来|莅临|听取|发言|总结|开讲|汇报|解读"
)


#: What begins with a surname and is no name.
_NO_NAMES = frozenset(
    (
        "安排",
        "安全",
        "高度",
        "成员",
        "方案",
        "方面",
        "明确",
        "包括",
        "常年",
        "项目",
        "金融",
        "严格",
        "黄金",
        "马上",
        "左右",
        "温馨",
        "平台",
        "广泛",
        "经过",
        "路上",
        "车上",
        "史上",
        "宁可",
    )
)
#: A third character that begins what a person does rather than ending his name.
_NO_NAME_END = frozenset("等在到赴为对率带作就从向还也说")


@dataclass(frozen=True, slots=True)
class Posted:
    """A person named with posts, at ``start``–``end`` (posts and name) of a field of the text ``key``."""

    key: str
    field: Field
    start: int
    end: int
    name: str
    titles: frozenset[str]


def posts(texts: Iterable[CheckedText], _around: Surroundings) -> Iterator[tuple[str, Spot]]:
    """Every later mention of a person with a post that the first mention did not give him."""
    people: dict[str, list[Posted]] = defaultdict(list)
    for one in texts:
        for field in FIELDS:
            for person in find_posted(one.key, field, one.field(field)):
                people[person.name].append(person)
    for mentions in people.values():
        first = mentions[0]
        for later in mentions[1:]:
            strange = later.titles - first.titles
            if strange and not later.titles >= first.titles:
                before, here = "、".join(sorted(first.titles)), "、".join(sorted(later.titles))
                why = f"{later.name}前面写作“{before}”，这里写作“{here}”，请核对。"
                yield later.key, Spot(later.field, later.start, later.end, why)


def find_posted(key: str, field: Field, text: str) -> Iterator[Posted]:
    """People named right behind a post (副校长项国雄)."""
    for match in _POSTED.finditer(text):
        length = _name_length(text, match.end())
        if not length:
            continue
        chain = _chain(text[max(0, match.end() - _CHAIN) : match.end()])
        if text[match.end() : match.end() + length] in _NO_NAMES:
            continue
        titles = frozenset(found[0] for part in chain.split("、") if (found := _TITLE.search(part)))
        end = match.end() + length
        if titles:
            start = match.end() - len(chain)
            yield Posted(key, field, start, end, text[match.end() : end], titles)


def _chain(before: str) -> str:
    """The posts right in front of a name: back to the last mark or verb; several are parted by 、."""
    return _BREAK.split(before)[-1]


def _name_length(text: str, at: int) -> int:
    """Three or two characters, as long as what follows can follow a name; 0 where neither is sure."""
    for length in (3, 2):
        name = text[at : at + length]
        if len(name) == length and name.isalpha() and name[2:] not in _NO_NAME_END and _AFTER.match(text, at + length):
            return length
    return 0
