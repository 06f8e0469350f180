"""The programme and its office, so that an empty installation can begin (S0, masthead)."""

from datetime import date

from django.db import migrations

PROGRAMME = "江西省高校与县域基础教育协同提质行动"
OFFICE = "省协同提质行动工作领导小组办公室"


def create(apps, schema_editor):
    programme = apps.get_model("accounts", "Programme").objects.create(
        name=PROGRAMME, short_name="协同提质行动", office_name=OFFICE
    )
    office = apps.get_model("accounts", "Unit").objects.create(
        programme=programme,
        kind="province_office",
        code="36",
        official_order=0,
        name=OFFICE,
        short_name="省协同提质办",
    )
    apps.get_model("accounts", "UnitName").objects.create(
        unit=office, name=OFFICE, short_name="省协同提质办", during=(date(1949, 10, 1), None)
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
