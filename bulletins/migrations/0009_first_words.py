"""What the office's list of words starts with: slips that input methods make, terms not used any more, set phrases."""

from django.db import migrations

TYPED = "常见的输入错误。"
REPLACED = [
    ("截止目前", "截至目前", "“截止”指到某时停止，“截至”才指到某时为止。"),
    ("布署", "部署", TYPED),
    ("按装", "安装", TYPED),
    ("帐号", "账号", TYPED),
    ("拚搏", "拼搏", TYPED),
    ("再接再励", "再接再厉", TYPED),
    ("按步就班", "按部就班", TYPED),
    ("迫不急待", "迫不及待", TYPED),
    ("一但", "一旦", TYPED),
    ("既使", "即使", TYPED),
    ("做为", "作为", TYPED),
    ("协同体质", "协同提质", "行动名称。"),
    ("协同题质", "协同提质", "行动名称。"),
    ("五个一匹", "五个一批", "行动目标的名称。"),
    ("农民工子女", "进城务工人员随迁子女", "现行文件的称呼。"),
    ("残废", "残疾", "现行文件的称呼。"),
    ("弱智", "智力障碍", "现行文件的称呼。"),
]
FORBIDDEN = [
    ("差生", "不给学生贴标签。"),
    ("差校", "不给学校贴标签，可写“薄弱学校”或直接写校名。"),
    ("重点班", "义务教育阶段不设重点班。"),
    ("升学率排名", "不宣传升学率和排名。"),
    ("中考状元", "不炒作考试状元。"),
    ("高考状元", "不炒作考试状元。"),
]
PHRASES = [
    ("为深入贯彻落实", ""),
    ("为深入贯彻", ""),
    ("为贯彻落实", ""),
    ("为认真贯彻", ""),
    ("为全面贯彻", ""),
    ("为进一步", ""),
    ("为切实", ""),
    ("为扎实推进", ""),
    ("为全面落实", ""),
    ("在上级部门的正确领导下", ""),
    ("在各级领导的关心支持下", ""),
    ("进行了深入的交流", "深入交流"),
    ("进行了深入交流", "深入交流"),
    ("进行了热烈的讨论", "热烈讨论"),
    ("进行了详细的讲解", "详细讲解"),
    ("取得了圆满成功", "圆满结束"),
]


def put_in(apps, schema_editor):
    words = apps.get_model("bulletins", "HouseWord")
    rows = [words(kind="replaced", word=word, replacement=instead, note=note) for word, instead, note in REPLACED]
    rows += [words(kind="forbidden", word=word, note=note) for word, note in FORBIDDEN]
    rows += [words(kind="set_phrase", word=word, replacement=instead) for word, instead in PHRASES]
    words.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0008_checking_and_twins")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
