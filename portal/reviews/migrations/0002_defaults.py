"""Who collects from whom: a school's report goes to its county, its university or its prefecture first (practice)."""

from django.db import migrations

LEVELS = [
    ("school", "county", True),
    ("school", "university", True),
    ("school", "prefecture", True),
    ("school", "partner", False),
    ("county", "prefecture", False),
    ("partner", "partner", False),
]


def create(apps, schema_editor):
    level = apps.get_model("reviews", "CollectingLevel")
    level.objects.bulk_create(
        level(unit_kind=unit, parent_kind=parent, collects=collects) for unit, parent, collects in LEVELS
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
