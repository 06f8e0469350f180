"""Kinds of activity that S0 and S1 tell of, and the five batches (赣教基字〔2023〕39号): data, to be extended."""

from django.db import migrations

#: Name, and the words by which a text means it.
KINDS = [
    ("联合教研", "联合教研 教研活动 主题研讨 教学研讨 观摩 教研 磨课"),
    ("集体备课", "集体备课 备课"),
    ("教学沙龙", "教学沙龙 沙龙"),
    ("课题研究", "课题研究 课题组 开题 结题 课题指导"),
    ("培训", "培训 研修 跟岗 办班"),
    ("专题讲座", "讲座 专题报告 讲堂 主题报告 国学报告 讲解 开讲 主讲"),
    ("座谈会", "座谈 交流座谈 会商 对接 征求意见"),
    ("研讨会", "研讨会 推进会 现场会 交流会 总结会 协调会 研讨活动 研讨"),
    ("调研指导", "调研 走访 指导 回访 检查"),
    ("视导诊断", "视导 诊断"),
    ("精品课展示", "精品课 示范课 公开课 展示课 同步课堂"),
    ("送教下乡", "送教 送研 下乡"),
    ("实习支教", "实习 支教 顶岗"),
    ("学生交流", "学生交流 研学 联谊 结伴"),
    ("师徒结对", "师徒结对 拜师 结对仪式"),
    ("授牌启动", "授牌 启动会 启动仪式 揭牌 挂牌"),
    ("成果汇报", "成果汇报 汇报会 成果展 艺术展 音乐会"),
    ("制度文件印发", "印发 出台"),
]
BATCHES = [
    ("打造一批优质学校", "优质学校", "优质学校 学校建设 章程 办学质量 一校一案"),
    ("建设一支高素质教师队伍", "教师队伍", "种子教师 教师队伍 教师培训 名师 班主任 师资"),
    ("建立一批教研联合体", "教研联合体", "教研联合体 联合教研 联合体"),
    ("建设一批师范生教育实习实践基地", "实习基地", "实习 实践基地 师范生 支教"),
    ("推出一批基础教育精品课", "精品课", "精品课 示范课 课程"),
]


def create(apps, schema_editor):
    programme = apps.get_model("accounts", "Programme").objects.earliest("pk")
    kind = apps.get_model("pilots", "ActivityKind")
    kind.objects.bulk_create(kind(name=name, words=words, order=order) for order, (name, words) in enumerate(KINDS, 1))
    batch = apps.get_model("pilots", "Batch")
    batch.objects.bulk_create(
        batch(programme=programme, name=name, short_name=short, words=words, order=order)
        for order, (name, short, words) in enumerate(BATCHES, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0001_initial"), ("accounts", "0002_programme")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
