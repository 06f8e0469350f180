"""Issues to read: the real ones where they are at hand, and two of our own, one with the same damage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

SEEDS = Path(__file__).parents[3] / "../shared/seeds"


@dataclass(frozen=True)
class Sample:
    """An issue as a file, and what was counted in it by hand."""

    source: bytes
    label: str
    number: int
    year: int | None
    issue_date: date
    printed_on: date
    sections: tuple[tuple[str, int], ...]
    leads: tuple[bool, ...]
    two_paragraphs: tuple[int, ...]


PLAIN = """
江西省高校与县域基础教育协同提质行动 工作动态

〔2025〕第3期

省协同提质行动工作领导小组办公室

2025年3月10日

【高校动态】

★ **甲师范大学送课到乡里。**3月4日，甲师范大学八位教师在清溪镇小学上了六节示范课，30余人听课。

★ 3月6日，乙学院召开座谈会，商量下一学期的安排。

【市县动态】

★ **青石县开设教师沙龙。**3月7日，青石县的“周五沙龙”第一次开讲，主题是怎样读一篇课文。

报：领导小组组长

送：各联盟高校、各设区市教育局

省协同提质行动工作领导小组办公室

2025 年 3 月 12 日印发
"""

DAMAGED = """

江西省高校与县域基础教育协同提质行动
工作动态

第 8 期

省协同提质行动工作领导小组办公室

2025 年 3 月 10 日

【省级动态】

★全省协同提质工作推进会召开。3 月 3 日，推进会在南昌召开，会议就《三年安排（2025 -2027 年）》听取

了各方面的意见。

会议由省教育厅有关同志主持，12 所高校的负责同志参加。

★教研联合体经验交流会召开。

为把好做法传开，3月5日，有关处室召开经验交流会，6+1个县的代表作了发言。

【市县动态】

青石县举办阅读指导讲座。3月7日，青石县教育体育局请来两位名师，讲解

“整本书阅读”怎样起步，共计80余人参加。

★ 白水区走访村小。3月8日，白水区教育局到三所村小了解需要，记下

“缺音乐、缺美术、缺体育”等六条意见。

报：领导小组组长、副组长

送：各联盟高校、各设区市教育局

省协同提质行动工作领导小组办公室

2025年3月10日印发
"""


def _real(prefix: str) -> bytes | None:
    found = sorted(SEEDS.glob(f"{prefix}_*.txt"))
    return found[0].read_bytes() if found else None


def _samples() -> list[Sample]:
    spring = date(2025, 3, 10)
    samples = [
        Sample(
            PLAIN.encode(),
            "〔2025〕第3期",
            3,
            2025,
            spring,
            date(2025, 3, 12),
            (("高校动态", 2), ("市县动态", 1)),
            (True, False, True),
            (),
        ),
        Sample(
            DAMAGED.encode(),
            "第8期",
            8,
            None,
            spring,
            spring,
            (("省级动态", 2), ("市县动态", 2)),
            (True,) * 4,
            (0,),
        ),
    ]
    if second := _real("000"):
        sections = (("省级动态", 4), ("市县动态", 1), ("专家引领", 1), ("他山之石", 4))
        samples.append(
            Sample(
                second,
                "〔2023〕第2期",
                2,
                2023,
                date(2023, 11, 25),
                date(2023, 11, 27),
                sections,
                (False,) * 5 + (True,) * 5,
                (),
            )
        )
    if sixteenth := _real("001"):
        day = date(2024, 11, 18)
        parts = (("省级动态", 2), ("高校动态", 7), ("市县动态", 6))
        samples.append(Sample(sixteenth, "第16期", 16, None, day, day, parts, (True,) * 15, (0,)))
    return samples


SAMPLES = _samples()
