"""What schools mostly order of a university (订单式): data, to be extended by the office."""

from django.db import migrations

KINDS = ["示范课", "专题讲座", "视导诊断", "跟岗学习", "其他"]


def create(apps, schema_editor):
    kind = apps.get_model("alliances", "NeedKind")
    kind.objects.bulk_create(kind(name=name, order=order) for order, name in enumerate(KINDS, 1))


class Migration(migrations.Migration):
    dependencies = [("alliances", "0003_needs_meetings_bodies")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
