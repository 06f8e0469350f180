"""A section for corrections at the end of an issue, and what is commonly checked before one becomes public."""

from django.db import migrations

SECTION = "更正"
ITEMS = (
    "没有涉密或内部敏感内容",
    "个人信息已核对，没有不宜公开的姓名、电话和证件号码",
    "学生尤其是未成年人的姓名和肖像已征得同意或已隐去",
    "领导同志的姓名、职务和讲话已核对",
    "单位名称、数据和日期已核对",
    "图片和引用文字可以公开使用",
)


def create(apps, schema_editor):
    Section = apps.get_model("bulletins", "Section")
    ReviewItem = apps.get_model("bulletins", "ReviewItem")
    for periodical in apps.get_model("bulletins", "Periodical").objects.all():
        last = Section.objects.filter(periodical=periodical).order_by("-order").first()
        Section.objects.get_or_create(
            periodical=periodical, name=SECTION, defaults={"order": (last.order if last else 0) + 1}
        )
        for order, text in enumerate(ITEMS):
            ReviewItem.objects.get_or_create(periodical=periodical, text=text, defaults={"order": order})


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0013_corrections_and_authority")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
