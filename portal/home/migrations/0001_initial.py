import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FactsMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="变动次数")),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="最近变动"),
                ),
            ],
            options={"verbose_name": "数字变动", "verbose_name_plural": "数字变动"},
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=40, verbose_name="对象")),
                ("period", models.CharField(max_length=40, verbose_name="时段")),
                ("figure", models.CharField(blank=True, default="", max_length=80, verbose_name="地图数字")),
                ("content", models.JSONField(verbose_name="内容")),
                ("mark", models.PositiveBigIntegerField(verbose_name="变动次数")),
                ("day", models.DateField(verbose_name="截至日期")),
                ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="最近查看")),
            ],
            options={
                "verbose_name": "统计快照",
                "verbose_name_plural": "统计快照",
                "constraints": [models.UniqueConstraint(fields=("subject", "period", "figure"), name="snapshot_once")],
            },
        ),
        # The one row, so that moving it on is one statement.
        migrations.RunSQL("INSERT INTO home_factsmark (number) VALUES (0)", migrations.RunSQL.noop),
    ]
