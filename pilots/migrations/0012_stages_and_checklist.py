"""Stages of schools, and a checklist to start an inspection from: data, to be changed by the office."""

from django.db import migrations

STAGES = [
    "幼儿园",
    "小学",
    "初中",
    "九年一贯制学校",
    "高中",
    "完全中学",
    "十二年一贯制学校",
    "特殊教育学校",
    "职业学校",
]
#: S0's mechanism (协议承诺, 工作清单, 检查, 督导, 监测) as things one can look at in a school.
CHECKLIST = "试点学校工作检查清单"
LINES = [
    ("组织领导", "是否有人分管，责任是否明确到人"),
    ("协议承诺", "对照协议看双方承诺的事项做到了哪些"),
    ("工作清单", "对照清单看各事项的进度和佐证"),
    ("一校一案", "是否有本校方案，目标是否可检查"),
    ("教研活动", "看活动记录，随堂听课，与教师座谈"),
    ("教师交流", "看派出和接收教师的安排和落实"),
    ("资源共享", "看课程、场地、同步课堂的使用情况"),
]


def create(apps, schema_editor):
    stage = apps.get_model("pilots", "SchoolStage")
    stage.objects.bulk_create(stage(name=name, order=order) for order, name in enumerate(STAGES, 1))
    template = apps.get_model("pilots", "ChecklistTemplate").objects.create(name=CHECKLIST)
    line = apps.get_model("pilots", "ChecklistLine")
    line.objects.bulk_create(
        line(template=template, name=name, how=how, order=order) for order, (name, how) in enumerate(LINES, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0011_selection_pilots_inspections")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
