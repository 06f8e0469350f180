"""Results of assessments as official tables: one for the round, one sheet for each community; Word and Excel."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilots.models import AssessedCommunity, Assessment
from pilots.models.scheme import ItemFields
from pilots.scoring import number
from pilots.states.assessment import RESULT_KNOWN, AssessmentState
from portal.exchange.workbook import Column, write
from portal.periods import parse_period
from portal.printing.circular import CircularContent
from portal.text.official import official_date

_WIDE = {"共同体": 30, "考核内容": 26, "地区": 20, "对象": 24, "依据": 36, "牵头校": 24}


def full_points(assessment: Assessment) -> dict[str, Decimal]:
    """What each part is worth: 努力值, 提升值, the joint part; of the scheme while the round is in preparation."""
    preparing = assessment.state == AssessmentState.PREPARING
    items: Any = assessment.scheme.items.all() if preparing else assessment.items.all()
    return {
        share.value: sum((item.weight for item in items if item.share == share), Decimal(0))
        for share in ItemFields.Share
    }


def result_list(assessment: Assessment, result: dict[str, Any]) -> CircularContent:
    """The communities of a round with their sums (``result`` as ``assessment_result`` makes it)."""
    full = full_points(assessment)
    head = (
        "共同体",
        "地区",
        f"努力值（{number(full['lead'])}）",
        f"提升值（{number(full['member'])}）",
        f"共同部分（{number(full['joint'])}）",
        "总分",
    )
    rows = tuple(
        (one["name"], one["area"], one["effort"], one["improvement"], one["joint"], one["total"])
        for one in result["communities"]
    )
    told = (
        f"考核时段：{_period(assessment.period)}。依据：{assessment.scheme.basis or assessment.scheme.name}。",
        "努力值是牵头校的得分，提升值是各成员校得分的平均，共同部分由牵头校和成员校共享。" + _standing(assessment),
    )
    return _content(assessment, f"{assessment.name}结果", told, head, rows)


def community_sheet(assessed: AssessedCommunity, result: dict[str, Any]) -> CircularContent:
    """One community: every score with what it rests on. ``result`` is its part of the round's."""
    assessment = assessed.assessment
    names = {item["code"]: item for item in result["items"]}
    head = ("考核内容", "对象", "分值", "得分", "依据")
    rows = []
    for one in result["communities"]:
        rows += [_line(line, names, "共同体") for line in one["joint_lines"]]
        rows += [_line(line, names, school["name"]) for school in one["schools"] for line in school["lines"]]
        rows.append(("合计", one["name"], "", one["total"], _sums(one)))
    told = (f"考核时段：{_period(assessment.period)}。{_standing(assessment)}",)
    return _content(assessment, f"{assessment.name}评分表（{assessed.community.name}）", told, head, tuple(rows))


def as_table(content: CircularContent) -> bytes:
    """The same in Excel: numbered, figures as figures, office and day under the title."""
    columns = [Column("序号", 8), *(Column(name, _WIDE.get(name, 16)) for name in content.head)]
    rows = ([place, *(_cell(text) for text in row)] for place, row in enumerate(content.rows, 1))
    note = "\n".join((*content.paragraphs, f"{content.office}  {official_date(content.day)}"))
    return write(content.title, columns, rows, note=note)


def grounds(line: dict[str, Any], item: dict[str, Any]) -> str:
    """What a score rests on, in a few words; what it was settled at and what an objection made of it, where it did."""
    words, worked_out, points = _worked_out(line, item), line["worked_out"], line["points"]
    settled = line.get("before_objection") or points
    told = words if worked_out == settled or "—" in (worked_out, settled) else f"{words}，核定{settled}"
    return told if settled == points else f"{told}，异议成立，{settled}分改为{points}分"


def _worked_out(line: dict[str, Any], item: dict[str, Any]) -> str:
    way = ItemFields.Way
    if line["growth"]:
        return f"对比时段{line['base']}，本时段{line['figure']}，增长{line['growth']}"
    if line["figure"]:
        return f"{'平均' if item['way'] == way.SURVEY else '数据'}{number(Decimal(line['figure']))}"
    if item["way"] == way.REVIEW and line["spread"]:
        return f"专家平均{line['worked_out']}，最高与最低相差{line['spread']}"
    if item["way"] == way.SELF and line["worked_out"] != "—":
        return f"自评{line['worked_out']}"
    return "核定" if line["points"] != "—" else ""


def _line(line: dict[str, Any], names: dict[str, Any], who: str) -> tuple[str, ...]:
    item = names[line["code"]]
    return (f"{item['code']} {item['name']}", who, item["weight"], line["points"], grounds(line, item))


def _sums(one: dict[str, Any]) -> str:
    return f"努力值{one['effort']}＋提升值{one['improvement']}＋共同部分{one['joint']}"


def _content(
    assessment: Assessment, title: str, told: tuple[str, ...], head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> CircularContent:
    published = assessment.published_at
    day = timezone.localtime(published).date() if published else timezone.localdate()
    return CircularContent(
        title=title, addressee="", paragraphs=told, head=head, rows=rows, office=assessment.held_by.name, day=day
    )


def _period(key: str) -> str:
    period = parse_period(key)
    return period.label if period else key


def _standing(assessment: Assessment) -> str:
    if assessment.state == AssessmentState.PUBLISHED:
        return ""
    if assessment.state in RESULT_KNOWN:
        return "本表为公示稿，以公布的结果为准。"
    return f"考核正在进行（{assessment.get_state_display()}），本表不是最后结果。"


def _cell(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text
