"""工作动态 with its sections and numbering, as S0 and S1 show them: an empty installation can import."""

from datetime import date

from django.db import migrations

#: Section, and the kinds of unit whose reports go there; the last two are written by hand.
SECTIONS = [
    ("省级动态", ["province_office"]),
    ("高校动态", ["university"]),
    ("市县动态", ["prefecture", "county", "school", "partner"]),
    ("专家引领", []),
    ("他山之石", []),
]
#: S0 counts within 2023, S1 counts on.
SCHEMES = [
    (date(2023, 1, 1), "yearly", "〔{year}〕第{number}期"),
    (date(2024, 1, 1), "continuous", "第{number}期"),
]


def create(apps, schema_editor):
    programme = apps.get_model("accounts", "Programme").objects.earliest("pk")
    periodical = apps.get_model("bulletins", "Periodical").objects.create(
        programme=programme,
        masthead=programme.name,
        title="工作动态",
        office=programme.office_name,
        report_to="省协同提质行动领导小组组长、副组长",
        copy_to="省协同提质行动领导小组成员单位、各设区市教育局、联盟高校",
    )
    section = apps.get_model("bulletins", "Section")
    section.objects.bulk_create(
        section(periodical=periodical, name=name, unit_kinds=kinds, order=order)
        for order, (name, kinds) in enumerate(SECTIONS, 1)
    )
    scheme = apps.get_model("bulletins", "NumberingScheme")
    scheme.objects.bulk_create(
        scheme(periodical=periodical, since=since, style=style, label=label) for since, style, label in SCHEMES
    )


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0002_frozen"), ("accounts", "0002_programme")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
