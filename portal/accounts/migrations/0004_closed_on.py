"""Units go out of use from a day on, so that figures of the time before stay as they were."""

from django.db import migrations, models
from django.db.models.functions import TruncDate


def date_the_closed(apps, schema_editor):
    """Of those that are out of use already the day is not known: figures go on as they stood until now."""
    units = apps.get_model("accounts", "Unit").objects.filter(is_active=False)
    units.update(closed_on=TruncDate("created_at"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_acting_and_handover")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="停用日期"),
        ),
        migrations.RunPython(date_the_closed, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(is_active=models.Q(closed_on__isnull=True)),
                name="unit_closed_from_a_day_on",
                violation_error_message="停用的单位要有停用日期，在用的单位不能有。",
            ),
        ),
    ]
