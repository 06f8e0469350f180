"""The kinds of output: what 五个一批 asks for (赣教基字〔2023〕39号), project results, issued documents. Data, to be extended."""

from django.db import migrations


def field(name, label, **more):
    return {"name": name, "label": label, **more}


#: Batch by order (None: of any), code, name, measure word, what its name is called, whether that is a person's, fields.
KINDS = [
    (
        1,
        "quality_school",
        "优质学校",
        "所",
        "学校名称",
        False,
        [field("honour", "称号或等级"), field("given_by", "认定单位")],
    ),
    (
        2,
        "teacher",
        "教师",
        "名",
        "教师姓名或岗位",
        True,
        [
            field("seed", "培养类别", choices=["种子教师", "骨干教师", "学科带头人", "名师", "其他"], required=True),
            field("training", "培养方式"),
        ],
    ),
    (
        3,
        "consortium",
        "教研联合体",
        "个",
        "联合体名称",
        False,
        [field("members", "成员单位", required=True), field("theme", "教研主题")],
    ),
    (
        4,
        "internship_base",
        "实习实践基地",
        "个",
        "基地名称",
        False,
        [field("places", "每期可接纳人数", number=True, required=True), field("terms", "接纳学期", required=True)],
    ),
    (5, "course", "精品课", "门", "课程名称", False, [field("stage", "学段"), field("honour", "评定等级")]),
    (
        None,
        "project_result",
        "项目成果",
        "项",
        "成果名称",
        False,
        [field("form", "成果形式"), field("honour", "获奖情况")],
    ),
    (
        None,
        "document",
        "制度文件",
        "份",
        "文件名称",
        False,
        [field("number", "文号"), field("issued_by", "印发单位", required=True)],
    ),
]


def create(apps, schema_editor):
    batches = {batch.order: batch for batch in apps.get_model("pilots", "Batch").objects.all()}
    kind = apps.get_model("pilots", "OutputKind")
    kind.objects.bulk_create(
        kind(
            batch=batches.get(batch),
            code=code,
            name=name,
            measure_word=word,
            about=about,
            names_person=person,
            fields=fields,
            order=order,
        )
        for order, (batch, code, name, word, about, person, fields) in enumerate(KINDS, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0004_tasks_and_outputs"), ("pilots", "0002_kinds_and_batches")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
