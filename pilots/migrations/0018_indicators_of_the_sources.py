"""Indicators as data, each with its clause and force: S2's set, S3's set, the five batches without targets.

Rules about single persons are shares of persons, so that no personal records are kept (DOMAIN.md, Indicators).
"""

import datetime

from django.db import migrations

S2 = "南昌“1+N”城乡发展共同体"
S3 = "江门2023—2027城乡教育一体化"
BATCHES = "五个一批"
SETS = [
    (S2, "南昌市城乡发展共同体实施意见"),
    (S3, "江门市“百县千镇万村高质量发展工程”教育行动方案（2023—2027年），江府办函〔2023〕124号"),
    (BATCHES, "赣教基字〔2023〕39号"),
]
END_2024, END_2025, END_2027 = (datetime.date(year, 12, 31) for year in (2024, 2025, 2027))
#: What most of S3's figures have in common: a county reports and is judged.
BY_COUNTY = {"level": "county", "reported_by": "county"}
RATIO = {"is_ratio": True, "unit": "%", "adding_up": "ratio_of_sums"}

INDICATORS = [
    (
        S2,
        "s2-coverage",
        "乡村中心学校共同体覆盖率",
        "二",
        {
            **RATIO,
            "definition": "参加城乡共同体的乡村中心学校占全部乡村中心学校的比例。",
            "period_kind": "span",
            "level": "county",
            "evidence": "共同体成员名单",
            "force": "must",
            "usual_value": 100,
            "usual_until": END_2024,
            "measure": "rural_central_covered",
            "denominator": "rural_central_schools",
        },
    ),
    (
        S2,
        "s2-exchange",
        "牵头校选派干部教师比例",
        "三（二）",
        {
            **RATIO,
            "definition": "牵头校本学年选派到成员校任职、任教的干部教师占其专任教师的比例；比例由当地交流轮岗政策确定。",
            "period_kind": "school_year",
            "level": "community",
            "evidence": "任职任教记录、服务证明",
            "force": "must",
            "measure": "community_sent",
            "denominator": "community_lead_teachers",
        },
    ),
    (
        S3,
        "s3-exchange",
        "教师交流比例",
        "二（三）11",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "县域内本学年交流的教师占教师总数的比例。",
            "above_label": "本学年交流教师数",
            "below_label": "教师总数",
            "period_kind": "school_year",
            "evidence": "教师交流名册",
            "force": "must",
            "usual_value": 5,
        },
    ),
    (
        S3,
        "s3-leaders-in-post",
        "领导人员同岗连续任职不超过12年的比例",
        "二（三）11",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "在同一岗位连续任职不超过12年的学校领导人员占全部学校领导人员的比例。",
            "above_label": "连续任职不超过12年的领导人员数",
            "below_label": "学校领导人员总数",
            "period_kind": "school_year",
            "evidence": "任职情况统计",
            "force": "normal",
            "usual_value": 100,
        },
    ),
    (
        S3,
        "s3-young-heads",
        "乡村校（园）长45岁以下比例",
        "二（三）11",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "县域内45岁以下的乡村学校校长、园长占全部乡村校（园）长的比例。",
            "above_label": "45岁以下乡村校（园）长数",
            "below_label": "乡村校（园）长总数",
            "period_kind": "span",
            "evidence": "校（园）长年龄统计",
            "force": "strive",
            "usual_value": 50,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-researcher-visits",
        "教研员五年到乡村学校指导30次以上的比例",
        "二（三）10",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "五年内到乡村学校指导累计达到30次的教研员占全部教研员的比例；次数按每名教研员计算。",
            "above_label": "累计达到30次的教研员数",
            "below_label": "教研员总数",
            "period_kind": "span",
            "evidence": "指导记录",
            "force": "must",
            "usual_value": 100,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-new-researchers",
        "新入职教研员三年内蹲点满1年的比例",
        "二（三）10",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "入职满3年的新教研员中，3年内到学校蹲点累计不少于1年的比例。",
            "above_label": "蹲点满1年的人数",
            "below_label": "本学年入职满3年的教研员数",
            "period_kind": "school_year",
            "evidence": "蹲点安排和记录",
            "force": "must",
            "usual_value": 100,
        },
    ),
    (
        S3,
        "s3-new-village-teachers",
        "村校新任教师五年内到城镇任教满1年的比例",
        "二（三）10",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "任教满5年的村小学、教学点新教师中，5年内到县城学校或乡镇中心校任教不少于1年的比例。",
            "above_label": "到城镇任教满1年的人数",
            "below_label": "本学年任教满5年的新教师数",
            "period_kind": "school_year",
            "evidence": "任教安排和记录",
            "force": "must",
            "usual_value": 100,
        },
    ),
    (
        S3,
        "s3-rural-training",
        "县级教研机构组织乡村教师专项培训次数",
        "二（三）10",
        {
            **BY_COUNTY,
            "definition": "县（市、区）教研机构本学期为乡村教师组织的专项培训次数。",
            "unit": "次",
            "period_kind": "term",
            "adding_up": "share_passing",
            "evidence": "培训通知和签到",
            "force": "must",
            "usual_value": 2,
        },
    ),
    (
        S3,
        "s3-open-lessons",
        "乡村教师公开课或汇报课展示次数",
        "二（三）10",
        {
            **BY_COUNTY,
            "definition": "本学期组织乡村教师公开课、汇报课展示的次数，每学期都要有。",
            "unit": "次",
            "period_kind": "term",
            "adding_up": "share_passing",
            "evidence": "活动安排",
            "force": "must",
            "usual_value": 1,
        },
    ),
    (
        S3,
        "s3-small-schools",
        "小规模学校教师可参加区域教研活动的比例",
        "二（三）10",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "本学年小规模学校教师有机会参加的区域集体教研活动，占区域集体教研活动总数的比例。",
            "above_label": "小规模学校教师有机会参加的活动数",
            "below_label": "区域集体教研活动总数",
            "period_kind": "school_year",
            "evidence": "教研活动安排",
            "force": "must",
            "usual_value": 80,
        },
    ),
    (
        S3,
        "s3-warm-campus",
        "新创建的省级乡村温馨校园",
        "二（二）8",
        {
            **BY_COUNTY,
            "definition": "当年新创建的省级乡村温馨校园数，逐年累计，每个县（市、区）1所以上。",
            "unit": "所",
            "period_kind": "span",
            "adding_up": "share_passing",
            "evidence": "认定文件",
            "force": "must",
            "usual_value": 1,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-kindergarten-pairs",
        "城市优质公办园结对3所以上村级园的比例",
        "二（一）4",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "与3所以上村级幼儿园结对帮扶的城市优质公办幼儿园，占全部城市优质公办幼儿园的比例。",
            "above_label": "结对3所以上村级园的城市优质公办园数",
            "below_label": "城市优质公办园总数",
            "period_kind": "school_year",
            "evidence": "结对协议",
            "force": "must",
            "usual_value": 100,
        },
    ),
    (
        S3,
        "s3-preschool-centres",
        "城乡学前教育一体化管理资源中心试点镇",
        "二（二）5",
        {
            **BY_COUNTY,
            "definition": "当年新设的县级城乡学前教育一体化管理资源中心试点镇数，逐年累计，每个县（市、区）1个以上。",
            "unit": "个",
            "period_kind": "span",
            "adding_up": "share_passing",
            "evidence": "设立文件",
            "force": "must",
            "usual_value": 1,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-new-groups",
        "新创建的基础教育集团",
        "一",
        {
            **BY_COUNTY,
            "definition": "当年新创建的基础教育集团数，逐年累计；原文要求恩平市到2025年至少5个。",
            "unit": "个",
            "period_kind": "span",
            "evidence": "成立文件",
            "force": "must",
            "usual_value": 5,
            "usual_until": END_2025,
        },
    ),
    (
        S3,
        "s3-model-junior",
        "重点培育的示范初中",
        "二（一）2",
        {
            **BY_COUNTY,
            "definition": "当年新确定重点培育的示范初中数，逐年累计，每个县（市、区）2所。",
            "unit": "所",
            "period_kind": "span",
            "adding_up": "share_passing",
            "evidence": "培育学校名单",
            "force": "must",
            "usual_value": 2,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-model-senior",
        "重点培育的示范高中",
        "二（一）2",
        {
            **BY_COUNTY,
            "definition": "当年新确定重点培育的示范高中数，逐年累计，每个县（市、区）1所。",
            "unit": "所",
            "period_kind": "span",
            "adding_up": "share_passing",
            "evidence": "培育学校名单",
            "force": "must",
            "usual_value": 1,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-preschool-counties",
        "学前教育普及普惠县",
        "一",
        {
            "definition": "当年新创建的学前教育普及普惠县（市、区）数，逐年累计，全市2个以上。",
            "unit": "个",
            "period_kind": "span",
            "level": "prefecture",
            "reported_by": "prefecture",
            "evidence": "认定文件",
            "force": "strive",
            "usual_value": 2,
            "usual_until": END_2027,
        },
    ),
    (
        S3,
        "s3-township-districts",
        "乡镇学区化管理覆盖率",
        "二（二）6",
        {
            **BY_COUNTY,
            **RATIO,
            "definition": "实行学区化管理的乡镇占全部乡镇的比例；原文要求到2025年基本实现全覆盖。",
            "above_label": "实行学区化管理的乡镇数",
            "below_label": "乡镇总数",
            "period_kind": "span",
            "evidence": "学区设置文件",
            "force": "normal",
            "usual_value": 100,
            "usual_until": END_2025,
        },
    ),
    (
        S3,
        "s3-group-coverage",
        "省级优质教育集团县域覆盖",
        "二（一）4",
        {
            **BY_COUNTY,
            "definition": "当年新认定的省级优质教育集团数，逐年累计；有1个即为覆盖，全市看已覆盖的县（市、区）比例。",
            "unit": "个",
            "period_kind": "span",
            "adding_up": "share_passing",
            "evidence": "认定文件",
            "force": "strive",
            "usual_value": 1,
            "usual_until": END_2027,
        },
    ),
]
#: Of the five batches, by their order: what came of it, in what it is counted, and where it is judged.
OUTPUTS = [
    (1, "quality_school", "优质学校", "所", "county"),
    (2, "teacher", "骨干和种子教师", "名", "county"),
    (3, "consortium", "教研联合体", "个", "county"),
    (4, "internship_base", "师范生教育实习实践基地", "个", "university"),
    (5, "course", "基础教育精品课", "门", "county"),
]


def create(apps, schema_editor):
    sets, indicators = apps.get_model("pilots", "IndicatorSet"), apps.get_model("pilots", "Indicator")
    made = {
        name: sets.objects.create(name=name, source=source, order=place) for place, (name, source) in enumerate(SETS, 1)
    }
    research = indicators.objects.filter(code="s2-joint-research")
    research.update(belongs_to=made[S2], clause=f"{made[S2].source}，三（三）")
    rows = [
        (made[of], code, name, f"{made[of].source}，{clause}", facts) for of, code, name, clause, facts in INDICATORS
    ]
    rows += _of_batches(apps, made[BATCHES])
    for order, (of, code, name, clause, facts) in enumerate(rows, 11):
        indicators.objects.create(belongs_to=of, code=code, name=name, clause=clause, order=order, **facts)
    _rules(apps)


def _of_batches(apps, batches):
    by_order = {batch.order: batch for batch in apps.get_model("pilots", "Batch").objects.all()}
    for order, kind, name, unit, level in OUTPUTS:
        about = {"period_kind": "school_year", "level": level, "force": "encouraged", "evidence": "成果登记"}
        words = f"本学年经确认的{name}数。"
        counted = {"measure": "outputs", "parameters": {"kind": kind}}
        yield (
            batches,
            f"batch-{order}-outputs",
            name,
            batches.source,
            {**about, **counted, "unit": unit, "definition": words},
        )
        about |= {"unit": "项", "evidence": "活动记录", "definition": f"本学年为“{by_order[order].name}”开展的活动数。"}
        counted = {"measure": "activities", "parameters": {"batch": by_order[order].pk}}
        yield (
            batches,
            f"batch-{order}-activities",
            f"{by_order[order].short_name}相关活动",
            batches.source,
            {**about, **counted},
        )


def _rules(apps):
    """A share is not more than the whole; a jump wants a word."""
    rules = apps.get_model("pilots", "ValueRule").objects
    for indicator in apps.get_model("pilots", "Indicator").objects.filter(measure="").exclude(reported_by=""):
        if indicator.is_ratio:
            rules.create(indicator=indicator, kind="not_more", effect="refuse")
        if indicator.period_kind != "span" or indicator.is_ratio:
            rules.create(indicator=indicator, kind="change", effect="reason", percent=30)


class Migration(migrations.Migration):
    dependencies = [("pilots", "0017_reported_values_and_closings")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
