"""Who reports how often and over which levels: the defaults of DOMAIN.md (Reviews), to be changed as data."""

from django.db import migrations

#: Kind, whether it reports, levels before the province.
RULES = [
    ("school", True, ["county"]),
    ("county", True, []),
    ("university", True, []),
    ("prefecture", False, []),
    ("partner", False, []),
]


def create(apps, schema_editor):
    cadence = apps.get_model("pilots", "ReportingCadence")
    term, _, _ = [cadence.objects.create(span=span) for span in ("term", "half_year", "school_year")]
    rule = apps.get_model("pilots", "ReportingRule")
    rule.objects.bulk_create(
        rule(unit_kind=kind, reports=reports, cadence=term, reviewed_by=levels) for kind, reports, levels in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("pilots", "0009_progress_reports")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
