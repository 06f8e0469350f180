"""200,000 made-up reports with their rows in the index, for ``script/bench search``.

The texts are put together from words of our own, as such reports are written: some words stand in nearly every one,
most in a few of a hundred, names in a handful.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import product
from typing import Any

SEED = 20241118
FIRST_DAY = date(2019, 9, 1)
DAYS = 2_200
SENTENCES = 5_000
LENGTH = 600

#: Our own words, parted by blanks.
_PLACES = "青山 绿水 云溪 石桥 枫林 龙泉 白鹭 金塘 柳湖 松岭 梅江 桃源 竹溪 荷塘 兰亭 月湖 星岗 日新 春台 秋浦"
_SUBJECTS = "语文 数学 英语 物理 化学 生物 历史 地理 音乐 美术 体育 科学 劳动 信息科技 书法 舞蹈 心理健康"
_WHO = "骨干教师 青年教师 教研员 校长 园长 师范生 班主任 学科带头人 种子教师 志愿者 实习生 家长代表"
_ACTS = (
    "集体备课 联合教研 同课异构 专题讲座 教学沙龙 座谈交流 课题研讨 视导诊断 送教下乡 跟岗学习 师徒结对 精品课展示 "
    "线上直播 读书分享 命题研究 课堂观察 作业设计 校本培训 研学旅行 社团展演 运动会 艺术节 阅读节 家访 支教 走教"
)
_ENDS = (
    "与会人员围绕课堂提问的层次展开讨论 双方约定每月轮流承办一次活动 听课教师逐一点评并当场修改教案 "
    "学校把这次的做法写进了下学期计划 大家对单元整体设计有了更清楚的认识 参与者表示收获很大，愿意把方法带回去 "
    "有关资料已上传到共享平台供各校下载 下一步将扩大到全部乡村小学 活动取得了良好的效果 学生的学习兴趣明显提高"
)
_RARE = (
    "皮影 采茶 剪纸 陶艺 傩舞 编程 机器人 无人机 航模 围棋 射箭 击剑 攀岩 古琴 二胡 琵琶 版画 漆器 刺绣 竹编 蜡染 木偶 "
    "天文 气象 标本 苗圃 蚕桑 稻作 陨石 候鸟"
)
PLACES, SUBJECTS, WHO, ACTS, ENDS, RARE = map(str.split, (_PLACES, _SUBJECTS, _WHO, _ACTS, _ENDS, _RARE))
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "晨曦雨桐子涵欣怡浩宇思远嘉树若兰静秋明德文轩书瑶立群国栋晓峰玉洁建军丽华志刚海燕春梅"
#: States of reports and how often they come.
STATES = {"printed": 60, "adopted": 10, "declined": 20, "draft": 10}

_FINDABLE = "source, object_id, audience, unit_id, day, title, text, folded, grams"


@dataclass(frozen=True)
class Line:
    """A line of a text; lines are used many times, and what the index knows of one is read once."""

    text: str

    @cached_property
    def folded(self) -> str:
        from portal.text.folding import fold

        return fold(self.text)

    @cached_property
    def grams(self) -> frozenset[int]:
        from portal.text.folding import grams

        return frozenset(grams(self.folded))


@dataclass(frozen=True)
class Made:
    """One report; ``lines`` are its title and the lines of its text."""

    unit: Any
    state: str
    day: datetime
    lines: list[Line]

    def report(self, key: int) -> tuple[object, ...]:
        title, *text = (line.text for line in self.lines)
        return key, self.unit.pk, self.state, self.day, title, "\n".join(text)

    def row(self, key: int) -> tuple[object, ...]:
        """The report's row in the index. Lines meet at line ends, across which no pair of characters is known."""
        title, *text = (line.text for line in self.lines)
        known = sorted(frozenset().union(*(line.grams for line in self.lines)))
        folded = "\n".join(line.folded for line in self.lines)
        numbers = f"{{{','.join(map(str, known))}}}"
        return "report", key, "", self.unit.pk, self.day.date(), title, "\n".join(text), folded, numbers


def fill(rows: int) -> tuple[Any, Any]:
    """Units, ``rows`` reports and the index; returns an editor, and the officer of a unit."""
    from django.db import connection, transaction

    from portal.search.indexing import catch_up_wholly

    units = _units()
    editor, officer = _people(units[0])
    template = _template(units[0], officer)
    catch_up_wholly()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bulletins_submission DISABLE TRIGGER search_mark")
        cursor.execute("DROP INDEX findable_grams")
        with transaction.atomic():
            _copy(cursor, _reports(units, rows - 1), template)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("CREATE INDEX findable_grams ON search_findable USING gin (grams) WITH (fastupdate = off)")
        cursor.execute("ALTER TABLE bulletins_submission ENABLE TRIGGER search_mark")
        cursor.execute("VACUUM ANALYZE search_findable")
        cursor.execute("VACUUM ANALYZE bulletins_submission")
        cursor.execute("RESET maintenance_work_mem")
    return editor, officer


def _units() -> list[Any]:
    from portal.accounts.models import Unit
    from portal.accounts.queries.unit import the_office, the_programme
    from portal.accounts.roles import UnitKind

    same = {"programme": the_programme(), "parent": the_office(), "kind": UnitKind.UNIVERSITY}
    names = [f"{first}{second}学院" for first, second in product(PLACES, ["", *PLACES[:9]])]
    return Unit.objects.bulk_create(Unit(name=name, official_order=place, **same) for place, name in enumerate(names))


def _people(unit: Any) -> tuple[Any, Any]:
    from portal.accounts.models import User
    from portal.accounts.queries.unit import the_office
    from portal.accounts.roles import Role
    from portal.accounts.services.post import give_post

    people = []
    for role, where in ((Role.EDITOR, the_office()), (Role.INFORMATION_OFFICER, unit)):
        user = User.objects.create_user(f"bench-{role}", name=str(role.label))
        give_post(user=user, unit=where, role=role, by=None, since=FIRST_DAY)
        people.append(User.objects.get(pk=user.pk))
    return people[0], people[1]


def _template(unit: Any, officer: Any) -> Any:
    """One draft through the portal's own services: the others have its columns but for what ``_copy`` gives them."""
    from bulletins.services.submission import create_submission

    return create_submission(unit=unit, by=officer, title="集体备课", text="两校教师一起备课。")


def _reports(units: Sequence[Any], number: int) -> list[Made]:
    chance = random.Random(SEED)  # noqa: S311  (made-up texts, no secrets)
    lines = [Line(_sentence(chance)) for _ in range(SENTENCES)]
    return [
        _report(chance, units, lines, FIRST_DAY + timedelta(days=place * DAYS // number)) for place in range(number)
    ]


def _report(chance: random.Random, units: Sequence[Any], lines: Sequence[Line], day: date) -> Made:
    unit = chance.choice(units)
    title = f"{unit.name}开展{chance.choice(SUBJECTS)}{chance.choice(ACTS)}活动"
    first = (
        f"为推进协同提质行动，{day.month}月{day.day}日，{unit.name}组织{chance.choice(WHO)}开展{chance.choice(ACTS)}。"
    )
    made = [Line(title), Line(first)]
    while sum(len(line.text) for line in made) < LENGTH:
        made.append(chance.choice(lines))
    state = chance.choices(list(STATES), list(STATES.values()))[0]
    return Made(unit, state, datetime.combine(day, datetime.min.time()).astimezone(), made)


def _sentence(chance: random.Random) -> str:
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
    aside = f"校内的{chance.choice(RARE)}社团同时展示了作品。" if chance.random() < 0.02 else ""
    return (
        f"{chance.choice(PLACES)}学校的{chance.choice(WHO)}{name}就{chance.choice(SUBJECTS)}学科的{chance.choice(ACTS)}"
        f"作了介绍，{chance.randint(3, 300)}人参加。{aside}{chance.choice(ENDS)}。"
    )


def _copy(cursor: Any, reports: Sequence[Made], template: Any) -> None:
    """Reports and their rows by COPY: through the services this would take an hour."""
    from bulletins.models import Submission
    from portal.accounts.queries.unit import the_office

    cursor.execute(
        "CREATE TEMP TABLE made (id bigint, unit bigint, state text, day timestamptz, title text, words text)"
    )
    with cursor.copy("COPY made FROM STDIN") as copy:
        for key, report in enumerate(reports, template.pk + 1):
            copy.write_row(report.report(key))
    given = {
        "id": "made.id",
        "unit_id": "made.unit",
        "state": "made.state",
        "title": "made.title",
        "text": "made.words",
        "created_at": "made.day",
        "submitted_at": "CASE WHEN made.state <> 'draft' THEN made.day END",
        "at_id": f"CASE WHEN made.state <> 'draft' THEN {int(the_office().pk)} ELSE template.at_id END",
    }
    columns = [str(field.column) for field in Submission._meta.concrete_fields]
    values = ", ".join(given.get(column, f"template.{column}") for column in columns)
    cursor.execute(
        f"INSERT INTO bulletins_submission ({', '.join(columns)}) "  # noqa: S608  (names of our own columns)
        f"SELECT {values} FROM made, bulletins_submission AS template WHERE template.id = {int(template.pk)}"
    )
    with cursor.copy(f"COPY search_findable ({_FINDABLE}) FROM STDIN") as copy:
        for key, report in enumerate(reports, template.pk + 1):
            copy.write_row(report.row(key))
