"""Reports that were sent in before there were levels lie at the office, where all of them went."""

from django.db import migrations


def place(apps, schema_editor):
    office = apps.get_model("accounts", "Unit").objects.get(kind="province_office")
    came_in = apps.get_model("bulletins", "Submission").objects.filter(submitted_at__isnull=False)
    route = [{"unit": office.pk, "name": office.short_name or office.name, "skipped": False}]
    came_in.exclude(state="draft").update(at=office, route=route)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0016_routes_and_signing")]
    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
