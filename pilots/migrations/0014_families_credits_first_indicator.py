"""Which kinds are alike, for which units recorded activities count, and S2's quota of joint research as an indicator."""

from django.db import migrations

FAMILIES = {
    "教研": ("联合教研", "集体备课", "教学沙龙", "课题研究", "研讨会", "精品课展示"),
    "培训": ("培训", "专题讲座"),
    "会商": ("座谈会", "授牌启动", "成果汇报"),
    "指导": ("调研指导", "视导诊断"),
    "送教": ("送教下乡", "实习支教"),
    "师徒": ("师徒结对",),
    "学生": ("学生交流",),
    "文件": ("制度文件印发",),
}
#: S2 三（三）: one quota over all these kinds.
JOINT_RESEARCH = ("联合教研", "集体备课", "教学沙龙", "课题研究")

CREDITS = """
INSERT INTO pilots_activitycredit (activity_id, unit_id, start, is_direct)
SELECT own.activity_id, up.unit_id, own.start, bool_or(up.is_direct)
FROM (
    SELECT id AS activity_id, start, unit_id FROM pilots_activity WHERE state = 'recorded'
    UNION ALL
    SELECT a.id, a.start, p.unit_id FROM pilots_activity a
    JOIN pilots_activity_partners p ON p.activity_id = a.id WHERE a.state = 'recorded'
) own
LEFT JOIN accounts_unitplacement one ON one.unit_id = own.unit_id AND one.during @> own.start
LEFT JOIN accounts_unitplacement two ON two.unit_id = one.parent_id AND two.during @> own.start
LEFT JOIN accounts_unitplacement three ON three.unit_id = two.parent_id AND three.during @> own.start
CROSS JOIN LATERAL (
    VALUES (own.unit_id, true), (one.parent_id, false), (two.parent_id, false), (three.parent_id, false)
) up(unit_id, is_direct)
WHERE up.unit_id IS NOT NULL
GROUP BY own.activity_id, up.unit_id, own.start
"""


def create(apps, schema_editor):
    kinds = apps.get_model("pilots", "ActivityKind").objects
    for family, names in FAMILIES.items():
        kinds.filter(name__in=names).update(family=family)
    apps.get_model("pilots", "Indicator").objects.create(
        code="s2-joint-research",
        name="共同体联合教研活动次数",
        definition="共同体各校一起开展的集体备课、教学沙龙、联合教研、课题研究，按场次合并计算。",
        clause="南昌市“1+N”城乡发展共同体工作方案，教师研训一体化",
        unit="次",
        period_kind="term",
        level="community",
        adding_up="share_passing",
        evidence="活动记录",
        force="must",
        usual_value=8,
        measure="community_sessions",
        parameters={"kinds": sorted(kinds.filter(name__in=JOINT_RESEARCH).values_list("pk", flat=True))},
        order=10,
    )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0013_activity_and_targets"), ("accounts", "0003_acting_and_handover")]
    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL(CREDITS, migrations.RunSQL.noop),
    ]
