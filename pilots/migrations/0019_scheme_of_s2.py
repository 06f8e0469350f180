"""A scheme of assessment built from S2 三（六）, and the two figures of schools that it counts."""

from decimal import Decimal

from django.db import migrations

BASIS = "南昌市“1+N”城乡发展共同体工作方案，考评机制捆绑化"
SUPPORT = ("送教下乡", "师徒结对", "培训", "专题讲座")
RESEARCH = ("联合教研", "集体备课", "教学沙龙", "课题研究", "研讨会", "精品课展示")

INDICATORS = (
    (
        "s2-school-support",
        "学校帮扶活动次数",
        "学校组织或参加的送教下乡、师徒结对、培训、专题讲座，按活动计。",
        SUPPORT,
        11,
    ),
    ("s2-school-research", "学校教研活动次数", "学校组织或参加的各类教研活动，按活动计。", RESEARCH, 12),
)

#: Code, what is looked at, how, points, whose, way, indicator, full at, growth counted.
ITEMS = (
    (
        "A1",
        "管理机制创新",
        "领导小组、章程和工作制度是否健全，管理是否一体推进，有无新做法。",
        10,
        "lead",
        "review",
        "",
        None,
        False,
    ),
    (
        "A2",
        "教师交流帮扶",
        "学年内组织的送教下乡、师徒结对、培训、讲座，达到16次得满分。",
        15,
        "lead",
        "indicator",
        "s2-school-support",
        16,
        False,
    ),
    ("A3", "优质资源输出", "开放的课程、课堂和场地，帮助成员校用起来的情况。", 15, "lead", "self", "", None, False),
    (
        "B1",
        "办学质量提高",
        "与上年相比，课程开设、课堂教学和学生发展有哪些进步。",
        15,
        "member",
        "review",
        "",
        None,
        False,
    ),
    (
        "B2",
        "校际差距缩小",
        "教研活动次数比对比时段的增长，增加6次得满分。",
        10,
        "member",
        "indicator",
        "s2-school-research",
        6,
        True,
    ),
    ("B3", "学生和家长满意度", "不记名调查的平均分。", 15, "member", "survey", "", 5, False),
    (
        "C1",
        "联合教研",
        "共同体各校一起开展的集体备课、教学沙龙、联合教研、课题研究，一学年16次得满分。",
        20,
        "joint",
        "indicator",
        "s2-joint-research",
        16,
        False,
    ),
)

STATEMENTS = (
    "孩子喜欢到学校上学。",
    "学校的课程和活动比以前丰富。",
    "老师教得认真，孩子学得明白。",
    "与城区学校的交流让孩子有收获。",
    "学校愿意听取家长的意见。",
)


def create(apps, schema_editor):
    kinds = apps.get_model("pilots", "ActivityKind").objects
    indicators = apps.get_model("pilots", "Indicator").objects
    for code, name, definition, names, order in INDICATORS:
        indicators.create(
            code=code,
            name=name,
            definition=definition,
            clause=BASIS,
            unit="次",
            period_kind="school_year",
            level="school",
            adding_up="sum",
            evidence="活动记录",
            measure="activities",
            parameters={"kinds": sorted(kinds.filter(name__in=names).values_list("pk", flat=True))},
            order=order,
        )
    scheme = apps.get_model("pilots", "Scheme").objects.create(
        name="城乡共同体捆绑式考核",
        basis=BASIS,
        note="重点看牵头校的努力值和各成员校的提升值，联合教研由共同体共享得分。各地可以复制后按实际情况修改。",
    )
    for order, (code, name, about, weight, share, way, indicator, full_at, grows) in enumerate(ITEMS, 1):
        apps.get_model("pilots", "SchemeItem").objects.create(
            scheme=scheme,
            code=code,
            name=name,
            about=about,
            weight=Decimal(weight),
            share=share,
            way=way,
            indicator=indicators.get(code=indicator) if indicator else None,
            full_at=full_at,
            zero_at=1 if way == "survey" else 0,
            is_value_added=grows,
            statements="\n".join(STATEMENTS) if way == "survey" else "",
            order=order,
        )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0018_indicators_of_the_sources")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
