"""S2's six duties and what is recorded under each: data, to be extended. A membership's kind is its community's."""

from django.db import migrations

#: Kind, and whether it counts for the coverage of rural central schools (S2 二).
KINDS = [("城乡共同体", True), ("协作共同体", False)]
#: Duty, what it is about, the kinds of activity done under it, and its kinds of record:
#: name, what is asked, on which side the lead stands, measure, whether it is a term of service.
DUTIES = [
    (
        "组织管理系统化",
        "牵头校、成员校各设领导小组，共同商定规划和管理机制；法人、财务、人事关系不变。",
        "座谈会 授牌启动 制度文件印发",
        [("一体化管理制度", "shared", "", "项", False)],
    ),
    (
        "教师轮岗制度化",
        "牵头校每年选派干部教师到成员校，成员校选派人员到牵头校锻炼；音体美可跨校走教。",
        "",
        [
            ("派出中层以上干部", "people", "sends", "人", True),
            ("派出骨干教师", "people", "sends", "人", True),
            ("接收后备干部", "people", "receives", "人", True),
            ("接收优秀教师", "people", "receives", "人", True),
            ("跨校走教", "people", "", "人", False),
        ],
    ),
    (
        "教师研训一体化",
        "定期联合教研，专家团队视导诊断，统一培训，共建工作室，师徒结对。",
        "联合教研 集体备课 教学沙龙 课题研究 培训 专题讲座 研讨会 调研指导 视导诊断 送教下乡 师徒结对",
        [
            ("名校长、名师工作室", "pair", "", "个", False),
            ("骨干教师研修共同体", "pair", "", "个", False),
            ("跨校师徒结对", "pair", "", "对", False),
        ],
    ),
    ("学生交流常态化", "按方案组织学生交流、研学、艺术体育科技劳动等校际活动。", "学生交流", []),
    (
        "优质资源同步化",
        "场地开放共用，课程共建共享，同步课堂和课后服务。",
        "精品课展示",
        [
            ("共享场地", "shared", "", "处", False),
            ("共享课程", "shared", "", "门", False),
            ("同步课堂", "shared", "", "节", False),
            ("同步课后服务", "shared", "", "次", False),
        ],
    ),
    ("考评机制捆绑化", "对共同体一体化评价：看牵头校的努力值和成员校的提升值。", "成果汇报", []),
]


def create(apps, schema_editor):
    kinds = apps.get_model("pilots", "CommunityKind")
    for order, (name, covers) in enumerate(KINDS, 1):
        kinds.objects.create(name=name, covers_rural=covers, order=order)
    activity_kinds = apps.get_model("pilots", "ActivityKind").objects.in_bulk(field_name="name")
    records = apps.get_model("pilots", "CommunityRecordKind")
    place = 0
    for order, (name, about, kinds_of_activity, kinds_of_record) in enumerate(DUTIES, 1):
        duty = apps.get_model("pilots", "CommunityDuty").objects.create(name=name, about=about, order=order)
        duty.activity_kinds.set([activity_kinds[one] for one in kinds_of_activity.split() if one in activity_kinds])
        for record, shape, side, measure, exchange in kinds_of_record:
            place += 1
            records.objects.create(
                name=record,
                duty=duty,
                shape=shape,
                lead_side=side,
                measure=measure,
                is_exchange=exchange,
                order=place,
            )


HOLD_TOGETHER = """
ALTER TABLE pilots_membership ADD CONSTRAINT membership_kind_is_the_communitys
FOREIGN KEY (community_id, kind_id) REFERENCES pilots_community (id, kind_id)
"""


class Migration(migrations.Migration):
    dependencies = [("pilots", "0006_communities")]
    operations = [
        migrations.RunSQL(
            HOLD_TOGETHER, "ALTER TABLE pilots_membership DROP CONSTRAINT membership_kind_is_the_communitys"
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
