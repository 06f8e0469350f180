"""Whom a periodical goes to as long as the office has not decided otherwise (data; changed on the pages)."""

from django.db import migrations

DEFAULT_GROUPS = ["prefectures", "counties", "universities", "leaders"]


def begin(apps, schema_editor):
    line = apps.get_model("bulletins", "ReadershipLine")
    for periodical in apps.get_model("bulletins", "Periodical").objects.all():
        line.objects.bulk_create(line(periodical=periodical, group=group) for group in DEFAULT_GROUPS)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0010_readership_and_remarks")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
