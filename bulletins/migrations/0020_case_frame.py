"""The frame of a case as S4 shows it, and criteria to score one by: data, to be changed by the office."""

from django.db import migrations

#: S4's three parts; lengths and hints are ours, after the length of S4's own (about 150, 1,500 and 350 characters).
PARTS = [
    ("背景意义", "为什么做：当地的问题和需求、所依据的政策、想达到的目标。", 100, 800),
    ("主要做法", "怎么做的：分条写，每条先用一句话概括；写清时间、对象、次数和人数。", 500, 4_000),
    ("经验启示", "做成了什么、为什么能成、别处可以怎样借鉴；也可以写还没有解决的问题。", 150, 1_500),
]
#: No source says how cases are scored.
CRITERIA = [
    ("针对性", "是否回应城乡和校际协同中的真实问题", 20),
    ("创新性", "做法有没有新意", 20),
    ("成效", "是否有数据和事实支撑", 25),
    ("可推广性", "其他地方能否学得了、用得上", 25),
    ("表述", "结构是否清楚，文字是否简明", 10),
]
TOPICS = [
    "机制建设",
    "教研联合体",
    "教师发展",
    "优质学校",
    "课程与资源",
    "实习实践",
    "数字赋能",
    "跨区域协作",
    "家校社协同",
]


def create(apps, schema_editor):
    apps.get_model("bulletins", "CaseFrame").objects.create(
        name="典型案例",
        parts=[{"name": name, "hint": hint, "least": least, "most": most} for name, hint, least, most in PARTS],
        criteria=[{"name": name, "hint": hint, "most": most} for name, hint, most in CRITERIA],
        topics=TOPICS,
    )


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0019_cases")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
